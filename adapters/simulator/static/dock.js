/** The side panel: the tour or what happens behind the scenes, one at a time or none. */

import { el, icon } from "./dom.js";

const ROOM_FOR_ALL_PX = 1180;

/** Opens and closes the pages of the side panel. */
export class Dock {
  constructor(root, switches, pages) {
    this.root = root;
    this.pages = pages;
    this.current = null;
    this.buttons = pages.map((page) => this.button(page));
    switches.append(...this.buttons);
    root.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    if (innerWidth >= ROOM_FOR_ALL_PX) {
      this.show(pages[0].id);
    }
  }

  button({ id, label, sign }) {
    const click = () => (this.current === id ? this.close() : this.show(id));
    return el(
      "button",
      {
        type: "button",
        class: "bar-button",
        "aria-expanded": "false",
        "aria-controls": id,
        dataset: { page: id },
        click,
      },
      icon(sign),
      label,
    );
  }

  /** Open one page. */
  show(id) {
    this.current = id;
    this.draw();
  }

  /** Close the panel and go back to the button that opened it. */
  close() {
    const opener = this.buttons.find((button) => button.dataset.page === this.current);
    this.current = null;
    this.draw();
    opener?.focus();
  }

  draw() {
    this.root.hidden = this.current === null;
    for (const { id, opened } of this.pages) {
      document.getElementById(id).hidden = id !== this.current;
      if (id === this.current) {
        opened?.();
      }
    }
    this.buttons.forEach((button) =>
      button.setAttribute("aria-expanded", String(button.dataset.page === this.current)),
    );
  }
}
