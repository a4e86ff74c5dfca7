/** Where people write in Slack: messages, mentions, slash commands, files. */

import { Composer } from "../composer.js";
import { el, iconButton } from "../dom.js";
import { openMenu } from "../menu.js";
import { notice } from "../notices.js";
import { peopleOffers } from "../suggestions.js";
import { Attachments } from "./uploads.js";

/** A message field of Slack. */
export class SlackComposer extends Composer {
  offers(before) {
    const { directory } = this.pane;
    const commands = this.inThread ? [] : directory.commands;
    return [...commandOffers(commands, before), ...peopleOffers(directory, before)];
  }

  enclosed() {
    this.attachments = new Attachments(() => this.pane.reader.person.id);
    this.file = el("input", {
      type: "file",
      multiple: true,
      hidden: true,
      "aria-label": "Files to attach",
      change: () => this.attach(),
    });
    return [this.attachments.node, this.file];
  }

  tools() {
    return [iconButton("clip", "Attach a file", () => this.file.click()), this.globalShortcuts()];
  }

  async attach() {
    await this.attachments.add(this.file.files);
    this.file.value = "";
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

  moved() {
    this.attachments.clear();
  }

  advice() {
    const command = commandIn(this.field.value.trim());
    const known =
      command && this.pane.directory.commands.find((one) => one.command === command.command);
    return known ? `${known.command} ${known.usage}` : null;
  }

  isEmpty(text) {
    return !text && !this.attachments.ids.length;
  }

  refused(text) {
    const command = commandIn(text);
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

  deliver(text) {
    const command = commandIn(text);
    return command
      ? this.pane.act("command", { ...this.place, ...command })
      : this.pane.act("say", { ...this.place, text, files: this.attachments.ids });
  }

  sent(answer, text, place) {
    super.sent(answer, text, place);
    if (answer) {
      this.attachments.clear();
    }
  }
}

/** Return the slash command in *text* with what follows it, or null. */
function commandIn(text) {
  const match = /^(\/\S+)(?:\s+([\s\S]*))?$/.exec(text);
  return match && { command: match[1], text: match[2] ?? "" };
}

function commandOffers(commands, before) {
  if (!/^\/\S*$/.test(before)) {
    return [];
  }
  return commands
    .filter((command) => command.command.startsWith(before.toLowerCase()))
    .map((command) => ({
      start: 0,
      text: `${command.command} `,
      label: command.command,
      usage: command.usage,
      detail: command.help,
    }));
}
