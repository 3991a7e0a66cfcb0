/**
 * The messages of one channel in their order, whichever way they came; nothing here knows of the page.
 */

/**
 * @typedef {Object} Entry
 * @property {Object} payload
 * @property {import("./scope.js").Touch} touch What the reader did to it.
 */

export class History {
  /** @type {Entry[]} Oldest first. */
  entries = [];
  #byId = new Map();
  #gone = new Set();

  /** Return the entry of an id, or undefined. */
  get(id) {
    return this.#byId.get(id);
  }

  /** Return the entry before one, or undefined. */
  before(entry) {
    return this.entries[this.#place(entry.payload.id) - 1];
  }

  /** Return the entry after one, or undefined. */
  after(entry) {
    return this.entries[this.#place(entry.payload.id) + 1];
  }

  /**
   * Take in a message as it is now and return its entry; null for one that is gone.
   *
   * @param {Object} payload
   */
  put(payload) {
    if (this.#gone.has(payload.id)) return null;
    const known = this.#byId.get(payload.id);
    if (known) {
      known.payload = payload;
      return known;
    }
    const entry = { payload, touch: { revealed: new Set(), busy: null, hasFailed: false } };
    this.#byId.set(payload.id, entry);
    this.entries.splice(this.#place(payload.id), 0, entry);
    return entry;
  }

  /** Take in a page that was asked for some time ago: what has been heard of since is newer. Return what is new. */
  fill(payloads) {
    return payloads.filter(({ id }) => !this.#byId.has(id)).map((payload) => this.put(payload)).filter(Boolean);
  }

  /** Forget a message for good. */
  remove(id) {
    this.#gone.add(id);
    if (!this.#byId.delete(id)) return;
    this.entries.splice(this.#place(id), 1);
  }

  /** Return where an id stands or would stand; most are at the end. */
  #place(id) {
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isEarlier(this.entries[middle].payload.id, id)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Tell whether a snowflake is older than another: they are numbers too large for JavaScript's own. */
export function isEarlier(one, other) {
  return one.length === other.length ? one < other : one.length < other.length;
}
