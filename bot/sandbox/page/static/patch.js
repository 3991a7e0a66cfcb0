/**
 * Makes what is on the page look like a fresh drawing of it, keeping the elements that stay: with them stay the
 * focus, the scrolled place and the picture on the screen.
 */

import { swapImage } from "./pictures.js";

/**
 * Change an element, and all that is in it, into its fresh drawing.
 *
 * An element is the same one if its name, its `data-key` and the first of its classes are. What carries
 * `data-own` looks after its own content.
 *
 * @param {Element} old
 * @param {Element} fresh Of the same name; it is used up.
 */
export function patch(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  if (old.nodeType === Node.TEXT_NODE) old.data = fresh.data;
  else if (old.nodeName === "IMG") swapImage(old, fresh, () => patchAttributes(old, fresh));
  else {
    patchAttributes(old, fresh);
    if (old.dataset.own === undefined) patchChildren(old, fresh);
  }
}

function patchAttributes(old, fresh) {
  for (const { name } of [...old.attributes]) {
    const opened = name === "open" && old.nodeName === "DETAILS"; // by the reader
    if (!fresh.hasAttribute(name) && !opened) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) === value) continue;
    if (name === "style") old.style.cssText = value; // the page's policy forbids the attribute
    else old.setAttribute(name, value);
  }
}

function patchChildren(old, fresh) {
  const pool = [...old.childNodes];
  const pairs = [...fresh.childNodes].map((child) => [take(pool, child), child]);
  for (const gone of pool) gone.remove();
  let place = old.firstChild;
  for (const [kept, child] of pairs) {
    const node = kept ?? child;
    if (node === place) place = node.nextSibling;
    else old.insertBefore(node, place);
    if (kept) patch(kept, child);
  }
}

function take(pool, wanted) {
  const index = pool.findIndex((node) => isSame(node, wanted));
  return index < 0 ? undefined : pool.splice(index, 1)[0];
}

function isSame(one, other) {
  if (one.nodeName !== other.nodeName) return false;
  if (one.nodeType !== Node.ELEMENT_NODE) return true;
  return one.dataset?.key === other.dataset?.key && one.classList[0] === other.classList[0];
}
