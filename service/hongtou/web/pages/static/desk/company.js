// Who else has the issue open, told every ten seconds; what they have saved is taken in.

import { part } from "./elements.js";
import { address, ask, call } from "./service.js";

const PING_MS = 10_000;
const NAME = "hongtou.window";

/** @param {import("./desk.js").Desk} desk @param {{ id: string, state: string }} opened */
export function keepCompany(desk, { id, state }) {
  const tab = ownName();
  const ping = async () => {
    const place = desk.caret()?.pointer ?? "";
    const met = await call("POST", `issues/${id}/presence`, { tab, place: place.slice(0, 200) }).catch(() => null);
    if (!met) return desk.previews.want(); // tells that the service is away, and when it is back
    const others = named(met.others.map((/** @type {any} */ one) => one.who));
    if (part("company").textContent !== others) part("company").textContent = part("company").title = others;
    if (met.version <= desk.keeper.version && met.state === state) return;
    if (met.state === "final" || met.state === "printed") await lock(desk, met.by);
    else if (met.version > desk.keeper.version) await desk.keeper.catchUp(met.by);
    if (met.state !== state) showState(desk, met);
    state = met.state;
  };
  const here = address(`issues/${id}/presence/${tab}`);
  const leave = () => void ask(here, { method: "DELETE", keepalive: true }).catch(() => null);
  void ping();
  window.setInterval(ping, PING_MS);
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", (event) => event.persisted && ping()); // back, as it was left
  Object.assign(desk, { ping }); // for tests
}

/**
 * Somebody has taken the issue a step further or back: what may be done next is on its page, opened again. Who is writing
 * is not taken there. @param {import("./desk.js").Desk} desk @param {{ state: string, by: string }} met
 */
function showState(desk, { state, by }) {
  const shown = part("state");
  const name = JSON.parse(shown.dataset.names ?? "{}")[state];
  [shown.className, shown.textContent] = [`state ${state}`, name];
  for (const one of document.querySelectorAll("[data-step]")) /** @type {HTMLElement} */ (one).hidden = true;
  part("reopen").hidden = false;
  desk.tell(`${by}已把这一期改为“${name}”，要接着办，请点“重新打开”`);
}

/** Somebody has made the issue final; what is not saved stays in this browser. @param {import("./desk.js").Desk} desk @param {string} by */
async function lock(desk, by) {
  await desk.keeper.keepLocally();
  const left = desk.keeper.isDirty() ? "；没有保存的留在本机，解锁后可找回" : "";
  desk.showKept("locked", `${by}已定稿，内容不能再改${left}`);
}

/** Return the name of this window; it has the same one when its page is opened again. */
function ownName() {
  const made = [...crypto.getRandomValues(new Uint8Array(8))].map((one) => one.toString(16).padStart(2, "0")).join("");
  try {
    const name = sessionStorage.getItem(NAME) ?? made;
    sessionStorage.removeItem(NAME); // a copy of this window is another
    window.addEventListener("pagehide", () => sessionStorage.setItem(NAME, name));
    return name;
  } catch {
    return made; // a window that remembers nothing
  }
}

/** @param {string[]} names */
function named(names) {
  if (!names.length) return "";
  const told = [...new Set(names)];
  return told.length === 1 && told[0] === "本机" ? "另一个窗口也开着这一期" : `${told.join("、")}也开着这一期`;
}
