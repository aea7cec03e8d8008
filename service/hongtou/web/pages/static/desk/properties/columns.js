// How the columns of a table are aligned: a list that goes with its columns, also when one comes or goes.

import { addColumnAfter, deleteColumn, isInTable, selectedRect, TextSelection } from "../../vendor/prosemirror.js";

/** @typedef {import("../commands.js").Command} Command */

const USUAL = "left"; // what stands in a cell of which nothing is said

/** Return how the column of the caret is aligned, "" where nothing is said. @param {any} state */
export function columnAlign(state) {
  return tableOf(state).node.attrs.align?.[columnsOf(state).left] ?? "";
}

/** Align the columns that are selected; the list says something of all columns before them. @param {any} tr @param {any} state @param {string} said */
export function alignColumn(tr, state, said) {
  const { node, at } = tableOf(state);
  const { left, right } = columnsOf(state);
  const aligns = [...(node.attrs.align ?? [])];
  while (aligns.length < right) aligns.push(USUAL);
  aligns.fill(said || USUAL, left, right);
  return tr.setNodeAttribute(at, "align", shortened(aligns));
}

/** @type {Command} */
export const addColumn = (state, dispatch) =>
  addColumnAfter(state, dispatch && ((tr) => dispatch(withColumns(tr, state, (aligns, { right }) => [
    ...aligns.slice(0, right),
    ...(aligns.length < right ? [] : [aligns[right - 1]]),
    ...aligns.slice(right),
  ]))));

/** @type {Command} */
export const removeColumn = (state, dispatch) =>
  deleteColumn(state, dispatch && ((tr) => dispatch(withColumns(tr, state, (aligns, { left, right }) =>
    aligns.filter((_, number) => number < left || number >= right),
  ))));

/** @param {any} tr @param {any} state @param {(aligns: string[], rect: any) => string[]} change */
function withColumns(tr, state, change) {
  if (!isInTable(state)) return tr;
  const { node, at } = tableOf(state);
  const { align } = node.attrs;
  return align ? tr.setNodeAttribute(at, "align", shortened(change(align, selectedRect(state)))) : tr;
}

/** A list says nothing of the columns behind the last that is aligned. @param {string[]} aligns */
function shortened(aligns) {
  let { length } = aligns;
  while (length && aligns[length - 1] === USUAL) length -= 1;
  return length ? aligns.slice(0, length) : null;
}

/**
 * Return the columns of the selected cells, or of the cell in which a selection begins: its other end may be outside.
 * @param {any} state
 */
function columnsOf({ selection }) {
  return selectedRect(/** @type {any} */ ({ selection: "$anchorCell" in selection ? selection : TextSelection.near(selection.$from) }));
}

/** Return the table of the caret with its caption and notes, and where it begins. @param {any} state */
function tableOf({ selection: { $from } }) {
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    if ($from.node(depth).type.name === "table_block") return { node: $from.node(depth), at: $from.before(depth) };
  }
  throw new RangeError("the caret is in no table");
}
