import { uuid } from "../client/uuid.js";
import { byId } from "./by-id.js";

/**
 * @typedef {import("../client/sync-client.js").SyncClient} SyncClient
 * @typedef {import("./error-bar.js").ErrorBar} ErrorBar
 *
 * @typedef {{id: string, title: string}} NewTask the id makes a second try the same task
 */

/**
 * Adds tasks. The field is free for the next one at once; what the server refuses comes back to it.
 */
export class Composer {
  #input = byId("new-task");
  #client;
  #errors;
  #signal;
  /** @type {NewTask | null} */
  #refusedLast = null;

  /** @param {{client: SyncClient, errors: ErrorBar, signal: AbortSignal}} parts */
  constructor({ client, errors, signal }) {
    this.#client = client;
    this.#signal = signal;
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
    /** @type {string} */
    const title = this.#input.value;
    this.#input.focus();
    if (title.trim() === "") return;
    const refused = this.#refusedLast;
    this.#add(refused?.title === title ? refused : { id: uuid(), title });
  }

  /** @param {NewTask} task */
  async #add(task) {
    if (this.#input.value === task.title) this.#input.value = "";
    this.#markInvalid(false);
    this.#errors.clear();
    this.#refusedLast = null;
    try {
      await this.#client.addTask(task);
    } catch (fault) {
      if (!this.#signal.aborted) this.#refused(task, fault);
    }
  }

  /**
   * @param {NewTask} task
   * @param {unknown} fault
   */
  #refused(task, fault) {
    const isBack = this.offer(task.title);
    if (isBack) this.#markInvalid(true);
    this.#refusedLast = task;
    const what = isBack ? undefined : `“${task.title}” was not added.`;
    this.#errors.show(fault, { what, retry: () => this.#add(task) });
  }

  /** @param {boolean} isInvalid */
  #markInvalid(isInvalid) {
    this.#input.setAttribute("aria-invalid", String(isInvalid));
  }
}
