// Pictures that HTML holds itself, as data: addresses.

const EMBEDDED = /^data:(image\/(?:png|jpeg|gif|webp|bmp|tiff));base64,/i;

/** Return the picture of an address that holds it, null where it would have to be fetched or is no picture. @param {string} address */
export function pictureIn(address) {
  const [head, type] = EMBEDDED.exec(address) ?? [];
  if (!head) return null;
  try {
    const bytes = atob(address.slice(head.length));
    return new File([Uint8Array.from(bytes, (char) => char.charCodeAt(0))], "", { type: type.toLowerCase() });
  } catch {
    return null; // cut short
  }
}
