/** @typedef {import("./types.js").Runtime} Runtime */

/**
 * The browser as the library sees it.
 *
 * @returns {Runtime}
 */
export function browserRuntime() {
  return {
    now: () => performance.now(),
    random: () => Math.random(),
    setTimer: (task, ms) => setTimeout(task, ms),
    clearTimer: (timer) => clearTimeout(timer),
    fetch: (...request) => fetch(...request),
    openSocket: (url, protocol) => new WebSocket(url, protocol),
  };
}
