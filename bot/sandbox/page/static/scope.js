/**
 * What the drawing of a message has to know beyond its payload: who reads it, and what they have done to it.
 */

/** @typedef {{revealed: Set<string>, busy: string|null, hasFailed: boolean}} Touch What a reader did to a message. */

export class Scope {
  /**
   * @param {import("./session.js").Session} session
   * @param {Object} payload
   * @param {Touch} touch
   */
  constructor(session, payload, touch) {
    this.me = session.me.id;
    this.locale = session.me.locale;
    this.busy = touch.busy;
    this.hasFailed = touch.hasFailed;
    this.name = (user) => session.person(user.id)?.name ?? user.global_name ?? user.username;
    this.nameOf = (id) => {
      const user = session.person(id) ?? payload.mentions.find((one) => one.id === id);
      return user && this.name(user);
    };
    this.channel = (id) => session.channels().find((one) => one.id === id);
    this.role = (id) => session.world.roles.find((one) => one.id === id);
    this.isRevealed = (key) => touch.revealed.has(key);
    this.attachment = (item) => payload.attachments.find((one) => one.id === item.attachment_id);
    this.fileSize = (item) => this.attachment(item)?.size;
  }
}
