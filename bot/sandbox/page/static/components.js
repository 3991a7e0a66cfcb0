/**
 * Components of a message, by their numbers in Discord's documentation.
 *
 * A button carries its custom_id, a menu is an empty place with the custom_id of what belongs there: who mounts the
 * message fills it, so that a menu outlives the drawings of its message.
 */

import { el, icon } from "./dom.js";
import { file, gallery } from "./files.js";
import { isImage, picture, veil } from "./pictures.js";
import { prose } from "./prose.js";

const MENUS = new Set([3, 5, 6, 7, 8]);
const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "link", 6: "secondary" };
const OUTWARD = "M10 6H6v12h12v-4M13 5h6v6M19 5l-8 8";

/**
 * Return the elements of components.
 *
 * @param {Object[]} list
 * @param {Scope} scope
 * @param {string} path Where they are; it makes what can be revealed in them different from the rest.
 */
export function components(list, scope, path = "") {
  return list.map((one, index) => component(one, scope, `${path}/${index}`));
}

/** Return every component of a tree, with those that others hold. */
export function everyComponent(list) {
  return list.flatMap((one) => [one, ...everyComponent(one.components ?? []), ...(one.accessory ? [one.accessory] : [])]);
}

function component(one, scope, path) {
  if (MENUS.has(one.type)) return menu(one);
  switch (one.type) {
    case 1: return el("div", { class: "row", role: "group" }, components(one.components, scope, path));
    case 2: return button(one, scope);
    case 9: return section(one, scope, path);
    case 10: return prose(one.content, scope);
    case 11: return thumbnail(one, scope, path);
    case 12: return gallery(one.items.map((item, index) => galleryItem(item, scope, `${path}/${index}`)));
    case 13: return file(one.file.url, one.name, one.size ?? scope.fileSize(one.file), one.spoiler, scope);
    case 14: return separator(one);
    case 17: return container(one, scope, path);
    default: return null; // of a kind that only forms have
  }
}

function button({ style, label, emoji, url, disabled, custom_id: customId }, scope) {
  const isBusy = scope.busy === customId && customId !== undefined;
  const content = [
    emoji?.name && el("span", { class: "emoji", "aria-hidden": label ? "true" : null }, emoji.id ? `:${emoji.name}:` : emoji.name),
    label,
  ];
  const look = `component-button ${STYLES[style]}`;
  if (style === 5 && !disabled) {
    return el("a", { class: look, href: /^https?:/i.test(url) && url, target: "_blank", rel: "noreferrer" }, content, icon(OUTWARD));
  }
  return el("button", {
    class: look,
    type: "button",
    disabled,
    "aria-busy": isBusy && "true",
    "aria-disabled": isBusy && "true",
    "data-key": customId,
    "data-custom-id": customId,
  }, content);
}

function menu(one) {
  return el("div", { class: "menu-place", "data-own": true, "data-key": JSON.stringify(one), "data-menu": one.custom_id });
}

function section(one, scope, path) {
  return el("div", { class: "section" },
    el("div", { class: "section-text" }, components(one.components, scope, path)),
    one.accessory && component(one.accessory, scope, `${path}/accessory`));
}

function thumbnail(one, scope, path) {
  return el("div", { class: "thumbnail" }, galleryItem(one, scope, path));
}

function galleryItem({ media, description, spoiler }, scope, path) {
  const item = { ...media, ...scope.attachment(media) };
  const hiding = spoiler ? { key: path, hidden: !scope.isRevealed(path) } : null;
  return isImage(item) ? picture(item, description, hiding) : file(item.url, undefined, item.size, spoiler, scope);
}

function separator({ divider = true, spacing = 1 }) {
  const size = spacing === 2 ? "wide" : "narrow";
  return el("div", { class: `separator ${size}${divider ? " line" : ""}`, role: divider ? "separator" : null });
}

function container({ accent_color: accent, spoiler, components: list }, scope, path) {
  const isHidden = spoiler && !scope.isRevealed(path);
  const hasAccent = accent !== null && accent !== undefined;
  return el("div", {
    class: `container${hasAccent ? " accented" : ""}${isHidden ? " concealed" : ""}`,
    style: hasAccent ? { "--accent-color": colour(accent) } : {},
  }, el("div", { class: "container-content", inert: Boolean(isHidden) }, components(list, scope, path)), isHidden && veil(path));
}

/** Return a number of Discord's as a CSS colour. */
export function colour(number) {
  return `#${number.toString(16).padStart(6, "0")}`;
}
