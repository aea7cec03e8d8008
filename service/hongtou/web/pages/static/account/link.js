// 设定密码: by a one-time link, whose secret stands behind the # and is sent to nobody but the service.

import { call, wordsOf } from "../desk/service.js";
import { attempt, input, part } from "../office/page.js";
import { newPassword, warn } from "./new_password.js";

const token = location.hash.slice(1);
history.replaceState(null, "", location.pathname); // the history of the browser does not keep it
const form = /** @type {HTMLFormElement} */ (part("link"));

void look();
form.addEventListener("submit", (event) => {
  event.preventDefault();
  void attempt(use, warn);
});

async function look() {
  try {
    const { name } = await call("POST", "links/look", { token });
    input("name").value = name ?? "";
    input("name").readOnly = name !== null;
    part("first").hidden = name !== null;
    form.hidden = false;
    input(name === null ? "name" : "new").focus();
  } catch (fault) {
    part("spent").textContent = wordsOf(fault);
    part("spent").hidden = false;
  }
}

async function use() {
  const password = newPassword();
  if (!password) return;
  await call("POST", "links", { token, name: input("name").value, password });
  location.assign(form.dataset.after ?? "/");
}
