/** A question of a form: its label, its field, a hint, and what is wrong with the answer. */

import { asNodes, el, icon } from "./dom.js";

let drawn = 0;

/**
 * Draw a question around *field*, which has a `node` and in it the `control` that people use.
 *
 * `describedBy` is the id of an element elsewhere that says more about it.
 */
export function question(field, { label, isOptional, hint, describedBy, ...attributes }) {
  drawn += 1;
  const id = `input-${drawn}`;
  const { control } = field;
  control.id = id;
  control.dataset.control = "";
  control.setAttribute(
    "aria-describedby",
    [describedBy, `${id}-hint`, `${id}-problem`].filter(Boolean).join(" "),
  );
  if (isGroup(control)) {
    control.setAttribute("aria-labelledby", `${id}-label`);
  } else if (!isOptional) {
    control.setAttribute("aria-required", "true");
  }
  const node = el(
    "div",
    { class: "question", ...attributes },
    title(control, id, label, isOptional),
    field.node,
    hint ? el("p", { class: "input-hint", id: `${id}-hint` }, hint) : null,
    el("p", { class: "input-problem", id: `${id}-problem`, hidden: true }),
  );
  node.addEventListener("change", () => showProblem(node, null));
  return node;
}

/** Show what is wrong beside the field, or take it away when *problem* is null. */
export function showProblem(node, problem) {
  const line = node.querySelector(".input-problem");
  line.hidden = !problem;
  line.replaceChildren(...(problem ? asNodes([icon("alert"), problem]) : []));
  markInvalid(node, Boolean(problem));
}

/** Tell that the answer to a question is wrong, wherever the words about it stand. */
export function markInvalid(node, isInvalid) {
  const control = node.querySelector("[data-control]");
  if (isInvalid) {
    control.setAttribute("aria-invalid", "true");
  } else {
    control.removeAttribute("aria-invalid");
  }
}

function title(control, id, label, isOptional) {
  const tag = isGroup(control) ? "span" : "label";
  return el(
    tag,
    { class: "input-label", id: `${id}-label`, for: tag === "label" ? id : null },
    label,
    isOptional ? el("span", { class: "input-optional" }, " (optional)") : null,
  );
}

function isGroup(control) {
  return control.matches(".choice-group");
}
