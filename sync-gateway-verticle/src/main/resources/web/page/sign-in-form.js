import { byId } from "./by-id.js";

/** @typedef {import("./error-bar.js").ErrorBar} ErrorBar */

/** Asks for a name. */
export class SignInForm {
  #form = byId("sign-in-form");
  #input = byId("user");
  #errors;
  #onName;
  #isBusy = false;

  /** @param {{errors: ErrorBar, onName: (name: string) => Promise<void>}} parts */
  constructor({ errors, onName }) {
    this.#errors = errors;
    this.#onName = onName;
    this.#form.addEventListener("submit", (/** @type {Event} */ event) => {
      event.preventDefault();
      this.#submit();
    });
  }

  /** @param {string} suggestion */
  show(suggestion) {
    this.#form.hidden = false;
    this.#input.value = suggestion;
    this.#input.focus();
    this.#input.select();
  }

  hide() {
    this.#form.hidden = true;
  }

  async #submit() {
    const name = this.#input.value.trim();
    if (name === "") return this.#input.focus();
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#errors.clear();
    try {
      await this.#onName(name);
    } catch (fault) {
      this.#errors.show(fault, { retry: () => this.#submit() });
      this.#input.focus();
    } finally {
      this.#isBusy = false;
    }
  }
}
