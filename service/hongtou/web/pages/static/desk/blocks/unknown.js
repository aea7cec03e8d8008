// What this desk cannot read of a body: a block of a newer release, or one that a program wrote otherwise. It stands in the
// manuscript as one thing, stays as it came and can be taken out; the findings say what is wrong with it.

/** @typedef {import("./kinds.js").BlockKind} BlockKind */

/** @type {BlockKind} */
export const unknown = {
  nodes: {
    unknown: {
      group: "block",
      attrs: { block: { default: null } }, // as it came
      toDOM: (/** @type {any} */ node) => ["p", { class: "unknown-block" }, `这里有一块${named(node.attrs.block)}，这个版本认不得，原样留着`],
    },
  },
  read: (schema, block) => schema.nodes.unknown.create({ block }),
  write: (node) => node.attrs.block,
};

/** @param {any} block */
function named(block) {
  return typeof block?.type === "string" ? `“${block.type}”` : "内容";
}
