// A group of short news in the manuscript: its mark stands before each item, as on the page.

const USUAL = "★"; // of the layouts

export class Group {
  /** @param {any} node */
  constructor(node) {
    this.dom = document.createElement("section");
    this.dom.className = "briefs";
    this.contentDOM = this.dom;
    this.type = node.type;
    this.show(node);
  }

  /** @param {any} node */
  update(node) {
    if (node.type !== this.type) return false;
    this.show(node);
    return true;
  }

  /** The stylesheet puts it before the items: a string of CSS. @param {any} node */
  show(node) {
    const mark = node.attrs.mark || USUAL;
    if (mark === this.mark) return;
    this.mark = mark;
    this.dom.style.setProperty("--mark", `"${CSS.escape(mark)} "`);
  }

  /** The mark is no words. @param {any} mutation */
  ignoreMutation(mutation) {
    return mutation.type === "attributes" && mutation.target === this.dom;
  }
}
