/** The close codes of the sync protocol, each with what the client does about it. */
export const CloseCode = Object.freeze({
  /** The browser's own: no connection, or lost without a word. Reconnect. */
  ABNORMAL: 1006,
  /** The pod restarts. Reconnect, after the hint of its `sync.goaway` if it gave one. */
  SERVICE_RESTART: 1012,
  /** A frame of ours was no CloudEvent in JSON: a bug. Stop. */
  BAD_FRAME: 4400,
  /** Token missing, wrong, expired or another user's. Get a new one and reconnect. */
  UNAUTHORIZED: 4401,
  /** This user may not. Stop. */
  FORBIDDEN: 4403,
  /** No hello in time, no pong, or did not read. Reconnect. */
  TIMEOUT: 4408,
  /** A frame of ours was too large: a bug. Stop. */
  TOO_LARGE: 4413,
  /** Too many connections or messages. Reconnect with backoff. */
  TOO_MANY: 4429,
});

/** @type {Set<number>} */
const TERMINAL = new Set([CloseCode.BAD_FRAME, CloseCode.FORBIDDEN, CloseCode.TOO_LARGE]);

/**
 * Whether trying again cannot help.
 *
 * @param {number} code
 * @returns {boolean}
 */
export function isTerminal(code) {
  return TERMINAL.has(code);
}
