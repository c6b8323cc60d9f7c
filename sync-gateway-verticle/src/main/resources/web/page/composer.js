import { uuid } from "../client/uuid.js";
import { byId } from "./by-id.js";

/**
 * @typedef {import("../client/sync-client.js").SyncClient} SyncClient
 * @typedef {import("./error-bar.js").ErrorBar} ErrorBar
 */

/**
 * Adds tasks. The field is free for the next one at once; what the server refuses comes back to it.
 */
export class Composer {
  #input = byId("new-task");
  #client;
  #errors;

  /** @param {{client: SyncClient, errors: ErrorBar, signal: AbortSignal}} parts */
  constructor({ client, errors, signal }) {
    this.#client = client;
    this.#errors = errors;
    this.#input.value = "";
    this.#markInvalid(false);
    const submitted = (/** @type {Event} */ event) => {
      event.preventDefault();
      this.#submit();
    };
    byId("composer").addEventListener("submit", submitted, { signal });
    this.#input.addEventListener("input", () => this.#markInvalid(false), { signal });
  }

  focus() {
    this.#input.focus();
  }

  /**
   * Gives a text to the person again, if the field is free.
   *
   * @param {string} text
   * @returns {boolean} whether it was
   */
  offer(text) {
    if (this.#input.value !== "") return false;
    this.#input.value = text;
    return true;
  }

  #submit() {
    const title = this.#input.value;
    this.#input.focus();
    if (title.trim() === "") return;
    this.#input.value = "";
    this.#errors.clear();
    this.#add({ id: uuid(), title });
  }

  /** @param {{id: string, title: string}} task the id makes a second try the same task */
  async #add(task) {
    try {
      await this.#client.addTask(task);
    } catch (fault) {
      this.#refused(task, fault);
    }
  }

  /**
   * @param {{id: string, title: string}} task
   * @param {unknown} fault
   */
  #refused(task, fault) {
    const isBack = this.offer(task.title);
    if (isBack) this.#markInvalid(true);
    const retry = () => {
      if (this.#input.value === task.title) this.#input.value = "";
      this.#add(task);
    };
    const what = isBack ? undefined : `“${task.title}” was not added.`;
    this.#errors.show(fault, { what, retry });
  }

  /** @param {boolean} isInvalid */
  #markInvalid(isInvalid) {
    this.#input.setAttribute("aria-invalid", String(isInvalid));
  }
}
