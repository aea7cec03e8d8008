// Fields that change nothing with what else is chosen: they are out of use, and nothing of them is sent.

/** Keep the fields of an order to what has an effect, now and whenever another choice is made. @param {HTMLElement} fields */
export function keepToEffects(fields) {
  fields.addEventListener("change", () => showEffects(fields));
  showEffects(fields);
}

/** @param {HTMLElement} fields */
function showEffects(fields) {
  for (const one of /** @type {NodeListOf<HTMLInputElement>} */ (fields.querySelectorAll("[data-needs]"))) {
    const { needs = "", needed } = one.dataset;
    one.disabled = chosen(one.closest("[data-output]") ?? fields, needs) !== needed;
  }
}

/** Return what is chosen of a name, among these fields or on the page as a whole. @param {Element} fields @param {string} name */
function chosen(fields, name) {
  const found = fields.querySelector(`[name="${name}"]`) ?? document.getElementById(name);
  const { type, checked, value } = /** @type {HTMLInputElement} */ (found);
  return type === "checkbox" ? String(checked) : value;
}
