/**
 * The composer: a line of text, or a command being filled in; what is sent goes through the session.
 */

import { el, icon } from "../dom.js";
import { composer as texts } from "../texts.js";
import { Command } from "./command.js";
import { Line } from "./line.js";
import { flatten, named } from "./matching.js";
import { parse } from "./options.js";

const ARROW = "M20.5 3.5 3.5 10l7 3.5 3.5 7zM20.5 3.5l-10 10";
const NOTHING = new Map();

/**
 * Look after the composer.
 * @param {import("../session.js").Session} session
 * @param {HTMLFormElement} form
 */
export function mountComposer(session, form) {
  new Composer(session, form); // lives as long as its listeners
}

class Composer {
  #session;
  #form;
  #line;
  #command = null;
  #offers = [];
  #last = null;
  #person = null;
  #send = el("button", { type: "submit", class: "send", "aria-label": texts.send }, icon(ARROW));

  constructor(session, form) {
    this.#session = session;
    this.#form = form;
    const fill = (offer) => this.#fill(offer, NOTHING);
    this.#line = new Line(form, fill, () => this.#recall());
    form.noValidate = true;
    form.setAttribute("aria-label", texts.name);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.#command) this.#sendCommand();
      else this.#sendLine();
    });
    this.#send.addEventListener("keydown", (event) => {
      if (this.#command && ["Escape", "Backspace"].includes(event.key)) this.#leave();
    });
    this.#show();
    for (const name of ["commands", "world"]) session.addEventListener(name, () => this.#learn());
    session.addEventListener("channel", () => this.#enter());
  }

  #learn() {
    if (!this.#session.me) return;
    if (this.#session.me.id !== this.#person) this.#forget();
    this.#offers = flatten(this.#session.commands, this.#session.me.locale);
    this.#line.offers = this.#offers;
    const offer = this.#command?.offer;
    if (offer && this.#session.commands.length && !this.#offered(offer.name)) this.#leave();
  }

  /** What somebody else has begun or sent is not for this person to see. */
  #forget() {
    this.#person = this.#session.me.id;
    this.#last = null;
    this.#line.input.value = "";
    if (this.#command) this.#leave();
  }

  #enter() {
    const { name, server_id: server } = this.#session.channel;
    const label = texts.messageIn(server ? `#${name}` : `@${name}`);
    this.#line.input.placeholder = label;
    this.#line.input.setAttribute("aria-label", label);
  }

  #offered(name) {
    return this.#offers.find((offer) => offer.name === name);
  }

  #show() {
    const shown = this.#command?.element ?? this.#line.element;
    this.#form.classList.toggle("filling", Boolean(this.#command));
    this.#form.replaceChildren(shown, this.#send, this.#line.error);
  }

  #fill(offer, held) {
    this.#line.input.value = "";
    this.#line.refresh();
    this.#command = new Command(this.#session, offer, held, () => this.#leave());
    this.#show();
    if (!this.#command.focus()) this.#send.focus();
  }

  #leave() {
    const focused = this.#form.contains(document.activeElement);
    this.#command = null;
    this.#show();
    if (focused) this.#line.input.focus();
  }

  #recall() {
    const offer = this.#last && this.#offered(this.#last.name);
    if (offer) this.#fill(offer, this.#last.held);
  }

  #sendLine() {
    const text = this.#line.input.value.trim();
    if (!text) return;
    if (!text.startsWith("/")) {
      this.#line.input.value = "";
      this.#session.act({ do: "say", text });
      return;
    }
    const found = named(this.#offers, text);
    if (!found) {
      this.#line.problem = texts.unknown(text.split(/\s/)[0]);
      return;
    }
    const typed = parse(found.rest, found.offer.options, this.#session.me.locale);
    this.#fill(found.offer, new Map([...typed].map(([name, value]) => [name, { text: value }])));
    this.#sendCommand();
  }

  async #sendCommand() {
    const ready = this.#command.read();
    if (!ready) return;
    const { offer, held } = this.#command;
    this.#last = { name: offer.name, held };
    this.#leave();
    this.#line.input.focus();
    this.#tell(texts.sending);
    const { outcome } = await this.#session.act(ready.action, ready.files);
    this.#tell(null);
    const untouched = !this.#command && !this.#line.input.value;
    if (outcome === "refused" && untouched && this.#offered(offer.name)) this.#fill(offer, held);
  }

  #tell(sentence) {
    this.#session.dispatchEvent(new CustomEvent("pending", { detail: sentence }));
  }
}
