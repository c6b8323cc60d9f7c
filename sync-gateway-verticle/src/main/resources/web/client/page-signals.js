/** One look at the page makes several events; more than one within this time is the same look. */
const SAME_LOOK_MS = 500;

/**
 * Tells when the page is looked at again or the network is back.
 *
 * @param {() => void} onWake
 * @returns {() => void} stops telling
 */
export function watchPage(onWake) {
  const listening = new AbortController();
  const { signal } = listening;
  let lastLook = -Infinity;
  const look = () => {
    if (document.visibilityState !== "visible") return;
    if (performance.now() - lastLook < SAME_LOOK_MS) return;
    lastLook = performance.now();
    onWake();
  };
  window.addEventListener("focus", look, { signal });
  window.addEventListener("pageshow", (event) => event.persisted && look(), { signal });
  window.addEventListener("online", onWake, { signal });
  document.addEventListener("visibilitychange", look, { signal });
  return () => listening.abort();
}
