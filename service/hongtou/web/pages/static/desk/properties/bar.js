// The line over the manuscript that shows what can be said of the part at the caret, beside its words.

import { button, element } from "../elements.js";
import { refusedAtTheDoor } from "../pictures.js";
import { COMMANDS } from "../commands.js";
import { PROPERTIES } from "./controls.js";

/** @typedef {import("./controls.js").Control} Control */
/** @typedef {import("./controls.js").Part} Part */
/** @typedef {HTMLInputElement | HTMLSelectElement} Field */
/** @typedef {{ control: Control, part: Part }} Offer */

export class PropertyBar {
  /**
   * @param {HTMLElement} place
   * @param {{ view: any, pictures: import("../pictures.js").Pictures, do: (name: string) => void,
   *   focus: () => void, composed: () => void, tell: (words: string) => void }} desk
   */
  constructor(place, desk) {
    this.place = place;
    this.desk = desk;
    this.isComposing = false;
    this.shape = "";
    this.visits = 0;
    place.addEventListener("focusin", () => (this.visits += 1));
    place.addEventListener("input", (event) => {
      if (!(/** @type {InputEvent} */ (event).isComposing)) this.said(/** @type {Field} */ (event.target));
    });
    place.addEventListener("compositionstart", () => (this.isComposing = true));
    place.addEventListener("compositionend", (event) => {
      this.isComposing = false;
      this.said(/** @type {Field} */ (event.target));
      desk.composed();
    });
    place.addEventListener("keydown", (event) => {
      if (event.isComposing || event.keyCode === 229 || event.key !== "Enter") return; // it is the input method's
      if (!(/** @type {Element} */ (event.target).matches("input[name]"))) return;
      event.preventDefault();
      desk.focus();
    });
  }

  /** Show what can be said where the caret is now. */
  show() {
    const { parts, title } = partsAt(this.desk.view.state.selection);
    const names = parts.map(({ node }) => node.type.name);
    const shape = names.join(" ");
    if (shape !== this.shape) this.build(title, names);
    this.shape = shape;
    const offers = this.offers();
    this.fields().forEach((field, number) => fill(field, offers[number], this.desk.view.state));
  }

  /** @param {string} title @param {string[]} names */
  build(title, names) {
    const controls = names.flatMap((name) => PROPERTIES[name].controls);
    const commands = Object.entries(COMMANDS).filter(([, { part }]) => part && names.includes(part));
    this.place.replaceChildren(
      element("strong", "", title),
      ...controls.map(labelled),
      ...(names.some(holdsPicture) ? [this.exchange()] : []),
      ...commands.map(([name, command]) => button(command.title, () => this.desk.do(name))),
    );
  }

  /** @returns {Field[]} */
  fields() {
    return /** @type {Field[]} */ ([...this.place.querySelectorAll("input[name], select")]);
  }

  /** Return what the fields stand for, in their order. @returns {Offer[]} */
  offers() {
    const { parts } = partsAt(this.desk.view.state.selection);
    return parts.flatMap((part) => PROPERTIES[part.node.type.name].controls.map((control) => ({ control, part })));
  }

  /** Take in what a field says; one visit to it is one step of undo. @param {Field} field */
  said(field) {
    const offer = this.offers()[this.fields().indexOf(field)];
    const { view } = this.desk;
    if (!offer || offer.control.show(offer.part, view.state) === field.value) return;
    const { control, part } = offer;
    view.dispatch(control.write(view.state.tr, part, field.value, view.state).setMeta("composition", `visit ${this.visits}`));
  }

  /** Go to the field of a value, if it is shown; to the first one without a name. @param {string} [name] */
  focus(name) {
    const field = this.fields().find((one) => !name || one.name === name);
    field?.focus();
    return Boolean(field);
  }

  /** Return the choice of another picture in place of that at the caret. */
  exchange() {
    const label = element("label", "file", "换图片");
    const input = document.createElement("input");
    Object.assign(input, { type: "file", accept: "image/*" });
    input.addEventListener("change", () => {
      const [file] = input.files ?? [];
      const found = partsAt(this.desk.view.state.selection).parts.find(({ node }) => holdsPicture(node.type.name));
      if (!file || !found) return;
      if (refusedAtTheDoor(file)) return this.desk.tell(refusedAtTheDoor(file));
      const { view } = this.desk;
      view.dispatch(view.state.tr.setNodeAttribute(found.at, "image", this.desk.pictures.add(file)));
      this.desk.focus();
    });
    label.append(input);
    return label;
  }
}

/**
 * Return the innermost part at a selection of which something can be said, and those that it passes on to.
 * @param {any} selection @returns {{ parts: Part[], title: string }}
 */
function partsAt({ $from, node }) {
  /** @type {Part[]} */
  const around = [];
  for (let depth = $from.depth; depth > 0; depth -= 1) around.push({ node: $from.node(depth), at: $from.before(depth) });
  const all = (node ? [{ node, at: $from.pos }, ...around] : around).filter((part) => part.node.type.name in PROPERTIES);
  const last = all.findIndex((part) => !PROPERTIES[part.node.type.name].passes);
  const parts = all.slice(0, last + 1);
  return { parts, title: parts.length ? PROPERTIES[parts[0].node.type.name].title : "" };
}

/** @param {string} name of a node */
function holdsPicture(name) {
  return name === "figure" || name === "row_figure";
}

/** @param {Control} control */
function labelled({ name, title, unit = "", size, placeholder = "", choices }) {
  const label = element("label", "", `${title} `);
  const field = /** @type {Field} */ (document.createElement(choices ? "select" : "input"));
  field.name = name;
  field.setAttribute("aria-label", title); // without the words of its options
  if (field instanceof HTMLInputElement) Object.assign(field, { size, placeholder, autocomplete: "off" });
  for (const [value, words] of choices ?? []) {
    const option = document.createElement("option");
    Object.assign(option, { value, textContent: words });
    field.append(option);
  }
  label.append(field, unit && ` ${unit}`);
  return label;
}

/** Show what a part has; a field that says so already stays as it is typed. @param {Field} field @param {Offer} offer @param {any} state */
function fill(field, { control, part }, state) {
  const shown = control.show(part, state);
  if (field.value === shown) return;
  if (field === document.activeElement && says(control, part, field.value, state)) return;
  field.value = shown;
}

/** Tell whether a part has what was said already, however that is written. @param {Control} control @param {Part} part @param {string} said @param {any} state */
function says(control, part, said, state) {
  return control.write(state.tr, part, said, state).doc.eq(state.doc);
}
