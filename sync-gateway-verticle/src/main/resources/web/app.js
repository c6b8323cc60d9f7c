import { SyncClient } from "./client/sync-client.js";
import { Announcer } from "./page/announcer.js";
import { byId } from "./page/by-id.js";
import { demoToken } from "./page/demo-token.js";
import { ErrorBar } from "./page/error-bar.js";
import * as identity from "./page/identity.js";
import { SignInForm } from "./page/sign-in-form.js";
import { StatusLine } from "./page/status-line.js";
import { Workspace } from "./page/workspace.js";

const errors = new ErrorBar();
const status = new StatusLine();
const announcer = new Announcer();
const form = new SignInForm({ errors, onName: (name) => signIn(name) });

/** @type {Workspace | null} */
let workspace = null;

/** Counts who was asked for, or nobody: a sign-in that took long must not replace what came after it. */
let turn = 0;

/**
 * @param {string} name
 * @throws {import("./client/sync-client.js").ProblemError} if there is no token for this name
 */
async function signIn(name) {
  const mine = ++turn;
  let first = /** @type {string | null} */ (await demoToken(name));
  if (mine !== turn) return;
  identity.remember(name);
  form.hide();
  open(name, async () => {
    const token = first ?? (await demoToken(name));
    first = null;
    return token;
  });
}

/**
 * @param {string} name
 * @param {import("./client/types.js").TokenProvider} getToken
 */
function open(name, getToken) {
  const client = new SyncClient({ getToken });
  client.on("status", (now) => status.show(now.state));
  client.on("fault", (fault) => console.warn("Pakaura Sync:", fault));
  workspace = new Workspace({ name, client, errors, announcer });
  status.show("connecting");
  client.start();
}

function signOut() {
  turn++;
  workspace?.close();
  workspace = null;
  errors.clear();
  status.show("signed-out");
}

/** Shows whoever the address or this window's memory says; asks if neither does. */
async function begin() {
  signOut();
  const name = identity.known();
  if (name === null) return form.show(identity.lastUsed());
  try {
    await signIn(name);
  } catch (fault) {
    form.show(name);
    errors.show(fault);
  }
}

byId("sign-out").addEventListener("click", () => {
  identity.forget();
  begin();
});
window.addEventListener("hashchange", begin);
begin();
