// Nothing is lost: every change is kept in this browser at once, and by the service within two seconds.
//
// Each word that is shown has one meaning: 已保存 only of what the service has committed and while nothing
// newer was written; 已留在本机 only of what this browser has written to its disk; 没有留在本机 of what is
// nowhere but in this window. A fault of our own is told as one, never as a network that is away.

import { draftsOf, dropDraft, keepDraft, keyOf, leaveDraft, unheld } from "./drafts.js";
import { hindranceOf } from "./hindrance.js";
import { KeptIssue, versionOf } from "./kept_issue.js";
import { call, faultWords, Refusal, refusalOf } from "./service.js";

/** @typedef {import("./pictures.js").Pictures} Pictures */
/** @typedef {"changed" | "saved" | "local" | "unkept" | "refused" | "locked"} State */

const NO_ISSUE = "local"; // stands for the issue where none is kept
const LOCAL_MS = 250;
const SERVER_MS = 1000;
const RETRY_MS = [1000, 2000, 4000, 8000, 15000];
const AGAIN_MS = 60; // after which a merge is tried again, if words came meanwhile
const STALE = 412;
const LOCKED = 423;

export class Keeper {
  /**
   * @param {object} desk
   * @param {string} desk.id of the issue; "" where the service keeps none
   * @param {number} desk.version
   * @param {any} desk.document as the service has it
   * @param {boolean} [desk.isLocked]
   * @param {Pictures} desk.pictures
   * @param {() => any} desk.write the issue as it is now
   * @param {() => boolean} desk.isBusy whether an input method composes
   * @param {(state: State, words: string) => void} desk.show
   * @param {(merged: import("./taking_in.js").Merged, by: string) => void} desk.adopt take what was merged into the manuscript
   */
  constructor(desk) {
    this.desk = desk;
    this.version = desk.version;
    /** The document of that version. */
    this.base = desk.document;
    /** What the manuscript says while it is the same as that document. */
    this.kept = JSON.stringify(desk.write());
    this.key = keyOf(desk.id || NO_ISSUE);
    /** What other windows kept that are closed now: each is joined once the one before is saved. @type {any[]} */
    this.waiting = [];
    /** The keys of what was taken in of them; dropped when it is saved. @type {string[]} */
    this.taken = [];
    /** The keys of those that are in the manuscript by now. @type {string[]} */
    this.holds = [];
    /** Why this browser keeps nothing, "" while it does. */
    this.unkept = "";
    this.issue = new KeptIssue(desk.id, desk.pictures);
    this.tries = 0;
    this.isSending = false;
    this.isWanted = false;
    /** What keeps the service from taking what was written. @type {import("./hindrance.js").Hindrance | null} */
    this.hindrance = null;
    this.isLocked = Boolean(desk.isLocked);
    /** @type {number | undefined} */
    this.localTimer = undefined;
    /** @type {number | undefined} */
    this.serverTimer = undefined;
    document.addEventListener("visibilitychange", () => void this.keepLocally());
    window.addEventListener("pagehide", () => void this.keepLocally(false, true));
    window.addEventListener("online", () => void this.send());
    window.addEventListener("beforeunload", (event) => {
      void this.keepLocally(false, true); // before the browser asks: behind its question nothing may be done
      if (!(this.desk.id ? this.isDirty() : this.unkept)) return;
      event.preventDefault();
      event.returnValue = ""; // what older browsers ask for
    });
  }

  isDirty() {
    return JSON.stringify(this.desk.write()) !== this.kept;
  }

  /** Something was written. */
  changed() {
    if (this.isLocked) return;
    this.desk.show("changed", "正在保存…");
    this.localTimer ??= window.setTimeout(() => {
      this.localTimer = undefined;
      void this.keepLocally();
    }, LOCAL_MS);
    if (!this.desk.id) return;
    this.serverTimer ??= window.setTimeout(() => {
      this.serverTimer = undefined;
      void this.send();
    }, SERVER_MS);
  }

  /** Save now, whatever the timers say; tells whether everything is saved. */
  async now() {
    await this.keepLocally(true);
    await this.send();
    while (this.isSending) await pause(AGAIN_MS);
    return !this.isDirty();
  }

  /**
   * @param {boolean} [isAsked] by a person, who is answered even where nothing was written
   * @param {boolean} [isLeaving] whether the page may be gone in a moment
   */
  async keepLocally(isAsked = false, isLeaving = false) {
    if (this.isLocked) return;
    try {
      const document = this.desk.write();
      if (!isAsked && !this.hindrance && JSON.stringify(document) === this.kept) return;
      const { version, base, holds } = this;
      const draft = { id: this.key, version, base, document, holds, pictures: this.desk.pictures.blobs, at: Date.now() };
      if (isLeaving) leaveDraft(draft);
      this.unkept = await keepDraft(draft);
      if (!this.desk.id && !this.unkept) await this.dropHeld();
    } catch (fault) {
      console.error(fault);
      this.unkept = faultWords(fault);
    }
    if (this.hindrance || !this.desk.id) this.showLocal();
  }

  showLocal() {
    const { why, then, thenUnkept } = this.hindrance ?? { why: "", then: "", thenUnkept: "" };
    const here = this.unkept ? `没有留在本机：${this.unkept}，先别关这个窗口` : `已留在本机 ${clock()}`;
    const next = this.unkept ? thenUnkept : then;
    const state = why ? "refused" : this.unkept ? "unkept" : "local";
    this.desk.show(state, `${why && `${why}。`}${here}${next && `，${next}`}`);
  }

  /** Return what this browser kept and the service has not, if anything; it is told from there on. */
  async left() {
    if (this.isLocked) return null;
    const drafts = await draftsOf(this.desk.id || NO_ISSUE);
    this.taken = drafts.map(({ id }) => id);
    const [draft, ...others] = unheld(drafts).filter(({ document }) => JSON.stringify(document) !== this.kept);
    if (!draft) return null;
    this.holds = [draft.id];
    if (this.desk.id && draft.base) {
      this.version = draft.version;
      this.base = draft.base;
      this.waiting = others;
    }
    return draft;
  }

  /** What was left cannot be taken in: it stays kept, and the service's own is what is worked on. */
  leaveLeft() {
    [this.taken, this.holds, this.waiting] = [[], [], []];
    [this.version, this.base] = [this.desk.version, this.desk.document];
  }

  /** Join what another window kept that is closed now; what stands in both stays once. */
  async joinWaiting() {
    const { id, version, base, document, pictures } = this.waiting[0];
    const merged = await call("POST", `issues/${this.desk.id}/merge`, { version, base, document });
    if (merged.version !== this.version || this.isDirty()) return; // after the next save then
    this.waiting.shift();
    this.holds = [...this.holds, id];
    for (const [name, blob] of pictures ?? []) this.desk.pictures.put(name, blob);
    this.desk.adopt(merged, "");
  }

  async send() {
    if (!this.desk.id || this.isLocked) return;
    if (this.isSending || this.desk.isBusy()) {
      this.isWanted = true;
      return;
    }
    this.isSending = true;
    this.isWanted = false;
    try {
      await this.sendWritten();
      this.hindrance = null;
      this.tries = 0;
    } catch (fault) {
      await this.hindered(fault);
    } finally {
      this.isSending = false;
      if (this.isWanted && !this.hindrance) void this.send();
    }
  }

  async sendWritten() {
    const document = this.desk.write();
    const words = JSON.stringify(document);
    if (words === this.kept) return this.saved(words, this.version);
    await this.issue.sendPictures(document);
    await this.take(await this.issue.put(words, this.version), document, words);
  }

  /** @param {Response} answer @param {any} document @param {string} words */
  async take(answer, document, words) {
    if (answer.ok) {
      const version = versionOf(answer);
      this.base = document;
      await this.saved(words, version);
      return;
    }
    const refusal = await refusalOf(answer);
    if (answer.status !== STALE) throw refusal;
    await this.merge(refusal.problem.by ?? "");
  }

  /** Tell why nothing was saved; what may pass is tried again. @param {unknown} fault */
  async hindered(fault) {
    this.hindrance = hindranceOf(fault);
    if (!this.hindrance) return this.refused(/** @type {Refusal} */ (fault));
    if (this.hindrance.isOurs) console.error(fault);
    await this.keepLocally();
    const wait = RETRY_MS[Math.min(this.tries, RETRY_MS.length - 1)];
    this.tries += 1;
    window.setTimeout(() => void this.send(), wait);
  }

  /** The service has refused what was written: it stays here. @param {Refusal} refusal */
  async refused({ status, message }) {
    await this.keepLocally();
    this.isLocked = status === LOCKED;
    this.desk.show(this.isLocked ? "locked" : "refused", `没有保存：${message}`);
  }

  /** @param {string} words @param {number} version */
  async saved(words, version) {
    this.kept = words;
    this.version = version;
    if (this.isDirty()) {
      this.isWanted = true;
      return;
    }
    if (this.waiting.length) await this.joinWaiting();
    else await this.dropDrafts();
    if (this.isDirty()) this.isWanted = true; // written meanwhile
    else if (this.issue.refused) this.desk.show("refused", this.issue.refused);
    else this.desk.show("saved", `已保存 ${clock()}`);
  }

  /** Drop what is in the manuscript by now, of the desk that no issue is kept of: another window is to find other words. */
  async dropHeld() {
    for (const id of this.holds) await dropDraft(id);
    this.holds = [];
  }

  async dropDrafts() {
    for (const id of this.taken) await dropDraft(id); // before what holds them
    await dropDraft(this.key);
    [this.taken, this.holds] = [[], []];
  }

  /** Take in what others have saved, if nothing is under way. @param {string} by */
  async catchUp(by) {
    if (this.isSending || this.isLocked || this.desk.isBusy()) return;
    this.isSending = true;
    try {
      await this.merge(by);
    } catch (fault) {
      if (hindranceOf(fault)?.isOurs) await this.hindered(fault); // otherwise the next ping or save tries again
    } finally {
      this.isSending = false;
      if (this.isWanted && !this.hindrance) void this.send();
    }
  }

  /**
   * Somebody else has saved: the service joins both, and nobody's words are lost. What is joined is what is
   * written at that moment: where words came meanwhile, it is done again, but not while an input method
   * composes. @param {string} by
   */
  async merge(by) {
    for (;;) {
      while (this.desk.isBusy()) await pause(AGAIN_MS);
      const present = await this.issue.present();
      const document = this.desk.write();
      const sent = JSON.stringify(document);
      const merged = await call("POST", `issues/${this.desk.id}/merge`, { version: this.version, base: this.base, document });
      const isStale = merged.version !== present.version || JSON.stringify(this.desk.write()) !== sent;
      if (isStale || this.desk.isBusy()) {
        await pause(AGAIN_MS);
        continue;
      }
      this.version = present.version;
      this.base = present.document;
      this.kept = "";
      this.desk.adopt(merged, by);
      if (isSame(merged.document, present.document)) await this.saved(JSON.stringify(this.desk.write()), present.version);
      else this.isWanted = true;
      return;
    }
  }
}

/** Tell whether two values are the same, in whatever order their members stand. @param {any} one @param {any} other */
export function isSame(one, other) {
  return JSON.stringify(one, sorted) === JSON.stringify(other, sorted);
}

/** @param {string} _key @param {any} value */
function sorted(_key, value) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.keys(value).sort().map((name) => [name, value[name]]));
}

/** @param {number} ms */
function pause(ms) {
  return new Promise((done) => setTimeout(done, ms));
}

function clock() {
  return new Date().toTimeString().slice(0, 5);
}
