import { byId } from "./by-id.js";

/** Tells those who don't see the highlight what others changed. */
export class Announcer {
  #region = byId("announcer");

  /** @param {string} text */
  say(text) {
    this.#region.textContent = text;
  }
}
