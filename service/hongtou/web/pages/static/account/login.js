// 登录.

import { address } from "../desk/service.js";
import { input, part } from "../office/page.js";
import { logIn } from "./again.js";

const form = /** @type {HTMLFormElement} */ (part("login"));

form.addEventListener("submit", (event) => {
  event.preventDefault();
  void begin();
});

async function begin() {
  const refused = await logIn(address("session"), input("name").value, input("password").value);
  if (!refused) return location.assign(form.dataset.after ?? "/");
  part("warned").textContent = refused;
  input("password").select();
}
