// What can be said of a part of the manuscript beside its words: for each kind of node, its controls.

import { isoDate, shownDate } from "../dates.js";
import { schema } from "../schema.js";
import { alignColumn, columnAlign } from "./columns.js";

/** @typedef {{ node: any, at: number }} Part a node of the manuscript, and where it begins */
/**
 * `name` is that of the field in the issue JSON; `show` says what the part has, `write` makes it what was said.
 * @typedef {object} Control
 * @property {string} name
 * @property {string} title
 * @property {string} [unit]
 * @property {number} [size] in characters
 * @property {string} [placeholder]
 * @property {[string, string][]} [choices] values and their words
 * @property {(part: Part, state: any) => string} show
 * @property {(tr: any, part: Part, said: string, state: any) => any} write
 */
/** `title` names the part; what it stands in is shown beside it where it `passes` on. */
/** @typedef {{ title: string, controls: Control[], passes?: boolean }} Properties */

/** @type {[string, string][]} */
const ALIGNS = [["left", "居左"], ["center", "居中"], ["right", "居右"], ["decimal", "按小数点"]];
/** @type {[string, string][]} */
const LEVELS = [["1", "一级标题"], ["2", "二级标题"], ["3", "三级标题"], ["4", "四级标题"]];
const PARAGRAPH = "正文";
const alt = text("alt", "替代文字", { size: 16, placeholder: "读给看不见图的人" });

/** @type {Control} */
const kind = {
  name: "level",
  title: "排作",
  choices: [["", "看开头的序数"], [PARAGRAPH, PARAGRAPH], ...LEVELS],
  show: ({ node }) => (node.type.name === "heading" ? String(node.attrs.level) : node.attrs.explicit ? PARAGRAPH : ""),
  write(tr, { node, at }, said) {
    const { paragraph, heading } = schema.nodes;
    if (!LEVELS.some(([level]) => level === said)) return tr.setNodeMarkup(at, paragraph, { explicit: said === PARAGRAPH });
    return tr.removeMark(at, at + node.nodeSize, schema.marks.lead_in).setNodeMarkup(at, heading, { level: Number(said) });
  },
};

/** @type {Control} */
const cellAlign = {
  ...choice("align", "本格对齐", [["", "同本列"], ...ALIGNS]),
  write(tr, { at }, said, { selection }) {
    const ats = cellsOf(selection) ?? [at];
    return ats.reduce((made, one) => made.setNodeAttribute(one, "align", said || null), tr);
  },
};

/** @type {Control} */
const columnsAlign = {
  name: "column_align",
  title: "本列对齐",
  choices: [["", "自动"], ...ALIGNS],
  show: (_part, state) => columnAlign(state),
  write: (tr, _part, said, state) => alignColumn(tr, state, said),
};

const cell = { title: "表格", controls: [cellAlign, columnsAlign], passes: true };
const text_line = { title: "段落", controls: [kind], passes: true };

/** @type {Record<string, Properties>} */
export const PROPERTIES = {
  article: { title: "文章", controls: [text("contents_title", "目录题", { size: 20, placeholder: "同标题" })] },
  editors_note: {
    title: "按语",
    controls: [text("label", "标签", { size: 8, placeholder: "编者按" }), text("by", "署名", { size: 16 })],
  },
  paragraph: text_line,
  heading: text_line,
  table_cell: cell,
  table_header: { ...cell, controls: [cellAlign] }, // what a column says does not hold for its header
  table_block: {
    title: "表格",
    controls: [
      choice("orientation", "方向", [["", "自动"], ["portrait", "竖排"], ["landscape", "横排"]]),
      number("total_rows", "合计", { size: 2, unit: "行", placeholder: "0" }),
    ],
  },
  figure: { title: "图片", controls: [number("width_mm", "宽", { size: 4, unit: "毫米", placeholder: "自动" }), alt] },
  row_figure: { title: "图片", controls: [alt], passes: true },
  figures: { title: "图片", controls: [] },
  signoff: {
    title: "落款",
    controls: [
      {
        ...text("date", "日期", { size: 16, placeholder: "2017年12月22日" }),
        show: ({ node }) => shownDate(node.attrs.date),
        write: (tr, { at }, said) => tr.setNodeAttribute(at, "date", said.trim() ? isoDate(said) : null),
      },
    ],
  },
  annex: { title: "附件", controls: [text("label", "标签", { size: 10, placeholder: "附件" })] },
  brief: { title: "简讯", controls: [text("byline", "供稿单位", { size: 14 })], passes: true },
  briefs: { title: "简讯", controls: [text("mark", "条目记号", { size: 3, placeholder: "★" })] },
};

/** @param {string} name @param {string} title @param {Partial<Control>} [more] @returns {Control} */
function text(name, title, more) {
  return {
    name,
    title,
    show: ({ node }) => String(node.attrs[name] ?? ""),
    write: (tr, { at }, said) => tr.setNodeAttribute(at, name, said.trim() ? said : null),
    ...more,
  };
}

/** A number; what is none stays as it was written, for the service to say so. */
/** @param {string} name @param {string} title @param {Partial<Control>} more @returns {Control} */
function number(name, title, more) {
  return {
    ...text(name, title, more),
    write(tr, { at }, said) {
      const words = said.trim();
      const isNumber = /^\d{1,6}(\.\d{1,3})?$/.test(words);
      return tr.setNodeAttribute(at, name, isNumber ? Number(words) : words || null);
    },
  };
}

/** @param {string} name @param {string} title @param {[string, string][]} choices @returns {Control} */
function choice(name, title, choices) {
  return text(name, title, { choices });
}

/** Return where the selected cells begin, if cells are selected. @param {any} selection @returns {number[] | null} */
function cellsOf(selection) {
  if (!selection.forEachCell) return null;
  /** @type {number[]} */
  const ats = [];
  selection.forEachCell((/** @type {any} */ _cell, /** @type {number} */ at) => ats.push(at));
  return ats;
}
