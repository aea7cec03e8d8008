// What is gathered while a manuscript is written as issue JSON: where every text of it stands.

import { charactersIn, stringOf } from "./text.js";

/** @typedef {import("../vendor/prosemirror.js").Node} Node */
/** @typedef {import("./text.js").Place} Place */

export class Writing {
  constructor() {
    /** @type {Place[]} */
    this.places = [];
  }

  /**
   * Return the string of a text block, and note where it stands. `at` is its first position.
   * @param {Node} node @param {number} at @param {string} pointer @param {number} [base]
   */
  string(node, at, pointer, base = 0) {
    this.places.push({ pointer, base, at, node });
    return stringOf(node);
  }

  /**
   * Return the text blocks within a node as one string, a line each.
   * @param {Node} parent @param {number} at @param {string} pointer
   */
  lines(parent, at, pointer) {
    /** @type {string[]} */
    const lines = [];
    let base = 0;
    parent.forEach((/** @type {Node} */ line, /** @type {number} */ offset) => {
      lines.push(this.string(line, at + offset + 1, pointer, base));
      base += charactersIn(lines[lines.length - 1]) + 1;
    });
    return lines.join("\n");
  }

  /**
   * Return the strings of the text blocks within a node.
   * @param {Node} parent @param {number} at @param {string} pointer
   */
  list(parent, at, pointer) {
    /** @type {string[]} */
    const strings = [];
    parent.forEach((/** @type {Node} */ line, /** @type {number} */ offset) => {
      strings.push(this.string(line, at + offset + 1, `${pointer}/${strings.length}`));
    });
    return strings;
  }
}

/** Leave out what has no value, as the contract does. @param {Record<string, any>} record */
export function given(record) {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null && value !== ""));
}
