// Asking for the pages as they look now: one preview under way, the newest next.

import { refusalOf, Unreached, unreached, wordsOf } from "./service.js";

/**
 * @typedef {[number, string, number, number]} Drawn page, digest, width and height in pixels
 * @typedef {[number, number, number, number, number, string, number, number]} PlaceOnPage
 *   page, left, top, width and height in mm, pointer, start, end
 * @typedef {{ pages: number | null, drawn: Drawn[], places: PlaceOnPage[], findings: any[], last_page_lines: number }} Answer
 */

const AWAY = "连不上服务，版面暂不更新，下载、打印、校样、送审也要等连上；写的内容没有丢";
const SLOW = "这一期排得久，还在排，版面稍后更新；可以接着写";
const SLOW_MS = 8000; // then it is told, or asked again where the service is away
const LONGEST_MS = 90_000; // above what a render and those before it may take
const RETRY_MS = 2000;
const MOST_KEPT = 60; // pictures
const MOST_DELAYS = 1000;

export class Previews {
  /**
   * @param {object} desk
   * @param {() => FormData} desk.form the issue, its pictures and what is wished to be seen
   * @param {() => boolean} desk.isBusy whether an input method composes
   * @param {(answer: Answer, pictures: Map<string, string>) => Promise<void>} desk.show
   * @param {(problem: string | null, isAway: boolean) => void} desk.tell null: all is well; whether the service is away
   * @param {(form: FormData, signal: AbortSignal) => Promise<Response>} desk.send
   * @param {() => Promise<boolean>} desk.isReached whether the service answers at all
   */
  constructor(desk) {
    this.desk = desk;
    /** @type {Map<string, string>} digest → address; the first is the oldest */
    this.pictures = new Map();
    this.isWanted = false;
    this.isUnderWay = false;
    /** When the oldest change was made that is not shown yet. @type {number | null} */
    this.since = null;
    /** @type {number[]} milliseconds from a change to its picture, for measurements */
    this.delays = [];
  }

  /** Ask for a preview, as something has changed. */
  want(now = performance.now()) {
    this.since = this.since ?? now;
    this.isWanted = true;
    this.next();
  }

  /** Ask now, unless one is under way or an input method composes. */
  async next() {
    if (this.isUnderWay || !this.isWanted || this.desk.isBusy()) return;
    this.isUnderWay = true;
    await new Promise((done) => setTimeout(done)); // the key is answered first
    if (this.desk.isBusy()) {
      this.isUnderWay = false; // an input method has begun: its end asks again
      return;
    }
    this.isWanted = false;
    const since = this.since;
    this.since = null;
    try {
      await this.take(await this.ask());
      if (since !== null) requestAnimationFrame(() => this.delayed(performance.now() - since));
      this.desk.tell(null, false);
    } catch (fault) {
      this.since = this.since ?? since;
      this.desk.tell(isOfNetwork(fault) ? AWAY : wordsOf(fault), isOfNetwork(fault));
      setTimeout(() => this.want(), RETRY_MS);
    } finally {
      this.isUnderWay = false;
      this.next();
    }
  }

  /** @param {number} milliseconds */
  delayed(milliseconds) {
    this.delays.push(milliseconds);
    if (this.delays.length > MOST_DELAYS) this.delays.shift();
  }

  async ask() {
    const stop = new AbortController();
    const timers = [setTimeout(() => this.slow(stop), SLOW_MS), setTimeout(() => stop.abort(), LONGEST_MS)];
    try {
      const answer = await this.desk.send(this.desk.form(), stop.signal);
      if (!answer.ok) throw await refusalOf(answer);
      return await answer.formData().catch(unreached);
    } finally {
      timers.forEach(clearTimeout);
    }
  }

  /** Tell that a preview takes long; where the service is away, it is asked again. @param {AbortController} stop */
  async slow(stop) {
    if (!(await this.desk.isReached())) stop.abort();
    else if (this.isUnderWay) this.desk.tell(SLOW, false);
  }

  /** @param {FormData} parts */
  async take(parts) {
    /** @type {Answer} */
    const answer = JSON.parse(String(parts.get("preview")));
    for (const [, digest] of answer.drawn) {
      const sent = /** @type {File | null} */ (parts.get(digest));
      const known = this.pictures.get(digest);
      const address = known ?? (sent ? URL.createObjectURL(sent) : undefined);
      this.pictures.delete(digest); // to the end: it was used last
      if (address) this.pictures.set(digest, address);
    }
    await this.desk.show(answer, this.pictures);
    this.forget(new Set(answer.drawn.map(([, digest]) => digest)));
  }

  /** Forget the oldest pictures. @param {Set<string>} shown */
  forget(shown) {
    for (const [digest, address] of this.pictures) {
      if (this.pictures.size <= MOST_KEPT) return;
      if (shown.has(digest)) continue;
      URL.revokeObjectURL(address);
      this.pictures.delete(digest);
    }
  }
}

/** @param {unknown} fault */
function isOfNetwork(fault) {
  return fault instanceof Unreached || (fault instanceof DOMException && fault.name === "AbortError");
}
