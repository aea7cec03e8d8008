// A new password, written twice.

import { input, part } from "../office/page.js";

/** Return the new password, "" if both do not agree, which is told. */
export function newPassword() {
  const [once, again] = [input("new").value, input("again").value];
  part("warned").textContent = once === again ? "" : "两遍写的不一样";
  return once === again ? once : "";
}

/** @param {string} words */
export function warn(words) {
  part("warned").textContent = words;
}
