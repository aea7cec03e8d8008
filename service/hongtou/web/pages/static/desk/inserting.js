// What is pasted, dropped or chosen goes into the manuscript: words where they are put, pictures behind the block.

import { TextSelection } from "../vendor/prosemirror.js";
import { paste } from "./paste/putting.js";
import { isPicture, refusedAtTheDoor } from "./pictures.js";
import { schema } from "./schema.js";

/** @typedef {import("./desk.js").Desk} Desk */

/** @param {Desk} desk @param {ClipboardEvent} event */
export function pasted(desk, event) {
  const files = [...(event.clipboardData?.files ?? [])].filter(isPicture);
  const hasText = event.clipboardData?.types.includes("text/plain");
  if (files.length && !hasText) return insertPictures(desk, files);
  return paste(desk.view, event.clipboardData, (words) => desk.tell(words));
}

/** @param {Desk} desk @param {DragEvent} event */
export function dropped(desk, event) {
  const files = [...(event.dataTransfer?.files ?? [])];
  if (!files.length) return false;
  event.preventDefault();
  const { view } = desk;
  const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
  if (at) view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(at.pos))));
  return insertPictures(desk, files);
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
