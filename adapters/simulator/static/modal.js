/** Slack's modals: the top one of a person's stack, in a window over the page. */

import { answersIn, isEmpty } from "./answers.js";
import { drawBlocks } from "./blocks.js";
import { asNodes, el, icon, iconButton } from "./dom.js";
import { showProblem } from "./inputs.js";
import { keepingFocus, Surface } from "./surface.js";

const MISSING = "Please answer this; the form cannot be sent without it.";

/** The window; what was typed stays with its view while the view lives. */
export class Modal {
  constructor(pane) {
    this.pane = pane;
    this.view = null;
    this.typed = new Map();
    this.title = el("h2", { id: "modal-title" });
    this.problem = el("p", { class: "window-problem", role: "alert", hidden: true });
    this.content = el("div", { class: "window-content", tabindex: "-1" });
    this.actions = el("div", { class: "window-actions" });
    this.form = el(
      "form",
      { novalidate: true, submit: (event) => this.submit(event) },
      this.problem,
      this.content,
      this.actions,
    );
    this.x = iconButton("close", "Close this window", () => this.close({ all: true }));
    this.dialog = el(
      "dialog",
      { class: "window", "aria-labelledby": "modal-title" },
      el("header", {}, this.title, this.x),
      this.form,
    );
    this.dialog.addEventListener("cancel", (event) => this.cancelled(event));
    document.body.append(this.dialog);
  }

  /** Show the last of *views*, or close the window when there is none. */
  draw(views, reader) {
    const view = views.at(-1) ?? null;
    this.keep(views);
    const isSame = JSON.stringify(view) === JSON.stringify(this.view);
    const wasOpen = this.view !== null;
    this.view = view;
    if (view === null) {
      this.leave(wasOpen);
    } else if (!isSame) {
      this.show(view, views.length, reader);
    }
  }

  keep(views) {
    if (this.view) {
      this.typed.set(this.view.id, answersIn(this.content));
    }
    const living = new Set(views.map((view) => view.id));
    [...this.typed.keys()].filter((id) => !living.has(id)).forEach((id) => this.typed.delete(id));
  }

  leave(wasOpen) {
    this.dialog.close();
    if (wasOpen && document.activeElement === document.body) {
      this.pane.focus();
    }
  }

  show(view, depth, reader) {
    const values = this.typed.get(view.id) ?? view.values;
    const surface = new Surface(
      this.pane,
      reader,
      { view: view.id },
      { values, problems: view.errors },
    );
    surface.root = this.content;
    this.title.replaceChildren(...asNodes(view.title.text));
    keepingFocus(this.content, () =>
      this.content.replaceChildren(...asNodes(drawBlocks(view.blocks, surface))),
    );
    this.actions.replaceChildren(...this.buttons(view, depth));
    this.showProblem(view.errors[""]);
    if (!this.dialog.open) {
      this.dialog.showModal();
      this.focusFirst();
    }
    this.focusProblem();
  }

  buttons(view, depth) {
    const fallback = depth > 1 ? "Back" : view.submit ? "Cancel" : "Close";
    const close = el(
      "button",
      { type: "button", class: "button button-default", click: () => this.close({ all: false }) },
      view.close?.text ?? fallback,
    );
    const submit = view.submit
      ? el("button", { type: "submit", class: "button button-primary" }, view.submit.text)
      : null;
    return [close, submit].filter(Boolean);
  }

  focusFirst() {
    const first =
      this.content.querySelector("[autofocus]") ??
      this.content.querySelector("input, select, textarea, button");
    (first ?? this.actions.lastElementChild).focus();
  }

  focusProblem() {
    const wrong = this.content.querySelector("[aria-invalid]");
    const target = wrong?.matches(".choice-group") ? wrong.querySelector("input") : wrong;
    target?.focus();
  }

  showProblem(text) {
    this.problem.hidden = !text;
    this.problem.replaceChildren(...(text ? asNodes([icon("alert"), text]) : []));
  }

  async submit(event) {
    event.preventDefault();
    const answers = answersIn(this.content);
    if (this.isBusy() || this.hasGaps(answers)) {
      return;
    }
    this.dialog.setAttribute("aria-busy", "true");
    const answer = await this.pane.act("submit", { view: this.view.id, answers });
    this.dialog.removeAttribute("aria-busy");
    this.showRefusal(answer?.errors ?? {});
  }

  isBusy() {
    return this.dialog.getAttribute("aria-busy") === "true";
  }

  /** Mark questions that must be answered and are not, and values the fields do not take. */
  hasGaps(answers) {
    const problems = {};
    for (const input of this.content.querySelectorAll("[data-input-block]")) {
      const blockId = input.dataset.inputBlock;
      const [value] = Object.values(answers[blockId]);
      problems[blockId] = gap(input, value);
    }
    this.showRefusal(problems);
    return Object.values(problems).some(Boolean);
  }

  showRefusal(problems) {
    for (const [blockId, problem] of Object.entries(problems)) {
      const input = this.content.querySelector(`[data-input-block="${CSS.escape(blockId)}"]`);
      if (input) {
        showProblem(input, problem);
      }
    }
    this.showProblem(problems[""]);
    this.focusProblem();
  }

  cancelled(event) {
    event.preventDefault();
    if (!this.isBusy()) {
      this.close({ all: false });
    }
  }

  close({ all }) {
    return this.pane.act("close", { view: this.view.id, all });
  }
}

function gap(input, value) {
  const field = input.querySelector("input, select, textarea");
  if (!field.validity.valid && !field.validity.valueMissing) {
    return field.validationMessage;
  }
  return isEmpty(value) && !("optional" in input.dataset) ? MISSING : null;
}
