import { byId } from "./by-id.js";
import { Composer } from "./composer.js";
import { TaskList } from "./task-list.js";

/**
 * @typedef {import("../client/sync-client.js").SyncClient} SyncClient
 * @typedef {import("../client/types.js").Task} Task
 * @typedef {import("../client/types.js").TasksChanged} TasksChanged
 * @typedef {import("./announcer.js").Announcer} Announcer
 * @typedef {import("./error-bar.js").ErrorBar} ErrorBar
 */

/** One person's tasks on the page, from sign-in to sign-out. */
export class Workspace {
  #client;
  #errors;
  #announcer;
  #composer;
  #list;
  #unsubscribe;
  #isLoaded = false;
  #closing = new AbortController();

  /** @param {{name: string, client: SyncClient, errors: ErrorBar, announcer: Announcer}} parts */
  constructor({ name, client, errors, announcer }) {
    const { signal } = this.#closing;
    this.#client = client;
    this.#errors = errors;
    this.#announcer = announcer;
    this.#composer = new Composer({ client, errors, signal });
    this.#list = new TaskList(byId("tasks"), this.#actions());
    byId("clear-completed").addEventListener("click", () => this.#clearCompleted(), { signal });
    byId("second-window").href = `?user=${encodeURIComponent(name)}`;
    byId("owner").textContent = `${name}’s`;
    byId("workspace").hidden = false;
    document.title = `${name} – Pakaura Sync`;
    this.#unsubscribe = client.on("change", (change) => this.#show(change));
    this.#summarise();
    this.#composer.focus();
  }

  close() {
    this.#closing.abort();
    this.#unsubscribe();
    this.#client.stop();
    byId("tasks").replaceChildren();
    byId("workspace").hidden = true;
    document.title = "Pakaura Sync";
  }

  /** @returns {import("./task-row.js").TaskActions} */
  #actions() {
    const client = this.#client;
    return {
      rename: async (task, title) => {
        await this.#attempt(() => client.updateTask(task.id, { title }));
      },
      setCompleted: async (task, completed) => {
        await this.#attempt(() =>
          completed ? client.completeTask(task.id) : client.uncompleteTask(task.id),
        );
      },
      remove: (task) => this.#attempt(() => client.deleteTask(task.id)),
    };
  }

  /** @param {TasksChanged} change */
  #show({ changed, removed, origin }) {
    if (origin === "load") this.#isLoaded = true;
    for (const task of changed) {
      const row = this.#list.put(task);
      if (origin === "remote") row.highlight();
    }
    for (const id of removed) this.#takeAway(id);
    this.#summarise();
    if (origin === "remote") this.#announce(changed, removed);
  }

  /** @param {string} id */
  #takeAway(id) {
    const gone = this.#list.remove(id);
    if (gone === null) return;
    if (gone.unsavedTitle !== null) this.#rescue(gone.task, gone.unsavedTitle);
    if (gone.hadFocus) (gone.neighbour ?? this.#composer).focus();
  }

  /**
   * Somebody deleted what the person here is renaming: their words must not go with it.
   *
   * @param {Task} task
   * @param {string} text
   */
  #rescue(task, text) {
    const where = this.#composer.offer(text) ? "is in the field for a new task" : `was “${text}”`;
    this.#errors.tell(`“${task.title}” was deleted elsewhere. What you typed ${where}.`);
  }

  #clearCompleted() {
    byId("new-task").focus(); // The button hides with the last completed task, and would take the focus with it.
    this.#attempt(() => this.#client.clearCompleted()).catch(() => {});
  }

  /**
   * @template T
   * @param {() => Promise<T>} write
   * @returns {Promise<T>} rejected if it could not be done and the person was told
   */
  async #attempt(write) {
    this.#errors.clear();
    try {
      return await write();
    } catch (fault) {
      if (!this.#closing.signal.aborted) this.#errors.show(fault);
      throw fault;
    }
  }

  #summarise() {
    const tasks = [...this.#client.tasks.values()];
    const done = tasks.filter((task) => task.completed).length;
    byId("tasks").setAttribute("aria-busy", String(!this.#isLoaded));
    byId("loading").hidden = this.#isLoaded || tasks.length > 0;
    byId("empty").hidden = !this.#isLoaded || tasks.length > 0;
    byId("counts").textContent =
      tasks.length === 0 ? "" : `${tasks.length - done} open, ${done} done`;
    byId("clear-completed").hidden = done === 0;
  }

  /**
   * @param {Task[]} changed
   * @param {string[]} removed
   */
  #announce(changed, removed) {
    const count = changed.length + removed.length;
    if (count > 1) this.#announcer.say(`${count} tasks changed elsewhere`);
    else if (changed.length === 1) this.#announcer.say(`Changed elsewhere: ${changed[0].title}`);
    else this.#announcer.say("A task was deleted elsewhere");
  }
}
