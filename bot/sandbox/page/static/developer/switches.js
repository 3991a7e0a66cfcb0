/**
 * Switches for what can go wrong: faults of Discord's API, the Space's moods and pace, the gateway.
 */

import * as api from "../api.js";
import { el } from "../dom.js";
import { developer as texts } from "../texts.js";

const SLIDERS = {
  edit_latency: { label: texts.editLatency, max: 10, step: 0.5 },
  seconds_per_step: { label: texts.secondsPerStep, max: 2, step: 0.05 },
};
const GATEWAY = ["drop", "reconnect", "invalidate"];

export class Switches {
  #ask;
  #state = null;
  #presets = el("div", { class: "drawer-presets" });
  #mood = el("select", { onchange: (event) => this.#set({ mood: event.target.value }) });
  #sliders = Object.entries(SLIDERS).map(([name, range]) => slider(name, range, (value) => this.#set({ [name]: value })));
  #space = el("section");
  #gateways = el("span", { class: "drawer-count", role: "status" });

  /** @param {(asked: Promise<object | null>) => void} ask Shows the state that a change leads to. */
  constructor(ask) {
    this.#ask = ask;
    const press = (what) => () => this.#ask(api.gateway(what));
    const buttons = GATEWAY.map((what) => el("button", { type: "button", onclick: press(what) }, texts[what]));
    this.#space.append(el("h3", {}, texts.space), row(texts.mood, this.#mood), this.#sliders[1].element);
    this.element = el(
      "div",
      { class: "drawer-switches" },
      el("section", {}, el("h3", {}, texts.faults), this.#presets, this.#sliders[0].element),
      this.#space,
      el(
        "section",
        {},
        el("div", { class: "drawer-line" }, el("h3", {}, texts.gateway), this.#gateways),
        el("div", { class: "drawer-buttons" }, buttons),
      ),
    );
  }

  /** Show a state of the server. */
  show(state) {
    this.#state = state;
    if (!this.#presets.children.length) this.#presets.append(...state.presets.map((preset) => this.#preset(preset)));
    for (const { name, on } of state.presets) this.#presets.querySelector(`[name="${CSS.escape(name)}"]`).checked = on;
    this.#space.hidden = state.moods.length === 0; // the bot draws at a real Space
    if (!this.#mood.options.length) this.#mood.append(...state.moods.map((mood) => el("option", {}, mood)));
    this.#mood.value = state.mood;
    for (const one of this.#sliders) one.show(state[one.name]);
    this.count(state.gateways);
  }

  /** Go back to the state that was last shown. */
  restore() {
    if (this.#state) this.show(this.#state);
  }

  /** Show how many connections the bot has. */
  count(connected) {
    if (this.#state) this.#state.gateways = connected;
    this.#gateways.textContent = texts.connections(connected);
    this.#gateways.classList.toggle("none", connected === 0);
  }

  #set(change) {
    this.#ask(api.setDeveloper(change));
  }

  #preset({ name, label }) {
    const onchange = (event) => this.#set({ presets: { [name]: event.target.checked } });
    return el("label", { class: "switch" }, el("input", { type: "checkbox", role: "switch", name, onchange }), label);
  }
}

function row(label, control) {
  return el("label", { class: "drawer-row" }, el("span", {}, label), control);
}

function slider(name, { label, max, step }, onChange) {
  const shown = el("output");
  const say = () => {
    shown.textContent = texts.seconds(Number(input.value));
    input.setAttribute("aria-valuetext", shown.textContent);
  };
  const onchange = () => onChange(Number(input.value));
  const input = el("input", { type: "range", min: 0, max, step, oninput: say, onchange });
  const show = (value) => {
    input.value = value;
    say();
  };
  return { name, element: row(label, [input, shown]), show };
}
