/**
 * One option of a command: a labelled field with what it offers, and the sentence that says what is wrong.
 */

import { el } from "../dom.js";
import { picks } from "../picks.js";
import { composer as texts } from "../texts.js";
import { localized, matching } from "./matching.js";
import { OptionType, choices, isPicked, read } from "./options.js";
import { Suggestions } from "./suggestions.js";

const PAUSE = 250; // milliseconds without a key before suggestions are asked for
const MAX_SHOWN = 50; // entries
const NUMERIC = { [OptionType.INTEGER]: "numeric", [OptionType.NUMBER]: "decimal" };
const PICKED = {
  [OptionType.USER]: ["user"],
  [OptionType.CHANNEL]: ["channel"],
  [OptionType.ROLE]: ["role"],
  [OptionType.MENTIONABLE]: ["user", "role"],
};

/** What a field holds: kept for recall. @typedef {{text: string, chosen?: object, file?: File}} Held */

export class Field {
  #session;
  #complete;
  #suggestions = null;
  #suggested = [];
  #chosen;
  #file;
  #timer;
  #turn = 0;

  /**
   * @param {import("../session.js").Session} session
   * @param {object} option As registered.
   * @param {Held} held
   * @param {(option: string, text: string) => Promise<object>} complete Ask the application for suggestions.
   */
  constructor(session, option, held, complete) {
    this.#session = session;
    this.#complete = complete;
    this.option = option;
    this.#chosen = held.chosen;
    this.#file = held.file;
    this.label = localized(option, "name", session.me.locale);
    this.description = localized(option, "description", session.me.locale);
    this.isFile = option.type === OptionType.ATTACHMENT;
    const id = `option-${crypto.randomUUID()}`;
    this.input = this.isFile ? this.#chooser(id) : this.#textbox(id, held.text);
    this.error = el("span", { class: "field-error", id: `${id}-error` });
    this.element = el(
      "div",
      { class: `option${option.required ? " required" : ""}` },
      el("label", { for: id, class: "option-name" }, this.label),
      this.input,
      this.#fileName,
      el("span", { class: "visually-hidden", id: `${id}-about` }, this.description),
      this.error,
      this.#suggestions?.list,
      this.#suggestions?.status,
    );
  }

  /** @returns {Held} */
  get held() {
    return { text: this.isFile ? "" : this.input.value, chosen: this.#chosen, file: this.#file };
  }

  get isEmpty() {
    return this.isFile ? !this.#file : !this.input.value;
  }

  /**
   * Return what is in the field: a value or a file, or a problem, which is shown; neither where it is empty.
   * @returns {{value?: any, file?: File, problem?: object}}
   */
  read() {
    const found = this.isFile ? this.#readFile() : read(this.option, this.input.value, this.#picks());
    this.#showProblem(found.problem);
    return found;
  }

  /** Handle a key; return true if it was the field's own. */
  key(event) {
    if (!this.#suggestions) return false;
    if (event.key === "Tab" && this.#suggestions.active) this.#take(this.#suggestions.active);
    if (event.key === "ArrowDown" && !this.#suggestions.isOpen) return this.#offer(), true;
    return this.#suggestions.key(event);
  }

  #textbox(id, text) {
    const input = el("input", {
      id,
      type: "text",
      value: text,
      size: 1,
      inputmode: NUMERIC[this.option.type],
      autocomplete: "off",
      "aria-required": this.option.required && "true",
      "aria-describedby": `${id}-about ${id}-error`,
      oninput: () => this.#changed(),
      onfocus: () => this.isEmpty && this.#offer(),
      onclick: () => this.#offer(),
      onblur: () => this.#suggestions?.close(),
    });
    if (isPicked(this.option) || this.option.autocomplete) {
      const onPick = (entry) => this.#take(entry);
      this.#suggestions = new Suggestions(input, { label: this.label, onPick });
    }
    return input;
  }

  #chooser(id) {
    this.#fileName = el("span", { class: "file-name", "aria-hidden": "true" }, this.#file?.name ?? texts.chooseFile);
    return el("input", {
      id,
      type: "file",
      class: "file-input",
      "aria-required": this.option.required && "true",
      "aria-describedby": `${id}-about ${id}-error`,
      onchange: () => this.#attach(this.input.files[0]),
    });
  }

  #fileName;

  #attach(file) {
    this.#file = file;
    this.#fileName.textContent = file?.name ?? texts.chooseFile;
    this.#showProblem(undefined);
  }

  #readFile() {
    if (this.#file) return { file: this.#file };
    return this.option.required ? { problem: { why: "required" } } : {};
  }

  #changed() {
    this.#showProblem(undefined);
    this.#offer();
  }

  #offer() {
    if (!this.#suggestions) return;
    if (this.option.autocomplete) this.#ask();
    else this.#list();
  }

  #list() {
    const exact = this.#chosen?.label === this.input.value; // a picked value does not hide the others
    const fitting = matching(this.#picks(), exact ? "" : this.input.value.replace(/^[@#]/, "")).slice(0, MAX_SHOWN);
    this.#suggestions.show(fitting, { said: texts.matches(fitting.length), first: Boolean(this.input.value) });
  }

  #ask() {
    clearTimeout(this.#timer);
    const turn = ++this.#turn;
    this.#timer = setTimeout(async () => {
      const { outcome, choices: found } = await this.#complete(this.option.name, this.input.value);
      if (turn !== this.#turn || document.activeElement !== this.input) return;
      if (outcome !== "choices") return this.#suggestions.show([], { said: texts.noSuggestions, note: texts.noSuggestions });
      this.#suggested = found.map((one) => ({ label: localized(one, "name", this.#session.me.locale), value: one.value }));
      this.#suggestions.show(this.#suggested, { said: texts.matches(this.#suggested.length) });
    }, PAUSE);
  }

  #picks() {
    const { me, world, channel } = this.#session;
    const own = PICKED[this.option.type]
      ? picks(world, channel, PICKED[this.option.type], this.option.channel_types)
      : choices(this.option, me.locale, texts);
    return [...(this.#chosen ? [this.#chosen] : []), ...own, ...this.#suggested].filter(
      (pick, place, all) => all.findIndex((other) => other.label === pick.label) === place,
    );
  }

  #take(pick) {
    this.#turn++;
    clearTimeout(this.#timer);
    this.#chosen = pick;
    this.input.value = pick.label;
    this.#showProblem(undefined);
    this.#suggestions.close();
  }

  #showProblem(problem) {
    this.error.textContent = problem ? texts.problems[problem.why](this.label, problem) : "";
    if (problem) this.input.setAttribute("aria-invalid", "true");
    else this.input.removeAttribute("aria-invalid");
  }
}
