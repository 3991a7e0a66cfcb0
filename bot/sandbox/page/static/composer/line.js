/**
 * The composer's plain line: a text to say, or a slash that opens the list of commands.
 */

import { el } from "../dom.js";
import { composer as texts } from "../texts.js";
import { matching } from "./matching.js";
import { Suggestions } from "./suggestions.js";

export class Line {
  #offers = [];
  #suggestions;
  #onPick;
  #onRecall;

  /**
   * @param {HTMLElement} anchor Where the list opens.
   * @param {(offer: import("./matching.js").Offer) => void} onPick
   * @param {() => void} onRecall The arrow up was pressed in the empty line.
   */
  constructor(anchor, onPick, onRecall) {
    this.#onPick = onPick;
    this.#onRecall = onRecall;
    this.input = el("input", {
      class: "line",
      type: "text",
      id: "composer-line",
      maxlength: 2000,
      "aria-describedby": "composer-error",
      oninput: () => this.refresh(),
      onclick: () => this.refresh(),
      onblur: () => this.#suggestions.close(),
      onkeydown: (event) => this.#key(event),
    });
    const list = { label: texts.commands, anchor, onPick: (entry) => onPick(entry.offer) };
    this.#suggestions = new Suggestions(this.input, list);
    this.error = el("p", { class: "field-error", id: "composer-error" });
    this.element = el("div", { class: "line-holder" }, this.input, this.#suggestions.list, this.#suggestions.status);
  }

  /** Offer these commands from now on. */
  set offers(offers) {
    this.#offers = offers;
    if (document.activeElement === this.input) this.refresh();
  }

  /** Say what is wrong with the line; an empty sentence takes it back. */
  set problem(sentence) {
    this.error.textContent = sentence;
    this.input.setAttribute("aria-invalid", String(Boolean(sentence)));
  }

  /** Show the commands that fit the line. */
  refresh() {
    this.problem = "";
    const text = this.input.value;
    if (!text.startsWith("/")) return this.#suggestions.close();
    const fitting = matching(this.#offers, text.slice(1));
    const entries = fitting.map((offer) => ({ label: `/${offer.label}`, description: offer.description, offer }));
    this.#suggestions.show(entries, { said: texts.matches(entries.length), first: true });
    return undefined;
  }

  #key(event) {
    const { active } = this.#suggestions;
    if (event.key === "Tab" && active) {
      event.preventDefault();
      this.#onPick(active.offer);
      return;
    }
    if (this.#suggestions.key(event) || event.key !== "ArrowUp" || this.input.value) return;
    event.preventDefault();
    this.#onRecall();
  }
}
