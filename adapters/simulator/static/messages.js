/** The messages of a channel or a thread, each drawn once and again only when it changes. */

import { dayLabel, dayOf, fullDate, timeOf } from "./dates.js";
import { avatar, kindLabel } from "./directory.js";
import { announce, arrange, el, icon, iconButton } from "./dom.js";
import { keepingFocus } from "./focus.js";
import { openMenu } from "./menu.js";

const NEAR_END_PX = 120;

/**
 * A list of messages; in a thread's list a message offers no thread of its own.
 *
 * A subclass draws what stands in a message and below it, and says what its menu offers.
 */
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
    messages.forEach((message, index) => {
      const unix = Date.parse(message.at) / 1000;
      if (dayOf(unix, reader.tz) !== day && (this.inThread || !message.thread)) {
        day = dayOf(unix, reader.tz);
        nodes.push(this.once(`day ${day}`, dayLabel(unix, reader.now, reader.tz), dayLine));
      }
      const endsThread = messages[index + 1]?.thread == null;
      const print = JSON.stringify([message, endsThread, dayOf(reader.now, reader.tz)]);
      const draw = () => this.message(channel, message, reader, endsThread);
      nodes.push(this.once(message.id, print, draw));
    });
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
      (message) => !before.has(message.id) && message.user !== reader.person.id,
    );
    if (!fresh) {
      news.forEach((message) =>
        announce(`${message.author.name}: ${message.text || message.summary}`),
      );
    }
  }

  message(channel, message, reader, endsThread) {
    const isReply = message.thread && !this.inThread;
    const looks = ["message", message.ephemeral && "message-private", isReply && "message-reply"];
    return el(
      "article",
      {
        class: looks.filter(Boolean).join(" "),
        tabindex: "-1",
        "aria-label": `${message.author.name}, ${timeOf(Date.parse(message.at) / 1000, reader.tz)}`,
        dataset: { message: message.id },
      },
      avatar(message.author.name, { isBot: message.author.is_bot }),
      el(
        "div",
        { class: "message-main" },
        byline(message, reader),
        this.body(channel, message, reader),
        this.inThread ? null : this.wayToThread(channel, message, endsThread),
      ),
      this.tools(channel, message),
    );
  }

  tools(channel, message) {
    const items = this.menu(channel, message);
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

  /** Draw the button that opens the thread *id*. */
  threadButton(channel, id, words) {
    return el(
      "button",
      { type: "button", class: "replies", click: () => this.pane.openThread(channel.id, id) },
      icon("reply"),
      words,
    );
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
