// Elements of the page: found by their id, and made.

/** @param {string} id @returns {HTMLElement} */
export function part(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/** @param {string} name @param {string} [className] @param {string} [text] */
export function element(name, className = "", text = "") {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

/**
 * Have a button act once where it is double-clicked: what has slid under the pointer meanwhile is not meant.
 * @param {HTMLElement} made @param {() => void} act
 */
export function actOnce(made, act) {
  made.addEventListener("click", ({ detail }) => {
    if (detail < 2) act(); // 0 is a key's
  });
}

/** @param {string} text @param {() => void} act @param {string} [className] */
export function button(text, act, className = "") {
  const made = /** @type {HTMLButtonElement} */ (element("button", className, text));
  made.type = "button";
  actOnce(made, act);
  return made;
}
