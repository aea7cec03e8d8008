// What nodes may have beside their words. It is looked at where a part comes from a clipboard, which anybody may have
// filled; what stands in an issue the service looks at.

export const WORDS = { default: null, validate: "string|null" };
/** A number that is none stays as it was written, for the service to say so. */
export const NUMBER = { default: null, validate: "number|string|null" };
export const STRINGS = { default: null, validate: refuseNoStrings };

/** @param {unknown} value */
function refuseNoStrings(value) {
  if (value === null) return;
  if (!Array.isArray(value) || !value.every((one) => typeof one === "string")) throw new RangeError("no list of strings");
}
