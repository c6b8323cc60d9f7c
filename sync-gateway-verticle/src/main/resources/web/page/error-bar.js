import { byId } from "./by-id.js";
import { describeProblem, isWorthRetrying } from "./describe-problem.js";

/** The one place where the page says what went wrong, in sight wherever the list is scrolled to. */
export class ErrorBar {
  #bar = byId("error");
  #text = byId("error-text");
  #retryButton = byId("error-retry");
  /** @type {(() => void) | null} */
  #retry = null;

  constructor() {
    byId("error-dismiss").addEventListener("click", () => this.clear());
    this.#retryButton.addEventListener("click", () => {
      const retry = this.#retry;
      this.clear();
      retry?.();
    });
  }

  /**
   * @param {unknown} fault
   * @param {{what?: string, retry?: () => void}} [context] what could not be done, and how to do it
   *   again where that may help
   */
  show(fault, { what, retry } = {}) {
    const reason = describeProblem(fault);
    this.#say(what === undefined ? reason : `${what} ${reason}`);
    this.#retry = retry !== undefined && isWorthRetrying(fault) ? retry : null;
    this.#retryButton.hidden = this.#retry === null;
  }

  /** @param {string} text */
  tell(text) {
    this.#say(text);
    this.#retry = null;
    this.#retryButton.hidden = true;
  }

  clear() {
    this.#retry = null;
    this.#bar.hidden = true;
    this.#text.textContent = "";
  }

  /** @param {string} text */
  #say(text) {
    this.#bar.hidden = false;
    this.#text.textContent = text;
  }
}
