// Issue JSON → manuscript.

import { readBlock } from "./blocks/kinds.js";
import { schema } from "./schema.js";
import { inline } from "./text.js";

const { nodes } = schema;
const HEADING = "工作简讯"; // where a group names none

/** @typedef {import("../vendor/prosemirror.js").Node} Node */

/** Return the manuscript of an issue's articles and short news. @param {any} issue @returns {Node} */
export function readManuscript(issue) {
  const groups = issue.briefs ? [issue.briefs].flat() : [];
  return nodes.doc.createChecked(null, [
    ...(issue.articles ?? []).map(readArticle),
    ...groups.map(readBriefs),
  ]);
}

/** Return the blocks of a body. @param {any} body @returns {Node[]} */
export function readBody(body) {
  const members = typeof body === "string" ? [body] : (body ?? []);
  const blocks = members.flatMap((/** @type {any} */ member) =>
    typeof member === "string" ? paragraphs(member) : [readBlock(schema, member, readBody)],
  );
  return blocks.length ? blocks : [nodes.paragraph.create()];
}

/** Return the paragraphs of a string: every line that is not blank. @param {string} string */
export function paragraphs(string) {
  return lines(string).map((one) => nodes.paragraph.create(null, inline(schema, one, { leadIns: true })));
}

/** @param {any} article */
function readArticle(article) {
  const { section, kicker, headline, subhead, byline, editors_note, contents_title = null, body } = article;
  return nodes.article.create({ contents_title }, [
    ...optional("section", section),
    ...optional("kicker", kicker),
    nodes.headline.create(null, inline(schema, headline, { breaks: true })),
    ...optional("subhead", subhead),
    ...optional("byline", byline),
    ...(editors_note ? [readNote(editors_note)] : []),
    ...readBody(body),
  ]);
}

/** @param {any} note */
function readNote(note) {
  const { text, label = null, by = null } = typeof note === "string" ? { text: note } : note;
  const parts = lines(text).map((one) => nodes.note_line.create(null, inline(schema, one)));
  return nodes.editors_note.create({ label, by }, parts.length ? parts : [nodes.note_line.create()]);
}

/** @param {any} group */
function readBriefs({ section, heading, mark = null, items = [] }) {
  return nodes.briefs.create({ mark, named: Boolean(heading) }, [
    ...optional("section", section),
    nodes.briefs_heading.create(null, inline(schema, heading ?? HEADING)),
    ...(items.length ? items.flatMap(readBrief) : [nodes.brief.create()]), // the next issue begins so
  ]);
}

/** @param {any} item */
function readBrief(item) {
  const { headline, text, byline = null } = typeof item === "string" ? { text: item } : item;
  const words = inline(schema, lines(text).join("\n"), { breaks: true, leadIns: true });
  return [...optional("brief_headline", headline), nodes.brief.create({ byline }, words)];
}

/** @param {string} name @param {string | null | undefined} string */
function optional(name, string) {
  return string ? [nodes[name].create(null, inline(schema, string))] : [];
}

/** Return the lines of a text that are not blank; a draft may have none of it yet. @param {string | null | undefined} string */
function lines(string) {
  return (string ?? "").split("\n").filter((one) => one.trim());
}
