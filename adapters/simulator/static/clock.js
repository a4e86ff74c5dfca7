/** The workspace's clock, which can be moved forward so that a week passes in a click. */

import { get, post } from "./api.js";
import { fromField, fullDate, toField } from "./dates.js";
import { announce, el, icon } from "./dom.js";
import { place } from "./menu.js";
import { notice } from "./notices.js";

const PATH = "/api/page/clock";
const TICK_MS = 5_000;

/** Shows the time in the reader's zone and offers jumps. */
export class Clock {
  constructor(root, pane) {
    this.pane = pane;
    this.time = el("time", {});
    this.opener = el(
      "button",
      {
        type: "button",
        class: "bar-button",
        "aria-haspopup": "dialog",
        "aria-label": "Clock",
        click: () => this.open(),
      },
      icon("clock"),
      this.time,
    );
    this.window = el("div", {
      class: "popover",
      popover: "auto",
      role: "dialog",
      "aria-label": "Move the clock",
    });
    root.append(this.opener, this.window);
    setInterval(() => this.tick(), TICK_MS);
    pane.addEventListener("drawn", () => this.tick());
  }

  async load() {
    this.show(await get(PATH));
  }

  /** Take over the server's clock; from here on the page counts on by itself. */
  show(clock) {
    this.clock = { ...this.clock, ...clock };
    this.ahead = Date.parse(clock.now) - Date.now();
    this.tick();
  }

  get now() {
    return (Date.now() + this.ahead) / 1000;
  }

  tick() {
    if (this.clock) {
      const words = fullDate(this.now, this.pane.reader.tz);
      this.time.textContent = words;
      this.opener.setAttribute("aria-label", `Clock: ${words}. Move it`);
    }
  }

  async open() {
    await this.load();
    this.window.replaceChildren(...this.content());
    this.window.showPopover();
    place(this.window, this.opener);
    this.window.querySelector("button, input")?.focus();
  }

  content() {
    const { tz } = this.pane.reader;
    if (!this.clock.can_move) {
      return [el("p", {}, "This clock follows the machine's and cannot be moved.")];
    }
    const jumps = this.clock.jumps.map((jump) =>
      el(
        "button",
        { type: "button", class: "jump", click: () => this.move(jump.to) },
        el("strong", {}, jump.label),
        el("span", {}, fullDate(Date.parse(jump.to) / 1000, tz)),
      ),
    );
    return [
      el("h2", {}, "Move the clock"),
      el(
        "p",
        {},
        "Reminders, deadlines and agendas that fall due on the way happen at once. The clock only goes forward.",
      ),
      ...jumps,
      this.freeMove(tz),
    ];
  }

  freeMove(tz) {
    const field = el("input", {
      type: "datetime-local",
      class: "field",
      id: "clock-field",
      required: true,
    });
    field.value = toField(this.now, tz);
    const move = (event) => {
      event.preventDefault();
      this.move(new Date(fromField(field.value, tz) * 1000).toISOString());
    };
    return el(
      "form",
      { class: "clock-form", submit: move },
      el("label", { for: "clock-field" }, `Or to a time of your own (${tz.replaceAll("_", " ")})`),
      el(
        "div",
        { class: "field-row" },
        field,
        el("button", { type: "submit", class: "button button-primary" }, "Move"),
      ),
    );
  }

  async move(to) {
    try {
      this.show(await post(PATH, { to }));
      this.window.hidePopover();
      announce(`It is now ${fullDate(this.now, this.pane.reader.tz)}.`);
      await this.pane.refresh();
    } catch (refused) {
      notice(refused.message);
    }
  }
}
