/**
 * Where one can go and who is there; in a narrow window, a drawer.
 */

import { avatar } from "./avatar.js";
import { el, icon } from "./dom.js";
import { isEarlier } from "./history.js";
import { page, places as texts } from "./texts.js";

const HASH = "M9 4L7 20M17 4l-2 16M4 9h16M3.5 15h16";
const THREAD = "M6 4v9a3 3 0 0 0 3 3h9M15 12l4 4-4 4";
const LETTER = "M4 6h16v12H4zM4 7l8 6 8-6";
const MENU = "M4 7h16M4 12h16M4 17h16";
const DOTS = "M5 12h.01M12 12h.01M19 12h.01";
const ICONS = { 0: HASH, 1: LETTER, 11: THREAD };
const NARROW = "(max-width: 50rem)";

/**
 * Show the places and people in sight, and the name of the open place.
 *
 * @param {import("./session.js").Session} session
 * @param {HTMLElement} nav
 * @param {HTMLElement} header
 */
export function mountPlaces(session, nav, header) {
  const unread = new Set();
  const newest = new Map(); // the last message heard of, by channel
  const drawer = mountDrawer(nav.parentElement, header.querySelector("#open-places"));
  const draw = () => {
    if (!session.channel) return; // what is heard before the first world has come
    drawChannels(session, nav.querySelector("#channels"), unread, (id) => {
      drawer.close();
      session.open(id);
    });
  };
  session.addEventListener("world", () => {
    nav.querySelector("#server").textContent = session.world.servers[0].name;
    drawPeople(session, nav.querySelector("#people"));
    draw();
  });
  session.addEventListener("reset", () => unread.clear());
  session.addEventListener("channel", () => {
    unread.delete(session.channel.id);
    drawHeader(session, header);
    draw();
  });
  session.addEventListener("message", ({ detail: { id, channel_id: channelId, edited_timestamp: edited } }) => {
    const isNew = edited === null && isEarlier(newest.get(channelId) ?? "", id);
    if (isNew) newest.set(channelId, id);
    if (!isNew || channelId === session.channel?.id || unread.has(channelId)) return;
    unread.add(channelId);
    draw();
  });
  session.addEventListener("connection", ({ detail: isConnected }) => {
    header.querySelector("#connection").textContent = isConnected ? "" : page.reconnecting;
  });
}

function drawChannels(session, element, unread, onOpen) {
  const groups = [...session.world.servers.map(({ channels }) => [texts.channels, nested(channels)])];
  if (session.world.direct) groups.push([texts.direct, [session.world.direct]]);
  const focused = document.activeElement?.dataset.channel;
  element.replaceChildren(
    ...groups.flatMap(([title, channels]) => [
      el("h3", {}, title),
      el("ul", { "aria-label": title }, channels.map((one) => el("li", {}, channelButton(session, one, unread, onOpen)))),
    ]),
  );
  element.querySelector(`[data-channel="${focused}"]`)?.focus();
}

/** Each thread after the channel that it belongs to. */
function nested(channels) {
  const tops = channels.filter((one) => !isThread(one));
  return tops.flatMap((top) => [top, ...channels.filter((one) => isThread(one) && one.parent_id === top.id)]);
}

function channelButton(session, channel, unread, onOpen) {
  const isUnread = unread.has(channel.id);
  return el("button", {
    class: `channel${isUnread ? " unread" : ""}${isThread(channel) ? " thread" : ""}`,
    type: "button",
    "data-channel": channel.id,
    "aria-current": channel.id === session.channel?.id && "page",
    onclick: () => onOpen(channel.id),
  },
    icon(ICONS[channel.type]),
    el("span", { class: "name" }, channel.name),
    channel.nsfw && el("span", { class: "age-mark", role: "img", "aria-label": texts.restricted }, "18+"),
    isUnread && el("span", { class: "unread-mark", role: "img", "aria-label": texts.unread }));
}

function isThread({ type }) {
  return type === 11;
}

function drawPeople(session, list) {
  const { bot, people, me } = session.world;
  const all = [...people.map((one) => [one, one.id === me.id ? `${one.title} · ${texts.you}` : one.title]), [bot, texts.app]];
  list.replaceChildren(
    ...all.map(([{ id, name }, title]) =>
      el("li", { class: "person", "data-user": id },
        avatar(id, name),
        el("p", {}, el("strong", {}, name), el("span", {}, title)),
        el("button", { class: "more", type: "button", "aria-haspopup": "menu", "aria-label": texts.more(name) }, icon(DOTS)))),
  );
}

function drawHeader(session, header) {
  const { name, type, nsfw, parent_id: parentId } = session.channel;
  const parent = session.channels().find((one) => one.id === parentId);
  header.querySelector("h1").replaceChildren(icon(ICONS[type]), el("span", {}, name));
  header.querySelector("#place-note").textContent = isThread(session.channel) && parent ? texts.threadOf(parent.name) : nsfw ? texts.restricted : "";
  document.title = `${name} · Imagine sandbox`;
}

/** The sidebar of a narrow window: while it is open, the rest of the page cannot be reached. */
function mountDrawer(sidebar, button) {
  const main = document.querySelector("main");
  const set = (isOpen) => {
    sidebar.classList.toggle("open", isOpen);
    button.setAttribute("aria-expanded", String(isOpen));
    main.inert = isOpen;
    if (isOpen) sidebar.querySelector("[aria-current]")?.focus();
  };
  const close = () => {
    if (!sidebar.classList.contains("open")) return;
    set(false);
    button.focus();
  };
  button.append(icon(MENU));
  button.setAttribute("aria-label", page.openPlaces);
  button.addEventListener("click", () => set(true));
  sidebar.addEventListener("keydown", (event) => event.key === "Escape" && close());
  document.addEventListener("click", (event) => !event.target.closest("#sidebar, #open-places, dialog, [role=menu]") && close());
  matchMedia(NARROW).addEventListener("change", ({ matches }) => !matches && close());
  return { close };
}
