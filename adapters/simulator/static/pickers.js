/** Choosing one or several of some options, each with a `value`, a `label` and perhaps a `hint`. */

import { el } from "./dom.js";

const FILTER_FROM = 11;
let groups = 0;

/** Draw a drop-down list of `{options}` or `{groups}`; its answer is one value. */
export function picker(given, offered, { placeholder = "Choose…" } = {}) {
  const control = el("select", { class: "field" });
  const offer = (choices) => {
    const nothing = el("option", { value: "" }, placeholder);
    control.replaceChildren(nothing, ...drawOptions(choices));
  };
  offer(offered);
  control.value = given ?? "";
  return { node: control, control, read: () => control.value || null, offer };
}

function drawOptions({ options = [], groups: grouped = [] }) {
  return [
    ...options.map((option) => el("option", { value: option.value }, option.label)),
    ...grouped.map((group) =>
      el("optgroup", { label: group.label }, drawOptions({ options: group.options })),
    ),
  ];
}

/** Draw options as a list to tick (or, with *single*, to pick from); many of them get a filter. */
export function manyOf(given, offered, { single = false } = {}) {
  groups += 1;
  const name = `choice-${groups}`;
  const flat = offered.options ?? offered.groups.flatMap((group) => group.options);
  const rows = flat.map((option) =>
    row(option, name, { single, on: (given ?? []).includes(option.value) }),
  );
  const list = el("div", { class: "choices" }, rows);
  const role = single ? "radiogroup" : "group";
  const node = el(
    "div",
    { class: "choice-group", role, tabindex: "-1" },
    flat.length >= FILTER_FROM ? filter(rows) : null,
    list,
  );
  const chosen = () => [...list.querySelectorAll("input:checked")].map((input) => input.value);
  return { node, control: node, read: () => (single ? (chosen()[0] ?? null) : chosen()) };
}

function row(option, name, { single, on }) {
  const input = el("input", { type: single ? "radio" : "checkbox", name, value: option.value });
  input.checked = on;
  return el(
    "label",
    { class: "choice" },
    input,
    el(
      "span",
      {},
      option.label,
      option.hint ? el("span", { class: "choice-hint" }, option.hint) : null,
    ),
  );
}

function filter(rows) {
  return el("input", {
    type: "search",
    class: "field",
    placeholder: "Filter",
    "aria-label": "Filter the choices",
    input: (event) => {
      const wanted = event.target.value.toLowerCase();
      rows.forEach((one) => (one.hidden = !one.textContent.toLowerCase().includes(wanted)));
      event.stopPropagation();
    },
    change: (event) => event.stopPropagation(),
  });
}
