/**
 * The composer while a command is filled in: its required options at once, the others when asked for.
 */

import { el } from "../dom.js";
import { composer as texts } from "../texts.js";
import { Field } from "./field.js";
import { localized, matching } from "./matching.js";
import { Suggestions } from "./suggestions.js";

export class Command {
  #session;
  #onLeave;
  #fields = [];
  #hint = el("p", { class: "hint", "aria-hidden": "true" });
  #row = el("div", { class: "options" });
  #more = null;

  /**
   * @param {import("../session.js").Session} session
   * @param {import("./matching.js").Offer} offer
   * @param {Map<string, import("./field.js").Held>} held By option name.
   * @param {() => void} onLeave
   */
  constructor(session, offer, held, onLeave) {
    this.#session = session;
    this.#onLeave = onLeave;
    this.offer = offer;
    const leave = { type: "button", class: "leave", "aria-label": texts.leave(offer.label), onclick: onLeave };
    this.element = el(
      "div",
      { class: "command", role: "group", "aria-label": texts.command(offer), onkeydown: (event) => this.#key(event) },
      this.#hint,
      this.#row,
      el("button", leave, "×"),
    );
    this.#row.append(el("span", { class: "command-name" }, `/${offer.label}`));
    if (offer.options.length) this.#addMore();
    for (const option of offer.options) {
      if (option.required || held.has(option.name)) this.#add(option, held.get(option.name));
    }
    this.element.addEventListener("focusin", (event) => this.#describe(event.target));
    this.#describe(null);
  }

  /** Return what the fields hold, by option name. */
  get held() {
    return new Map(this.#fields.map((field) => [field.option.name, field.held]));
  }

  /** Put the focus where the next value is missing; return false if there is nothing to fill in. */
  focus() {
    const next = this.#fields.find((field) => field.isEmpty) ?? this.#fields[0];
    const target = next?.input ?? this.#more?.input;
    target?.focus();
    return Boolean(target);
  }

  /**
   * Check every field.
   * @returns {{action: object, files: File[]} | null} What to send; null if something is wrong, which is shown.
   */
  read() {
    const options = {};
    const files = [];
    const wrong = [];
    for (const field of this.#fields) {
      const { value, file, problem } = field.read();
      if (problem) wrong.push(field);
      if (file) options[field.option.name] = { file: files.push(file) - 1 };
      else if (value !== undefined) options[field.option.name] = value;
    }
    wrong[0]?.input.focus();
    return wrong.length ? null : { action: { do: "command", name: this.offer.name, options }, files };
  }

  #add(option, held = { text: "" }) {
    const field = new Field(this.#session, option, held, (name, text) => this.#complete(name, text));
    this.#fields.push(field);
    this.#row.insertBefore(field.element, this.#more.element);
    this.#more.element.hidden = this.#left().length === 0;
    return field;
  }

  #remove(field) {
    const place = this.#fields.indexOf(field);
    this.#fields.splice(place, 1);
    field.element.remove();
    this.#more.element.hidden = false;
    (this.#fields[place - 1]?.input ?? this.#more.input).focus();
  }

  #left() {
    const there = new Set(this.#fields.map((field) => field.option.name));
    const left = this.offer.options.filter((option) => !there.has(option.name));
    const { locale } = this.#session.me;
    const shown = (option, key) => localized(option, key, locale);
    return left.map((option) => ({
      name: option.name,
      label: shown(option, "name"),
      description: shown(option, "description"),
      option,
    }));
  }

  #addMore() {
    const input = el("input", { type: "text", size: 1, placeholder: texts.addOption, "aria-label": texts.addOption });
    const list = new Suggestions(input, { label: texts.addOption, onPick: (entry) => this.#take(entry) });
    const offer = () => {
      const fitting = matching(this.#left(), input.value);
      list.show(fitting, { said: texts.matches(fitting.length), first: Boolean(input.value) });
    };
    for (const name of ["input", "focus", "click"]) input.addEventListener(name, offer);
    input.addEventListener("blur", () => list.close());
    this.#more = { input, list, element: el("div", { class: "more-options" }, input, list.list, list.status) };
    this.#row.append(this.#more.element);
  }

  #take({ option }) {
    this.#more.input.value = "";
    this.#more.list.close();
    this.#add(option).input.focus();
  }

  #key(event) {
    const field = this.#fields.find((one) => one.input === event.target);
    const atMore = event.target === this.#more?.input;
    if (field?.key(event) || (atMore && this.#moreKey(event))) return;
    if (event.key === "Backspace" && (field ?? this.#more?.input)) this.#erase(event, field);
    if (event.key !== "Escape") return;
    event.preventDefault();
    this.#onLeave();
  }

  #moreKey(event) {
    const { input, list } = this.#more;
    if (event.key === "Tab" && list.active) {
      event.preventDefault();
      this.#take(list.active);
      return true;
    }
    if (event.key === "ArrowDown" && !list.isOpen) input.click();
    return list.key(event);
  }

  #erase(event, field) {
    if (field ? !field.isEmpty : this.#more.input.value) return;
    event.preventDefault();
    if (field && !field.option.required) return this.#remove(field);
    const before = field ? this.#fields[this.#fields.indexOf(field) - 1] : this.#fields.at(-1);
    if (before) return before.input.focus();
    return this.#onLeave();
  }

  #describe(target) {
    const field = this.#fields.find((one) => one.input === target);
    this.#hint.textContent = field ? `${field.label}: ${field.description}` : this.offer.description;
  }

  #complete(option, text) {
    const options = {};
    for (const [name, { text: typed, chosen }] of this.held) {
      if (name !== option && typed) options[name] = chosen?.label === typed ? chosen.value : typed;
    }
    return this.#session.act({ do: "complete", name: this.offer.name, option, text, options });
  }
}
