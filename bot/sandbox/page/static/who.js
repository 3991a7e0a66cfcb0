/**
 * Who looks at the page: a person, a language and roles; each change takes effect at once.
 *
 * The person is in the URL's fragment, so that two tabs can be two people.
 */

import * as api from "./api.js";
import { el } from "./dom.js";
import { who as texts } from "./texts.js";

/**
 * Look after the panel of the person.
 * @param {import("./session.js").Session} session
 * @param {HTMLElement} element
 */
export function mountWho(session, element) {
  const change = (what) => api.person(session.me.id, what).catch((error) => tell(session, error));
  session.addEventListener("world", () => {
    const focused = element.contains(document.activeElement) ? document.activeElement.id : null;
    element.replaceChildren(people(session), roles(session, change), language(session, change));
    if (focused) document.getElementById(focused)?.focus();
    history.replaceState(null, "", `#${session.me.id}`);
  });
  addEventListener("hashchange", () => {
    const wanted = session.person(location.hash.slice(1));
    if (wanted && wanted.id !== session.me.id) session.become(wanted.id);
  });
}

function tell(session, error) {
  session.dispatchEvent(new CustomEvent("notice", { detail: error.message }));
}

function people(session) {
  const { world, me } = session;
  return group(
    texts.heading,
    world.people.map((person) => {
      const input = { type: "radio", name: "who", id: `who-${person.id}`, checked: person.id === me.id };
      return row(el("input", { ...input, onchange: () => session.become(person.id) }), person.name, person.title);
    }),
  );
}

function roles({ world, me }, change) {
  const held = new Set(me.roles);
  if (!world.roles.length) return "";
  return group(
    texts.roles,
    world.roles.map((role) => {
      const turn = (event) => {
        held[event.target.checked ? "add" : "delete"](role.id);
        change({ roles: [...held] });
      };
      const input = { type: "checkbox", id: `role-${role.id}`, checked: held.has(role.id), onchange: turn };
      const color = el("span", { class: "role-color", style: { "background-color": role.color } });
      return row(el("input", input), [color, role.name]);
    }),
    "who-roles",
  );
}

function language({ world, me }, change) {
  const options = world.locales
    .map((locale) => ({ locale, name: nameOf(locale) }))
    .sort((one, other) => one.name.localeCompare(other.name))
    .map(({ locale, name }) => el("option", { value: locale, lang: locale, selected: locale === me.locale }, name));
  const onchange = (event) => change({ locale: event.target.value });
  return el(
    "label",
    { class: "who-language" },
    el("span", {}, texts.language),
    el("select", { id: "language", onchange }, options),
  );
}

/** Return a language's name in that language. */
function nameOf(locale) {
  const name = new Intl.DisplayNames([locale], { type: "language" }).of(locale);
  return name[0].toLocaleUpperCase(locale) + name.slice(1);
}

function group(name, rows, kind) {
  return el("fieldset", { class: kind }, el("legend", {}, name), rows);
}

function row(input, name, note) {
  return el("label", { class: "who-row" }, input, el("span", {}, name), note && el("span", { class: "who-note" }, note));
}
