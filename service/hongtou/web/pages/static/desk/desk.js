// The desk of one issue: outline, manuscript and pages, put together.

import { closeHistory, Mapping } from "../vendor/prosemirror.js";
import { COMMANDS, ELSEWHERE } from "./commands.js";
import { storeWords } from "./drafts.js";
import { marksFindings, openEditor, stateOf } from "./editor.js";
import { part } from "./elements.js";
import { growWithLines, partNames, readFields, showFields } from "./fields.js";
import { FindingsList } from "./findings.js";
import { goTo, goToField } from "./going.js";
import { dropped, insertPictures, pasted } from "./inserting.js";
import { isSame, Keeper } from "./keep.js";
import { showAway } from "./outputs.js";
import { Outline } from "./outline.js";
import { PagesPane } from "./pages.js";
import { keepCopies } from "./paste/own.js";
import { Pictures, picturesOf } from "./pictures.js";
import { PlainMode } from "./plain.js";
import { Previews } from "./preview.js";
import { PropertyBar } from "./properties/bar.js";
import { readManuscript } from "./read.js";
import { address, ask, isReached } from "./service.js";
import { takeIn, wordsOfMerged } from "./taking_in.js";
import { offsetOf } from "./text.js";
import { withManuscript, writeManuscript } from "./write.js";

/** @typedef {import("./text.js").Place} Place */

const NOTHING_WRITTEN = { articles: [], briefs: [] };

export class Desk {
  /** @param {{ id: string, version: number, document: any, isLocked?: boolean }} opened */
  constructor({ id, version, document: issue, isLocked }) {
    this.issue = issue;
    this.pictures = new Pictures(id && address(`issues/${id}/assets/`));
    /** What is done with clashes, where an issue is final, and when all is saved. @type {{ clashed: (clashes: any[], by: string) => void, locked: (words: string) => void, saved: () => void }} */
    this.also = { clashed: () => {}, locked: () => {}, saved: () => {} };
    /** @type {ReturnType<typeof writeManuscript> | null} */
    this.written = null;
    /** What was last sent, and what has been changed since. @type {{ places: Place[], since: any }} */
    this.sent = { places: [], since: new Mapping() };
    this.form = part("issue");
    this.isFieldComposing = false;
    showFields(this.form, issue);
    this.view = openEditor(part("manuscript"), readManuscript(issue), this.pictures, {
      changed: (transaction) => this.transacted(transaction),
      paste: (_view, event) => pasted(this, event),
      drop: (event, slice) => dropped(this, event, slice),
      composed: () => this.composed(),
    });
    keepCopies(this.view, id);
    this.properties = new PropertyBar(part("properties"), this);
    this.plain = new PlainMode(part("plain"), this);
    this.pane = new PagesPane(part("pages"), {
      scrolled: () => this.previews.want(),
      clicked: (pointer, offset) => this.goTo(pointer, offset),
    });
    this.outline = new Outline(part("outline"), this);
    this.findings = new FindingsList(part("findings"), part("findings-count"), this);
    this.previews = new Previews({
      form: () => this.previewForm(),
      isBusy: () => this.isComposing(),
      show: (answer, pictures) => this.showAnswer(answer, pictures),
      tell: (problem, isAway) => this.tellAway(problem, isAway),
      send: (body, signal) => ask(address("preview"), { method: "POST", body, signal }),
      isReached,
    });
    this.keeper = new Keeper({
      id,
      version,
      document: issue,
      isLocked,
      pictures: this.pictures,
      write: () => this.current(),
      isBusy: () => this.isComposing(),
      show: (state, words) => this.showKept(state, words),
      adopt: (merged, by) => this.adopt(merged, by),
    });
    this.form.addEventListener("input", (event) => {
      // What is typed into the manuscript is told of here too, before the editor has read it.
      if (/** @type {HTMLElement} */ (event.target).dataset.pointer) this.changed();
    });
    this.form.addEventListener("compositionstart", ({ target }) => {
      this.isFieldComposing = Boolean(/** @type {HTMLElement} */ (target).dataset.pointer);
    });
    this.form.addEventListener("compositionend", () => {
      if (!this.isFieldComposing) return;
      this.isFieldComposing = false;
      this.composed();
    });
    this.form.addEventListener("submit", (event) => event.preventDefault());
    partNames(this.form);
    growWithLines(this.form);
    part("layout").addEventListener("change", () => this.changed());
  }

  /** Take in what this browser kept and nobody else has, then show everything. */
  async open() {
    const left = await this.keeper.left().catch((fault) => void this.tell(`没能查看上次留在本机的内容：${storeWords(fault)}；上次有没保存的字，请先关掉浏览器再打开`));
    if (left) this.takeLeft(left);
    this.outline.show();
    this.properties.show();
    this.previews.want();
    if (!this.view.state.doc.textContent) this.focus(); // in the headline of a new issue
    await this.pictures.load(this.issue);
    if (this.pictures.sent.size) this.previews.want();
  }

  /** Take in what was left; where it is no manuscript it stays where it is kept. @param {import("./drafts.js").Draft} left */
  takeLeft({ document: issue, pictures }) {
    try {
      for (const [name, blob] of pictures ?? []) this.pictures.put(name, blob);
      this.adopt({ document: issue, clashes: [], returned: [] }, "");
      this.tell("上次没有保存的内容已找回");
    } catch (fault) {
      console.error(fault);
      this.keeper.leaveLeft();
      this.tell("上次留在本机的内容读不出来，还留着；要找回，请告诉管理员");
    }
  }

  /** Return the issue as it is now. */
  current() {
    this.written ??= writeManuscript(this.view.state.doc);
    const frame = withManuscript(this.issue, NOTHING_WRITTEN); // what is replaced need not be copied
    return withManuscript(readFields(this.form, frame), this.written);
  }

  /** @param {any} transaction */
  transacted(transaction) {
    this.sent?.since.appendMapping(transaction.mapping);
    if (transaction.docChanged) this.plain?.show();
    const past = transaction.getMeta("history$"); // of undo and redo: what was told before them is over
    if (past) this.tell(past.redo ? "已重做" : "已撤销");
    if (!marksFindings(transaction)) this.properties?.show();
    if (transaction.docChanged) this.changed();
    else if (transaction.selectionSet && !marksFindings(transaction)) this.caretMoved();
  }

  /** Tell whether an input method composes, in the manuscript or in a field. */
  isComposing() {
    return this.view.composing || this.plain.isComposing || this.properties.isComposing || this.isFieldComposing;
  }

  /** Have the keyboard at the caret of the manuscript, and the caret in view: it is scrolled to only where it is focused. */
  focus() {
    if (this.plain.isOn) return this.plain.focus();
    this.view.focus();
    this.view.dispatch(this.view.state.tr.scrollIntoView());
  }

  changed() {
    this.written = null;
    this.outline?.show();
    this.previews?.want();
    this.keeper?.changed();
  }

  /** An input method has put its phrase in: what waited goes on. */
  composed() {
    this.previews.next();
    this.keeper.changed();
  }

  caretMoved() {
    const caret = this.caret();
    this.pane.mark(caret);
    if (caret && !this.pane.placeOf(caret.pointer, caret.offset)) this.previews.want();
  }

  /** Return where every text of the manuscript stands in the issue. */
  places() {
    this.written ??= writeManuscript(this.view.state.doc);
    return this.written.places;
  }

  /** Return the character of the issue at the caret. */
  caret() {
    const { head, $head } = this.view.state.selection;
    const place = $head.parent.isTextblock && this.places().find(({ at }) => at === $head.start());
    return place ? { pointer: place.pointer, offset: offsetOf(place, head) } : null;
  }

  previewForm() {
    const issue = this.current();
    this.sent = { places: this.places(), since: new Mapping() };
    const caret = this.caret();
    const wish = {
      view: this.pane.inView(),
      dpi: this.pane.dpi(),
      ...(caret ? { at: [caret.pointer, caret.offset] } : {}),
      known: [...this.previews.pictures.keys()],
    };
    const form = new FormData();
    // As text: a blob goes by way of the browser's own process, and the next key waits for that.
    form.set("issue", JSON.stringify(issue));
    form.set("wish", JSON.stringify(wish));
    if (!this.pictures.blobs.size) return form;
    for (const name of picturesOf(issue)) {
      const blob = this.pictures.blobs.get(name);
      if (blob) form.set(name, blob, name);
    }
    return form;
  }

  /** @param {import("./preview.js").Answer} answer @param {Map<string, string>} pictures */
  async showAnswer(answer, pictures) {
    const { sent } = this;
    await this.pane.show(answer, pictures);
    if (!this.isComposing()) this.findings.show(answer.findings, sent);
    const errors = this.findings.errors();
    part("page-count").textContent = answer.pages ? `共 ${answer.pages} 页` : "未排版";
    part("last-page").textContent = answer.pages
      ? `末页 ${answer.last_page_lines} 行${answer.pages % 2 ? "，双面印背白" : ""}`
      : `有 ${errors} 处错误，改正后更新`;
    this.pane.mark(this.caret());
  }

  /** @param {string | null} problem @param {boolean} isAway whether the service is not reached at all */
  tellAway(problem, isAway) {
    showAway(isAway);
    part("pages").classList.toggle("waiting", isAway);
    part("away").hidden = problem === null;
    part("away").textContent = problem ?? "";
  }

  /** @param {string} state @param {string} words */
  showKept(state, words) {
    say(part("kept"), words);
    if (document.body.dataset.kept !== state) document.body.dataset.kept = state;
    if (state === "locked") this.also.locked(words);
    if (state === "saved") this.also.saved();
  }

  /**
   * Take in what others wrote, as a change that undo passes by; the caret stays where its words are.
   * @param {import("./taking_in.js").Merged} merged @param {string} by
   */
  adopt(merged, by) {
    const before = this.current();
    this.take(merged.document, false);
    this.also.clashed(merged.clashes, by);
    const isNews = merged.clashes.length || merged.returned.length || !isSame(this.current(), before);
    if (isNews) this.tell(wordsOfMerged(merged));
  }

  /** Make this issue another, changing only what differs. @param {any} issue @param {boolean} isUndoable */
  take(issue, isUndoable) {
    const manuscript = readManuscript(issue); // before anything is changed: it may be none
    this.issue = issue;
    showFields(this.form, issue);
    const tr = takeIn(this.view.state.tr, manuscript);
    if (tr.docChanged) this.view.dispatch(isUndoable ? closeHistory(tr) : tr.setMeta("addToHistory", false));
    this.changed();
    void this.pictures.load(issue).then(() => this.previews.want());
  }

  /** Open another issue in place of this one; what was written before is gone with it. @param {any} issue */
  replace(issue) {
    this.issue = issue;
    showFields(this.form, issue);
    this.view.updateState(stateOf(readManuscript(issue)));
    this.plain.show();
    this.properties.show();
    this.changed();
  }

  /** @param {File[]} files */
  insertPictures(files) {
    return insertPictures(this, files);
  }

  /** @param {string} pointer @param {number} offset */
  goTo(pointer, offset) {
    goTo(this, pointer, offset);
  }

  /** @param {string} pointer */
  goToField(pointer) {
    goToField(this, pointer);
  }

  /** @param {number} page */
  goToPage(page) {
    this.pane.sheet(page)?.scrollIntoView();
    this.previews.want();
  }

  /** @param {string} words */
  tell(words) {
    part("told").textContent = words;
  }

  /** @param {keyof typeof COMMANDS} name */
  do(name) {
    const { title, group = "", refusal = `“${title}”在这里用不上，${ELSEWHERE[group]}`, run } = COMMANDS[name];
    this.tell("");
    if (!run(this.view.state, this.view.dispatch, this.view)) this.tell(refusal);
    this.focus();
  }
}

/** Have an element say something; where it does already, nothing is laid out anew. @param {HTMLElement} element @param {string} words */
function say(element, words) {
  if (element.textContent !== words) element.textContent = words;
}
