/**
 * What a reader can press in a message, heard in one place for all of them.
 */

import { openLightbox } from "./lightbox.js";

/**
 * Hear presses in the messages.
 *
 * @param {import("./session.js").Session} session
 * @param {import("./timeline.js").Timeline} timeline
 * @param {HTMLElement} log
 */
export function mountPresses(session, timeline, log) {
  log.addEventListener("click", (event) => {
    const message = event.target.closest(".message");
    const pressed = event.target.closest("[data-custom-id], [data-reveal], [data-dismiss], [data-jump], .picture-link");
    if (!message || !pressed || (pressed.matches("a") && isAside(event))) return;
    const { customId, reveal, dismiss, jump, message: target } = pressed.dataset;
    if (customId !== undefined) press(session, timeline, message.dataset.id, pressed);
    else if (reveal !== undefined) show(timeline, message, pressed);
    else if (dismiss !== undefined) timeline.dismiss(message.dataset.id);
    else if (jump !== undefined) timeline.jump(jump, target);
    else enlarge(event, message, pressed);
  });
  log.addEventListener("keydown", (event) => {
    const isSpoiler = event.target.matches("span[data-reveal]"); // inside a text, where a button would break the line
    if (!isSpoiler || ![" ", "Enter"].includes(event.key)) return;
    event.preventDefault();
    event.target.click();
  });
}

/** A modified click on a link is the browser's. */
function isAside(event) {
  return event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0;
}

async function press(session, timeline, id, { dataset: { customId }, ariaDisabled }) {
  if (ariaDisabled === "true") return;
  timeline.touch(id, { busy: customId, hasFailed: false });
  const { outcome } = await session.act({ do: "press", message: id, custom_id: customId });
  timeline.touch(id, { busy: null, hasFailed: outcome === "failed" });
}

/** What covered it goes, and the focus with it: it is given to what can be used there now. */
function show(timeline, message, cover) {
  const { id } = message.dataset;
  const place = cover.parentElement;
  timeline.touch(id, { revealed: new Set(timeline.entry(id).touch.revealed).add(cover.dataset.reveal) });
  if (document.activeElement !== document.body) return;
  const next = place.querySelector("a, button") ?? message.querySelector(".more");
  next.focus({ preventScroll: true });
}

function enlarge(event, message, pressed) {
  event.preventDefault();
  const links = [...message.querySelectorAll(".picture:not(.concealed) .picture-link")];
  openLightbox(links, links.indexOf(pressed));
}
