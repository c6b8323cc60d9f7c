/**
 * The shapes that pass between the modules. Nothing here runs.
 *
 * @typedef {object} Task
 * @property {string} id
 * @property {string} title
 * @property {string | null} [description]
 * @property {boolean} completed
 * @property {string | null} [completed_at]
 * @property {"none" | "low" | "medium" | "high"} [priority]
 * @property {string | null} [due_date] a floating date, `YYYY-MM-DD`
 * @property {string | null} [remind_at]
 * @property {string} created_at
 * @property {string} updated_at
 * @property {number} revision the user's revision that the task was last changed at
 *
 * @typedef {object} Change one step of the user's history
 * @property {number} revision
 * @property {string} taskId
 * @property {Task | null} task null when the change deleted it
 *
 * @typedef {object} DeltaPage what `GET /tasks/changes` answers
 * @property {string} epoch
 * @property {number} revision
 * @property {Task[]} tasks
 * @property {{id: string, revision: number}[]} deleted
 * @property {boolean} has_more
 *
 * @typedef {object} Snapshot every task, page by page, and the first page's revision
 * @property {string} epoch
 * @property {number} revision
 * @property {Task[]} tasks
 *
 * @typedef {"own" | "remote" | "load"} Origin who caused what is shown now: this client's own
 *   write, somebody else, or a load of everything
 *
 * @typedef {object} TasksChanged
 * @property {Task[]} changed tasks that are new or look different
 * @property {string[]} removed ids of tasks that are gone
 * @property {Origin} origin
 *
 * @typedef {"connecting" | "live" | "stale" | "polling" | "stopped"} SyncState
 *
 * @typedef {object} SyncStatus
 * @property {SyncState} state
 * @property {number | null} closeCode why it stopped, when it did
 *
 * @typedef {(wanted: {fresh: boolean}) => Promise<string>} TokenProvider gives a bearer token;
 *   `fresh` means that the one given before has ended or is about to
 *
 * @typedef {object} Runtime the outside world, passed in so that a test can play it
 * @property {() => number} now milliseconds, never running backwards
 * @property {() => number} random from 0 up to 1
 * @property {(task: () => void, ms: number) => any} setTimer
 * @property {(timer: any) => void} clearTimer
 * @property {typeof fetch} fetch
 * @property {(url: string, protocol: string) => WebSocket} openSocket
 */
export {};
