import { ProblemError } from "./problem-error.js";

/**
 * @typedef {import("./replica.js").Replica} Replica
 * @typedef {import("./rest.js").Rest} Rest
 * @typedef {import("./types.js").Snapshot} Snapshot
 */

const PAGE_SIZE = 500;

/** The server's history is not the one that the replica counts in. */
class HistoryChanged extends Error {}

/**
 * Brings the replica to the server's present: by the delta, or, where that cannot be, by a reload.
 *
 * @param {object} parts
 * @param {Rest} parts.rest
 * @param {Replica} parts.replica
 * @param {() => void} parts.beforeDelta called before each page of the delta: what was asked for
 *   until then is answered by it
 * @param {() => boolean} parts.isCancelled asked after each answer; true leaves the replica alone
 */
export async function bringUpToDate({ rest, replica, beforeDelta, isCancelled }) {
  const delta = () => applyDelta({ rest, replica, beforeDelta, isCancelled });
  if (replica.last !== null) {
    try {
      return await delta();
    } catch (fault) {
      if (!demandsReload(fault)) throw fault;
    }
  }
  replica.close();
  const snapshot = await listAll(rest);
  if (isCancelled()) return;
  replica.reload(snapshot);
  await delta();
}

/**
 * @param {{rest: Rest, replica: Replica, beforeDelta: () => void, isCancelled: () => boolean}} parts
 */
async function applyDelta({ rest, replica, beforeDelta, isCancelled }) {
  let since = replica.last ?? 0;
  let hasMore;
  do {
    beforeDelta();
    const query = { since, limit: PAGE_SIZE };
    const { body: page } = await rest.request("GET", "tasks/changes", { query });
    if (isCancelled()) return;
    if (page.epoch !== replica.epoch) throw new HistoryChanged();
    replica.applyPage(page);
    hasMore = page.has_more && page.revision > since;
    since = page.revision;
  } while (hasMore);
}

/**
 * Every task, and the revision of the *first* page: what changed while later pages were read lies
 * after it, and the delta from there brings it.
 *
 * @param {Rest} rest
 * @returns {Promise<Snapshot>}
 */
async function listAll(rest) {
  const first = await listPage(rest, undefined);
  const tasks = [...first.tasks];
  let cursor = first.next_cursor;
  while (cursor) {
    const page = await listPage(rest, cursor);
    if (page.epoch !== first.epoch) throw new HistoryChanged();
    tasks.push(...page.tasks);
    cursor = page.next_cursor;
  }
  return { epoch: first.epoch, revision: first.revision, tasks };
}

/**
 * @param {Rest} rest
 * @param {string | undefined} cursor
 */
async function listPage(rest, cursor) {
  const { body } = await rest.request("GET", "tasks", {
    query: { sort: "id", limit: PAGE_SIZE, cursor },
  });
  return body;
}

/** @param {unknown} fault */
function demandsReload(fault) {
  return fault instanceof HistoryChanged || (fault instanceof ProblemError && fault.status === 410);
}
