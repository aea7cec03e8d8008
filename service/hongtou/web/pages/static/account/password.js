// 修改密码.

import { call, Refusal } from "../desk/service.js";
import { attempt, input, part, tell } from "../office/page.js";
import { newPassword, warn } from "./new_password.js";

const form = /** @type {HTMLFormElement} */ (part("change"));

form.addEventListener("submit", (event) => {
  event.preventDefault();
  void attempt(change, warn);
});
part("everywhere").addEventListener("click", () => attempt(async () => {
  await call("DELETE", "session?everywhere=true");
  location.assign(part("log-out").dataset.after ?? "/");
}));

async function change() {
  const password = newPassword();
  if (!password) return;
  await call("PUT", "session/password", { present: input("present").value, new: password }).catch((fault) => {
    if (fault instanceof Refusal && fault.status === 403) input("present").select();
    throw fault;
  });
  form.reset();
  tell("密码已修改");
}
