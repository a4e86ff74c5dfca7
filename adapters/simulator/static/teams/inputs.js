/** The inputs of a card, and reading what stands in them. */

import { el } from "../dom.js";
import { kindLabel } from "../directory.js";
import { manyOf, picker } from "../pickers.js";
import { markInvalid, question, showProblem } from "../question.js";

const readers = new WeakMap();

/** Types of elements that hold an answer. */
export function isInput(element) {
  return element.type in DRAW;
}

/** Draw an input; *warning* is the element above it that says what is wrong, if there is one. */
export function drawInput(element, surface, warning) {
  const given = surface.values[element.id] ?? element.value ?? "";
  const field = DRAW[element.type](element, given, surface);
  field.control.dataset.inputControl = element.id;
  const node = question(field, {
    label: element.label ?? element.title,
    isOptional: !element.isRequired && element.type !== "Input.Toggle",
    describedBy: warning?.id,
    "data-input": element.id,
  });
  readers.set(node, field.read);
  showProblem(node, surface.problems[element.id] ?? null);
  if (warning) {
    markInvalid(node, true);
  }
  return node;
}

/** Return what *button* gathers in the card *root*: from its own card and from those around it. */
export function answersFor(button, root) {
  const own = button.closest("[data-card]") ?? root;
  const inputs = [...root.querySelectorAll("[data-input]")].filter((node) =>
    node.closest("[data-card]").contains(own),
  );
  return Object.fromEntries(inputs.map((node) => [node.dataset.input, readers.get(node)()]));
}

const DRAW = {
  "Input.Text": (element, given) =>
    element.isMultiline
      ? valued(el("textarea", { class: "field", rows: 4, ...rules(element) }), given)
      : valued(el("input", { type: "text", class: "field", ...rules(element) }), given),
  "Input.Number": (element, given) => short("number", element, given, { step: "any" }),
  "Input.Date": (element, given) => short("date", element, given),
  "Input.Time": (element, given) => short("time", element, given),
  "Input.Toggle": toggle,
  "Input.ChoiceSet": choices,
};

function rules(element) {
  return { placeholder: element.placeholder, maxlength: element.maxLength, autocomplete: "off" };
}

function short(type, { placeholder, min, max }, given, more = {}) {
  const looks = { type, class: "field field-short", placeholder, min, max, ...more };
  return valued(el("input", looks), given);
}

function valued(control, given) {
  control.value = given;
  return { node: control, control, read: () => control.value || null };
}

function toggle({ title, valueOn = "true", valueOff = "false" }, given) {
  const field = manyOf([String(given)], { options: [{ value: valueOn, label: title }] });
  return { ...field, read: () => field.read()[0] ?? valueOff };
}

function choices(element, given, surface) {
  const options = element["choices.data"] ? people(surface) : element.choices.map(asOption);
  const chosen = Array.isArray(given) ? given : String(given).split(",");
  if (element.isMultiSelect) {
    return manyOf(chosen, { options });
  }
  return element.style?.toLowerCase() === "expanded"
    ? manyOf([given], { options }, { single: true })
    : picker(given, { options }, { placeholder: element.placeholder });
}

function asOption({ title, value }) {
  return { value, label: title };
}

function people({ reader }) {
  return reader.directory
    .players()
    .filter((person) => person.aad_object_id)
    .map((person) => ({
      value: person.aad_object_id,
      label: [person.name, kindLabel(person)].filter(Boolean).join(" · "),
    }));
}
