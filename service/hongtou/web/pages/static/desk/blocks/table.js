// Tables: the grid of prosemirror-tables between its caption, its unit and its notes.

import { tableNodes } from "../../vendor/prosemirror.js";
import { inline } from "../text.js";
import { given } from "../writing.js";
import { NUMBER, STRINGS, WORDS } from "./values.js";

/** @typedef {import("./kinds.js").BlockKind} BlockKind */

const grid = tableNodes({
  tableGroup: "",
  cellContent: "cell_text+",
  cellAttributes: {
    align: {
      ...WORDS,
      getFromDOM: (cell) => cell.getAttribute("data-align"),
      setDOMAttr: (value, attributes) => {
        if (value) attributes["data-align"] = value;
      },
    },
  },
});

/** @param {string} name */
const line = (name) => ({ content: "text*", marks: "", toDOM: () => ["p", { class: name.replace("_", "-") }, 0] });

/** @type {BlockKind} */
export const table = {
  nodes: {
    table_block: {
      content: "table_caption table_unit table table_notes?",
      group: "block",
      attrs: { align: STRINGS, orientation: WORDS, total_rows: NUMBER },
      toDOM: () => ["div", { class: "table-block" }, 0],
    },
    table_caption: line("table_caption"),
    table_unit: line("table_unit"),
    table_notes: { content: "table_note+", toDOM: () => ["div", { class: "table-notes" }, 0] },
    table_note: line("table_note"),
    ...grid,
    cell_text: {
      content: "text*",
      marks: "",
      parseDOM: [{ tag: "p", context: "table_cell/|table_header/" }],
      toDOM: () => ["p", 0],
    },
  },
  read(schema, { caption, unit, header, rows = header?.length ? [] : [[""]], notes, align = null, orientation = null, total_rows = null }) {
    const { nodes } = schema;
    const isOneRow = header?.length && !header.some(Array.isArray);
    const head = isOneRow ? [header] : (header ?? []);
    /** @param {any[]} cells @param {any} type */
    const row = (cells, type) => nodes.table_row.create(null, cells.map((cell) => readCell(schema, cell, type)));
    const parts = [
      nodes.table_caption.create(null, inline(schema, caption)),
      nodes.table_unit.create(null, inline(schema, unit)),
      nodes.table.create(null, [
        ...head.map((/** @type {any[]} */ cells) => row(cells, nodes.table_header)),
        ...rows.map((/** @type {any[]} */ cells) => row(cells, nodes.table_cell)),
      ]),
    ];
    if (notes?.length) {
      const lines = notes.map((/** @type {string} */ one) => nodes.table_note.create(null, inline(schema, one)));
      parts.push(nodes.table_notes.create(null, lines));
    }
    return nodes.table_block.create({ align, orientation, total_rows }, parts);
  },
  write(node, at, pointer, writing) {
    /** @type {any} */
    const written = { type: "table" };
    node.forEach((/** @type {any} */ part, /** @type {number} */ offset) => {
      const start = at + 1 + offset;
      switch (part.type.name) {
        case "table_caption":
          written.caption = writing.string(part, start + 1, `${pointer}/caption`);
          break;
        case "table_unit":
          written.unit = writing.string(part, start + 1, `${pointer}/unit`);
          break;
        case "table_notes":
          written.notes = writing.list(part, start + 1, `${pointer}/notes`).filter((note) => note.trim());
          break;
        default:
          Object.assign(written, writeGrid(part, start, pointer, writing));
      }
    });
    if (!written.notes?.length) delete written.notes;
    const { align, orientation, total_rows } = node.attrs;
    return given({ ...written, align, orientation, total_rows });
  },
};

/** @param {any} schema @param {any} cell @param {any} type */
function readCell(schema, cell, type) {
  const { text, colspan = 1, rowspan = 1, align = null } = typeof cell === "string" ? { text: cell } : cell;
  const lines = text.split("\n").map((/** @type {string} */ one) => schema.nodes.cell_text.create(null, inline(schema, one)));
  return type.create({ colspan: colspan ?? 1, rowspan: rowspan ?? 1, align }, lines);
}

/**
 * Return the header and the rows. The header is the rows at the top of nothing but header cells.
 * @param {any} node @param {number} at @param {string} pointer @param {import("../writing.js").Writing} writing
 */
function writeGrid(node, at, pointer, writing) {
  /** @type {any[]} */
  const all = [];
  node.forEach((/** @type {any} */ row) => all.push(row));
  const first = all.findIndex((row) => !isHeader(row));
  const headers = first < 0 ? all.length - 1 : first; // a table of headers alone has one row
  /** @type {any[][]} */
  const written = [];
  node.forEach((/** @type {any} */ row, /** @type {number} */ offset, /** @type {number} */ number) => {
    const path =
      number >= headers ? `rows/${number - headers}` : headers === 1 ? "header" : `header/${number}`;
    written.push(writeRow(row, at + 1 + offset, `${pointer}/${path}`, writing));
  });
  const header = written.slice(0, headers);
  const rows = written.slice(headers);
  return headers ? { header: headers === 1 ? header[0] : header, rows } : { rows };
}

/** @param {any} row */
function isHeader(row) {
  let headers = 0;
  row.forEach((/** @type {any} */ cell) => (headers += Number(cell.type.name === "table_header")));
  return headers === row.childCount;
}

/** @param {any} row @param {number} at @param {string} pointer @param {import("../writing.js").Writing} writing */
function writeRow(row, at, pointer, writing) {
  /** @type {any[]} */
  const cells = [];
  row.forEach((/** @type {any} */ cell, /** @type {number} */ offset) => {
    const { colspan, rowspan, align } = cell.attrs;
    const isPlain = colspan === 1 && rowspan === 1 && !align;
    const path = `${pointer}/${cells.length}${isPlain ? "" : "/text"}`;
    const text = writing.lines(cell, at + 1 + offset + 1, path);
    const spans = { ...(colspan > 1 ? { colspan } : {}), ...(rowspan > 1 ? { rowspan } : {}) };
    cells.push(isPlain ? text : { text, ...spans, ...(align ? { align } : {}) });
  });
  return cells;
}
