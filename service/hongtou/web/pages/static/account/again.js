// A session has ended: its person logs in again without leaving the page, and what is written stays.

const QUIET_MS = 60_000; // after which somebody who has put it off is asked again
const PAUSE_MS = 1000; // in the typing: keys that are on their way are not the dialog's

/** @type {Promise<boolean> | null} the dialog that is open, for all calls that wait for it */
let open = null;
let quietUntil = 0;
let isComposing = false;
let typedAt = 0;
for (const kind of ["keydown", "input"]) document.addEventListener(kind, () => void (typedAt = Date.now()), true);
document.addEventListener("compositionstart", () => void (isComposing = true), true);
document.addEventListener("compositionend", () => void (isComposing = false), true);

/** Ask for name and password; tells whether somebody has logged in. @param {string} session its address */
export function logInAgain(session) {
  if (!open && Date.now() < quietUntil) return Promise.resolve(false);
  open ??= asked(session).finally(() => (open = null));
  return open;
}

/** @param {string} session @returns {Promise<boolean>} */
async function asked(session) {
  while (isComposing || Date.now() - typedAt < PAUSE_MS) await new Promise((done) => setTimeout(done, 60)); // the input method keeps its keys
  const made = dialog();
  const { form, name, password, warned, later } = made;
  document.body.append(made.dialog);
  made.dialog.showModal();
  password.focus();
  let lookAgain = () => {}; // whether somebody has logged in meanwhile in another window
  const isIn = await new Promise((done) => {
    lookAgain = () => void isLoggedIn(session).then((isIn) => isIn && done(true));
    if (made.elsewhere) window.addEventListener("focus", lookAgain);
    later.addEventListener("click", () => made.dialog.close());
    made.dialog.addEventListener("close", () => done(false));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void logIn(session, name.value, password.value).then((refused) => {
        if (!refused) return done(true);
        warned.textContent = refused;
        password.select();
      });
    });
  });
  window.removeEventListener("focus", lookAgain);
  made.dialog.close();
  made.dialog.remove();
  if (!isIn) quietUntil = Date.now() + QUIET_MS;
  return isIn;
}

/** Return why nobody is logged in, "" if somebody is. @param {string} session @param {string} name @param {string} password */
export async function logIn(session, name, password) {
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(session, { method: "POST", headers, body: JSON.stringify({ name, password }) }).catch(() => null);
  if (!answer) return "连不上服务，请稍后再试";
  if (answer.ok) return "";
  return (await answer.json().catch(() => ({}))).detail ?? "没有登录成";
}

/** @param {string} session */
async function isLoggedIn(session) {
  return (await fetch(session).catch(() => null))?.ok ?? false;
}

function dialog() {
  const dialog = /** @type {any} */ (document.createElement("dialog")); // which older typings do not know
  dialog.id = "again";
  dialog.setAttribute("aria-labelledby", "again-title");
  dialog.innerHTML = `<form>
    <h2 id="again-title">登录已过期</h2>
    <p>写的内容都在，登录后接着保存。</p>
    <label>名称 <input name="username" autocomplete="username" maxlength="40" required></label>
    <label>密码 <input name="password" type="password" autocomplete="current-password" maxlength="128" required></label>
    <p class="warned" role="alert"></p>
    <p class="other" hidden><a class="button" target="_blank" rel="noopener">用统一身份认证登录（另开一页）</a></p>
    <p class="buttons"><button type="button">先不登录</button><button class="chief">登录</button></p>
  </form>`;
  const [name, password] = dialog.querySelectorAll("input");
  const person = document.getElementById("log-out")?.dataset;
  name.value = person?.name ?? "";
  const elsewhere = person?.signOn ?? ""; // where to log in at the identity provider
  const other = /** @type {HTMLElement} */ (dialog.querySelector(".other"));
  other.hidden = !elsewhere;
  if (elsewhere) /** @type {HTMLAnchorElement} */ (other.firstElementChild).href = elsewhere;
  return {
    elsewhere,
    dialog,
    name,
    password,
    form: /** @type {HTMLFormElement} */ (dialog.querySelector("form")),
    warned: /** @type {HTMLElement} */ (dialog.querySelector(".warned")),
    later: /** @type {HTMLElement} */ (dialog.querySelector("[type=button]")),
  };
}
