// A picture in the manuscript, over its caption.

/** @typedef {import("./pictures.js").Pictures} Pictures */

export class Figure {
  /** @param {any} node @param {Pictures} pictures */
  constructor(node, pictures) {
    this.pictures = pictures;
    this.dom = document.createElement("figure");
    this.image = document.createElement("img");
    this.image.contentEditable = "false";
    this.image.addEventListener("error", () => this.dom.classList.add("missing"));
    this.contentDOM = document.createElement("div");
    this.dom.append(this.image, this.contentDOM);
    this.show(node);
  }

  /** @param {any} node */
  update(node) {
    if (!("image" in node.attrs)) return false;
    this.show(node);
    return true;
  }

  /** @param {any} node */
  show(node) {
    const { image, alt } = node.attrs;
    const address = this.pictures.address(image);
    this.image.alt = alt ?? "";
    this.dom.dataset.image = image;
    this.dom.classList.toggle("missing", !address);
    if (address) this.image.src = address;
    else this.image.removeAttribute("src");
  }

  /** Loading a picture changes nothing that was written. @param {any} mutation */
  ignoreMutation(mutation) {
    return mutation.target === this.image || mutation.target === this.dom;
  }
}
