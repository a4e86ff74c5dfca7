/** The open conversation: its title, its messages or the bot's Home, and the field to write in. */

import { drawBlocks } from "./blocks.js";
import { channelMark } from "./channels.js";
import { Composer } from "./composer.js";
import { el } from "./dom.js";
import { MessageList } from "./messages.js";
import { keepingFocus, Surface } from "./surface.js";

/** The middle of the pane. */
export class Talk {
  constructor(root, pane) {
    this.root = root;
    this.pane = pane;
    this.head = el("header", { class: "talk-head" });
    this.messages = new MessageList(pane, { label: "Messages" });
    this.empty = el("p", { class: "empty" });
    this.home = el("div", {
      class: "home",
      role: "tabpanel",
      "aria-label": "Home",
      tabindex: "-1",
      hidden: true,
    });
    this.homePrint = null;
    this.composer = new Composer(pane, { id: "slack-field" });
    this.foot = el("div", { class: "talk-foot" });
    root.append(
      this.head,
      this.empty,
      this.messages.node,
      this.home,
      this.composer.node,
      this.foot,
    );
  }

  /** Show *channel* as *state* has it; *tab* is `messages`, or `home` in the bot's own conversation. */
  draw(state, channel, tab, reader) {
    const atHome = tab === "home";
    keepingFocus(this.head, () => this.head.replaceChildren(...this.title(channel, tab, reader)));
    this.messages.node.hidden = atHome || channel.messages.length === 0;
    this.home.hidden = !atHome;
    this.drawMessages(channel, reader, atHome);
    if (atHome) {
      this.drawHome(state.home, reader);
    }
    this.drawFoot(channel, reader, atHome);
  }

  title(channel, tab, reader) {
    const { directory } = reader;
    const name = channel.kind === "dm" ? directory.personName(channel.with) : channel.name;
    const heading = el("h2", {}, channelMark(channel, directory), name);
    const about = el("p", { class: "talk-about" }, describe(channel));
    return [heading, about, channel.with === directory.bot.id ? this.tabs(tab) : null].filter(
      Boolean,
    );
  }

  tabs(current) {
    const tab = (name, label) =>
      el(
        "button",
        {
          type: "button",
          role: "tab",
          "aria-selected": String(name === current),
          dataset: { tab: name },
          click: () => this.pane.openTab(name),
        },
        label,
      );
    return el(
      "div",
      { class: "tabs", role: "tablist", "aria-label": "Parley" },
      tab("messages", "Messages"),
      tab("home", "Home"),
    );
  }

  drawMessages(channel, reader, atHome) {
    const messages = channel.messages.filter(
      (message) => !message.thread_ts || message.thread_ts === message.ts,
    );
    this.messages.draw(`${reader.person.id} ${channel.id}`, channel, messages, reader);
    this.empty.hidden = atHome || channel.messages.length > 0;
    this.empty.textContent =
      channel.is_member || channel.kind === "dm"
        ? emptyWords(channel)
        : "Join this channel to read it.";
  }

  drawHome(view, reader) {
    const print = JSON.stringify([view, reader.person.id]);
    if (print === this.homePrint) {
      return;
    }
    this.homePrint = print;
    keepingFocus(this.home, () =>
      this.home.replaceChildren(...homeNodes(this.pane, view, reader, this.home)),
    );
  }

  drawFoot(channel, reader, atHome) {
    const mayWrite = (channel.is_member || channel.kind === "dm") && !channel.is_archived;
    this.composer.node.hidden = atHome || !mayWrite;
    if (mayWrite) {
      const to = reader.directory.channelName(channel.id);
      this.composer.move(
        { channel: channel.id, thread: null, person: reader.person.id },
        `Message ${to}`,
      );
    }
    this.foot.replaceChildren(...(mayWrite || atHome ? [] : [this.reason(channel)]));
  }

  reason(channel) {
    if (channel.is_archived) {
      return el(
        "p",
        {},
        "This channel is archived. It can be read, but nobody can write here any more.",
      );
    }
    const join = () => this.pane.act("join", { channel: channel.id });
    return el(
      "button",
      { type: "button", class: "button button-primary", click: join },
      `Join #${channel.name}`,
    );
  }
}

function homeNodes(pane, view, reader, root) {
  if (!view) {
    return [
      el(
        "p",
        { class: "empty" },
        "Parley has not shown anything here yet. It fills its Home when you open it.",
      ),
    ];
  }
  const surface = new Surface(pane, reader, { view: view.id }, { values: view.values });
  surface.root = root;
  return drawBlocks(view.blocks, surface);
}

function emptyWords(channel) {
  return channel.kind === "dm"
    ? "No messages yet. Say hello, or type / to see the commands."
    : "No messages here yet. Write one, mention @Parley, or type / to see the commands.";
}

function describe(channel) {
  if (channel.kind === "dm") {
    return "Only the two of you read this";
  }
  const members = channel.members.length === 1 ? "1 member" : `${channel.members.length} members`;
  const marks = [
    channel.topic,
    channel.kind === "private" ? `private, ${members}` : members,
    channel.is_ext_shared ? "shared with another company" : null,
    channel.is_archived ? "archived" : null,
    channel.bot_is_member ? null : "Parley is not a member",
  ];
  return marks.filter(Boolean).join(" · ");
}
