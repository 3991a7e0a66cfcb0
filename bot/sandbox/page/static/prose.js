/**
 * Markdown on the page: elements for the nodes of `markdown.js`.
 */

import { el } from "./dom.js";
import { parse } from "./markdown.js";
import { markdown as texts, media } from "./texts.js";
import { timeElement } from "./timestamps.js";

const TAGS = { strong: "strong", em: "em", underline: "u", strike: "s" };
const JUMP = /^https?:\/\/(?:\w+\.)?discord\.com\/channels\/(?:@me|\d+)\/(\d+)(?:\/(\d+))?$/;

/**
 * Return a text as elements.
 *
 * @param {string} text
 * @param {Scope} scope Who reads it, and which spoilers they have revealed.
 * @returns {HTMLElement}
 */
export function prose(text, scope) {
  const nodes = parse(text);
  const isOnlyEmoji = nodes.length === 1 && /^(?:\p{Extended_Pictographic}[\u200d\ufe0f\p{EMod}]*\s*){1,12}$/u.test(nodes[0].text ?? "");
  return el("div", { class: isOnlyEmoji ? "prose large" : "prose" }, nodes.map((node) => element(node, scope)));
}

function element(node, scope) {
  const inside = () => node.children.map((child) => element(child, scope));
  switch (node.type) {
    case "text": return node.text;
    case "strong": case "em": case "underline": case "strike": return el(TAGS[node.type], {}, inside());
    case "code": return el("code", {}, node.text);
    case "fence": return el("pre", { tabindex: "0" }, el("code", { "data-language": node.language || null }, node.text));
    case "heading": return el("h4", { class: `heading-${node.level}` }, inside());
    case "subtext": return el("p", { class: "subtext" }, inside());
    case "quote": return el("blockquote", {}, inside());
    case "list": return list(node, scope);
    case "spoiler": return spoiler(node, inside(), scope);
    case "link": return link(node, inside(), scope);
    case "time": return timeElement(node.seconds, node.style, scope.locale);
    case "user": return user(node.id, scope);
    case "role": return role(node.id, scope);
    case "channel": return channel(node.id, null, scope);
    case "command": return el("span", { class: "mention" }, `/${node.name}`);
    case "emoji": return `:${node.name}:`;
    case "everyone": return el("span", { class: "mention" }, node.text);
    default: throw new TypeError(`no such node: ${node.type}`);
  }
}

function list({ start, items }, scope) {
  const entries = items.map((item) => el("li", {}, item.map((node) => element(node, scope))));
  return start === null ? el("ul", {}, entries) : el("ol", { start }, entries);
}

function spoiler(node, children, scope) {
  const key = `text ${JSON.stringify(node.children)}`;
  if (scope.isRevealed(key)) return el("span", { class: "spoiler revealed" }, children);
  return el("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": media.reveal, "data-reveal": key },
    el("span", { inert: true }, children));
}

function link({ href }, children, scope) {
  const [, channelId, messageId] = href.match(JUMP) ?? [];
  if (channelId && scope.channel(channelId)) {
    const isBare = children[0] === href;
    return channel(channelId, messageId, scope, isBare ? null : children);
  }
  return el("a", { href, target: "_blank", rel: "noreferrer" }, children);
}

function user(id, scope) {
  const name = scope.nameOf(id) ?? texts.unknownUser;
  const isMe = id === scope.me;
  return el("span", { class: isMe ? "mention mine" : "mention", "data-user": id }, `@${name}`);
}

function role(id, scope) {
  const found = scope.role(id);
  const style = found && found.color !== "#000000" ? { "--role": found.color } : {};
  return el("span", { class: "mention", style }, `@${found?.name ?? texts.unknownRole}`);
}

function channel(id, messageId, scope, label = null) {
  const found = scope.channel(id);
  if (!found) return el("span", { class: "mention" }, `#${texts.unknownChannel}`);
  const name = label ?? `#${found.name}${messageId ? " › 💬" : ""}`;
  return el("button", { class: label ? "jump" : "mention", type: "button", "data-jump": id, "data-message": messageId }, name);
}
