// What was pasted, put into the manuscript: one step of undo, told in words.

import { closeHistory, Fragment, Slice } from "../../vendor/prosemirror.js";
import { table } from "../blocks/table.js";
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
  if (!blocks.length) return false;
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

/** Where the HTML cannot be read, its text can. @param {DataTransfer} data */
function read(data) {
  const html = data.getData("text/html");
  const text = data.getData("text/plain");
  if (!html) return readText(text);
  try {
    const found = readHtml(html);
    return found.blocks.length ? found : readText(text);
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
    const [header, ...rows] = block.rows;
    return table.read(schema, rows.length ? { header, rows } : { rows: [header] }, () => []);
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
