/** Slack's modals: the top one of a person's stack, in a window over the page. */

import { el } from "../dom.js";
import { showProblem } from "../question.js";
import { closeButton, Window } from "../window.js";
import { answersIn, isEmpty } from "./answers.js";
import { drawBlocks } from "./blocks.js";
import { Surface } from "./surface.js";

const MISSING = "Please answer this; the form cannot be sent without it.";

/** The window; what was typed stays with its view while the view lives. */
export class Modal extends Window {
  constructor(pane) {
    super(pane);
    this.view = null;
    this.typed = new Map();
  }

  /** Show the last of *views*, or close the window when there is none. */
  draw(views, reader) {
    const view = views.at(-1) ?? null;
    this.keep(views);
    const isSame = JSON.stringify(view) === JSON.stringify(this.view);
    this.view = view;
    if (view === null) {
      this.leave();
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

  show(view, depth, reader) {
    const values = this.typed.get(view.id) ?? view.values;
    const surface = new Surface(
      this.pane,
      reader,
      { view: view.id },
      { values, problems: view.errors },
    );
    surface.root = this.content;
    this.fill(view.title.text, drawBlocks(view.blocks, surface), this.buttons(view, depth));
    this.showProblem(view.errors[""]);
    this.focusProblem();
  }

  buttons(view, depth) {
    const fallback = depth > 1 ? "Back" : view.submit ? "Cancel" : "Close";
    const close = closeButton(view.close?.text ?? fallback, () => this.close({ all: false }));
    const submit = view.submit
      ? el("button", { type: "submit", class: "button button-primary" }, view.submit.text)
      : null;
    return [close, submit];
  }

  async submit() {
    const answers = answersIn(this.content);
    if (this.hasGaps(answers)) {
      return;
    }
    const send = () => this.pane.act("submit", { view: this.view.id, answers });
    const answer = await this.whileBusy(send);
    this.showRefusal(answer?.errors ?? {});
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
