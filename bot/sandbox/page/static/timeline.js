/**
 * The messages of the open channel: each change redraws its own message and nothing else.
 */

import * as api from "./api.js";
import { el } from "./dom.js";
import { History } from "./history.js";
import { article, continues, isEphemeral, sourceOf } from "./message.js";
import { patch } from "./patch.js";
import { mountPresses } from "./presses.js";
import { Scope } from "./scope.js";
import { Scroller } from "./scroller.js";
import { fillMenus } from "./slots.js";
import { timeline as texts } from "./texts.js";
import { keepCurrent } from "./timestamps.js";

/**
 * Show the open channel's messages.
 *
 * @param {import("./session.js").Session} session
 * @param {HTMLElement} log What scrolls; it holds the list.
 */
export function mountTimeline(session, log) {
  const timeline = new Timeline(session, log);
  session.addEventListener("reset", () => timeline.forget());
  session.addEventListener("channel", () => timeline.open(session.channel));
  session.addEventListener("message", ({ detail }) => timeline.hear(detail));
  session.addEventListener("gone", ({ detail }) => timeline.remove(detail.id));
  session.addEventListener("world", () => timeline.redrawAll());
  mountPresses(session, timeline, log);
  keepCurrent(log, () => session.me?.locale ?? "en-US");
}

export class Timeline {
  #session;
  #log;
  #list;
  #history = new History();
  #elements = new Map();
  #heard = new Map(); // payloads since the last frame, the latest of each message
  #dismissed = new Set();
  #scroller;
  #channel = null;
  #hasMore = false;
  #loading = null;

  constructor(session, log) {
    this.#session = session;
    this.#log = log;
    this.#list = log.querySelector("ol");
    this.#scroller = new Scroller(log, this.#list, document.getElementById("newest"), () => this.#loadOlder());
  }

  /** Show nothing, since all that is known may be stale. */
  forget() {
    this.#channel = null;
  }

  /** Show a channel from its newest message on. */
  async open(channel) {
    if (channel.id === this.#channel?.id) return;
    this.#channel = channel;
    this.#history = new History();
    this.#elements.clear();
    this.#heard.clear();
    this.#list.replaceChildren();
    this.#hasMore = true;
    this.#loading = null;
    this.#log.setAttribute("aria-label", texts.label(placeName(channel)));
    this.#scroller.reset();
    await this.#loadOlder();
  }

  /** Take in a message of any channel; it is drawn with the next frame. */
  hear(payload) {
    if (payload.channel_id !== this.#channel?.id || this.#dismissed.has(payload.id)) return;
    if (this.#heard.size === 0) requestAnimationFrame(() => this.#drawHeard());
    this.#heard.set(payload.id, payload);
  }

  /** Take a message away. */
  remove(id) {
    this.#heard.delete(id);
    const entry = this.#history.get(id);
    const next = entry && this.#history.after(entry);
    this.#history.remove(id);
    this.#elements.get(id)?.remove();
    this.#elements.delete(id);
    if (next) this.#group(next);
  }

  /** Hide a message from its only reader, on this page. */
  dismiss(id) {
    this.#dismissed.add(id);
    this.remove(id);
    this.#log.focus({ preventScroll: true });
  }

  /** Return what is known of a message that is shown, or undefined. */
  entry(id) {
    return this.#history.get(id);
  }

  /** Change what the reader did to a message, and show it. */
  touch(id, change) {
    const entry = this.#history.get(id);
    if (!entry) return;
    Object.assign(entry.touch, change);
    this.#draw(entry);
  }

  /** Go to a message, in another channel if need be; one that is not loaded is not looked for. */
  async jump(channelId, messageId) {
    if (channelId !== this.#channel?.id) {
      await this.#session.open(channelId);
      await this.#loading;
    }
    const element = this.#elements.get(messageId);
    if (element) this.#scroller.jump(element);
  }

  /** Draw each message once more: names, roles or the language may have changed. */
  redrawAll() {
    for (const entry of this.#history.entries) this.#draw(entry);
  }

  #drawHeard() {
    const payloads = [...this.#heard.values()];
    this.#heard.clear();
    for (const payload of payloads) {
      const isNew = !this.#history.get(payload.id);
      const entry = this.#history.put(payload);
      if (!entry) continue;
      this.#draw(entry);
      if (isNew) this.#scroller.arrived();
    }
  }

  #loadOlder() {
    if (this.#hasMore && !this.#loading) this.#loading = this.#load();
    return this.#loading;
  }

  async #load() {
    const [channel, history] = [this.#channel, this.#history];
    const oldest = history.entries[0]?.payload.id;
    const page = await api.messages(this.#session.me.id, channel.id, oldest).catch(() => null);
    if (history !== this.#history) return;
    this.#loading = null;
    if (page === null) return; // scrolling on asks again
    this.#hasMore = page.more;
    const wanted = page.messages.filter(({ id }) => !this.#dismissed.has(id));
    const found = history.fill(wanted);
    this.#scroller.keep(() => found.reverse().forEach((entry) => this.#draw(entry))); // each stands before a drawn one
    const beginning = document.getElementById("beginning");
    beginning.textContent = page.more ? texts.loading : texts.beginning(placeName(channel));
    this.#scroller.look();
  }

  #draw(entry) {
    const { payload, touch } = entry;
    const answered = this.#history.get(sourceOf(payload))?.payload;
    const fresh = article(payload, new Scope(this.#session, payload, touch), answered);
    const element = this.#elements.get(payload.id) ?? this.#insert(entry);
    const focused = element.contains(document.activeElement) ? document.activeElement.dataset.customId : undefined;
    if (element.firstChild) patch(element.firstChild, fresh);
    else element.append(fresh);
    element.classList.toggle("ephemeral", isEphemeral(payload));
    fillMenus(element, payload, this.#session);
    if (focused && !element.contains(document.activeElement)) refocus(element, focused);
  }

  #insert(entry) {
    const element = el("li", { class: "message", "data-id": entry.payload.id });
    this.#elements.set(entry.payload.id, element);
    const next = this.#history.after(entry);
    this.#list.insertBefore(element, (next && this.#elements.get(next.payload.id)) ?? null);
    this.#group(entry);
    if (next) this.#group(next);
    return element;
  }

  #group(entry) {
    const isGrouped = continues(entry.payload, this.#history.before(entry)?.payload);
    this.#elements.get(entry.payload.id)?.classList.toggle("grouped", isGrouped);
  }
}

/** Return how a channel is named in a sentence: direct messages are somebody's. */
function placeName({ type, name }) {
  return type === 1 ? `@${name}` : `#${name}`;
}

function refocus(element, customId) {
  element.querySelector(`[data-custom-id="${CSS.escape(customId)}"]`)?.focus({ preventScroll: true });
}
