import { OwnWrites } from "./own-writes.js";
import { ProblemError } from "./problem-error.js";
import { removal, upsert } from "./replica.js";
import { uuid } from "./uuid.js";

/**
 * @typedef {import("./replica.js").Replica} Replica
 * @typedef {import("./rest.js").Answer} Answer
 * @typedef {import("./rest.js").Rest} Rest
 * @typedef {import("./rest.js").RequestOptions} RequestOptions
 * @typedef {import("./types.js").Task} Task
 */

const MERGE_PATCH = "application/merge-patch+json";

/** This client's own writes; what the server answers passes the same gate as everything else. */
export class TaskWriter {
  #rest;
  #replica;
  #onBehind;
  #writes = new OwnWrites();

  /** @param {{rest: Rest, replica: Replica, onBehind: () => void}} parts */
  constructor({ rest, replica, onBehind }) {
    this.#rest = rest;
    this.#replica = replica;
    this.#onBehind = onBehind;
  }

  /** @param {string} taskId */
  isWriting(taskId) {
    return this.#writes.isWriting(taskId);
  }

  /** @param {{id?: string, title: string}} task */
  add({ id = uuid(), ...fields }) {
    return this.#write(id, "POST", "tasks", { body: { id, ...fields } });
  }

  /**
   * @param {string} id
   * @param {object} patch
   * @param {{ifMatch?: number | string}} [options]
   */
  update(id, patch, { ifMatch } = {}) {
    const options = { body: patch, contentType: MERGE_PATCH, ifMatch };
    return this.#write(id, "PATCH", pathOf(id), options);
  }

  /**
   * @param {string} id
   * @param {boolean} completed
   */
  setCompleted(id, completed) {
    return this.#write(id, "POST", `${pathOf(id)}/${completed ? "complete" : "uncomplete"}`);
  }

  /**
   * @param {string} id
   * @param {{ifMatch?: number | string}} [options]
   */
  remove(id, { ifMatch } = {}) {
    return this.#writes.run(id, async () => {
      try {
        const answer = await this.#send("DELETE", pathOf(id), { ifMatch });
        const { revision } = answer;
        if (revision !== null) this.#take(answer, () => removal({ id, revision }));
      } catch (fault) {
        if (!(fault instanceof ProblemError && fault.status === 404)) throw fault;
      }
    });
  }

  /** Which tasks it deleted comes with the feed, or with the delta if that is late. */
  async clearCompleted() {
    const answer = await this.#send("DELETE", "tasks", { query: { completed: "true" } });
    this.#take(answer, () => null);
  }

  /**
   * @param {string} id
   * @param {string} method
   * @param {string} path
   * @param {RequestOptions} [options]
   * @returns {Promise<Task>}
   */
  #write(id, method, path, options) {
    return this.#writes.run(id, async () => {
      const answer = await this.#send(method, path, options);
      this.#take(answer, () => upsert(answer.body));
      return answer.body;
    });
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {RequestOptions} [options]
   */
  async #send(method, path, options) {
    try {
      return await this.#rest.request(method, path, options);
    } catch (fault) {
      if (fault instanceof ProblemError && mayBeBehind(fault)) this.#onBehind();
      throw fault;
    }
  }

  /**
   * @param {Answer} answer
   * @param {() => import("./types.js").Change | null} changeOf
   */
  #take({ epoch, revision }, changeOf) {
    if (this.#replica.epoch !== null && epoch !== null && epoch !== this.#replica.epoch) {
      return this.#onBehind(); // another history: the delta will find out and reload
    }
    const change = changeOf();
    if (change !== null) this.#replica.offerOwn(change);
    if (revision !== null) this.#replica.expect(revision);
  }
}

/** @param {string} id */
function pathOf(id) {
  return `tasks/${encodeURIComponent(id)}`;
}

/**
 * Whether the answer shows that this client doesn't see what the server has; after a lost answer it
 * can't be known.
 *
 * @param {ProblemError} problem
 */
function mayBeBehind({ status }) {
  return [0, 404, 410, 412].includes(status);
}
