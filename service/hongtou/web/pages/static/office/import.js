// 导入旧稿: a file is read by the service, its lines are looked at, and an issue is made of them.

import { leaveFor } from "../desk/dialogs.js";
import { takeDroppedFiles } from "../desk/dropping.js";
import { picturesOf } from "../desk/pictures.js";
import { address, ask, call, Refusal, wordsOf } from "../desk/service.js";
import { dropChoice, keepChoice, keptChoice } from "./import_choice.js";
import { Doubts } from "./import_doubts.js";
import { Lines } from "./import_lines.js";
import { showDropped, showStructure, summary } from "./import_structure.js";
import { readByService } from "./old_issue.js";
import { attempt, complain, input, part, tell } from "./page.js";

/** @typedef {import("./old_issue.js").Imported} Imported */

const opened = JSON.parse(part("opened").textContent ?? "{}");

/** What was chosen: the file, and the kinds that a person gave to lines; nobody else has them yet. */
let file = /** @type {File | null} */ (null);
/** @type {Record<string, string>} */
let said = {};
/** The kinds before each change. @type {Record<string, string>[]} */
let past = [];
let read = /** @type {Imported | null} */ (null);
/** How often a file was read: the answer to an older question is left out. */
let asked = 0;

const lines = new Lines(part("lines"), opened.kinds, change);
const doubts = new Doubts(part("doubts"), part("doubts-count"), (number) => lines.go(number));

/** @param {File} chosen @param {Record<string, string>} kinds */
async function readAnew(chosen, kinds) {
  asked += 1;
  const turn = asked;
  const found = await readByService(chosen, opened.limit, kinds);
  if (turn === asked) show(chosen, kinds, found);
}

/** @param {File} chosen @param {Record<string, string>} kinds @param {Imported} found */
function show(chosen, kinds, found) {
  if (chosen !== file) past = [];
  [file, said, read] = [chosen, kinds, found];
  part("choosing").hidden = true;
  part("confirming").hidden = false;
  lines.show(found.lines, said);
  doubts.show(found.doubts);
  showStructure(part("structure"), found, opened.closing, (number) => lines.go(number));
  showDropped(part("dropped"), part("dropped-count"), found.lines, (number) => lines.go(number));
  showUndo();
  tell(`${chosen.name}：${summary(found)}`);
}

/** Whoever goes away when a change is told to be done comes back to it. */
async function keep() {
  if (file) await keepChoice(opened.publication, { file, said }).catch(() => {}); // a browser may keep nothing
}

/** @param {File | undefined} chosen */
async function choose(chosen) {
  if (!chosen) return;
  part("refusal").textContent = "";
  tell(`正在读 ${chosen.name}…`);
  try {
    await readAnew(chosen, {});
    lines.focus();
    await keep();
  } catch (fault) {
    tell("");
    part("refusal").textContent = `${chosen.name}：${wordsOf(fault)}`;
    part("file").focus();
  }
}

/** Have a line be something else, "" for what the rules take it for. @param {number} number @param {string} kind */
function change(number, kind) {
  const kinds = { ...said };
  delete kinds[number];
  if (kind) kinds[number] = kind;
  const before = said;
  void reread(kinds, () => past.push(before));
}

function undo() {
  const before = past[past.length - 1];
  if (before) void reread(before, () => past.pop());
}

/** @param {Record<string, string>} kinds @param {() => void} done */
async function reread(kinds, done) {
  if (!file || !read) return;
  const before = said;
  said = kinds; // the next change begins from it, though the answer is not there yet
  part("state").textContent = "正在重读…";
  try {
    await readAnew(file, kinds);
    done();
    await keep();
    part("state").textContent = "已按改动重读";
  } catch (fault) {
    said = before;
    lines.show(read.lines, said);
    part("state").textContent = `没有改成：${wordsOf(fault)}`;
  }
  showUndo();
}

function showUndo() {
  const undo = /** @type {HTMLButtonElement} */ (part("undo"));
  const had = document.activeElement === undo;
  undo.disabled = past.length === 0;
  if (had && undo.disabled) lines.focus(); // a button out of use has no keyboard
}

/** Make an issue of what was read, and go to it. */
async function make() {
  if (!file || !read) return;
  const hasPictures = picturesOf(read.issue).size > 0;
  const { issue, pictures = {} } = hasPictures ? await readByService(file, opened.limit, said, true) : read;
  const document = opened.layout ? { ...issue, layout: opened.layout } : issue;
  const made = await call("POST", `publications/${opened.publication}/issues`, { from: "document", document }).catch(refusedNumber);
  // What does not come through is missed by name at the desk, where it can be added.
  for (const [name, content] of Object.entries(pictures)) await sendPicture(made.id, name, content).catch(() => {});
  await dropChoice(opened.publication).catch(() => {});
  await leaveFor(new URL(`../../issues/${made.id}`, location.href).href);
}

/** A number that is taken can be left out here, and written at the desk. @param {any} fault @returns {never} */
function refusedNumber(fault) {
  if (fault instanceof Refusal && fault.status === 409) fault.message += "；要另编期号的，把期号那一行改成“不取”，做成以后再填";
  throw fault;
}

/** @param {number} id of the issue @param {string} name @param {string} content in Base64 */
async function sendPicture(id, name, content) {
  const body = Uint8Array.from(atob(content), (char) => char.charCodeAt(0));
  await ask(address(`issues/${id}/assets/${encodeURIComponent(name)}`), { method: "PUT", body });
}

function takeChosen() {
  void choose(input("file").files?.[0]);
  input("file").value = "";
}

async function chooseAgain() {
  await dropChoice(opened.publication).catch(() => {});
  [file, read, said] = [null, null, {}];
  part("confirming").hidden = true;
  part("choosing").hidden = false;
  tell("");
  part("file").focus();
}

part("file").addEventListener("change", takeChosen);
takeDroppedFiles(([dropped]) => void choose(dropped));
part("again").addEventListener("click", () => void chooseAgain());
part("undo").addEventListener("click", undo);
part("make").addEventListener("click", () => attempt(make, (words) => (part("state").textContent = `没有做成：${words}`)));
document.addEventListener("keydown", (event) => {
  if (event.isComposing || part("confirming").hidden) return;
  const isUndo = (event.ctrlKey || event.metaKey) && event.key === "z";
  if (event.key !== "F8" && !isUndo) return;
  event.preventDefault();
  if (isUndo) undo();
  else doubts.step(event.shiftKey ? -1 : 1);
});

/** What was chosen before somebody went away is there again. */
async function resume() {
  const kept = await keptChoice(opened.publication).catch(() => undefined);
  if (kept && !asked) await readAnew(kept.file, kept.said).catch((fault) => complain(wordsOf(fault)));
}
takeChosen(); // somebody may have been quicker than this script
if (!asked) void resume();
