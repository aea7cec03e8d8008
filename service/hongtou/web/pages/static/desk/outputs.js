// What is made of the issue: every output that the service declares, with its options.

import { part } from "./elements.js";
import { keepToEffects } from "./effects.js";
import { address, ask, Refusal, refusalOf, unreached, wordsOf } from "./service.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {{ blob: Blob, name: string }} Made */

/** What needs the service: other pages too, in whose place the browser would show that there is none. */
const ONLINE = "[data-online], a[href]:not([href^='#'])";
const REASON = "连不上服务，连上后再办";

/** @param {Desk} desk */
export function offerOutputs(desk) {
  part("download").addEventListener("click", () => download(desk, {}));
  part("proof").addEventListener("click", () => download(desk, { purpose: "proof" }));
  for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form[data-output]"))) {
    keepToEffects(form);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const { dataset, elements } = /** @type {HTMLFormElement} */ (form);
      void download(desk, { output: dataset.output ?? "", ...values(elements) });
      form.closest("details.menu")?.removeAttribute("open");
    });
  }
  document.addEventListener("click", (event) => holdBack(desk, event), { capture: true });
  window.addEventListener("offline", () => desk.previews.want());
  window.addEventListener("online", () => desk.previews.want());
}

/** Return the values of the fields of a form that are in use, by their names. @param {HTMLFormControlsCollection} fields */
function values(fields) {
  /** @type {Record<string, string>} */
  const found = {};
  for (const one of fields) {
    const { name, value, type, checked, disabled } = /** @type {HTMLInputElement} */ (one);
    if (name && !disabled) found[name] = type === "checkbox" ? String(checked) : value;
  }
  return found;
}

/** Make a file and hand it to the browser. @param {Desk} desk @param {Record<string, string>} order */
async function download(desk, order) {
  const made = await make(desk, order);
  if (!made) return;
  const name = order.purpose === "proof" ? made.name.replace(/校样(?!.*校样)/, `校样${moment(new Date())}`) : made.name;
  hand(made.blob, name);
  desk.tell(`已下载 ${name}`);
}

/**
 * Return a file of the issue as it is now, null where there is none; a person is told why.
 * @param {Desk} desk @param {Record<string, string>} order @returns {Promise<Made | null>}
 */
export async function make(desk, order) {
  desk.tell("正在排版…");
  const form = desk.previewForm();
  form.delete("wish");
  try {
    const answer = await ask(address(`render?${new URLSearchParams(order)}`), { method: "POST", body: form });
    if (!answer.ok) throw await refusalOf(answer);
    return { blob: await answer.blob().catch(unreached), name: nameOf(answer) };
  } catch (fault) {
    desk.tell(fault instanceof Refusal ? fault.message : `${wordsOf(fault)}；写的内容没有丢`);
    return null;
  }
}

/** @param {Response} answer */
function nameOf(answer) {
  const [, name = ""] = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get("Content-Disposition") ?? "") ?? [];
  return decodeURIComponent(name) || "简报.pdf";
}

/** Return a moment as it may stand in the name of a file: proofs are told apart by it. @param {Date} now */
function moment(now) {
  const clock = [now.getHours(), now.getMinutes()].map((one) => String(one).padStart(2, "0"));
  return `${now.getMonth() + 1}月${now.getDate()}日${clock.join("时")}分`;
}

/** Hand a file to the browser. @param {Blob} content @param {string} name */
export function hand(content, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Show what needs the service as out of use while it is away; it can still be reached, and says why. @param {boolean} isAway */
export function showAway(isAway) {
  for (const one of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(ONLINE))) {
    if (one.getAttribute("aria-disabled") === String(isAway)) continue;
    one.dataset.title ??= one.title;
    one.setAttribute("aria-disabled", String(isAway));
    one.title = isAway ? REASON : one.dataset.title;
  }
}

/** @param {Desk} desk @param {Event} event */
function holdBack(desk, event) {
  const held = /** @type {HTMLElement} */ (event.target).closest?.(ONLINE);
  if (held?.getAttribute("aria-disabled") !== "true") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  desk.tell(`${REASON}“${held.textContent?.trim() || held.getAttribute("aria-label")}”`);
}
