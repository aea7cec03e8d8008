// What is doubtful in an import: a list, and the key that leads from one to the next.

import { element } from "./page.js";

/** @typedef {import("./old_issue.js").Doubt} Doubt */

export class Doubts {
  /** @param {HTMLElement} list @param {HTMLElement} count @param {(number: number) => void} go to a line */
  constructor(list, count, go) {
    this.list = list;
    this.count = count;
    this.go = go;
    /** @type {Doubt[]} */
    this.doubts = [];
    this.at = -1;
  }

  /** @param {Doubt[]} doubts */
  show(doubts) {
    const { line = 0 } = this.doubts[this.at] ?? {};
    this.doubts = doubts;
    // Whoever has settled one goes on from there.
    this.at = line ? doubts.findIndex((one) => one.line === line) : Math.min(this.at, doubts.length - 1);
    if (line && this.at < 0) this.at = doubts.filter((one) => one.line < line).length - 1;
    this.count.textContent = String(doubts.length);
    this.list.replaceChildren(...doubts.map((one, at) => this.item(one, at)));
    this.mark();
  }

  /** @param {Doubt} doubt @param {number} at */
  item({ message, line }, at) {
    const item = element("li");
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = line ? `第 ${line} 行　${message}` : message;
    made.addEventListener("click", () => this.goTo(at));
    item.append(made);
    return item;
  }

  /** Go to the next doubt, or that before. @param {number} by */
  step(by) {
    const many = this.doubts.length;
    if (!many) return;
    this.goTo(this.at < 0 ? (by > 0 ? 0 : many - 1) : (this.at + by + many) % many);
  }

  /** @param {number} at */
  goTo(at) {
    this.at = at;
    this.mark();
    const item = /** @type {HTMLElement} */ (this.list.children[at]);
    item.scrollIntoView({ block: "nearest" });
    const { line } = this.doubts[at];
    if (line) this.go(line);
    else item.querySelector("button")?.focus();
  }

  mark() {
    [...this.list.children].forEach((item, at) => {
      if (at === this.at) item.firstElementChild?.setAttribute("aria-current", "true");
      else item.firstElementChild?.removeAttribute("aria-current");
    });
  }
}
