// The pictures of an issue, by the names that its figures call them.

import { ask } from "./service.js";

const TYPES = { jpg: "jpeg", jpeg: "jpeg", png: "png", webp: "webp", gif: "gif", bmp: "bmp", tif: "tiff", tiff: "tiff" };
/** Systems other than Windows let files be called so (截图 10:30:05.png), the service does not. */
const NOT_IN_NAMES = /["\\/:*?<>|\u0000-\u001f\u007f-\u009f]|\.(?=\.)/g;
const MOST_OF_STEM = 60; // characters

export class Pictures {
  /** @param {string} [base] the address under which the service keeps them, "" where it keeps none */
  constructor(base = "") {
    this.base = base;
    /** What the service has of them. @type {Map<string, Blob>} */
    this.sent = new Map();
    /** @type {Map<string, Blob>} */
    this.blobs = new Map();
    /** @type {Map<string, string>} */
    this.addresses = new Map();
  }

  /** Return the address at which the browser shows a picture, if it is here. @param {string} name */
  address(name) {
    const blob = this.blobs.get(name);
    if (!blob) return this.base && name ? this.base + encodeURIComponent(name) : "";
    const known = this.addresses.get(name) ?? URL.createObjectURL(blob);
    this.addresses.set(name, known);
    return known;
  }

  /** Fetch those pictures of an issue that the service keeps, for the pages. @param {any} issue */
  async load(issue) {
    for (const name of this.base ? picturesOf(issue) : []) {
      if (this.blobs.has(name)) continue;
      const answer = await ask(this.base + encodeURIComponent(name)).catch(() => null);
      if (!answer?.ok || this.blobs.has(name)) continue;
      const blob = await answer.blob().catch(() => null);
      if (!blob) continue;
      this.blobs.set(name, blob);
      this.sent.set(name, blob);
    }
  }

  /** Keep a picture and return its name: that of its file, numbered where it is taken. @param {File} file */
  add(file) {
    const name = this.free(file.name || `图片.${suffixOf(file)}`);
    this.put(name, file);
    return name;
  }

  /** @param {string} name @param {Blob} blob */
  put(name, blob) {
    const old = this.addresses.get(name);
    if (old) URL.revokeObjectURL(old);
    this.addresses.delete(name);
    this.blobs.set(name, blob);
  }

  /** Return a name that an issue may call a picture by, and that is not taken. @param {string} name */
  free(name) {
    const plain = name.replace(NOT_IN_NAMES, "_").trim();
    const [, whole = "", suffix = ""] = /^(.*?)(\.[^.]{1,8})?$/s.exec(plain) ?? [];
    const stem = [...whole].slice(0, MOST_OF_STEM).join("");
    if (this.base) return `${stem}-${mark()}${suffix}`; // a colleague's IMG_01.jpg is another picture
    let free = stem + suffix;
    for (let number = 2; this.blobs.has(free); number += 1) free = `${stem}-${number}${suffix}`;
    return free;
  }
}

/** Tell whether a file may be a picture that can be printed. @param {File} file */
export function isPicture(file) {
  const suffix = file.name.split(".").pop()?.toLowerCase() ?? "";
  return file.type.startsWith("image/") || suffix in TYPES;
}

/**
 * Return why a file cannot stand in an issue, with what to do; "" if nothing is known against it. What is found out only
 * when the issue is kept would hold up all that is written after it.
 * @param {File} file
 */
export function refusedAtTheDoor(file) {
  const most = Number(document.getElementById("manuscript")?.dataset.pictureBytes);
  if (/\.hei[cf]$/i.test(file.name) || /^image\/hei[cf]/.test(file.type))
    return `“${file.name}”印不了，没有放进来。请在手机的“设置 › 相机 › 格式”里选“兼容性最佳”再拍，或用看图软件另存为 JPEG`;
  if (!isPicture(file)) return `“${file.name}”不是图片，没有放进来。旧稿请回到各期，点“导入 Word 或旧稿”`;
  if (most && file.size > most)
    return `“${file.name}”有 ${megabytes(file.size)} MB，超过 ${megabytes(most)} MB，没有放进来。请用看图软件缩小，另存为 JPEG`;
  return "";
}

/** @param {number} bytes */
function megabytes(bytes) {
  return Math.ceil(bytes / 2 ** 20);
}

/** Return the names of the pictures of an issue. @param {any} value @returns {Set<string>} */
export function picturesOf(value) {
  const names = new Set();
  JSON.stringify(value, (key, member) => {
    if (key === "image" && typeof member === "string") names.add(member);
    return member;
  });
  return names;
}

/** Return six characters that nobody else has. */
function mark() {
  return [...crypto.getRandomValues(new Uint8Array(3))].map((one) => one.toString(16).padStart(2, "0")).join("");
}

/** @param {File} file */
function suffixOf(file) {
  return file.type.split("/")[1]?.replace("jpeg", "jpg") ?? "png";
}
