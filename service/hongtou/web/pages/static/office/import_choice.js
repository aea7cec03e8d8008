// The file that is being imported, and what was said of its lines: kept in this browser, as long as
// no issue was made of it, so that whoever goes away and comes back has lost nothing.

import { openDB } from "../vendor/idb.js";

/** @typedef {{ file: File, said: Record<string, string> }} Choice */

const NAME = "hongtou-imports";
const STORE = "choices";

/** @type {Promise<any> | null} */
let opened = null;

function database() {
  opened ??= openDB(NAME, 1, { upgrade: (db) => void db.createObjectStore(STORE) });
  return opened;
}

/** @param {number} publication @param {Choice} choice */
export async function keepChoice(publication, choice) {
  await (await database()).put(STORE, choice, publication);
}

/** @param {number} publication @returns {Promise<Choice | undefined>} */
export async function keptChoice(publication) {
  return (await database()).get(STORE, publication);
}

/** @param {number} publication */
export async function dropChoice(publication) {
  await (await database()).delete(STORE, publication);
}
