/** The panes side by side; where there is no room for both, one at a time behind a switch. */

import { el } from "./dom.js";

/** Draws the switch and counts in it what is new in the pane that may be out of sight. */
export class Panes {
  constructor(row, switches, panes) {
    this.row = row;
    this.panes = panes;
    this.buttons = new Map(panes.map((pane) => [pane, this.button(pane)]));
    switches.append(...this.buttons.values());
    switches.hidden = panes.length < 2;
    for (const pane of panes) {
      pane.addEventListener("drawn", () => this.draw());
      pane.addEventListener("wanted", () => this.show(pane.name));
    }
    this.show(panes[0].name);
  }

  button(pane) {
    return el("button", {
      type: "button",
      class: "pane-switch",
      "aria-controls": pane.name,
      click: () => this.show(pane.name),
    });
  }

  /** Bring the pane called *name* into sight. */
  show(name) {
    this.row.dataset.shown = name;
    this.draw();
  }

  draw() {
    for (const [pane, button] of this.buttons) {
      const isShown = pane.name === this.row.dataset.shown;
      const news = isShown ? 0 : pane.channels.newsInAll;
      button.setAttribute("aria-pressed", String(isShown));
      button.replaceChildren(
        pane.title,
        ...(news
          ? [el("span", { class: "news" }, String(news), el("span", { class: "unseen" }, " new"))]
          : []),
      );
    }
  }
}
