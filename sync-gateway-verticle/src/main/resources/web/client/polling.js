/** @typedef {import("./types.js").Runtime} Runtime */

/** Where the WebSocket doesn't tell: the delta, every 15 s plus jitter. */
const EAGER = { everyMs: 15_000, jitterMs: 5_000 };

/** Where it does: a look all the same, every 5 min. */
const RELAXED = { everyMs: 300_000, jitterMs: 15_000 };

/** Asks for the delta by the clock: eagerly while it is the only source, rarely otherwise. */
export class Polling {
  #runtime;
  #poll;
  #isEager = false;
  /** @type {any} */
  #timer = null;

  /** @param {{runtime: Runtime, poll: () => void}} parts */
  constructor({ runtime, poll }) {
    this.#runtime = runtime;
    this.#poll = poll;
  }

  /** @param {boolean} isEager */
  start(isEager) {
    if (this.#timer !== null && isEager === this.#isEager) return;
    this.#isEager = isEager;
    this.#arm();
  }

  stop() {
    this.#runtime.clearTimer(this.#timer);
  }

  #arm() {
    this.#runtime.clearTimer(this.#timer);
    const { everyMs, jitterMs } = this.#isEager ? EAGER : RELAXED;
    this.#timer = this.#runtime.setTimer(
      () => {
        this.#arm();
        this.#poll();
      },
      everyMs + this.#runtime.random() * jitterMs,
    );
  }
}
