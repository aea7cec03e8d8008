// What was written, kept in this browser: it is there before it goes over the network.
//
// Every window keeps its own, so that two windows of one issue never write over each other. A private window may
// have no database, and a full disk takes nothing: then it is told that nothing is kept, and why, and work goes on.

import { openDB } from "../vendor/idb.js";
import { faultWords } from "./service.js";

/**
 * What was written, and the version and document it began from. `id` is the issue, then the window; `holds` names
 * the drafts of closed windows that were taken into it.
 * @typedef {{ id: string, version: number, base: any, document: any, pictures: Map<string, Blob>, at: number, holds?: string[] }} Draft
 */

const NAME = "hongtou";
const LEFT = "hongtou.left ";
const STORE = "drafts";
const ANSWER_MS = 500; // within which a window answers that it is open, also on a busy machine
const mine = [...crypto.getRandomValues(new Uint8Array(8))].map((one) => one.toString(16).padStart(2, "0")).join("");
const windows = new BroadcastChannel("hongtou.windows");

windows.addEventListener("message", ({ data }) => {
  if (data === "who") windows.postMessage(mine);
});

/** @type {Promise<any> | null} */
let opened = null;

function database() {
  opened ??= openDB(NAME, 1, { upgrade: (db) => void db.createObjectStore(STORE, { keyPath: "id" }) });
  return opened;
}

/** Return the key of what this window keeps of an issue. @param {string} issue */
export function keyOf(issue) {
  return `${issue} ${mine}`;
}

/** Keep a draft; return "" once the browser has written it to its disk, otherwise why not. @param {Draft} draft @returns {Promise<string>} */
export async function keepDraft(draft) {
  const why = await change((store) => store.put(draft));
  if (!why) forget(draft.id, draft.at);
  return why;
}

/**
 * Keep the words of a draft at once: a page that is being left may be gone before its database has looked whether
 * there is room, and then nothing is put. @param {Draft} draft
 */
export function leaveDraft({ pictures, ...words }) {
  try {
    localStorage.setItem(LEFT + words.id, JSON.stringify(words));
  } catch (fault) {
    console.error(fault); // no room, or none is given: what was kept a moment ago is still there
  }
}

/** Drop a draft; one that stays is joined again, and adds nothing. @param {string} id */
export async function dropDraft(id) {
  forget(id);
  await change((store) => store.delete(id));
}

/** Forget what was left, unless it was written after a moment. @param {string} id @param {number} [until] */
function forget(id, until = Infinity) {
  if (leftDrafts().some((draft) => draft.id === id && draft.at <= until)) localStorage.removeItem(LEFT + id);
}

/** Return what was left before it was kept, of any issue. @returns {Omit<Draft, "pictures">[]} */
function leftDrafts() {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(LEFT));
    return keys.map((key) => JSON.parse(localStorage.getItem(key) ?? "null")).filter(Boolean);
  } catch {
    return []; // this window is given no store
  }
}

/** Return the issue of which a draft is. @param {string} id */
function issueOf(id) {
  return id.split(" ")[0];
}

/**
 * Return what closed windows have kept of an issue, the newest first. It throws where something may have been kept
 * that cannot be read.
 * @param {string} issue @returns {Promise<Draft[]>}
 */
export async function draftsOf(issue) {
  try {
    const store = await database();
    const left = new Map(leftDrafts().map((draft) => [draft.id, draft]));
    const keys = [...new Set([...(await store.getAllKeys(STORE)), ...left.keys()])].filter((key) => issueOf(key) === issue);
    if (!keys.length) return [];
    const open = await openWindows();
    const closed = keys.filter((key) => !open.has(key.split(" ")[1]));
    const drafts = await Promise.all(closed.map(async (key) => newer(await store.get(STORE, key), left.get(key))));
    return drafts.filter((draft) => draft !== null).sort((one, two) => two.at - one.at);
  } catch (fault) {
    opened = null; // the next one may find it again
    if (isForbidden(fault)) return []; // nothing was ever kept
    throw fault;
  }
}

/**
 * Return drafts without those that others hold: joined beside their own later words, they would clash with them. Their
 * pictures go along, which may stand nowhere else. @param {Draft[]} drafts @returns {Draft[]}
 */
export function unheld(drafts) {
  const names = new Set(drafts.flatMap(({ holds = [] }) => holds));
  const held = drafts.filter(({ id }) => names.has(id)).flatMap(({ pictures }) => [...(pictures ?? [])]);
  const rest = drafts.filter(({ id }) => !names.has(id));
  return rest.map((draft) => (draft.holds?.length ? { ...draft, pictures: new Map([...held, ...(draft.pictures ?? [])]) } : draft));
}

/** Return what a window wrote last, with its pictures. @param {Draft | undefined} kept @param {Omit<Draft, "pictures"> | undefined} left */
function newer(kept, left) {
  if (!left || (kept && kept.at > left.at)) return kept ?? null;
  return { ...left, pictures: kept?.pictures ?? new Map() };
}

/** Tell whether the browser keeps nothing in this window. @param {any} fault */
function isForbidden(fault) {
  return fault?.name === "SecurityError" || !window.indexedDB;
}

/** What the store of a browser itself may fail with; anything else is a fault of ours. */
const OF_THE_STORE = new Set(["AbortError", "InvalidStateError", "NotFoundError", "TimeoutError", "UnknownError", "VersionError"]);

/** Return why this browser keeps nothing, in words. @param {any} fault */
export function storeWords(fault) {
  if (fault?.name === "QuotaExceededError") return "浏览器存不下，请清理这台电脑的磁盘";
  if (isForbidden(fault)) return "这个浏览器窗口不让存，请换普通窗口";
  return OF_THE_STORE.has(fault?.name) ? `浏览器的存储出了错（${fault.name}），请换一个浏览器` : faultWords(fault);
}

/** @param {(store: any) => unknown} act @returns {Promise<string>} */
async function change(act) {
  try {
    const transaction = (await database()).transaction(STORE, "readwrite", { durability: "strict" });
    const acted = act(transaction.store);
    transaction.commit(); // now: a page that is being left does not hear that it was put
    await Promise.all([acted, transaction.done]);
    return "";
  } catch (fault) {
    opened = null; // the next one may find it again
    console.error(fault);
    return storeWords(fault);
  }
}

/** Return the windows of this browser that are open. @returns {Promise<Set<string>>} */
function openWindows() {
  /** @type {Set<string>} */
  const found = new Set([mine]);
  const heard = (/** @type {MessageEvent} */ { data }) => void found.add(data);
  windows.addEventListener("message", heard);
  windows.postMessage("who");
  return new Promise((done) => {
    setTimeout(() => {
      windows.removeEventListener("message", heard);
      done(found);
    }, ANSWER_MS);
  });
}
