/** Words that concern the last thing somebody did, in the corner of the page for a while. */

import { el, icon, iconButton } from "./dom.js";

const STAYS_MS = 12_000;
const MARGIN = 8;

/** Show a sentence about something that did not go well, over *where* if it belongs there. */
export function notice(text, where) {
  stack(el("div", { class: "notice" }, icon("alert"), el("p", {}, text)), where);
}

/** Show what the bot, called *who*, answers to a press without writing a message. */
export function toast(text, who, where) {
  const words = el("p", {}, el("strong", {}, `${who}: `), text);
  stack(el("div", { class: "notice notice-toast" }, icon("reply"), words), where);
}

function stack(box, where) {
  const corner = document.getElementById("notices");
  const leave = () => {
    box.remove();
    corner.togglePopover(corner.children.length > 0);
  };
  box.append(iconButton("close", "Close this notice", leave));
  // Shown anew each time, since whatever opened last lies on top, modals included.
  corner.togglePopover(false);
  corner.togglePopover(true);
  corner.append(box);
  place(corner, where ?? document.querySelector(".talk"));
  setTimeout(leave, STAYS_MS);
}

function place(corner, where) {
  const { left, width } = where.getBoundingClientRect();
  const room = innerWidth - corner.offsetWidth - MARGIN;
  corner.style.left = `${Math.max(MARGIN, Math.min(left + (width - corner.offsetWidth) / 2, room))}px`;
}
