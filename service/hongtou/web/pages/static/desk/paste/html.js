// HTML as Word, WPS, WeChat, spreadsheets and web pages put it on the clipboard → paragraphs and tables.
//
// A pure function over a detached document: nothing is loaded, nothing runs. No program is looked for by
// its name: WPS says that it is Word, and marks words `mso-spacerun`, which Word uses for spaces.
//
// Conditional comments stay comments: what Word writes in `<!--[if …]>` for itself alone (field codes, VML) is no
// text, and what it writes in `<![if …]>` for everybody is not inside a comment.

import { pictureIn } from "./embedded.js";
import { isBullet, numberOf } from "./numbering.js";
import { symbolsOf } from "./symbols.js";
import { Cleaning, tidy } from "./tidy.js";

/** @typedef {import("./tidy.js").Run} Run */
/** @typedef {{ type: "table", caption: string, rows: any[][] }} Table */
/** `image` is the name of a picture once the issue has it. @typedef {{ type: "picture", file: File, image?: string }} Picture */
/** `goesOn`: what follows is the next line of the same title. @typedef {{ type: "paragraph", runs: Run[], goesOn?: boolean } | Table | Picture} Block */
/** @typedef {{ blocks: Block[], cleaning: Cleaning }} Read */

const BLOCKS = new Set(
  "P DIV LI H1 H2 H3 H4 H5 H6 SECTION ARTICLE BLOCKQUOTE TR TABLE UL OL BODY PRE DT DD FIGURE".split(" "),
);
const SILENT = new Set(
  "STYLE SCRIPT META LINK TITLE HEAD IFRAME OBJECT SVG MATH TEMPLATE NOSCRIPT SELECT BUTTON INPUT TEXTAREA".split(" "),
);
const OFFICE_TAGS = /<\/?o:p[^>]*>/gi;
const HIDDEN = /display\s*:\s*none|mso-hide\s*:\s*all/i;
const NOTE = /mso-element\s*:\s*(?:comment|footnote|endnote)|mso-special-character\s*:\s*comment/i;
const NOTE_MARK = /^(?:_ftnref|_ednref|_msocom|_msoanchor)/i;
/** What titles stand in: a line that ends there is no end of the title. */
const TITLE = "h1,h2,h3,h4,h5,h6,[align=center],[style*='text-align:center' i],[style*='text-align: center' i]";
const AUTOMATIC_NUMBER = /mso-list\s*:\s*Ignore/i;
const LINES_KEPT = /white-space\s*:\s*(?:pre|break-spaces)/i;
const WEIGHT = /(?:^|[;\s])font-weight\s*:\s*([a-z0-9]+)/i; // not mso-bidi-font-weight, that of Arabic beside it
const RAISED = Object.fromEntries([..."0123456789+-=()n"].map((char, at) => [char, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"[at]]));
const LOWERED = Object.fromEntries([..."0123456789+-=()"].map((char, at) => [char, "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"[at]]));
const LINE_ENDS = /\r\n?|\n/;
const MOST_SPANNED = 50;

/** @param {string} html @returns {Read} */
export function readHtml(html) {
  const page = new DOMParser().parseFromString(html.replace(OFFICE_TAGS, ""), "text/html");
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
    /** The number of an item of a list, until its first words come. */
    this.number = "";
  }

  endParagraph(goesOn = false) {
    const runs = tidy(this.runs, this.cleaning);
    this.runs = [];
    if (!runs.length) {
      if (!goesOn) this.endTitle();
      return;
    }
    this.blocks.push({ type: "paragraph", runs: this.number ? [{ text: this.number, strong: false }, ...runs] : runs, goesOn });
    this.number = "";
  }

  /** Nothing came behind the last line of a title. */
  endTitle() {
    const last = this.blocks[this.blocks.length - 1];
    if (last?.type === "paragraph") last.goesOn = false;
  }

  /** @param {Node} parent @param {boolean} strong */
  children(parent, strong) {
    for (const child of [...parent.childNodes]) this.node(child, strong);
  }

  /** @param {Node} node @param {boolean} strong */
  node(node, strong) {
    if (node.nodeType === Node.TEXT_NODE) this.words(/** @type {Text} */ (node), strong);
    else if (node.nodeType === Node.ELEMENT_NODE) this.element(/** @type {HTMLElement} */ (node), strong);
  }

  /** A line of the source ends a paragraph only where it is shown as one. @param {Text} node @param {boolean} strong */
  words(node, strong) {
    const lines = node.data.split(LINE_ENDS);
    if (!keepsLines(node.parentElement)) return this.text(lines.join("\n"), strong);
    lines.forEach((line, number) => {
      if (number) this.endParagraph();
      this.text(line, strong);
    });
  }

  /** @param {string} text @param {boolean} strong */
  text(text, strong) {
    this.runs.push({ text: text.replace(/\t+/g, " "), strong });
  }

  /** @param {HTMLElement} element @param {boolean} strong */
  element(element, strong) {
    const tag = element.tagName.toUpperCase();
    const style = element.getAttribute("style") ?? "";
    if (SILENT.has(tag)) return;
    if (tag === "FIGURE" && element.dataset.image) this.cleaning.pictures += 1; // one of a desk
    if (tag === "IMG") return this.picture(element);
    if (tag === "LI") this.number = numberOf(element);
    if (HIDDEN.test(style)) this.cleaning.hidden += 1;
    else if (tag === "DEL") this.cleaning.deleted += 1;
    else if (NOTE.test(style) || NOTE_MARK.test(element.getAttribute("name") ?? "")) this.cleaning.notes += 1;
    else if (AUTOMATIC_NUMBER.test(style)) this.automaticNumber(element, strong);
    else if (symbolsOf(element, style) !== null) this.symbols(symbolsOf(element, style) ?? "", strong);
    else if (tag === "BR") this.endParagraph(Boolean(element.closest(TITLE)));
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

  /** A picture that the HTML holds itself comes along; one that would have to be fetched does not. @param {HTMLElement} element */
  picture(element) {
    const file = pictureIn(element.getAttribute("src") ?? "");
    if (!file) {
      this.cleaning.pictures += 1;
      return;
    }
    this.endParagraph();
    this.blocks.push({ type: "picture", file });
  }

  /** @param {HTMLElement} element @param {boolean} strong */
  automaticNumber(element, strong) {
    const number = (element.textContent ?? "").replace(/[\s\u00a0]+/g, "");
    if (isBullet(number)) this.cleaning.bullets += 1;
    else this.text(number, strong);
  }

  /** @param {string} text @param {boolean} strong */
  symbols(text, strong) {
    this.cleaning.symbols += 1;
    this.text(text, strong);
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
    const rows = this.shown([...table.rows]).map((row) => this.shown([...row.cells])).filter((row) => row.length);
    if (rows.length === 1 && rows[0].length === 1) this.children(rows[0][0], strong); // a frame that was drawn as a table
    else if (rows.length) {
      const caption = table.caption ? this.linesOf(table.caption).replace(/\n/g, " ") : "";
      this.blocks.push({ type: "table", caption, rows: rows.map((row) => row.map((cell) => this.cell(cell))) });
    }
    this.endParagraph();
  }

  /** Leave out the rows or cells that a spreadsheet hides. @template {HTMLElement} T @param {T[]} elements */
  shown(elements) {
    const found = elements.filter((element) => !HIDDEN.test(element.getAttribute("style") ?? ""));
    this.cleaning.hidden += elements.length - found.length;
    return found;
  }

  /** Return the words of an element, its paragraphs as lines. @param {HTMLElement} element */
  linesOf(element) {
    const inner = new HtmlReader();
    inner.children(element, false);
    inner.endParagraph();
    this.cleaning.add(inner.cleaning);
    this.cleaning.pictures += inner.blocks.filter(({ type }) => type === "picture").length;
    return inner.blocks.filter(({ type }) => type !== "picture").map(textOf).join("\n");
  }

  /** @param {HTMLTableCellElement} cell */
  cell(cell) {
    const text = this.linesOf(cell);
    const colspan = Math.min(cell.colSpan || 1, MOST_SPANNED);
    const rowspan = Math.min(cell.rowSpan || 1, MOST_SPANNED);
    return colspan > 1 || rowspan > 1 ? { text, colspan, rowspan } : text;
  }
}

/** Return the words of a block in one line. @param {Block} block */
export function textOf(block) {
  if (block.type === "paragraph") return block.runs.map((run) => run.text).join("");
  return block.type === "table" ? rowsOf(block).join(" ") : "";
}

/** Return the words of each row of a table, its caption before them. @param {Table} table */
export function rowsOf({ caption, rows }) {
  return [...(caption ? [caption] : []), ...rows.map((row) => row.map((cell) => cell.text ?? cell).join(" ").replaceAll("\n", " ").trim())];
}

/** Tell whether the lines of a text are shown as they stand in the source. @param {Element | null} parent */
function keepsLines(parent) {
  const said = parent?.closest("pre,[style*='white-space']");
  const style = said?.getAttribute("style") ?? "";
  return Boolean(said) && (style.includes("white-space") ? LINES_KEPT.test(style) : said?.tagName === "PRE");
}

/** @param {string} tag @param {string} style @param {boolean} strong */
function isStrong(tag, style, strong) {
  const weight = WEIGHT.exec(style)?.[1];
  if (weight) return weight === "bold" || weight === "bolder" || Number(weight) >= 600;
  return strong || tag === "B" || tag === "STRONG";
}
