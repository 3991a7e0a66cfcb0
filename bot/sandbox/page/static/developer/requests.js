/**
 * The log of the bot's requests, the newest last.
 */

import { el } from "../dom.js";
import { developer as texts } from "../texts.js";

const MOST = 200; // rows
const LONG_ID = /\d{12,}(\d{4})/g; // its end tells one from another

/** What became of a request. */
function outcome(status) {
  if (status === null) return "cut";
  if (status === 429) return "limited";
  if (status >= 500) return "server";
  return status >= 400 ? "client" : "success";
}

export class Requests {
  #filter = el("select", { onchange: () => this.#apply() }, options(texts.filters));
  #rows = el("tbody");
  #empty = el("p", { class: "drawer-empty" }, texts.noRequests);
  #scroller = el(
    "div",
    { class: "drawer-log", tabindex: "0", role: "region", "aria-label": texts.requests },
    el("table", {}, el("thead", {}, el("tr", {}, headings())), this.#rows),
    this.#empty,
  );

  constructor() {
    const show = el("label", { class: "drawer-filter" }, texts.show, this.#filter);
    const head = el("div", { class: "drawer-line" }, el("h3", {}, texts.requests), show);
    this.element = el("section", { class: "drawer-requests" }, head, this.#scroller);
  }

  /** Show these requests in place of what was there. */
  fill(requests) {
    this.#rows.replaceChildren(...requests.slice(-MOST).map((request) => this.#row(request)));
    this.#apply();
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  /** Add the newest request; the oldest goes. */
  add(request) {
    const { scrollTop, clientHeight, scrollHeight } = this.#scroller;
    const atEnd = scrollTop + clientHeight > scrollHeight - 24;
    this.#rows.append(this.#row(request));
    while (this.#rows.children.length > MOST) this.#rows.firstElementChild.remove();
    this.#empty.hidden = true;
    if (atEnd) this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  #row({ at, seconds, method, path, status, remaining }) {
    const kind = outcome(status);
    const worded = el("span", { class: `status ${kind}` }, status ?? "", " ", texts.outcomes[kind]);
    const where = el("span", { title: path }, path.replace(LONG_ID, "…$1"));
    const cells = [clock(at), Math.round(seconds * 1000), method, where, worded, remaining ?? "–"];
    const names = ["at", "took", "method", "path", "status", "remaining"];
    const row = el("tr", { "data-outcome": kind }, cells.map((cell, place) => el("td", { class: names[place] }, cell)));
    row.hidden = this.#hides(kind);
    return row;
  }

  #hides(kind) {
    return this.#filter.value !== "all" && this.#filter.value !== kind;
  }

  #apply() {
    for (const row of this.#rows.children) row.hidden = this.#hides(row.dataset.outcome);
    this.#empty.hidden = [...this.#rows.children].some((row) => !row.hidden);
  }
}

function options(names) {
  return Object.entries(names).map(([value, name]) => el("option", { value }, name));
}

function headings() {
  return Object.entries(texts.columns).map(([name, title]) => el("th", { scope: "col", class: name }, title));
}

function clock(at) {
  const date = new Date(at * 1000);
  return date.toLocaleTimeString("en-GB");
}
