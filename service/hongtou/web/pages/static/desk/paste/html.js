// HTML as Word, WPS, WeChat, spreadsheets and web pages put it on the clipboard → paragraphs and tables.
//
// A pure function over a detached document: nothing is loaded, nothing runs. No program is looked for by
// its name: WPS says that it is Word, and marks words `mso-spacerun`, which Word uses for spaces.

import { Cleaning, tidy } from "./tidy.js";

/** @typedef {import("./tidy.js").Run} Run */
/** @typedef {{ type: "paragraph", runs: Run[] } | { type: "table", rows: any[][] }} Block */
/** @typedef {{ blocks: Block[], cleaning: Cleaning }} Read */

const BLOCKS = new Set(
  "P DIV LI H1 H2 H3 H4 H5 H6 SECTION ARTICLE BLOCKQUOTE TR TABLE UL OL BODY PRE DT DD FIGURE".split(" "),
);
const SILENT = new Set(
  "STYLE SCRIPT META LINK TITLE HEAD IFRAME OBJECT SVG MATH TEMPLATE NOSCRIPT SELECT BUTTON INPUT TEXTAREA".split(" "),
);
const OFFICE_TAGS = /<\/?o:p[^>]*>/gi;
const CONDITIONS = /<!--\[if !?(?:support|vml|mso)[^\]]*\]>|<!\[endif\]-->|<!\[if[^\]]*\]>|<!\[endif\]>/gi;
const HIDDEN = /display\s*:\s*none|mso-hide\s*:\s*all/i;
const NOTE = /mso-element\s*:\s*(?:comment|footnote|endnote)/i;
const NOTE_MARK = /^(?:_ftnref|_ednref|_msocom)/i;
const AUTOMATIC_NUMBER = /mso-list\s*:\s*Ignore/i;
const RAISED = Object.fromEntries([..."0123456789+-=()n"].map((char, at) => [char, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"[at]]));
const LOWERED = Object.fromEntries([..."0123456789+-=()"].map((char, at) => [char, "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"[at]]));
const MOST_SPANNED = 50;

/** @param {string} html @returns {Read} */
export function readHtml(html) {
  const page = new DOMParser().parseFromString(html.replace(OFFICE_TAGS, "").replace(CONDITIONS, ""), "text/html");
  const reader = new HtmlReader();
  reader.cleaning.styles = page.querySelectorAll("[style],font,[class^=Mso],[class^=mso]").length;
  reader.children(page.body, false);
  reader.endParagraph();
  return { blocks: reader.blocks, cleaning: reader.cleaning };
}

class HtmlReader {
  constructor() {
    this.cleaning = new Cleaning();
    /** @type {Block[]} */
    this.blocks = [];
    /** @type {Run[]} */
    this.runs = [];
  }

  endParagraph() {
    const runs = tidy(this.runs, this.cleaning);
    if (runs.length) this.blocks.push({ type: "paragraph", runs });
    this.runs = [];
  }

  /** @param {Node} parent @param {boolean} strong */
  children(parent, strong) {
    for (const child of [...parent.childNodes]) this.node(child, strong);
  }

  /** @param {Node} node @param {boolean} strong */
  node(node, strong) {
    if (node.nodeType === Node.TEXT_NODE) this.text(node.textContent ?? "", strong);
    else if (node.nodeType === Node.ELEMENT_NODE) this.element(/** @type {HTMLElement} */ (node), strong);
  }

  /** @param {string} text @param {boolean} strong */
  text(text, strong) {
    this.runs.push({ text: text.replace(/[\r\n\t]+/g, " "), strong });
  }

  /** @param {HTMLElement} element @param {boolean} strong */
  element(element, strong) {
    const tag = element.tagName.toUpperCase();
    const style = element.getAttribute("style") ?? "";
    if (SILENT.has(tag)) return;
    if (tag === "IMG" || (tag === "FIGURE" && element.dataset.image)) this.cleaning.pictures += 1; // or one of a desk
    if (tag === "IMG") return;
    if (HIDDEN.test(style)) this.cleaning.hidden += 1;
    else if (NOTE.test(style) || NOTE_MARK.test(element.getAttribute("name") ?? "")) this.cleaning.notes += 1;
    else if (AUTOMATIC_NUMBER.test(style)) this.text((element.textContent ?? "").replace(/[\s\u00a0]+/g, ""), strong);
    else if (tag === "BR") this.endParagraph();
    else if (tag === "SUP" || tag === "SUB") this.script(element, tag === "SUP" ? RAISED : LOWERED, strong);
    else if (tag === "TABLE") this.table(/** @type {HTMLTableElement} */ (element), strong);
    else this.block(element, BLOCKS.has(tag), isStrong(tag, style, strong));
  }

  /** @param {HTMLElement} element @param {boolean} isBlock @param {boolean} strong */
  block(element, isBlock, strong) {
    if (isBlock) this.endParagraph();
    this.children(element, strong);
    if (isBlock) this.endParagraph();
  }

  /** Raised and lowered figures are characters of their own: km², CO₂. */
  /** @param {HTMLElement} element @param {Record<string, string>} signs @param {boolean} strong */
  script(element, signs, strong) {
    const text = element.textContent ?? "";
    const signed = [...text].map((char) => signs[char] ?? char).join("");
    if (signed !== text) this.cleaning.scripts += 1;
    this.text(signed, strong);
  }

  /** @param {HTMLTableElement} table @param {boolean} strong */
  table(table, strong) {
    this.endParagraph();
    const cells = table.querySelectorAll("td,th");
    if (cells.length === 1) this.children(cells[0], strong); // a frame that was drawn as a table
    else {
      const rows = [...table.rows].map((row) => [...row.cells].map((cell) => this.cell(cell))).filter((row) => row.length);
      if (rows.length) this.blocks.push({ type: "table", rows });
    }
    this.endParagraph();
  }

  /** @param {HTMLTableCellElement} cell */
  cell(cell) {
    const inner = new HtmlReader();
    inner.children(cell, false);
    inner.endParagraph();
    this.cleaning.add(inner.cleaning);
    const text = inner.blocks.map(textOf).join("\n");
    const colspan = Math.min(cell.colSpan || 1, MOST_SPANNED);
    const rowspan = Math.min(cell.rowSpan || 1, MOST_SPANNED);
    return colspan > 1 || rowspan > 1 ? { text, colspan, rowspan } : text;
  }
}

/** Return the words of a block in one line. @param {Block} block */
export function textOf(block) {
  if (block.type === "paragraph") return block.runs.map((run) => run.text).join("");
  return block.rows.map((row) => row.map((cell) => cell.text ?? cell).join(" ")).join(" ");
}

/** @param {string} tag @param {string} style @param {boolean} strong */
function isStrong(tag, style, strong) {
  const weight = /font-weight\s*:\s*([a-z0-9]+)/i.exec(style)?.[1];
  if (weight) return weight === "bold" || weight === "bolder" || Number(weight) >= 600;
  return strong || tag === "B" || tag === "STRONG";
}
