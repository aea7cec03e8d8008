// What a manuscript (稿面) is made of: articles, short news, and a node for every block.

import { Schema } from "../vendor/prosemirror.js";
import { ALL_KINDS } from "./blocks/kinds.js";
import { WORDS } from "./blocks/values.js";

/** Return the node of a line. @param {string} name @param {{ tag?: string, breaks?: boolean }} [options] */
const line = (name, { tag = "p", breaks = false } = {}) => ({
  content: breaks ? "(text | hard_break)*" : "text*",
  marks: "",
  defining: true,
  parseDOM: [{ tag: `${tag}[data-line=${name}]` }],
  toDOM: () => [tag, { "data-line": name, class: name.replaceAll("_", "-") }, 0],
});

/** @type {Record<string, any>} */
const nodes = {
  doc: { content: "article* briefs*" },
  article: {
    content: "section? kicker? headline subhead? byline? editors_note? (block | part)+",
    defining: true,
    attrs: { contents_title: WORDS },
    toDOM: () => ["section", { class: "article" }, 0],
  },
  section: line("section"),
  kicker: line("kicker"),
  headline: line("headline", { tag: "h2", breaks: true }),
  subhead: line("subhead"),
  byline: line("byline"),
  editors_note: {
    content: "note_line+",
    defining: true,
    attrs: { label: WORDS, by: WORDS },
    toDOM: (/** @type {any} */ { attrs }) => [
      "div",
      { class: "editors-note", "data-label": attrs.label ?? "编者按", "data-by": attrs.by ?? "" },
      0,
    ],
  },
  note_line: { content: "text*", marks: "", toDOM: () => ["p", 0] },
  ...Object.assign({}, ...ALL_KINDS.map((kind) => kind.nodes)),
  briefs: {
    content: "section? briefs_heading (brief_headline? brief)+",
    defining: true,
    attrs: { mark: WORDS, named: { default: true, validate: "boolean" } },
    toDOM: () => ["section", { class: "briefs" }, 0], // in the manuscript group.js draws it
  },
  briefs_heading: line("briefs_heading", { tag: "h2" }),
  brief_headline: line("brief_headline"),
  brief: {
    content: "(text | hard_break)*",
    marks: "lead_in",
    attrs: { byline: WORDS },
    toDOM: (/** @type {any} */ { attrs }) => ["p", { class: "brief", "data-byline": attrs.byline ?? "" }, 0],
  },
  hard_break: { inline: true, selectable: false, parseDOM: [{ tag: "br" }], toDOM: () => ["br"] },
  text: {},
};

export const schema = new Schema({
  nodes,
  marks: {
    lead_in: {
      inclusive: false, // what is typed behind it is text again
      parseDOM: [{ tag: "strong" }, { tag: "b" }],
      toDOM: () => ["strong", 0],
    },
  },
});
