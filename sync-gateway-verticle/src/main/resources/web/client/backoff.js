/** Exponential backoff with full jitter: a crowd that failed together does not return together. */
export class Backoff {
  #random;
  #baseMs;
  #capMs;
  #failures = 0;

  /** @param {{random: () => number, baseMs: number, capMs: number}} settings */
  constructor({ random, baseMs, capMs }) {
    this.#random = random;
    this.#baseMs = baseMs;
    this.#capMs = capMs;
  }

  /** How many delays were taken since the last reset. */
  get failures() {
    return this.#failures;
  }

  /** @returns {number} milliseconds to wait before the next try */
  nextDelay() {
    const ceiling = Math.min(this.#capMs, this.#baseMs * 2 ** this.#failures);
    this.#failures += 1;
    return this.#random() * ceiling;
  }

  reset() {
    this.#failures = 0;
  }
}
