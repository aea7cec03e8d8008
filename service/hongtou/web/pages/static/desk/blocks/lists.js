// Blocks that are lists of lines: attachments, sign-offs; and the page break.

import { shownDate } from "../dates.js";
import { inline } from "../text.js";
import { WORDS } from "./values.js";

/** @typedef {import("./kinds.js").BlockKind} BlockKind */

/** @type {BlockKind} */
export const attachments = {
  nodes: {
    attachments: {
      content: "attachment+",
      group: "block",
      toDOM: () => ["ol", { class: "attachments" }, 0],
    },
    attachment: { content: "text*", marks: "", toDOM: () => ["li", 0] },
  },
  read: (schema, { items = [""] }) => schema.nodes.attachments.create(null, lines(schema, "attachment", items)),
  write: (node, at, pointer, writing) => ({
    type: "attachments",
    items: writing.list(node, at + 1, `${pointer}/items`),
  }),
};

/** @type {BlockKind} */
export const signoff = {
  nodes: {
    signoff: {
      content: "signoff_body+",
      group: "block",
      attrs: { date: WORDS },
      toDOM: (/** @type {any} */ node) => ["div", { class: "signoff", "data-date": shownDate(node.attrs.date) }, 0],
    },
    signoff_body: { content: "text*", marks: "", toDOM: () => ["p", 0] },
  },
  read: (schema, { bodies, date = null }) =>
    schema.nodes.signoff.create({ date }, lines(schema, "signoff_body", bodies ?? [""])),
  write(node, at, pointer, writing) {
    const bodies = writing.list(node, at + 1, `${pointer}/bodies`).filter((body) => body.trim());
    return {
      type: "signoff",
      ...(bodies.length ? { bodies } : {}),
      ...(node.attrs.date ? { date: node.attrs.date } : {}),
    };
  },
};

/** @type {BlockKind} */
export const pageBreak = {
  nodes: { page_break: { group: "block", toDOM: () => ["hr", { class: "page-break" }] } },
  read: (schema) => schema.nodes.page_break.create(),
  write: () => ({ type: "page_break" }),
};

/** @param {any} schema @param {string} name @param {string[]} strings */
function lines(schema, name, strings) {
  return strings.map((string) => schema.nodes[name].create(null, inline(schema, string)));
}
