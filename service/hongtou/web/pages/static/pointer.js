// Where a JSON Pointer (RFC 6901) points in the text of a JSON document.

const SPACE = /[\s]*/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;
const SCALAR = /[^\s,\]}]*/y;
const ESCAPE_OR_CHARACTER = /\\u[0-9a-fA-F]{4}|\\.|./suy;

/** Return [start, end) of the value, or of the nearest part around it that exists. */
export function locate(text, pointer) {
  const steps = pointer.split("/").slice(1).map((step) => step.replace(/~1/g, "/").replace(/~0/g, "~"));
  let at = skip(SPACE, text, 0);
  for (const step of steps) {
    const next = [...members(text, at)].find(([name]) => name === step);
    if (next === undefined) break;
    at = next[1];
  }
  return [at, valueEnd(text, at)];
}

/** Return [start, end) of the characters [from, to) of the string that begins at `start`. */
export function locateInString(text, start, from, to) {
  let at = start + 1;
  let first = at;
  for (let count = 0; count < to && at < text.length; ) {
    if (count === from) first = at;
    const before = at;
    at = skip(ESCAPE_OR_CHARACTER, text, at);
    const lowSurrogate = /^\\u[dD][c-fC-F]/.test(text.slice(before, at));
    if (!lowSurrogate) count += 1;
  }
  return [from === to ? at : first, at];
}

/** Yield [name, position] of each member of the object or array that begins at a position. */
function* members(text, start) {
  const isObject = text[start] === "{";
  if (!isObject && text[start] !== "[") return;
  let at = skip(SPACE, text, start + 1);
  for (let index = 0; at < text.length && text[at] !== "}" && text[at] !== "]"; index += 1) {
    let name = String(index);
    if (isObject) {
      const end = skip(STRING, text, at);
      if (end === at) return;
      name = JSON.parse(text.slice(at, end));
      at = skip(SPACE, text, skip(SPACE, text, end) + 1);
    }
    yield [name, at];
    at = skip(SPACE, text, valueEnd(text, at));
    if (text[at] === ",") at = skip(SPACE, text, at + 1);
  }
}

function valueEnd(text, start) {
  if (text[start] === '"') return skip(STRING, text, start);
  if (text[start] !== "{" && text[start] !== "[") return skip(SCALAR, text, start);
  let at = start;
  let depth = 0;
  do {
    if (text[at] === '"') {
      at = Math.max(skip(STRING, text, at), at + 1);
      continue;
    }
    if ("{[".includes(text[at])) depth += 1;
    if ("}]".includes(text[at])) depth -= 1;
    at += 1;
  } while (depth > 0 && at < text.length);
  return at;
}

function skip(pattern, text, at) {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
