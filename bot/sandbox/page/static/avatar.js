/**
 * Portraits without files: initials on a colour that belongs to the id.
 */

import { el } from "./dom.js";

const STEP = 137n; // degrees; ids that follow each other get colours far apart

/** Return the portrait of a person or application; names are read beside it. */
export function avatar(id, name) {
  const hue = Number((BigInt(id) * STEP) % 360n);
  return el("span", { class: "avatar", "aria-hidden": "true", style: { "--hue": hue } }, initials(name));
}

function initials(name) {
  const words = name.trim().split(/[\s._-]+/u).filter(Boolean);
  return words.slice(0, 2).map((word) => [...word][0]).join("").toUpperCase();
}
