/** Where people write: messages, mentions, slash commands, files. */

import { el, iconButton } from "./dom.js";
import { openMenu } from "./menu.js";
import { notice } from "./notices.js";
import { Suggestions } from "./suggestions.js";
import { Attachments } from "./uploads.js";

/** A message field; drafts are kept for each person and conversation. */
export class Composer {
  constructor(pane, { id, inThread = false }) {
    this.pane = pane;
    this.inThread = inThread;
    this.drafts = new Map();
    this.place = null;
    this.attachments = new Attachments(() => pane.reader.person.id);
    this.field = el("textarea", {
      id,
      class: "composer-field",
      rows: 1,
      input: () => this.typed(),
      keydown: (event) => this.key(event),
    });
    this.suggestions = new Suggestions(this.field, pane.directory, { commands: !inThread });
    this.hint = el("p", { class: "composer-hint", id: `${id}-hint` });
    this.field.setAttribute("aria-describedby", this.hint.id);
    this.node = this.draw();
  }

  draw() {
    const file = el("input", {
      type: "file",
      multiple: true,
      hidden: true,
      "aria-label": "Files to attach",
      change: () => this.attach(file),
    });
    this.sendButton = iconButton("send", "Send", () => this.send(), {
      class: "icon-button composer-send",
    });
    const tools = el(
      "div",
      { class: "composer-tools" },
      iconButton("clip", "Attach a file", () => file.click()),
      this.globalShortcuts(),
      this.hint,
      this.sendButton,
    );
    return el(
      "div",
      { class: "composer" },
      this.suggestions.node,
      el("div", { class: "composer-box" }, this.field, this.attachments.node, file, tools),
    );
  }

  async attach(file) {
    await this.attachments.add(file.files);
    file.value = "";
    this.field.focus();
  }

  globalShortcuts() {
    const items = this.pane.directory.shortcuts
      .filter((shortcut) => shortcut.kind === "global")
      .map((shortcut) => ({
        label: shortcut.title,
        run: () => this.pane.act("shortcut", { callback_id: shortcut.callback_id }),
      }));
    const open = (event) => openMenu(event.currentTarget, items);
    return items.length && !this.inThread
      ? iconButton("more", "Shortcuts", open, { "aria-haspopup": "menu" })
      : null;
  }

  /** Write to another conversation: keep the draft of the last one, take up the one of this. */
  move(place, label) {
    const key = JSON.stringify(place);
    if (key === this.placeKey) {
      return;
    }
    this.drafts.set(this.placeKey, this.field.value);
    this.placeKey = key;
    this.place = place;
    this.attachments.clear();
    this.field.setAttribute("aria-label", label);
    this.field.placeholder = label;
    this.fill(this.drafts.get(key) ?? "");
  }

  /** Put *text* into the field, for the reader to send or to change. */
  fill(text) {
    this.field.value = text;
    this.typed();
  }

  typed() {
    this.suggestions.update();
    const command = this.command();
    const known =
      command && this.pane.directory.commands.find((one) => one.command === command.command);
    this.hint.textContent = known
      ? `${known.command} ${known.usage}`
      : "Enter sends. Shift and Enter starts a new line.";
  }

  /** Return the slash command in the field with its text, or null. */
  command() {
    const match = /^(\/\S+)(?:\s+([\s\S]*))?$/.exec(this.field.value.trim());
    return match && { command: match[1], text: match[2] ?? "" };
  }

  key(event) {
    if (this.suggestions.key(event)) {
      return;
    }
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.send();
    }
  }

  async send() {
    const text = this.field.value.trim();
    const command = this.command();
    if ((!text && !this.attachments.ids.length) || this.refused(command)) {
      return;
    }
    const files = this.attachments.ids;
    const place = this.placeKey;
    this.fill("");
    this.sendButton.setAttribute("aria-busy", "true");
    const answer = await (command
      ? this.pane.act("command", { ...this.place, ...command })
      : this.pane.act("say", { ...this.place, text, files }));
    this.sendButton.removeAttribute("aria-busy");
    this.sent(answer, text, place);
  }

  /** After an answer: the files are gone with it; without one the words come back. */
  sent(answer, text, place) {
    if (answer) {
      this.attachments.clear();
    } else if (place === this.placeKey && !this.field.value) {
      this.fill(text);
    }
  }

  refused(command) {
    if (!command) {
      return false;
    }
    const known = this.pane.directory.commands.some((one) => one.command === command.command);
    if (this.inThread) {
      notice(
        "Slack has no slash commands in threads. Write it in the channel, or mention @Parley here.",
      );
    } else if (!known) {
      notice(
        `${command.command} is not a command here, so nothing was sent. Type / to see those there are.`,
      );
    }
    return this.inThread || !known;
  }
}
