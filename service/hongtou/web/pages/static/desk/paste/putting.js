// What was pasted, put into the manuscript: one step of undo, told in words.

import { closeHistory, Fragment, isInTable, selectedRect, Slice, tableEditing } from "../../vendor/prosemirror.js";
import { table } from "../blocks/table.js";
import { beginAnew } from "../moving.js";
import { schema } from "../schema.js";
import { readHtml, textOf } from "./html.js";
import { readText } from "./text.js";

/** @typedef {import("./html.js").Block} Block */
/** @typedef {import("./tidy.js").Run} Run */

const { nodes, marks } = schema;
const BRIEF_MARK = /^[★☆●■◆◇▲△·•○◎※►➢✦✧*\-—]\s*/;
const NUMBER_MARK = /^(?:\d{1,2}[.．、)）]|[①-⑳]|[（(]\d{1,2}[）)])\s*/;

/**
 * Put what is on the clipboard in the place of the selection; tell in words what was done.
 * @param {any} view @param {DataTransfer | null} data @param {(words: string) => void} tell
 */
export function paste(view, data, tell) {
  if (!data) return false;
  const { blocks, cleaning } = read(data);
  if (!blocks.length) {
    if (cleaning.words().length) tell(`没有可粘贴的文字，${cleaning.words().join("，")}`);
    return false;
  }
  beginAnew(view);
  if (blocks.length === 1 && blocks[0].type === "table" && isInTable(view.state)) {
    fillCells(view, blocks[0].rows);
    tell([`已填入 ${blocks[0].rows.length} 行`, ...cleaning.words()].join("，") + "（Ctrl+Z 撤销）");
    return true;
  }
  const { type } = view.state.selection.$from.parent;
  const takesBlocks = type === nodes.paragraph || type === nodes.brief;
  const isOne = blocks.length === 1 && blocks[0].type === "paragraph";
  const transaction = closeHistory(view.state.tr); // a paste is undone by itself
  if (isOne || !takesBlocks) putLine(transaction, blocks, takesBlocks);
  else putBlocks(transaction, blocks, type);
  view.dispatch(transaction.scrollIntoView());
  const what = blocks.length > 1 && takesBlocks ? `已粘贴 ${blocks.length} 段` : "已粘贴";
  tell([what, ...cleaning.words()].join("，") + "（Ctrl+Z 撤销）");
  return true;
}

/** Put cells in the place of those from the caret on; rows and columns that are missing are added. */
/** @param {any} view @param {any[][]} cells */
function fillCells(view, cells) {
  const { top, table: grid } = selectedRect(view.state);
  let headers = 0; // of the rows from the caret on: they stay what they are
  for (let row = top; row < grid.childCount && grid.child(row).firstChild?.type === nodes.table_header; row += 1) headers += 1;
  const pasted = table.read(schema, { header: cells.slice(0, headers), rows: cells.slice(headers) }, () => []);
  view.dispatch(closeHistory(view.state.tr));
  /** @type {any} */ (tableEditing().props.handlePaste)(view, null, new Slice(Fragment.from(pasted.child(2)), 0, 0));
}

/** Where the HTML cannot be read, its text can. @param {DataTransfer} data */
function read(data) {
  const html = data.getData("text/html");
  const text = data.getData("text/plain");
  if (!html) return readText(text);
  try {
    const found = readHtml(html);
    return found.blocks.length || !text.trim() ? found : readText(text);
  } catch {
    return readText(text);
  }
}

/** @param {any} tr @param {Block[]} blocks @param {boolean} keepsLeadIn */
function putLine(tr, blocks, keepsLeadIn) {
  const { $from } = tr.selection;
  const isAtHead = $from.parentOffset === 0;
  const [first] = blocks;
  const runs =
    keepsLeadIn && isAtHead && first.type === "paragraph"
      ? asLeadIn(first.runs)
      : [{ text: blocks.map(textOf).join(" "), strong: false }];
  if ($from.parent.type === nodes.brief && isAtHead) runs[0] = { ...runs[0], text: withoutMark(runs[0].text) };
  tr.replaceSelection(new Slice(Fragment.from(runs.flatMap(textNode)), 0, 0));
}

/** @param {any} tr @param {Block[]} blocks @param {any} type */
function putBlocks(tr, blocks, type) {
  const made = blocks.flatMap((block) => (type === nodes.brief ? briefs(block) : [bodyBlock(block)]));
  const open = (/** @type {any} */ node) => (node.type === type ? 1 : 0);
  tr.replaceSelection(new Slice(Fragment.from(made), open(made[0]), open(made[made.length - 1])));
}

/** @param {Block} block */
function bodyBlock(block) {
  if (block.type === "table") {
    const { rows } = block;
    const depth = Math.max(...rows[0].map((cell) => cell.rowspan ?? 1)); // cells of the first row may span more of the header
    const isWhole = depth < rows.length;
    return table.read(schema, isWhole ? { header: rows.slice(0, depth), rows: rows.slice(depth) } : { rows }, () => []);
  }
  return nodes.paragraph.create(null, asLeadIn(block.runs).flatMap(textNode));
}

/** A row of a table is a line of short news. @param {Block} block */
function briefs(block) {
  const lines =
    block.type === "table"
      ? block.rows.map((row) => [{ text: row.map((cell) => cell.text ?? cell).join(" ").trim(), strong: false }])
      : [asLeadIn(block.runs)];
  return lines.map(([first, ...rest]) =>
    nodes.brief.create(null, [{ ...first, text: withoutMark(first.text) }, ...rest].flatMap(textNode)),
  );
}

/** Return runs of which only what opens the text is strong. Where all is bold, nothing is a lead-in. */
/** @param {Run[]} runs @returns {Run[]} */
export function asLeadIn(runs) {
  const isAll = runs.every((run) => run.strong);
  return runs.map((run, at) => ({ ...run, strong: run.strong && at === 0 && !isAll }));
}

/** Return a text without the mark or number of a list. @param {string} text */
export function withoutMark(text) {
  return text.replace(BRIEF_MARK, "").replace(NUMBER_MARK, "");
}

/** @param {Run} run */
function textNode({ text, strong }) {
  return text ? [schema.text(text, strong ? [marks.lead_in.create()] : [])] : [];
}
