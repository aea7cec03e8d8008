// Dates as clerks write them, and as the issue JSON has them.

/**
 * Return a date as JSON has it, or the text itself where it is none: 2017年12月22日, 2017.12.22,
 * 2017/12/22, 20171222, and months alone.
 * @param {string} text
 */
export function isoDate(text) {
  const words = text.trim().replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
  const found =
    /^(\d{4})\s*[年.．/／-]\s*(\d{1,2})\s*[月.．/／-]\s*(\d{1,2})\s*日?$/.exec(words) ??
    /^(\d{4})(\d\d)(\d\d)$/.exec(words) ??
    /^(\d{4})\s*[年.．/／-]\s*(\d{1,2})\s*月?$/.exec(words);
  if (!found) return words;
  return found.slice(1).map((part, number) => (number ? part.padStart(2, "0") : part)).join("-");
}

/** Return a date as it is printed; what is no date stays as it is. @param {string | null | undefined} date */
export function shownDate(date) {
  const found = /^(\d{4})-(\d\d)(?:-(\d\d))?$/.exec(date ?? "");
  if (!found) return date ?? "";
  const [, year, month, day] = found;
  return `${year}年${Number(month)}月${day ? `${Number(day)}日` : ""}`;
}
