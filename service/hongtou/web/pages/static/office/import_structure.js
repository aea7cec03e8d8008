// What an import gives: the parts of the issue in its order, and the lines that are in none.

import { shownDate } from "../desk/dates.js";
import { element } from "./page.js";

/** @typedef {import("./old_issue.js").Imported} Imported */
/** @typedef {import("./old_issue.js").Line} Line */
/** @typedef {(number: number) => void} Go */

const BOLD = "**";
const OUT = ["folio", "unplaced", "contents_heading"];
const BLOCKS = /** @type {Record<string, string>} */ ({ table: "表格", figure: "图", figures: "组图", attachments: "附件说明", signoff: "落款", annex: "附件" });

/** Return what an import gave, in one line. @param {Imported} read */
export function summary({ issue, doubts }) {
  const groups = groupsOf(issue);
  const briefs = groups.reduce((sum, group) => sum + group.items.length, 0);
  const parts = [`报头 ${Object.keys(issue.masthead).length} 项`, `文章 ${(issue.articles ?? []).length} 篇`];
  if (briefs) parts.push(`简讯 ${briefs} 条`);
  return `${[...parts, `报尾 ${Object.keys(issue.closing).length} 项`].join("、")}；${doubts.length} 处存疑`;
}

/** @param {HTMLElement} list @param {Imported} read @param {Record<string, string>} closing titles by pointer @param {Go} go */
export function showStructure(list, { issue, lines }, closing, go) {
  const parts = [...masthead(issue), ...articles(issue), ...briefs(issue), ...closingBlock(issue, closing)];
  list.replaceChildren(...parts.flatMap(([title, words, pointer]) => entry(title, words, firstOf(lines, pointer), go)));
}

/** @param {HTMLElement} list @param {HTMLElement} count @param {Line[]} lines @param {Go} go */
export function showDropped(list, count, lines, go) {
  const dropped = lines.filter(({ kind }) => OUT.includes(kind));
  count.textContent = String(dropped.length);
  list.replaceChildren(
    ...dropped.map(({ number, text, why, doubt }) => {
      const item = element("li");
      item.append(link(text, number, go), ` ${doubt || why}`);
      return item;
    }),
  );
}

/** @param {any} issue @returns {[string, string, string][]} */
function masthead({ masthead: { nameplate = "", issue_label, issue_number, issuing_body = "", issue_date, security, urgency } }) {
  const number = issue_label ?? (issue_number ? `第${issue_number}期` : "");
  const words = [nameplate, number, [issuing_body].flat().join("、"), shownDate(issue_date), security?.class, urgency];
  return [["报头", words.filter(Boolean).join("　") || "（没有认出报头）", "/masthead"]];
}

/** @param {any} issue @returns {[string, string, string][]} */
function articles({ articles = [], editors_note }) {
  /** @type {[string, string, string][]} */
  const note = editors_note ? [["按语", typeof editors_note === "string" ? editors_note : editors_note.text, "/editors_note"]] : [];
  return [...note, ...articles.map((/** @type {any} */ one, /** @type {number} */ at) => [`文章 ${at + 1}`, article(one), `/articles/${at}`])];
}

/** @param {any} article */
function article({ section, headline, byline, body }) {
  const members = typeof body === "string" ? body.split("\n").filter(Boolean) : body;
  const texts = members.filter((/** @type {any} */ one) => typeof one === "string");
  const leads = texts.filter((/** @type {string} */ one) => one.startsWith(BOLD)).length;
  const blocks = members.filter((/** @type {any} */ one) => typeof one !== "string").map(({ type = "" }) => BLOCKS[type] ?? type);
  const facts = [section && `栏目：${section}`, byline, `${texts.length} 段`, leads && `提示语 ${leads} 处`, ...blocks];
  return `${headline || "（没有标题）"} · ${facts.filter(Boolean).join(" · ")}`;
}

/** @param {any} issue @returns {any[]} */
function groupsOf({ briefs }) {
  return [briefs ?? []].flat();
}

/** @param {any} issue @returns {[string, string, string][]} */
function briefs(issue) {
  const isOne = !Array.isArray(issue.briefs);
  return groupsOf(issue).map(({ heading, items }, at) => ["简讯", `${heading} · ${items.length} 条`, isOne ? "/briefs" : `/briefs/${at}`]);
}

/** @param {any} issue @param {Record<string, string>} titles @returns {[string, string, string][]} */
function closingBlock({ closing }, titles) {
  const fields = Object.entries(closing).filter(([name]) => name !== "labels");
  return fields.map(([name, value]) => {
    const pointer = `/closing/${name}`;
    const words = name.endsWith("_date") ? shownDate(String(value)) : [value].flat().join("、");
    return [closing.labels?.[name] ?? titles[pointer] ?? name, words, pointer];
  });
}

/** Return the number of the first line that became part of a place, 0 if none. @param {Line[]} lines @param {string} pointer */
function firstOf(lines, pointer) {
  return lines.find((line) => line.kind !== "contents_entry" && `${line.pointer}/`.startsWith(`${pointer}/`))?.number ?? 0;
}

/** @param {string} title @param {string} words @param {number} line @param {Go} go */
function entry(title, words, line, go) {
  const [term, described] = [element("dt"), element("dd")];
  term.textContent = title;
  described.append(line ? link(words, line, go) : words);
  return [term, described];
}

/** @param {string} words @param {number} line @param {Go} go */
function link(words, line, go) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = words || "（空）";
  made.addEventListener("click", () => go(line));
  return made;
}
