/**
 * The people, roles and channels that a field or a select menu offers. Pure.
 */

const kinds = {
  user: (world, place) => [...present(world, place), { ...world.bot, title: "" }].map(person),
  role: (world, place) => (place.server_id ? world.roles.map(role) : []),
  channel: (world, place) => channels(world, place).map(channel),
};

/** In the direct channel there is nobody but the bot and oneself. */
function present(world, place) {
  return place.server_id ? world.people : [world.me];
}

function channels(world, place) {
  const server = world.servers.find((one) => one.id === place.server_id);
  return server ? server.channels : [];
}

function person({ id, name, title }) {
  return { label: `@${name}`, description: title, value: { user: id } };
}

function role({ id, name, color }) {
  return { label: `@${name}`, color, value: { role: id } };
}

function channel({ id, name, type }) {
  return { label: `#${name}`, type, value: { channel: id } };
}

/**
 * Return what there is to pick in a channel.
 * @param {object} world
 * @param {object} place The channel.
 * @param {("user" | "role" | "channel")[]} wanted
 * @param {number[]} [channelTypes] Only channels of these types; empty or absent, all.
 * @returns {import("./composer/options.js").Pick[]}
 */
export function picks(world, place, wanted, channelTypes = []) {
  return wanted
    .flatMap((kind) => kinds[kind](world, place))
    .filter((pick) => pick.type === undefined || !channelTypes.length || channelTypes.includes(pick.type));
}

/** Return the one id in a value such as `{"user": "1"}`. */
export function idOf(value) {
  return Object.values(value)[0];
}
