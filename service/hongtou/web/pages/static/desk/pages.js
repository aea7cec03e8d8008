// The pages at the right: pictures of what will be printed, with the caret's line marked.

/** @typedef {import("./preview.js").Answer} Answer */
/** @typedef {import("./preview.js").PlaceOnPage} PlaceOnPage */

const A4 = { width: 210, height: 297 }; // mm
const SETTLED_MS = 60; // after scrolling or resizing
const NEAR_MM = 20; // from a click to what was meant
const ROW_WEIGHT = 4; // a click is nearer to its own line than to a word above it
const MOST_IN_VIEW = 10;
const MM_PER_INCH = 25.4;

export class PagesPane {
  /**
   * @param {HTMLElement} pane
   * @param {{ scrolled: () => void, clicked: (pointer: string, offset: number) => void }} told
   */
  constructor(pane, told) {
    this.pane = pane;
    this.told = told;
    /** @type {PlaceOnPage[]} */
    this.places = [];
    this.following = 0;
    let timer = 0;
    const moved = () => {
      clearTimeout(timer);
      timer = window.setTimeout(told.scrolled, SETTLED_MS);
    };
    pane.addEventListener("scroll", moved);
    window.addEventListener("resize", moved); // also when the browser zooms: other pixels are wanted
    pane.addEventListener("click", (event) => this.click(event));
  }

  /** Return the numbers of the pages in view; before anything is shown, the first. */
  inView() {
    const { top, bottom } = this.pane.getBoundingClientRect();
    const seen = this.sheets().filter((sheet) => {
      const box = sheet.getBoundingClientRect();
      return box.bottom > top && box.top < bottom;
    });
    const numbers = seen.map((sheet) => Number(sheet.dataset.page));
    return numbers.length ? numbers.slice(0, MOST_IN_VIEW) : [1];
  }

  /** Show pages as large as they are printed, or as wide as the pane; what was in the middle stays there. */
  /** @param {boolean} isFull */
  scale(isFull) {
    const { pane } = this;
    const middle = (pane.scrollTop + pane.clientHeight / 2) / pane.scrollHeight;
    pane.classList.toggle("full", isFull);
    pane.scrollTop = middle * pane.scrollHeight - pane.clientHeight / 2;
  }

  /** Return the dots per inch at which a page fills its sheet, in the pixels of this screen. */
  dpi() {
    const width = this.sheets()[0]?.clientWidth || this.pane.clientWidth - 32;
    const dots = Math.round((width * (window.devicePixelRatio || 1) * MM_PER_INCH) / A4.width);
    return Math.min(220, Math.max(36, dots));
  }

  /** Show the pages of an answer; those that were not drawn stay as they are. */
  /** @param {Answer} answer @param {Map<string, string>} pictures */
  async show(answer, pictures) {
    this.pane.classList.toggle("stale", !answer.pages);
    if (!answer.pages) return;
    this.lay(answer.pages);
    this.places = answer.places;
    await Promise.all(answer.drawn.map(([page, digest]) => this.draw(page, digest, pictures.get(digest) ?? "")));
  }

  /** Put another picture in only when it is decoded: nothing flickers. */
  /** @param {number} page @param {string} digest @param {string} address */
  async draw(page, digest, address) {
    const image = this.sheet(page)?.querySelector("img");
    if (!image || image.dataset.digest === digest) return;
    const next = new Image();
    next.src = address;
    await next.decode();
    image.src = address;
    image.dataset.digest = digest;
  }

  /** Have as many sheets as there are pages. @param {number} count */
  lay(count) {
    while (this.pane.children.length > count) this.pane.lastElementChild?.remove();
    while (this.pane.children.length < count) this.pane.append(newSheet(this.pane.children.length + 1));
  }

  /** Mark the line of the caret, and bring its page into view where it changes. */
  /** @param {{ pointer: string, offset: number } | null} caret */
  mark(caret) {
    for (const mark of this.pane.querySelectorAll(".caret")) /** @type {HTMLElement} */ (mark).hidden = true;
    const place = caret && this.placeOf(caret.pointer, caret.offset);
    if (!place) return;
    const [page, x, y, width, height] = place;
    const sheet = this.sheet(page);
    const mark = /** @type {HTMLElement | null | undefined} */ (sheet?.querySelector(".caret"));
    if (!sheet || !mark) return;
    mark.hidden = false;
    mark.style.left = `${(x / A4.width) * 100}%`;
    mark.style.top = `${(y / A4.height) * 100}%`;
    mark.style.width = `${(width / A4.width) * 100}%`;
    mark.style.height = `${(height / A4.height) * 100}%`;
    if (page === this.following) return;
    const isOpening = !this.following; // then the first page stays in view
    this.following = page;
    if (!isOpening) {
      bringIntoView(this.pane, sheet, mark);
    }
  }

  /** Return where a character stands; a headline stands in the contents too, and the last counts. */
  /** @param {string} pointer @param {number} offset */
  placeOf(pointer, offset) {
    const mine = this.places.filter((place) => place[5] === pointer);
    const here = mine.filter(([, , , , , , start, end]) => start <= offset && offset <= end);
    return here.pop() ?? mine.pop();
  }

  /** @param {MouseEvent} event */
  click(event) {
    const sheet = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-page]"));
    if (!sheet) return;
    const box = sheet.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * A4.width;
    const y = ((event.clientY - box.top) / box.height) * A4.height;
    const place = nearest(this.places.filter((one) => one[0] === Number(sheet.dataset.page)), x, y);
    if (!place) return;
    const [, left, , width, , pointer, start, end] = place;
    const share = Math.min(1, Math.max(0, (x - left) / width));
    this.told.clicked(pointer, Math.round(start + share * (end - start)));
  }

  /** @returns {HTMLElement[]} */
  sheets() {
    return [...this.pane.querySelectorAll("[data-page]")].map((sheet) => /** @type {HTMLElement} */ (sheet));
  }

  /** @param {number} page @returns {HTMLElement | null} */
  sheet(page) {
    return this.pane.querySelector(`[data-page="${page}"]`);
  }
}

/** Return the place nearest to a point, if any is near. @param {PlaceOnPage[]} places @param {number} x @param {number} y */
function nearest(places, x, y) {
  /** @param {PlaceOnPage} place */
  const distance = ([, left, top, width, height]) =>
    Math.max(0, top - y, y - top - height) * ROW_WEIGHT + Math.max(0, left - x, x - left - width);
  const [found] = [...places].sort((one, two) => distance(one) - distance(two));
  return found && distance(found) <= NEAR_MM ? found : null;
}

/** Scroll only the pane, so that the rest of the desk stays. @param {HTMLElement} pane @param {HTMLElement} sheet @param {HTMLElement} mark */
function bringIntoView(pane, sheet, mark) {
  const room = pane.getBoundingClientRect();
  const box = mark.getBoundingClientRect();
  if (box.top >= room.top && box.bottom <= room.bottom) return;
  pane.scrollTop = sheet.offsetTop + mark.offsetTop - room.height / 3;
}

/** @param {number} number */
function newSheet(number) {
  const sheet = document.createElement("figure");
  sheet.dataset.page = String(number);
  const image = document.createElement("img");
  image.alt = "";
  const mark = document.createElement("div");
  mark.className = "caret";
  mark.hidden = true;
  const label = document.createElement("figcaption");
  label.textContent = `第 ${number} 页`;
  sheet.append(image, mark, label);
  return sheet;
}
