/**
 * The context menu of a message and of a person: right click, Shift+F10, or the "…" button.
 */

import { el } from "./dom.js";
import { localized } from "./composer/matching.js";
import { menus as texts } from "./texts.js";

const USER = 2;
const MESSAGE = 3;
const EDGE = 8; // pixels between menu and window

/**
 * Look after the menus of the messages and of the people.
 * @param {import("./session.js").Session} session
 * @param {HTMLElement} timeline
 * @param {HTMLElement} people
 */
export function mountMenus(session, timeline, people) {
  const menu = new Menu();
  for (const element of [timeline, people]) {
    element.addEventListener("contextmenu", (event) => {
      const content = target(session, event.target);
      if (!content || getSelection().toString()) return; // selected text keeps the browser's own menu
      event.preventDefault();
      const byKey = event.button !== 2 || (event.clientX === 0 && event.clientY === 0);
      menu.open(content, byKey ? below(event.target) : { x: event.clientX, y: event.clientY });
    });
    element.addEventListener("click", (event) => {
      const button = event.target.closest("button.more");
      const content = button && target(session, button);
      if (content) menu.open(content, below(button));
    });
  }
}

function below(element) {
  const box = element.getBoundingClientRect();
  return { x: box.left, y: box.bottom };
}

/** Return the menu's label and entries for what lies under the pointer; null if there is none. */
function target(session, element) {
  const person = element.closest("[data-user]");
  if (person && session.person(person.dataset.user)) return ofPerson(session, person.dataset.user);
  const message = element.closest(".message[data-id]");
  return message && ofMessage(session, message);
}

function ofMessage(session, element) {
  const { id } = element.dataset;
  const text = [...element.querySelectorAll(".prose")].map((part) => part.innerText).join("\n");
  return {
    label: texts.message,
    entries: [
      ...(text ? [{ label: texts.copyText, run: () => copy(session, text) }] : []),
      { label: texts.copyMessageId, run: () => copy(session, id) },
    ],
    apps: apps(session, MESSAGE, { message: id }),
  };
}

function ofPerson(session, id) {
  const entries = [{ label: texts.copyUserId, run: () => copy(session, id) }];
  return { label: session.person(id).name, entries, apps: apps(session, USER, { user: id }) };
}

function apps(session, type, on) {
  return session.commands
    .filter((command) => command.type === type)
    .map((command) => ({
      label: localized(command, "name", session.me.locale),
      run: () => session.act({ do: "menu", name: command.name, ...on }),
    }));
}

async function copy(session, text) {
  const done = await navigator.clipboard.writeText(text).then(() => true, () => false);
  const [kind, detail] = done ? ["confirm", texts.copied] : ["notice", texts.notCopied];
  session.dispatchEvent(new CustomEvent(kind, { detail }));
}

/** One menu that is filled anew each time: ARIA's menu with a roving focus. */
class Menu {
  #element = el("div", {
    role: "menu",
    class: "menu",
    popover: "auto",
    onkeydown: (event) => this.#key(event),
    ontoggle: (event) => event.newState === "closed" && this.#return(),
  });
  #opener = null;

  /**
   * @param {{label: string, entries: object[], apps: object[]}} content
   * @param {{x: number, y: number}} point Where its corner lies.
   */
  open({ label, entries, apps: own }, point) {
    if (!this.#element.isConnected) document.body.append(this.#element);
    if (this.#element.matches(":popover-open")) this.#element.hidePopover();
    this.#opener = document.activeElement;
    this.#element.setAttribute("aria-label", label);
    this.#element.replaceChildren(...this.#group(texts.apps, own), ...entries.map((entry) => this.#item(entry)));
    this.#element.showPopover();
    this.#place(point);
    this.#items()[0].focus();
  }

  #group(name, entries) {
    if (!entries.length) return [];
    const heading = el("div", { class: "menu-heading", "aria-hidden": "true" }, name);
    const items = entries.map((entry) => this.#item(entry));
    return [el("div", { role: "group", "aria-label": name, class: "menu-group" }, heading, items)];
  }

  #item({ label, run }) {
    const choose = () => {
      this.#element.hidePopover();
      run();
    };
    return el("button", { type: "button", role: "menuitem", tabindex: "-1", onclick: choose }, label);
  }

  #items() {
    return [...this.#element.querySelectorAll("[role=menuitem]")];
  }

  #place({ x, y }) {
    const { offsetWidth: width, offsetHeight: height } = this.#element;
    const left = Math.max(EDGE, Math.min(x, innerWidth - width - EDGE));
    const top = Math.max(EDGE, Math.min(y, innerHeight - height - EDGE));
    this.#element.style.setProperty("left", `${left}px`);
    this.#element.style.setProperty("top", `${top}px`);
  }

  #key(event) {
    const items = this.#items();
    const place = items.indexOf(document.activeElement);
    const next = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: -1 }[event.key];
    const starting = items.slice(place + 1).concat(items).find((item) => starts(item, event.key));
    if (next !== undefined) items.at(next % items.length).focus();
    else if (event.key === "Tab") this.#element.hidePopover();
    else if (starting) starting.focus();
    else return;
    event.preventDefault();
  }

  #return() {
    const opener = this.#opener?.isConnected ? this.#opener : document.querySelector("#composer input");
    const free = document.activeElement === document.body || this.#element.contains(document.activeElement);
    if (free) opener?.focus();
  }
}

function starts(item, key) {
  return key.length === 1 && item.textContent.toLocaleLowerCase().startsWith(key.toLocaleLowerCase());
}
