import { ProblemError } from "../client/sync-client.js";

const TIMEOUT_MS = 15_000;

/**
 * A token for anyone who gives a name. Only the quickstart hands these out.
 *
 * @param {string} user
 * @returns {Promise<string>}
 * @throws {ProblemError}
 */
export async function demoToken(user) {
  const response = await ask(user);
  if (response.status === 404 || response.status === 405) {
    throw new ProblemError({
      status: response.status,
      title: "No sign-in here",
      detail: "Signing in by name exists only in the quickstart, and this server is not one.",
    });
  }
  if (!response.ok) throw await ProblemError.from(response);
  return (await response.json()).token;
}

/** @param {string} user */
async function ask(user) {
  try {
    return await fetch("demo/token", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ user }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (fault) {
    throw ProblemError.unreachable(fault);
  }
}
