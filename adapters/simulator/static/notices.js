/** Words from Slack or from the simulator that concern the last thing somebody did. */

import { el, icon, iconButton } from "./dom.js";

const STAYS_MS = 12_000;

/** Show a sentence in the corner of the page, for a while or until it is closed. */
export function notice(text) {
  const leave = () => box.remove();
  const box = el("div", { class: "notice" }, icon("alert"), el("p", {}, text), iconButton("close", "Close this notice", leave));
  document.getElementById("notices").append(box);
  setTimeout(leave, STAYS_MS);
}
