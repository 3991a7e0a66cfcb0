/**
 * Files under a message: images as pictures, everything else by name and size.
 */

import { el, icon } from "./dom.js";
import { fileName, isImage, ownAddress, picture, veil } from "./pictures.js";

const SHEET = "M7 3h7l4 4v14H7zM14 3v4h4M10 12h5M10 16h5";
const UNITS = ["B", "KB", "MB", "GB"];
const SPOILER = "SPOILER_";

/** Return the attachments of a message that nothing else in it shows: the pictures together, then the files. */
export function attachments(list, scope) {
  const pictures = list.filter(isImage);
  const rest = list.filter((one) => !isImage(one));
  const shown = pictures.map((one, index) => {
    const key = `attachment ${index}`;
    const spoiler = isSpoiler(one) ? { key, hidden: !scope.isRevealed(key) } : null;
    return picture(one, one.description, spoiler);
  });
  return [
    shown.length > 0 && gallery(shown),
    rest.map((one) => file(one.url, one.filename, one.size, isSpoiler(one), scope)),
  ];
}

/** Return up to ten pictures, laid out by their number. */
export function gallery(pictures) {
  return el("div", { class: pictures.length === 1 ? "gallery single" : "gallery" }, pictures);
}

/**
 * Return a file to download.
 *
 * @param {string} url
 * @param {string|undefined} name By default the one in its address.
 * @param {number|undefined} size Bytes.
 * @param {boolean} hasSpoiler
 * @param {Scope} scope
 */
export function file(url, name, size, hasSpoiler, scope) {
  const key = `file ${fileName(url)}`;
  const isHidden = hasSpoiler && !scope.isRevealed(key);
  const address = ownAddress(url)?.href;
  const label = name ?? fileName(url);
  const link = address ? el("a", { href: address, target: "_blank", rel: "noreferrer" }, label) : label;
  return el("div", { class: isHidden ? "file concealed" : "file" },
    icon(SHEET),
    el("p", { inert: isHidden }, link, size !== undefined && el("small", {}, bytes(size))),
    isHidden && veil(key));
}

function isSpoiler(attachment) {
  return attachment.filename.startsWith(SPOILER);
}

function bytes(size) {
  const power = Math.min(Math.floor(Math.log(Math.max(size, 1)) / Math.log(1024)), UNITS.length - 1);
  return `${(size / 1024 ** power).toFixed(power === 0 ? 0 : 1)} ${UNITS[power]}`;
}
