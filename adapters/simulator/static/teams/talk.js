/** The open conversation of Teams. */

import { el, iconButton } from "../dom.js";
import { openMenu } from "../menu.js";
import { Talk } from "../talk.js";
import { channelMark } from "./channels.js";

/** The middle of the Teams pane. */
export class TeamsTalk extends Talk {
  title(channel, { directory }) {
    const name = channel.kind === "dm" ? directory.personName(channel.with) : channel.name;
    return [
      el("h2", {}, channelMark(channel), name),
      el("p", { class: "talk-about" }, describe(channel, directory)),
      this.installed(channel, directory),
    ].filter(Boolean);
  }

  /** Draw what a person can do about the bot in their own chat with it. */
  installed(channel, { bot }) {
    if (channel.kind !== "dm" || !channel.bot_is_member) {
      return null;
    }
    const remove = { label: `Remove ${bot.name}`, run: () => this.pane.act("uninstall", {}) };
    const open = (event) => openMenu(event.currentTarget, [remove]);
    return iconButton("more", `${bot.name}: more`, open, { "aria-haspopup": "menu" });
  }

  placeholder(channel) {
    return channel.kind === "channel" ? `Message ${channel.name}` : undefined;
  }

  listed(channel) {
    return channel.messages;
  }

  emptyWords(channel) {
    return channel.kind === "dm"
      ? "No messages yet. Say hello, or ask for a term."
      : "No messages here yet. Write one, or mention @Parley.";
  }

  obstacle(channel) {
    if (channel.kind !== "dm" || channel.bot_is_member) {
      return null;
    }
    const install = () => this.pane.act("install", {});
    return el(
      "button",
      { type: "button", class: "button button-primary", click: install },
      `Add ${this.pane.directory.bot.name}`,
    );
  }
}

function describe(channel, directory) {
  if (channel.kind === "dm") {
    return channel.bot_is_member
      ? "Only the two of you read this"
      : `You have not added ${directory.bot.name}`;
  }
  const team = directory.teamOf(channel);
  const marks = [
    team?.name ?? "Group chat",
    channel.members.length === 1 ? "1 member" : `${channel.members.length} members`,
    channel.type === "shared" ? "shared with another company" : null,
    channel.bot_is_member ? null : `${directory.bot.name} is not here`,
    team?.is_overheard ? `${directory.bot.name} reads everything` : null,
  ];
  return marks.filter(Boolean).join(" · ");
}
