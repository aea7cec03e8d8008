// Taking another manuscript in, place by place: the caret and what can be undone stay with their words.

import { Fragment, Slice } from "../vendor/prosemirror.js";
import { valueAt } from "./fields.js";

/** @typedef {import("../vendor/prosemirror.js").Node} Node */
/** A range of the old manuscript, and what stands there now. @typedef {{ from: number, to: number, content: any }} Difference */

/**
 * What the service makes of two versions: `returned` are the articles that were taken out here and stay, as somebody
 * else wrote in them.
 * @typedef {{ document: any, clashes: any[], returned: string[] }} Merged
 */

const MOST_PAIRS = 40_000; // of children compared with one another; beyond that all of them are replaced

/** Return what is told of a merge that was taken in. @param {Merged} merged */
export function wordsOfMerged({ document, clashes, returned }) {
  const told = returned.map((pointer) => `删去的“${nameOf(valueAt(document, pointer))}”别人正在改，留着，不要的请再删一次`);
  if (clashes.length) told.push(`别人同时改了 ${clashes.length} 处，两种写法都留着，请挑选`);
  return told.join("；") || "已并入别人刚才的修改";
}

/** @param {any} part an article or a group of short news */
function nameOf(part) {
  return String(part?.headline || part?.heading || "工作简讯").split("\n").join("");
}

/** Make the document of a transaction another, changing only what differs. @param {any} tr @param {Node} fresh */
export function takeIn(tr, fresh) {
  const old = tr.doc;
  for (const { from, to, content } of differences(old, fresh, 0).reverse()) tr.replace(from, to, new Slice(content, 0, 0));
  if (!tr.doc.eq(fresh)) tr.replace(0, tr.doc.content.size, new Slice(fresh.content, 0, 0));
  return tr;
}

/** Return where the content of two nodes differs; that of the old one begins at `start`. @param {any} old @param {any} fresh @param {number} start @returns {Difference[]} */
function differences(old, fresh, start) {
  if (old.isTextblock) return textDifference(old, fresh, start);
  const positions = childPositions(old, start);
  return gaps(children(old), children(fresh)).flatMap(({ before, after, first }) => {
    const isAlike = before.length === after.length && before.every((node, number) => node.sameMarkup(after[number]));
    if (isAlike) return before.flatMap((node, number) => differences(node, after[number], positions[first + number] + 1));
    const [from, to] = [positions[first], positions[first + before.length]];
    const like = before.length === 1 ? likest(before[0], after) : -1;
    if (like < 0) return [{ from, to, content: Fragment.from(after) }];
    return [
      ...added(from, after.slice(0, like)),
      ...differences(before[0], after[like], from + 1),
      ...added(to, after.slice(like + 1)),
    ];
  });
}

/** Return which of several nodes has most in common with one, -1 if none is of its kind. @param {any} old @param {any[]} fresh */
function likest(old, fresh) {
  const shared = fresh.map((node) => (node.sameMarkup(old) ? kept(children(old), children(node)).length : -1));
  return shared.length ? shared.indexOf(Math.max(0, ...shared)) : -1;
}

/** @param {number} at @param {any[]} nodes @returns {Difference[]} */
function added(at, nodes) {
  return nodes.length ? [{ from: at, to: at, content: Fragment.from(nodes) }] : [];
}

/** @param {any} old @param {any} fresh @param {number} start @returns {Difference[]} */
function textDifference(old, fresh, start) {
  const from = old.content.findDiffStart(fresh.content);
  if (from === null) return [];
  let { a: to, b: end } = old.content.findDiffEnd(fresh.content);
  const overlap = from - Math.min(to, end);
  if (overlap > 0) [to, end] = [to + overlap, end + overlap];
  return [{ from: start + from, to: start + to, content: fresh.content.cut(from, end) }];
}

/**
 * Return the runs of children that are not in both, between those that are.
 * @param {any[]} old @param {any[]} fresh
 */
function gaps(old, fresh) {
  const found = [];
  let [first, other] = [0, 0];
  for (const [here, there] of [...kept(old, fresh), [old.length, fresh.length]]) {
    const [before, after] = [old.slice(first, here), fresh.slice(other, there)];
    if (before.length || after.length) found.push({ before, after, first });
    [first, other] = [here + 1, there + 1];
  }
  return found;
}

/** Return the pairs of a longest common run of children. @param {any[]} old @param {any[]} fresh @returns {[number, number][]} */
function kept(old, fresh) {
  let head = 0;
  while (head < old.length && head < fresh.length && old[head].eq(fresh[head])) head += 1;
  let tail = 0;
  const most = Math.min(old.length, fresh.length) - head;
  while (tail < most && old[old.length - 1 - tail].eq(fresh[fresh.length - 1 - tail])) tail += 1;
  const middle = common(old.slice(head, old.length - tail), fresh.slice(head, fresh.length - tail));
  return [
    ...Array.from({ length: head }, (_one, number) => pair(number, number)),
    ...middle.map(([here, there]) => pair(head + here, head + there)),
    ...Array.from({ length: tail }, (_one, number) => pair(old.length - tail + number, fresh.length - tail + number)),
  ];
}

/** @param {any[]} old @param {any[]} fresh @returns {[number, number][]} */
function common(old, fresh) {
  if (old.length * fresh.length > MOST_PAIRS) return [];
  const longest = Array.from({ length: old.length + 1 }, () => new Array(fresh.length + 1).fill(0));
  for (let here = old.length - 1; here >= 0; here -= 1) {
    for (let there = fresh.length - 1; there >= 0; there -= 1) {
      longest[here][there] = old[here].eq(fresh[there])
        ? longest[here + 1][there + 1] + 1
        : Math.max(longest[here + 1][there], longest[here][there + 1]);
    }
  }
  /** @type {[number, number][]} */
  const pairs = [];
  for (let [here, there] = [0, 0]; here < old.length && there < fresh.length; ) {
    if (old[here].eq(fresh[there])) pairs.push(pair(here++, there++));
    else if (longest[here + 1][there] >= longest[here][there + 1]) here += 1;
    else there += 1;
  }
  return pairs;
}

/** @param {number} here @param {number} there @returns {[number, number]} */
function pair(here, there) {
  return [here, there];
}

/** @param {any} node @returns {any[]} */
function children(node) {
  return Array.from({ length: node.childCount }, (_one, number) => node.child(number));
}

/** Return where each child begins, and where the last ends. @param {any} node @param {number} start */
function childPositions(node, start) {
  const found = [start];
  for (const child of children(node)) found.push(found[found.length - 1] + child.nodeSize);
  return found;
}
