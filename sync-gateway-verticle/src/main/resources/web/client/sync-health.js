/** @typedef {import("./types.js").SyncState} SyncState */

/** So many tries without a session in a row, and WebSockets count as blocked here. */
const BLOCKED_AFTER = 2;

/** What is known about the two ways to the server, and what it comes to for the person looking. */
export class SyncHealth {
  #isWelcomed = false;
  #isBlocked = false;
  /** The server's own word that its feed is down. */
  #isFeedDown = false;
  /** What is shown may be old: from when it was told until a delta has gone through. */
  #isDoubtful = false;
  /** A delta went through since the session was joined, or lost. */
  #isCaughtUp = false;

  welcomed() {
    this.#isWelcomed = true;
    this.#isBlocked = false;
    this.#isCaughtUp = false;
  }

  /** @param {number} failures in a row */
  lost(failures) {
    if (this.#isWelcomed) this.#isCaughtUp = false;
    this.#isWelcomed = false;
    this.#isBlocked = failures >= BLOCKED_AFTER;
    this.#isFeedDown = false;
    this.#isDoubtful = false;
  }

  feedDown() {
    this.#isFeedDown = true;
    this.#isDoubtful = true;
  }

  feedUp() {
    this.#isFeedDown = false;
  }

  caughtUp() {
    this.#isCaughtUp = true;
    this.#isDoubtful = this.#isFeedDown;
  }

  catchUpFailed() {
    if (!this.#isWelcomed) this.#isCaughtUp = false;
    else if (this.#isCaughtUp) this.#isDoubtful = true;
  }

  /** Whether the delta is the only source of news. */
  get needsPolling() {
    return this.#isWelcomed ? this.#isFeedDown : this.#isBlocked;
  }

  /** @returns {SyncState} */
  get state() {
    if (this.#isWelcomed && this.#isDoubtful) return "stale";
    if (!this.#isCaughtUp) return "connecting";
    if (this.#isWelcomed) return "live";
    return this.#isBlocked ? "polling" : "connecting";
  }
}
