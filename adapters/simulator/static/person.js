/** Who the reader plays: a list of the company's people and a card of the chosen one. */

import { avatar, kindLabel, roleLine } from "./directory.js";
import { el } from "./dom.js";

/** The head of a pane: which workspace it shows, and to whom. */
export class PersonSelector {
  constructor(root, pane) {
    const id = `${pane.name}-person-select`;
    this.select = el(
      "select",
      { id, class: "field", change: () => pane.become(this.select.value) },
      pane.directory.players().map(option),
    );
    this.card = el("div", { class: "person-card" });
    const name = el(
      "p",
      { class: "pane-name" },
      el("strong", {}, pane.title),
      el("span", {}, pane.directory.team.name),
    );
    root.append(
      name,
      el(
        "label",
        { for: id, class: "person-label" },
        "You are",
        el("span", { class: "unseen" }, ` on ${pane.title}`),
      ),
      this.select,
      this.card,
    );
  }

  /** Show *person* as the one being played. */
  draw(person) {
    this.select.value = person.id;
    const kind = kindLabel(person);
    this.card.replaceChildren(
      avatar(person.name),
      el(
        "div",
        {},
        el(
          "p",
          {},
          roleLine(person),
          kind ? el("span", { class: "badge badge-guest" }, kind) : null,
        ),
        el("p", { class: "person-zone" }, person.tz.replaceAll("_", " ")),
      ),
    );
  }
}

function option(person) {
  const role = [roleLine(person), kindLabel(person)].filter(Boolean).join(", ");
  return el("option", { value: person.id }, role ? `${person.name}, ${role}` : person.name);
}
