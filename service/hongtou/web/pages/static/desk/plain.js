// Plain mode (朴素模式): the manuscript in fields of the browser's own, for input methods that get on with nothing else.
//
// The manuscript stays what it is; the fields write into it. Nothing is done while an input method composes.

import { TextSelection, redo, undo } from "../vendor/prosemirror.js";
import { element } from "./elements.js";
import { changed, characterAt, positionIn, stretchesOf, textOf } from "./stretches.js";

/** @typedef {import("./stretches.js").Stretch} Stretch */
/** @typedef {HTMLInputElement | HTMLTextAreaElement} Field */

const REMEMBERED = "hongtou.plain";
const IN_A_LINE = 34; // characters, about
const MOST_ROWS = 40;
/** What stays as it is and has no settings. */
const WITHOUT_SETTINGS = new Set(["page_break", "unknown"]);
/** The manuscript's own past, as the fields know nothing of what was mended. @type {Record<string, typeof undo>} */
const KEYS = { "Ctrl+z": undo, "Ctrl+y": redo, "Ctrl+Shift+Z": redo };

export class PlainMode {
  /** @param {HTMLElement} place @param {{ view: any, properties: import("./properties/bar.js").PropertyBar, composed: () => void }} desk */
  constructor(place, desk) {
    this.place = place;
    this.desk = desk;
    this.isOn = false;
    this.isComposing = false;
    this.isWriting = false;
    this.shape = "";
    place.addEventListener("input", (event) => {
      if (!(/** @type {InputEvent} */ (event).isComposing)) this.typed(/** @type {Field} */ (event.target));
    });
    place.addEventListener("compositionstart", () => (this.isComposing = true));
    place.addEventListener("compositionend", (event) => {
      this.isComposing = false;
      this.typed(/** @type {Field} */ (event.target));
      desk.composed();
    });
    place.addEventListener("keydown", (event) => this.pressed(event));
    place.addEventListener("click", ({ target }) => {
      const number = [...place.querySelectorAll(".kept-block")].indexOf(/** @type {Element} */ (target));
      if (number >= 0) this.set(number);
    });
    document.addEventListener("selectionchange", () => this.caretMoved());
    if (remembered()) this.turn(true);
  }

  /** @param {boolean} isOn */
  turn(isOn) {
    this.isOn = isOn;
    remember(isOn);
    document.body.classList.toggle("is-plain", isOn);
    this.place.hidden = !isOn;
    this.desk.view.dom.hidden = isOn;
    this.show();
  }

  fields() {
    return /** @type {Field[]} */ ([...this.place.querySelectorAll("input, textarea")]);
  }

  stretches() {
    return stretchesOf(this.desk.view.state.doc).flat().filter(({ kept }) => !kept);
  }

  /** Return what stays as it is and has settings: a line is a button for each. */
  keptBlocks() {
    return stretchesOf(this.desk.view.state.doc).flat().filter(({ kept, type }) => kept && !WITHOUT_SETTINGS.has(type));
  }

  /** Show the manuscript as it is, in the fields that are there where they fit. */
  show() {
    if (!this.isOn || this.isComposing || this.isWriting) return;
    const parts = stretchesOf(this.desk.view.state.doc);
    const shape = JSON.stringify(parts.map((part) => part.map((one) => (one.kept ? [one.type, textOf(one)] : one.type))));
    if (shape !== this.shape) this.place.replaceChildren(element("p", "hint", told(parts)), ...parts.map(section));
    this.shape = shape;
    const fields = this.fields();
    this.stretches().forEach((one, number) => fill(fields[number], textOf(one)));
  }

  /** Take what a field says into the manuscript. @param {Field} field */
  typed(field) {
    const one = this.stretches()[this.fields().indexOf(field)];
    if (!one || textOf(one) === field.value) return;
    const { from, to, nodes } = changed(one, field.value);
    const { view } = this.desk;
    this.isWriting = true;
    try {
      view.dispatch(view.state.tr.replaceWith(from, to, nodes));
    } finally {
      this.isWriting = false;
    }
    fill(field, field.value);
    this.caretMoved();
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    if (event.isComposing || event.keyCode === 229) return; // it is the input method's
    const { ctrlKey, metaKey, shiftKey, key } = event;
    const run = KEYS[`${ctrlKey || metaKey ? "Ctrl+" : ""}${shiftKey ? "Shift+" : ""}${key}`];
    if (!run) return;
    event.preventDefault();
    run(this.desk.view.state, this.desk.view.dispatch);
    this.focus();
  }

  /** Go to what is to be set of a table or a picture that stays as it is. @param {number} number */
  set(number) {
    const { view, properties } = this.desk;
    const { at } = this.keptBlocks()[number];
    view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(at + 1))));
    properties.focus();
  }

  /** Have the caret of the manuscript where that of the field is. */
  caretMoved() {
    const field = /** @type {Field} */ (document.activeElement);
    if (!this.isOn || this.isComposing || !this.place.contains(field)) return;
    const one = this.stretches()[this.fields().indexOf(field)];
    if (!one?.nodes.length) return;
    const { view } = this.desk;
    const at = view.state.doc.resolve(positionIn(one, field.selectionStart ?? 0));
    if (at.pos === view.state.selection.head) return;
    this.isWriting = true;
    view.dispatch(view.state.tr.setSelection(TextSelection.near(at)));
    this.isWriting = false;
  }

  /** Put the caret into the field of the manuscript's caret, after something else moved that. */
  focus() {
    const { head } = this.desk.view.state.selection;
    const fields = this.fields();
    for (const [number, one] of this.stretches().entries()) {
      const offset = characterAt(one, head);
      if (offset === null) continue;
      fields[number].focus();
      fields[number].setSelectionRange(offset, offset);
      return;
    }
    const kept = this.keptBlocks().findIndex(({ at, nodes: [node] }) => at <= head && head < at + node.nodeSize);
    const block = /** @type {HTMLElement | undefined} */ (this.place.querySelectorAll(".kept-block")[kept]);
    (block ?? fields[0])?.focus();
  }
}

/** @param {Stretch[]} stretches @param {number} number */
function section(stretches, number) {
  const made = element("section", "plain-part");
  made.setAttribute("aria-label", `第 ${number + 1} 部分`);
  made.append(...stretches.map((one) => (one.kept ? keptBlock(one) : labelled(one))));
  return made;
}

/** @param {Stretch} one */
function labelled({ title, joint, type }) {
  const label = element("label", joint ? "wide" : "", title);
  const field = document.createElement(joint || type === "headline" || type === "annex_title" ? "textarea" : "input");
  label.append(field);
  return label;
}

/** @param {Stretch} one */
function keptBlock(one) {
  const words = [`〔${one.title}〕`, textOf(one).slice(0, IN_A_LINE)].join(" ").trim();
  if (WITHOUT_SETTINGS.has(one.type)) return element("p", "kept-line", words);
  const made = element("button", "kept-block", words);
  made.title = "看这里的设置";
  /** @type {HTMLButtonElement} */ (made).type = "button";
  return made;
}

/** Say what plain fields hold and what they cannot. @param {Stretch[][]} parts */
function told(parts) {
  /** @type {Map<string, number>} */
  const kept = new Map();
  for (const { title } of parts.flat().filter((one) => one.kept)) kept.set(title, (kept.get(title) ?? 0) + 1);
  const here = [...kept].map(([title, count]) => `${title} ${count} 处`).join("、");
  return `一行一段，两边各有两个星号的是导语。${here && `${here}原样留着。`}要加表格、图片、落款等，先取消朴素模式。`;
}

/** Write into a field what is not there yet, and have it as high as that. @param {Field} field @param {string} text */
function fill(field, text) {
  if (field.value !== text) field.value = text;
  if (!(field instanceof HTMLTextAreaElement)) return;
  const rows = text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / IN_A_LINE)), 0);
  field.rows = Math.min(MOST_ROWS, rows);
}

function remembered() {
  try {
    return localStorage.getItem(REMEMBERED) === "1";
  } catch {
    return false; // a browser that keeps nothing
  }
}

/** @param {boolean} isOn */
function remember(isOn) {
  try {
    if (isOn) localStorage.setItem(REMEMBERED, "1");
    else localStorage.removeItem(REMEMBERED);
  } catch {
    // as above
  }
}
