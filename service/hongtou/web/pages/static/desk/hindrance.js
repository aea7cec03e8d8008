// Why the service has not taken what was written, as it is told while it is tried again.

import { faultWords, Refusal, Unreached } from "./service.js";

/**
 * `why` is "" where there is nothing more to say than that the service is away; `then` is what comes next, or what to do,
 * `thenUnkept` the same where this browser could not keep it either.
 * @typedef {{ why: string, then: string, thenUnkept: string, isOurs: boolean }} Hindrance
 */

const UNAUTHORIZED = 401;
const NO_ROOM = 507;

/** Tell whether the same may be taken later: the service is away or busy. @param {number} status */
export function isLater(status) {
  return status >= 500 || status === UNAUTHORIZED || status === 408 || status === 429;
}

/** Return what hinders, null if the service has refused the words themselves. @param {unknown} fault @returns {Hindrance | null} */
export function hindranceOf(fault) {
  if (fault instanceof Unreached) return passing("连上后自动保存");
  if (!(fault instanceof Refusal)) return ours(fault);
  if (!isLater(fault.status)) return null;
  if (fault.status === NO_ROOM) return passing("有地方了自动保存", fault.message);
  return passing(fault.status === UNAUTHORIZED ? "登录后自动保存" : "连上后自动保存");
}

/** @param {string} then @param {string} [why] @returns {Hindrance} */
function passing(then, why = "") {
  return { why, then, thenUnkept: then, isOurs: false };
}

/** @param {unknown} fault @returns {Hindrance} */
function ours(fault) {
  const why = `没有保存：${faultWords(fault)}`;
  return { why, then: "请重新打开这一页，还不行请找管理员", thenUnkept: "请把写的字全选复制到别处，再找管理员", isOurs: true };
}
