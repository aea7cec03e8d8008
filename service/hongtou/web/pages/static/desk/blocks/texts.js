// Blocks that are one text: paragraphs, headings, notes, salutations.

import { inline } from "../text.js";

/** @typedef {import("./kinds.js").BlockKind} BlockKind */

/** @type {BlockKind} */
export const paragraph = {
  nodes: {
    paragraph: {
      content: "text*",
      marks: "lead_in",
      group: "block",
      attrs: { explicit: { default: false, validate: "boolean" } }, // said to be a paragraph, whatever it begins with
      parseDOM: [{ tag: "p" }],
      toDOM: () => ["p", 0],
    },
  },
  read: (schema, { text }) =>
    schema.nodes.paragraph.create({ explicit: true }, inline(schema, text, { leadIns: true })),
  write: (node, at, pointer, writing) =>
    node.attrs.explicit
      ? { type: "paragraph", text: writing.string(node, at + 1, `${pointer}/text`) }
      : writing.string(node, at + 1, pointer),
};

/** @type {BlockKind} */
export const heading = {
  nodes: {
    heading: {
      content: "text*",
      marks: "",
      group: "block",
      attrs: { level: { default: 1, validate: "number" } },
      toDOM: (/** @type {any} */ node) => ["p", { class: `heading as-heading-${node.attrs.level}` }, 0],
    },
  },
  read: (schema, { level, text }) => schema.nodes.heading.create({ level }, inline(schema, text)),
  write: (node, at, pointer, writing) => ({
    type: "heading",
    level: node.attrs.level,
    text: writing.string(node, at + 1, `${pointer}/text`),
  }),
};

export const note = textBlock("note");
export const salutation = textBlock("salutation");

/** Return the kind of a block that has a text and nothing else. @param {string} name @returns {BlockKind} */
function textBlock(name) {
  return {
    nodes: {
      [name]: { content: "text*", marks: "", group: "block", toDOM: () => ["p", { class: name }, 0] },
    },
    read: (schema, { text }) => schema.nodes[name].create(null, inline(schema, text)),
    write: (node, at, pointer, writing) => ({
      type: name,
      text: writing.string(node, at + 1, `${pointer}/text`),
    }),
  };
}
