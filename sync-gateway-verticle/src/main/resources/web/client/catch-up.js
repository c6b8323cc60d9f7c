import { ProblemError } from "./problem-error.js";

/** @typedef {import("./types.js").Runtime} Runtime */

const MIN_SPACING_MS = 1_000;
const MAX_SPACING_MS = 30_000;

/**
 * Says when a delta is fetched: one at a time, at most one a second, and ever more rarely, down to
 * one in 30 s, while they fail or don't help. One that fails is tried again.
 */
export class CatchUp {
  #runtime;
  #fetch;
  #onDone;
  #isEnough;
  #onFailed;
  #spacingMs = MIN_SPACING_MS;
  #notBefore = 0;
  /** @type {any} */
  #timer = null;
  #dueAt = Infinity;
  #isRunning = false;
  #isStopped = false;

  /**
   * @param {object} parts
   * @param {Runtime} parts.runtime
   * @param {(run: {absorb: () => void, isCancelled: () => boolean}) => Promise<void>} parts.fetch
   *   calls `absorb` when all that was asked for so far will be answered by its next request
   * @param {() => void} parts.onDone told of a success after which nothing was asked for
   * @param {() => boolean} parts.isEnough whether a success left nothing missing
   * @param {(fault: unknown) => void} parts.onFailed
   */
  constructor({ runtime, fetch, onDone, isEnough, onFailed }) {
    this.#runtime = runtime;
    this.#fetch = fetch;
    this.#onDone = onDone;
    this.#isEnough = isEnough;
    this.#onFailed = onFailed;
  }

  /**
   * Asks for one from now on, at a random time within `spreadMs`.
   *
   * @param {number} [spreadMs]
   */
  request(spreadMs = 0) {
    if (this.#isStopped) return;
    const dueAt = this.#runtime.now() + this.#runtime.random() * spreadMs;
    if (dueAt >= this.#dueAt) return;
    this.#dueAt = dueAt;
    if (!this.#isRunning) this.#arm();
  }

  /** Asks for one unless one is under way, for needs that are looked at again after it anyhow. */
  requestUnlessRunning() {
    if (!this.#isRunning) this.request();
  }

  stop() {
    this.#isStopped = true;
    this.#runtime.clearTimer(this.#timer);
  }

  #arm() {
    this.#runtime.clearTimer(this.#timer);
    if (this.#dueAt === Infinity || this.#isStopped) return;
    const wait = Math.max(this.#dueAt, this.#notBefore) - this.#runtime.now();
    this.#timer = this.#runtime.setTimer(() => this.#run(), Math.max(0, wait));
  }

  async #run() {
    const startedAt = this.#runtime.now();
    this.#isRunning = true;
    this.#absorb();
    try {
      await this.#fetch({ absorb: () => this.#absorb(), isCancelled: () => this.#isStopped });
      if (!this.#isStopped) this.#succeeded(startedAt);
    } catch (fault) {
      if (!this.#isStopped) this.#failed(fault);
    }
    this.#isRunning = false;
    this.#arm();
  }

  #absorb() {
    this.#dueAt = Infinity;
  }

  /** @param {number} startedAt */
  #succeeded(startedAt) {
    if (this.#isEnough()) this.#spacingMs = MIN_SPACING_MS;
    else this.#slowDown();
    this.#notBefore = startedAt + this.#spacingMs;
    if (this.#dueAt === Infinity) this.#onDone();
  }

  /** @param {unknown} fault */
  #failed(fault) {
    const retryAfterMs = fault instanceof ProblemError ? fault.retryAfterMs : 0;
    this.#slowDown();
    const jitteredMs = this.#spacingMs * (0.5 + this.#runtime.random() / 2);
    this.#notBefore = this.#runtime.now() + Math.max(jitteredMs, retryAfterMs);
    this.request();
    this.#onFailed(fault);
  }

  #slowDown() {
    this.#spacingMs = Math.min(MAX_SPACING_MS, this.#spacingMs * 2);
  }
}
