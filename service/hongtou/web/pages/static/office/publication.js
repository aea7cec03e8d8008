// 刊物设置: what all issues of a publication begin with.

import { fieldAt, fieldsIn, readFields, showFields, valueAt } from "../desk/fields.js";
import { leaveFor } from "../desk/dialogs.js";
import { call } from "../desk/service.js";
import { keepChoice } from "./import_choice.js";
import { readByService } from "./old_issue.js";
import { attempt, input, part, tell } from "./page.js";

const opened = JSON.parse(part("opened").textContent ?? "{}");
const form = /** @type {HTMLFormElement} */ (part("plan"));
/** The old issue that the fields were filled from: it is the first to be imported. @type {File | null} */
let source = null;
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
    return leaveFor(await followingPage(made.id));
  }
  const changed = await call("PATCH", `publications/${opened.id}`, { defaults: {}, lists: {}, ...given }, opened.version);
  opened.version = changed.version;
  opened.document = plan;
  tell("已保存");
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
  tell(`已照 ${file.name} 填好，请看一遍；建立刊物以后，接着核对这一期`);
}

/** Return what is set for a publication with what an issue says for all of its issues. @param {any} issue @param {any} plan */
function withThoseOf(issue, plan) {
  const { nameplate, issuing_body } = issue.masthead;
  if (nameplate) plan.nameplate = nameplate.replaceAll("\n", "");
  if (issuing_body) [plan.issuing_body] = [issuing_body].flat();
  for (const { dataset } of fieldsIn(form)) {
    const [, part, key] = /^\/defaults\/(\w+)\/(\w+)$/.exec(dataset.pointer ?? "") ?? [];
    const value = part && valueAt(issue, `/${part}/${key}`);
    if (value !== undefined) plan.defaults = { ...plan.defaults, [part]: { ...plan.defaults?.[part], [key]: value } };
  }
  return plan;
}

document.getElementById("old-issue")?.addEventListener("change", takeChosen);

function takeChosen() {
  const file = input("old-issue").files?.[0];
  input("old-issue").value = "";
  if (file) void attempt(() => fillFrom(file), (words) => tell(`${file.name}：${words}`));
}
