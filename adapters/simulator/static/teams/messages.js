/** What stands in a message of Teams: words with mentions, or a card. */

import { el } from "../dom.js";
import { MessageList } from "../messages.js";
import { drawCard } from "./cards.js";
import { CardSurface } from "./surface.js";
import { written } from "./words.js";

/** The posts of a channel with their replies, or the messages of a chat. */
export class TeamsMessages extends MessageList {
  body(channel, message, reader) {
    const words = message.text ? written(message, reader) : null;
    return el("div", { class: "message-body" }, words, this.card(channel, message, reader));
  }

  card(channel, message, reader) {
    if (!message.card) {
      return null;
    }
    const press = (button, answers) =>
      this.pane.act("press", { channel: channel.id, message: message.id, button, answers });
    const surface = new CardSurface(reader, press);
    surface.root = drawCard(message.card, surface);
    return surface.root;
  }

  wayToThread(channel, message, endsThread) {
    return channel.kind === "channel" && endsThread
      ? this.threadButton(channel, message.thread ?? message.id, "Reply")
      : null;
  }

  menu(channel, message) {
    const reply = {
      label: "Reply",
      run: () => this.pane.openThread(channel.id, message.thread ?? message.id),
    };
    const given = this.pane.directory.shortcuts.map((shortcut) => ({
      label: shortcut.title,
      run: () => this.useOn(shortcut, channel, message),
    }));
    return [channel.kind === "channel" && !this.inThread ? [reply] : [], given].flat();
  }

  useOn(shortcut, channel, message) {
    const body = { channel: channel.id, message: message.id, command: shortcut.callback_id };
    return this.pane.act("use_on", body);
  }
}
