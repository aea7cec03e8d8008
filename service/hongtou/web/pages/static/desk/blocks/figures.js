// Pictures with their captions: one, or two or three side by side.

import { inline } from "../text.js";
import { given } from "../writing.js";
import { NUMBER, WORDS } from "./values.js";

/** @typedef {import("./kinds.js").BlockKind} BlockKind */

const picture = { image: { default: "", validate: "string" }, alt: WORDS };

/** @type {BlockKind} */
export const figure = {
  nodes: {
    figure: {
      content: "figure_caption",
      group: "block",
      draggable: true, // by its picture
      attrs: { ...picture, width_mm: NUMBER },
      toDOM: (/** @type {any} */ node) => ["figure", { "data-image": node.attrs.image }, 0],
    },
    figure_caption: { content: "text*", marks: "", toDOM: () => ["figcaption", 0] },
  },
  read: (schema, { image, caption, alt = null, width_mm = null }) =>
    schema.nodes.figure.create({ image, alt, width_mm }, captioned(schema, caption)),
  write: (node, at, pointer, writing) =>
    given({
      type: "figure",
      image: node.attrs.image,
      caption: writing.string(node.firstChild, at + 2, `${pointer}/caption`),
      alt: node.attrs.alt,
      width_mm: node.attrs.width_mm,
    }),
};

/** @type {BlockKind} */
export const figures = {
  nodes: {
    figures: {
      content: "row_figure row_figure row_figure? figure_caption",
      group: "block",
      toDOM: () => ["div", { class: "figures" }, 0],
    },
    row_figure: {
      content: "figure_caption",
      attrs: picture,
      toDOM: (/** @type {any} */ node) => ["figure", { "data-image": node.attrs.image }, 0],
    },
  },
  read: (schema, { items = [], caption }) =>
    schema.nodes.figures.create(null, [
      ...items.map((/** @type {any} */ { image, caption: own, alt = null }) =>
        schema.nodes.row_figure.create({ image, alt }, captioned(schema, own)),
      ),
      captioned(schema, caption),
    ]),
  write(node, at, pointer, writing) {
    /** @type {any[]} */
    const items = [];
    let caption = "";
    node.forEach((/** @type {any} */ child, /** @type {number} */ offset) => {
      const start = at + 1 + offset;
      if (child.type.name === "figure_caption") {
        caption = writing.string(child, start + 1, `${pointer}/caption`);
        return;
      }
      const own = writing.string(child.firstChild, start + 2, `${pointer}/items/${items.length}/caption`);
      items.push(given({ image: child.attrs.image, caption: own, alt: child.attrs.alt }));
    });
    return given({ type: "figures", items, caption });
  },
};

/** @param {any} schema @param {string | null | undefined} caption */
function captioned(schema, caption) {
  return schema.nodes.figure_caption.create(null, inline(schema, caption));
}
