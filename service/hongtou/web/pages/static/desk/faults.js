// What nobody foresaw is told on the page too, never in the console alone.

window.addEventListener("error", ({ error }) => {
  if (error) tell(error); // without one it is a remark of the browser's
});
window.addEventListener("unhandledrejection", ({ reason }) => tell(reason));

/** @param {any} fault */
function tell(fault) {
  const said = document.createElement("p");
  said.className = "away";
  said.setAttribute("role", "alert");
  said.textContent =
    "desk" in window
      ? "这一页出了错，写的内容没有丢；请重新打开这一页，还不行请找管理员"
      : `打不开这一期：${fault?.message ?? fault}。请到“高级”页打开它的 JSON，改好后再来`;
  document.querySelector(".bar")?.after(said);
}
