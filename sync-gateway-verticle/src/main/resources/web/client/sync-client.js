import { CatchUp } from "./catch-up.js";
import { Connection } from "./connection.js";
import { bringUpToDate } from "./delta.js";
import { Emitter } from "./emitter.js";
import { watchPage } from "./page-signals.js";
import { Polling } from "./polling.js";
import { Replica } from "./replica.js";
import { Rest } from "./rest.js";
import { browserRuntime } from "./runtime.js";
import { SyncHealth } from "./sync-health.js";
import { TaskWriter } from "./task-writer.js";
import { TokenSource } from "./token-source.js";

export { ProblemError } from "./problem-error.js";

/**
 * @typedef {import("./types.js").Runtime} Runtime
 * @typedef {import("./types.js").SyncStatus} SyncStatus
 * @typedef {import("./types.js").Task} Task
 * @typedef {import("./types.js").TasksChanged} TasksChanged
 * @typedef {import("./types.js").TokenProvider} TokenProvider
 */

/** The first load waits this long for the session, so that one delta serves both. */
const FIRST_LOAD_AFTER_MS = 500;

/**
 * One user's tasks, kept as the server has them.
 *
 * Events: `change` ({@link TasksChanged}), `status` ({@link SyncStatus}), and `fault` (an error
 * that is being dealt with, for a log). Another user needs another client: stop this one.
 */
export class SyncClient {
  #emitter = new Emitter();
  #health = new SyncHealth();
  /** @type {SyncStatus} */
  #status = { state: "connecting", closeCode: null };
  #runtime;
  #writer;
  #replica;
  #catchUp;
  #connection;
  #polling;
  /** @type {any} */
  #firstLoad = null;
  #unwatchPage = () => {};

  /**
   * @param {object} options
   * @param {TokenProvider} options.getToken
   * @param {string | URL} [options.baseUrl] where `/tasks` and `/sync` are; this page's origin if absent
   * @param {Runtime} [options.runtime]
   */
  constructor({ getToken, baseUrl = "/", runtime = browserRuntime() }) {
    const base = new URL(baseUrl, document.baseURI);
    const tokens = new TokenSource(getToken);
    const rest = new Rest({ runtime, baseUrl: base, tokens });
    this.#runtime = runtime;
    this.#replica = new Replica({
      runtime,
      onChange: (change) => this.#emitter.emit("change", change),
      originOf: (taskId) => (this.#writer.isWriting(taskId) ? "own" : "remote"),
      onGap: () => this.#catchUp.requestUnlessRunning(),
    });
    this.#writer = new TaskWriter({
      rest,
      replica: this.#replica,
      onBehind: () => this.#catchUp.request(),
    });
    this.#catchUp = new CatchUp({
      runtime,
      fetch: ({ absorb, isCancelled }) =>
        bringUpToDate({ rest, replica: this.#replica, beforeDelta: absorb, isCancelled }),
      onDone: () => this.#caughtUp(),
      isEnough: () => !this.#replica.isBehind,
      onFailed: (fault) => this.#catchUpFailed(fault),
    });
    this.#polling = new Polling({ runtime, poll: () => this.#catchUp.request() });
    this.#connection = new Connection({
      runtime,
      url: socketUrl(base),
      tokens,
      listener: {
        onWelcome: () => this.#welcomed(),
        onMessage: (type, data) => this.#received(type, data),
        onLost: (failures) => this.#lost(failures),
        onStopped: (closeCode) => this.#end(closeCode),
        onFault: (fault) => this.#emitter.emit("fault", fault),
      },
    });
  }

  /** @returns {ReadonlyMap<string, Task>} the tasks by id, as they are now */
  get tasks() {
    return this.#replica.tasks;
  }

  /** @returns {SyncStatus} */
  get status() {
    return this.#status;
  }

  /**
   * @param {"change" | "status" | "fault"} type
   * @param {(detail: any) => void} listener
   * @returns {() => void} takes the listener off again
   */
  on(type, listener) {
    return this.#emitter.on(type, listener);
  }

  /** Connects and loads; call it once. */
  start() {
    this.#unwatchPage = watchPage(() => this.#wake());
    this.#polling.start(false);
    this.#connection.connect();
    this.#firstLoad = this.#runtime.setTimer(() => this.#catchUp.request(), FIRST_LOAD_AFTER_MS);
  }

  /** Ends it for good. The tasks stay readable. */
  stop() {
    this.#end(null);
  }

  /**
   * Adds a task. The same `id` twice is one task, so a try whose answer was lost can be repeated.
   *
   * @param {{id?: string, title: string, description?: string, priority?: string, due_date?: string,
   *   remind_at?: string}} task
   * @returns {Promise<Task>}
   * @throws {import("./problem-error.js").ProblemError} as do all writes
   */
  addTask(task) {
    return this.#writer.add(task);
  }

  /**
   * Changes the given fields; null clears one.
   *
   * @param {string} id
   * @param {Partial<Task>} patch
   * @param {{ifMatch?: number | string}} [options] `ifMatch`: only if the task still has this revision
   * @returns {Promise<Task>}
   */
  updateTask(id, patch, options) {
    return this.#writer.update(id, patch, options);
  }

  /**
   * @param {string} id
   * @returns {Promise<Task>}
   */
  completeTask(id) {
    return this.#writer.setCompleted(id, true);
  }

  /**
   * @param {string} id
   * @returns {Promise<Task>}
   */
  uncompleteTask(id) {
    return this.#writer.setCompleted(id, false);
  }

  /**
   * Deletes a task; that it is gone already is fine.
   *
   * @param {string} id
   * @param {{ifMatch?: number | string}} [options]
   * @returns {Promise<void>}
   */
  deleteTask(id, options) {
    return this.#writer.remove(id, options);
  }

  /** @returns {Promise<void>} */
  clearCompleted() {
    return this.#writer.clearCompleted();
  }

  #welcomed() {
    this.#runtime.clearTimer(this.#firstLoad);
    this.#health.welcomed();
    this.#catchUp.request();
    this.#review();
  }

  /** @param {number} failures */
  #lost(failures) {
    const wasPolling = this.#health.needsPolling;
    this.#health.lost(failures);
    if (this.#health.needsPolling && !wasPolling) this.#catchUp.request();
    this.#review();
  }

  /**
   * Types that are not known here are ignored: old and new versions live together.
   *
   * @param {string} type
   * @param {Record<string, any>} data
   */
  #received(type, data) {
    switch (type) {
      case "sync.task":
        return this.#taskChanged(data);
      case "sync.resync":
        this.#health.feedUp();
        this.#catchUp.request(spreadOf(data));
        return this.#review();
      case "sync.stale":
        this.#health.feedDown();
        this.#catchUp.request(spreadOf(data));
        return this.#review();
    }
  }

  /** @param {Record<string, any>} data */
  #taskChanged({ revision, task_id: taskId, task = null }) {
    if (Number.isSafeInteger(revision) && typeof taskId === "string") {
      this.#replica.offer({ revision, taskId, task });
    } else {
      this.#catchUp.request(); // something happened that cannot be read here
    }
  }

  #wake() {
    this.#connection.connect();
    this.#catchUp.request();
  }

  #caughtUp() {
    this.#health.caughtUp();
    this.#review();
  }

  /** @param {unknown} fault */
  #catchUpFailed(fault) {
    this.#emitter.emit("fault", fault);
    this.#health.catchUpFailed();
    this.#review();
  }

  #review() {
    if (this.#status.state === "stopped") return;
    this.#polling.start(this.#health.needsPolling);
    this.#show({ state: this.#health.state, closeCode: null });
  }

  /** @param {number | null} closeCode */
  #end(closeCode) {
    this.#unwatchPage();
    this.#runtime.clearTimer(this.#firstLoad);
    this.#polling.stop();
    this.#catchUp.stop();
    this.#connection.stop();
    this.#replica.close();
    this.#show({ state: "stopped", closeCode });
  }

  /** @param {SyncStatus} status */
  #show(status) {
    if (status.state === this.#status.state) return;
    this.#status = status;
    this.#emitter.emit("status", status);
  }
}

/** @param {URL} base */
function socketUrl(base) {
  const url = new URL("sync", base);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}

/** @param {Record<string, any>} data */
function spreadOf({ spread_ms: spreadMs }) {
  return Math.max(0, Number(spreadMs) || 0);
}
