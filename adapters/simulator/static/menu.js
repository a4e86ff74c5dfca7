/** A small menu that opens at a button, for the keyboard as for the mouse. */

import { el } from "./dom.js";

const GAP = 4;
const MARGIN = 8;

/** Open *items* (`{label, run}`) under *opener*; the focus goes back there when it closes. */
export function openMenu(opener, items) {
  const choose = (item) => {
    menu.hidePopover();
    item.run();
  };
  const entries = items.map((item) =>
    el(
      "button",
      { type: "button", role: "menuitem", tabindex: "-1", click: () => choose(item) },
      item.label,
    ),
  );
  const menu = el(
    "div",
    {
      class: "menu",
      role: "menu",
      popover: "auto",
      keydown: (event) => move(event, menu, entries),
    },
    entries,
  );
  menu.addEventListener("toggle", (event) => event.newState === "closed" && menu.remove());
  opener.after(menu);
  menu.showPopover({ source: opener });
  place(menu, opener);
  entries[0]?.focus();
}

/** Put a popover at the button that opened it, inside the window. */
export function place(popover, opener) {
  const anchor = opener.getBoundingClientRect();
  const size = popover.getBoundingClientRect();
  const below = anchor.bottom + GAP;
  const fits = below + size.height + MARGIN <= innerHeight;
  popover.style.top = `${Math.max(MARGIN, fits ? below : anchor.top - size.height - GAP)}px`;
  popover.style.left = `${Math.max(MARGIN, Math.min(anchor.right - size.width, innerWidth - size.width - MARGIN))}px`;
}

function move(event, menu, entries) {
  const at = entries.indexOf(document.activeElement);
  const goals = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 };
  if (event.key === "Tab") {
    menu.hidePopover();
  }
  if (event.key in goals) {
    event.preventDefault();
    entries[(goals[event.key] + entries.length) % entries.length].focus();
  }
}
