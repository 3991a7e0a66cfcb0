/**
 * Select menus, in messages and in forms: a field that filters, and the list of what can be chosen.
 */

import { matching } from "./composer/matching.js";
import { Suggestions } from "./composer/suggestions.js";
import { el } from "./dom.js";
import { idOf, picks } from "./picks.js";
import { composer, select as texts } from "./texts.js";

const PICKED = { 5: ["user"], 6: ["role"], 7: ["user", "role"], 8: ["channel"] };

/**
 * Return the element of a select menu.
 *
 * A single choice is reported as soon as it is made, several once the list closes, as Discord does.
 * @param {object} component Of type 3, 5, 6, 7 or 8.
 * @param {import("./session.js").Session} session
 * @param {(values: any[]) => void} onChange With the API's values.
 * @returns {HTMLElement}
 */
export function selectMenu(component, session, onChange) {
  return new Select(component, session, onChange).element;
}

/** A select menu, for who asks what is chosen at the moment. */
export class Select {
  #component;
  #session;
  #onChange;
  #chosen;
  #reported;
  #chips = el("span", { class: "chips" });
  #problem = el("span", { class: "field-error", role: "status" });

  constructor(component, session, onChange) {
    this.#component = component;
    this.#session = session;
    this.#onChange = onChange;
    this.least = component.min_values ?? 1;
    this.most = component.max_values ?? 1;
    this.#chosen = this.#all().filter((pick) => this.#isDefault(pick));
    this.#reported = this.values;
    const label = component.placeholder || texts.label;
    this.input = el("input", {
      type: "text",
      disabled: Boolean(component.disabled),
      "aria-label": label,
      onclick: () => this.#open(),
      oninput: () => this.#filter(),
      onkeydown: (event) => this.#key(event),
      onblur: () => this.#close(),
    });
    const box = el("div", { class: `select${component.disabled ? " disabled" : ""}` }, this.#chips, this.input);
    const settings = { label, multiple: this.most > 1, anchor: box, onPick: (pick) => this.#pick(pick) };
    this.list = new Suggestions(this.input, settings);
    this.element = el("div", { class: "select-holder" }, box, this.#problem, this.list.list, this.list.status);
    this.#show();
  }

  #all() {
    const { type, options, channel_types: channelTypes } = this.#component;
    if (PICKED[type]) return picks(this.#session.world, this.#session.channel, PICKED[type], channelTypes);
    return (options ?? []).map(({ label, description, emoji, value }) => ({
      label,
      description,
      emoji: emoji?.id ? undefined : emoji?.name,
      value,
    }));
  }

  #isDefault(pick) {
    if (!PICKED[this.#component.type]) {
      return this.#component.options.some((option) => option.default && option.value === pick.value);
    }
    return (this.#component.default_values ?? []).some((one) => one.id === idOf(pick.value));
  }

  /** Return what is chosen, as the API's values. */
  get values() {
    return this.#chosen.map((pick) => pick.value);
  }

  #open() {
    if (!this.list.isOpen) {
      this.input.placeholder = this.input.value || this.input.placeholder;
      this.input.value = "";
    }
    this.#filter();
  }

  #filter() {
    const all = this.#all().map((pick) => ({ ...pick, chosen: Boolean(this.#held(pick)) }));
    const fitting = matching(all, this.input.value);
    const note = fitting.length ? undefined : composer.matches(0);
    this.list.show(fitting, { said: composer.matches(fitting.length), first: Boolean(this.input.value), note });
  }

  #key(event) {
    if (!this.list.isOpen && ["ArrowDown", "ArrowUp", "Enter"].includes(event.key)) {
      event.preventDefault();
      this.#open();
      return;
    }
    const closes = event.key === "Escape" && this.list.isOpen;
    this.list.key(event);
    if (closes) this.#close();
    if (event.key === "Backspace" && !this.input.value && this.most > 1) this.#drop(this.#chosen.at(-1));
  }

  #held({ value }) {
    return this.#chosen.find((one) => JSON.stringify(one.value) === JSON.stringify(value));
  }

  #pick(pick) {
    const held = this.#held(pick);
    this.#problem.textContent = "";
    if (this.most === 1) {
      this.#chosen = held && this.least === 0 ? [] : [pick];
      this.#close();
      return;
    }
    if (held) this.#drop(held);
    else if (this.#chosen.length < this.most) this.#set([...this.#chosen, pick]);
    else this.#problem.textContent = texts.full(this.most);
    this.input.value = "";
    this.#filter();
  }

  #drop(pick) {
    this.#set(this.#chosen.filter((one) => one !== pick));
  }

  #set(chosen) {
    this.#chosen = chosen;
    this.#show();
    if (!this.list.isOpen) this.#report();
  }

  #close() {
    this.list.close();
    this.#set(this.#chosen);
  }

  #report() {
    const values = this.values;
    if (JSON.stringify(values) === JSON.stringify(this.#reported)) return;
    if (values.length < this.least) {
      this.#problem.textContent = texts.tooFew(this.least);
      return;
    }
    this.#problem.textContent = "";
    this.#reported = values;
    this.#onChange(values);
  }

  #show() {
    const several = this.most > 1;
    this.#chips.replaceChildren(...(several ? this.#chosen.map((pick) => this.#chip(pick)) : []));
    if (!several || !this.list.isOpen) this.input.value = several ? "" : (this.#chosen[0]?.label ?? "");
    this.input.placeholder = several && this.#chosen.length ? "" : this.#component.placeholder || texts.label;
  }

  #chip(pick) {
    const remove = {
      type: "button",
      "aria-label": texts.remove(pick.label),
      disabled: Boolean(this.#component.disabled),
      onclick: () => this.#drop(pick),
    };
    return el("span", { class: "chip" }, pick.label, el("button", remove, "×"));
  }
}
