// 帐号: for administrators.

import { call } from "../desk/service.js";
import { attempt, dialog, input, part, tell } from "../office/page.js";

part("begin").addEventListener("click", () => {
  part("warned").textContent = "";
  dialog("adding").showModal();
});
part("add").addEventListener("submit", (event) => {
  event.preventDefault();
  void attempt(add, (words) => void (part("warned").textContent = words));
});
part("copy").addEventListener("click", () => {
  input("shown-link").select();
  document.execCommand("copy"); // the clipboard of today's browsers needs TLS
});
part("linked").addEventListener("close", () => location.reload());
for (const row of document.querySelectorAll("[data-account]")) {
  for (const one of row.querySelectorAll("[data-act]")) {
    const what = one instanceof HTMLSelectElement ? "change" : "click";
    one.addEventListener(what, () => attempt(() => act(/** @type {HTMLElement} */ (row), /** @type {any} */ (one)), refused));
  }
}

async function add() {
  const { account, token } = await call("POST", "accounts", { name: input("name").value, role: input("role").value });
  dialog("adding").close();
  show(account.name, token);
}

/** @param {HTMLElement} row @param {HTMLElement & { value: string }} one */
async function act(row, one) {
  const place = `accounts/${row.dataset.account}`;
  if (one.dataset.act === "link") {
    const { account, token } = await call("POST", `${place}/link`);
    return show(account.name, token);
  }
  const change = one.dataset.act === "role" ? { role: one.value } : { disabled: one.dataset.act === "disable" };
  await call("PATCH", place, change);
  location.reload();
}

/** The page shows what is, not what was wished. @param {string} words */
function refused(words) {
  tell(words);
  for (const one of document.querySelectorAll("select[data-act]")) {
    const options = [.../** @type {HTMLSelectElement} */ (one).options];
    /** @type {HTMLSelectElement} */ (one).selectedIndex = options.findIndex((option) => option.defaultSelected);
  }
}

/** @param {string} name @param {string} token */
function show(name, token) {
  part("linked-title").textContent = `给${name}的链接`;
  input("shown-link").value = `${location.origin}${part("linked").dataset.setup}#${token}`;
  dialog("linked").showModal();
  input("shown-link").select();
}
