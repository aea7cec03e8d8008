// Dates as clerks write them, and as the issue JSON has them.

const HAN = "〇一二三四五六七八九十";
const WEEKDAY = /\s*[（(]?(?:星期|周)[一二三四五六日天][）)]?$/;
/** 二〇一七年十二月二十二日, also with a nought or a circle for 〇. */
const IN_HAN = /^([〇○零0一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})日)?$/;

/** Return a text with its full-width figures as an input method should have written them. @param {string} text */
export function plainFigures(text) {
  return text.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
}

/**
 * Return a date as JSON has it, or the text itself where it is none: 2017年12月22日, 2017.12.22,
 * 2017/12/22, 20171222, 二〇一七年十二月二十二日, with a day of the week, and months alone.
 * @param {string} text
 */
export function isoDate(text) {
  const words = plainFigures(text.trim());
  const dated = inFigures(words.replace(WEEKDAY, ""));
  const found =
    /^(\d{4})\s*[年.．/／-]\s*(\d{1,2})\s*[月.．/／-]\s*(\d{1,2})\s*日?$/.exec(dated) ??
    /^(\d{4})(\d\d)(\d\d)$/.exec(dated) ??
    /^(\d{4})\s*[年.．/／-]\s*(\d{1,2})\s*月?$/.exec(dated);
  if (!found) return words;
  return found.slice(1).map((part, number) => (number ? part.padStart(2, "0") : part)).join("-");
}

/** Return what is wrong with a day that was typed, in the words of its field; "" if there is such a day. @param {string} text */
export function dateFault(text) {
  const typed = text.trim();
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(isoDate(typed)) ?? [];
  if (!year) return typed ? `日期写的是“${typed}”，请写成 2017年12月22日这样` : "请填写日期，如 2017年12月22日";
  const found = new Date(`${year}-${month}-${day}T00:00:00Z`); // some browsers take 2月30日 for 3月2日
  const isDay = !Number.isNaN(found.getTime()) && found.getUTCDate() === Number(day);
  return isDay ? "" : `日期写的是“${typed}”，没有这一天，请改正`;
}

/** Return a date that is written in Chinese in figures, any other text as it is. @param {string} text */
function inFigures(text) {
  const [, year, month, day] = IN_HAN.exec(text) ?? [];
  if (!year) return text;
  const years = [...year].map((char) => Math.max(0, HAN.indexOf(char))).join("");
  return `${years}年${below100(month)}月${day ? `${below100(day)}日` : ""}`;
}

/** @param {string} han such as 十二 */
function below100(han) {
  const [tens, ones] = han.includes("十") ? han.split("十") : ["", han];
  const value = (/** @type {string} */ one, /** @type {number} */ otherwise) => (one ? HAN.indexOf(one) : otherwise);
  return (han.includes("十") ? value(tens, 1) * 10 : 0) + value(ones, 0);
}

/** Return a date as it is printed; what is no date stays as it is. @param {string | null | undefined} date */
export function shownDate(date) {
  const found = /^(\d{4})-(\d\d)(?:-(\d\d))?$/.exec(date ?? "");
  if (!found) return date ?? "";
  const [, year, month, day] = found;
  return `${year}年${Number(month)}月${day ? `${Number(day)}日` : ""}`;
}
