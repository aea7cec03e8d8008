// Where Backspace and Delete stop: at the edge of a text they join it with its neighbour or select the table or
// picture beside it. They never select an article or a paragraph, which the next key would then write over, and never
// join a text with a caption or a note: that would take the picture out, or put words where they do not belong.

import { baseKeymap, NodeSelection, TextSelection } from "../vendor/prosemirror.js";
import { beginAnew } from "./moving.js";
import { schema } from "./schema.js";

/** @typedef {import("./commands.js").Command} Command */

const { table_block, figure, figures, row_figure, page_break, unknown, paragraph } = schema.nodes;
/** What is taken out as one, once it is selected. */
const OBJECTS = [table_block, figure, figures, row_figure, page_break, unknown];

/** Keys of the basic keymap that take out what is beside the caret, and where that is. */
export const EDGES = Object.fromEntries(
  Object.entries({ Backspace: -1, "Mod-Backspace": -1, "Shift-Backspace": -1, Delete: 1, "Mod-Delete": 1 }).map(
    ([key, side]) => [key, atEdge(/** @type {any} */ (baseKeymap)[key], side)],
  ),
);

/** A click on a picture selects it: it can be dragged, cut, taken out. @param {any} view @param {number} _at @param {any} node @param {number} before @param {MouseEvent} event */
export function selectPicture(view, _at, node, before, { target }) {
  if (node.type !== figure || /** @type {Element} */ (target).closest("figcaption")) return false;
  view.dispatch(selected(view.state.tr, before));
  return true;
}

/** A picture that is dragged stays the one that moves, whatever the browser selects meanwhile. @param {any} view */
export function holdDragged(view) {
  const { selection } = view.state;
  if (view.dragging && "node" in selection) view.dragging.node ??= selection;
}

/**
 * What is about to be typed, also by an input method, goes behind a selected table or picture, not in its place, and
 * behind the text of one of the selected cells. @param {any} view
 */
export function leaveObject(view) {
  beginAnew(view);
  const { doc, selection, tr } = view.state;
  if ("$headCell" in selection) view.dispatch(tr.setSelection(TextSelection.near(doc.resolve(selection.$headCell.pos + selection.$headCell.nodeAfter.nodeSize), -1)));
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
    const edge = objectEdge(state, side);
    if (edge) {
      dispatch?.(edge);
      return true;
    }
    run(state, dispatch && ((tr) => mayPass(tr) && dispatch(tr)), view);
    return true; // and nothing of the browser's own
  };
}

/**
 * Where a table or picture begins or ends at the caret, select it: that beside the caret, or the picture whose caption
 * it is. An empty paragraph beside it goes. Null where a text meets a text.
 * @param {any} state @param {number} side
 */
function objectEdge({ doc, tr, selection: { $from } }, side) {
  const at = side < 0 ? $from.before() : $from.after();
  const next = TextSelection.findFrom(doc.resolve(at), side, true);
  const own = objectAround($from);
  const beside = next ? objectAround(next.$head) : null;
  if (own === beside) return null;
  if (own !== null) return side < 0 && doc.nodeAt(own).type !== table_block ? selected(tr, own) : tr;
  const { nodeBefore, nodeAfter } = doc.resolve(at);
  const neighbour = side < 0 ? nodeBefore : nodeAfter;
  if (neighbour?.type === page_break) return null;
  if (neighbour !== doc.nodeAt(beside)) return tr; // that of another part
  if ($from.parent.type === paragraph && !$from.parent.content.size) tr.delete($from.before(), $from.after());
  return selected(tr, tr.mapping.map(beside));
}

/** @param {any} tr @param {number} at */
function selected(tr, at) {
  return tr.setSelection(NodeSelection.create(tr.doc, at)).scrollIntoView();
}

/** Return where the table, picture or row of pictures around a place begins. @param {any} $place @returns {number | null} */
function objectAround($place) {
  for (let depth = 1; depth <= $place.depth; depth += 1) {
    if (OBJECTS.includes($place.node(depth).type)) return $place.before(depth);
  }
  return null;
}

/** @param {any} tr */
function mayPass(tr) {
  const { node, $anchorCell } = tr.selection;
  return tr.docChanged || (!$anchorCell && (!node || OBJECTS.includes(node.type)));
}
