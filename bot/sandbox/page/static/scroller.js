/**
 * Where the reader is in a list that grows at both ends: it stays at the bottom when it is there, keeps its place
 * when something comes in above, and counts what has come in below.
 */

import { timeline as texts } from "./texts.js";

const NEAR_BOTTOM = 48; // pixels
const NEAR_TOP = 600; // pixels

export class Scroller {
  #log;
  #list;
  #button;
  #isAtBottom = true;
  #onTop;
  #unseen = 0;
  #top = 0;

  /**
   * @param {HTMLElement} log What scrolls.
   * @param {HTMLElement} list What grows in it.
   * @param {HTMLButtonElement} button Leads to the bottom.
   * @param {function(): void} onTop Called when the reader comes near the top.
   */
  constructor(log, list, button, onTop) {
    this.#log = log;
    this.#list = list;
    this.#button = button;
    this.#onTop = onTop;
    log.addEventListener("scroll", () => {
      const isUpward = log.scrollTop < this.#top; // only the reader leaves the bottom; growth does not
      const isNear = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_BOTTOM;
      this.#isAtBottom = isNear || (this.#isAtBottom && !isUpward);
      this.#top = log.scrollTop;
      if (this.#isAtBottom) this.#seen();
      this.look();
    }, { passive: true });
    const observer = new ResizeObserver(() => this.#isAtBottom && this.#toBottom());
    observer.observe(list);
    observer.observe(log);
    button.addEventListener("click", () => {
      this.#toBottom();
      log.focus({ preventScroll: true });
    });
  }

  /** Say when the reader is near the top. */
  look() {
    if (this.#log.scrollTop < NEAR_TOP) this.#onTop();
  }

  /** Begin at the bottom of something new. */
  reset() {
    this.#isAtBottom = true;
    this.#seen();
  }

  /** Count a message that came in below. */
  arrived() {
    if (this.#isAtBottom) return;
    this.#unseen += 1;
    this.#button.textContent = texts.newMessages(this.#unseen);
    this.#button.hidden = false;
  }

  /** Make a change above what the reader sees, which stays where it is. */
  keep(change) {
    const anchor = this.#list.firstElementChild;
    const before = anchor?.getBoundingClientRect().top;
    change();
    if (anchor && !this.#isAtBottom) this.#log.scrollTop += anchor.getBoundingClientRect().top - before;
    if (this.#isAtBottom) this.#toBottom();
  }

  /** Bring an element into sight and mark it for a moment. */
  jump(element) {
    this.#isAtBottom = false;
    element.scrollIntoView({ block: "center" });
    element.classList.add("found");
    element.addEventListener("animationend", () => element.classList.remove("found"), { once: true });
  }

  #toBottom() {
    this.#log.scrollTop = this.#log.scrollHeight;
    this.#top = this.#log.scrollTop;
  }

  #seen() {
    this.#unseen = 0;
    this.#button.hidden = true;
  }
}
