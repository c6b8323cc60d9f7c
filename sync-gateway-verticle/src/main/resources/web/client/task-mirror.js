/**
 * @typedef {import("./types.js").Task} Task
 * @typedef {import("./types.js").Change} Change
 */

/**
 * The tasks as they are shown. Of one task the newest revision wins, whatever came first.
 *
 * A change shown ahead of its turn is remembered until the sequence has passed it, so that an older
 * one neither overwrites it nor brings a deleted task back.
 */
export class TaskMirror {
  /** @type {Map<string, Task>} */
  #tasks = new Map();
  /** @type {Map<string, Change>} */
  #ahead = new Map();

  /** @returns {ReadonlyMap<string, Task>} */
  get tasks() {
    return this.#tasks;
  }

  /**
   * @param {Change} change
   * @returns {boolean} whether anything looks different now
   */
  apply(change) {
    if (change.revision <= this.#shownRevision(change.taskId)) return false;
    if (change.task === null) return this.#tasks.delete(change.taskId);
    this.#tasks.set(change.taskId, change.task);
    return true;
  }

  /**
   * Shows a change before its turn.
   *
   * @param {Change} change
   * @returns {boolean} whether anything looks different now
   */
  applyAhead(change) {
    const differs = this.apply(change);
    const known = this.#ahead.get(change.taskId);
    if (known === undefined || known.revision < change.revision) {
      this.#ahead.set(change.taskId, change);
    }
    return differs;
  }

  /**
   * Puts `tasks` in place of everything but what was shown ahead and isn't settled.
   *
   * @param {Task[]} tasks
   * @returns {{changed: Task[], removed: string[]}} what looks different now
   */
  replaceAll(tasks) {
    const before = this.#tasks;
    this.#tasks = new Map(tasks.map((task) => [task.id, task]));
    for (const change of this.#ahead.values()) this.#restore(change);
    return {
      changed: [...this.#tasks.values()],
      removed: [...before.keys()].filter((id) => !this.#tasks.has(id)),
    };
  }

  /**
   * Forgets what was shown ahead and has had its turn by now.
   *
   * @param {number} revision
   */
  settle(revision) {
    for (const [id, change] of this.#ahead) {
      if (change.revision <= revision) this.#ahead.delete(id);
    }
  }

  /** @param {Change} change */
  #restore({ taskId, task, revision }) {
    if ((this.#tasks.get(taskId)?.revision ?? 0) >= revision) return;
    if (task === null) this.#tasks.delete(taskId);
    else this.#tasks.set(taskId, task);
  }

  /** @param {string} id */
  #shownRevision(id) {
    return Math.max(this.#tasks.get(id)?.revision ?? 0, this.#ahead.get(id)?.revision ?? 0);
  }
}
