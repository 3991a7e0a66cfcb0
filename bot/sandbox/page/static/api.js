/**
 * The server's JSON API and its event stream; nothing here knows of the page.
 *
 * Every function that asks rejects with an `Error` whose message is the server's own sentence.
 */

const KINDS = ["hello", "message", "gone", "commands", "people", "request", "gateway", "reset"];

/** Return the world as somebody sees it; without an id, as the first member. */
export function world(as) {
  return ask(`/page/world${query({ as })}`);
}

/** Return a page of messages, oldest first, that ends before a message or at the newest. */
export function messages(as, channel, before) {
  return ask(`/page/messages${query({ as, channel, before, limit: 50 })}`);
}

/** Return the commands that somebody finds in a channel. */
export async function commands(as, channel) {
  return (await ask(`/page/commands${query({ as, channel })}`)).commands;
}

/**
 * Do what a person does and return the outcome.
 *
 * @param {string} as
 * @param {string} channel
 * @param {Object} action With `do` and what belongs to it.
 * @param {File[]} files What `{"file": n}` in the action points to.
 */
export function act(as, channel, action, files = []) {
  const payload = JSON.stringify({ as, channel, ...action });
  if (files.length === 0) return ask("/page/act", "POST", payload);
  const form = new FormData();
  form.append("payload_json", payload);
  files.forEach((file, index) => form.append(`files[${index}]`, file, file.name));
  return ask("/page/act", "POST", form);
}

/** Change a person's `locale` or `roles`. */
export function person(id, change) {
  return ask(`/page/people/${id}`, "PATCH", JSON.stringify(change));
}

/** Return the state of the developer's switches, with the last requests. */
export function developer() {
  return ask("/page/developer");
}

/** Turn switches and return the new state. */
export function setDeveloper(change) {
  return ask("/page/developer", "PATCH", JSON.stringify(change));
}

/** Do something to the bot's gateway: `drop`, `reconnect` or `invalidate`. */
export function gateway(what) {
  return ask("/page/developer/gateway", "POST", JSON.stringify({ do: what }));
}

/**
 * Hear what changes, until closed. After an interruption the browser goes on by itself where it was; `lost` is
 * called when it cannot, and nothing is heard from then on.
 *
 * @param {string} as
 * @param {Object<string, function(Object): void>} handlers By the event's name; `connected` gets a boolean.
 * @returns {{close: function(): void}}
 */
export function listen(as, handlers) {
  const source = new EventSource(`/page/events${query({ as })}`);
  for (const kind of KINDS) {
    source.addEventListener(kind, (event) => handlers[kind]?.(JSON.parse(event.data)));
  }
  source.addEventListener("open", () => handlers.connected?.(true));
  source.addEventListener("error", () => {
    handlers.connected?.(false);
    if (source.readyState === EventSource.CLOSED) handlers.lost?.();
  });
  return { close: () => source.close() };
}

function query(values) {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
  return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
}

async function ask(path, method = "GET", body = undefined) {
  const headers = typeof body === "string" ? { "Content-Type": "application/json" } : {};
  const response = await fetch(path, { method, body, headers });
  if (response.status === 204) return null;
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? `${response.status} ${response.statusText}`);
  return answer;
}
