// The page of the desk: opens the issue that the page holds, and connects buttons and keys.

import "./faults.js";
import "../ready.js";
import { COMMANDS } from "./commands.js";
import { Desk } from "./desk.js";
import { actOnce, part } from "./elements.js";
import { keepCompany } from "./company.js";
import { showClashes } from "./clashes.js";
import { leaveFor, once } from "./dialogs.js";
import { takeDroppedFiles } from "./dropping.js";
import { putList } from "./fields.js";
import { offerJson } from "./json.js";
import { offerOutputs } from "./outputs.js";
import { offerPrinting } from "./printing.js";
import { keepName } from "./naming.js";
import { offerSteps } from "./steps.js";
import { toldBefore } from "./told_after.js";

const opened = JSON.parse(part("opened").textContent ?? "{}");
const desk = new Desk(opened);

for (const bar of document.querySelectorAll("[data-commands]")) {
  const group = /** @type {HTMLElement} */ (bar).dataset.commands;
  for (const [name, { title, key, group: mine }] of Object.entries(COMMANDS)) {
    if (mine !== group) continue;
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = title;
    made.title = key ? `${title} ${key.replace("Mod-", "Ctrl+").toUpperCase()}` : title;
    made.addEventListener("mousedown", (event) => event.preventDefault()); // the caret stays
    const act = () => {
      desk.do(/** @type {keyof typeof COMMANDS} */ (name));
      made.closest("details")?.removeAttribute("open");
    };
    if (group === "history") made.addEventListener("click", act); // as many steps as clicks
    else actOnce(made, act);
    bar.append(made);
  }
}

/** An open menu leaves the others closed. */
for (const menu of document.querySelectorAll("details.menu")) {
  menu.addEventListener("toggle", () => {
    if (!(/** @type {HTMLDetailsElement} */ (menu).open)) return;
    for (const other of document.querySelectorAll("details.menu[open]")) if (other !== menu) other.removeAttribute("open");
  });
}

document.addEventListener("pointerdown", ({ target }) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(/** @type {Node} */ (target))) menu.removeAttribute("open");
});

/** Who goes to another page of ours has everything saved first, and the browser need not ask. */
document.addEventListener("click", (event) => {
  const link = /** @type {HTMLAnchorElement | null} */ (/** @type {Element} */ (event.target).closest("a[href]"));
  const isElsewhere = !link || link.target || link.hasAttribute("download") || link.getAttribute("href")?.startsWith("#");
  if (isElsewhere || event.defaultPrevented || event.ctrlKey || event.shiftKey || event.metaKey || event.altKey) return;
  if (!opened.id || desk.keeper.isLocked || desk.keeper.hindrance || !desk.keeper.isDirty()) return;
  event.preventDefault();
  void once(document, () => desk.keeper.now().then(() => leaveFor(link.href)));
});

part("pictures").addEventListener("change", (event) => {
  const input = /** @type {HTMLInputElement} */ (event.target);
  desk.insertPictures([...(input.files ?? [])]);
  input.value = "";
});
takeDroppedFiles((files) => {
  if (!desk.view.editable) return;
  if (desk.plain.isOn) desk.tell("图片没有放进来：请先取消朴素模式");
  else desk.insertPictures(files);
});
actOnce(part("add-article"), () => desk.do("article"));
for (const made of document.querySelectorAll("[data-scale]")) {
  made.addEventListener("click", () => {
    desk.pane.scale(/** @type {HTMLElement} */ (made).dataset.scale === "full");
    for (const one of document.querySelectorAll("[data-scale]")) one.setAttribute("aria-pressed", String(one === made));
    desk.previews.want();
  });
}
const plain = /** @type {HTMLInputElement} */ (part("plain-mode"));
plain.checked = desk.plain.isOn;
plain.addEventListener("change", () => desk.plain.turn(plain.checked));
document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229) return; // it is the input method's
  if (document.querySelector("dialog[open]")) return; // it is the dialog's
  const key = `${event.ctrlKey || event.metaKey ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}${event.shiftKey ? "Shift+" : ""}${event.key}`;
  const act = KEYS[key] ?? (desk.view.editable && !isField(event.target) ? PAST[key] : undefined);
  if (!act) return;
  event.preventDefault();
  act();
});

/** Regions that F6 leads through. */
const REGIONS = ["outline-region", "manuscript-region", "findings-region", "pages"];

/** @type {Record<string, () => void>} */
const KEYS = {
  "Ctrl+s": () => void desk.keeper.now(),
  "Ctrl+p": () => part("proof").click(),
  F8: () => desk.findings.step(1),
  "Shift+F8": () => desk.findings.step(-1),
  "Ctrl+.": () => desk.findings.accept(),
  "Alt+Enter": () => void desk.properties.focus(),
  F6: () => region(1),
  "Shift+F6": () => region(-1),
  Escape: () => {
    for (const menu of document.querySelectorAll("details.menu[open]")) menu.removeAttribute("open");
    desk.focus();
  },
};

/** The manuscript's past, wherever on the page one is: fields have one of their own. @type {Record<string, () => void>} */
const PAST = {
  "Ctrl+z": () => desk.do("undo"),
  "Ctrl+y": () => desk.do("redo"),
  "Ctrl+Shift+Z": () => desk.do("redo"),
};

/** @param {any} target */
function isField(target) {
  return target.matches("input, textarea, select, [contenteditable]");
}

/** @param {number} step */
function region(step) {
  const here = document.activeElement?.closest(REGIONS.map((id) => `#${id}`).join());
  const at = REGIONS.indexOf(here?.id ?? "");
  const next = REGIONS[(at + step + REGIONS.length) % REGIONS.length];
  if (next === "manuscript-region") desk.focus();
  else part(next).focus();
}

for (const made of document.querySelectorAll("[data-list]")) {
  made.addEventListener("click", () => putList(desk.form, /** @type {HTMLElement} */ (made).dataset));
}

showClashes(desk);
offerJson(desk);
offerOutputs(desk);
offerPrinting(desk);
if (opened.id) {
  offerSteps(desk, opened);
  keepName(desk);
  keepCompany(desk, opened);
}
void desk.open().then(welcome);

/** Tell what was done on the page before this one, with the keyboard at the manuscript. */
function welcome() {
  const { words } = toldBefore() ?? {};
  if (!words) return;
  desk.tell(words);
  if (desk.view.editable) desk.focus();
  else part("issue").focus();
}

Object.assign(window, { desk }); // for tests, and for whoever looks
