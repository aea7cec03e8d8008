// The annex (附件): it begins a page and holds every block but another annex.

import { inline } from "../text.js";
import { WORDS } from "./values.js";

/** @typedef {import("./kinds.js").BlockKind} BlockKind */

/** @type {BlockKind} */
export const annex = {
  nodes: {
    annex: {
      content: "annex_title block+",
      group: "part",
      defining: true,
      attrs: { label: WORDS },
      toDOM: (/** @type {any} */ node) => ["section", { class: "annex", "data-label": node.attrs.label ?? "附件" }, 0],
    },
    annex_title: { content: "(text | hard_break)*", marks: "", defining: true, toDOM: () => ["h3", 0] },
  },
  read: (schema, { label = null, title, body }, readBody) =>
    schema.nodes.annex.create({ label }, [
      schema.nodes.annex_title.create(null, inline(schema, title, { breaks: true })),
      ...readBody(body),
    ]),
  write(node, at, pointer, writing, writeBody) {
    const title = writing.string(node.firstChild, at + 2, `${pointer}/title`);
    const body = writeBody(node, at, `${pointer}/body`, 1, writing);
    return { type: "annex", ...(node.attrs.label ? { label: node.attrs.label } : {}), title, body };
  },
};
