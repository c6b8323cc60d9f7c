import { RevisionGate } from "./revision-gate.js";
import { TaskMirror } from "./task-mirror.js";

/**
 * @typedef {import("./types.js").Change} Change
 * @typedef {import("./types.js").DeltaPage} DeltaPage
 * @typedef {import("./types.js").Origin} Origin
 * @typedef {import("./types.js").Runtime} Runtime
 * @typedef {import("./types.js").Snapshot} Snapshot
 * @typedef {import("./types.js").Task} Task
 * @typedef {import("./types.js").TasksChanged} TasksChanged
 */

/** What this client has of the user's tasks, and how far it is sure of it. */
export class Replica {
  #gate;
  #mirror = new TaskMirror();
  #onChange;

  /**
   * @param {object} parts
   * @param {Runtime} parts.runtime
   * @param {(change: TasksChanged) => void} parts.onChange
   * @param {(taskId: string) => Origin} parts.originOf who a live change of this task is from
   * @param {() => void} parts.onGap
   */
  constructor({ runtime, onChange, originOf, onGap }) {
    this.#onChange = onChange;
    this.#gate = new RevisionGate({
      runtime,
      onGap,
      apply: (change) => {
        if (this.#mirror.apply(change)) this.#tell(change, originOf(change.taskId));
      },
    });
  }

  /** @returns {ReadonlyMap<string, Task>} */
  get tasks() {
    return this.#mirror.tasks;
  }

  get epoch() {
    return this.#gate.epoch;
  }

  get last() {
    return this.#gate.last;
  }

  get isBehind() {
    return this.#gate.isBehind;
  }

  /** @param {Change} change from the live feed */
  offer(change) {
    this.#gate.offer(change);
  }

  /**
   * Shows what the server answered to a write of ours at once; the revision moves only in sequence.
   *
   * @param {Change} change
   */
  offerOwn(change) {
    if (this.last !== null && change.revision <= this.last) return;
    if (this.#mirror.applyAhead(change)) this.#tell(change, "own");
    this.#gate.offer(change);
    this.#settle();
  }

  /** @param {number} revision that the user's tasks are known to have reached */
  expect(revision) {
    this.#gate.expect(revision);
  }

  /** @param {DeltaPage} page */
  applyPage({ tasks, deleted, revision }) {
    const last = this.last ?? 0;
    const isNews = (/** @type {Change} */ change) =>
      change.revision > last && this.#mirror.apply(change);
    const changed = tasks.filter((task) => isNews(upsert(task)));
    const removed = deleted.filter((gone) => isNews(removal(gone))).map(({ id }) => id);
    if (changed.length + removed.length > 0) {
      this.#onChange({ changed, removed, origin: "remote" });
    }
    this.#gate.advance(revision);
    this.#settle();
  }

  /**
   * Stops applying, ahead of a reload. What is shown stays until there is better; all that was
   * heard so far is forgotten, since what is loaded from now on includes it.
   */
  close() {
    this.#mirror.settle(Infinity);
    this.#gate.close();
  }

  /** @param {Snapshot} snapshot */
  reload({ epoch, revision, tasks }) {
    this.#mirror.settle(revision);
    this.#onChange({ ...this.#mirror.replaceAll(tasks), origin: "load" });
    this.#gate.open(epoch, revision);
    this.#settle();
  }

  #settle() {
    if (this.last !== null) this.#mirror.settle(this.last);
  }

  /**
   * @param {Change} change
   * @param {Origin} origin
   */
  #tell({ taskId, task }, origin) {
    this.#onChange(
      task === null
        ? { changed: [], removed: [taskId], origin }
        : { changed: [task], removed: [], origin },
    );
  }
}

/**
 * @param {Task} task
 * @returns {Change}
 */
export function upsert(task) {
  return { revision: task.revision, taskId: task.id, task };
}

/**
 * @param {{id: string, revision: number}} gone
 * @returns {Change}
 */
export function removal({ id, revision }) {
  return { revision, taskId: id, task: null };
}
