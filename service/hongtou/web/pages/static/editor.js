// The editor: JSON and pictures in, the finished file or the findings out.

import { keepToEffects } from "./desk/effects.js";
import { ask, jsonOf, unreached, wordsOf } from "./desk/service.js";
import { locate, locateInString } from "./pointer.js";
import "./ready.js";

const SEVERITIES = { error: "错误", warning: "提醒", note: "说明" };
const part = (id) => document.getElementById(id);
const pictures = new Map();
let file = null; // the object URL of the finished file

part("order").addEventListener("submit", (event) => {
  event.preventDefault();
  busy("正在排版……", render);
});
part("output").addEventListener("change", showOptions);
part("check").addEventListener("click", () => busy("正在检查……", check));
part("issue-file").addEventListener("change", async (event) => {
  const [chosen] = event.target.files;
  if (chosen) part("issue").value = await chosen.text();
  event.target.value = "";
});
part("picture-files").addEventListener("change", (event) => {
  for (const picture of event.target.files) pictures.set(picture.name, picture);
  event.target.value = "";
  showPictures();
});
for (const button of document.querySelectorAll("[data-example]")) {
  button.addEventListener("click", async () => {
    part("issue").value = await (await fetch(button.dataset.example)).text();
    part("issue").setSelectionRange(0, 0);
    part("issue").scrollTop = 0;
    tell("已载入示例，可以排版");
  });
}

showOptions(); // a browser may remember what was chosen before
keepToEffects(part("order"));

/** Do one piece of work at a time, and say what became of it. */
async function busy(message, work) {
  const buttons = [part("check"), part("render")];
  for (const button of buttons) button.disabled = true;
  clear();
  tell(message);
  try {
    await work();
  } catch (fault) {
    tell(wordsOf(fault));
  } finally {
    for (const button of buttons) button.disabled = false;
    part("status").focus();
  }
}

async function render() {
  const sent = submission();
  const answer = await send("render", sent, choices());
  if (answer.status === 422) return showCheck(await send("check", sent, ofIssue()));
  if (!answer.ok) return showProblem(await jsonOf(answer));
  const pages = answer.headers.get("X-Page-Count");
  const count = Number(answer.headers.get("X-Findings"));
  showFile(await answer.blob().catch(unreached), fileName(answer));
  // What was rendered, whatever has been written since; the file has been made and is not made again to be looked at.
  if (count > 0) showFindings((await jsonOf(await send("check", sent, ofIssue()))).findings);
  tell(`已排版，共 ${pages} 页` + (count > 0 ? `，${count} 条检查结果` : ""));
}

async function check() {
  await showCheck(await send("check", submission(), choices()));
}

/** @param {Response} answer */
async function showCheck(answer) {
  const found = await jsonOf(answer);
  if (!answer.ok) return showProblem(found);
  showFindings(found.findings);
  if (found.preflight?.passed === false) return tell("稿件可以排，成品没有通过出厂检查，是程序的毛病：请把稿件发给管理员");
  const errors = found.findings.filter((finding) => finding.severity === "error").length;
  const pages = found.pages === null ? "未排版" : `共 ${found.pages} 页`;
  const count = found.findings.length;
  if (errors > 0) tell(`${errors} 处错误，改正后才能排版`);
  else tell(count > 0 ? `可以排版，${pages}，${count} 条检查结果` : `没有发现问题，${pages}`);
}

/** Show what may be chosen of the output; of the others nothing is sent. */
function showOptions() {
  for (const options of document.querySelectorAll("[data-output]")) {
    options.hidden = options.disabled = options.dataset.output !== part("output").value;
  }
}

/** Return what is chosen of the issue itself, whatever becomes of it. */
function ofIssue() {
  return new URLSearchParams({ purpose: part("purpose").value, normalize: part("normalize").checked });
}

/** Return all that is chosen. */
function choices() {
  const query = ofIssue();
  query.set("output", part("output").value);
  for (const choice of document.querySelectorAll("[data-output]:enabled [name]:enabled")) {
    query.set(choice.name, choice.type === "checkbox" ? choice.checked : choice.value);
  }
  return query;
}

/** Return the issue as a request, with its pictures where there are any. */
function submission() {
  const issue = new Blob([part("issue").value], { type: "application/json" });
  const request = { method: "POST", body: issue };
  const key = part("key")?.value.trim();
  if (key) request.headers = { Authorization: `Bearer ${key}`, "Content-Type": issue.type };
  if (pictures.size > 0) {
    request.body = new FormData();
    delete request.headers?.["Content-Type"]; // the browser gives it with the boundary
    request.body.set("issue", issue, "issue.json");
    for (const [name, picture] of pictures) request.body.set(name, picture, name);
  }
  return request;
}

/** Send a request to be rendered or checked. */
function send(task, request, query) {
  return ask(`${part("order").dataset[task]}?${query}`, request);
}

function showFile(blob, name) {
  file = URL.createObjectURL(blob);
  const isPicture = blob.type.startsWith("image/");
  const shown = document.createElement(isPicture ? "img" : "iframe");
  shown.src = isPicture ? file : `${file}#navpanes=0&view=FitH`;
  shown[isPicture ? "alt" : "title"] = name;
  part("sheet").replaceChildren(shown);
  for (const link of [part("open"), part("download")]) {
    link.href = file;
    link.hidden = false;
  }
  part("download").download = name;
}

function showProblem(problem) {
  tell(problem.title);
  showFindings(
    problem.errors.length > 0
      ? problem.errors.map((fault) => ({ severity: "error", ...fault }))
      : [{ severity: "error", message: problem.detail, hint: "", code: problem.type }],
  );
}

function showFindings(findings) {
  part("findings").replaceChildren(...findings.map(row));
}

function row(finding) {
  const item = element("li", "", finding.severity);
  const message = element("span", "");
  message.append(element("strong", SEVERITIES[finding.severity]), finding.message);
  if (finding.hint) message.append(`。${finding.hint}`);
  item.append(message);
  if (finding.pointer) {
    const go = element("button", "去修改");
    go.type = "button";
    go.addEventListener("click", () => goTo(finding));
    item.append(go);
  }
  const where = finding.pointer || (finding.page ? `第 ${finding.page} 页` : "");
  item.append(element("small", [finding.code, finding.source, where].filter(Boolean).join(" · ")));
  return item;
}

/** Select in the issue what a finding is about. */
function goTo({ pointer, suggestion }) {
  const text = part("issue").value;
  let [start, end] = locate(text, pointer);
  if (suggestion && text[start] === '"') {
    [start, end] = locateInString(text, start, suggestion.start, suggestion.end);
  }
  part("issue").blur();
  part("issue").setSelectionRange(start, start);
  part("issue").focus(); // brings the place into view
  part("issue").setSelectionRange(start, end);
}

function showPictures() {
  part("pictures").replaceChildren(
    ...[...pictures.keys()].map((name) => {
      const remove = element("button", `${name} ×`);
      remove.type = "button";
      remove.setAttribute("aria-label", `去掉图片 ${name}`);
      remove.addEventListener("click", () => {
        pictures.delete(name);
        showPictures();
      });
      const item = element("li", "");
      item.append(remove);
      return item;
    }),
  );
}

function clear() {
  if (file) URL.revokeObjectURL(file);
  file = null;
  part("open").hidden = part("download").hidden = true;
  part("findings").replaceChildren();
  part("sheet").replaceChildren(element("p", "排版后在这里看到成品。", "quiet"));
}

function fileName(answer) {
  const named = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get("Content-Disposition") ?? "");
  return named ? decodeURIComponent(named[1]) : "bulletin";
}

function tell(message) {
  part("status").textContent = message;
}

function element(name, text, className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}
