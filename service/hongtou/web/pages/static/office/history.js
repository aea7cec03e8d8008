// 历史: naming the present version, going back to one that is kept.

import { leaveFor, showAgain } from "../desk/dialogs.js";
import { call } from "../desk/service.js";
import { attempt, input, part, tell } from "./page.js";

const { issue, version, desk = "" } = part("history").dataset;

document.getElementById("naming")?.addEventListener("submit", (event) => {
  event.preventDefault();
  void attempt(async () => {
    await call("POST", `issues/${issue}/revisions`, { label: input("label").value.trim() }, Number(version));
    await showAgain();
  }, tell, part("history"));
});

document.getElementById("restore")?.addEventListener("click", (event) => {
  const { revision } = /** @type {HTMLElement} */ (event.currentTarget).dataset;
  void attempt(async () => {
    await call("POST", `issues/${issue}/revisions/${revision}/restore`, undefined, Number(version));
    await leaveFor(desk);
  }, tell, part("history"));
});
