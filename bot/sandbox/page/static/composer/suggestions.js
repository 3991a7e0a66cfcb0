/**
 * A list that opens at a text field: arrow keys move, Enter takes, Escape closes.
 *
 * The field is ARIA's combobox: it keeps the focus, and `aria-activedescendant` names the active entry.
 */

import { el } from "../dom.js";

const GAP = 6; // pixels between field and list, and to the window's edge
const TALLEST = 360; // pixels
const NARROWEST = 240; // pixels

/**
 * @typedef {{label: string, description?: string, emoji?: string, color?: string, chosen?: boolean}} Entry
 */

export class Suggestions {
  #input;
  #onPick;
  #entries = [];
  #active = -1;

  /**
   * @param {HTMLInputElement} input
   * @param {object} settings
   * @param {string} settings.label What the list is called.
   * @param {(entry: Entry) => void} settings.onPick
   * @param {boolean} [settings.multiple] Several entries can be chosen, so picking leaves the list open.
   * @param {HTMLElement} [settings.anchor] Where the list opens; the field, if absent.
   */
  constructor(input, { label, onPick, multiple = false, anchor = input }) {
    this.#input = input;
    this.#onPick = onPick;
    this.multiple = multiple;
    this.anchor = anchor;
    const id = `list-${crypto.randomUUID()}`;
    const listbox = { role: "listbox", id, class: "suggestions", popover: "manual", "aria-label": label };
    this.list = el("ul", { ...listbox, "aria-multiselectable": multiple && "true", onpointerdown: keepFocus });
    this.status = el("span", { class: "visually-hidden", role: "status" });
    const combobox = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-controls": id };
    for (const [name, value] of Object.entries(combobox)) input.setAttribute(name, value);
    input.setAttribute("aria-expanded", "false");
  }

  get isOpen() {
    return this.list.matches(":popover-open");
  }

  /** Return the entry that Enter would take, or undefined. */
  get active() {
    return this.isOpen ? this.#entries[this.#active] : undefined;
  }

  /**
   * Show these entries in place of what was there.
   * @param {Entry[]} entries
   * @param {object} how
   * @param {string} how.said What a screen reader is told, such as "3 matches".
   * @param {boolean} [how.first] The first entry is active at once.
   * @param {string} [how.note] A line that stands where there is no entry.
   */
  show(entries, { said, first = false, note }) {
    const kept = this.#entries[this.#active]?.label;
    this.#entries = entries;
    this.status.textContent = said;
    this.list.replaceChildren(...entries.map((entry, place) => this.#row(entry, place)), ...remark(note));
    if (!entries.length && !note) return this.close();
    if (!this.isOpen) this.list.showPopover();
    this.#input.setAttribute("aria-expanded", "true");
    const place = entries.findIndex((entry) => (this.multiple ? entry.label === kept : entry.chosen));
    this.#activate(place < 0 && first && entries.length ? 0 : place);
    this.#place();
    return undefined;
  }

  close() {
    if (this.isOpen) this.list.hidePopover();
    this.#input.setAttribute("aria-expanded", "false");
    if (this.#entries.length) this.status.textContent = "";
    this.#activate(-1);
  }

  /** Handle a key while the list is open; return true if it was the list's. */
  key(event) {
    if (!this.isOpen) return false;
    const last = this.#entries.length - 1;
    const moves = { ArrowDown: this.#active + 1, ArrowUp: this.#active < 0 ? last : this.#active - 1 };
    if (event.key in moves && last >= 0) this.#activate((moves[event.key] + last + 1) % (last + 1));
    else if (event.key === "Enter" && this.active) this.#onPick(this.active);
    else if (event.key === "Escape") this.close();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  #row(entry, place) {
    const attributes = {
      role: "option",
      id: `${this.list.id}-${place}`,
      class: entry.chosen && "chosen",
      "aria-selected": String(Boolean(entry.chosen)),
      onclick: () => this.#onPick(entry),
    };
    return el(
      "li",
      attributes,
      entry.emoji && el("span", { class: "entry-emoji", "aria-hidden": "true" }, entry.emoji),
      entry.color && el("span", { class: "entry-color", style: { "background-color": entry.color } }),
      el("span", { class: "entry-label" }, entry.label),
      entry.description && el("span", { class: "entry-description" }, entry.description),
    );
  }

  #activate(place) {
    const rows = this.list.querySelectorAll("[role=option]");
    this.#mark(rows[this.#active], false);
    this.#active = place;
    if (!rows[place]) return this.#input.removeAttribute("aria-activedescendant");
    this.#mark(rows[place], true);
    rows[place].scrollIntoView({ block: "nearest" });
    this.#input.setAttribute("aria-activedescendant", rows[place].id);
    return undefined;
  }

  /** Where nothing can be chosen for good, what is active counts as selected. */
  #mark(row, isActive) {
    row?.classList.toggle("active", isActive);
    if (this.#entries.every((entry) => entry.chosen === undefined)) row?.setAttribute("aria-selected", String(isActive));
  }

  #place() {
    const box = this.anchor.getBoundingClientRect();
    const clear = (this.anchor.closest(".command") ?? this.anchor).getBoundingClientRect();
    const [above, below] = [clear.top - 2 * GAP, innerHeight - clear.bottom - 2 * GAP];
    const up = below < Math.min(TALLEST, this.list.scrollHeight) && above > below;
    const width = Math.min(Math.max(box.width, NARROWEST), innerWidth - 2 * GAP);
    const left = Math.max(GAP, Math.min(box.left, innerWidth - width - GAP));
    const style = {
      left: `${left}px`,
      width: `${width}px`,
      "max-height": `${Math.min(TALLEST, up ? above : below)}px`,
      top: up ? "auto" : `${clear.bottom + GAP}px`,
      bottom: up ? `${innerHeight - clear.top + GAP}px` : "auto",
    };
    for (const [name, value] of Object.entries(style)) this.list.style.setProperty(name, value);
  }
}

function remark(note) {
  return note ? [el("li", { class: "entry-note", role: "presentation" }, note)] : [];
}

function keepFocus(event) {
  event.preventDefault();
}
