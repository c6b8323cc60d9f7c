/**
 * @typedef {import("./types.js").Change} Change
 * @typedef {import("./types.js").Runtime} Runtime
 */

/** How many changes wait behind a gap. Beyond that the oldest go: the delta brings them. */
export const MAX_HELD = 256;

/** How long a gap may mend itself (two events swapped on the way) before a delta is fetched. */
export const GAP_MS = 300;
export const GAP_JITTER_MS = 150;

/**
 * Lets changes through in the order of their revisions, each once, and notices what is missing.
 *
 * It is closed until it knows a revision to count from; until then it only holds.
 */
export class RevisionGate {
  #runtime;
  #apply;
  #onGap;
  /** @type {string | null} */
  #epoch = null;
  /** @type {number | null} */
  #last = null;
  /** The highest revision heard of: beyond `last`, something is still to come. */
  #heard = 0;
  /** @type {Map<number, Change>} */
  #held = new Map();
  /** @type {any} */
  #timer = null;
  /** @type {number | null} */
  #timerFor = null;

  /**
   * @param {object} parts
   * @param {Pick<Runtime, "random" | "setTimer" | "clearTimer">} parts.runtime
   * @param {(change: Change) => void} parts.apply called once a change, in order
   * @param {() => void} parts.onGap called when a gap stayed open for too long
   */
  constructor({ runtime, apply, onGap }) {
    this.#runtime = runtime;
    this.#apply = apply;
    this.#onGap = onGap;
  }

  get isOpen() {
    return this.#last !== null;
  }

  get epoch() {
    return this.#epoch;
  }

  /** The revision up to which everything is here; null while closed. */
  get last() {
    return this.#last;
  }

  get heldCount() {
    return this.#held.size;
  }

  get isBehind() {
    return this.#last !== null && this.#heard > this.#last;
  }

  /**
   * Takes a change from wherever it came: applies it if it is the next, ignores a repeat, holds
   * what is early.
   *
   * @param {Change} change
   */
  offer(change) {
    if (this.#last !== null && change.revision <= this.#last) return;
    this.#heard = Math.max(this.#heard, change.revision);
    this.#held.set(change.revision, change);
    this.#drain();
    if (this.#held.size > MAX_HELD) this.#held.delete(this.#held.keys().next().value ?? 0);
  }

  /**
   * Says that the user's revision is known to have reached `revision`.
   *
   * @param {number} revision
   */
  expect(revision) {
    this.#heard = Math.max(this.#heard, revision);
    this.#watchGap();
  }

  /**
   * Says that everything up to `revision` was applied from a delta.
   *
   * @param {number} revision
   */
  advance(revision) {
    if (this.#last === null) return;
    this.#last = Math.max(this.#last, revision);
    this.#drain();
  }

  /**
   * Opens, with everything up to `revision` in place. What was held meanwhile follows on.
   *
   * @param {string} epoch
   * @param {number} revision
   */
  open(epoch, revision) {
    this.#epoch = epoch;
    this.#last = revision;
    this.#drain();
  }

  /** Forgets everything: what is held may be of another history. */
  close() {
    this.#epoch = null;
    this.#last = null;
    this.#heard = 0;
    this.#held.clear();
    this.#watchGap();
  }

  #drain() {
    if (this.#last === null) return;
    for (let next = this.#take(); next !== undefined; next = this.#take()) {
      this.#last = next.revision;
      this.#apply(next);
    }
    for (const revision of this.#held.keys()) {
      if (revision <= this.#last) this.#held.delete(revision);
    }
    this.#watchGap();
  }

  #take() {
    const revision = (this.#last ?? 0) + 1;
    const next = this.#held.get(revision);
    this.#held.delete(revision);
    return next;
  }

  /** One timer, for the one revision that is missing now: a stream that moves on is no gap. */
  #watchGap() {
    const missing = this.isBehind ? this.#last : null;
    if (missing === this.#timerFor) return;
    this.#runtime.clearTimer(this.#timer);
    this.#timerFor = missing;
    if (missing === null) return;
    const wait = GAP_MS + this.#runtime.random() * GAP_JITTER_MS;
    this.#timer = this.#runtime.setTimer(() => {
      this.#timerFor = null;
      this.#onGap();
    }, wait);
  }
}
