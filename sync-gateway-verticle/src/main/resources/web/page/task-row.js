import { byId } from "./by-id.js";
import { RenameField } from "./rename-field.js";
import { taskFacts } from "./task-facts.js";

/**
 * @typedef {import("../client/types.js").Task} Task
 *
 * @typedef {object} TaskActions each rejects, having told the person why, if it could not be done
 * @property {(task: Task, title: string) => Promise<void>} rename
 * @property {(task: Task, completed: boolean) => Promise<void>} setCompleted
 * @property {(task: Task) => Promise<void>} remove
 */

/** One task on the page; its element lives as long as the task does. */
export class TaskRow {
  #task;
  #actions;
  #element;
  #toggle;
  #title;
  #facts;
  #delete;
  /** @type {RenameField | null} */
  #rename = null;
  #togglesUnderWay = 0;

  /**
   * @param {Task} task
   * @param {TaskActions} actions
   */
  constructor(task, actions) {
    this.#task = task;
    this.#actions = actions;
    this.#element = byId("task-row").content.firstElementChild.cloneNode(true);
    this.#toggle = this.#part("task-toggle");
    this.#title = this.#part("task-title");
    this.#delete = this.#part("task-delete");
    this.#facts = this.#element.querySelector(".facts");
    this.#element.dataset.taskId = task.id;
    this.#toggle.addEventListener("change", () => this.#toggled());
    this.#title.addEventListener("click", () => this.#startRename());
    this.#delete.addEventListener("click", () => actions.remove(this.#task).catch(ignore));
    this.update(task);
  }

  /** @returns {HTMLElement} */
  get element() {
    return this.#element;
  }

  get task() {
    return this.#task;
  }

  /** What was typed over the title and not saved; null if nothing was. */
  get unsavedTitle() {
    return this.#rename?.unsaved ?? null;
  }

  /** @param {Task} task */
  update(task) {
    this.#task = task;
    setText(this.#title, task.title);
    setText(this.#facts, taskFacts(task));
    this.#facts.hidden = this.#facts.textContent === "";
    this.#facts.dataset.priority = task.priority ?? "none";
    this.#toggle.setAttribute("aria-label", `Done: ${task.title}`);
    this.#delete.setAttribute("aria-label", `Delete “${task.title}”`);
    if (this.#togglesUnderWay === 0) this.#showCompleted();
  }

  /**
   * Draws the eye, gently, to what somebody else changed. Two names for one animation start it anew
   * without asking the browser for a layout.
   */
  highlight() {
    this.#element.dataset.highlight = this.#element.dataset.highlight === "a" ? "b" : "a";
  }

  focus() {
    this.#title.focus();
  }

  #showCompleted() {
    this.#toggle.checked = this.#task.completed;
    this.#element.dataset.completed = String(this.#task.completed);
  }

  /** The box shows what the person wants until the server has answered to all of it. */
  async #toggled() {
    this.#togglesUnderWay += 1;
    await this.#actions.setCompleted(this.#task, this.#toggle.checked).catch(ignore);
    this.#togglesUnderWay -= 1;
    if (this.#togglesUnderWay === 0) this.#showCompleted();
  }

  #startRename() {
    if (this.#rename !== null) return;
    const rename = new RenameField({
      title: this.#task.title,
      save: (title) => this.#actions.rename(this.#task, title),
      onClosed: (keepFocus) => this.#endRename(keepFocus),
    });
    this.#rename = rename;
    this.#title.hidden = true;
    this.#title.after(rename.element);
    rename.focus();
  }

  /** @param {boolean} keepFocus */
  #endRename(keepFocus) {
    const field = this.#rename?.element;
    this.#rename = null;
    this.#title.hidden = false;
    if (keepFocus) this.#title.focus();
    field?.remove();
  }

  /** @param {string} testId */
  #part(testId) {
    return this.#element.querySelector(`[data-testid="${testId}"]`);
  }
}

/**
 * @param {HTMLElement} element
 * @param {string} text
 */
function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function ignore() {}
