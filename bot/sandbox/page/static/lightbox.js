/**
 * Images of a message, large, one at a time: arrows go on, Escape closes, and the focus returns to where it was.
 */

import { el, icon } from "./dom.js";
import { media as texts } from "./texts.js";

const CROSS = "M6 6l12 12M18 6L6 18";
const LEFT = "M15 5l-7 7 7 7";
const RIGHT = "M9 5l7 7-7 7";

/**
 * Open images, beginning with one of them.
 *
 * @param {HTMLAnchorElement[]} links Each around its `img`.
 * @param {number} index
 */
export function openLightbox(links, index) {
  const image = el("img", { alt: "" });
  const caption = el("figcaption");
  const position = el("p", { class: "lightbox-position", role: "status" });
  const original = el("a", { class: "quiet", target: "_blank", rel: "noreferrer" }, texts.original);
  const close = el("button", { class: "quiet", type: "button", "aria-label": texts.close, autofocus: true }, icon(CROSS));
  const step = (name, path, by) => el("button", { class: `quiet step ${name}`, type: "button", "aria-label": texts[name], onclick: () => show(index + by) }, icon(path));
  const dialog = el("dialog", { class: "lightbox", "aria-label": texts.viewer },
    el("div", { class: "lightbox-bar" }, position, original, close),
    links.length > 1 && step("previous", LEFT, -1),
    el("figure", {}, image, caption),
    links.length > 1 && step("next", RIGHT, 1));

  const show = (wanted) => {
    index = (wanted + links.length) % links.length;
    const shown = links[index].querySelector("img");
    image.src = shown.src;
    image.alt = caption.textContent = shown.alt;
    original.href = links[index].href;
    position.textContent = links.length > 1 ? texts.position(index + 1, links.length) : "";
  };
  const by = { ArrowLeft: -1, ArrowRight: 1 };
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("keydown", (event) => event.key in by && links.length > 1 && show(index + by[event.key]));
  dialog.addEventListener("click", (event) => !event.target.closest("img, button, a, figcaption") && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  show(index);
  document.body.append(dialog);
  dialog.showModal();
}
