/** The search of a message extension: what is chosen is posted where the person writes. */

import { el } from "../dom.js";
import { Window } from "../window.js";

const PAUSE_MS = 250;

/** A window with a field and what was found. */
export class Search extends Window {
  constructor(pane) {
    super(pane);
    this.status = el("p", { class: "search-status", role: "status" });
    this.list = el("ul", { class: "search-hits", "aria-label": "What was found" });
    this.asked = 0;
  }

  /** Open the search called *command*; a result goes to *place*. */
  open({ command, title }, place) {
    this.command = command;
    this.place = place;
    this.field = el("input", {
      type: "search",
      class: "field",
      "aria-label": title,
      placeholder: "Type a word",
      autocomplete: "off",
      input: () => this.typed(),
    });
    this.status.textContent = "";
    this.list.replaceChildren();
    this.fill(title, [this.field, this.status, this.list], []);
    this.look();
  }

  typed() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.look(), PAUSE_MS);
    this.isCurrent = false;
  }

  async look() {
    this.asked += 1;
    const asked = this.asked;
    const body = { channel: this.place.channel, command: this.command, text: this.field.value };
    const answer = await this.pane.act("search", body, () => {});
    if (answer && asked === this.asked) {
      this.show(answer);
    }
  }

  show({ hits, notice, problems }) {
    const found = hits.length === 1 ? "1 result" : `${hits.length} results`;
    this.status.textContent =
      [notice, ...problems].filter(Boolean).join(" ") ||
      (hits.length ? `${found}. Choose one to post it.` : "Nothing was found.");
    this.list.replaceChildren(...hits.map((hit) => this.row(hit)));
    this.isCurrent = true;
  }

  row(hit) {
    return el(
      "li",
      {},
      el(
        "button",
        { type: "button", class: "search-hit", click: () => this.choose(hit) },
        el("strong", {}, hit.title),
        el("span", {}, unescaped(hit.text)),
      ),
    );
  }

  async choose(hit) {
    const { channel, thread } = this.place;
    const post = () => this.pane.act("insert", { channel, thread, hit: hit.attachment });
    if (await this.whileBusy(post)) {
      this.close();
    }
  }

  /** Enter chooses the first result, unless it belongs to what was typed before. */
  submit() {
    if (this.isCurrent) {
      this.list.querySelector("button")?.click();
    }
  }

  close() {
    clearTimeout(this.waiting);
    this.asked += 1;
    this.leave();
  }
}

/** A preview's text is markup of Teams' own; the bot escapes what is not meant as such. */
function unescaped(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
