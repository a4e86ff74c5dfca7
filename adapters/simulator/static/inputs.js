/** Input blocks: a question with its hint, its field, and what is wrong with the answer. */

import { answerable } from "./answers.js";
import { asNodes, el, icon } from "./dom.js";
import { drawField, isField } from "./fields.js";

let drawn = 0;

/** Draw an input block; the surface knows earlier answers and what was wrong with them. */
export function drawInput(block, surface) {
  const element = block.element;
  if (!isField(element)) {
    return el(
      "p",
      { class: "unknown" },
      `This page cannot draw an input of the type “${element.type}”.`,
    );
  }
  drawn += 1;
  const id = `input-${drawn}`;
  const field = drawField(element, surface.given(block, element), surface);
  answerable(field.node, block.block_id, element, field.read);
  mark(field.control, id, block, element);
  const input = el(
    "div",
    {
      class: "block-input",
      "data-input-block": block.block_id,
      "data-optional": Boolean(block.optional),
    },
    label(field.control, id, block),
    field.node,
    block.hint ? el("p", { class: "input-hint", id: `${id}-hint` }, block.hint.text) : null,
    el("p", { class: "input-problem", id: `${id}-problem`, hidden: true }),
  );
  listen(input, block, field, surface);
  showProblem(input, surface.problems?.[block.block_id] ?? null);
  return input;
}

function mark(control, id, block, element) {
  control.id = id;
  control.dataset.blockId = block.block_id;
  control.dataset.actionId = element.action_id;
  control.setAttribute("aria-describedby", `${id}-hint ${id}-problem`);
  if (control.matches(".choice-group")) {
    control.setAttribute("aria-labelledby", `${id}-label`);
  } else if (!block.optional) {
    control.setAttribute("aria-required", "true");
  }
  if (element.focus_on_load) {
    control.setAttribute("autofocus", "");
  }
}

function label(control, id, block) {
  const tag = control.matches(".choice-group") ? "span" : "label";
  const optional = block.optional ? el("span", { class: "input-optional" }, " (optional)") : null;
  return el(
    tag,
    { class: "input-label", id: `${id}-label`, for: tag === "label" ? id : null },
    block.label.text,
    optional,
  );
}

function listen(input, block, field, surface) {
  input.addEventListener("change", () => {
    showProblem(input, null);
    if (block.dispatch_action) {
      surface.press(block, block.element, field.read());
    }
  });
}

/** Show what is wrong beside the field, or take it away when *problem* is null. */
export function showProblem(input, problem) {
  const line = input.querySelector(".input-problem");
  const control = input.querySelector("[data-action-id]");
  line.hidden = !problem;
  line.replaceChildren(...(problem ? asNodes([icon("alert"), problem]) : []));
  if (problem) {
    control.setAttribute("aria-invalid", "true");
  } else {
    control.removeAttribute("aria-invalid");
  }
}
