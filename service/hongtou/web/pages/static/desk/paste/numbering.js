// Numbers that a browser puts before the items of a list, and that are no text in HTML.

const HAN = "〇一二三四五六七八九";
const HAN_STYLE = /cjk-ideographic|chinese|japanese-informal/i;
const LETTERS = /^(?:lower-alpha|lower-latin|a)$/;
const CAPITALS = /^(?:upper-alpha|upper-latin|A)$/;
const UNNUMBERED = /^(?:none|disc|circle|square)$/i;
/** Begins with a number of its own, as of pages that hide those of the list. */
const NUMBERED = /^\s*(?:[（(]?[\d一二三四五六七八九十]{1,4}[.．、)）]|[①-⑳])/;
const FIGURE = /^[\p{N}一二三四五六七八九十]$/u;
const OF_ALPHABET = 26;

/** Return the number of an item as characters, "" where none is shown. @param {HTMLElement} item */
export function numberOf(item) {
  const list = item.parentElement;
  if (list?.tagName !== "OL" || NUMBERED.test(item.textContent ?? "")) return "";
  const style = styleOf(item) || styleOf(list) || (list.getAttribute("type") ?? "");
  if (UNNUMBERED.test(style)) return "";
  const number = placeOf(item, list);
  if (HAN_STYLE.test(style)) return `${han(number)}、`;
  const first = LETTERS.test(style) ? "a" : CAPITALS.test(style) ? "A" : "";
  if (!first || number < 1 || number > OF_ALPHABET) return `${number}.`;
  return `${String.fromCharCode(first.charCodeAt(0) + number - 1)}.`;
}

/** Tell whether the automatic number of an item is a bullet: a letter of a font of signs, or a sign. @param {string} number */
export function isBullet(number) {
  return [...number].length === 1 && !FIGURE.test(number);
}

/** @param {HTMLElement} element */
function styleOf(element) {
  return /list-style(?:-type)?\s*:\s*([a-z-]+)/i.exec(element.getAttribute("style") ?? "")?.[1] ?? "";
}

/** @param {HTMLElement} item @param {HTMLElement} list */
function placeOf(item, list) {
  let number = Number(list.getAttribute("start") ?? 1) - 1;
  for (const one of list.children) {
    if (one.tagName === "LI") number = Number(one.getAttribute("value") ?? number + 1);
    if (one === item) break;
  }
  return number;
}

/** Write a number below a hundred in Chinese, one beyond it in figures. @param {number} number */
function han(number) {
  if (number < 1 || number > 99) return String(number);
  const [tens, ones] = [Math.floor(number / 10), number % 10];
  return `${tens > 1 ? HAN[tens] : ""}${tens ? "十" : ""}${ones || !tens ? HAN[ones] : ""}`;
}
