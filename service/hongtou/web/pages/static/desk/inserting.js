// What is pasted, dropped or chosen goes into the manuscript: words where they are put, pictures behind the block.

import { TextSelection } from "../vendor/prosemirror.js";
import { pasteCopy } from "./paste/own.js";
import { paste } from "./paste/putting.js";
import { isPicture, refusedAtTheDoor } from "./pictures.js";
import { schema } from "./schema.js";

/** @typedef {import("./desk.js").Desk} Desk */

/** What takes blocks where they are dropped; a paragraph is parted. */
const HOLDING = [schema.nodes.paragraph, schema.nodes.article, schema.nodes.annex];

/** @param {Desk} desk @param {ClipboardEvent} event */
export function pasted(desk, event) {
  const files = [...(event.clipboardData?.files ?? [])].filter(isPicture);
  const hasText = event.clipboardData?.types.includes("text/plain");
  if (files.length && !hasText) return insertPictures(desk, files);
  return put(desk, event.clipboardData);
}

/** @param {Desk} desk @param {DataTransfer | null} data */
function put(desk, data) {
  return pasteCopy(desk, data) || paste(desk, data);
}

/** @param {Desk} desk @param {DragEvent} event @param {any} slice what is dragged within the manuscript */
export function dropped(desk, event, slice) {
  const files = [...(event.dataTransfer?.files ?? [])];
  const { view } = desk;
  const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
  const $at = at && view.state.doc.resolve(at.pos);
  if (!files.length && view.dragging && (!$at || mayDrop(slice, $at))) return false;
  event.preventDefault();
  if (!files.length && view.dragging) {
    desk.tell("这里只放得下一行字里的文字，没有移过来；请拖到正文的段落里");
    return true;
  }
  if ($at) view.dispatch(view.state.tr.setSelection(TextSelection.near($at)));
  return files.length ? insertPictures(desk, files) : put(desk, event.dataTransfer) || true;
}

/**
 * Tell whether what is dragged may stand at a place. Several blocks would tear a headline or a table apart, and between
 * two cells or two items anything would be lost.
 * @param {any} slice @param {any} $at
 */
function mayDrop({ content, openStart, openEnd }, { parent: { type, isTextblock } }) {
  const isOne = content.childCount === 1 && content.firstChild.isTextblock && openStart > 0 && openEnd > 0;
  return (isOne && isTextblock) || HOLDING.includes(type);
}

/** Put pictures behind the block of the caret. @param {Desk} desk @param {File[]} chosen */
export function insertPictures(desk, chosen) {
  const refused = chosen.map(refusedAtTheDoor).filter(Boolean);
  const files = chosen.filter((file) => !refusedAtTheDoor(file));
  if (chosen.length && !files.length) {
    desk.tell(refused.join("；"));
    return true;
  }
  const { nodes } = schema;
  const { tr, selection: { $from } } = desk.view.state;
  if (!files.length || $from.depth < 2) {
    desk.tell("请先把光标放在正文里，再插入图片");
    return true;
  }
  const figures = files.map((file) =>
    nodes.figure.create({ image: desk.pictures.add(file) }, nodes.figure_caption.create()),
  );
  let depth = $from.depth;
  while (depth > 1 && !$from.node(depth - 1).canReplaceWith($from.indexAfter(depth - 1), $from.indexAfter(depth - 1), nodes.figure)) depth -= 1;
  const at = $from.after(depth);
  const isLast = at === $from.end(depth - 1);
  tr.insert(at, isLast ? [...figures, nodes.paragraph.create()] : figures); // in which to write on
  desk.view.dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(at + 2))).scrollIntoView());
  desk.tell([`已插入 ${figures.length} 张图片，请写图题`, ...refused].join("；"));
  return true;
}
