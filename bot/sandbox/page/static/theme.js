/**
 * Light, dark, or as the system has it.
 */

import { icon } from "./dom.js";
import { theme as texts } from "./texts.js";

const KEY = "theme";
const ICONS = {
  system: "M3 5h18v11H3zM8.5 20h7M12 16v4",
  light: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6 19 19M5 19l1.4-1.4M17.6 6.4 19 5",
  dark: "M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5z",
};
const NAMES = Object.keys(ICONS);

/**
 * Look after the button that goes from one theme to the next.
 * @param {HTMLButtonElement} button
 */
export function mountTheme(button) {
  let name = kept();
  const show = () => {
    if (name === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = name;
    button.setAttribute("aria-label", texts.label(texts.names[name]));
    button.title = texts.label(texts.names[name]);
    button.replaceChildren(icon(ICONS[name]));
  };
  button.addEventListener("click", () => {
    name = NAMES[(NAMES.indexOf(name) + 1) % NAMES.length];
    keep(name);
    show();
  });
  show();
}

/** A browser may forbid a page to keep anything; then the system's theme is used. */
function kept() {
  try {
    const name = localStorage.getItem(KEY);
    return NAMES.includes(name) ? name : NAMES[0];
  } catch {
    return NAMES[0];
  }
}

function keep(name) {
  try {
    localStorage.setItem(KEY, name);
  } catch {
    // it holds until the page is left
  }
}
