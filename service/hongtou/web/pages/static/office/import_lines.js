// The lines of a file that is imported: what each was taken for, in a select that changes it.

import { element } from "./page.js";

/** @typedef {import("./old_issue.js").Line} Line */

/** What a rule takes a line for again. */
const BY_RULE = "";

export class Lines {
  /**
   * @param {HTMLElement} list
   * @param {[string, [string, string][]][]} groups of kinds with their words
   * @param {(number: number, kind: string) => void} change
   */
  constructor(list, groups, change) {
    this.list = list;
    this.groups = groups;
    this.words = /** @type {Record<string, string>} */ (Object.fromEntries(groups.flatMap(([, kinds]) => kinds)));
    /** @type {Map<number, HTMLElement>} */
    this.rows = new Map();
    list.addEventListener("change", ({ target }) => {
      const { dataset, value } = /** @type {HTMLSelectElement} */ (target);
      change(Number(dataset.number), value);
    });
    // A file may have thousands of lines: only a select that is about to open has all its options.
    for (const kind of ["focusin", "pointerdown"]) list.addEventListener(kind, ({ target }) => this.fill(target));
  }

  /** @param {Line[]} lines @param {Record<string, string>} said */
  show(lines, said) {
    if (this.isOther(lines)) {
      this.rows = new Map(lines.map((line) => [line.number, row(line)]));
      this.list.replaceChildren(...this.rows.values());
    }
    for (const line of lines) this.mark(line, said[line.number]);
  }

  /** @param {Line[]} lines */
  isOther(lines) {
    return lines.length !== this.rows.size || lines.some(({ number, text }) => this.rows.get(number)?.dataset.text !== text);
  }

  /** @param {Line} line @param {string | undefined} said */
  mark({ number, kind, why, doubt, pointer }, said) {
    const row = /** @type {HTMLElement} */ (this.rows.get(number));
    const select = selectIn(row);
    row.className = [doubt ? "doubtful" : "", said ? "said" : "", pointer ? "" : "out"].filter(Boolean).join(" ");
    row.title = [doubt || why, pointer].filter(Boolean).join("　");
    select.dataset.kind = kind;
    select.dataset.said = said ?? "";
    select.replaceChildren(option(kind, this.words[kind] + (doubt ? "？" : "")));
    if (select === document.activeElement) this.fill(select);
  }

  /** Give a select all kinds. @param {EventTarget | null} target */
  fill(target) {
    const select = /** @type {HTMLSelectElement} */ (target);
    if (select?.tagName !== "SELECT" || select.length > 1) return;
    const { kind = "", said } = select.dataset;
    const groups = this.groups.map(([title, kinds]) => {
      const group = document.createElement("optgroup");
      group.label = title;
      group.append(...kinds.map(([value, words]) => option(value, words)));
      return group;
    });
    select.replaceChildren(...(said ? [option(BY_RULE, "照规则认")] : []), ...groups);
    select.value = kind;
  }

  /** Go to the select of a line. @param {number} number */
  go(number) {
    const row = this.rows.get(number);
    if (!row) return;
    selectIn(row).focus();
    row.scrollIntoView({ block: "center" });
  }

  focus() {
    const [first] = this.rows.values();
    if (first) selectIn(first).focus();
  }
}

/** @param {Line} line */
function row({ number, text }) {
  const item = element("li");
  item.dataset.text = text;
  const select = document.createElement("select");
  select.dataset.number = String(number);
  select.setAttribute("aria-label", `第 ${number} 行认作`);
  select.setAttribute("aria-describedby", `line-${number}`);
  const words = element("span");
  words.id = `line-${number}`;
  words.textContent = text || "（图片）";
  item.append(select, words);
  return item;
}

/** @param {HTMLElement} row @returns {HTMLSelectElement} */
function selectIn(row) {
  return /** @type {HTMLSelectElement} */ (row.querySelector("select"));
}

/** @param {string} value @param {string} words */
function option(value, words) {
  const made = document.createElement("option");
  made.value = value;
  made.textContent = words;
  return made;
}
