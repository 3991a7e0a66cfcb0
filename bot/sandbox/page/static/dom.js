/**
 * The one builder of elements. Data becomes text nodes and attributes, never markup.
 */

const SVG = "http://www.w3.org/2000/svg";

/**
 * Return a new element.
 *
 * @param {string} tag
 * @param {Object<string, any>} attributes A function is a listener (`onclick`), `style` is an object of CSS
 *   properties (the page's policy forbids style attributes), `true` is an attribute without a value;
 *   `false`, `null` and `undefined` leave the attribute out.
 * @param {...(Node|string|number|false|null|undefined|Array)} children Arrays are flattened, empty ones skipped.
 * @returns {HTMLElement}
 */
export function el(tag, attributes = {}, ...children) {
  return furnished(document.createElement(tag), attributes, children);
}

/**
 * Return a decorative icon, drawn with one path in a square of 24.
 *
 * @param {string} path
 * @returns {SVGElement}
 */
export function icon(path) {
  const shape = furnished(document.createElementNS(SVG, "path"), { d: path }, []);
  const attributes = { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" };
  return furnished(document.createElementNS(SVG, "svg"), attributes, [shape]);
}

function furnished(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (name === "style") setStyle(element, value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child || child === 0));
  return element;
}

function setStyle(element, properties) {
  for (const [name, value] of Object.entries(properties)) element.style.setProperty(name, value);
}
