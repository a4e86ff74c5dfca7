/** Behind the scenes: each signed request, its answer, the rows it wrote, the calls it caused. */

import { get } from "./api.js";
import { el, icon, iconButton } from "./dom.js";
import { exchange, outcomeMark, rowsWritten } from "./exchange.js";
import { notice } from "./notices.js";

const KEPT = 200;
const OWN_ACCORD = "by itself";
const KINDS = {
  interaction: "click or form",
  api: "API call",
  conversationUpdate: "membership",
  installationUpdate: "installation",
  "adaptiveCard/action": "press",
  "task/fetch": "opens a dialog",
  "task/submit": "dialog",
  "composeExtension/query": "search",
  "composeExtension/fetchTask": "message extension",
  "composeExtension/submitAction": "message extension",
};

/** The list of steps, the newest first; a step is one request to the bot and what followed. */
export class Journal {
  constructor(root, panes, { close }) {
    this.panes = new Map(panes.map((pane) => [pane.name, pane]));
    this.last = 0;
    this.steps = new Map();
    this.fetching = Promise.resolve();
    this.list = el("ol", { class: "steps", reversed: true });
    this.empty = el(
      "p",
      { class: "empty" },
      "Nothing has happened yet. Write to Parley or press a button, and watch it here.",
    );
    root.append(
      el(
        "header",
        { class: "dock-head" },
        el("h2", { id: "journal-title" }, "Behind the scenes"),
        iconButton("close", "Close this panel", close),
      ),
      el(
        "p",
        { class: "dock-about" },
        "Every step really travels over HTTP, signed as Slack and Teams sign it. The newest is on top; open one to read it.",
      ),
      el(
        "div",
        { class: "dock-scroll", tabindex: "0", role: "region", "aria-label": "Steps" },
        this.empty,
        this.list,
      ),
    );
  }

  /** Fetch what happened since the last look, one fetch after the other. */
  load() {
    this.fetching = this.fetching.then(() => this.fetch());
    return this.fetching;
  }

  async fetch() {
    try {
      const { last, entries } = await get(`/api/page/journal?since=${this.last}`);
      this.last = last;
      entries.forEach((entry) => this.add(entry));
      this.empty.hidden = this.list.children.length > 0;
    } catch (refused) {
      notice(refused.message);
    }
  }

  /** Forget all steps, after a reset. */
  clear() {
    this.last = 0;
    this.steps.clear();
    this.list.replaceChildren();
  }

  add(entry) {
    const step = this.steps.get(entry.cause);
    if (step) {
      step.add(entry);
      return;
    }
    const own = new Step(entry, this.panes);
    this.steps.set(entry.n, own);
    this.list.prepend(own.node);
    this.list.children[KEPT]?.remove();
  }
}

/** One request with the calls that came back. */
class Step {
  constructor(entry, panes) {
    this.entry = entry;
    this.panes = panes;
    this.who = whoAsked(entry, panes.get(entry.platform));
    this.calls = [];
    this.facts = el("span", { class: "step-facts" });
    this.summary = el("summary", {}, heading(entry), this.facts);
    this.content = el("div", { class: "step-content" });
    this.details = el("details", { toggle: () => this.draw() }, this.summary, this.content);
    this.node = el("li", { class: `step step-${entry.outcome}` }, this.details);
    this.tell();
  }

  add(call) {
    this.calls.push(call);
    this.tell();
    this.draw();
  }

  tell() {
    const rows = Object.values(this.entry.rows).reduce((sum, count) => sum + count, 0);
    const words = [
      this.who,
      `${this.entry.milliseconds.toFixed(1)} ms`,
      counted(rows, "row", "rows"),
      counted(this.calls.length, "call back", "calls back"),
    ];
    this.facts.textContent = words.filter(Boolean).join(" · ");
  }

  /** Draw the inside only while it is open: bodies can be long and there may be many. */
  draw() {
    if (this.details.open) {
      this.content.replaceChildren(...this.parts());
    } else {
      this.content.replaceChildren();
    }
  }

  parts() {
    const { entry } = this;
    const request = entry.direction === "to_bot" ? "Signed request" : "The call";
    return [
      exchange(entry, request),
      entry.direction === "to_bot" ? rowsWritten(entry.rows) : null,
      this.calls.length ? el("h3", {}, "Calls that came back") : null,
      ...this.calls.map((call) => callBack(call, this.panes.get(call.platform))),
    ].filter(Boolean);
  }
}

function counted(count, one, many) {
  return count ? `${count} ${count === 1 ? one : many}` : null;
}

function whoAsked(entry, pane) {
  const byItself = entry.direction === "from_bot" ? OWN_ACCORD : null;
  const who = entry.person ? pane.directory.personName(entry.person) : byItself;
  return [pane.title, who].filter(Boolean).join(", ");
}

function heading(entry) {
  return [
    outcomeMark(entry),
    el("strong", { class: "step-title" }, entry.title),
    el("span", { class: "step-kind" }, kindWords(entry)),
  ];
}

function kindWords(entry) {
  return KINDS[entry.kind] ?? entry.kind;
}

function callBack(call, pane) {
  return el(
    "details",
    { class: "call" },
    el(
      "summary",
      {},
      outcomeMark(call),
      icon("in"),
      el("strong", { class: "step-title" }, call.title),
      el("span", { class: "step-kind" }, pane.title),
      el("span", { class: "step-facts" }, `${call.milliseconds.toFixed(1)} ms`),
    ),
    exchange(call, "The call"),
  );
}
