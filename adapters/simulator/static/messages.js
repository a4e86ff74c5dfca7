/** The messages of a channel or a thread, each drawn once and again only when it changes. */

import { drawBlocks } from "./blocks.js";
import { dayLabel, dayOf, fullDate, timeOf } from "./dates.js";
import { avatar, kindLabel } from "./directory.js";
import { announce, arrange, el, icon, iconButton } from "./dom.js";
import { emoji } from "./emoji.js";
import { openMenu } from "./menu.js";
import { mrkdwn } from "./mrkdwn.js";
import { keepingFocus, Surface } from "./surface.js";

const NEAR_END_PX = 120;

/** A list of messages; in a thread's list a message offers no thread of its own. */
export class MessageList {
  constructor(pane, { label, inThread = false }) {
    this.pane = pane;
    this.inThread = inThread;
    this.drawn = new Map();
    this.shown = null;
    this.list = el("div", { class: "message-list" });
    this.node = el(
      "div",
      { class: "messages", role: "region", "aria-label": label, tabindex: "0" },
      this.list,
    );
  }

  /** Show *messages*; *key* names what they belong to, so that another conversation starts afresh. */
  draw(key, channel, messages, reader) {
    const fresh = key !== this.shown;
    const atEnd =
      this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight < NEAR_END_PX;
    const before = new Set(fresh ? [] : this.drawn.keys());
    if (fresh) {
      this.drawn.clear();
    }
    this.shown = key;
    arrange(this.list, this.nodes(channel, messages, reader));
    this.tell(fresh, before, messages, reader);
    if (fresh || atEnd) {
      this.node.scrollTop = this.node.scrollHeight;
    }
  }

  nodes(channel, messages, reader) {
    const nodes = [];
    let day = null;
    for (const message of messages) {
      const unix = Date.parse(message.at) / 1000;
      if (dayOf(unix, reader.tz) !== day) {
        day = dayOf(unix, reader.tz);
        nodes.push(this.once(`day ${day}`, dayLabel(unix, reader.now, reader.tz), dayLine));
      }
      const print = JSON.stringify([message, dayOf(reader.now, reader.tz)]);
      nodes.push(this.once(message.ts, print, () => this.message(channel, message, reader)));
    }
    return nodes;
  }

  /** Return the node under *key*, drawn anew only when its print has changed. */
  once(key, print, draw) {
    const known = this.drawn.get(key);
    if (known?.print === print) {
      return known.node;
    }
    const node = draw(print);
    if (known) {
      keepingFocus(known.node, () => known.node.replaceChildren(...node.childNodes));
      known.node.className = node.className;
      known.print = print;
      return known.node;
    }
    this.drawn.set(key, { print, node });
    return node;
  }

  tell(fresh, before, messages, reader) {
    const news = messages.filter(
      (message) => !before.has(message.ts) && message.user !== reader.person.id,
    );
    if (!fresh) {
      news.forEach((message) => announce(`${message.author.name}: ${message.text}`));
    }
  }

  message(channel, message, reader) {
    const surface = new Surface(this.pane, reader, { channel: channel.id, message: message.ts });
    const body = el("div", { class: "message-body" }, content(message, surface));
    surface.root = body;
    return el(
      "article",
      {
        class: `message${message.ephemeral ? " message-private" : ""}`,
        tabindex: "-1",
        "aria-label": `${message.author.name}, ${timeOf(Date.parse(message.at) / 1000, reader.tz)}`,
        dataset: { ts: message.ts },
      },
      avatar(message.author.name, message.user, { isBot: message.author.is_bot }),
      el(
        "div",
        { class: "message-main" },
        byline(message, reader),
        body,
        attachments(message),
        reactions(message),
        this.replies(channel, message),
      ),
      this.tools(channel, message),
    );
  }

  replies(channel, message) {
    if (this.inThread || !message.reply_count) {
      return null;
    }
    const words = message.reply_count === 1 ? "1 reply" : `${message.reply_count} replies`;
    return el(
      "button",
      {
        type: "button",
        class: "replies",
        click: () => this.pane.openThread(channel.id, message.ts),
      },
      icon("reply"),
      words,
    );
  }

  tools(channel, message) {
    const thread = {
      label: "Reply in thread",
      run: () => this.pane.openThread(channel.id, message.ts),
    };
    const given = this.pane.directory.shortcuts
      .filter((shortcut) => shortcut.kind === "message")
      .map((shortcut) => ({
        label: shortcut.title,
        run: () => this.useShortcut(shortcut, channel, message),
      }));
    const items = [this.inThread ? [] : [thread], given].flat();
    if (message.ephemeral || items.length === 0) {
      return null;
    }
    const open = (event) => openMenu(event.currentTarget, items);
    return el(
      "div",
      { class: "message-tools" },
      iconButton("more", "More actions", open, { "aria-haspopup": "menu" }),
    );
  }

  useShortcut(shortcut, channel, message) {
    return this.pane.act("shortcut", {
      callback_id: shortcut.callback_id,
      channel: channel.id,
      message: message.ts,
    });
  }
}

function dayLine(label) {
  return el("div", { class: "day" }, el("span", {}, label));
}

function byline(message, reader) {
  const unix = Date.parse(message.at) / 1000;
  const person = reader.directory.people.get(message.user);
  const apart = !message.author.is_bot && person ? kindLabel(person) : null;
  return [
    message.ephemeral
      ? el("p", { class: "private-mark" }, icon("eye"), "Only visible to you")
      : null,
    el(
      "p",
      { class: "byline" },
      el("strong", {}, message.author.name),
      message.author.is_bot ? el("span", { class: "badge" }, "App") : null,
      apart ? el("span", { class: "badge badge-guest" }, apart) : null,
      el(
        "time",
        { datetime: message.at, title: fullDate(unix, reader.tz) },
        timeOf(unix, reader.tz),
      ),
      message.edited ? el("span", { class: "edited" }, "(edited)") : null,
    ),
  ];
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
