/**
 * What Discord's client checks before a form is sent. Pure.
 */

/**
 * Check a text.
 * @param {string} text
 * @param {{least: number, most: number, required: boolean}} rule In characters.
 * @returns {object | null} The problem; texts.js has the sentence.
 */
export function length(text, { least, most, required }) {
  if (!text) return required ? { why: "required" } : null;
  const size = [...text].length;
  return size < least || size > most ? { why: "length", least, most } : null;
}

/**
 * Check how many are chosen.
 * @param {number} chosen
 * @param {{least: number, most: number, required: boolean}} rule
 * @returns {object | null}
 */
export function count(chosen, { least, most, required }) {
  if (!chosen) return required ? { why: "required" } : null;
  return chosen < least || chosen > most ? { why: "count", least, most } : null;
}
