// What the pages around the desk have in common: parts by their id, words to the editor, dialogs.

import { once, tendDialogs } from "../desk/dialogs.js";
import { element, part } from "../desk/elements.js";
import { Refusal, wordsOf } from "../desk/service.js";
import { toldBefore } from "../desk/told_after.js";
import "../ready.js";

export { element, part };

/** @param {string} id @returns {HTMLInputElement} */
export function input(id) {
  return /** @type {HTMLInputElement} */ (part(id));
}

/** @param {string} words */
export function tell(words) {
  part("told").textContent = words;
  part("told").classList.remove("fault");
}

/** Tell why something was not done. @param {string} words */
export function complain(words) {
  tell(words);
  part("told").classList.add("fault");
}

/**
 * Do something that the service may refuse; then its words are told. It is done once at a time.
 * @param {() => Promise<void>} act @param {(words: string) => void} [say] @param {object} [what] is done, by default the act itself
 */
export async function attempt(act, say = complain, what = act) {
  await once(what, () => act().catch((fault) => say(isOld(fault) ? `${fault.problem.detail}，请重新打开这一页再办` : wordsOf(fault))));
}

/** Tell whether this page shows what somebody has changed meanwhile: here nothing can be joined. @param {any} fault */
function isOld(fault) {
  return fault instanceof Refusal && fault.status === 412 && fault.problem.detail;
}

/** @param {string} id @returns {any} a dialog, which older typings do not know */
export function dialog(id) {
  return part(id);
}

tendDialogs();
document.addEventListener("DOMContentLoaded", () => {
  const { words, at } = toldBefore() ?? {};
  if (!words) return;
  tell(words);
  /** @type {HTMLElement} */ ((at && document.querySelector(at)) || part("main")).focus();
});
window.addEventListener("pageshow", ({ persisted }) => {
  if (persisted) location.reload(); // it was left, and may be old
});
