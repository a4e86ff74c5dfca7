/** A window over the page: a title, what stands in it, and buttons below. */

import { asNodes, el, icon, iconButton } from "./dom.js";
import { keepingFocus } from "./focus.js";

let windows = 0;

/** The frame that modals, dialogs and the search share; a subclass says what closing means. */
export class Window {
  constructor(pane) {
    windows += 1;
    const id = `window-${windows}-title`;
    this.pane = pane;
    this.title = el("h2", { id });
    this.about = el("p", { class: "window-about" });
    this.problem = el("p", { class: "window-problem", role: "alert", hidden: true });
    this.content = el("div", { class: "window-content", tabindex: "-1" });
    this.actions = el("div", { class: "window-actions" });
    this.form = el(
      "form",
      { novalidate: true, submit: (event) => this.submitted(event) },
      this.problem,
      this.content,
      this.actions,
    );
    const x = iconButton("close", "Close this window", () => this.close({ all: true }));
    this.dialog = el(
      "dialog",
      { class: `window window-${pane.name}`, "aria-labelledby": id },
      el("header", {}, el("div", {}, this.about, this.title), x),
      this.form,
    );
    this.dialog.addEventListener("cancel", (event) => this.cancelled(event));
    document.body.append(this.dialog);
  }

  /** Show *nodes* under *title*, with *buttons* below them. */
  fill(title, nodes, buttons) {
    this.about.replaceChildren(`${this.pane.title}, as ${this.pane.reader.person.name}`);
    this.title.replaceChildren(...asNodes(title));
    keepingFocus(this.content, () => this.content.replaceChildren(...asNodes(nodes)));
    this.actions.replaceChildren(...asNodes(buttons));
    this.actions.hidden = this.actions.children.length === 0;
    if (!this.dialog.open) {
      this.dialog.showModal();
      this.focusFirst();
    }
  }

  /** Take the window away. */
  leave() {
    const wasOpen = this.dialog.open;
    this.dialog.close();
    if (wasOpen && document.activeElement === document.body) {
      this.pane.focus();
    }
  }

  focusFirst() {
    const first =
      this.content.querySelector("[autofocus]") ??
      this.content.querySelector("input, select, textarea, button");
    (first ?? this.actions.lastElementChild)?.focus();
  }

  focusProblem() {
    const wrong = this.content.querySelector("[aria-invalid]");
    const target = wrong?.matches(".choice-group") ? wrong.querySelector("input") : wrong;
    target?.focus();
  }

  /** Say what is wrong with the whole, or nothing more. */
  showProblem(text) {
    this.problem.hidden = !text;
    this.problem.replaceChildren(...(text ? asNodes([icon("alert"), text]) : []));
  }

  /** Do *work* while the window cannot be used, and return what it returns. */
  async whileBusy(work) {
    this.dialog.setAttribute("aria-busy", "true");
    const result = await work();
    this.dialog.removeAttribute("aria-busy");
    return result;
  }

  get isBusy() {
    return this.dialog.getAttribute("aria-busy") === "true";
  }

  submitted(event) {
    event.preventDefault();
    if (!this.isBusy) {
      this.submit(event.submitter);
    }
  }

  cancelled(event) {
    event.preventDefault();
    if (!this.isBusy) {
      this.close({ all: false });
    }
  }
}

/** Draw a button that only closes. */
export function closeButton(label, close) {
  return el("button", { type: "button", class: "button button-default", click: close }, label);
}
