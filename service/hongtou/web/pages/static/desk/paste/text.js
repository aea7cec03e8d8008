// Plain text from the clipboard → paragraphs, and tables where several lines have as many tabs.

import { Cleaning, tidy } from "./tidy.js";

/** @typedef {import("./html.js").Read} Read */
/** @typedef {import("./html.js").Block} Block */

const LINE_ENDS = /\r\n?|\n|\u2028|\u2029/;

/** @param {string} string @returns {Read} */
export function readText(string) {
  const cleaning = new Cleaning();
  const lines = string.split(LINE_ENDS);
  /** @type {Block[]} */
  const blocks = [];
  for (let at = 0; at < lines.length; at += 1) {
    const end = tableEnd(lines, at);
    if (end - at > 1) {
      blocks.push({ type: "table", caption: "", rows: lines.slice(at, end).map((line) => line.split("\t").map((cell) => cell.trim())) });
      at = end - 1;
      continue;
    }
    const runs = tidy([{ text: lines[at].replace(/\t/g, " "), strong: false }], cleaning);
    if (runs.length) blocks.push({ type: "paragraph", runs });
  }
  return { blocks, cleaning };
}

/** Return where lines with as many tabs as this one end. @param {string[]} lines @param {number} at */
function tableEnd(lines, at) {
  const width = lines[at].split("\t").length;
  let end = at;
  while (width > 1 && end < lines.length && lines[end].split("\t").length === width) end += 1;
  return end;
}
