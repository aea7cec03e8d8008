// Dialogs and buttons as people use them: Enter does what the chief button does, and a double click is one click.

import { tellAfter } from "./told_after.js";

/** What is under way, and is not begun again. @type {WeakSet<object>} */
const busy = new WeakSet();

/** Have the dialogs of a page closed by their button, and their chief button pressed by Enter in a line. */
export function tendDialogs() {
  for (const close of document.querySelectorAll("dialog [data-close]")) {
    close.addEventListener("click", () => /** @type {any} */ (close.closest("dialog")).close());
  }
  for (const form of document.querySelectorAll("dialog form")) {
    form.addEventListener("submit", (event) => event.preventDefault()); // what Enter does in a form of one line
    form.addEventListener("keydown", (event) => pressed(form, /** @type {KeyboardEvent} */ (event)));
  }
}

/** @param {Element} form @param {KeyboardEvent} event */
function pressed(form, event) {
  const isInLine = /** @type {Element} */ (event.target).matches("input:not([type=file]), select");
  if (event.key !== "Enter" || event.isComposing || event.keyCode === 229 || !isInLine) return;
  event.preventDefault();
  /** @type {HTMLElement | null} */ (form.querySelector(".chief"))?.click();
}

/** Do something unless it is under way already. @param {object} what @param {() => Promise<unknown>} act */
export async function once(what, act) {
  if (busy.has(what)) return;
  busy.add(what);
  try {
    await act();
  } finally {
    busy.delete(what);
  }
}

/**
 * Leave for another page, which tells what was done: what is under way stays so, as nothing is done here any more.
 * @param {string} url @param {string} [words] @returns {Promise<never>}
 */
export function leaveFor(url, words) {
  if (words) tellAfter(words);
  location.assign(url);
  return new Promise(() => {});
}

/**
 * Show this page as it is now; it tells what was done, with the keyboard at the element that a selector finds.
 * @param {string} words @param {string} [at] @returns {Promise<never>}
 */
export function showAgain(words, at) {
  tellAfter(words, at);
  location.reload();
  return new Promise(() => {});
}
