// Calls of the service; what it refuses becomes a Refusal with its words. Where a session has ended,
// its person logs in in a dialog, and the call goes on.

import { logInAgain } from "../account/again.js";
import { worded } from "./wording.js";

/** Return the address of a path of the API, under whatever prefix the service runs. @param {string} path */
export function address(path) {
  return new URL(`../../v1/${path}`, import.meta.url).href;
}

/** What a person can do, where the answer does not say so itself: one of a proxy in between. @type {Record<number, string>} */
const WORDS = {
  401: "要先登录，请重新打开这一页",
  403: "没有这样做的权限，请找管理员",
  404: "已经不在了，请回到各期看看",
  413: "内容太大，请删去几张图片，或把图片缩小",
  429: "请求太密，请过一会儿再试",
  502: "服务正在重新启动，请过一会儿再试",
  503: "服务正忙，请过一会儿再试",
  504: "服务太久没有答复，请过一会儿再试",
};
const REACHED_MS = 3000;
const MOST_CHARS = 120; // of an error of our own, in a line of the page
const OTHERWISE = "服务没有办成，请过一会儿再试；还不行请找管理员";

/** The service has refused a call: its words for people, and all that it said. */
export class Refusal extends Error {
  /** @param {number} status @param {any} problem */
  constructor(status, problem) {
    super(worded([problem.detail ?? WORDS[status] ?? OTHERWISE, problem.hint].filter(Boolean).join("，")));
    this.status = status;
    this.problem = problem;
  }
}

/** The service was not reached, or something in between answered in its place. */
export class Unreached extends Error {}

/** Return what an answer refuses, also one that is no JSON. @param {Response} answer */
export async function refusalOf(answer) {
  const problem = await answer.json().catch(() => null);
  return new Refusal(answer.status, problem !== null && typeof problem === "object" ? problem : {});
}

/**
 * Send a request as fetch does, with the token of the session's forms.
 * @param {string} url @param {RequestInit & { headers?: Record<string, string> }} [init]
 * @returns {Promise<Response>}
 */
export async function ask(url, init = {}) {
  const send = () => fetch(url, { ...init, headers: { ...init.headers, ...formHeader() } }).catch(unreached);
  const answer = await send();
  if (answer.status !== 401 || !document.getElementById("log-out")) return answer;
  return (await logInAgain(address("session"))) ? send() : answer;
}

/**
 * Throw what fetching or reading an answer has failed with. There alone a TypeError is one of the network; anywhere
 * else it is a fault of ours.
 * @param {any} fault @returns {never}
 */
export function unreached(fault) {
  throw fault instanceof TypeError ? new Unreached(fault.message) : fault;
}

/** Tell whether the service answers at all, and soon. @returns {Promise<boolean>} */
export async function isReached() {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), REACHED_MS);
  const answer = await fetch(address("../healthz"), { signal: stop.signal }).catch(() => null);
  clearTimeout(timer);
  return answer !== null && answer.ok;
}

/** Return the JSON of an answer: one of the service's has some. @param {Response} answer @returns {Promise<any>} */
export function jsonOf(answer) {
  return answer.json().catch((/** @type {any} */ fault) => {
    throw new Unreached(fault.message);
  });
}

/** @returns {Record<string, string>} what no other site can send */
function formHeader() {
  const found = /(?:^|; )__Host-hongtou-form=([0-9a-f]+)/.exec(document.cookie) ?? /(?:^|; )hongtou-form=([0-9a-f]+)/.exec(document.cookie);
  return found ? { "X-CSRF-Token": found[1] } : {};
}

/**
 * Call the API and return the JSON of its answer, null where it has none.
 * @param {string} method @param {string} path @param {any} [body] as JSON @param {number} [version] that is changed
 * @returns {Promise<any>}
 */
export async function call(method, path, body, version) {
  /** @type {Record<string, string>} */
  const headers = {};
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (version !== undefined) headers["If-Match"] = `"${version}"`;
  const answer = await ask(address(path), { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  if (!answer.ok) throw await refusalOf(answer);
  return answer.status === 204 ? null : jsonOf(answer);
}

/** Return what a person is told of a call that failed. @param {unknown} fault */
export function wordsOf(fault) {
  if (fault instanceof Refusal) return fault.message;
  if (fault instanceof Unreached) return "连不上服务，请稍后再试";
  console.error(fault);
  return `${faultWords(fault)}，请重新打开这一页再试，还不行请找管理员`;
}

/** Name an error of our own, as whoever mends it asks for it. @param {any} fault */
export function faultWords(fault) {
  const what = [fault?.name, fault?.message].filter(Boolean).join("：");
  return `这一页出了错（${(what || String(fault)).slice(0, MOST_CHARS)}）`;
}
