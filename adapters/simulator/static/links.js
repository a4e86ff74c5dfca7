/** Links in what people and the bot write. */

import { el } from "./dom.js";

const SAFE_LINK = /^(https?:\/\/|mailto:)/i;

/** Draw a link; an address that is not one of the web or of mail stays text. */
export function link(url, label) {
  if (!SAFE_LINK.test(url)) {
    return label === url ? url : `${label} (${url})`;
  }
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer", title: url }, label);
}
