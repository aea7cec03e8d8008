// 刊物设置: what all issues of a publication begin with.

import { fieldAt, readFields, showFields } from "../desk/fields.js";
import { leaveFor } from "../desk/dialogs.js";
import { call } from "../desk/service.js";
import { attempt, part, tell } from "./page.js";

const opened = JSON.parse(part("opened").textContent ?? "{}");
const form = /** @type {HTMLFormElement} */ (part("plan"));
showFields(form, opened.document);

form.addEventListener("submit", (event) => {
  event.preventDefault();
  void attempt(save);
});

async function save() {
  const { first_total, ...plan } = readFields(form, opened.document);
  if (!plan.nameplate) {
    fieldAt(form, "/nameplate").focus();
    return tell("请先填写简报名称");
  }
  const given = { layout: "", issuing_body: "", ...plan, ...(first_total ? { first_total } : {}) };
  if (opened.id === null) {
    const made = await call("POST", "publications", given);
    return leaveFor(`${form.dataset.list}?publication=${made.id}`);
  }
  const changed = await call("PATCH", `publications/${opened.id}`, { defaults: {}, lists: {}, ...given }, opened.version);
  opened.version = changed.version;
  opened.document = plan;
  tell("已保存");
}
