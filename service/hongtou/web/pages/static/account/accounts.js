// 帐号: for administrators.

import { showAgain } from "../desk/dialogs.js";
import { call } from "../desk/service.js";
import { attempt, complain, dialog, input, part } from "../office/page.js";

part("begin").addEventListener("click", () => {
  part("warned").textContent = "";
  /** @type {HTMLFormElement} */ (part("add")).reset();
  dialog("adding").showModal();
});
part("add").addEventListener("submit", (event) => {
  event.preventDefault();
  void attempt(add, (words) => void (part("warned").textContent = words));
});
part("copy").addEventListener("click", () => {
  input("shown-link").select();
  const isCopied = document.execCommand("copy"); // the clipboard of today's browsers needs TLS
  part("copied").textContent = isCopied ? "已复制" : "没有复制成，请按 Ctrl+C";
});
let isNew = false; // whether the link that is shown is of an account that was made just now
part("linked").addEventListener("close", () => {
  const { name, account } = part("linked").dataset;
  void showAgain(isNew ? `已新建帐号“${name}”` : `已给${name}另发链接，先前的作废`, isNew ? "#begin" : `[data-account="${account}"] [data-act=link]`);
});
for (const row of document.querySelectorAll("[data-account]")) {
  for (const one of row.querySelectorAll("[data-act]")) {
    const what = one instanceof HTMLSelectElement ? "change" : "click";
    one.addEventListener(what, () => attempt(() => act(/** @type {HTMLElement} */ (row), /** @type {any} */ (one)), refused));
  }
}

async function add() {
  const { account, token } = await call("POST", "accounts", { name: input("name").value, role: input("role").value });
  dialog("adding").close();
  isNew = true;
  show(account, token);
}

/** @param {HTMLElement} row @param {HTMLElement & { value: string }} one */
async function act(row, one) {
  const place = `accounts/${row.dataset.account}`;
  if (one.dataset.act === "link") {
    const { account, token } = await call("POST", `${place}/link`);
    return show(account, token);
  }
  const change = one.dataset.act === "role" ? { role: one.value } : { disabled: one.dataset.act === "disable" };
  await call("PATCH", place, change);
  await showAgain(...changed(row, one));
}

/** Return what is told of a change, and where it was made: its button has become another. @param {HTMLElement} row @param {HTMLElement & { value: string }} one @returns {[string, string]} */
function changed({ dataset: { name, account } }, one) {
  const { act = "" } = one.dataset;
  if (one instanceof HTMLSelectElement) return [`${name}的角色改为${one.selectedOptions[0].textContent}`, `[data-account="${account}"] [data-act=role]`];
  const isOut = act === "disable";
  return [isOut ? `已停用${name}` : `已启用${name}`, `[data-account="${account}"] [data-act=${isOut ? "enable" : "disable"}]`];
}

/** The page shows what is, not what was wished. @param {string} words */
function refused(words) {
  complain(words);
  for (const one of document.querySelectorAll("select[data-act]")) {
    const options = [.../** @type {HTMLSelectElement} */ (one).options];
    /** @type {HTMLSelectElement} */ (one).selectedIndex = options.findIndex((option) => option.defaultSelected);
  }
}

/** @param {{ id: number, name: string }} account @param {string} token */
function show({ id, name }, token) {
  Object.assign(part("linked").dataset, { name, account: String(id) });
  part("linked-title").textContent = `给${name}的链接`;
  input("shown-link").value = `${location.origin}${part("linked").dataset.setup}#${token}`;
  dialog("linked").showModal();
  input("shown-link").select();
}
