// Manuscript → the articles and short news of the issue JSON, and where each of their texts stands.

import { BY_NODE } from "./blocks/kinds.js";
import { Writing, given } from "./writing.js";

/** @typedef {import("./text.js").Place} Place */

/**
 * @param {any} doc
 * @returns {{ articles: any[], briefs: any[], places: Place[] }}
 */
export function writeManuscript(doc) {
  const writing = new Writing();
  const groups = count(doc, "briefs");
  /** @type {any[]} */
  const articles = [];
  /** @type {any[]} */
  const briefs = [];
  doc.forEach((/** @type {any} */ part, /** @type {number} */ at) => {
    if (part.type.name === "article") {
      articles.push(writeArticle(part, at, `/articles/${articles.length}`, writing));
    } else {
      const pointer = groups === 1 ? "/briefs" : `/briefs/${briefs.length}`;
      briefs.push(writeBriefs(part, at, pointer, writing));
    }
  });
  return { articles, briefs, places: writing.places };
}

/** Return the issue with these articles and short news. @param {any} issue @param {any} manuscript */
export function withManuscript(issue, { articles, briefs }) {
  const { articles: _articles, briefs: _briefs, ...rest } = issue;
  return {
    ...rest,
    ...(articles.length ? { articles } : {}),
    ...(briefs.length ? { briefs: briefs.length === 1 ? briefs[0] : briefs } : {}),
  };
}

/** @param {any} article @param {number} at @param {string} pointer @param {Writing} writing */
function writeArticle(article, at, pointer, writing) {
  /** @type {any} */
  const written = {};
  let heads = 0;
  article.forEach((/** @type {any} */ child, /** @type {number} */ offset) => {
    const name = child.type.name;
    if (BY_NODE[name]) return;
    heads += 1;
    const start = at + 1 + offset;
    written[name] =
      name === "editors_note"
        ? writeNote(child, start, `${pointer}/editors_note`, writing)
        : writing.string(child, start + 1, `${pointer}/${name}`);
  });
  const { contents_title } = article.attrs;
  const body = blocks(article, at, `${pointer}/body`, heads, writing);
  const { headline = "", ...others } = written;
  return { headline, ...given({ ...others, contents_title }), body };
}

/**
 * Return the blocks of a node from child number `from` on; paragraphs without a word are left out.
 * @param {any} parent @param {number} at where it begins
 * @param {string} pointer @param {number} from @param {Writing} writing
 */
function blocks(parent, at, pointer, from, writing) {
  /** @type {any[]} */
  const body = [];
  parent.forEach((/** @type {any} */ child, /** @type {number} */ offset, /** @type {number} */ number) => {
    if (number < from || isBlank(child)) return;
    const kind = BY_NODE[child.type.name];
    const path = `${pointer}/${body.length}`;
    body.push(kind.write(child, at + 1 + offset, path, writing, blocks));
  });
  return body;
}

/** @param {any} node */
function isBlank(node) {
  return node.type.name === "paragraph" && !node.textContent.trim();
}

/** @param {any} note @param {number} at @param {string} pointer @param {Writing} writing */
function writeNote(note, at, pointer, writing) {
  const { label, by } = note.attrs;
  if (!label && !by) return writing.lines(note, at + 1, pointer);
  return given({ label, text: writing.lines(note, at + 1, `${pointer}/text`), by });
}

/** @param {any} group @param {number} at @param {string} pointer @param {Writing} writing */
function writeBriefs(group, at, pointer, writing) {
  /** @type {any} */
  const written = { items: [] };
  /** @type {any} */
  let headline = null;
  group.forEach((/** @type {any} */ child, /** @type {number} */ offset) => {
    const start = at + 1 + offset;
    const item = `${pointer}/items/${written.items.length}`;
    switch (child.type.name) {
      case "section":
        written.section = writing.string(child, start + 1, `${pointer}/section`);
        break;
      case "briefs_heading":
        written.heading = writing.string(child, start + 1, `${pointer}/heading`);
        break;
      case "brief_headline":
        headline = writing.string(child, start + 1, `${item}/headline`);
        break;
      default: {
        if (!headline && !child.textContent.trim()) return;
        const { byline } = child.attrs;
        const isPlain = !headline && !byline;
        const text = writing.string(child, start + 1, isPlain ? item : `${item}/text`);
        written.items.push(isPlain ? text : given({ headline, text, byline }));
        headline = null;
      }
    }
  });
  const { items, ...heads } = written;
  return { ...given({ ...heads, mark: group.attrs.mark }), items };
}

/** @param {any} doc @param {string} name */
function count(doc, name) {
  let found = 0;
  doc.forEach((/** @type {any} */ part) => (found += Number(part.type.name === name)));
  return found;
}
