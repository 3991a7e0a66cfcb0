/**
 * What to offer for the text so far. Pure: no DOM, no network.
 */

const SLASH = 1;
const SUBCOMMAND = 1;
const GROUP = 2;

/**
 * A command that can be sent: a subcommand is one of its own, named after its parents.
 * @typedef {{name: string, label: string, description: string, options: object[]}} Offer
 */

/** Return the text as it is compared: no case, no accents. */
export function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}

/** Return the text as it is compared, without the sign of a mention. */
export function bare(text) {
  return fold(text).replace(/^[@#]/, "");
}

/** Return `thing[key]` in a language, or as registered where it has no translation. */
export function localized(thing, key, locale) {
  return thing[`${key}_localizations`]?.[locale] ?? thing[key] ?? "";
}

/**
 * Return every slash command that can be sent, in alphabetical order.
 * @param {object[]} commands As registered.
 * @param {string} locale
 * @returns {Offer[]}
 */
export function flatten(commands, locale) {
  const offers = commands
    .filter((command) => (command.type ?? SLASH) === SLASH)
    .flatMap((command) => leaves(command, [], [], locale));
  return offers.sort((one, other) => one.label.localeCompare(other.label, locale));
}

function leaves(part, names, labels, locale) {
  const path = [...names, part.name];
  const shown = [...labels, localized(part, "name", locale)];
  const options = part.options ?? [];
  const inner = options.filter((option) => [SUBCOMMAND, GROUP].includes(option.type));
  if (inner.length) return inner.flatMap((one) => leaves(one, path, shown, locale));
  const description = localized(part, "description", locale);
  return [{ name: path.join(" "), label: shown.join(" "), description, options }];
}

/**
 * Return the offers that fit what was typed, best first: names that start with it, names with a word
 * that starts with it, names that hold it, descriptions that hold it.
 * @template {{label: string, description?: string, name?: string}} T
 * @param {T[]} offers
 * @param {string} text
 * @returns {T[]}
 */
export function matching(offers, text) {
  const wanted = bare(text.trim());
  return offers
    .map((offer, place) => ({ offer, place, rank: rank(offer, wanted) }))
    .filter((one) => one.rank < Infinity)
    .sort((one, other) => one.rank - other.rank || one.place - other.place)
    .map((one) => one.offer);
}

function rank(offer, wanted) {
  const names = [offer.label, offer.name ?? ""].map(bare);
  if (names.some((name) => name.startsWith(wanted))) return 0;
  if (names.some((name) => name.split(/[\s_-]+/).some((word) => word.startsWith(wanted)))) return 1;
  if (names.some((name) => name.includes(wanted))) return 2;
  return fold(offer.description ?? "").includes(wanted) ? 3 : Infinity;
}

/**
 * Find the command that a typed line names.
 * @param {Offer[]} offers
 * @param {string} line Such as "/imagine prompt: a fox".
 * @returns {{offer: Offer, rest: string} | null} The longest name wins; `rest` is what follows it.
 */
export function named(offers, line) {
  if (!line.startsWith("/")) return null;
  const text = line.slice(1);
  const found = offers
    .flatMap((offer) => [...new Set([offer.name, offer.label])].map((name) => ({ offer, name })))
    .filter(({ name }) => begins(text, name))
    .sort((one, other) => other.name.length - one.name.length)[0];
  return found ? { offer: found.offer, rest: text.slice(found.name.length).trim() } : null;
}

function begins(text, name) {
  const start = text.slice(0, name.length);
  return start.toLocaleLowerCase() === name.toLocaleLowerCase() && /^(\s|$)/.test(text.slice(name.length));
}
