// The manuscript as stretches of plain text in the contract's markup: for plain fields, and back again.
//
// A line that was not changed keeps its very node, with all that plain text cannot say.

import { schema } from "./schema.js";
import { charactersIn, inline, offsetOf, positionOf, stringOf, unitsOf } from "./text.js";

/** @typedef {import("../vendor/prosemirror.js").Node} Node */
/**
 * Nodes that follow one another and are written in one field, and the first position of the first.
 * `joint` stands between them; "" where there is at most one. What is `kept` is not written here.
 * @typedef {{ type: string, title: string, at: number, nodes: Node[], joint: string, kept: boolean,
 *   optional: boolean }} Stretch
 */

const TITLES = {
  section: "栏目", kicker: "引题", headline: "标题", subhead: "副题", byline: "供稿单位", paragraph: "正文",
  heading: "层次标题", salutation: "称呼", note: "附注", editors_note: "按语", attachments: "附件", signoff: "落款",
  annex_title: "附件标题", briefs_heading: "简讯总题", brief_headline: "小标题", brief: "简讯，空一行另起一条",
  table_block: "表格", figure: "图片", figures: "并排的图片", page_break: "另起一页", unknown: "认不得的一块",
};
/** Lines at the head of a part, there or not: one that is emptied is taken out, if it may be. */
const HEADS = {
  article: ["section", "kicker", "headline", "subhead", "byline"],
  briefs: ["section", "briefs_heading"],
};
const REQUIRED = new Set(["headline", "briefs_heading"]);
const JOINTS = { paragraph: "\n", brief: "\n\n" };
const LISTS = new Set(["editors_note", "attachments", "signoff"]);
const EMPTY_LINES = /\n{2,}/;

/** Return the stretches of every article and group of short news. @param {Node} doc */
export function stretchesOf(doc) {
  /** @type {Stretch[][]} */
  const parts = [];
  doc.forEach((/** @type {Node} */ part, /** @type {number} */ offset) => {
    const names = /** @type {Record<string, string[]>} */ (HEADS)[part.type.name];
    const { found, next, at } = headsOf(part, offset + 1, names);
    parts.push([...found, ...blocksOf(part, next, at)]);
  });
  return parts;
}

/** @param {Node} part @param {number} at @param {string[]} names */
function headsOf(part, at, names) {
  /** @type {Stretch[]} */
  const found = [];
  let next = 0;
  for (const name of names) {
    const child = part.maybeChild(next);
    const nodes = child?.type.name === name ? [child] : [];
    found.push({ ...stretch(name, at, nodes), optional: !REQUIRED.has(name) });
    next += nodes.length;
    at += nodes.length ? nodes[0].nodeSize : 0;
  }
  return { found, next, at };
}

/** @param {Node} parent @param {number} next the first child @param {number} at @returns {Stretch[]} */
function blocksOf(parent, next, at) {
  /** @type {Stretch[]} */
  const found = [];
  for (; next < parent.childCount; next += 1) {
    const child = parent.child(next);
    const { name } = child.type;
    const last = found[found.length - 1];
    if (name in JOINTS && last?.type === name) last.nodes.push(child);
    else if (name === "annex") found.push(...blocksOf(child, 0, at + 1));
    else if (LISTS.has(name)) found.push({ ...stretch(name, at + 1, childrenOf(child)), joint: "\n" });
    else found.push(stretch(name, at, [child]));
    at += child.nodeSize;
  }
  return found;
}

/** @param {string} type @param {number} at @param {Node[]} nodes @returns {Stretch} */
function stretch(type, at, nodes) {
  const title = /** @type {Record<string, string>} */ (TITLES)[type] ?? "";
  const joint = /** @type {Record<string, string>} */ (JOINTS)[type] ?? "";
  const kept = nodes.length > 0 && !LISTS.has(type) && !nodes[0].isTextblock;
  return { type, title, at, nodes, joint, kept, optional: false };
}

/** @param {Node} node */
function childrenOf(node) {
  /** @type {Node[]} */
  const children = [];
  node.forEach((/** @type {Node} */ child) => children.push(child));
  return children;
}

/** Return what is written in the field of a stretch; of what is kept, its caption. @param {Stretch} one */
export function textOf({ nodes, joint, kept }) {
  if (kept) return nodes[0].firstChild?.isTextblock ? nodes[0].firstChild.textContent : nodes[0].textContent;
  return nodes.map(stringOf).join(joint);
}

/**
 * Return the positions in the manuscript whose nodes change with the text of a stretch, and the new nodes.
 * @param {Stretch} one @param {string} text
 */
export function changed(one, text) {
  const strings = stringsOf(one, text);
  const old = one.nodes.map(stringOf);
  const most = Math.min(strings.length, old.length);
  let head = 0;
  while (head < most && strings[head] === old[head]) head += 1;
  let tail = 0;
  while (tail < most - head && strings[strings.length - 1 - tail] === old[old.length - 1 - tail]) tail += 1;
  const from = one.at + sizeOf(one.nodes.slice(0, head));
  const replaced = one.nodes.slice(head, one.nodes.length - tail);
  const nodes = strings.slice(head, strings.length - tail).map((string, number) => made(one, string, replaced[number]));
  return { from, to: from + sizeOf(replaced), nodes };
}

/** @param {Stretch} one @param {string} text */
function stringsOf({ joint, optional }, text) {
  if (!joint) return text || !optional ? [text] : [];
  return text.split(joint === "\n" ? joint : EMPTY_LINES);
}

/** Return a node with this text, of the kind of the one that it replaces. @param {Stretch} one @param {string} string @param {Node | undefined} old */
function made({ type, nodes }, string, old) {
  const made = old?.type ?? nodes[0]?.type ?? schema.nodes[type];
  const content = inline(schema, string, {
    breaks: Boolean(made.contentMatch.matchType(schema.nodes.hard_break)),
    leadIns: made.allowsMarkType(schema.marks.lead_in),
  });
  return made.create(old?.attrs ?? null, content);
}

/** @param {Node[]} nodes */
function sizeOf(nodes) {
  return nodes.reduce((size, node) => size + node.nodeSize, 0);
}

/** Return the position in the manuscript of a unit of the text of a field. @param {Stretch} one @param {number} offset */
export function positionIn({ at, nodes, joint }, offset) {
  for (const node of nodes) {
    const string = stringOf(node);
    if (offset <= string.length) {
      return positionOf({ pointer: "", base: 0, at: at + 1, node }, charactersIn(string.slice(0, offset)));
    }
    offset -= string.length + joint.length;
    at += node.nodeSize;
  }
  return nodes.length ? at - 1 : at;
}

/** Return the unit of the text of a field at a position in the manuscript, or null. @param {Stretch} one @param {number} position */
export function characterAt({ at, nodes, joint }, position) {
  let offset = 0;
  for (const node of nodes) {
    if (position > at && position < at + node.nodeSize) {
      return offset + unitsOf(stringOf(node), offsetOf({ pointer: "", base: 0, at: at + 1, node }, position));
    }
    offset += stringOf(node).length + joint.length;
    at += node.nodeSize;
  }
  return null;
}
