/**
 * Points in time as Discord words them, in the reader's language; relative ones stay current.
 */

import { el } from "./dom.js";

const STYLES = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
};

/** Seconds in each unit, with the number of them from which on it is used. */
const UNITS = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
];
const LATEST = 8.64e12; // seconds; the last moment that a `Date` knows

/**
 * Return a point in time in words.
 *
 * @param {number} seconds Since the epoch.
 * @param {string} style One of `tTdDfF`, or `R` for relative to now.
 * @param {number} now Seconds since the epoch.
 * @param {string} locale Like `en-US`.
 */
export function wording(seconds, style, now, locale) {
  if (style === "R") return relative(Math.round(seconds - now), locale);
  return new Intl.DateTimeFormat(locale, STYLES[style]).format(seconds * 1000);
}

/** Return the element of a `<t:seconds:style>`, or its text where there is no such time. */
export function timeElement(seconds, style, locale) {
  if (Math.abs(seconds) > LATEST) return `<t:${seconds}:${style}>`;
  return el("time", {
    class: "timestamp",
    datetime: new Date(seconds * 1000).toISOString(),
    title: wording(seconds, "F", 0, locale),
    "data-seconds": style === "R" && seconds,
  }, wording(seconds, style, Date.now() / 1000, locale));
}

/**
 * Return when a message was sent: the time, with the day before it when that is not today.
 *
 * @param {Date} date
 * @param {Date} now
 * @param {string} locale
 */
export function sentAt(date, now, locale) {
  const isToday = date.toDateString() === now.toDateString();
  const style = isToday ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" };
  return new Intl.DateTimeFormat(locale, style).format(date);
}

/**
 * Keep the relative times in an element current, each second.
 *
 * @param {Element} root
 * @param {function(): string} locale The reader's, asked each time.
 */
export function keepCurrent(root, locale) {
  setInterval(() => {
    for (const element of root.querySelectorAll("time[data-seconds]")) {
      const text = wording(Number(element.dataset.seconds), "R", Date.now() / 1000, locale());
      if (element.textContent !== text) element.textContent = text;
    }
  }, 1000);
}

function relative(distance, locale) {
  const [unit, length] = UNITS.find(([, seconds]) => Math.abs(distance) >= seconds) ?? UNITS.at(-1);
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(Math.trunc(distance / length), unit);
}
