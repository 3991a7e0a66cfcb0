/**
 * Discord's markdown, read into a tree of plain objects; nothing here knows of the page.
 *
 * A node has a `type` and, by its type, `text`, `children`, or what an id or an address belongs to. Text keeps its
 * line breaks. What is not closed, not known or not allowed stays the text that it is.
 */

const MAX_DEPTH = 12;

const TEXT = /[^\\*_~|`<[h@\n]+|[\s\S]/uy; // as far as nothing can begin

const INLINE = [
  [/\\([^\p{L}\p{N}\s])/uy, ([, text]) => ({ type: "text", text })],
  [/```(?:([\w+#.-]*)\n)?([\s\S]+?)\n*```\n?/y, ([, language, text]) => ({ type: "fence", language: language ?? "", text })],
  [/(`+)(?!`)([\s\S]*?[^`])\1(?!`)/y, ([, , text]) => ({ type: "code", text: text.replace(/^ (.*) $/s, "$1") })],
  [/\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/y, nested("strong")],
  [/__((?:\\[\s\S]|[^\\])+?)__(?!_)/y, nested("underline")],
  [/\*(?=\S)((?:\*\*[^*]+\*\*|\\[\s\S]|[^*\\])+?)(?<=\S)\*(?!\*)/y, nested("em")],
  [/(?<![\p{L}\p{N}_])_(?=\S)((?:__[^_]+__|\\[\s\S]|[^_\\])+?)_(?![\p{L}\p{N}_])/uy, nested("em")],
  [/~~([\s\S]+?)~~(?!~)/y, nested("strike")],
  [/\|\|([\s\S]+?)\|\|/y, nested("spoiler")],
  [/\[((?:\\[\s\S]|[^\]\\\n])+)\]\(<?(https?:\/\/[^\s<>()]+(?:\([^\s<>()]*\)[^\s<>()]*)*)>?(?: +"[^"\n]*")?\)/y, namedLink],
  [/<(https?:\/\/[^\s<>]+)>/y, ([, href]) => link(href)],
  [/(?<![\p{L}\p{N}])https?:\/\/[^\s<>]*[^\s<>.,:;!?"'()[\]|*~_]\/?/uy, ([href]) => link(href)],
  [/<t:(-?\d{1,13})(?::([tTdDfFR]))?>/y, ([, seconds, style]) => ({ type: "time", seconds: Number(seconds), style: style ?? "f" })],
  [/<@!?(\d{1,20})>/y, ([, id]) => ({ type: "user", id })],
  [/<@&(\d{1,20})>/y, ([, id]) => ({ type: "role", id })],
  [/<#(\d{1,20})>/y, ([, id]) => ({ type: "channel", id })],
  [/<\/([^:>\n]{1,100}):(\d{1,20})>/y, ([, name]) => ({ type: "command", name })],
  [/<a?:(\w{2,32}):\d{1,20}>/y, ([, name]) => ({ type: "emoji", name })],
  [/@(?:everyone|here)\b/y, ([text]) => ({ type: "everyone", text })],
];

const BLOCKS = [
  [/(#{1,3}) +([^\n]+)(?:\n|$)/y, ([, marks, text], depth) => ({ type: "heading", level: marks.length, children: read(text, depth) })],
  [/-# +([^\n]+)(?:\n|$)/y, ([, text], depth) => ({ type: "subtext", children: read(text, depth) })],
  [/>>> ([\s\S]+)$/y, ([, text], depth) => ({ type: "quote", children: read(text, depth, true) })],
  [/(?:> [^\n]*(?:\n|$))+/y, ([lines], depth) => ({ type: "quote", children: read(lines.replace(/^> /gm, "").replace(/\n$/, ""), depth, true) })],
  [/(?: *(?:[-*]|\d{1,9}\.) +[^\n]+(?:\n|$))+/y, ([lines], depth) => list(lines.replace(/\n$/, "").split("\n"), depth)],
];

/**
 * Return the nodes of a text.
 *
 * @param {string} text
 * @returns {Object[]}
 */
export function parse(text) {
  return read(text, 0, true);
}

function read(text, depth, hasBlocks = false) {
  if (depth > MAX_DEPTH) return [{ type: "text", text }];
  const nodes = [];
  for (let at = 0; at < text.length; ) {
    const isLineStart = hasBlocks && (at === 0 || text[at - 1] === "\n");
    const [node, end] = (isLineStart && first(BLOCKS, text, at, depth)) || first(INLINE, text, at, depth) || plain(text, at);
    push(nodes, node);
    at = end;
  }
  return nodes;
}

function first(rules, text, at, depth) {
  for (const [pattern, make] of rules) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) return [make(match, depth + 1), at + match[0].length];
  }
  return null;
}

function plain(text, at) {
  TEXT.lastIndex = at;
  const [found] = TEXT.exec(text);
  return [{ type: "text", text: found }, at + found.length];
}

function push(nodes, node) {
  const last = nodes.at(-1);
  if (node.type === "text" && last?.type === "text") last.text += node.text;
  else nodes.push(node);
}

function nested(type) {
  return ([, text], depth) => ({ type, children: read(text, depth) });
}

function link(href) {
  return { type: "link", href, children: [{ type: "text", text: href }] };
}

function namedLink([, text, href], depth) {
  return { type: "link", href, children: read(text, depth).map(unlinked) };
}

/** A link holds no other link, nor a spoiler: what is pressed does one thing. */
function unlinked(node) {
  if (node.type === "link") return node.children[0];
  const children = node.children?.map(unlinked);
  return children ? { ...node, type: node.type === "spoiler" ? "em" : node.type, children } : node;
}

function list(lines, depth) {
  const [, indent, mark] = lines[0].match(/^( *)([-*]|\d+)/);
  const items = [];
  for (const line of lines) {
    const isDeeper = line.search(/\S/) > indent.length && items.length > 0;
    if (isDeeper) items.at(-1).below.push(line);
    else items.push({ text: line.replace(/^ *(?:[-*]|\d+\.) +/, ""), below: [] });
  }
  const isOrdered = /\d/.test(mark);
  return {
    type: "list",
    start: isOrdered ? Number(mark) : null,
    items: items.map(({ text, below }) => [...read(text, depth), ...(below.length ? [deeper(below, depth)] : [])]),
  };
}

function deeper(lines, depth) {
  return depth >= MAX_DEPTH ? { type: "text", text: `\n${lines.join("\n")}` } : list(lines, depth + 1);
}
