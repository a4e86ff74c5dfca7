/** Input blocks: a question with its hint, its field, and what is wrong with the answer. */

import { el } from "../dom.js";
import { question, showProblem } from "../question.js";
import { answerable } from "./answers.js";
import { drawField, isField } from "./fields.js";

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
  const field = drawField(element, surface.given(block, element), surface);
  answerable(field.node, block.block_id, element, field.read);
  field.control.dataset.blockId = block.block_id;
  field.control.dataset.actionId = element.action_id;
  if (element.focus_on_load) {
    field.control.setAttribute("autofocus", "");
  }
  const input = question(field, {
    label: block.label.text,
    isOptional: Boolean(block.optional),
    hint: block.hint?.text,
    "data-input-block": block.block_id,
    "data-optional": Boolean(block.optional),
  });
  if (block.dispatch_action) {
    input.addEventListener("change", () => surface.press(block, element, field.read()));
  }
  showProblem(input, surface.problems?.[block.block_id] ?? null);
  return input;
}
