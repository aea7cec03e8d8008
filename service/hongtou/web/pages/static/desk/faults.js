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
      ? `这一页出了错，${ofWords()}，还不行请找管理员`
      : `打不开这一期：${fault?.message ?? fault}。请到“高级”页打开它的 JSON，改好后再来`;
  document.querySelector(".bar")?.after(said);
}

/** Say what has become of what was written, as the keeper last told: where it is kept nowhere yet, it is not to be left. */
function ofWords() {
  const isUnkept = ["changed", "unkept", "refused"].includes(document.body.dataset.kept ?? "");
  return isUnkept
    ? "刚写的字可能还没有存下：请看保存的状态，没有存的先复制出来，再重新打开这一页"
    : "写的内容没有丢；请重新打开这一页";
}
