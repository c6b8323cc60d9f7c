/**
 * A title being renamed in place: Enter or leaving the field saves, Escape doesn't.
 *
 * While it is open, it is the person's; what others do to the task changes nothing in it.
 */
export class RenameField {
  #input = document.createElement("input");
  #before;
  #save;
  #onClosed;
  #isSaving = false;
  #isClosed = false;

  /**
   * @param {object} parts
   * @param {string} parts.title
   * @param {(title: string) => Promise<void>} parts.save
   * @param {(keepFocus: boolean) => void} parts.onClosed
   */
  constructor({ title, save, onClosed }) {
    this.#before = title;
    this.#save = save;
    this.#onClosed = onClosed;
    this.#input.className = "field edit";
    this.#input.dataset.testid = "task-edit";
    this.#input.value = title;
    this.#input.autocomplete = "off";
    this.#input.setAttribute("aria-label", `Rename “${title}”`);
    this.#input.addEventListener("keydown", (event) => this.#pressed(event));
    this.#input.addEventListener("blur", () => this.#left());
    this.#input.addEventListener("input", () => this.#input.removeAttribute("aria-invalid"));
  }

  get element() {
    return this.#input;
  }

  /** What was typed and not saved; null if nothing was. */
  get unsaved() {
    const text = this.#input.value;
    return this.#isClosed || text === this.#before ? null : text;
  }

  focus() {
    this.#input.focus();
    this.#input.select();
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    if (event.isComposing) return;
    if (event.key === "Enter") this.#commit();
    if (event.key === "Escape") this.#close();
  }

  #left() {
    if (this.#input.value.trim() === "") this.#close();
    else if (this.#input.ariaInvalid !== "true") this.#commit();
  }

  async #commit() {
    if (this.#isClosed || this.#isSaving) return;
    if (this.#input.value === this.#before) return this.#close();
    this.#isSaving = true;
    this.#input.readOnly = true;
    try {
      await this.#save(this.#input.value);
      this.#close();
    } catch {
      this.#input.setAttribute("aria-invalid", "true"); // the row's owner has said why
    } finally {
      this.#isSaving = false;
      this.#input.readOnly = false;
    }
  }

  #close() {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#onClosed(document.activeElement === this.#input);
  }
}
