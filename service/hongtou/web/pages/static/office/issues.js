// 各期: the next issue, missing numbers, the bin.

import { dateFault, isoDate, shownDate } from "../desk/dates.js";
import { wholeNumber } from "../desk/fields.js";
import { leaveFor, showAgain } from "../desk/dialogs.js";
import { takeDroppedFiles } from "../desk/dropping.js";
import { call, Refusal } from "../desk/service.js";
import { keepChoice } from "./import_choice.js";
import { attempt, complain, dialog, input, part } from "./page.js";

const { id: publication, list } = part("publication").dataset;
/** The number that the service proposes. */
let proposed = 0;
/** How often it was asked: the answer to an older question is left out. */
let asked = 0;
/** Whether the editor has written a number, which no proposal takes away. */
let isWritten = false;

part("begin").addEventListener("click", () => {
  input("day").value = shownDate(today());
  isWritten = false;
  void attempt(propose, warn, {});
  dialog("beginning").showModal();
  part("day").focus();
});
for (const id of ["day", "series"]) part(id).addEventListener("change", () => attempt(propose, warn, {}));
part("number").addEventListener("input", () => {
  isWritten = input("number").value !== "";
});
part("source").addEventListener("change", () => {
  const fromFile = input("source").value === "document";
  /** @type {HTMLElement} */ (part("document").closest("label")).hidden = !fromFile;
  for (const id of ["day", "series", "number"]) /** @type {HTMLElement} */ (part(id).closest("label")).hidden = fromFile;
});
part("document").addEventListener("change", () => warn(input("document").files?.[0]?.name ?? ""));
part("make").addEventListener("click", () => attempt(begin, warn));
takeDroppedFiles(([file]) => void attempt(() => importing(file)));

/** Go to where an old issue is looked at before it is one. @param {File} file */
async function importing(file) {
  await keepChoice(Number(publication), { file, said: {} });
  await leaveFor(new URL(`publications/${publication}/import`, new URL(list ?? "", location.href)).href);
}

/** Ask for the number of an issue of this day. */
async function propose() {
  asked += 1;
  const turn = asked;
  const fault = dateFault(input("day").value);
  if (fault) return warn(fault);
  const query = new URLSearchParams({ date: isoDate(input("day").value), series: input("series").value });
  const next = await call("GET", `publications/${publication}/next?${query}`);
  if (turn !== asked) return;
  proposed = next.number;
  if (!isWritten) input("number").value = String(next.number);
  warn(next.warnings.join("；"));
}

async function begin() {
  const fault = input("source").value === "document" ? "" : dateFault(input("day").value);
  if (fault) {
    input("day").focus();
    return warn(fault);
  }
  const made = await call("POST", `publications/${publication}/issues`, await beginning());
  await leaveFor(new URL(`issues/${made.id}`, new URL(list ?? "", location.href)).href);
}

async function beginning() {
  const from = input("source").value;
  if (from === "document") return { from, document: await chosenDocument() };
  const number = wholeNumber(input("number").value);
  const plan = { from, date: isoDate(input("day").value), series: input("series").value };
  return isWritten && number !== proposed ? { ...plan, number } : plan; // the service says what is no number
}

async function chosenDocument() {
  const text = (await input("document").files?.[0]?.text()) ?? "";
  try {
    return JSON.parse(text);
  } catch {
    return text; // the service says what is wrong with it
  }
}

/** @param {string} words */
function warn(words) {
  part("warned").textContent = words;
}

/** What the buttons of a row do: of its issue, or of a missing number in it. @type {Record<string, (row: HTMLElement, number: string) => Promise<void>>} */
const ACTS = {
  async fill({ dataset }, number) {
    const plan = { from: "previous", date: dataset.day, number: Number(number) };
    const made = await call("POST", `publications/${publication}/issues`, plan);
    await leaveFor(new URL(`issues/${made.id}`, new URL(list ?? "", location.href)).href);
  },
  async skip(row, number) {
    await skip(row, [number], `确认第${number}期是跳号，没有出过`);
  },
  async "skip-all"(row) {
    const numbers = [...row.querySelectorAll("li")].map(({ dataset }) => dataset.number ?? "");
    await skip(row, numbers, `确认第${numbers[numbers.length - 1]}—${numbers[0]}期都是跳号，没有出过`);
  },
  async discard({ dataset }, number) {
    if ((await ask(`把${number}放进回收站？30 天内可以取回`, false)) === null) return;
    await call("DELETE", `issues/${dataset.issue}`, undefined, Number(dataset.version));
    await showAgain(`${number}已放进回收站，30 天内可以取回`);
  },
  async "take-back"({ dataset }) {
    await call("POST", `issues/${dataset.issue}/take-back`).catch((fault) => {
      if (!(fault instanceof Refusal) || fault.status !== 409) throw fault;
      fault.message += "。要取回，请先把现有的那一期改成别的期号，或放进回收站";
      throw fault;
    });
    await leaveFor(list ?? "", `已取回${dataset.number}`);
  },
};

/** Say of numbers that nobody will have them. @param {HTMLElement} row @param {string[]} numbers @param {string} question */
async function skip({ dataset }, numbers, question) {
  const reason = await ask(question, true);
  if (reason === null) return;
  const year = Number(dataset.day?.slice(0, 4));
  for (const number of numbers) {
    await call("POST", `publications/${publication}/skipped`, { year, number: Number(number), reason }).catch((fault) => {
      if (numbers.length === 1 || !(fault instanceof Refusal) || fault.status !== 409) throw fault; // else somebody was quicker
    });
  }
  await showAgain(`已确认跳号：第${numbers.length > 1 ? `${numbers[numbers.length - 1]}—${numbers[0]}` : numbers[0]}期`);
}

document.getElementById("clear")?.addEventListener("click", () => attempt(clearBin));

/** What is in the bin of this publication goes for good. */
async function clearBin() {
  if ((await ask("清空回收站？里面的各期不能再取回", false)) === null) return;
  await call("DELETE", `publications/${publication}/bin`);
  await showAgain("回收站已清空");
}

for (const button of document.querySelectorAll("[data-act]")) {
  const { act = "" } = /** @type {HTMLElement} */ (button).dataset;
  const row = /** @type {HTMLElement} */ (button.closest("tr"));
  const { number = "" } = /** @type {HTMLElement | null} */ (button.closest("[data-number]"))?.dataset ?? {};
  button.addEventListener("click", () => attempt(() => ACTS[act](row, number), complain, row));
}

/** Ask to confirm; answers the reason, null if it is not wanted after all. @param {string} question @param {boolean} hasReason @returns {Promise<string | null>} */
function ask(question, hasReason) {
  part("asking-title").textContent = question;
  part("reason-label").hidden = !hasReason;
  input("reason").value = "";
  const asking = dialog("asking");
  asking.returnValue = "";
  asking.showModal();
  part("sure").onclick = () => asking.close("sure");
  return new Promise((done) => {
    asking.onclose = () => done(asking.returnValue === "sure" ? input("reason").value.trim() : null);
  });
}

/** Return today as JSON has it, where the editor is. */
function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((one) => String(one).padStart(2, "0")).join("-");
}
