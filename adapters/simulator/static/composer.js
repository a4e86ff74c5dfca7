/** Where people write: a field with suggestions, and a draft for each person and conversation. */

import { el, iconButton } from "./dom.js";
import { Suggestions } from "./suggestions.js";

/**
 * A message field.
 *
 * A subclass says what it offers while somebody types, what stands beside the field, and how
 * words are sent.
 */
export class Composer {
  constructor(pane, { id, inThread = false }) {
    this.pane = pane;
    this.inThread = inThread;
    this.drafts = new Map();
    this.place = null;
    this.field = el("textarea", {
      id,
      class: "composer-field",
      rows: 1,
      input: () => this.typed(),
      keydown: (event) => this.key(event),
    });
    this.suggestions = new Suggestions(this.field, (before) => this.offers(before));
    this.hint = el("p", { class: "composer-hint", id: `${id}-hint` });
    this.field.setAttribute("aria-describedby", this.hint.id);
    this.sendButton = iconButton("send", "Send", () => this.send(), {
      class: "icon-button composer-send",
    });
    const tools = el("div", { class: "composer-tools" }, this.tools(), this.hint, this.sendButton);
    this.node = el(
      "div",
      { class: "composer" },
      this.suggestions.node,
      el("div", { class: "composer-box" }, this.field, this.enclosed(), tools),
    );
  }

  /** Draw what stands between the field and the row of tools. */
  enclosed() {
    return null;
  }

  /** Write to another conversation: keep the draft of the last one, take up the one of this. */
  move(place, label, placeholder = label) {
    const key = JSON.stringify(place);
    if (key === this.placeKey) {
      return;
    }
    this.drafts.set(this.placeKey, this.field.value);
    this.placeKey = key;
    this.place = place;
    this.moved();
    this.field.setAttribute("aria-label", label);
    this.field.placeholder = placeholder;
    this.fill(this.drafts.get(key) ?? "");
  }

  /** Be told that the field belongs to another conversation now. */
  moved() {}

  /** Put *text* into the field, for the reader to send or to change. */
  fill(text) {
    this.field.value = text;
    this.typed();
  }

  typed() {
    this.suggestions.update();
    this.hint.textContent = this.advice() ?? "Enter sends. Shift and Enter starts a new line.";
  }

  /** Return a word about what stands in the field, or null. */
  advice() {
    return null;
  }

  key(event) {
    if (this.suggestions.key(event)) {
      return;
    }
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.send();
    }
  }

  async send() {
    const text = this.field.value.trim();
    if (this.isEmpty(text) || this.refused(text)) {
      return;
    }
    const place = this.placeKey;
    this.fill("");
    this.sendButton.setAttribute("aria-busy", "true");
    const answer = await this.deliver(text);
    this.sendButton.removeAttribute("aria-busy");
    this.sent(answer, text, place);
  }

  isEmpty(text) {
    return !text;
  }

  /** Say why *text* cannot be sent, and return whether that is so. */
  refused() {
    return false;
  }

  /** After an answer nothing is left to do; without one the words come back. */
  sent(answer, text, place) {
    if (!answer && place === this.placeKey && !this.field.value) {
      this.fill(text);
    }
  }
}
