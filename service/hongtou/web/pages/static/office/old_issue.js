// The file of an old issue, read by the service.

import { address, ask, jsonOf, refusalOf, Refusal } from "../desk/service.js";

/** @typedef {{ number: number, text: string, kind: string, pointer: string, why: string, doubt: string }} Line */
/** @typedef {{ message: string, line: number, pointer: string }} Doubt */
/** @typedef {{ issue: any, lines: Line[], doubts: Doubt[], pictures?: Record<string, string> }} Imported */

const MIB = 1024 * 1024;

/**
 * Have the service read a file with the kinds that are said.
 * @param {File} chosen @param {number} limit in bytes
 * @param {Record<string, string>} [kinds] @param {boolean} [withPictures] @returns {Promise<Imported>}
 */
export async function readByService(chosen, limit, kinds = {}, withPictures = false) {
  if (chosen.size > limit) throw new Refusal(413, { detail: `文件超过 ${limit / MIB} MB`, hint: "请只留一期，去掉大图片再导入" });
  const form = new FormData();
  form.append("kinds", JSON.stringify(kinds));
  form.append("pictures", String(withPictures));
  form.append("file", chosen, "file"); // its name is nobody's business
  const answer = await ask(address("imports"), { method: "POST", body: form });
  if (!answer.ok) throw await refusalOf(answer);
  return jsonOf(answer);
}
