/**
 * The developer's drawer: what the bot asks of Discord, and switches for what can go wrong.
 */

import * as api from "../api.js";
import { el } from "../dom.js";
import { developer as texts } from "../texts.js";
import { Buckets } from "./buckets.js";
import { Requests } from "./requests.js";
import { Switches } from "./switches.js";

const REFRESH = 1000; // milliseconds between two looks at the buckets, at most

/**
 * Look after the drawer and the button that opens it.
 * @param {import("../session.js").Session} session
 * @param {HTMLElement} element
 */
export function mountDrawer(session, element) {
  const toggle = document.querySelector(`[aria-controls="${element.id}"]`);
  const drawer = new Drawer(session, element, toggle);
  toggle.addEventListener("click", () => drawer.toggle());
}

class Drawer {
  #session;
  #element;
  #toggle;
  #requests = new Requests();
  #buckets = new Buckets();
  #switches;
  #timer = null;
  #close = el("button", { type: "button", class: "quiet", onclick: () => this.toggle() }, texts.close);

  constructor(session, element, toggle) {
    this.#session = session;
    this.#element = element;
    this.#toggle = toggle;
    this.#switches = new Switches((asked) => this.#load(asked));
    element.append(
      el("header", { class: "drawer-head" }, el("h2", {}, texts.heading), this.#close),
      this.#switches.element,
      this.#buckets.element,
      this.#requests.element,
    );
    element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.toggle();
    });
    session.addEventListener("request", ({ detail }) => this.#hear(detail));
    session.addEventListener("gateway", ({ detail }) => this.#switches.count(detail.connected));
  }

  get #isOpen() {
    return !this.#element.hidden;
  }

  toggle() {
    this.#element.hidden = this.#isOpen;
    this.#toggle.setAttribute("aria-expanded", String(this.#isOpen));
    this.#buckets.tick(this.#isOpen);
    if (!this.#isOpen) {
      this.#toggle.focus();
      return;
    }
    this.#close.focus();
    this.#load(api.developer()).then((state) => state && this.#requests.fill(state.requests));
  }

  /** Show the state that was asked for; a refusal is told and the switches go back. */
  async #load(asked) {
    try {
      const state = await asked;
      if (!state) return null;
      this.#switches.show(state);
      this.#buckets.show(state.buckets);
      return state;
    } catch (error) {
      this.#session.dispatchEvent(new CustomEvent("notice", { detail: error.message }));
      this.#switches.restore();
      return null;
    }
  }

  #hear(row) {
    if (!this.#isOpen) return;
    this.#requests.add(row);
    this.#timer ??= setTimeout(async () => {
      this.#timer = null;
      if (this.#isOpen) this.#buckets.show((await api.developer()).buckets);
    }, REFRESH);
  }
}
