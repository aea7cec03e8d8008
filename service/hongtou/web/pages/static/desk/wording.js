// What the service says, as a clerk reads it: without what stands in brackets for programs, a name of the issue JSON or a
// piece of it, and how JSON is written. What “…” holds is the editor's own and stays as it is.

const QUOTED = /“[^”]*”|「[^」]*」/.source;
const FOR_PROGRAMS = /（[a-z_][ -~、：…]*）|（[{"][^（）]*）|，不加引号(?:和小数点)?/.source;
const QUOTES = "“「";
const EITHER = new RegExp(`${QUOTED}|${FOR_PROGRAMS}`, "g");

/** @param {string} words */
export function worded(words) {
  return words.replace(EITHER, (found) => (QUOTES.includes(found[0]) ? found : ""));
}
