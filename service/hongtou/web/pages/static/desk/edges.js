// Where Backspace and Delete stop: at the edge of a text they join it with its neighbour or select the table or
// picture beside it. They never select an article or a paragraph, which the next key would then write over.

import { baseKeymap, TextSelection } from "../vendor/prosemirror.js";
import { schema } from "./schema.js";

/** @typedef {import("./commands.js").Command} Command */

const { table_block, figure, figures, row_figure, page_break } = schema.nodes;
/** What is taken out as one, once it is selected. */
const OBJECTS = [table_block, figure, figures, row_figure, page_break];

/** Keys of the basic keymap that take out what is beside the caret, and where that is. */
export const EDGES = Object.fromEntries(
  Object.entries({ Backspace: -1, "Mod-Backspace": -1, "Shift-Backspace": -1, Delete: 1, "Mod-Delete": 1 }).map(
    ([key, side]) => [key, atEdge(/** @type {any} */ (baseKeymap)[key], side)],
  ),
);

/** What is about to be typed, also by an input method, goes behind a selected table or picture, not in its place. @param {any} view */
export function leaveObject(view) {
  const { doc, selection, tr } = view.state;
  if ("node" in selection) view.dispatch(tr.setSelection(TextSelection.near(doc.resolve(selection.to))));
  return false;
}

/** @param {any} view @param {KeyboardEvent} event */
export function leaveObjectToType(view, { key, keyCode, ctrlKey, metaKey }) {
  if (keyCode === 229 || (key.length === 1 && !ctrlKey && !metaKey)) leaveObject(view);
  return false;
}

/** @param {Command} run @param {number} side @returns {Command} */
function atEdge(run, side) {
  return (state, dispatch, view) => {
    const { $from, empty } = state.selection;
    if (!(state.selection instanceof TextSelection) || !empty) return run(state, dispatch, view);
    if ($from.parentOffset !== (side < 0 ? 0 : $from.parent.content.size)) return false;
    run(state, dispatch && ((tr) => mayPass(tr) && dispatch(tr)), view);
    return true; // and nothing of the browser's own
  };
}

/** @param {any} tr */
function mayPass(tr) {
  const { node, $anchorCell } = tr.selection;
  return tr.docChanged || (!$anchorCell && (!node || OBJECTS.includes(node.type)));
}
