// What the service says, as a clerk reads it: without what stands in brackets for programs, a name of the issue JSON or a
// piece of it, and how JSON is written. What “…” holds is the editor's own and stays as it is.

import { shownDate } from "./dates.js";

const DATE_FIELD = /date$/;
const ISO_DATE = /\d{4}-\d\d(?:-\d\d)?/g;
const QUOTED = /“[^”]*”|「[^」]*」/.source;
const FOR_PROGRAMS = /（[a-z_][ -~、：…]*）|（[{"][^（）]*）|，不加引号(?:和小数点)?/.source;
const QUOTES = "“「";
const EITHER = new RegExp(`${QUOTED}|${FOR_PROGRAMS}`, "g");

/** @param {string} words @param {string | null} [pointer] of what they are about: a date is named as its field shows it */
export function worded(words, pointer) {
  const shown = DATE_FIELD.test(pointer ?? "") ? words.replace(ISO_DATE, shownDate) : words;
  return shown.replace(EITHER, (found) => (QUOTES.includes(found[0]) ? found : ""));
}
