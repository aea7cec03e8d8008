// Words that two editors changed at once: both stand in the manuscript until somebody chooses.

import { button, part } from "./elements.js";
import { valueAt } from "./fields.js";

/**
 * @typedef {object} Clash a place that both changed; `other` is "" for a field, which holds mine alone
 * @property {string} pointer @property {string} other @property {any} mine @property {any} theirs
 */

/** Show the clashes of every merge with the ways out of them. @param {import("./desk.js").Desk} desk */
export function showClashes(desk) {
  desk.also.clashed = (clashes, by) => {
    for (const clash of clashes) part("clashes").append(row(desk, clash, by === "本机" || !by ? "另一处" : by));
    part("clashes").hidden = !part("clashes").childElementCount;
  };
}

/** @param {import("./desk.js").Desk} desk @param {Clash} clash @param {string} name @returns {HTMLElement} */
function row(desk, clash, name) {
  const made = document.createElement("li");
  const done = () => {
    made.remove();
    part("clashes").hidden = !part("clashes").childElementCount;
  };
  /** @param {Clash} kept */
  const choose = (kept) => () => {
    const issue = chosen(desk.current(), clash, kept.mine);
    if (issue) desk.take(issue, true);
    desk.tell(issue ? "已按挑选的改好（Ctrl+Z 撤销）" : "这里又改过，请在稿面上自己留取");
    done();
  };
  made.append(
    said("我的", clash.mine),
    said(name, clash.theirs),
    button("用我的", choose(clash)),
    button(name === "另一处" ? "用另一处的" : `用${name}的`, choose({ ...clash, mine: clash.theirs })),
  );
  if (clash.other && clash.mine.length && clash.theirs.length) made.append(button("都留", done));
  return made;
}

/** @param {string} name @param {any} value */
function said(name, value) {
  const made = document.createElement("span");
  const label = document.createElement("b");
  label.textContent = `${name}：`;
  made.append(label, words(value));
  return made;
}

/** Settings of a block, which are no words of it. */
const UNSAID = new Set(["type", "level", "align", "orientation", "colspan", "rowspan", "image", "width_mm", "total_rows"]);

/** Return the words of a value of the issue. @param {any} value @returns {string} */
function words(value) {
  if (Array.isArray(value) && !value.length) return words(null);
  if (value === null || typeof value !== "object") return String(value ?? "（删去）").split("**").join("");
  return Object.entries(value).filter(([name]) => !UNSAID.has(name)).map(([, one]) => words(one)).join(" ");
}

/**
 * Return the issue with one value in place of both, null if they no longer stand there as they did.
 * @param {any} issue @param {Clash} clash @param {any} kept
 */
function chosen(issue, clash, kept) {
  const steps = clash.pointer.split("/").slice(1);
  const last = steps.pop() ?? "";
  const holder = valueAt(issue, ["", ...steps].join("/"));
  if (holder === null || typeof holder !== "object") return null;
  if (!clash.other) {
    holder[last] = kept;
    return issue;
  }
  if (!Array.isArray(holder)) return null;
  const both = [...clash.mine, ...clash.theirs];
  const at = holder.findIndex((_one, start) => both.every((value, step) => holds(holder[start + step], value)));
  if (at < 0) return null;
  const rest = holder[at + both.length - 1];
  const whole = kept.map((/** @type {any} */ value, /** @type {number} */ place) =>
    isHead(value) && place === kept.length - 1 ? { ...rest, ...cleared(rest, both[both.length - 1]), ...value } : value,
  );
  holder.splice(at, both.length, ...whole);
  return issue;
}

/** Tell whether a value of the issue is a block, or the head of an article with its texts under it. @param {any} value @param {any} block */
function holds(value, block) {
  if (!isHead(block)) return JSON.stringify(value) === JSON.stringify(block);
  return value && Object.entries(block).every(([name, one]) => JSON.stringify(value[name] ?? "") === JSON.stringify(one ?? ""));
}

/** @param {any} value */
function isHead(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value) && ("headline" in value || "heading" in value) && !("type" in value) && !("text" in value);
}

/** Return what of an article is taken out with its head. @param {any} article @param {any} head */
function cleared(article, head) {
  return Object.fromEntries(Object.keys(head).filter((name) => name in article).map((name) => [name, undefined]));
}
