// The manuscript as it is edited: the view, its look beside the words, its keys.

import {
  baseKeymap, Decoration, DecorationSet, EditorState, EditorView, history, keymap, Plugin, PluginKey, tableEditing,
} from "../vendor/prosemirror.js";
import { KEYS } from "./commands.js";
import { EDGES, holdDragged, leaveObject, leaveObjectToType, selectPicture } from "./edges.js";
import { Figure } from "./figure.js";
import { Group } from "./group.js";
import { schema } from "./schema.js";
import { writeBelow } from "./splitting.js";

/** @typedef {import("./pictures.js").Pictures} Pictures */

const findings = new PluginKey("findings");
const NEW_STEP_MS = 800; // after a pause of this length, undo takes back only what came behind it
// What the engine takes for a heading is shown as one: the words are the editor's, the look the layout's.
const LEVELS = [/^[一二三四五六七八九十]+、/, /^（[一二三四五六七八九十]+）/, /^\d{1,2}[.．]/, /^（\d{1,2}）/];
const SENTENCE = /[。！？；]/;

/**
 * @typedef {object} Told what the editor tells
 * @property {(transaction: any) => void} changed after every transaction
 * @property {(view: any, event: ClipboardEvent) => boolean} paste
 * @property {(event: DragEvent, slice: any) => boolean} drop
 * @property {() => void} composed when an input method has put its phrase in
 */

/** Open the editor of a manuscript. @param {HTMLElement} place @param {any} doc @param {Pictures} pictures @param {Told} told */
export function openEditor(place, doc, pictures, told) {
  const view = new EditorView(place, {
    state: stateOf(doc),
    attributes: {
      role: "textbox", "aria-multiline": "true", "aria-label": "稿面：文章与简讯", spellcheck: "false",
    },
    nodeViews: {
      figure: (node) => new Figure(node, pictures),
      briefs: (node) => new Group(node),
      row_figure: (node) => new Figure(node, pictures),
    },
    handleClick: writeBelow,
    handlePaste: told.paste,
    handleDrop: (_view, event, slice) => told.drop(event, slice),
    handleClickOn: selectPicture,
    handleDOMEvents: {
      keydown: (view, event) => event.isComposing || leaveObjectToType(view, event), // while composing it is the input method's, also before the view knows of it
      compositionstart: leaveObject,
      beforeinput: (_view, { inputType }) => inputType.startsWith("insert") && leaveObject(_view),
      compositionend: () => {
        setTimeout(told.composed, 0); // the view takes the phrase in first
        return false;
      },
    },
    dispatchTransaction(transaction) {
      view.updateState(view.state.apply(transaction));
      told.changed(transaction);
    },
  });
  view.dom.addEventListener("dragstart", () => holdDragged(view)); // behind the view's own
  return view;
}

/** Return a state without a past. @param {any} doc */
export function stateOf(doc) {
  return EditorState.create({
    doc,
    plugins: [
      history({ newGroupDelay: NEW_STEP_MS }),
      keymap(withoutInputMethod({ ...KEYS, ...EDGES })),
      keymap(baseKeymap),
      tableEditing(),
      look,
      marks,
    ],
  });
}

/** Mark findings in the manuscript. @param {any} view @param {{ from: number, to: number, severity: string, message: string }[]} found */
export function markFindings(view, found) {
  const decorations = found.map(({ from, to, severity, message }) =>
    Decoration.inline(from, to, { class: `finding ${severity}`, title: message }),
  );
  view.dispatch(view.state.tr.setMeta(findings, decorations).setMeta("addToHistory", false));
}

/** Tell whether a transaction does nothing but mark findings. @param {any} transaction */
export function marksFindings(transaction) {
  return Boolean(transaction.getMeta(findings));
}

/** Some browsers send the Enter that accepts a phrase: it is the input method's. @param {Record<string, any>} keys */
function withoutInputMethod(keys) {
  return Object.fromEntries(
    Object.entries(keys).map(([key, run]) => [
      key,
      (/** @type {any} */ state, /** @type {any} */ dispatch, /** @type {any} */ view) =>
        view?.composing ? false : run(state, dispatch, view),
    ]),
  );
}

const marks = new Plugin({
  key: findings,
  state: {
    init: () => DecorationSet.empty,
    apply(transaction, set) {
      const given = transaction.getMeta(findings);
      return given ? DecorationSet.create(transaction.doc, given) : set.map(transaction.mapping, transaction.doc);
    },
  },
  props: { decorations: (state) => findings.getState(state) },
});

const look = new Plugin({
  props: {
    decorations(state) {
      /** @type {any[]} */
      const found = [];
      state.doc.descendants((node, at) => {
        if (!node.isTextblock) return true;
        const classes = classesOf(node);
        if (classes) found.push(Decoration.node(at, at + node.nodeSize, { class: classes }));
        return false;
      });
      return DecorationSet.create(state.doc, found);
    },
  },
});

/** The look of nodes that stay as they are: each key changes but one. @type {WeakMap<any, string>} */
const looks = new WeakMap();

/** @param {any} node @returns {string} */
function classesOf(node) {
  let classes = looks.get(node);
  if (classes === undefined) {
    classes = [node.content.size ? "" : "empty", levelClass(node)].filter(Boolean).join(" ");
    looks.set(node, classes);
  }
  return classes;
}

/** @param {any} node */
function levelClass(node) {
  if (node.type !== schema.nodes.paragraph || node.attrs.explicit) return "";
  const level = LEVELS.findIndex((pattern) => pattern.test(node.textContent));
  return level >= 0 && !SENTENCE.test(node.textContent) ? `as-heading-${level + 1}` : "";
}
