// An issue as the service keeps it: its words and its pictures, sent and fetched.

import { isLater } from "./hindrance.js";
import { picturesOf } from "./pictures.js";
import { address, ask, jsonOf, refusalOf, Unreached } from "./service.js";

/** @typedef {import("./pictures.js").Pictures} Pictures */

const NOTHING_MORE = 204; // what the service answers to a picture that it has kept

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
    if (!answer.ok) throw await refusalOf(answer);
    return { version: versionOf(answer), document: await jsonOf(answer) };
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
    if (answer.status === NOTHING_MORE) {
      this.pictures.sent.set(name, blob);
      return;
    }
    if (answer.ok) throw new Unreached("no answer of the service");
    const refusal = await refusalOf(answer);
    if (isLater(answer.status)) throw refusal;
    this.refused = `图片“${name}”没有保存：${refusal.message}`;
    this.turnedDown.set(name, { blob, words: this.refused });
  }
}

/** Return the version that an answer tells; one without is of a proxy or a log-in page in between. @param {Response} answer */
export function versionOf(answer) {
  const [, version] = /^(?:W\/)?"(\d+)"$/.exec(answer.headers.get("ETag") ?? "") ?? [];
  if (version === undefined) throw new Unreached("no answer of the service");
  return Number(version);
}
