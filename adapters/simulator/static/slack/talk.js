/** The open conversation of Slack; the bot's own has a second tab, its Home. */

import { el } from "../dom.js";
import { keepingFocus } from "../focus.js";
import { Talk } from "../talk.js";
import { drawBlocks } from "./blocks.js";
import { channelMark } from "./channels.js";
import { Surface } from "./surface.js";

/** The middle of the Slack pane. */
export class SlackTalk extends Talk {
  constructor(root, pane, parts) {
    super(root, pane, parts);
    this.home = el("div", {
      class: "home",
      role: "tabpanel",
      "aria-label": "Home",
      tabindex: "-1",
      hidden: true,
    });
    this.homePrint = null;
    this.messages.node.after(this.home);
  }

  get atHome() {
    return this.pane.tab === "home";
  }

  draw(channel, reader) {
    super.draw(channel, reader);
    this.home.hidden = !this.atHome;
    if (this.atHome) {
      [this.messages.node, this.empty, this.composer.node].forEach((node) => (node.hidden = true));
      this.foot.replaceChildren();
      this.drawHome(this.pane.state.home, reader);
    }
  }

  title(channel, { directory }) {
    const name = channel.kind === "dm" ? directory.personName(channel.with) : channel.name;
    const heading = el("h2", {}, channelMark(channel, directory), name);
    const about = el("p", { class: "talk-about" }, describe(channel));
    return [heading, about, channel.with === directory.bot.id ? this.tabs() : null].filter(Boolean);
  }

  tabs() {
    const tab = (name, label) =>
      el(
        "button",
        {
          type: "button",
          role: "tab",
          "aria-selected": String(name === this.pane.tab),
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

  listed(channel) {
    return channel.messages.filter((message) => !message.thread);
  }

  emptyWords(channel) {
    if (channel.kind === "dm") {
      return "No messages yet. Say hello, or type / to see the commands.";
    }
    return channel.is_member
      ? "No messages here yet. Write one, mention @Parley, or type / to see the commands."
      : "Join this channel to read it.";
  }

  obstacle(channel) {
    if (channel.is_archived) {
      const words = "This channel is archived. It can be read, but nobody can write here any more.";
      return el("p", {}, words);
    }
    if (channel.is_member || channel.kind === "dm") {
      return null;
    }
    const join = () => this.pane.act("join", { channel: channel.id });
    return el(
      "button",
      { type: "button", class: "button button-primary", click: join },
      `Join #${channel.name}`,
    );
  }

  drawHome(view, reader) {
    const print = JSON.stringify([view, reader.person.id]);
    if (print === this.homePrint) {
      return;
    }
    this.homePrint = print;
    keepingFocus(this.home, () => this.home.replaceChildren(...this.homeNodes(view, reader)));
  }

  homeNodes(view, reader) {
    if (!view) {
      const words = "Parley has not shown anything here yet. It fills its Home when you open it.";
      return [el("p", { class: "empty" }, words)];
    }
    const surface = new Surface(this.pane, reader, { view: view.id }, { values: view.values });
    surface.root = this.home;
    return drawBlocks(view.blocks, surface);
  }
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
