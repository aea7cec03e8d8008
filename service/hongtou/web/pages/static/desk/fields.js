// Masthead, contents and closing block as plain fields: each stands for one value of the issue JSON.

import { isoDate, plainFigures, shownDate } from "./dates.js";

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field */
/** @typedef {{ show: (value: any) => string, read: (text: string) => any }} Kind */

/** Two names of two characters or more; 王 龙 is one. */
const NAMES_APART = /([\u3400-\u9fff]{2}) (?=[\u3400-\u9fff]{2})/g;
/** Lines that a field grows by for those that turn over; more are scrolled. */
const MOST_TURNED = 12;
/** A name with the number of its copies: 市委办公室 3, 市委办公室3份. */
const COPIES_BEHIND = /^(.*?\S)(?:\s+(\d{1,6})|\s*(\d{1,6})\s*份)$/;

/** How the value of a field is shown, and read again; nothing is lost that cannot be read. */
/** @type {Record<string, Kind>} */
const KINDS = {
  text: { show: String, read: (text) => text },
  number: { show: String, read: wholeNumber },
  date: { show: shownDate, read: isoDate },
  flag: { show: (value) => (value === null ? "" : String(value)), read: (text) => text === "true" },
  names: { show: joined("、"), read: (text) => parts(text, /[、，,；;\n]|\s{2,}|\u3000+/) },
  lines: { show: joined("\n"), read: (text) => oneOrMore(parts(text, /\n/)) },
  recipients: { show: (value) => value.map(recipientLine).join("\n"), read: (text) => parts(text, /\n/).map(recipient) },
  named: { show: (value) => value.map(namedLine).join("\n"), read: (text) => parts(text, /\n/).map(named) },
};

/** Show the values of an issue in its fields; one that says so already stays as it is typed. @param {ParentNode} root @param {any} issue */
export function showFields(root, issue) {
  const shown = withNote(issue);
  for (const field of fieldsIn(root)) {
    const value = valueAt(shown, field.dataset.pointer ?? "") ?? undefined;
    if (JSON.stringify(valueOf(field)) === JSON.stringify(value)) continue;
    field.value = value === undefined ? "" : kindOf(field).show(value);
    grow(field);
  }
}

/** Return what a field says, undefined where it has no text. @param {Field} field */
function valueOf(field) {
  return field.value.trim() ? kindOf(field).read(field.value) : undefined;
}

/**
 * Return an issue with what its fields say; a field without text leaves its value out.
 * @param {ParentNode} root @param {any} issue
 */
export function readFields(root, issue) {
  const read = structured(withNote(issue));
  for (const field of fieldsIn(root)) {
    const pointer = field.dataset.pointer ?? "";
    if (!isAsItCame(field, valueAt(read, pointer))) put(read, pointer.split("/").slice(1), valueOf(field));
  }
  const { label, by, text } = read.editors_note ?? {};
  if (typeof issue.editors_note === "string" && text && !label && !by) read.editors_note = text; // as it came
  return read;
}

/** Tell whether a list stands in its field as it came: it may hold a mark that would part it. @param {Field} field @param {any} list */
function isAsItCame(field, list) {
  return Array.isArray(list) && kindOf(field).show(list) === field.value;
}

/** Return an issue with its note as fields have it: the contract takes the words alone too. @param {any} issue */
function withNote(issue) {
  const note = issue.editors_note;
  return typeof note === "string" ? { ...issue, editors_note: { text: note } } : issue;
}

/** Return the field of a value, or of one that holds it. @param {ParentNode} root @param {string} pointer */
export function fieldAt(root, pointer) {
  const fields = fieldsIn(root).filter(
    ({ dataset }) => (pointer + "/").startsWith(dataset.pointer + "/") || dataset.pointer === pointer + "/text",
  );
  return fields.sort((one, two) => (two.dataset.pointer ?? "").length - (one.dataset.pointer ?? "").length)[0];
}

/** @param {ParentNode} root @returns {Field[]} */
export function fieldsIn(root) {
  return [...root.querySelectorAll("[data-pointer]")].map((field) => /** @type {Field} */ (field));
}

/** @param {Field} field */
function kindOf(field) {
  return KINDS[field.dataset.kind ?? "text"];
}

/** @param {any} issue @param {string} pointer */
export function valueAt(issue, pointer) {
  return pointer.split("/").slice(1).reduce((value, step) => value?.[step], issue);
}

/** Put a value into a record; undefined takes it out, and a record that is empty then with it. */
/** @param {any} record @param {string[]} steps @param {any} value */
export function put(record, [step, ...rest], value) {
  if (!rest.length) {
    if (value === undefined) delete record[step];
    else record[step] = value;
    return;
  }
  const isRecord = record[step] !== null && typeof record[step] === "object" && !Array.isArray(record[step]);
  const inner = isRecord ? record[step] : {};
  put(inner, rest, value);
  if (Object.keys(inner).length) record[step] = inner;
  else if (isRecord && !KEPT.has(step)) delete record[step];
}

/** Parts that the contract asks for even where they are empty. */
const KEPT = new Set(["masthead", "closing"]);

/**
 * Put a distribution list into its field, as if it had been typed: it can be undone.
 * @param {ParentNode} root @param {DOMStringMap} list
 */
export function putList(root, { list = "", text = "" }) {
  const field = /** @type {HTMLTextAreaElement | undefined} */ (fieldAt(root, list));
  if (!field) return;
  field.focus();
  field.select();
  document.execCommand("insertText", false, text);
}

/** A number with what is written around it on paper: 第33期, 总第612期, 共印120份, 2026年. */
const NUMBERED = /^(?:总?第|共印?|印)?\s*(\d{1,9})\s*[期份号年]?$/;

/** Return a number that was typed, also in full-width figures; what is none stays as it is. @param {string} text */
export function wholeNumber(text) {
  const [, figures] = NUMBERED.exec(plainFigures(text.trim())) ?? [];
  return figures === undefined ? text.trim() : Number(figures);
}

/**
 * Part names that were typed with one space between them, where it is seen: in an issue that came so they stay one.
 * @param {HTMLElement} root
 */
export function partNames(root) {
  root.addEventListener("change", ({ target }) => {
    const field = /** @type {Field} */ (target);
    const parted = field.dataset.kind === "names" ? field.value.replace(NAMES_APART, "$1、") : field.value;
    if (parted === field.value) return;
    field.value = parted;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

/** Have fields of several lines as high as what is written in them, never lower than they came. @param {HTMLElement} root */
export function growWithLines(root) {
  root.addEventListener("input", ({ target }) => grow(/** @type {Field} */ (target)));
}

/** @param {Field} field */
function grow(field) {
  if (!(field instanceof HTMLTextAreaElement) || !field.dataset.pointer) return;
  field.dataset.least ??= String(field.rows);
  field.rows = Math.max(Number(field.dataset.least), field.value.split("\n").length);
  const most = field.rows + MOST_TURNED;
  while (field.rows < most && field.scrollHeight > field.clientHeight + 1) field.rows += 1; // lines that turn over
}

/** @param {string} mark @returns {(value: any) => string} */
function joined(mark) {
  return (value) => [value].flat().join(mark);
}

/** @param {string} text @param {RegExp} mark */
function parts(text, mark) {
  return text.split(mark).map((part) => part.trim()).filter(Boolean);
}

/** @param {string[]} list */
function oneOrMore(list) {
  return list.length === 1 ? list[0] : list;
}

/** @param {{ name: string, text: string }} list */
function namedLine({ name, text }) {
  return name === nameOf(text) ? text : `${name}：${text}`;
}

/** Read a line such as 县区：各县区创建办; one without a name begins with it. @param {string} line */
function named(line) {
  const [, name, text] = /^([^：:]{1,40})[：:]\s*(.+)$/.exec(line) ?? ["", nameOf(line), line];
  return { name: name.trim() || nameOf(text), text };
}

/** Show who gets numbered copies; a name that ends like a number of them is told apart. @param {any} one @returns {string} */
function recipientLine(one) {
  if (typeof one === "string") return COPIES_BEHIND.test(one) ? `${one} 1` : one;
  return one.copies ? `${one.name} ${one.copies}` : recipientLine(one.name);
}

/** Read a line such as 市委办公室 3; a name alone gets one. @param {string} line */
function recipient(line) {
  const [, name, spaced, counted] = COPIES_BEHIND.exec(line) ?? [];
  return name ? { name, copies: Number(spaced ?? counted) } : line;
}

/** @param {string} text */
function nameOf(text) {
  return text.slice(0, 8);
}

/** @param {any} value */
function structured(value) {
  return JSON.parse(JSON.stringify(value));
}
