// The rows of a table that are its header: those at its head, with one below at least that is none.

import { isInTable, selectedRect } from "../vendor/prosemirror.js";
import { schema } from "./schema.js";

/** @typedef {import("./commands.js").Command} Command */

const { table_header, table_cell } = schema.nodes;

/** Make the rows to that of the caret the header; where it is one of the header, leave that and those below it out. @type {Command} */
export function turnHeader(state, dispatch) {
  if (!isInTable(state)) return false;
  const { table, tableStart, top, bottom } = selectedRect(state);
  const isHeader = table.child(top).firstChild?.type === table_header;
  const count = isHeader ? top : bottom;
  if (count >= table.childCount) return false;
  if (dispatch) dispatch(withHeader(state.tr, table, tableStart, count).scrollIntoView());
  return true;
}

/** @param {any} tr @param {any} table @param {number} start @param {number} count */
function withHeader(tr, table, start, count) {
  table.forEach((/** @type {any} */ row, /** @type {number} */ rowAt, /** @type {number} */ number) => {
    const type = number < count ? table_header : table_cell;
    row.forEach((/** @type {any} */ cell, /** @type {number} */ cellAt) => {
      if (cell.type !== type) tr.setNodeMarkup(start + rowAt + 1 + cellAt, type, cell.attrs);
    });
  });
  return tr;
}
