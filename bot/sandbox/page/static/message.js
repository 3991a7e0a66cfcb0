/**
 * A message as an article, drawn from its payload and from what its reader has done to it.
 */

import { avatar } from "./avatar.js";
import { components } from "./components.js";
import { el, icon } from "./dom.js";
import { embed } from "./embeds.js";
import { attachments } from "./files.js";
import { prose } from "./prose.js";
import { message as texts, timeline } from "./texts.js";
import { sentAt } from "./timestamps.js";

const EPHEMERAL = 1 << 6;
const COMPONENTS_V2 = 1 << 15;
const MENU_ANSWER = 23;
const GROUP_FOR = 7 * 60_000; // milliseconds
const EYE = "M2.5 12s3.5-6 9.5-6 9.5 6 9.5 6-3.5 6-9.5 6-9.5-6-9.5-6zM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5";
const DOTS = "M5 12h.01M12 12h.01M19 12h.01";
const TURN = "M5 20v-6a4 4 0 0 1 4-4h10M15 6l4 4-4 4";

/** Tell whether only its reader sees a message. */
export function isEphemeral(payload) {
  return (payload.flags & EPHEMERAL) !== 0;
}

/** Tell whether a message goes on where the one before it ended: same author, soon after, no headline. */
export function continues(payload, before) {
  return (
    before !== undefined &&
    payload.author.id === before.author.id &&
    isEphemeral(payload) === isEphemeral(before) &&
    !usedCommand(payload) &&
    !sourceOf(payload) &&
    Date.parse(payload.timestamp) - Date.parse(before.timestamp) < GROUP_FOR
  );
}

/** Return the id of the message that one replies to, or whose button it answers; undefined if there is none. */
export function sourceOf({ message_reference: reference, interaction_metadata: metadata }) {
  return reference?.message_id ?? metadata?.interacted_message_id;
}

/**
 * Return the article of a message.
 *
 * @param {Object} payload
 * @param {Scope} scope
 * @param {{payload: Object}|undefined} answered The message that it replies to, if it is loaded.
 */
export function article(payload, scope, answered) {
  const name = scope.name(payload.author);
  const sent = sentAt(new Date(payload.timestamp), new Date(), scope.locale);
  return el("article", { "aria-label": texts.label(name, sent), "aria-busy": payload.deferred ? "true" : null },
    headline(payload, answered, scope),
    avatar(payload.author.id, name),
    el("div", { class: "body" },
      el("header", {},
        el("strong", { class: "author", "data-user": payload.author.id }, name),
        payload.author.bot && el("span", { class: "app-tag" }, texts.app),
        el("time", { class: "sent", datetime: payload.timestamp }, sent)),
      payload.deferred ? thinking(name) : content(payload, scope),
      scope.hasFailed && el("p", { class: "failure", role: "alert" }, timeline.failed),
      isEphemeral(payload) && privacy()),
    el("button", { class: "more", type: "button", "aria-haspopup": "menu", "aria-label": texts.more }, icon(DOTS)));
}

function content(payload, scope) {
  const edited = payload.edited_timestamp && el("small", { class: "edited" }, `(${texts.edited})`);
  const isLayout = (payload.flags & COMPONENTS_V2) !== 0;
  return [
    payload.content && prose(payload.content, scope),
    !isLayout && attachments(unshown(payload), scope),
    payload.embeds.map((one) => embed(one, scope)),
    payload.components.length > 0 && el("div", { class: "components" }, components(payload.components, scope)),
    edited,
  ];
}

/** Attachments that an embed shows are not shown once more. */
function unshown({ attachments: list, embeds }) {
  const used = new Set(embeds.flatMap((one) => [one.image?.url, one.thumbnail?.url]));
  return list.filter((one) => !used.has(one.url));
}

function headline(payload, answered, scope) {
  const used = usedCommand(payload);
  if (used) {
    const words = payload.type === MENU_ANSWER ? texts.usedMenu(used.name) : texts.used(used.name);
    return el("p", { class: "headline" }, icon(TURN), el("strong", { "data-user": used.user.id }, scope.name(used.user)), " ", words);
  }
  const source = sourceOf(payload);
  const original = payload.referenced_message ?? answered;
  const isGone = payload.referenced_message === null;
  if (!source || !(original || isGone)) return null;
  const label = isGone ? texts.replyGone : texts.replyTo(scope.name(original.author));
  return el("p", { class: "headline" }, icon(TURN),
    el("button", { type: "button", "data-jump": payload.channel_id, "data-message": source, disabled: isGone }, label,
      original?.content && el("span", { class: "excerpt" }, original.content)));
}

/** Who used which command, if the message answers one. */
function usedCommand({ interaction }) {
  return interaction?.type === 2 ? interaction : null;
}

function thinking(name) {
  const dots = el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i"));
  return el("p", { class: "thinking" }, dots, texts.thinking(name));
}

function privacy() {
  return el("p", { class: "privacy" }, icon(EYE), texts.onlyYou, " · ",
    el("button", { type: "button", "data-dismiss": true }, texts.dismiss));
}
