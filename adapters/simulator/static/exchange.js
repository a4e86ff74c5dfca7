/** One HTTP exchange in full: address, headers, body, answer. */

import { el, icon } from "./dom.js";

const OUTCOMES = {
  ok: ["check", "Done"],
  refused: ["close", "Refused"],
  failed: ["alert", "Failed"],
};

/** Draw a sign, with its word, for how an exchange ended. */
export function outcomeMark(entry) {
  const [sign, word] = OUTCOMES[entry.outcome];
  return el(
    "span",
    { class: `outcome outcome-${entry.outcome}`, title: word },
    icon(sign),
    el("span", { class: "unseen" }, `${word}: `),
  );
}

/** Draw a request and its answer under *title*. */
export function exchange(entry, title) {
  return el(
    "div",
    { class: "exchange" },
    el("h3", {}, title),
    request(entry.request),
    el("h3", {}, "Answer"),
    answer(entry),
  );
}

/** Draw how many rows each table gained. */
export function rowsWritten(rows) {
  const entries = Object.entries(rows);
  const list = entries.map(([table, count]) =>
    el("div", {}, el("dt", {}, table), el("dd", {}, String(count))),
  );
  return el(
    "div",
    { class: "exchange" },
    el("h3", {}, "Rows written"),
    entries.length ? el("dl", { class: "rows" }, list) : el("p", { class: "quiet" }, "None."),
  );
}

function request({ method, url, headers, body, parsed }) {
  return [
    el("p", { class: "address" }, el("strong", {}, method), " ", url),
    headers.length
      ? el(
          "dl",
          { class: "headers" },
          headers.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))),
        )
      : null,
    payload(body, parsed),
  ];
}

function answer(entry) {
  const took = `${entry.milliseconds.toFixed(1)} ms`;
  if (!entry.answer) {
    return el("p", { class: "quiet" }, `None came within ${took}.`);
  }
  const { status, body, parsed } = entry.answer;
  return [
    el("p", { class: "address" }, el("strong", {}, String(status)), ` after ${took}`),
    body ? payload(body, parsed) : el("p", { class: "quiet" }, "An empty body."),
  ];
}

function payload(body, parsed) {
  const isForm = parsed !== null && body !== JSON.stringify(parsed);
  const readable = parsed === null ? body : JSON.stringify(parsed, null, 2);
  return [
    readable ? code(readable) : null,
    isForm && body
      ? el("details", { class: "raw" }, el("summary", {}, "As it was sent"), code(body))
      : null,
  ];
}

function code(text) {
  return el("pre", { class: "code", tabindex: "0" }, text);
}
