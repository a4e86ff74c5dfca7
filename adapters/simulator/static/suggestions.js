/** The list above a message field that helps to finish what is being typed. */

import { el } from "./dom.js";

const MOST_PEOPLE = 8;
let lists = 0;

/** Offers ways to finish what stands before the caret of *field*, as *offersFor* knows them. */
export class Suggestions {
  constructor(field, offersFor) {
    lists += 1;
    this.field = field;
    this.offersFor = offersFor;
    this.offers = [];
    this.at = 0;
    this.dismissed = null;
    this.node = el("ul", {
      class: "suggestions",
      role: "listbox",
      id: `suggestions-${lists}`,
      "aria-label": "Suggestions",
      hidden: true,
    });
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-haspopup", "listbox");
    field.setAttribute("aria-controls", this.node.id);
  }

  get open() {
    return this.offers.length > 0;
  }

  /** Look at what stands in the field and offer what fits. */
  update() {
    const before = this.field.value.slice(0, this.field.selectionStart);
    this.offers = before === this.dismissed ? [] : this.offersFor(before);
    this.dismissed = before === this.dismissed ? before : null;
    this.at = 0;
    this.draw();
  }

  draw() {
    this.node.hidden = !this.open;
    this.node.replaceChildren(...this.offers.map((offer, index) => this.row(offer, index)));
    this.point();
  }

  row(offer, index) {
    const take = (event) => {
      event.preventDefault();
      this.at = index;
      this.take();
    };
    return el(
      "li",
      { role: "option", id: `${this.node.id}-${index}`, mousedown: take },
      el("strong", {}, offer.label),
      offer.usage ? el("code", {}, offer.usage) : null,
      el("span", {}, offer.detail),
    );
  }

  point() {
    [...this.node.children].forEach((row, index) =>
      row.setAttribute("aria-selected", String(index === this.at)),
    );
    if (this.open) {
      this.field.setAttribute("aria-activedescendant", `${this.node.id}-${this.at}`);
      this.node.children[this.at].scrollIntoView({ block: "nearest" });
    } else {
      this.field.removeAttribute("aria-activedescendant");
    }
  }

  /** Act on a key pressed in the field; returns whether it was meant for the list. */
  key(event) {
    const keys = {
      ArrowDown: () => this.move(1),
      ArrowUp: () => this.move(-1),
      Enter: () => this.take(),
      Tab: () => this.take(),
      Escape: () => this.dismiss(),
    };
    if (!this.open || !(event.key in keys) || event.shiftKey) {
      return false;
    }
    event.preventDefault();
    keys[event.key]();
    return true;
  }

  move(by) {
    this.at = (this.at + by + this.offers.length) % this.offers.length;
    this.point();
  }

  take() {
    const { start, text } = this.offers[this.at];
    this.field.setRangeText(text, start, this.field.selectionStart, "end");
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  dismiss() {
    this.dismissed = this.field.value.slice(0, this.field.selectionStart);
    this.update();
  }
}

/** Offer those whose name goes on from the `@…` before the caret, the bot first. */
export function peopleOffers(directory, before) {
  const typed = /(?:^|\s)@([\w.-]*)$/.exec(before)?.[1].toLowerCase();
  if (typed === undefined) {
    return [];
  }
  const { bot } = directory;
  const everyone = [{ name: bot.name, handle: bot.name, title: "App" }, ...directory.players()];
  return everyone
    .filter(({ name, handle }) => `${name} ${handle}`.toLowerCase().includes(typed))
    .slice(0, MOST_PEOPLE)
    .map(({ name, handle, title }) => ({
      start: before.length - typed.length,
      text: `${handle} `,
      label: name,
      usage: `@${handle}`,
      detail: title,
    }));
}
