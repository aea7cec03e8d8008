// Pictures side by side: one is put beside the next, and a row is taken apart again.

import { Fragment, TextSelection } from "../vendor/prosemirror.js";
import { schema } from "./schema.js";

/** @typedef {import("./commands.js").Command} Command */

const { nodes } = schema;
const MOST = 3; // in a row, by the contract

/** Put the picture or the row at the caret beside the one that follows; the layout then says how wide they are. @type {Command} */
export function putBeside(state, dispatch) {
  const here = blockOf(state.selection);
  const next = here && state.doc.nodeAt(here.at + here.node.nodeSize);
  if (!here || !next || !isPictures(next)) return false;
  const items = [...picturesIn(here.node), ...picturesIn(next)];
  if (items.length > MOST) return false;
  if (dispatch) {
    const caption = [here.node, next].find(({ type }) => type === nodes.figures)?.lastChild ?? nodes.figure_caption.create();
    const row = nodes.figures.create(null, [
      ...items.map(({ attrs: { image, alt }, content }) => nodes.row_figure.create({ image, alt }, content)),
      caption,
    ]);
    replace(state, dispatch, here.at, here.at + here.node.nodeSize + next.nodeSize, Fragment.from(row));
  }
  return true;
}

/** Put the pictures of a row under one another; what was said of all of them is a paragraph behind. @type {Command} */
export function putApart(state, dispatch) {
  const here = blockOf(state.selection);
  if (here?.node.type !== nodes.figures) return false;
  if (dispatch) {
    const apart = picturesIn(here.node).map(({ attrs: { image, alt }, content }) => nodes.figure.create({ image, alt }, content));
    const { content } = here.node.lastChild;
    if (content.size) apart.push(nodes.paragraph.create(null, content));
    replace(state, dispatch, here.at, here.at + here.node.nodeSize, Fragment.from(apart));
  }
  return true;
}

/** @param {any} state @param {(tr: any) => void} dispatch @param {number} from @param {number} to @param {any} content */
function replace(state, dispatch, from, to, content) {
  const tr = state.tr.replaceWith(from, to, content);
  dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(from + 1))).scrollIntoView());
}

/** Return the picture or the row at the caret, and where it begins. @param {any} selection */
function blockOf({ $from, node }) {
  if (isPictures(node)) return { node, at: $from.pos };
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    if (isPictures($from.node(depth))) return { node: $from.node(depth), at: $from.before(depth) };
  }
  return null;
}

/** @param {any} node */
function isPictures(node) {
  return node?.type === nodes.figure || node?.type === nodes.figures;
}

/** @param {any} node @returns {any[]} */
function picturesIn(node) {
  if (node.type === nodes.figure) return [node];
  /** @type {any[]} */
  const found = [];
  node.forEach((/** @type {any} */ child) => child.type === nodes.row_figure && found.push(child));
  return found;
}
