// The name of an issue in the bar, in the title of the window and where it becomes final: as it has been saved.

/** @typedef {import("./desk.js").Desk} Desk */

/** @type {Record<string, string>} */
const SERIES = { supplement: "增刊", special: "专刊" };

/** Name the issue anew when another number has been saved. @param {Desk} desk */
export function keepName(desk) {
  const heading = /** @type {HTMLElement} */ (document.querySelector("h1"));
  const [publication, behind] = [before(heading.textContent ?? ""), document.title.slice((heading.textContent ?? "").length)];
  desk.also.saved = () => {
    const number = numberOf(desk.current().masthead ?? {});
    if (heading.textContent === publication + number) return;
    heading.textContent = heading.title = publication + number;
    document.title = heading.textContent + behind;
    const asking = document.getElementById("asking-finalize-title");
    if (asking) asking.textContent = `定稿 ${number}`;
  };
}

/** @param {{ issue_number?: unknown, series?: string }} masthead */
function numberOf({ issue_number: number, series = "" }) {
  return `${SERIES[series] ?? ""}${typeof number === "number" && number > 0 ? `第${number}期` : "没有期号"}`;
}

/** Return what stands before the number. @param {string} name */
function before(name) {
  return name.slice(0, name.lastIndexOf(" ") + 1);
}
