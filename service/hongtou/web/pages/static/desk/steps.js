// 送审、退回、定稿、印发、解锁: the steps of an issue that is kept.

import { button, part } from "./elements.js";
import { call, Refusal, wordsOf } from "./service.js";
import { dateFault, isoDate } from "./dates.js";
import { wholeNumber } from "./fields.js";
import { once, showAgain, tendDialogs } from "./dialogs.js";
import { worded } from "./wording.js";

/** @typedef {import("./desk.js").Desk} Desk */

/** @param {Desk} desk @param {{ id: string, isLocked: boolean }} opened */
export function offerSteps(desk, opened) {
  desk.also.locked = (words) => lock(desk, words);
  if (opened.isLocked) lock(desk, part("kept").dataset.locked ?? "");
  for (const made of document.querySelectorAll("[data-step]")) {
    const { step = "" } = /** @type {HTMLElement} */ (made).dataset;
    made.addEventListener("click", () => void once(desk, () => begin(desk, opened.id, step)));
  }
  tendDialogs();
}

/** An issue that is final is shown and not changed. @param {Desk} desk @param {string} words */
function lock(desk, words) {
  desk.keeper.isLocked = true;
  document.body.dataset.kept = "locked";
  part("issue").tabIndex = 0; // to be scrolled by keys
  part("kept").textContent = words;
  for (const one of part("issue").querySelectorAll("fieldset")) /** @type {HTMLFieldSetElement} */ (one).disabled = true;
  const { view } = desk;
  view.setProps({
    editable: () => false,
    dispatchTransaction: (/** @type {any} */ transaction) => {
      if (transaction.docChanged) return refuse(desk);
      view.updateState(view.state.apply(transaction));
      desk.transacted(transaction);
    },
  });
}

/** @param {Desk} desk */
function refuse(desk) {
  desk.tell("已定稿，不能改；要改请先解锁");
  for (const field of desk.plain.fields()) field.readOnly = true;
  setTimeout(() => desk.plain.show(), 0); // what the field says again, once it is done with its own key
}

/** A step begins with everything saved. @param {Desk} desk @param {string} id @param {string} step */
async function begin(desk, id, step) {
  if (!desk.keeper.isLocked && !(await desk.keeper.now())) return desk.tell("还有没保存的内容，保存后再办");
  if (step === "submit" || step === "withdraw") return take(desk, id, step, {});
  const asking = /** @type {any} */ (part(`asking-${step}`));
  if (step === "finalize") await showChecks(desk, id);
  const warned = asking.querySelector(".warned");
  warned.textContent = "";
  asking.showModal();
  /** @type {HTMLElement} */ (asking.querySelector("[data-sure]")).onclick = () => {
    const date = /** @type {HTMLInputElement | null} */ (asking.querySelector("[data-given=date]"))?.value.trim();
    warned.textContent = date ? dateFault(date) : "";
    if (!warned.textContent) void once(desk, () => take(desk, id, step, given(asking)));
  };
}

/** How a value is read. @type {Record<string, (text: string) => any>} */
const READ = { print_run: wholeNumber, date: isoDate };

/** Return what was filled in. @param {HTMLElement} asking */
function given(asking) {
  /** @type {Record<string, any>} */
  const found = {};
  for (const one of asking.querySelectorAll("[data-given]")) {
    const { value, dataset } = /** @type {HTMLInputElement} */ (one);
    const { given: name = "" } = dataset;
    if (!value.trim()) continue;
    found[name] = READ[name]?.(value) ?? value.trim();
  }
  return found;
}

/** @param {Desk} desk @param {string} id @param {string} step @param {any} more */
async function take(desk, id, step, more) {
  desk.tell(step === "finalize" || step === "submit" ? "正在校对、排版…" : "");
  try {
    await call("POST", `issues/${id}/transitions`, { step, ...more }, desk.keeper.version);
  } catch (fault) {
    if (fault instanceof Refusal && fault.status === 412) return joinFirst(desk, fault);
    if (fault instanceof Refusal && fault.problem.errors?.length) showErrors(desk, fault);
    for (const one of document.querySelectorAll("dialog[open] .warned")) one.textContent = wordsOf(fault);
    /** @type {HTMLElement | null} */ (document.querySelector("dialog[open] [data-given]"))?.focus();
    desk.tell(wordsOf(fault));
    return;
  }
  await showAgain(`已${document.querySelector(`[data-step="${step}"]`)?.textContent}`);
}

/** Somebody has saved since: what they wrote is looked at before the step. @param {Desk} desk @param {Refusal} refusal */
async function joinFirst(desk, { problem }) {
  for (const open of document.querySelectorAll("dialog[open]")) /** @type {any} */ (open).close();
  await desk.keeper.catchUp(problem.by ?? "");
  desk.tell("别人刚刚保存了改动，已并入稿面，请看过再办");
}

/** What keeps an issue from its step, each with the way there. @param {Desk} desk @param {Refusal} refusal */
function showErrors(desk, { message, problem }) {
  for (const open of document.querySelectorAll("dialog[open]")) /** @type {any} */ (open).close();
  const dialog = /** @type {any} */ (part("refused"));
  part("refused-title").textContent = message;
  part("refused-list").replaceChildren(
    ...problem.errors.map((/** @type {any} */ one) => {
      const row = document.createElement("li");
      const words = document.createElement("span");
      words.textContent = worded([one.message, one.hint].filter(Boolean).join("。"), one.pointer);
      row.append(words, button("去看", () => {
        dialog.close();
        desk.goTo(one.pointer, 0);
      }));
      return row;
    }),
  );
  dialog.showModal();
}

/** What is looked at before an issue is final. @param {Desk} desk @param {string} id */
async function showChecks(desk, id) {
  const count = (/** @type {string} */ kind) => desk.findings.findings.filter(({ severity }) => severity === kind).length;
  part("check-findings").textContent = `错 ${count("error")} · 疑 ${count("warning")} · 注 ${count("note")}`;
  part("check-pages").textContent = `${part("page-count").textContent}，${part("last-page").textContent}`;
  part("check-number").textContent = await checkedNumber(id).catch(wordsOf);
}

/** @param {string} id */
async function checkedNumber(id) {
  const { publication, date, series, number } = await call("GET", `issues/${id}/record`);
  if (!date || !number) return "没有期号或日期，请先填写";
  const next = await call("GET", `publications/${publication}/next?${new URLSearchParams({ date, series })}`);
  const missing = next.gaps.filter((/** @type {number} */ gap) => gap < number);
  return `第${number}期，${missing.length ? `之前还缺第${inRuns(missing).join("、")}期` : "与前面各期相接 ✓"}`;
}

/** Return rising numbers with those that follow one another in one: 3, 5—9. @param {number[]} numbers */
function inRuns(numbers) {
  /** @type {number[][]} */
  const runs = [];
  for (const number of numbers) {
    const run = runs[runs.length - 1];
    if (run?.[run.length - 1] === number - 1) run.push(number);
    else runs.push([number]);
  }
  return runs.map((run) => (run.length > 2 ? `${run[0]}—${run[run.length - 1]}` : run.join("、")));
}
