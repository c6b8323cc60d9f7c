/** The writes under way: those to one task go out one after the other, in the order they were asked for. */
export class OwnWrites {
  /** @type {Map<string, Promise<unknown>>} */
  #latest = new Map();

  /**
   * @param {string} taskId
   * @returns {boolean} whether a change of this task may well be our own
   */
  isWriting(taskId) {
    return this.#latest.has(taskId);
  }

  /**
   * @template T
   * @param {string} taskId
   * @param {() => Promise<T>} write
   * @returns {Promise<T>}
   */
  run(taskId, write) {
    const previous = this.#latest.get(taskId) ?? Promise.resolve();
    const result = previous.then(write);
    const settled = result.then(ignore, ignore).then(() => {
      if (this.#latest.get(taskId) === settled) this.#latest.delete(taskId);
    });
    this.#latest.set(taskId, settled);
    return result;
  }
}

function ignore() {}
