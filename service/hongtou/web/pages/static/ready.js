// Buttons that a script answers are out of use until all scripts have run: no click is lost, and no browser sends
// a form itself. Of a page that could not begin they stay so.

let hasFailed = false;
window.addEventListener("error", ({ error }) => {
  if (error) hasFailed = true; // without one it is a remark of the browser's
});
document.addEventListener("DOMContentLoaded", () => {
  if (hasFailed) return;
  for (const one of document.querySelectorAll("[data-scripted]")) /** @type {HTMLButtonElement} */ (one).disabled = false;
});
