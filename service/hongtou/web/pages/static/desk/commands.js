// What can be done to the manuscript: one row each, for the menus and the keyboard.

import {
  addRowAfter, baseKeymap, chainCommands, deleteRow, deleteTable, goToNextCell, isInTable, mergeCells, redo, splitCell,
  TextSelection, undo,
} from "../vendor/prosemirror.js";
import { turnHeader } from "./header_rows.js";
import { addBriefHeadline, addHead } from "./heads.js";
import { addArticle, addBehind, addBriefs, move } from "./moving.js";
import { addColumn, removeColumn } from "./properties/columns.js";
import { schema } from "./schema.js";
import { putApart, putBeside } from "./side_by_side.js";
import { enter, leaveLast, wishBreak } from "./splitting.js";

/** @typedef {import("../vendor/prosemirror.js").EditorState} EditorState */
/** @typedef {(state: EditorState, dispatch?: (tr: any) => void, view?: any) => boolean} Command */
/** It is offered in a menu (`group`), or beside the properties of a `part` of the manuscript. */
/** @typedef {{ title: string, group?: string, part?: string, run: Command, key?: string, refusal?: string }} Doing */

const { nodes, marks } = schema;
/** Behind these one writes on; at the end of an article there would be no place for it. */
const FOLLOWED = [nodes.table_block, nodes.page_break];
const IN_TABLE = "请先把光标放进表格里的一格";
/** What to do where a command of a group has nothing to be done to. @type {Record<string, string>} */
export const ELSEWHERE = { bar: "请先把光标放进正文的一段里", insert: "请先把光标放进正文的一段里", article: "请先把光标放进一篇文章里", table: IN_TABLE };
const NOT_BESIDE = "图片要前后紧挨着才能并排，一排至多三张";

/** @type {Record<string, Doing>} */
export const COMMANDS = {
  lead_in: { title: "导语", group: "bar", run: leadIn, key: "Mod-b" },
  heading: { title: "小标题", group: "bar", run: chainCommands(turnInto(nodes.heading, nodes.paragraph), addBriefHeadline) },
  table: { title: "表格", group: "bar", run: insertBlock(() => emptyTable(3, 3)) },
  note: { title: "附注", group: "insert", run: turnInto(nodes.note, nodes.paragraph) },
  attachments: { title: "附件说明", group: "insert", run: insertBlock(() => filled(nodes.attachments)) },
  salutation: { title: "称呼", group: "insert", run: turnInto(nodes.salutation, nodes.paragraph) },
  signoff: { title: "落款", group: "insert", run: insertBlock(() => filled(nodes.signoff)) },
  annex: { title: "附件（另起一页）", group: "insert", run: insertBlock(() => filled(nodes.annex)) },
  page_break: { title: "分页", group: "insert", run: insertBlock(() => nodes.page_break.create()) },
  section: { title: "栏目", group: "article", run: addHead("section") },
  kicker: { title: "引题", group: "article", run: addHead("kicker") },
  subhead: { title: "副题", group: "article", run: addHead("subhead") },
  byline: { title: "供稿单位", group: "article", run: addHead("byline") },
  editors_note: { title: "按语", group: "article", run: addHead("editors_note") },
  article: { title: "文章", group: "article", run: (state, dispatch) => addArticle(state, dispatch ?? (() => {})) },
  briefs: { title: "一组简讯", group: "article", run: (state, dispatch) => addBriefs(state, dispatch ?? (() => {})) },
  row: { title: "加一行", group: "table", run: addRowAfter },
  column: { title: "加一列", group: "table", run: addColumn },
  no_row: { title: "删这一行", group: "table", run: deleteRow, refusal: IN_TABLE + "；只剩一行的，点“删去表格”" },
  no_column: { title: "删这一列", group: "table", run: removeColumn, refusal: IN_TABLE + "；只剩一列的，点“删去表格”" },
  merge: { title: "合并所选各格", group: "table", run: mergeCells, refusal: "请先按住鼠标，选中表格里相邻的几格" },
  split: { title: "拆开这一格", group: "table", run: splitCell, refusal: "请先把光标放进一个合并过的格子" },
  header: { title: "设为表头行", group: "table", run: turnHeader, refusal: IN_TABLE + "；表头下面至少要留一行" },
  unit: { title: "单位与表题", group: "table", run: toCaption },
  notes: { title: "表注", group: "table", run: addNotes },
  no_table: { title: "删去表格", group: "table", run: removeTable },
  beside: { title: "与下图并排", part: "figure", run: putBeside, refusal: NOT_BESIDE },
  beside_row: { title: "下图也并排", part: "figures", run: putBeside, refusal: NOT_BESIDE },
  apart: { title: "各占一行", part: "figures", run: putApart },
  undo: { title: "撤销", group: "history", run: undo, key: "Mod-z", refusal: "没有可以撤销的了" },
  redo: { title: "重做", group: "history", run: redo, key: "Mod-y", refusal: "没有可以重做的了" },
};

/** Keys that no input method uses; the caller holds them back while one composes. */
export const KEYS = {
  ...Object.fromEntries(Object.values(COMMANDS).filter(({ key }) => key).map(({ key, run }) => [key, run])),
  "Shift-Mod-z": redo,
  Enter: chainCommands(enter, baseKeymap.Enter),
  "Shift-Enter": wishBreak,
  "Mod-Enter": addBehind,
  ArrowDown: leaveLast,
  "Alt-ArrowUp": move(-1),
  "Alt-ArrowDown": move(1),
  Tab: chainCommands(goToNextCell(1), newRow, intoTable),
  "Shift-Tab": goToNextCell(-1),
};

/** Make the head of a paragraph its lead-in, or take that back. @type {Command} */
function leadIn(state, dispatch) {
  const { $from, $to } = state.selection;
  const block = $from.parent;
  if (!block.type.allowsMarkType(marks.lead_in) || !$from.sameParent($to)) return false;
  const start = $from.start();
  const has = block.firstChild?.marks.length;
  const end = state.selection.empty ? start + sentenceEnd(block.textContent) : $to.pos;
  if (end === start) return false;
  if (dispatch) {
    const tr = state.tr.removeMark(start, $from.end(), marks.lead_in);
    if (!has || (!state.selection.empty && end !== start + block.firstChild.nodeSize)) tr.addMark(start, end, marks.lead_in.create());
    dispatch(tr);
  }
  return true;
}

/** Return the end of the first sentence of a text. @param {string} text */
function sentenceEnd(text) {
  return (text.search(/[。：！？]/) + 1) || 0;
}

/** Make a text another kind, or take that back. @param {any} type @param {any} otherwise @returns {Command} */
function turnInto(type, otherwise) {
  return (state, dispatch) => {
    const { $from } = state.selection;
    const block = $from.parent;
    const target = block.type === type ? otherwise : type;
    if (![type, otherwise].includes(block.type)) return false;
    if (dispatch) {
      const tr = state.tr.removeMark($from.start(), $from.end(), marks.lead_in);
      dispatch(tr.setNodeMarkup($from.before(), target, null).scrollIntoView());
    }
    return true;
  };
}

/** Put a block behind that of the caret, in place of an empty paragraph. @param {() => any} make @returns {Command} */
function insertBlock(make) {
  return (state, dispatch) => {
    const { $from } = state.selection;
    const depth = blockDepth($from, make());
    if (!depth) return false;
    if (dispatch) {
      const isEmpty = $from.depth === depth && $from.parent.type === nodes.paragraph && !$from.parent.content.size;
      const from = isEmpty ? $from.before(depth) : $from.after(depth);
      const block = make();
      const isLast = depth > 1 && $from.indexAfter(depth - 1) === $from.node(depth - 1).childCount;
      const made = isLast && FOLLOWED.includes(block.type) ? [block, nodes.paragraph.create()] : [block];
      const tr = state.tr.replaceWith(from, isEmpty ? $from.after(depth) : from, made);
      tr.setSelection(TextSelection.near(tr.doc.resolve(from + 1)));
      dispatch(tr.scrollIntoView());
    }
    return true;
  };
}

/** Return the depth at which a block may stand behind that of the caret. @param {any} $from @param {any} block */
function blockDepth($from, block) {
  for (let depth = $from.depth; depth > 1; depth -= 1) {
    const parent = $from.node(depth - 1);
    const after = $from.indexAfter(depth - 1);
    if (parent.canReplaceWith(after, after, block.type)) return depth;
  }
  return 0;
}

/** @param {any} type */
function filled(type) {
  return type.createAndFill();
}

/** @param {number} rows @param {number} columns */
function emptyTable(rows, columns) {
  /** @param {any} type */
  const row = (type) => nodes.table_row.create(null, Array.from({ length: columns }, () => filled(type)));
  return nodes.table_block.create(null, [
    filled(nodes.table_caption),
    filled(nodes.table_unit),
    nodes.table.create(null, [row(nodes.table_header), ...Array.from({ length: rows - 1 }, () => row(nodes.table_cell))]),
  ]);
}

/** Add a row where Tab leads behind the last cell. @type {Command} */
function newRow(state, dispatch, view) {
  if (!isInTable(state)) return false;
  if (!dispatch) return true;
  addRowAfter(state, dispatch);
  return view ? goToNextCell(1)(view.state, dispatch) : true;
}

/** Go on from the caption and the unit of a table, to its first cell. @type {Command} */
function intoTable(state, dispatch) {
  return [nodes.table_caption, nodes.table_unit].includes(state.selection.$from.parent.type) && enter(state, dispatch);
}

/** Go to the caption of the table. @type {Command} */
function toCaption(state, dispatch) {
  const depth = tableDepth(state);
  if (!depth) return false;
  const { $from } = state.selection;
  if (dispatch) dispatch(state.tr.setSelection(TextSelection.near(state.doc.resolve($from.start(depth) + 1))).scrollIntoView());
  return true;
}

/** Add notes under the table, or go to them. @type {Command} */
function addNotes(state, dispatch) {
  const depth = tableDepth(state);
  if (!depth) return false;
  if (!dispatch) return true;
  const { $from } = state.selection;
  const block = /** @type {any} */ ($from.node(depth));
  const has = block.lastChild.type === nodes.table_notes;
  const at = $from.end(depth) - (has ? block.lastChild.nodeSize : 0);
  const tr = has ? state.tr : state.tr.insert(at, filled(nodes.table_notes));
  dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(at + 2))).scrollIntoView());
  return true;
}

/** Take the table out, with its caption and notes. @type {Command} */
function removeTable(state, dispatch) {
  const depth = tableDepth(state);
  if (!depth) return deleteTable(state, dispatch);
  const { $from } = state.selection;
  if (dispatch) {
    const tr = state.tr.replaceWith($from.before(depth), $from.after(depth), nodes.paragraph.create());
    dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve($from.before(depth) + 1))).scrollIntoView());
  }
  return true;
}

/** @param {EditorState} state */
function tableDepth({ selection: { $from } }) {
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    if ($from.node(depth).type === nodes.table_block) return depth;
  }
  return 0;
}
