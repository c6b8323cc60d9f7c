import { byId } from "./by-id.js";

/** @type {Record<string, string>} */
const WORDS = {
  "signed-out": "Signed out",
  connecting: "Connecting…",
  live: "Live",
  stale: "Updates delayed",
  polling: "Checking every 15 s",
  stopped: "Stopped – reload",
};

/** @type {Record<string, string>} */
const EXPLANATIONS = {
  live: "Changes made elsewhere show here at once.",
  stale: "The live feed is behind. The list is fetched again and again until it has recovered.",
  stopped: "The server ended the connection for good. Reload the page to try again.",
  polling: "Live updates don’t get through on this network, so the list is fetched regularly.",
};

/** Says whether what is shown is live. */
export class StatusLine {
  #line = byId("status");

  /** @param {string} state */
  show(state) {
    if (this.#line.dataset.state === state) return;
    this.#line.dataset.state = state;
    this.#line.textContent = WORDS[state];
    this.#line.title = EXPLANATIONS[state] ?? "";
  }
}
