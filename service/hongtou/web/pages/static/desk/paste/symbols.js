// Signs of Wingdings, which Word writes as letters: the characters that look like them.

const FONT = /(?:mso-symbol-font-family|font-family)\s*:\s*["']?wingdings(?!\s*[23])/i;
/** @type {Record<string, string>} */
const SIGNS = {
  l: "●", n: "■", o: "□", q: "❑", u: "◆", v: "❖", w: "◆", "\u00a1": "○", "\u00a4": "◉", "\u00a7": "▪", "\u00a8": "□", "\u00ab": "★",
  "\u00b6": "☆", "\u00d8": "➢", "\u00e0": "→", "\u00df": "←", "\u00e1": "↑", "\u00e2": "↓", "\u00fb": "✗", "\u00fc": "✓", "\u00fd": "☒", "\u00fe": "☑",
};
const PRIVATE = 0xf000; // where Word also writes them

/** Return the text of an element in that font as characters, null where it is in another. @param {HTMLElement} element @param {string} style */
export function symbolsOf(element, style) {
  const text = element.textContent ?? "";
  if (!FONT.test(style) || !text.trim() || element.querySelector("[style*='mso-list']")) return null; // or a bullet
  if ([...text.trim()].some((char) => char > "\u00ff" && !isPrivate(char))) return null;
  return [...text].map((char) => SIGNS[plain(char)] ?? char).join("");
}

/** @param {string} char */
function isPrivate(char) {
  return plain(char) !== char;
}

/** @param {string} char */
function plain(char) {
  const code = char.codePointAt(0) ?? 0;
  return code >= PRIVATE && code <= PRIVATE + 0xff ? String.fromCodePoint(code - PRIVATE) : char;
}
