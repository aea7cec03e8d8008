// Text of the manuscript and of the issue JSON: characters, wished breaks, lead-ins.

/** @typedef {import("../vendor/prosemirror.js").Node} Node */

const LEAD_IN = /\*\*((?:[^*\n]|\*(?!\*))+)\*\*/g;

/**
 * A string of the issue JSON that stands in one text block of the manuscript.
 * `base` is how many characters of the string stand before this block: characters as the service counts them, of which
 * a rare one (𦰡) is one and takes two of the units in which JavaScript and the manuscript count.
 * @typedef {{ pointer: string, base: number, at: number, node: Node }} Place
 */

/**
 * Return the inline nodes of a string; newlines become wished breaks where `breaks`, lead-ins bold.
 * @param {import("../vendor/prosemirror.js").Schema} schema
 * @param {string | null | undefined} string
 * @param {{ breaks?: boolean, leadIns?: boolean }} [kinds]
 * @returns {Node[]}
 */
export function inline(schema, string, { breaks = false, leadIns = false } = {}) {
  const parts = breaks ? (string ?? "").split("\n") : [(string ?? "").replaceAll("\n", " ")];
  return parts.flatMap((part, number) => [
    ...(number ? [schema.nodes.hard_break.create()] : []),
    ...(leadIns ? withLeadIns(schema, part) : words(schema, part)),
  ]);
}

/** @param {any} schema @param {string} string */
function withLeadIns(schema, string) {
  const found = [];
  let done = 0;
  for (const match of string.matchAll(LEAD_IN)) {
    found.push(...words(schema, string.slice(done, match.index)));
    found.push(schema.text(match[1], [schema.marks.lead_in.create()]));
    done = match.index + match[0].length;
  }
  return [...found, ...words(schema, string.slice(done))];
}

/** @param {any} schema @param {string} string */
function words(schema, string) {
  return string ? [schema.text(string)] : [];
}

/** Return the string that a text block stands for. @param {Node} node */
export function stringOf(node) {
  let string = "";
  node.forEach((/** @type {any} */ run) => {
    string += before(run) + (run.isText ? run.text : "\n") + after(run);
  });
  return string;
}

/** Return how many characters a string has. @param {string} string */
export function charactersIn(string) {
  return [...string].length;
}

/** Return how many units the first characters of a string take. @param {string} string @param {number} count */
export function unitsOf(string, count) {
  return [...string].slice(0, count).join("").length;
}

/**
 * Return the position in the manuscript of a character of the string.
 * @param {Place} place @param {number} offset
 */
export function positionOf(place, offset) {
  let left = offset - place.base;
  let at = place.at;
  place.node.forEach((/** @type {any} */ run) => {
    const size = run.isText ? charactersIn(run.text) : run.nodeSize;
    const inside = Math.min(size, Math.max(0, left - before(run).length));
    at += run.isText ? unitsOf(run.text, inside) : inside;
    left -= before(run).length + size + after(run).length;
  });
  return at;
}

/**
 * Return the character of the string that stands at a position in its text block.
 * @param {Place} place @param {number} position
 */
export function offsetOf(place, position) {
  let left = position - place.at;
  let offset = place.base;
  place.node.forEach((/** @type {any} */ run) => {
    if (left <= 0) return;
    const inside = Math.min(left, run.nodeSize);
    const characters = run.isText ? charactersIn(run.text.slice(0, inside)) : inside;
    offset += before(run).length + characters + (inside === run.nodeSize ? after(run).length : 0);
    left -= inside;
  });
  return offset;
}

/** @param {any} run */
function before(run) {
  return run.marks.length ? "**" : "";
}

/** @param {any} run */
function after(run) {
  return before(run);
}
