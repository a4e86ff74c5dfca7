/** The controls in which people answer; each is drawn with a `read` that returns its answer. */

import { fromField, toField } from "./dates.js";
import { el } from "./dom.js";
import { kindLabel } from "./directory.js";
import { picker, manyOf } from "./pickers.js";
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
  return DRAW[element.type](element, given, surface);
}

const DRAW = {
  plain_text_input: (element, given) => (element.multiline ? textarea(element, given) : text("text")(element, given)),
  rich_text_input: (element, given) => textarea(element, given),
  email_text_input: text("email"),
  url_text_input: text("url"),
  number_input: number,
  datepicker: moment("date", "initial_date"),
  timepicker: moment("time", "initial_time"),
  datetimepicker: instant,
  static_select: (element, given) => picker(element, given ?? element.initial_option?.value, optionGroups(element)),
  external_select: external,
  users_select: (element, given, surface) => picker(element, given ?? element.initial_user, people(surface)),
  channels_select: (element, given, surface) =>
    picker(element, given ?? element.initial_channel, channels(surface, ["public"])),
  conversations_select: (element, given, surface) =>
    picker(element, given ?? firstConversation(element, surface), channels(surface, kinds(element))),
  multi_static_select: (element, given) => manyOf(element, given ?? values(element.initial_options), optionGroups(element)),
  multi_users_select: (element, given, surface) => manyOf(element, given ?? element.initial_users, people(surface)),
  multi_channels_select: (element, given, surface) =>
    manyOf(element, given ?? element.initial_channels, channels(surface, ["public"])),
  multi_conversations_select: (element, given, surface) =>
    manyOf(element, given ?? element.initial_conversations, channels(surface, kinds(element))),
  checkboxes: (element, given) => manyOf(element, given ?? values(element.initial_options), optionGroups(element)),
  radio_buttons: (element, given) =>
    manyOf(element, [given ?? element.initial_option?.value], optionGroups(element), { single: true }),
  file_input: uploads,
};

function text(type) {
  return (element, given) => {
    const control = el("input", { type, class: "field", ...textRules(element) });
    return valued(control, given ?? element.initial_value);
  };
}

function textarea(element, given) {
  const control = el("textarea", { class: "field", rows: 4, ...textRules(element) });
  return valued(control, given ?? element.initial_value);
}

function textRules(element) {
  return {
    placeholder: element.placeholder?.text,
    minlength: element.min_length,
    maxlength: element.max_length,
    autocomplete: "off",
  };
}

function number(element, given) {
  const rules = { min: element.min_value, max: element.max_value, step: element.is_decimal_allowed ? "any" : "1" };
  const control = el("input", { type: "number", class: "field field-short", placeholder: element.placeholder?.text, ...rules });
  return valued(control, given ?? element.initial_value);
}

function moment(type, initial) {
  return (element, given) => valued(el("input", { type, class: "field field-short" }), given ?? element[initial]);
}

function instant(element, given, { reader }) {
  const control = el("input", { type: "datetime-local", class: "field field-short" });
  const unix = given ?? element.initial_date_time;
  control.value = unix ? toField(Number(unix), reader.tz) : "";
  const zone = el("span", { class: "field-zone" }, reader.tz);
  const read = () => (control.value ? fromField(control.value, reader.tz) : null);
  return { node: el("span", { class: "field-row" }, control, zone), control, read };
}

function valued(control, value) {
  control.value = value ?? "";
  return { node: control, control, read: () => control.value || null };
}

function external(element, given, surface) {
  const chosen = picker(element, given ?? element.initial_option?.value, { options: [element.initial_option].filter(Boolean) });
  const search = el("input", { type: "search", class: "field", placeholder: "Type to search", "aria-label": "Search the choices" });
  search.addEventListener("input", async () => {
    if (search.value.length >= (element.min_query_length ?? 3)) {
      chosen.offer({ options: await surface.suggest(element, search.value) });
    }
  });
  return { ...chosen, node: el("span", { class: "field-stack" }, search, chosen.node) };
}

function optionGroups(element) {
  const groups = element.option_groups?.map((group) => ({ label: group.label.text, options: group.options }));
  return groups ? { groups } : { options: element.options ?? [] };
}

function people({ reader }) {
  const options = reader.directory.players().map((person) => ({
    value: person.id,
    text: { text: [person.name, kindLabel(person)].filter(Boolean).join(" · ") },
  }));
  return { options };
}

function channels({ reader }, allowed) {
  const listed = [...reader.directory.channels.values()].filter((channel) => allowed.includes(channel.kind));
  return {
    options: listed.map((channel) => ({ value: channel.id, text: { text: reader.directory.channelName(channel.id) } })),
  };
}

function kinds(element) {
  const named = element.filter?.include ?? ["public", "private", "im"];
  return named.map((name) => (name === "im" ? "dm" : name));
}

function firstConversation(element, surface) {
  return element.initial_conversation ?? (element.default_to_current_conversation ? surface.place.channel : undefined);
}

function values(options) {
  return options?.map((option) => option.value);
}
