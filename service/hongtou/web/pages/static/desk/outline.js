// The outline: articles and short news, gone to, dragged, moved by buttons, taken out.

import { closeHistory, TextSelection } from "../vendor/prosemirror.js";
import Sortable from "../vendor/sortable.js";
import { button, element } from "./elements.js";
import { articlesOf, moveTo, remove } from "./moving.js";
import { schema } from "./schema.js";

/** @typedef {import("./moving.js").Part} Part */
/** @typedef {{ title: string, size: string, at: number, article: number }} Row */

const { nodes } = schema;

export class Outline {
  /** @param {HTMLElement} list @param {{ view: any, focus: () => void, tell: (words: string) => void }} desk */
  constructor(list, desk) {
    this.list = list;
    this.desk = desk;
    this.shown = "";
    Sortable.create(list, {
      draggable: "[data-article]",
      animation: 0,
      delay: 120,
      delayOnTouchOnly: true,
      onEnd: ({ oldDraggableIndex = 0, newDraggableIndex = 0 }) => {
        this.shown = ""; // the list was changed by hand
        this.run(moveTo(this.articles(), oldDraggableIndex, newDraggableIndex));
        this.show(); // also where nothing may be moved
      },
    });
  }

  /** @returns {Part[]} */
  articles() {
    return articlesOf(this.desk.view.state.doc);
  }

  /** Show the manuscript as it is now; where only a title or a size is new, its row stays. */
  show() {
    const rows = this.rows();
    const shape = JSON.stringify(rows.map(({ article }) => article));
    const items = [...this.list.children];
    if (shape !== this.shown) this.list.replaceChildren(...rows.map((row) => this.item(row)));
    else rows.forEach((row, number) => this.update(/** @type {HTMLElement} */ (items[number]), row));
    this.shown = shape;
    const hint = document.getElementById("empty-hint");
    if (hint) hint.hidden = rows.some(({ title, size }) => title || size !== "0 字");
  }

  /** @param {HTMLElement} item @param {Row} row */
  update(item, row) {
    const [title, size] = /** @type {HTMLElement[]} */ ([...item.children]);
    item.dataset.at = String(row.at);
    if (size.textContent !== row.size) size.textContent = row.size;
    if (title.textContent === named(row)) return;
    title.textContent = named(row);
    for (const act of item.querySelectorAll(".act")) act.setAttribute("aria-label", `${/** @type {HTMLElement} */ (act).title}“${named(row)}”`);
  }

  rows() {
    /** @type {Row[]} */
    const rows = [];
    let article = 0;
    this.desk.view.state.doc.forEach((/** @type {any} */ node, /** @type {number} */ at) => {
      rows.push({ ...told(node), at, article: node.type === nodes.article ? article++ : -1 });
    });
    return rows;
  }

  /** @param {Row} row */
  item(row) {
    const { size, at, article } = row;
    const item = element("li");
    item.dataset.at = String(at);
    const here = () => Number(item.dataset.at);
    const name = () => item.firstChild?.textContent ?? "";
    item.append(button(named(row), () => this.go(here()), "go"), element("small", "", size));
    if (article >= 0) {
      item.dataset.article = String(article);
      item.append(
        this.act("上移", "↑", named(row), () => this.run(moveTo(this.articles(), article, article - 1))),
        this.act("下移", "↓", named(row), () => this.run(moveTo(this.articles(), article, article + 1))),
        this.act("删去", "×", named(row), () => this.remove(this.articles()[article], name())),
      );
    } else {
      const end = () => here() + this.desk.view.state.doc.nodeAt(here()).nodeSize;
      item.append(this.act("删去", "×", named(row), () => this.remove({ from: here(), to: end(), nodes: [] }, name())));
    }
    return item;
  }

  /** @param {string} label @param {string} sign @param {string} name @param {() => void} act */
  act(label, sign, name, act) {
    const made = button(sign, act, "act");
    made.title = label;
    made.setAttribute("aria-label", `${label}“${name}”`);
    return made;
  }

  /** @param {number} at */
  go(at) {
    const { view } = this.desk;
    const headline = at + 1;
    view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(headline))).scrollIntoView());
    this.desk.focus();
  }

  /** @param {Part} part @param {string} name */
  remove(part, name) {
    const { doc } = this.desk.view.state;
    this.run(remove(part));
    if (this.desk.view.state.doc === doc) return;
    this.desk.tell(`已删去“${name}”（Ctrl+Z 撤销）`);
    this.desk.focus(); // the button has gone with its row
  }

  /** @param {(state: any, dispatch: any) => boolean} command */
  run(command) {
    const { view } = this.desk;
    view.dispatch(closeHistory(view.state.tr)); // it is undone by itself, not with what was typed just before
    return command(view.state, view.dispatch);
  }
}

/** What was told of nodes that stay as they are: each key changes but one. @type {WeakMap<any, { title: string, size: string }>} */
const known = new WeakMap();

/** Return the title of an article or of short news, and how much there is of it. @param {any} node */
function told(node) {
  const before = known.get(node);
  if (before) return before;
  const isArticle = node.type === nodes.article;
  const title = first(node, isArticle ? "headline" : "briefs_heading").trim();
  const size = isArticle ? `${[...node.textContent].length} 字` : `${count(node, "brief")} 条`;
  known.set(node, { title, size });
  return { title, size };
}

/** @param {any} node @param {string} name */
function first(node, name) {
  let text = "";
  node.forEach((/** @type {any} */ child) => {
    if (child.type.name === name && !text) text = child.textBetween(0, child.content.size, "", " ");
  });
  return text;
}

/** @param {any} node @param {string} name */
function count(node, name) {
  let found = 0;
  node.forEach((/** @type {any} */ child) => (found += Number(child.type.name === name)));
  return found;
}

/** @param {Row} row */
function named({ title }) {
  return title || "（无标题）";
}
