// Every block of a body, by its `type` in the issue JSON. To add one: a kind, and its row here.

import { annex } from "./annex.js";
import { figure, figures } from "./figures.js";
import { attachments, pageBreak, signoff } from "./lists.js";
import { table } from "./table.js";
import { heading, note, paragraph, salutation } from "./texts.js";

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

/** The kinds by the name of their outermost node, which comes first. */
export const BY_NODE = Object.fromEntries(
  Object.values(KINDS).map((kind) => [Object.keys(kind.nodes)[0], kind]),
);
