/**
 * What the page has to say: sentences that stay until they are dismissed, and one while something is under way.
 */

import { el } from "./dom.js";
import { notices as texts } from "./texts.js";

const MOST = 3; // sentences at a time
const BRIEF = 4000; // milliseconds that a confirmation stays

/**
 * Look after the status region.
 * @param {import("./session.js").Session} session
 * @param {HTMLElement} element
 */
export function mountNotices(session, element) {
  const pending = el("p", { class: "notice pending", hidden: true });
  element.append(pending);
  session.addEventListener("pending", ({ detail }) => {
    pending.textContent = detail ?? "";
    pending.hidden = !detail;
  });
  session.addEventListener("notice", ({ detail }) => show(element, pending, detail));
  session.addEventListener("confirm", ({ detail }) => {
    const notice = show(element, pending, detail);
    setTimeout(() => notice.remove(), BRIEF);
  });
}

function show(element, pending, sentence) {
  const dismiss = el("button", { type: "button", class: "quiet", onclick: () => leave() }, texts.dismiss);
  const notice = el("p", { class: "notice" }, el("span", {}, sentence), dismiss);
  const leave = () => {
    notice.remove();
    document.querySelector("#composer input")?.focus();
  };
  element.insertBefore(notice, pending);
  const shown = element.querySelectorAll(".notice:not(.pending)");
  if (shown.length > MOST) shown[0].remove();
  return notice;
}
