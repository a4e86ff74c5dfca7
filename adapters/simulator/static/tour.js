/** A first walk: each step is done through the same API as by hand, then pointed at and ticked. */

import { get, post } from "./api.js";
import { ask } from "./confirm.js";
import { announce, el, icon, iconButton } from "./dom.js";
import { notice } from "./notices.js";
import { Watch } from "./watch.js";

const PATIENCE_MS = 8_000;
const LOOK_MS = 100;
const CLOCK = "/api/page/clock";
const RESET = {
  title: { text: "Start over?" },
  text: {
    text: "Channels, messages and windows go back to the sample. What Parley has stored stays.",
  },
  confirm: { text: "Start over" },
};

/** The list of steps; the first one not yet seen is open. */
export class Tour {
  constructor(root, panes, steps, { close }) {
    this.panes = new Map(panes.map((pane) => [pane.name, pane]));
    this.steps = steps;
    this.seen = new Set();
    this.watch = null;
    this.progress = el("p", { class: "dock-about" });
    this.list = el("ol", { class: "tour-steps" });
    const again = el(
      "button",
      { type: "button", class: "button button-default", click: () => this.reset() },
      "Start over",
    );
    root.append(
      el(
        "header",
        { class: "dock-head" },
        el("h2", { id: "tour-title" }, "First tour"),
        iconButton("close", "Close this panel", close),
      ),
      this.progress,
      el(
        "div",
        { class: "dock-scroll", tabindex: "0", role: "region", "aria-label": "Steps of the tour" },
        this.list,
      ),
      el("footer", { class: "dock-foot" }, again),
    );
    panes.forEach((pane) => pane.addEventListener("drawn", () => this.look()));
    this.draw();
  }

  get current() {
    return this.steps.findIndex((_, index) => !this.seen.has(index));
  }

  draw() {
    this.list.replaceChildren(...this.steps.map((step, index) => this.row(step, index)));
    const total = this.steps.length;
    this.progress.textContent =
      total === 0
        ? "There are no steps here yet. Type / in a channel to see what Parley can do."
        : this.seen.size === total
          ? "That was the tour. Everything is yours to try."
          : `${this.seen.size} of ${total} seen. Do each step by hand, or let the page do it.`;
  }

  row(step, index) {
    const isSeen = this.seen.has(index);
    const isCurrent = index === this.current;
    const state = isSeen ? "tour-seen" : isCurrent ? "tour-current" : "tour-ahead";
    const act = () => this.perform(index);
    const label = isSeen ? "Do it again" : "Do it";
    return el(
      "li",
      { class: `tour-step ${state}`, "aria-current": isCurrent ? "step" : null },
      el(
        "span",
        { class: "tour-mark", "aria-hidden": "true" },
        isSeen ? icon("check") : String(index + 1),
      ),
      el(
        "div",
        {},
        el("h3", {}, step.title, isSeen ? el("span", { class: "unseen" }, " (seen)") : null),
        el("p", {}, step.does),
        isCurrent
          ? el("p", { class: "tour-expects" }, "Look for: ", el("q", {}, step.expects))
          : null,
        el(
          "button",
          {
            type: "button",
            class: `button ${isCurrent ? "button-primary" : "button-default"}`,
            click: act,
            dataset: { step: String(index) },
            "aria-label": `${label}: ${step.title}`,
          },
          label,
        ),
      ),
    );
  }

  /** Do a step as its person and wait until what it promises stands on the page. */
  async perform(index) {
    const step = this.steps[index];
    const pane = this.paneOf(step);
    if (step.beside) {
      await this.goThere(this.paneOf(step.beside), step.beside);
    }
    pane.show();
    await this.goThere(pane, step);
    this.watch = new Watch(pane, index, step.expects);
    await this.send(pane, step);
    if (step.seen_alone) {
      await pane.openDirect(pane.directory.bot.id);
    }
    this.look();
    setTimeout(() => this.missed(index, step), PATIENCE_MS);
  }

  paneOf({ platform }) {
    return this.panes.get(platform);
  }

  /** Open the channel before the person; without one, their own conversation with the bot. */
  async goThere(pane, { person, channel }) {
    if (person && person !== pane.personId) {
      await pane.become(person);
    }
    if (channel && channel !== pane.channelId) {
      pane.open(channel);
    }
    if (!channel) {
      await pane.openDirect(pane.directory.bot.id);
    }
  }

  send(pane, step) {
    const channel = pane.channelId;
    if (step.command) {
      return pane.act("command", {
        channel,
        thread: null,
        command: step.command,
        text: step.text ?? "",
      });
    }
    if (step.text) {
      return pane.act("say", { channel, thread: null, text: step.text, files: [] });
    }
    if (step.press) {
      return this.press(pane, step);
    }
    if (step.wait_seconds) {
      return post(CLOCK, { advance_seconds: step.wait_seconds });
    }
    if (step.jump) {
      return jump(step.jump);
    }
    return notice(`This step is for your own hands: ${step.does}`);
  }

  /** Press the newest button with the step's label, and then the one that sends what it opens. */
  async press(pane, step) {
    const drawn = "button[data-action-id], button[data-action]";
    await click(step.press, () => pane.talk.root.querySelectorAll(drawn));
    if (step.then) {
      await click(step.then, () => document.querySelectorAll("dialog[open] .window-actions button"));
    }
  }

  /** After each drawing: does the page show what the step being watched promises? */
  look() {
    this.watch ??= this.watchNext();
    const found = this.watch && this.isShown(this.steps[this.watch.index]) && this.watch.find();
    if (found) {
      this.tick(this.watch.index, found);
    }
  }

  /** Say whether its pane shows where a step shows; the same words may come elsewhere as well. */
  isShown(step) {
    const pane = this.paneOf(step);
    const isThere = step.seen_alone || !step.channel || step.channel === pane.channelId;
    return step.person === pane.personId && isThere;
  }

  watchNext() {
    const index = this.current;
    const step = this.steps[index];
    return step ? new Watch(this.paneOf(step), index, step.expects) : null;
  }

  tick(index, found) {
    this.seen.add(index);
    this.watch = this.watchNext();
    const held = document.activeElement?.dataset?.step;
    this.draw();
    this.list.querySelector(`[data-step="${CSS.escape(held ?? "")}"]`)?.focus();
    point(found);
    announce(`Step ${index + 1} is done: ${this.steps[index].expects}`);
  }

  missed(index, step) {
    if (this.watch?.index === index && !this.seen.has(index)) {
      notice(
        `“${step.expects}” has not appeared yet. Look behind the scenes for what Parley answered, or do the step again.`,
      );
    }
  }

  async reset() {
    if (!(await ask(RESET))) {
      return;
    }
    try {
      await post("/api/page/reset", {});
    } catch (refused) {
      notice(refused.message);
    }
  }

  /** Begin again, after a reset. */
  restart() {
    this.seen.clear();
    this.watch = null;
    this.draw();
  }
}

/** Click the last of *buttons* with this label as soon as it is there; a delivery may take a moment. */
async function click(label, buttons) {
  for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_MS) {
    const button = [...buttons()].findLast((one) => one.textContent === label);
    if (button) {
      button.click();
      return;
    }
    await new Promise((later) => setTimeout(later, LOOK_MS));
  }
}

/** Move the clock to where its jump of this name leads from now. */
async function jump(label) {
  const { jumps } = await get(CLOCK);
  return post(CLOCK, { to: jumps.find((one) => one.label === label).to });
}

function point(node) {
  document.querySelectorAll(".pointed").forEach((one) => one.classList.remove("pointed"));
  node.classList.add("pointed");
  node.scrollIntoView({ block: "nearest" });
}
