/**
 * The rate-limit buckets that are in use, each with the time until it is full again.
 */

import { el } from "../dom.js";
import { developer as texts } from "../texts.js";

export class Buckets {
  #buckets = [];
  #rows = el("tbody");
  #empty = el("p", { class: "drawer-empty" }, texts.noBuckets);
  #timer = null;

  constructor() {
    const titles = [texts.bucket, texts.left, texts.resets].map((title) => el("th", { scope: "col" }, title));
    this.table = el("table", {}, el("thead", {}, el("tr", {}, titles)), this.#rows);
    const summary = el("summary", {}, el("h3", {}, texts.buckets));
    this.element = el("details", { class: "drawer-buckets" }, summary, this.table, this.#empty);
  }

  /** Show these buckets; those that are full again go. */
  show(buckets) {
    this.#buckets = buckets;
    this.#draw();
  }

  /** Count down, or stop. */
  tick(on) {
    clearInterval(this.#timer);
    if (on) this.#timer = setInterval(() => this.#draw(), 1000);
  }

  #draw() {
    const now = Date.now() / 1000;
    const used = this.#buckets.filter((bucket) => bucket.reset_at > now);
    this.table.hidden = used.length === 0;
    this.#empty.hidden = used.length > 0;
    this.#rows.replaceChildren(
      ...used.map(({ route, limit, remaining, reset_at: reset }) => {
        const left = el("td", { class: remaining ? "" : "spent" }, `${remaining}/${limit}`);
        return el("tr", {}, el("td", { class: "path" }, route), left, el("td", {}, texts.seconds(Math.ceil(reset - now))));
      }),
    );
  }
}
