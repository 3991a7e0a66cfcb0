/**
 * Every text of the page itself, an object for each part of it.
 */

export const session = {
  noAnswer: "The application did not respond",
};

export const page = {
  reconnecting: "Reconnecting…",
  openPlaces: "Channels and people",
};

export const places = {
  channels: "Text channels",
  direct: "Direct messages",
  people: "People",
  unread: "New messages",
  restricted: "Age-restricted",
  app: "App",
  you: "you",
  threadOf: (parent) => `Thread in #${parent}`,
  more: (name) => `More for ${name}`,
};

export const timeline = {
  label: (channel) => `Messages in ${channel}`,
  newMessages: (count) => (count === 1 ? "1 new message" : `${count} new messages`),
  beginning: (channel) => `This is the beginning of ${channel}.`,
  loading: "Loading messages…",
  failed: "This interaction failed",
};

export const message = {
  app: "App",
  edited: "edited",
  label: (author, time) => `${author}, ${time}`,
  used: (command) => `used /${command}`,
  usedMenu: (command) => `used ${command}`,
  thinking: (name) => `${name} is thinking…`,
  onlyYou: "Only you can see this",
  dismiss: "Dismiss message",
  replyTo: (author) => `Replying to ${author}`,
  replyGone: "The original message was deleted",
  more: "More for this message",
};

export const media = {
  alt: "Alt",
  showAlt: "Show the alternative text",
  open: (description) => (description ? `Open image: ${description}` : "Open image"),
  image: "Image",
  spoiler: "Spoiler",
  reveal: "Show spoiler",
  previous: "Previous image",
  next: "Next image",
  close: "Close",
  original: "Open the original",
  viewer: "Image viewer",
  position: (index, count) => `${index} of ${count}`,
};

export const markdown = {
  unknownUser: "unknown-user",
  unknownRole: "unknown-role",
  unknownChannel: "unknown-channel",
  everyone: "@everyone",
};

function within({ least, most }, unit = "") {
  if (least !== undefined && most !== undefined) return `from ${least} to ${most}${unit}`;
  return least !== undefined ? `of ${least}${unit} or more` : `of ${most}${unit} or less`;
}

export const composer = {
  name: "Message",
  send: "Send",
  messageIn: (channel) => `Message ${channel}`,
  commands: "Commands",
  command: (offer) => `/${offer.label}: ${offer.description}`,
  leave: (command) => `Leave /${command}`,
  addOption: "+ option",
  chooseFile: "Choose a file",
  yes: "True",
  no: "False",
  sending: "Sending command…",
  noSuggestions: "Loading options failed",
  unknown: (command) => `There is no command ${command} here.`,
  matches: (count) => (count === 1 ? "1 match" : `${count || "no"} matches`),
  problems: {
    required: (option) => `Fill in ${option}.`,
    pick: (option) => `Pick ${option} from the list.`,
    integer: (option) => `${option} is a whole number.`,
    number: (option) => `${option} is a number.`,
    range: (option, limits) => `${option} is a number ${within(limits)}.`,
    length: (option, limits) => `${option} is a text ${within(limits, " characters")}.`,
  },
};

export const select = {
  label: "Make a selection",
  remove: (label) => `Remove ${label}`,
  tooFew: (least) => `Choose at least ${least}.`,
  full: (most) => `No more than ${most} can be chosen`,
};

export const forms = {
  submit: "Submit",
  cancel: "Cancel",
  required: "required",
  failed: "Something went wrong. Try again.",
  counter: (length, most) => `${length} of ${most} characters`,
  files: (most) => (most === 1 ? "One file" : `Up to ${most} files`),
  problems: {
    required: (field) => `Fill in ${field}.`,
    length: (field, limits) => `${field} is a text ${within(limits, " characters")}.`,
    count: (field, limits) => `${field} takes a choice ${within(limits)}.`,
  },
};

export const menus = {
  message: "Message",
  person: "Person",
  apps: "Apps",
  copyText: "Copy text",
  copyMessageId: "Copy message ID",
  copyUserId: "Copy user ID",
  copied: "Copied.",
  notCopied: "The browser did not let the page copy.",
};

export const who = {
  heading: "You are",
  language: "Language",
  roles: "Roles",
};

export const notices = {
  dismiss: "Dismiss",
};

export const theme = {
  names: { system: "system", light: "light", dark: "dark" },
  label: (name) => `Theme: ${name}`,
};

export const developer = {
  heading: "Developer",
  close: "Close",
  faults: "Faults",
  space: "Space",
  mood: "Mood",
  editLatency: "Slow edits",
  secondsPerStep: "Time per step",
  seconds: (value) => `${value} s`,
  gateway: "Gateway",
  connections: (count) => (count === 1 ? "1 connection" : `${count} connections`),
  drop: "Drop",
  reconnect: "Ask to reconnect",
  invalidate: "Invalidate session",
  buckets: "Rate-limit buckets",
  noBuckets: "None is in use.",
  bucket: "Bucket",
  left: "Left",
  resets: "Resets in",
  requests: "Requests",
  noRequests: "None yet.",
  show: "Show",
  filters: { all: "all", success: "succeeded", limited: "rate limited", client: "refused", server: "failed", cut: "cut off" },
  columns: { at: "Time", took: "ms", method: "Method", path: "Path", status: "Status", remaining: "Left" },
  outcomes: { success: "ok", limited: "rate limited", client: "refused", server: "failed", cut: "cut off" },
};
