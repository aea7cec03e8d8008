// 刊物设置: what all issues of a publication begin with.

import { fieldAt, fieldsIn, growWithLines, partNames, put, readFields, showFields, valueAt, wholeNumber } from "../desk/fields.js";
import { leaveFor } from "../desk/dialogs.js";
import { takeDroppedFiles } from "../desk/dropping.js";
import { call } from "../desk/service.js";
import { keepChoice } from "./import_choice.js";
import { readByService } from "./old_issue.js";
import { attempt, complain, dialog, input, part, tell } from "./page.js";

const opened = JSON.parse(part("opened").textContent ?? "{}");
const form = /** @type {HTMLFormElement} */ (part("plan"));
/** The old issue that the fields were filled from: it is the first to be imported. @type {File | null} */
let source = null;
/** What it said, by the pointers of the fields. @type {Map<string, any>} */
let filled = new Map();
const DEFAULTS = "/defaults"; // the pointer of what all issues begin with
showFields(form, opened.document);
partNames(form);
growWithLines(form);
/** What the fields said when they were last kept. */
let kept = written();
window.addEventListener("beforeunload", (event) => {
  if (written() === kept) return;
  event.preventDefault();
  event.returnValue = ""; // what older browsers ask
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  void attempt(save);
});

async function save() {
  const plan = readFields(form, opened.document);
  if (!plan.nameplate) {
    fieldAt(form, "/nameplate").focus();
    return complain("请先填写简报名称");
  }
  const { length } = [...plan.nameplate];
  if (length > opened.nameplateChars) {
    fieldAt(form, "/nameplate").focus();
    return complain(`简报名称有 ${length} 字，最多 ${opened.nameplateChars} 字，请用简称`); // or no issue of it could be set
  }
  const wrong = fieldsIn(form).find(({ value, dataset }) => dataset.kind === "number" && typeof wholeNumber(value) === "string" && value.trim());
  if (wrong) {
    wrong.focus();
    return complain(`${wrong.labels?.[0].firstChild?.textContent?.trim()}写的是“${wrong.value.trim()}”，请写数字，如 120`);
  }
  const given = asKept(plan);
  const sent = written();
  if (opened.id === null) {
    const made = await call("POST", "publications", given);
    kept = sent;
    return leaveFor(await followingPage(made.id));
  }
  const changed = await call("PATCH", `publications/${opened.id}`, given, opened.version);
  opened.version = changed.version;
  opened.document = plan;
  kept = sent;
  tell("已保存");
}

document.getElementById("remove")?.addEventListener("click", () => dialog("removing").showModal());
document.getElementById("sure")?.addEventListener("click", () => attempt(remove));

/** This publication goes, unless issues of it are kept. */
async function remove() {
  dialog("removing").close();
  await call("DELETE", `publications/${opened.id}`, undefined, opened.version);
  kept = written(); // what was not saved is not wanted any more
  return leaveFor(form.dataset.list ?? "");
}

/** Return what stands in the fields. */
function written() {
  return JSON.stringify(fieldsIn(form).map(({ value }) => value));
}

/** Return a plan as the service keeps it: several issuing bodies stand in the masthead that issues begin with. @param {any} plan */
function asKept({ first_total, issuing_body, ...plan }) {
  const bodies = [issuing_body ?? []].flat();
  const given = JSON.parse(JSON.stringify({ layout: "", defaults: {}, lists: {}, ...plan, issuing_body: bodies[0] ?? "" }));
  if (bodies.length > 1) put(given, ["defaults", "masthead", "issuing_body"], bodies);
  return first_total || opened.id !== null ? { ...given, first_total: first_total ?? null } : given;
}

/** Return the list of a new publication, or where the issue is looked at that it was set up from. @param {number} id */
async function followingPage(id) {
  const isKept = source && (await keepChoice(id, { file: source, said: {} }).then(() => true, () => false));
  return form.dataset.list + (isKept ? `publications/${id}/import` : `?publication=${id}`);
}

/** Fill the fields from an old issue; what it does not say stays as it is. @param {File} file */
async function fillFrom(file) {
  tell(`正在读 ${file.name}…`);
  const { issue } = await readByService(file, opened.limit);
  opened.document = withThoseOf(issue, readFields(form, opened.document));
  showFields(form, opened.document);
  source = file;
  if (fieldsIn(part("labels")).some(({ value }) => value)) part("labels").setAttribute("open", "");
  tell(`已照 ${file.name} 填好，请看一遍；建立刊物以后，接着核对这一期`);
}

/**
 * Return what is set for a publication with what an issue says for all of its issues, and without what one said that was
 * chosen before it. @param {any} issue @param {any} plan
 */
function withThoseOf(issue, plan) {
  const said = new Map(fieldsIn(form).map(({ dataset: { pointer = "" } }) => [pointer, saidOf(issue, pointer)]));
  for (const [pointer, value] of said) {
    const isOld = filled.get(pointer) !== undefined && isSame(filled.get(pointer), valueAt(plan, pointer));
    if (value !== undefined || isOld) put(plan, pointer.split("/").slice(1), value);
  }
  filled = said;
  return plan;
}

/** Return what an issue says for a field of its publication. @param {any} issue @param {string} pointer */
function saidOf(issue, pointer) {
  if (pointer === "/nameplate") return issue.masthead.nameplate?.replaceAll("\n", "");
  if (pointer === "/issuing_body") return issue.masthead.issuing_body;
  return pointer.startsWith(DEFAULTS) ? valueAt(issue, pointer.slice(DEFAULTS.length)) : undefined;
}

/** @param {any} one @param {any} other */
function isSame(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

document.getElementById("old-issue")?.addEventListener("change", takeChosen);
takeDroppedFiles(([dropped]) => {
  if (opened.id === null) take(dropped);
  else complain("旧稿请到各期，点“导入 Word 或旧稿”");
});

function takeChosen() {
  const file = input("old-issue").files?.[0];
  input("old-issue").value = "";
  if (file) take(file);
}

/** @param {File} file */
function take(file) {
  void attempt(() => fillFrom(file), (words) => complain(`${file.name}：${words}`));
}
