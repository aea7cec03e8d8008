// From a place in the issue JSON to where it is written: the manuscript, a field of the form, a property.

import { TextSelection } from "../vendor/prosemirror.js";
import { fieldAt } from "./fields.js";
import { positionOf } from "./text.js";

/** @typedef {import("./desk.js").Desk} Desk */

/** Go to a character of the issue, in the manuscript or in its field. @param {Desk} desk @param {string} pointer @param {number} offset */
export function goTo(desk, pointer, offset) {
  const place = desk.places().filter((one) => one.pointer === pointer && one.base <= offset).pop();
  if (!place) return goToField(desk, pointer);
  const at = desk.view.state.doc.resolve(positionOf(place, offset));
  desk.view.dispatch(desk.view.state.tr.setSelection(TextSelection.near(at)).scrollIntoView());
  desk.focus();
}

/** Go to a value that is no text of the manuscript. @param {Desk} desk @param {string} pointer */
export function goToField(desk, pointer) {
  const field = fieldAt(desk.form, pointer);
  if (!field) return goToProperty(desk, pointer);
  const more = field.closest("details");
  if (more) more.open = true;
  field.focus();
}

/** Go to the part of the manuscript that has a value, and on to its field where it is shown. @param {Desk} desk @param {string} pointer */
function goToProperty(desk, pointer) {
  const place = nearest(desk, pointer);
  if (!place) return;
  goTo(desk, place.pointer, place.base);
  const name = pointer.slice(pointer.lastIndexOf("/") + 1);
  desk.properties.focus(name);
}

/** Return the first text within a value, or within the least part of the issue that has one. @param {Desk} desk @param {string} pointer */
function nearest(desk, pointer) {
  for (let part = pointer; part; part = part.slice(0, part.lastIndexOf("/"))) {
    const found = desk.places().find((one) => `${one.pointer}/`.startsWith(`${part}/`));
    if (found) return found;
  }
}
