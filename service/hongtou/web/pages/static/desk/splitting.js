// What Enter does: a new paragraph, brief or line; from a line of the head, on to the text.

import { TextSelection } from "../vendor/prosemirror.js";
import { schema } from "./schema.js";

/** @typedef {import("../vendor/prosemirror.js").EditorState} EditorState */
/** @typedef {(tr: any) => void} Dispatch */

const { nodes } = schema;

/** What follows a text of this kind; all others are followed by their own kind. */
const FOLLOWED_BY = { heading: nodes.paragraph, salutation: nodes.paragraph, brief_headline: nodes.brief };
/** Lines that stand alone: Enter leads on to the next text. */
const ALONE = new Set([
  "section", "kicker", "subhead", "byline", "briefs_heading", "annex_title", "table_caption", "table_unit",
  "figure_caption",
]);
/** Lists of lines: Enter in an empty last line leads out of them. */
const LISTS = new Set(["attachments", "signoff", "editors_note", "table_notes"]);
/** What has an end of its own: behind the last of a body there may be no text to go to. */
const OBJECTS = new Set(["table_block", "figure", "figures"]);
/** What holds blocks, as it is drawn. */
const PARTS = ".article, .annex";

/** Part a text in two, or go on where it cannot be parted. @param {EditorState} state @param {Dispatch} [dispatch] */
export function enter(state, dispatch) {
  const { $from } = state.selection;
  const { parent } = $from;
  if (!parent.isTextblock) return false;
  if (parent.type === nodes.headline) return fromHeadline(state, dispatch);
  if (ALONE.has(parent.type.name)) return toNextText(state, dispatch);
  if (leavesList($from)) return leaveList(state, dispatch);
  if (parent.type === nodes.brief_headline && parent.content.size) {
    if ($from.parentOffset === 0) return before(state, dispatch);
    if ($from.pos === $from.end()) return toNextText(state, dispatch); // the text of its item
  }
  if (!dispatch) return true;
  const tr = state.tr.deleteSelection();
  const at = tr.mapping.map($from.pos);
  const type = /** @type {any} */ (FOLLOWED_BY)[parent.type.name] ?? parent.type;
  const isAtStart = $from.parentOffset === 0 && parent.content.size > 0;
  // Before its first character a text keeps its kind, and what is parted from it is empty.
  tr.split(at, 1, [{ type: isAtStart ? parent.type : type, attrs: isAtStart ? parent.attrs : null }]);
  dispatch(tr.scrollIntoView());
  return true;
}

/** Wish for a break here, where a break can be wished. @param {EditorState} state @param {Dispatch} [dispatch] */
export function wishBreak(state, dispatch) {
  const { $from } = state.selection;
  if (!$from.parent.type.contentMatch.matchType(nodes.hard_break)) return false;
  if (dispatch) dispatch(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
  return true;
}

/** Take what stands behind the caret to a paragraph of its own. @param {EditorState} state @param {Dispatch} [dispatch] */
function fromHeadline(state, dispatch) {
  const { $from, $to } = state.selection;
  if (!dispatch) return true;
  const article = $from.node(-1);
  const rest = $to.parent.slice($to.parentOffset).content;
  const body = bodyStart(article, $from.before(-1));
  const isEmptyThere = body.first?.type === nodes.paragraph && !body.first.content.size;
  const tr = state.tr;
  if (isEmptyThere) tr.insert(body.at + 1, plain(rest));
  else tr.insert(body.at, nodes.paragraph.create(null, plain(rest)));
  tr.delete($from.pos, $from.end());
  tr.setSelection(TextSelection.create(tr.doc, tr.mapping.map(body.at, -1) + 1));
  dispatch(tr.scrollIntoView());
  return true;
}

/** Return where the body of an article begins, and its first block. @param {any} article @param {number} before */
export function bodyStart(article, before) {
  let at = before + 1;
  for (let number = 0; number < article.childCount; number += 1) {
    const child = article.child(number);
    if (child.type.isInGroup("block") || child.type.isInGroup("part")) return { at, first: child };
    at += child.nodeSize;
  }
  return { at, first: null };
}

/** @param {any} content */
function plain(content) {
  const text = content.textBetween(0, content.size, "", " ");
  return text ? [schema.text(text)] : [];
}

/** @param {EditorState} state @param {Dispatch} [dispatch] */
function toNextText(state, dispatch) {
  const { $to } = state.selection;
  const next = TextSelection.findFrom(state.doc.resolve($to.after()), 1, true);
  const end = endOfBody($to, next);
  if (end !== null) return writeBehind(state, end, dispatch);
  if (!next) return false;
  if (dispatch) dispatch(state.tr.setSelection(next).scrollIntoView());
  return true;
}

/** Put an empty item of short news in front of that of the headline. @param {EditorState} state @param {Dispatch} [dispatch] */
function before(state, dispatch) {
  const tr = state.tr.deleteSelection();
  tr.insert(tr.selection.$from.before(), nodes.brief.create());
  dispatch?.(tr.scrollIntoView());
  return true;
}

/**
 * Lead down from the last line of a table or picture that ends an article or annex, to a paragraph behind it.
 * @param {EditorState} state @param {Dispatch} [dispatch] @param {any} [view]
 */
export function leaveLast(state, dispatch, view) {
  const { $from, empty } = state.selection;
  if (!empty || !$from.parent.isTextblock || (view && !view.endOfTextblock("down"))) return false;
  const next = TextSelection.findFrom(state.doc.resolve($from.after(rowDepth($from) || $from.depth)), 1, true);
  const end = endOfBody($from, next);
  return end !== null && writeBehind(state, end, dispatch);
}

/**
 * A click below a table or picture that no text follows leads to a paragraph behind it.
 * @param {any} view @param {number} _at @param {MouseEvent} event
 */
export function writeBelow(view, _at, { target, clientY }) {
  let body = /** @type {Element} */ (target);
  if (!view.editable || (body !== view.dom && !body.matches(PARTS))) return false;
  let above = lastAbove(body, clientY);
  while (above?.matches(PARTS)) [body, above] = [above, lastAbove(above, clientY)];
  if (!above || above.getBoundingClientRect().bottom > clientY) return false;
  const end = view.posAtDOM(body, [...body.childNodes].indexOf(above) + 1);
  const { nodeBefore, nodeAfter } = view.state.doc.resolve(end);
  if (!OBJECTS.has(nodeBefore?.type.name) || (nodeAfter && !OBJECTS.has(nodeAfter.type.name))) return false;
  return writeBehind(view.state, end, view.dispatch);
}

/** Return the last part of an element that begins above a height. @param {Element} element @param {number} height */
function lastAbove(element, height) {
  return [...element.children].filter((child) => child.getBoundingClientRect().top <= height).pop();
}

/**
 * Return where the table or picture of a place ends, if it ends an article or annex and `next` is no text of it.
 * @param {any} $place @param {any} next @returns {number | null}
 */
function endOfBody($place, next) {
  for (let depth = 2; depth <= $place.depth; depth += 1) {
    if (!OBJECTS.has($place.node(depth).type.name)) continue;
    const isLast = $place.index(depth - 1) === $place.node(depth - 1).childCount - 1;
    return isLast && !(next && next.from < $place.after(depth)) ? $place.after(depth) : null;
  }
  return null;
}

/** @param {any} $place */
function rowDepth($place) {
  for (let depth = $place.depth; depth > 0; depth -= 1) if ($place.node(depth).type === nodes.table_row) return depth;
  return 0;
}

/** @param {EditorState} state @param {number} at @param {Dispatch} [dispatch] */
function writeBehind(state, at, dispatch) {
  const tr = state.tr.insert(at, nodes.paragraph.create());
  dispatch?.(tr.setSelection(TextSelection.create(tr.doc, at + 1)).scrollIntoView());
  return true;
}

/** @param {any} $from */
function leavesList($from) {
  const list = $from.node(-1);
  return LISTS.has(list?.type.name) && !$from.parent.content.size && $from.index(-1) === list.childCount - 1 && list.childCount > 1;
}

/** @param {EditorState} state @param {Dispatch} [dispatch] */
function leaveList(state, dispatch) {
  const { $from } = state.selection;
  if (!dispatch) return true;
  const tr = state.tr.delete($from.before(), $from.after());
  const after = tr.mapping.map($from.after(-1));
  const next = tr.doc.resolve(after).nodeAfter;
  if (next?.type !== nodes.paragraph || next.content.size) {
    const place = tr.doc.resolve(after);
    if (place.parent.canReplaceWith(place.index(), place.index(), nodes.paragraph)) tr.insert(after, nodes.paragraph.create());
  }
  const found = TextSelection.findFrom(tr.doc.resolve(after), 1, true);
  if (found) tr.setSelection(found);
  dispatch(tr.scrollIntoView());
  return true;
}
