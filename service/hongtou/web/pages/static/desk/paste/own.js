// What was copied at a desk goes in as it was: tables with their captions, pictures, headings, sign-offs.

import { closeHistory, Slice } from "../../vendor/prosemirror.js";
import { isPicture, picturesOf } from "../pictures.js";
import { schema } from "../schema.js";
import { address, ask } from "../service.js";

/** @typedef {import("../desk.js").Desk} Desk */
/** A part of a manuscript, the page and the issue that it comes from. @typedef {{ slice: any, page: string, issue: string }} Copy */

const TYPE = "application/x-hongtou-manuscript";
const MOST_SPANNED = 50;
/** Of this page alone: its pictures are here. */
const PAGE = [...crypto.getRandomValues(new Uint8Array(8))].join("-");
const { nodes } = schema;

/** Put what is copied, cut or dragged on the clipboard as it is too, behind what the editor puts there. @param {any} view @param {string} issue */
export function keepCopies(view, issue) {
  /** @type {any} */
  let copied = null;
  view.setProps({ transformCopied: (/** @type {any} */ slice) => (copied = slice) });
  for (const event of ["copy", "cut", "dragstart"]) {
    view.dom.addEventListener(event, (/** @type {any} */ { clipboardData, dataTransfer }) => {
      if (copied) (clipboardData ?? dataTransfer)?.setData(TYPE, JSON.stringify({ slice: copied, page: PAGE, issue }));
      copied = null;
    });
  }
}

/**
 * Put what was copied at a desk in the place of the selection, if words alone would lose something of it.
 * @param {Desk} desk @param {DataTransfer | null} data
 */
export function pasteCopy(desk, data) {
  const copy = readCopy(data?.getData(TYPE) ?? "");
  if (!copy || !(wholePlace(desk.view.state, copy.slice) || isMore(copy.slice, desk.view.state.selection.$from.parent.type))) return false;
  const pictures = picturesOf(copy.slice.toJSON());
  const isOwn = copy.page === PAGE || (copy.issue !== "" && copy.issue === desk.keeper.desk.id);
  if (isOwn || !pictures.size) return put(desk, copy.slice);
  void bring(desk, pictures, copy.issue).then(({ names, missing }) => {
    const more = missing ? `，${missing} 张图片没有带来，请在这里换上` : "";
    if (!put(desk, renamed(copy.slice, names), more)) desk.tell("没有粘贴：这里放不下，请把光标放在正文的段落里再粘贴");
  });
  return true;
}

/** @param {string} string @returns {Copy | null} */
function readCopy(string) {
  try {
    const { slice, page, issue } = JSON.parse(string);
    const found = { slice: Slice.fromJSON(schema, slice), page, issue: /^\d{1,12}$/.test(issue) ? issue : "" };
    return spansOf(found.slice).every((span) => span >= 1 && span <= MOST_SPANNED) ? found : null;
  } catch {
    return null;
  }
}

/** Tell whether a part has more than the texts that a place takes. @param {any} slice @param {any} type of the text at the caret */
function isMore(slice, type) {
  const kinds = new Set();
  /** @type {any} */
  let first = null;
  slice.content.descendants((/** @type {any} */ node) => {
    if (!node.isInline) kinds.add(node.type);
    if (node.isTextblock) first ??= node.type;
  });
  if (kinds.has(nodes.table_row) && !kinds.has(nodes.table_block)) return false; // cells alone: words would run together
  if (type === nodes.headline) return first === type && kinds.size > 2; // an article on its article
  if (type === nodes.brief) return [...kinds].every((kind) => kind === nodes.brief || kind === nodes.brief_headline);
  if (kinds.has(nodes.brief) && !kinds.has(nodes.article)) return false; // their words become paragraphs
  return type === nodes.paragraph && [...kinds].some((kind) => kind !== nodes.paragraph);
}

/**
 * Return from where to where whole articles take the place: of one that nobody has written in yet, or of the whole
 * manuscript where it is empty or selected; null if they do not. @param {any} state @param {any} slice @returns {[number, number] | null}
 */
function wholePlace({ selection: { $from, from, to, empty } }, slice) {
  const first = slice.content.firstChild?.type;
  if ($from.depth === 0) return first === nodes.article || first === nodes.briefs ? [from, to] : null;
  const article = $from.node(1);
  const isBlank = article.type === nodes.article && article.content.size === nodes.article.createAndFill()?.content.size;
  return empty && isBlank && first === nodes.article ? [$from.before(1), $from.after(1)] : null;
}

/** Return a part that ends and begins with whole tables, pictures and lists: no text beside it joins their words. @param {any} slice */
function closed({ content, openStart, openEnd }) {
  return new Slice(content, openOf(content, "firstChild", openStart), openOf(content, "lastChild", openEnd));
}

/** @param {any} content @param {"firstChild" | "lastChild"} side @param {number} open */
function openOf(content, side, open) {
  let node = content[side];
  for (let depth = 0; depth < open; depth += 1) {
    if (!node.isTextblock && (node.type.isInGroup("block") || node.type.isInGroup("part"))) return depth;
    node = node[side];
  }
  return open;
}

/** @param {any} slice */
function spansOf(slice) {
  /** @type {number[]} */
  const spans = [];
  slice.content.descendants((/** @type {any} */ { attrs }) => {
    if ("colspan" in attrs) spans.push(attrs.colspan, attrs.rowspan);
  });
  return spans;
}

/** @param {Desk} desk @param {any} slice @param {string} [more] to be told */
function put(desk, slice, more = "") {
  const { view } = desk;
  const { doc, selection } = view.state;
  const tr = closeHistory(view.state.tr);
  const place = wholePlace(view.state, slice);
  if (place) tr.replace(...place, new Slice(slice.content, 0, 0));
  else tr.replaceSelection(closed(slice));
  const words = wordsOf(doc.content) - wordsOf(selection.content().content) + wordsOf(slice.content);
  if (wordsOf(tr.doc.content) !== words || !isWhole(tr.doc)) return false; // it does not fit here
  view.dispatch(tr.scrollIntoView());
  desk.tell(`已照原样粘贴${more}（Ctrl+Z 撤销）`);
  return true;
}

/** @param {any} content a fragment */
function wordsOf(content) {
  return content.textBetween(0, content.size).length;
}

/** @param {any} doc */
function isWhole(doc) {
  try {
    doc.check();
    return true;
  } catch {
    return false;
  }
}

/** Fetch pictures of another issue; returns their names here, and how many are not to be had: their names show no other. */
/** @param {Desk} desk @param {Set<string>} pictures @param {string} issue */
async function bring(desk, pictures, issue) {
  const names = new Map();
  let missing = 0;
  for (const name of pictures) {
    const answer = issue ? await ask(address(`issues/${issue}/assets/${encodeURIComponent(name)}`)).catch(() => null) : null;
    const blob = answer?.ok ? await answer.blob() : null;
    if (blob && isPicture(new File([], "", { type: blob.type }))) names.set(name, desk.pictures.add(new File([blob], name, { type: blob.type })));
    else {
      names.set(name, desk.pictures.free(name));
      missing += 1;
    }
  }
  return { names, missing };
}

/** @param {any} slice @param {Map<string, string>} names */
function renamed(slice, names) {
  const string = JSON.stringify(slice);
  return Slice.fromJSON(schema, JSON.parse(string, (key, value) => (key === "image" ? names.get(value) ?? value : value)));
}
