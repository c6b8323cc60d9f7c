/** @typedef {import("./types.js").TokenProvider} TokenProvider */

/** Keeps the token that the app gave, and asks for a fresh one once however many need it. */
export class TokenSource {
  #provider;
  /** @type {string | null} */
  #token = null;
  #hasForgotten = false;
  /** @type {Promise<string> | null} */
  #pending = null;

  /** @param {TokenProvider} provider */
  constructor(provider) {
    this.#provider = provider;
  }

  /** @returns {Promise<string>} */
  get() {
    return this.#token === null ? this.#ask(this.#hasForgotten) : Promise.resolve(this.#token);
  }

  /**
   * A token other than `spent`.
   *
   * @param {string | null} spent
   * @returns {Promise<string>}
   */
  replace(spent) {
    if (this.#token !== null && this.#token !== spent) return Promise.resolve(this.#token);
    return this.#ask(true);
  }

  /**
   * Says that a token is no good any more: the next one asked for will be another.
   *
   * @param {string | null} spent
   */
  forget(spent) {
    if (this.#token !== spent) return;
    this.#token = null;
    this.#hasForgotten = true;
  }

  /**
   * @param {boolean} fresh
   * @returns {Promise<string>}
   */
  #ask(fresh) {
    const pending = this.#pending ?? this.#request(fresh);
    this.#pending = pending;
    return pending;
  }

  /** @param {boolean} fresh */
  async #request(fresh) {
    try {
      const token = await this.#provider({ fresh });
      this.#token = token;
      this.#hasForgotten = false;
      return token;
    } finally {
      this.#pending = null;
    }
  }
}
