// An issue as the service keeps it: its words and its pictures, sent and fetched.

import { picturesOf } from "./pictures.js";
import { address, ask, refusalOf } from "./service.js";

/** @typedef {import("./pictures.js").Pictures} Pictures */

/** The service cannot take anything now: it is tried again. */
export class Away extends Error {
  /** @param {number} status @param {string} [words] of the service, where it has no room */
  constructor(status, words = "") {
    super(String(status));
    this.status = status;
    this.words = words;
  }
}

export class KeptIssue {
  /** @param {string} id @param {Pictures} pictures */
  constructor(id, pictures) {
    this.id = id;
    this.pictures = pictures;
    /** What of the pictures is not saved, in words. */
    this.refused = "";
    /** @type {Map<string, { blob: Blob, words: string }>} */
    this.turnedDown = new Map();
  }

  /** Return what the service has now. */
  async present() {
    const answer = await ask(address(`issues/${this.id}`), { cache: "no-store" });
    if (!answer.ok) throw new Away(answer.status);
    return { version: versionOf(answer), document: await answer.json() };
  }

  /** Send words in place of those of a version. @param {string} words @param {number} version */
  put(words, version) {
    const headers = { "Content-Type": "application/json", "If-Match": `"${version}"` };
    return ask(address(`issues/${this.id}`), { method: "PUT", body: words, headers });
  }

  /** Pictures go before the words that speak of them. @param {any} document */
  async sendPictures(document) {
    this.refused = "";
    for (const name of picturesOf(document)) {
      const blob = this.pictures.blobs.get(name);
      if (!blob || this.pictures.sent.get(name) === blob) continue;
      const before = this.turnedDown.get(name);
      if (before?.blob === blob) this.refused = before.words; // it would be again
      else await this.sendPicture(name, blob);
    }
  }

  /** @param {string} name @param {Blob} blob */
  async sendPicture(name, blob) {
    const answer = await ask(address(`issues/${this.id}/assets/${encodeURIComponent(name)}`), { method: "PUT", body: blob });
    if (isLater(answer.status)) throw await awayFor(answer);
    if (answer.ok) {
      this.pictures.sent.set(name, blob);
      return;
    }
    this.refused = `图片“${name}”没有保存：${(await refusalOf(answer)).message}`;
    this.turnedDown.set(name, { blob, words: this.refused });
  }
}

/** Tell whether the same may be taken later: the service is away or busy. @param {number} status */
export function isLater(status) {
  return status >= 500 || status === 401 || status === 408 || status === 429;
}

const NO_ROOM = 507;

/** Return why an answer takes nothing now, in words where a person has to make room. @param {Response} answer */
export async function awayFor(answer) {
  return new Away(answer.status, answer.status === NO_ROOM ? (await refusalOf(answer)).message : "");
}

/** @param {Response} answer */
export function versionOf(answer) {
  return Number((answer.headers.get("ETag") ?? "").replace(/\D/g, ""));
}
