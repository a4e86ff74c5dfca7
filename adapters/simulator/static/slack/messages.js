/** What stands in a message of Slack: blocks or marked-up text, files, reactions. */

import { el, icon } from "../dom.js";
import { emoji } from "../emoji.js";
import { MessageList } from "../messages.js";
import { drawBlocks } from "./blocks.js";
import { mrkdwn } from "./mrkdwn.js";
import { Surface } from "./surface.js";

/** The messages of a channel or a thread of Slack. */
export class SlackMessages extends MessageList {
  body(channel, message, reader) {
    const surface = new Surface(this.pane, reader, { channel: channel.id, message: message.id });
    const body = el("div", { class: "message-body" }, content(message, surface));
    surface.root = body;
    return [body, attachments(message), reactions(message)];
  }

  wayToThread(channel, message) {
    const words = message.reply_count === 1 ? "1 reply" : `${message.reply_count} replies`;
    return message.reply_count ? this.threadButton(channel, message.id, words) : null;
  }

  menu(channel, message) {
    const thread = {
      label: "Reply in thread",
      run: () => this.pane.openThread(channel.id, message.id),
    };
    const given = this.pane.directory.shortcuts
      .filter((shortcut) => shortcut.kind === "message")
      .map((shortcut) => ({
        label: shortcut.title,
        run: () => this.useShortcut(shortcut, channel, message),
      }));
    return [this.inThread ? [] : [thread], given].flat();
  }

  useShortcut(shortcut, channel, message) {
    return this.pane.act("shortcut", {
      callback_id: shortcut.callback_id,
      channel: channel.id,
      message: message.id,
    });
  }
}

function content(message, surface) {
  if (message.blocks.length) {
    return drawBlocks(message.blocks, surface);
  }
  return el("div", { class: "section-text" }, mrkdwn(message.text, surface.reader));
}

function attachments(message) {
  if (!message.files.length) {
    return null;
  }
  const rows = message.files.map((file) =>
    file.mimetype.startsWith("image/")
      ? el("img", { class: "attached-image", src: file.url, alt: file.name })
      : el(
          "a",
          { class: "attached", href: file.url, download: file.name },
          icon("file"),
          `${file.name} (${size(file.size)})`,
        ),
  );
  return el("div", { class: "attached-files" }, rows);
}

function size(bytes) {
  return bytes < 1024 ? `${bytes} bytes` : `${Math.round(bytes / 1024)} KiB`;
}

function reactions(message) {
  if (!message.reactions.length) {
    return null;
  }
  return el(
    "p",
    { class: "reactions" },
    message.reactions.map((one) => el("span", {}, emoji(one.name), ` ${one.users.length}`)),
  );
}
