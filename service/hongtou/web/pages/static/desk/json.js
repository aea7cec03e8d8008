// The issue as a JSON file: saved, and opened in place of what is on the desk.

import { part } from "./elements.js";
import { hand } from "./outputs.js";
import { readManuscript } from "./read.js";

const PARTS = ["masthead", "articles", "briefs"]; // one of which an issue has

/** @param {import("./desk.js").Desk} desk */
export function offerJson(desk) {
  part("save-json").addEventListener("click", () => {
    hand(new Blob([JSON.stringify(desk.current(), null, 2)], { type: "application/json" }), "简报.json");
    desk.tell("已下载 简报.json");
  });
  part("open-json").addEventListener("change", async (event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const [file] = input.files ?? [];
    if (!file) return;
    try {
      const issue = JSON.parse(await file.text());
      if (!PARTS.some((name) => name in issue)) throw new TypeError("no issue");
      readManuscript(issue); // before anything is replaced
      desk.replace(issue);
      desk.tell(`已打开 ${file.name}`);
    } catch {
      desk.tell(`打不开 ${file.name}：不是一期简报的 JSON`);
    }
    input.value = "";
  });
}
