/** Words from Slack or from the simulator that concern the last thing somebody did. */

import { el, icon, iconButton } from "./dom.js";

const STAYS_MS = 12_000;

/** Show a sentence in the corner of the page, for a while or until it is closed. */
export function notice(text) {
  const corner = document.getElementById("notices");
  const box = el("div", { class: "notice" }, icon("alert"), el("p", {}, text));
  const leave = () => {
    box.remove();
    corner.togglePopover(corner.children.length > 0);
  };
  box.append(iconButton("close", "Close this notice", leave));
  // Shown anew each time, since whatever opened last lies on top, modals included.
  corner.togglePopover(false);
  corner.togglePopover(true);
  corner.append(box);
  setTimeout(leave, STAYS_MS);
}
