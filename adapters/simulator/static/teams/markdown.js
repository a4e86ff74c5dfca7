/** The little Markdown that Teams reads in the texts and facts of a card. */

import { el } from "../dom.js";
import { link } from "../links.js";
import { dated } from "./words.js";

const INLINE = new RegExp(
  [
    "\\*\\*(?<bold>\\S(?:[^*\\n]*\\S)?)\\*\\*",
    "(?<![\\w_])_(?<italic>\\S(?:[^_\\n]*\\S)?)_(?![\\w_])",
    "\\[(?<label>[^\\]\\n]+)\\]\\((?<url>[^()\\s]+)\\)",
  ].join("|"),
  "g",
);

/** Return *text* with what is bold, italic or a link drawn as such. */
export function markdown(text, reader) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    nodes.push(dated(text.slice(end, match.index), reader), styled(match.groups));
    end = match.index + match[0].length;
  }
  return [...nodes, dated(text.slice(end), reader)];
}

function styled({ bold, italic, label, url }) {
  if (bold !== undefined) {
    return el("strong", {}, bold);
  }
  return italic === undefined ? link(url, label) : el("em", {}, italic);
}
