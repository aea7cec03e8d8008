// Articles and short news in another order, added and taken out.

import { TextSelection } from "../vendor/prosemirror.js";
import { schema } from "./schema.js";

/** @typedef {import("../vendor/prosemirror.js").EditorState} EditorState */
/** @typedef {(tr: any) => void} Dispatch */

const { nodes } = schema;

/**
 * What moves as one among its neighbours: an article, or a brief with its headline.
 * @typedef {{ from: number, to: number, nodes: any[] }} Part
 */

/** Return the articles of a manuscript. @param {any} doc @returns {Part[]} */
export function articlesOf(doc) {
  /** @type {Part[]} */
  const parts = [];
  doc.forEach((/** @type {any} */ node, /** @type {number} */ at) => {
    if (node.type === nodes.article) parts.push({ from: at, to: at + node.nodeSize, nodes: [node] });
  });
  return parts;
}

/** Return the short news of a group that begins at `at`. @param {any} group @param {number} at @returns {Part[]} */
function briefsOf(group, at) {
  /** @type {Part[]} */
  const parts = [];
  /** @type {any[]} */
  let waiting = [];
  let from = 0;
  group.forEach((/** @type {any} */ node, /** @type {number} */ offset) => {
    const start = at + 1 + offset;
    if (node.type !== nodes.brief && node.type !== nodes.brief_headline) return;
    if (!waiting.length) from = start;
    waiting.push(node);
    if (node.type === nodes.brief) {
      parts.push({ from, to: start + node.nodeSize, nodes: waiting });
      waiting = [];
    }
  });
  return parts;
}

/** Return the neighbours among which the caret's part moves. @param {EditorState} state */
function partsAt({ doc, selection: { $from } }) {
  const group = $from.depth ? $from.node(1) : null;
  return group?.type === nodes.briefs ? briefsOf(group, $from.before(1)) : articlesOf(doc);
}

/** Move the part of the caret up (-1) or down (1). @param {number} step */
export function move(step) {
  return (/** @type {EditorState} */ state, /** @type {Dispatch} */ dispatch) => {
    const parts = partsAt(state);
    const index = parts.findIndex(({ from, to }) => from <= state.selection.from && state.selection.from < to);
    return moveTo(parts, index, index + step)(state, dispatch);
  };
}

/**
 * Move a part to the place of another; the caret goes along.
 * @param {Part[]} parts @param {number} index @param {number} target
 */
export function moveTo(parts, index, target) {
  return (/** @type {EditorState} */ state, /** @type {Dispatch} */ dispatch) => {
    if (index < 0 || target < 0 || target >= parts.length || index === target) return false;
    if (!dispatch) return true;
    const moved = parts[index];
    const order = parts.filter((part) => part !== moved);
    order.splice(target, 0, moved);
    const first = Math.min(index, target);
    const last = Math.max(index, target);
    const tr = state.tr.replaceWith(parts[first].from, parts[last].to, order.slice(first, last + 1).flatMap((part) => part.nodes));
    const size = moved.to - moved.from;
    const between = parts[last].to - parts[first].from;
    const start = target < index ? parts[first].from : parts[first].from + between - size;
    const inside = state.selection.from - moved.from;
    const at = inside >= 0 && inside < size ? start + inside : start + 1;
    tr.setSelection(TextSelection.near(tr.doc.resolve(at)));
    dispatch(tr.scrollIntoView());
    return true;
  };
}

/** Add an empty article, or a brief, behind that of the caret. @param {EditorState} state @param {Dispatch} dispatch */
export function addBehind(state, dispatch) {
  const { $from } = state.selection;
  const group = $from.depth ? $from.node(1) : null;
  if (group?.type === nodes.briefs) {
    const parts = briefsOf(group, $from.before(1));
    const at = parts.find(({ to }) => $from.pos < to)?.to ?? $from.end(1);
    return insert(state, dispatch, at, nodes.brief.create());
  }
  return addArticle(state, dispatch, group ? $from.after(1) : 0);
}

/** Add an empty article, by default behind the last. @param {EditorState} state @param {Dispatch} dispatch @param {number} [at] */
export function addArticle(state, dispatch, at = articlesOf(state.doc).pop()?.to ?? 0) {
  return insert(state, dispatch, at, nodes.article.createAndFill());
}

/** Begin an article where there is nothing left to write in. @param {any} view */
export function beginAnew(view) {
  if (!view.state.doc.childCount) addArticle(view.state, view.dispatch);
}

/** Add an empty group of short news at the end. @param {EditorState} state @param {Dispatch} dispatch */
export function addBriefs(state, dispatch) {
  const group = nodes.briefs.create(null, [
    nodes.briefs_heading.create(null, [schema.text("工作简讯")]),
    nodes.brief.create(),
  ]);
  return insert(state, dispatch, state.doc.content.size, group, nodes.brief);
}

/** @param {EditorState} state @param {Dispatch} dispatch @param {number} at @param {any} node @param {any} [type] */
function insert(state, dispatch, at, node, type) {
  if (!dispatch) return true;
  const tr = state.tr.insert(at, node);
  let caret = at + 1;
  if (type) node.descendants((/** @type {any} */ child, /** @type {number} */ offset) => {
    if (child.type === type) caret = at + 1 + offset + 1;
  });
  tr.setSelection(TextSelection.near(tr.doc.resolve(caret)));
  dispatch(tr.scrollIntoView());
  return true;
}

/** Take a part out; undo brings it back. @param {Part} part */
export function remove({ from, to }) {
  return (/** @type {EditorState} */ state, /** @type {Dispatch} */ dispatch) => {
    if (dispatch) dispatch(state.tr.delete(from, to).scrollIntoView());
    return true;
  };
}
