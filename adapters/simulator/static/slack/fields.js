/** The controls in which people answer; each is drawn with a `read` that returns its answer. */

import { fromField, toField } from "../dates.js";
import { el } from "../dom.js";
import { kindLabel } from "../directory.js";
import { manyOf, picker } from "../pickers.js";
import { uploads } from "./uploads.js";

/** Types of elements that hold an answer; all others are only pressed. */
export function isField(element) {
  return element.type in DRAW;
}

/**
 * Draw the control of *element* with *given* as its answer (undefined: the element's own initial).
 *
 * Returns the outer `node`, the `control` that takes the focus and the label, and `read`.
 */
export function drawField(element, given, surface) {
  return DRAW[element.type](
    element,
    given === undefined ? initial(element, surface) : given,
    surface,
  );
}

const DRAW = {
  plain_text_input: (element, value) =>
    element.multiline ? textarea(element, value) : text("text")(element, value),
  rich_text_input: textarea,
  email_text_input: text("email"),
  url_text_input: text("url"),
  number_input: number,
  datepicker: moment("date"),
  timepicker: moment("time"),
  datetimepicker: instant,
  static_select: (element, value) => choose(element, value, optionGroups(element)),
  external_select: external,
  users_select: (element, value, surface) => choose(element, value, people(surface)),
  channels_select: (element, value, surface) =>
    choose(element, value, channels(surface, ["public"])),
  conversations_select: (element, value, surface) =>
    choose(element, value, channels(surface, kinds(element))),
  multi_static_select: (element, value) => manyOf(value, optionGroups(element)),
  multi_users_select: (element, value, surface) => manyOf(value, people(surface)),
  multi_channels_select: (element, value, surface) => manyOf(value, channels(surface, ["public"])),
  multi_conversations_select: (element, value, surface) =>
    manyOf(value, channels(surface, kinds(element))),
  checkboxes: (element, value) => manyOf(value, optionGroups(element)),
  radio_buttons: (element, value) => manyOf([value], optionGroups(element), { single: true }),
  file_input: uploads,
};

const INITIALS = [
  "initial_value",
  "initial_date",
  "initial_time",
  "initial_date_time",
  "initial_user",
  "initial_users",
  "initial_channel",
  "initial_channels",
  "initial_conversation",
  "initial_conversations",
];

function initial(element, surface) {
  const options =
    element.initial_option?.value ?? element.initial_options?.map((option) => option.value);
  const plain = INITIALS.map((name) => element[name]).find((value) => value !== undefined);
  return (
    options ?? plain ?? (element.default_to_current_conversation ? surface.place.channel : null)
  );
}

function text(type) {
  return (element, value) => {
    const control = el("input", { type, class: "field", ...textRules(element) });
    return valued(control, value);
  };
}

function textarea(element, value) {
  const control = el("textarea", { class: "field", rows: 4, ...textRules(element) });
  return valued(control, value);
}

function textRules(element) {
  return {
    placeholder: element.placeholder?.text,
    minlength: element.min_length,
    maxlength: element.max_length,
    autocomplete: "off",
  };
}

function number(element, value) {
  const rules = {
    min: element.min_value,
    max: element.max_value,
    step: element.is_decimal_allowed ? "any" : "1",
  };
  const control = el("input", {
    type: "number",
    class: "field field-short",
    placeholder: element.placeholder?.text,
    ...rules,
  });
  return valued(control, value);
}

function moment(type) {
  return (element, value) => valued(el("input", { type, class: "field field-short" }), value);
}

function instant(element, unix, { reader }) {
  const control = el("input", { type: "datetime-local", class: "field field-short" });
  control.value = unix ? toField(Number(unix), reader.tz) : "";
  const zone = el("span", { class: "field-zone" }, reader.tz);
  const read = () => (control.value ? fromField(control.value, reader.tz) : null);
  return { node: el("span", { class: "field-row" }, control, zone), control, read };
}

function valued(control, value) {
  control.value = value ?? "";
  return { node: control, control, read: () => control.value || null };
}

function choose(element, value, offered) {
  return picker(value, offered, { placeholder: element.placeholder?.text });
}

function external(element, value, surface) {
  const first = [element.initial_option].filter(Boolean).map(asOption);
  const chosen = choose(element, value, { options: first });
  const search = el("input", {
    type: "search",
    class: "field",
    placeholder: "Type to search",
    "aria-label": "Search the choices",
  });
  search.addEventListener("input", async () => {
    if (search.value.length >= (element.min_query_length ?? 3)) {
      const found = await surface.suggest(element, search.value);
      chosen.offer({ options: found.map(asOption) });
    }
  });
  return { ...chosen, node: el("span", { class: "field-stack" }, search, chosen.node) };
}

function optionGroups(element) {
  const groups = element.option_groups?.map((group) => ({
    label: group.label.text,
    options: group.options.map(asOption),
  }));
  return groups ? { groups } : { options: (element.options ?? []).map(asOption) };
}

function asOption(option) {
  return { value: option.value, label: option.text.text, hint: option.description?.text };
}

function people({ reader }) {
  const options = reader.directory.players().map((person) => ({
    value: person.id,
    label: [person.name, kindLabel(person)].filter(Boolean).join(" · "),
  }));
  return { options };
}

function channels({ reader }, allowed) {
  const listed = [...reader.directory.channels.values()].filter((channel) =>
    allowed.includes(channel.kind),
  );
  return {
    options: listed.map((channel) => ({
      value: channel.id,
      label: reader.directory.channelName(channel.id),
    })),
  };
}

function kinds(element) {
  const named = element.filter?.include ?? ["public", "private", "im"];
  return named.map((name) => (name === "im" ? "dm" : name));
}
