// Lines over a text: over that of an article, a group of short news, one of its items.

import { TextSelection } from "../vendor/prosemirror.js";
import { schema } from "./schema.js";

/** @typedef {import("./commands.js").Command} Command */

const { nodes } = schema;
/** The lines at the head of a part, in their order. @type {Record<string, string[]>} */
const HEADS = {
  article: ["section", "kicker", "headline", "subhead", "byline", "editors_note"],
  briefs: ["section", "briefs_heading"],
};

/** Add a line at the head of an article or of a group, or go to it. @param {string} name @returns {Command} */
export function addHead(name) {
  return (state, dispatch) => {
    const { $from } = state.selection;
    const part = $from.depth ? $from.node(1) : null;
    const order = HEADS[part?.type.name ?? ""] ?? [];
    const rank = order.indexOf(name);
    if (!part || rank < 0) return false;
    if (!dispatch) return true;
    let at = $from.start(1);
    let found = false;
    for (let number = 0; number < part.childCount && !found; number += 1) {
      const place = order.indexOf(part.child(number).type.name);
      if (place === rank) found = true;
      else if (place >= 0 && place < rank) at += part.child(number).nodeSize;
      else break;
    }
    const tr = found ? state.tr : state.tr.insert(at, /** @type {any} */ (nodes[name].createAndFill()));
    dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(at + 1))).scrollIntoView());
    return true;
  };
}

/** Add a headline over the item of short news at the caret, or go to it. @type {Command} */
export function addBriefHeadline(state, dispatch) {
  const { $from } = state.selection;
  if ($from.parent.type !== nodes.brief) return false;
  if (!dispatch) return true;
  const before = $from.node(-1).maybeChild($from.index(-1) - 1);
  const has = before?.type === nodes.brief_headline;
  const at = $from.before() - (has ? before.nodeSize : 0);
  const tr = has ? state.tr : state.tr.insert(at, nodes.brief_headline.create());
  dispatch(tr.setSelection(TextSelection.create(tr.doc, at + 1)).scrollIntoView());
  return true;
}
