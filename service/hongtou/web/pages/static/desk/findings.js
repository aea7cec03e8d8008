// 校对: what the service found, a row for each kind, mended with one click.

import { closeHistory, TextSelection } from "../vendor/prosemirror.js";
import { markFindings } from "./editor.js";
import { button, element } from "./elements.js";
import { positionOf } from "./text.js";
import { worded } from "./wording.js";

/** @typedef {import("./text.js").Place} Place */
/** @typedef {{ start: number, end: number, text: string, safe: boolean }} Suggestion */
/**
 * @typedef {object} Finding
 * @property {string} code
 * @property {"error" | "warning" | "note"} severity
 * @property {string} message
 * @property {string} hint
 * @property {string} [pointer]
 * @property {number | null} [page]
 * @property {Suggestion} [suggestion]
 * @property {Suggestion[]} [further]
 */
/**
 * What was mended last, all of one code: `known` are the findings of that code that were there, or were mended; `doc` is
 * the manuscript since. @typedef {{ code: string, known: Set<string>, spans: number, transaction: any, doc: any }} Mended
 */
/**
 * What was sent: where its texts stood, and what has been changed since.
 * @typedef {{ places: Place[], since: any }} Sent
 */

const NAMES = { error: "错", warning: "疑", note: "注" };

export class FindingsList {
  /**
   * @param {HTMLElement} list @param {HTMLElement} count
   * @param {{ view: any, goToField: (pointer: string) => void, goToPage: (page: number) => void, focus: () => void,
   *   tell: (words: string) => void }} desk
   */
  constructor(list, count, desk) {
    this.list = list;
    this.count = count;
    this.desk = desk;
    /** @type {Finding[]} */
    this.findings = [];
    /** @type {Sent} */
    this.sent = { places: [], since: null };
    this.at = -1;
    /** @type {Mended | null} */
    this.mended = null;
  }

  /** Show what was found of what was sent. @param {Finding[]} findings @param {Sent} sent */
  show(findings, sent) {
    this.findings = findings.map((one) => ({ ...one, message: worded(one.message, one.pointer), hint: worded(one.hint ?? "", one.pointer) }));
    this.sent = sent;
    const spans = this.findings.flatMap((finding) =>
      this.spans(finding).map(({ from, to }) => ({ from, to, severity: finding.severity, message: finding.message })),
    );
    markFindings(this.desk.view, spans.filter(({ from, to }) => to > from));
    this.list.replaceChildren(...[...grouped(this.findings).values()].map((members) => this.row(members)));
    this.count.textContent = String(findings.length);
    this.mendOn();
  }

  /**
   * What was mended may bring more of its kind up, as a level number does those behind it: they are mended with it, unless
   * something was written meanwhile.
   */
  mendOn() {
    const { mended } = this;
    if (!mended || this.sent.since.maps.length) return; // what is shown was found before it
    this.mended = null;
    if (mended.doc !== this.desk.view.state.doc) return;
    const more = this.findings.filter((one) => one.code === mended.code && one.suggestion && this.place(one) && !mended.known.has(keyOf(one)));
    if (more.length) this.mend(more, mended);
  }

  /** Return how many errors keep the issue from being set. */
  errors() {
    return this.findings.filter(({ severity }) => severity === "error").length;
  }

  /** Go to the next finding (1) or the one before (-1). @param {number} step */
  step(step) {
    const { length } = this.findings;
    if (!length) return;
    this.at = (this.at + step + length) % length;
    this.go(this.findings[this.at]);
  }

  /** Accept what the finding suggests that was gone to. */
  accept() {
    const finding = this.findings[this.at];
    if (finding?.suggestion) this.mend([finding]);
  }

  /** @param {Finding[]} members */
  row(members) {
    const [first] = members;
    const item = element("li", first.severity);
    const text = element("span", "", members.length > 1 ? about(first.message) : first.message);
    if (members.length > 1) text.append(element("em", "", ` ${members.length} 处`));
    if (first.hint) text.append(element("small", "", first.hint));
    const doing = element("div", "do");
    let next = 0;
    if (first.pointer || first.page) {
      const label = members.length > 1 ? "逐处看" : first.pointer ? "去看" : `第 ${first.page} 页`;
      doing.append(button(label, () => this.go(members[next++ % members.length])));
    }
    const mendable = members.filter((one) => one.suggestion && this.place(one));
    if (mendable.length) {
      doing.append(button(mendable.length > 1 ? "全部改正" : "改正", () => this.mend(mendable), "mend"));
    }
    item.append(element("b", "", NAMES[first.severity]), text, doing);
    return item;
  }

  /** @param {Finding} finding */
  go(finding) {
    const place = this.place(finding);
    if (!place) {
      if (finding.pointer) this.desk.goToField(finding.pointer);
      else if (finding.page) this.desk.goToPage(finding.page);
      return;
    }
    const [span] = this.spans(finding);
    const { view } = this.desk;
    const from = span?.from ?? this.sent.since.map(place.at);
    const selection = TextSelection.between(view.state.doc.resolve(from), view.state.doc.resolve(span?.to ?? from));
    view.dispatch(view.state.tr.setSelection(selection).scrollIntoView());
    this.desk.focus();
  }

  /** Make the suggested changes, all in one step of undo with those `before`. @param {Finding[]} findings @param {Mended} [before] */
  mend(findings, before) {
    const { view } = this.desk;
    const transaction = before ? view.state.tr.setMeta("appendedTransaction", before.transaction) : closeHistory(view.state.tr);
    const spans = findings.flatMap((finding) => this.spans(finding));
    for (const { from, to, text } of spans) {
      transaction.insertText(text, transaction.mapping.map(from, 1), transaction.mapping.map(to, -1));
    }
    const { doc } = view.state;
    view.dispatch(transaction);
    if (!before) this.desk.focus();
    if (view.state.doc === doc) return;
    const [{ code }] = findings;
    const known = this.findings.filter((one) => one.code === code).map(keyOf);
    const total = (before?.spans ?? 0) + spans.length;
    this.mended = { code, known: new Set([...(before?.known ?? []), ...known]), spans: total, transaction, doc: view.state.doc };
    this.desk.tell(`已改正 ${total} 处（Ctrl+Z 撤销）`);
  }

  /** Return the suggestions of a finding where they stand now. @param {Finding} finding */
  spans(finding) {
    const place = this.place(finding);
    if (!place || !finding.suggestion) return [];
    const { since } = this.sent;
    return [finding.suggestion, ...(finding.further ?? [])].map(({ start, end, text }) => {
      const from = since.map(positionOf(place, start), 1);
      return { from, to: Math.max(from, since.map(positionOf(place, end), -1)), text };
    });
  }

  /** @param {Finding} finding */
  place({ pointer, suggestion }) {
    const mine = this.sent.places.filter((place) => place.pointer === pointer);
    const start = suggestion?.start ?? 0;
    return mine.filter(({ base }) => base <= start).pop() ?? mine[0];
  }
}

/** Name a finding by its place. @param {Finding} finding */
function keyOf({ pointer, suggestion }) {
  return `${pointer} ${suggestion?.start}`;
}

/** Findings of one kind are one row; those of a page or of the whole issue are not alike. @param {Finding[]} findings */
function grouped(findings) {
  /** @type {Map<string, Finding[]>} */
  const groups = new Map();
  for (const finding of findings) {
    const kind = finding.pointer ? finding.code : `${finding.code} ${finding.page} ${finding.message}`;
    groups.set(kind, [...(groups.get(kind) ?? []), finding]);
  }
  return groups;
}

/** Return what a message says, without where. @param {string} message */
function about(message) {
  return message.split("：").pop() ?? message;
}
