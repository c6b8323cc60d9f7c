import { TaskRow } from "./task-row.js";

/**
 * @typedef {import("../client/types.js").Task} Task
 * @typedef {import("./task-row.js").TaskActions} TaskActions
 */

/** The rows, newest task first. A row is made, moved in and taken out alone: the others never notice. */
export class TaskList {
  #container;
  #actions;
  /** @type {Map<string, TaskRow>} */
  #rows = new Map();
  /** @type {TaskRow[]} as they stand on the page */
  #order = [];

  /**
   * @param {HTMLElement} container
   * @param {TaskActions} actions
   */
  constructor(container, actions) {
    this.#container = container;
    this.#actions = actions;
    container.replaceChildren();
  }

  /**
   * Shows a task as it is now.
   *
   * @param {Task} task
   * @returns {TaskRow}
   */
  put(task) {
    const row = this.#rows.get(task.id);
    if (row === undefined) return this.#insert(new TaskRow(task, this.#actions));
    row.update(task);
    return row;
  }

  /**
   * Takes a task off the page; focus that was in it goes to its neighbour.
   *
   * @param {string} id
   * @returns {{task: Task, unsavedTitle: string | null, hadFocus: boolean, neighbour: TaskRow | null} | null}
   */
  remove(id) {
    const row = this.#rows.get(id);
    if (row === undefined) return null;
    const index = this.#order.indexOf(row);
    this.#rows.delete(id);
    this.#order.splice(index, 1);
    const { task, unsavedTitle } = row;
    const hadFocus = row.element.contains(document.activeElement);
    row.element.remove();
    const neighbour = this.#order[index] ?? this.#order[index - 1] ?? null;
    return { task, unsavedTitle, hadFocus, neighbour };
  }

  /** @param {TaskRow} row */
  #insert(row) {
    const index = this.#placeOf(row.task);
    this.#container.insertBefore(row.element, this.#order[index]?.element ?? null);
    this.#order.splice(index, 0, row);
    this.#rows.set(row.task.id, row);
    return row;
  }

  /** @param {Task} task */
  #placeOf(task) {
    let low = 0;
    let high = this.#order.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isNewer(task, this.#order[middle].task)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/**
 * @param {Task} task
 * @param {Task} other
 */
function isNewer(task, other) {
  const age = Date.parse(task.created_at) - Date.parse(other.created_at);
  return age === 0 ? task.id > other.id : age > 0;
}
