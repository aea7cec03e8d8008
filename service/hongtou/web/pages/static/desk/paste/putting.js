// What was pasted, put into the manuscript: one step of undo, told in words.

import { closeHistory, Fragment, isInTable, selectedRect, Slice, tableEditing, TextSelection } from "../../vendor/prosemirror.js";
import { table } from "../blocks/table.js";
import { beginAnew } from "../moving.js";
import { schema } from "../schema.js";
import { refusedAtTheDoor } from "../pictures.js";
import { bodyStart } from "../splitting.js";
import { readHtml, rowsOf, textOf } from "./html.js";
import { readText } from "./text.js";

/** @typedef {import("./html.js").Block} Block */
/** @typedef {import("./html.js").Read} Read */
/** @typedef {import("../desk.js").Desk} Desk */
/** @typedef {import("./tidy.js").Run} Run */

const { nodes, marks } = schema;
/** Texts in lists of their kind: each paragraph is one more. */
const LISTED = new Set([nodes.attachment, nodes.signoff_body, nodes.note_line, nodes.table_note, nodes.cell_text]);
/** Texts of one line among the blocks of a body: what follows the first line stands behind them. */
const FOLLOWED = new Set([nodes.heading, nodes.salutation, nodes.note]);
/** Where pictures may stand, there or behind. */
const PICTURED = new Set([nodes.paragraph, nodes.headline, ...FOLLOWED]);
const SENTENCE = /[。！？；]/;
const MOST_OF_TITLE = 40; // characters of a line
const BRIEF_MARK = /^(?:[★☆●■◆◇▲△·•○◎※►➢✦✧]\s*|[*\-—]\s+)/; // -5℃ has none
const NUMBER_MARK = /^(?:\d{1,2}[.．、)）](?!\d)|[①-⑳]|[（(]\d{1,2}[）)])\s*/; // nor have 3.5亿元, 12、13日

/**
 * Put what is on the clipboard in the place of the selection; tell in words what was done.
 * @param {Desk} desk @param {DataTransfer | null} data
 */
export function paste(desk, data) {
  if (!data) return false;
  const { view } = desk;
  const tell = (/** @type {string} */ words) => desk.tell(words);
  const found = read(data);
  if (found.blocks.length) beginAnew(view);
  const { blocks, cleaning } = withPictures(desk, found);
  if (!blocks.length) {
    if (cleaning.words().length) tell(`没有可粘贴的文字，${cleaning.words().join("，")}`);
    return found.blocks.length > 0;
  }
  const isGrid = blocks.length === 1 && blocks[0].type === "table";
  if (isGrid) toFirstCell(view);
  if (isGrid && isInTable(view.state)) {
    const { caption, rows } = /** @type {import("./html.js").Table} */ (blocks[0]);
    fillCells(view, caption ? [[caption], ...rows] : rows);
    tell([`已填入 ${rows.length} 行`, ...cleaning.words()].join("，") + "（Ctrl+Z 撤销）");
    return true;
  }
  const transaction = closeHistory(view.state.tr); // a paste is undone by itself
  const what = put(transaction, blocks);
  view.dispatch(transaction.scrollIntoView());
  tell([what, ...cleaning.words()].join("，") + "（Ctrl+Z 撤销）");
  return true;
}

/** Take in the pictures of what is pasted, those that may stand at the caret and be printed. @param {Desk} desk @param {Read} read @returns {Read} */
function withPictures({ view, pictures }, { blocks, cleaning }) {
  const takesPictures = PICTURED.has(view.state.selection.$from.parent.type);
  const found = blocks.filter((block) => block.type !== "picture" || (takesPictures && !refusedAtTheDoor(block.file)));
  cleaning.pictures += blocks.length - found.length;
  return { blocks: found.map((block) => (block.type === "picture" ? { ...block, image: pictures.add(block.file) } : block)), cleaning };
}

/** Put blocks in the place of the selection; return in words how. @param {any} tr @param {Block[]} blocks */
function put(tr, blocks) {
  const { type } = tr.selection.$from.parent;
  const isOne = blocks.length === 1 && blocks[0].type === "paragraph";
  if (isOne || ![...LISTED, ...FOLLOWED, nodes.paragraph, nodes.brief, nodes.headline].includes(type)) {
    putLine(tr, blocks, type === nodes.paragraph || type === nodes.brief);
    return isOne ? "已粘贴" : `已粘贴，${blocks.length} 段并作一行`;
  }
  if (type === nodes.headline) return putArticle(tr, blocks);
  if (FOLLOWED.has(type)) putBehind(tr.deleteSelection(), blocks, tr.selection.$from.after());
  else putBlocks(tr, blocks, type);
  return `已粘贴 ${counted(blocks)}`;
}

/** @param {Block[]} blocks */
function counted(blocks) {
  const pictures = blocks.filter(({ type }) => type === "picture").length;
  const texts = blocks.length - pictures;
  return [texts ? `${texts} 段` : "", pictures ? `${pictures} 张图片` : ""].filter(Boolean).join("、");
}

/** Put what is a title into the headline, and the text at the head of the body. @param {any} tr @param {Block[]} found */
function putArticle(tr, found) {
  const blocks = withWholeTitle(found);
  if (!blocks.some(isText)) {
    putLine(tr, blocks, false);
    return blocks.length > 1 ? `已粘贴，${blocks.length} 段并作一行` : "已粘贴";
  }
  if (!isText(blocks[0]) || !tr.selection.$from.sameParent(tr.selection.$to)) tr.deleteSelection();
  const { $from } = tr.selection;
  const { at, first } = bodyStart($from.node(1), $from.before(1));
  const isEmpty = first?.type === nodes.paragraph && !first.content.size;
  const count = putBehind(tr, blocks, at, isEmpty ? at + first.nodeSize : at);
  return count < blocks.length ? `已粘贴，第 1 段作标题，其余 ${count} 段放在正文开头` : `已粘贴 ${count} 段，放在正文开头`;
}

/** Return blocks of which the first is the whole title, its lines as they were parted. @param {Block[]} blocks @returns {Block[]} */
function withWholeTitle(blocks) {
  const ends = blocks.findIndex((block) => block.type !== "paragraph" || !block.goesOn);
  if (ends < 1 || blocks.slice(0, ends + 1).some(isText)) return blocks;
  const text = blocks.slice(0, ends + 1).map(textOf).join("\n");
  return [{ type: "paragraph", runs: [{ text, strong: false }] }, ...blocks.slice(ends + 1)];
}

/**
 * Put a first line into that of the caret and the other blocks further down; return how many these are.
 * @param {any} tr @param {Block[]} blocks @param {number} from @param {number} [to]
 */
function putBehind(tr, blocks, from, to = from) {
  const rest = isText(blocks[0]) ? blocks : blocks.slice(1);
  const made = Fragment.from(rest.map(bodyBlock));
  tr.replaceWith(from, to, made);
  const before = tr.doc.content.size;
  if (rest !== blocks) putLine(tr, [blocks[0]], false);
  const end = from + made.size + tr.doc.content.size - before;
  tr.setSelection(TextSelection.near(tr.doc.resolve(end), -1));
  return rest.length;
}

/** Tell whether a block is no line of a title. @param {Block} block */
function isText(block) {
  if (block.type !== "paragraph" || SENTENCE.test(textOf(block))) return true;
  return textOf(block).split("\n").some((line) => line.length > MOST_OF_TITLE);
}

/** Go from the line over or under a table to its first cell, if nothing is written in any: the caret of a new one is there. @param {any} view */
function toFirstCell(view) {
  const { $from } = view.state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    if ($from.node(depth).type !== nodes.table_block) continue;
    const block = $from.node(depth);
    const at = $from.start(depth) + block.child(0).nodeSize + block.child(1).nodeSize;
    if (block.child(2).textContent || isInTable(view.state)) return;
    view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(at + 1))));
  }
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
  const made = type === nodes.paragraph ? blocks.map(bodyBlock) : blocks.flatMap((block) => lines(block, type));
  const open = (/** @type {any} */ node) => (node.type === type ? 1 : 0);
  tr.replaceSelection(new Slice(Fragment.from(made), open(made[0]), open(made[made.length - 1])));
}

/** @param {Block} block */
function bodyBlock(block) {
  if (block.type === "picture") return nodes.figure.create({ image: block.image }, nodes.figure_caption.create());
  if (block.type === "table") {
    const { caption, rows } = titled(block);
    const depth = Math.max(...rows[0].map((cell) => cell.rowspan ?? 1)); // cells of the first row may span more of the header
    const isWhole = depth < rows.length;
    return table.read(schema, isWhole ? { caption, header: rows.slice(0, depth), rows: rows.slice(depth) } : { caption, rows }, () => []);
  }
  return nodes.paragraph.create(null, asLeadIn(block.runs).flatMap(textNode));
}

/** Return a table whose first row is one cell over all columns with that for its caption. @param {import("./html.js").Table} found @returns {import("./html.js").Table} */
function titled(found) {
  const [[first, ...beside], second] = [...found.rows, [], []];
  const columns = second.reduce((count, cell) => count + (cell.colspan ?? 1), 0);
  const isTitle = first?.text && !beside.length && first.rowspan === 1 && columns > 1 && first.colspan >= columns;
  if (found.caption || !isTitle || found.rows.length < 3) return found;
  return { ...found, caption: first.text.replaceAll("\n", " "), rows: found.rows.slice(1) };
}

/** Return the texts of a list that a block makes: a row of a table is one. @param {Block} block @param {any} type */
function lines(block, type) {
  if (block.type === "picture") return []; // none come this far
  if (block.type === "table") return rowsOf(block).map((text) => line(type, [{ text, strong: false }]));
  return [line(type, type === nodes.brief ? asLeadIn(block.runs) : [{ text: textOf(block), strong: false }])];
}

/** Items of short news and attachments have marks and numbers of their own. @param {any} type @param {Run[]} runs */
function line(type, [first, ...rest]) {
  const isMarked = type === nodes.brief || type === nodes.attachment;
  return type.create(null, [isMarked ? { ...first, text: withoutMark(first.text) } : first, ...rest].flatMap(textNode));
}

/** Return runs of which only what opens the text is strong. Where all is bold, nothing is a lead-in. */
/** @param {Run[]} runs @returns {Run[]} */
function asLeadIn(runs) {
  const isAll = runs.every((run) => run.strong);
  return runs.map((run, at) => ({ ...run, strong: run.strong && at === 0 && !isAll }));
}

/** Return a text without the mark or number of a list. @param {string} text */
function withoutMark(text) {
  return text.replace(BRIEF_MARK, "").replace(NUMBER_MARK, "");
}

/** @param {Run} run */
function textNode({ text, strong }) {
  return text.split("\n").flatMap((line, number) => [
    ...(number ? [nodes.hard_break.create()] : []),
    ...(line ? [schema.text(line, strong ? [marks.lead_in.create()] : [])] : []),
  ]);
}
