/**
 * The fields of a form, one function for each kind of component.
 *
 * A field says how it is shown, what it holds, and what is wrong with it.
 */

import { el } from "../dom.js";
import { Select } from "../selects.js";
import { forms as texts } from "../texts.js";
import { count, length } from "./checks.js";

const PARAGRAPH = 2;
const CHECKBOX = 23;
const MOST = 4000; // characters, Discord's own limit on a text input
const KINDS = {
  3: menu,
  4: textInput,
  5: menu,
  6: menu,
  7: menu,
  8: menu,
  19: upload,
  21: radios,
  22: checkboxes,
  [CHECKBOX]: checkbox,
};

/**
 * @typedef {object} FormField
 * @property {string} id The custom_id.
 * @property {HTMLElement} element
 * @property {HTMLElement} control What is focused.
 * @property {(files: File[]) => any} value The API's value; files are added to the list.
 * @property {() => boolean} check True if all is well; otherwise the reason is shown.
 */

/**
 * Return a component of a form as a field.
 * @param {object} component
 * @param {{label?: string, description?: string}} words
 * @param {import("../session.js").Session} session
 * @returns {FormField}
 */
export function formField(component, words, session) {
  const id = `field-${crypto.randomUUID()}`;
  const part = KINDS[component.type](component, { id, ...words }, session);
  const error = el("p", { class: "field-error", id: `${id}-error` });
  const about = words.description && el("p", { class: "form-about", id: `${id}-about` }, words.description);
  const control = part.control;
  const described = part.grouped ? part.body : control;
  described.setAttribute("aria-describedby", [about && `${id}-about`, `${id}-error`].filter(Boolean).join(" "));
  const complain = (problem) => {
    error.textContent = problem ? texts.problems[problem.why](words.label ?? component.custom_id, problem) : "";
    control.setAttribute("aria-invalid", String(Boolean(problem)));
    return !problem;
  };
  const title = heading(component, words, part.grouped ? { id: `${id}-label` } : { for: id });
  const element = el("div", { class: `form-field ${part.kind ?? ""}` }, title, about, part.body, error);
  element.addEventListener("input", () => complain(null));
  return { id: component.custom_id, element, control, value: part.value, check: () => complain(part.problem()) };
}

function heading(component, { label }, attributes) {
  const required = component.type !== CHECKBOX && (component.required ?? true);
  const tag = attributes.for ? "label" : "p";
  const star = required && el("span", { class: "star", title: texts.required, "aria-hidden": "true" }, " *");
  return el(tag, { class: "form-label", ...attributes }, label, star);
}

/** Return the limits on how many are chosen. */
function limits(component, most = component.options?.length ?? 1) {
  const required = component.required ?? true;
  const least = component.min_values ?? 1;
  return { least: required ? Math.max(least, 1) : least, most: component.max_values ?? most, required };
}

function textInput(component, { id }) {
  const most = component.max_length ?? MOST;
  const least = component.min_length ?? 0;
  const required = component.required ?? true;
  const long = component.style === PARAGRAPH;
  const attributes = {
    id,
    placeholder: component.placeholder,
    "aria-required": String(required),
    rows: long && 4,
    type: long ? undefined : "text",
  };
  const control = el(long ? "textarea" : "input", attributes);
  control.value = component.value ?? "";
  const counter = el("span", { class: "counter" });
  const show = () => {
    const length = [...control.value].length;
    counter.textContent = `${length}/${most}`;
    counter.classList.toggle("over", length > most);
  };
  control.addEventListener("input", show);
  show();
  const problem = () => length(control.value, { least, most, required });
  return { body: el("div", { class: "form-input" }, control, counter), control, value: () => control.value, problem };
}

function menu(component, { id, label }, session) {
  const rule = limits(component, 1);
  const least = rule.required ? component.min_values : 0;
  const complete = () => select.element.dispatchEvent(new Event("input", { bubbles: true }));
  const select = new Select({ ...component, min_values: least }, session, complete);
  const control = select.input;
  control.id = id;
  if (label) control.removeAttribute("aria-label");
  return { body: select.element, control, value: () => select.values, problem: () => count(select.values.length, rule) };
}

function group(component, { id }, type, role) {
  const rows = (component.options ?? []).map((option, place) => {
    const about = option.description && el("span", { class: "form-about", id: `${id}-${place}` }, option.description);
    const input = el("input", {
      type,
      name: id,
      value: option.value,
      checked: Boolean(option.default),
      "aria-describedby": about ? `${id}-${place}` : undefined,
    });
    return el("label", { class: "form-choice" }, input, el("span", {}, option.label, about));
  });
  const body = el("div", { role, class: "form-choices", "aria-labelledby": `${id}-label` }, rows);
  const inputs = [...body.querySelectorAll("input")];
  const chosen = () => inputs.filter((input) => input.checked).map((input) => input.value);
  return { body, grouped: true, control: inputs.find((input) => input.checked) ?? inputs[0], chosen };
}

function radios(component, words) {
  const part = group(component, words, "radio", "radiogroup");
  const { required } = limits(component);
  const problem = () => count(part.chosen().length, { least: 1, most: 1, required });
  return { ...part, value: () => part.chosen()[0] ?? null, problem };
}

function checkboxes(component, words) {
  const part = group(component, words, "checkbox", "group");
  return { ...part, value: part.chosen, problem: () => count(part.chosen().length, limits(component)) };
}

function checkbox(component, { id }) {
  const control = el("input", { type: "checkbox", id, checked: Boolean(component.default) });
  return { kind: "ticked", body: control, control, value: () => control.checked, problem: () => null };
}

function upload(component, { id }) {
  const rule = limits(component, 1);
  const control = el("input", { type: "file", id, multiple: rule.most > 1 });
  const body = el("div", { class: "form-file" }, control, el("span", { class: "form-about" }, texts.files(rule.most)));
  const value = (files) => [...control.files].map((file) => ({ file: files.push(file) - 1 }));
  return { body, control, value, problem: () => count(control.files.length, rule) };
}
