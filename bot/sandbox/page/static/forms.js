/**
 * Modals: a form of the application in a dialog, filled in, checked and submitted.
 */

import { el } from "./dom.js";
import { formField } from "./forms/fields.js";
import { prose } from "./prose.js";
import { Scope } from "./scope.js";
import { forms as texts } from "./texts.js";

const ROW = 1;
const TEXT = 10;
const LABEL = 18;

/**
 * Open every form that reaches the session.
 * @param {import("./session.js").Session} session
 */
export function mountForms(session) {
  session.addEventListener("modal", ({ detail }) => new Form(session, detail).open());
}

class Form {
  #session;
  #form;
  #fields = [];
  #error = el("p", { class: "form-error", role: "alert" });
  #submit = el("button", { type: "submit", class: "primary" }, texts.submit);
  #dialog;
  #opener = null;

  constructor(session, form) {
    this.#session = session;
    this.#form = form;
    const id = `form-${crypto.randomUUID()}`;
    const cancel = { type: "button", class: "quiet", onclick: () => this.#dialog.close() };
    this.#dialog = el(
      "dialog",
      { class: "form", "aria-labelledby": id, onclose: () => this.#closed() },
      el(
        "form",
        { method: "dialog", novalidate: true, onsubmit: (event) => this.#send(event) },
        el("h2", { id }, form.title),
        el("div", { class: "form-fields" }, form.components.map((part) => this.#part(part))),
        this.#error,
        el("div", { class: "form-buttons" }, el("button", cancel, texts.cancel), this.#submit),
      ),
    );
  }

  open() {
    this.#opener = document.activeElement;
    document.body.append(this.#dialog);
    this.#dialog.showModal();
    (this.#fields[0]?.control ?? this.#submit).focus();
  }

  #part(part) {
    if (part.type === TEXT) return el("div", { class: "form-text" }, prose(part.content, plain(this.#session)));
    if (part.type === LABEL) return this.#labelled(part.component, part);
    return part.type === ROW ? part.components.map((one) => this.#labelled(one, one)) : [];
  }

  #labelled(component, { label, description }) {
    const field = formField(component, { label, description }, this.#session);
    this.#fields.push(field);
    return field.element;
  }

  async #send(event) {
    event.preventDefault();
    this.#error.textContent = "";
    const wrong = this.#fields.filter((field) => !field.check());
    if (wrong.length) {
      wrong[0].control.focus();
      return;
    }
    const files = [];
    const values = this.#fields.map((field) => [field.id, field.value(files)]);
    const action = { do: "submit", form: this.#form.id, values: Object.fromEntries(values) };
    this.#submit.disabled = true;
    const { outcome, why } = await this.#session.act(action, files);
    this.#submit.disabled = false;
    if (outcome === "failed" || outcome === "refused") this.#error.textContent = why ?? texts.failed;
    else this.#dialog.close();
  }

  #closed() {
    this.#dialog.remove();
    if (document.querySelector("dialog[open]")) return; // the answer was another form
    const opener = this.#opener.isConnected ? this.#opener : document.querySelector("#composer input");
    opener?.focus();
  }
}

/** A form's texts belong to no message. */
function plain(session) {
  const payload = { attachments: [], mentions: [] };
  return new Scope(session, payload, { revealed: new Set(), busy: null, hasFailed: false });
}
