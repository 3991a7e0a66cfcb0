/**
 * A command's options: a typed line taken apart, and a field's text turned into the value that is sent.
 * Pure: no DOM, no network.
 *
 * Source: Discord's documentation, interactions/application-commands, "Application Command Option Structure".
 */

import { bare, fold, localized } from "./matching.js";

/** What an option holds. */
export const OptionType = Object.freeze({
  STRING: 3,
  INTEGER: 4,
  BOOLEAN: 5,
  USER: 6,
  CHANNEL: 7,
  ROLE: 8,
  MENTIONABLE: 9,
  NUMBER: 10,
  ATTACHMENT: 11,
});

const MAX_TEXT = 6000; // characters, Discord's own limit on a string option

/**
 * One thing to pick: what is read, and what is sent.
 * @typedef {{label: string, value: any, description?: string}} Pick
 */

/**
 * Why a text is not a value; texts.js has the sentence.
 * @typedef {{why: "required" | "pick" | "integer" | "number" | "range" | "length", least?: number, most?: number}} Problem
 */

/**
 * Take "prompt: a fox steps: 20" apart.
 *
 * Text before the first name belongs to the first option that is not named, as in Discord.
 * @param {string} text What follows the command's name.
 * @param {object[]} options The command's options.
 * @param {string} locale Localized names count as well.
 * @returns {Map<string, string>} Texts by option name.
 */
export function parse(text, options, locale) {
  const marks = found(text, options, locale);
  const texts = new Map();
  marks.forEach((mark, place) => {
    texts.set(mark.name, text.slice(mark.end, marks[place + 1]?.start).trim());
  });
  const before = text.slice(0, marks[0]?.start).trim();
  const first = options.find((option) => !texts.has(option.name) && option.type !== OptionType.ATTACHMENT);
  if (before && first) texts.set(first.name, before);
  return texts;
}

function found(text, options, locale) {
  const spelled = (one) => [one.name, localized(one, "name", locale)].map((name) => [fold(name), one.name]);
  const names = new Map(options.flatMap(spelled));
  const seen = new Set();
  const marks = [];
  for (const match of text.matchAll(/(?<=^|\s)([\p{L}\p{N}_'-]{1,32}):/gu)) {
    const name = names.get(fold(match[1]));
    if (!name || seen.has(name)) continue;
    seen.add(name);
    marks.push({ name, start: match.index, end: match.index + match[0].length });
  }
  return marks;
}

/**
 * Return what an option offers by itself: its choices, or yes and no.
 * @param {object} option
 * @param {string} locale
 * @param {{yes: string, no: string}} words
 * @returns {Pick[]}
 */
export function choices(option, locale, words) {
  if (option.type === OptionType.BOOLEAN) {
    return [{ label: words.yes, value: true }, { label: words.no, value: false }];
  }
  return (option.choices ?? []).map((one) => ({ label: localized(one, "name", locale), value: one.value }));
}

/** Return true if the option's value can only be picked from a list. */
export function isPicked(option) {
  const { BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE } = OptionType;
  return Boolean(option.choices?.length) || [BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE].includes(option.type);
}

/**
 * Turn a field's text into the value that is sent.
 * @param {object} option
 * @param {string} text
 * @param {Pick[]} picks What the field offers at the moment.
 * @returns {{value?: any, problem?: Problem}} Neither where an optional field is empty.
 */
export function read(option, text, picks) {
  const typed = text.trim();
  if (!typed) return option.required ? { problem: { why: "required" } } : {};
  const pick = picked(typed, picks);
  if (pick) return { value: pick.value };
  if (isPicked(option)) return { problem: { why: "pick" } };
  if (option.type === OptionType.STRING) return string(option, typed);
  return number(option, typed);
}

function picked(typed, picks) {
  const wanted = bare(typed);
  const by = (test) => picks.find(test);
  return by((one) => bare(one.label) === wanted) ?? by((one) => fold(String(plain(one.value))) === fold(typed));
}

function plain(value) {
  return typeof value === "object" ? Object.values(value)[0] : value;
}

function string(option, typed) {
  const least = option.min_length ?? 0;
  const most = option.max_length ?? MAX_TEXT;
  const length = [...typed].length;
  return length < least || length > most ? { problem: { why: "length", least, most } } : { value: typed };
}

function number(option, typed) {
  const whole = option.type === OptionType.INTEGER;
  const form = whole ? /^[+-]?\d+$/ : /^[+-]?(\d+\.?\d*|\.\d+)$/;
  const value = Number(typed);
  if (!form.test(typed) || Math.abs(value) > Number.MAX_SAFE_INTEGER) {
    return { problem: { why: whole ? "integer" : "number" } };
  }
  const { min_value: least, max_value: most } = option;
  const outside = value < (least ?? -Infinity) || value > (most ?? Infinity);
  return outside ? { problem: { why: "range", least, most } } : { value };
}
