/**
 * Embeds: the framed summaries of messages without Components V2.
 */

import { colour } from "./components.js";
import { el } from "./dom.js";
import { picture } from "./pictures.js";
import { prose } from "./prose.js";
import { timeElement } from "./timestamps.js";

/** Return the element of an embed. */
export function embed(one, scope) {
  const hasColour = one.color !== null && one.color !== undefined;
  return el("div", {
    class: hasColour ? "embed accented" : "embed",
    style: hasColour ? { "--accent-color": colour(one.color) } : {},
  },
    el("div", { class: "embed-text" },
      one.author && el("p", { class: "embed-author" }, linked(one.author.name, one.author.url)),
      one.title && el("p", { class: "embed-title" }, linked(one.title, one.url)),
      one.description && prose(one.description, scope),
      one.fields?.length > 0 && fields(one.fields, scope)),
    one.thumbnail && el("div", { class: "thumbnail" }, picture(one.thumbnail, null, null)),
    one.image && el("div", { class: "embed-image" }, picture(one.image, null, null)),
    (one.footer || one.timestamp) && footer(one, scope));
}

function fields(list, scope) {
  return el("dl", {}, list.map(({ name, value, inline }) =>
    el("div", { class: inline ? "field inline" : "field" },
      el("dt", {}, prose(name, scope)), el("dd", {}, prose(value, scope)))));
}

function footer({ footer: note, timestamp }, scope) {
  const when = timestamp && timeElement(Date.parse(timestamp) / 1000, "f", scope.locale);
  return el("p", { class: "embed-footer" }, note?.text, note && when && " · ", when);
}

function linked(text, url) {
  return /^https?:/i.test(url ?? "") ? el("a", { href: url, target: "_blank", rel: "noreferrer" }, text) : text;
}
