// 历史: naming the present version, going back to one that is kept.

import { leaveFor, showAgain } from "../desk/dialogs.js";
import { call } from "../desk/service.js";
import { attempt, complain, input, part } from "./page.js";

const { issue, version, desk = "" } = part("history").dataset;

document.getElementById("naming")?.addEventListener("submit", (event) => {
  event.preventDefault();
  void attempt(async () => {
    const label = input("label").value.trim();
    await call("POST", `issues/${issue}/revisions`, { label }, Number(version));
    await showAgain(`已留存“${label}”`, "#label");
  }, complain, part("history"));
});

document.getElementById("restore")?.addEventListener("click", () => {
  const chosen = /** @type {HTMLSelectElement} */ (document.querySelector("[name=from]")); // as it is now, compared or not
  const name = chosen.selectedOptions[0].textContent;
  void attempt(async () => {
    await call("POST", `issues/${issue}/revisions/${chosen.value}/restore`, undefined, Number(version));
    await leaveFor(desk, `已恢复到“${name}”`);
  }, complain, part("history"));
});
