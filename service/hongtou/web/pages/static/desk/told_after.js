// What is told of a change on the page that shows it. That page was opened anew: without this nobody would hear that it was
// done, and the keyboard would be nowhere.

const KEY = "hongtou.told";

/** Have the next page of this window tell words, with the keyboard at the element that a selector finds. @param {string} words @param {string} [at] */
export function tellAfter(words, at = "") {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ words, at }));
  } catch {
    // a window that remembers nothing
  }
}

/** Return what the page before left to be told, once. @returns {{ words: string, at: string } | null} */
export function toldBefore() {
  try {
    const left = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    return JSON.parse(left ?? "null");
  } catch {
    return null;
  }
}
