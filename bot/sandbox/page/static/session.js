/**
 * Who looks, at which channel, and what reaches them.
 *
 * Events, each a `CustomEvent`:
 * `world`, `channel`, `commands`: the property of that name has changed;
 * `message`, `gone`, `request`, `gateway`: what the server sent is in `detail`, for every channel in sight;
 * `reset`: all that was loaded is stale, a `channel` event follows;
 * `connection`: `detail` says whether the server is heard;
 * `modal`: `detail` is the form to fill in;
 * `notice`: `detail` is the sentence to show.
 */

import * as api from "./api.js";
import { session as texts } from "./texts.js";

/** What shows its own failures where it happened: the pressed message, the open form, the list of choices. */
const TELLS_FAILURE = new Set(["press", "choose", "submit", "complete"]);
const TELLS_REFUSAL = new Set(["submit", "complete"]);

const RETRY_AFTER = 1000; // milliseconds

export class Session extends EventTarget {
  me = null;
  world = null;
  channel = null;
  commands = [];
  #stream = null;
  #turn = 0;

  /** Look at the world, as somebody or as the first member, for as long as it takes to find it. */
  async start(userId) {
    try {
      const world = await api.world(userId).catch(() => api.world()); // another start of it has other people
      await this.become(world.me.id);
    } catch {
      setTimeout(() => this.start(userId), RETRY_AFTER);
    }
  }

  /** Look with somebody else's eyes. Resolves when their world and channel are loaded. */
  become(userId) {
    this.#stream?.close();
    return new Promise((resolve, reject) => {
      const enter = () => this.#enter(userId).then(resolve, reject);
      const passOn = (name) => (detail) => this.#tell(name, detail);
      this.#stream = api.listen(userId, {
        hello: enter,
        reset: enter,
        people: () => this.#refreshWorld(),
        commands: () => this.#refreshCommands(),
        message: passOn("message"),
        gone: passOn("gone"),
        request: passOn("request"),
        gateway: passOn("gateway"),
        connected: passOn("connection"),
        lost: () => setTimeout(() => this.start(userId), RETRY_AFTER),
      });
    });
  }

  /** Go to a channel that is in sight. */
  async open(channelId) {
    const channel = this.channels().find((one) => one.id === channelId);
    if (!channel) return;
    this.channel = channel;
    this.commands = [];
    this.#tell("channel");
    await this.#refreshCommands();
  }

  /** Return every channel in sight, direct messages last. */
  channels() {
    return [...this.world.servers.flatMap((server) => server.channels), this.world.direct].filter(Boolean);
  }

  /** Return whom an id means, or undefined: a person or the bot. */
  person(id) {
    return [...this.world.people, this.world.bot].find((one) => one.id === id);
  }

  /**
   * Do something in the open channel and return the outcome. A form is handed to who shows it; a failure is told,
   * unless it is told where it happened.
   *
   * @param {Object} action
   * @param {File[]} files
   * @returns {Promise<Object>} An outcome; a server that does not answer is a refusal too.
   */
  async act(action, files = []) {
    const outcome = await api
      .act(this.me.id, this.channel.id, action, files)
      .catch((error) => ({ outcome: "refused", why: error.message }));
    if (outcome.outcome === "modal") this.#tell("modal", outcome.form);
    if (outcome.outcome === "failed" && !TELLS_FAILURE.has(action.do)) this.#say(texts.noAnswer);
    if (outcome.outcome === "refused" && !TELLS_REFUSAL.has(action.do)) this.#say(outcome.why);
    return outcome;
  }

  async #enter(userId) {
    const turn = ++this.#turn;
    const world = await api.world(userId);
    if (turn !== this.#turn) return;
    this.#setWorld(world);
    this.#tell("reset");
    const seen = this.channels();
    await this.open((seen.find((one) => one.id === this.channel?.id) ?? seen[0]).id);
  }

  async #refreshWorld() {
    const asked = this.me?.id;
    if (!asked) return;
    const world = await api.world(asked);
    if (asked !== this.me.id) return;
    this.#setWorld(world);
    const channels = this.channels();
    const still = channels.find((one) => one.id === this.channel.id);
    if (still) this.channel = still;
    else await this.open(channels[0].id);
    await this.#refreshCommands();
  }

  async #refreshCommands() {
    const asked = [this.me?.id, this.channel?.id];
    if (!asked[1]) return;
    const commands = await api.commands(...asked);
    if (asked[0] !== this.me.id || asked[1] !== this.channel.id) return;
    this.commands = commands;
    this.#tell("commands");
  }

  #setWorld(world) {
    this.world = world;
    this.me = world.me;
    this.#tell("world");
  }

  #say(sentence) {
    this.#tell("notice", sentence);
  }

  #tell(name, detail = null) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
