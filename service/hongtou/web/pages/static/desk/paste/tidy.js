// What is taken off text that was pasted, and counted, so that nothing goes in silence.

/** @typedef {{ text: string, strong: boolean }} Run */

const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]/g;
/** The end of a line of HTML between two characters that no space stands between. */
const BETWEEN_HAN = /([\u2e80-\uffef])\s*\n\s*(?=[\u2e80-\uffef])/g;
const LINE_END = /[^\S\u3000]*\n[^\S\u3000]*/g;
const SPACES = /[ \u3000\u2002-\u200a]{2,}/g;

export class Cleaning {
  styles = 0;
  indents = 0;
  spaces = 0;
  invisible = 0;
  hidden = 0;
  notes = 0;
  deleted = 0;
  bullets = 0;
  symbols = 0;
  scripts = 0;
  pictures = 0;

  /** @param {Cleaning} other */
  add(other) {
    const counts = /** @type {Record<string, number>} */ (/** @type {unknown} */ (this));
    for (const [name, count] of Object.entries(other)) counts[name] += count;
  }

  /** Return in words what was done. */
  words() {
    const parts = [
      [this.indents + this.spaces, "处缩进和空格"],
      [this.invisible, "个看不见的字符"],
      [this.hidden, "处隐藏文字"],
      [this.notes, "处批注和脚注标记"],
      [this.deleted, "处修订时删去的文字"],
      [this.bullets, "个项目符号"],
    ];
    const cleaned = parts.filter(([count]) => count).map(([count, what]) => `${count} ${what}`);
    return [
      this.styles ? "未带入原格式" : "",
      cleaned.length ? `清理 ${cleaned.join("、")}` : "",
      this.scripts ? `上下标改为字符 ${this.scripts} 处` : "",
      this.symbols ? `有 ${this.symbols} 处符号字体的字，请核对` : "",
      this.pictures ? `有 ${this.pictures} 张图片没有带入，请另行插入` : "",
    ].filter(Boolean);
  }
}

/**
 * Return runs without indents, odd and doubled spaces; a single space between words stays.
 * @param {Run[]} runs @param {Cleaning} cleaning @returns {Run[]}
 */
export function tidy(runs, cleaning) {
  const merged = joined(runs, cleaning);
  const whole = merged.map((run) => run.text).join("");
  if (/^[\s\u3000]+\S/.test(whole)) cleaning.indents += 1;
  while (merged.length && !merged[0].text.trim()) merged.shift();
  while (merged.length && !merged[merged.length - 1].text.trim()) merged.pop();
  if (!merged.length) return [];
  merged[0].text = merged[0].text.replace(/^[\s\u3000]+/, "");
  const last = merged[merged.length - 1];
  last.text = last.text.replace(/[\s\u3000]+$/, "");
  return merged.filter((run) => run.text);
}

/** @param {Run[]} runs @param {Cleaning} cleaning */
function joined(runs, cleaning) {
  /** @type {Run[]} */
  const merged = [];
  for (const { text, strong } of runs) {
    const seen = text.replace(/\u00a0/g, " ").replace(INVISIBLE, () => {
      cleaning.invisible += 1;
      return "";
    });
    const last = merged[merged.length - 1];
    if (last && (last.strong === strong || !seen.trim())) last.text += seen;
    else merged.push({ text: seen, strong });
  }
  for (const run of merged) {
    run.text = run.text.replace(BETWEEN_HAN, "$1").replace(LINE_END, " ").replace(SPACES, () => {
      cleaning.spaces += 1;
      return " ";
    });
  }
  return merged;
}
