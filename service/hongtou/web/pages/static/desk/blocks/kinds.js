// Every block of a body, by its `type` in the issue JSON. To add one: a kind, and its row here.

import { annex } from "./annex.js";
import { figure, figures } from "./figures.js";
import { attachments, pageBreak, signoff } from "./lists.js";
import { table } from "./table.js";
import { heading, note, paragraph, salutation } from "./texts.js";
import { unknown } from "./unknown.js";

/**
 * `nodes` are its nodes in the manuscript; `read` makes them of a block of the contract; `write`
 * returns that block, of a node that begins at `at`, and notes where its texts stand.
 * @typedef {object} BlockKind
 * @property {Record<string, any>} nodes
 * @property {(schema: any, block: any, readBody: (body: any) => any[]) => any} read
 * @property {(node: any, at: number, pointer: string, writing: import("../writing.js").Writing,
 *   writeBody: (node: any, at: number, pointer: string, from: number,
 *   writing: import("../writing.js").Writing) => any[]) => any} write
 */

/** @type {Record<string, BlockKind>} */
export const KINDS = {
  paragraph,
  heading,
  table,
  figure,
  figures,
  note,
  attachments,
  salutation,
  signoff,
  page_break: pageBreak,
  annex,
};

const BY_TYPE = new Map(Object.entries(KINDS));
/** Those that the manuscript may hold: what is no block of the contract stays in it too. */
export const ALL_KINDS = [...BY_TYPE.values(), unknown];

/**
 * Return a member of a body that is no string as a node, whatever it is.
 * @param {any} schema @param {any} block @param {(body: any) => any[]} readBody
 */
export function readBlock(schema, block, readBody) {
  try {
    const read = BY_TYPE.get(block.type)?.read(schema, block, readBody);
    read?.check();
    if (read) return read;
  } catch {
    // of a known type, and yet not as the contract has it
  }
  return unknown.read(schema, block, readBody);
}

/** The kinds by the name of their outermost node, which comes first. */
export const BY_NODE = Object.fromEntries(
  ALL_KINDS.map((kind) => [Object.keys(kind.nodes)[0], kind]),
);
