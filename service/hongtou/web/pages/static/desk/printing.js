// 打印: the finished PDF in a frame, which the browser is asked to print.

import { part } from "./elements.js";
import { make } from "./outputs.js";
import { ask } from "./service.js";

/** @typedef {import("./desk.js").Desk} Desk */

const BY_HAND = "请点文件上方的打印图标";

/** @param {Desk} desk */
export function offerPrinting(desk) {
  const dialog = /** @type {HTMLDialogElement} */ (part("printing"));
  part("print").addEventListener("click", async () => {
    const blob = await file(desk);
    if (!blob) return;
    desk.tell("");
    show(dialog, blob);
  });
  part("print-again").addEventListener("click", () => print(dialog));
  dialog.querySelector("[data-close]")?.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.querySelector("iframe")?.remove());
}

/** Return the file that was kept when the issue became final, or one of the issue as it is now. @param {Desk} desk */
async function file(desk) {
  const { stored } = part("print").dataset;
  if (!stored) return (await make(desk, {}))?.blob;
  const answer = await ask(stored).catch(() => null);
  if (answer?.ok) return answer.blob();
  desk.tell("取不到留存的文件，请稍后再试");
}

/** @param {HTMLDialogElement} dialog @param {Blob} blob */
function show(dialog, blob) {
  const frame = document.createElement("iframe");
  frame.title = "要打印的文件";
  const address = URL.createObjectURL(blob);
  frame.src = `${address}#navpanes=0`; // no small pages beside the large ones
  frame.addEventListener("load", () => print(dialog), { once: true });
  dialog.addEventListener("close", () => URL.revokeObjectURL(address), { once: true });
  part("printing-told").textContent = "";
  dialog.prepend(frame);
  dialog.showModal();
}

/** Firefox lets no page print what its own viewer shows. @param {HTMLDialogElement} dialog */
function print(dialog) {
  const shown = dialog.querySelector("iframe")?.contentWindow;
  try {
    shown?.focus();
    shown?.print();
  } catch {
    part("printing-told").textContent = BY_HAND;
  }
}
