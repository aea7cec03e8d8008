// Who is logged in, on every page: 退出.

import { call, wordsOf } from "../desk/service.js";

const out = /** @type {HTMLElement} */ (document.getElementById("log-out"));

out.addEventListener("click", async () => {
  try {
    await call("DELETE", "session");
    location.assign(out.dataset.after ?? "/");
  } catch (fault) {
    const told = document.getElementById("told");
    if (told) told.textContent = wordsOf(fault);
  }
});
