/**
 * Images of messages: from this origin only, in the size that was announced, each opened in the lightbox.
 */

import { el } from "./dom.js";
import { media as texts } from "./texts.js";

const SHOWN = /^image\/(?:png|jpeg|gif|webp|avif)/;
const NAMED = /\.(?:png|jpe?g|gif|webp|avif)$/i;
const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

const coming = new WeakMap(); // the address that an image on the page is about to change to

/** Return an address of this server, by the name under which the page was opened; null for any other. */
export function ownAddress(url) {
  const address = URL.parse(url ?? "", location.href);
  const isOwn = address?.origin === location.origin || (LOOPBACK.has(address?.hostname) && address.port === location.port);
  return isOwn ? new URL(address.pathname + address.search, location.origin) : null;
}

/** Tell whether a media item or attachment is an image that browsers show, by its type or by its name. */
export function isImage({ content_type: type, url }) {
  return SHOWN.test(type ?? "") || NAMED.test(URL.parse(url, location.href)?.pathname ?? "");
}

/** Return the name of the file that an address leads to. */
export function fileName(url) {
  const name = URL.parse(url, location.href)?.pathname.split("/").pop() ?? "";
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/**
 * Return an image that opens in the lightbox, with its alternative text.
 *
 * @param {{url: string, width?: number, height?: number}} item
 * @param {string|null|undefined} description The alternative text.
 * @param {{key: string, hidden: boolean}|null} spoiler Null if there is nothing to hide.
 */
export function picture(item, description, spoiler) {
  const address = ownAddress(item.url);
  if (!address) return outside(item.url, description);
  const hidden = spoiler?.hidden ?? false;
  const known = item.width && item.height;
  const image = el("img", {
    src: address.href,
    alt: description ?? "",
    width: item.width,
    height: item.height,
    loading: "lazy",
    draggable: "false",
  });
  const link = el("a", {
    class: "picture-link",
    href: address.href,
    target: "_blank",
    rel: "noreferrer",
    inert: hidden,
    "aria-label": description ? null : texts.open(),
  }, image);
  return el("div", {
    class: hidden ? "picture concealed" : "picture",
    style: known ? { "--ratio": (item.width / item.height).toFixed(4) } : {},
  }, link, description && !hidden && altMark(description), hidden && veil(spoiler.key));
}

/** Return the cover of something hidden; a press on it reveals what is under its key. */
export function veil(key) {
  return el("button", { class: "veil", type: "button", "data-reveal": key, "aria-label": texts.reveal },
    el("span", { "aria-hidden": "true" }, texts.spoiler));
}

/**
 * Show another image in an element once it is decoded, so that nothing flickers in between.
 *
 * @param {HTMLImageElement} old
 * @param {HTMLImageElement} fresh What it shall look like.
 * @param {function(): void} change Makes it so.
 */
export async function swapImage(old, fresh, change) {
  const source = fresh.getAttribute("src");
  const same = pathOf(old.getAttribute("src")) === pathOf(source); // links are signed anew with each message
  coming.set(old, source);
  if (!same) {
    const ahead = new Image();
    ahead.src = source;
    await ahead.decode().catch(() => {});
    if (coming.get(old) !== source) return;
  }
  if (same) fresh.setAttribute("src", old.getAttribute("src"));
  change();
}

function pathOf(url) {
  return URL.parse(url, location.href)?.pathname;
}

function outside(url, description) {
  const name = description || URL.parse(url)?.hostname || texts.image;
  const isWeb = /^https?:/i.test(url ?? "");
  return el("p", { class: "outside" },
    isWeb ? el("a", { href: url, target: "_blank", rel: "noreferrer" }, name) : name);
}

function altMark(description) {
  return el("details", { class: "alt-mark" },
    el("summary", { "aria-label": texts.showAlt }, texts.alt), el("p", {}, description));
}
