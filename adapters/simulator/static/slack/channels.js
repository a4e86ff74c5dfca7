/** Slack's list of conversations. */

import { ChannelList } from "../channels.js";
import { el, icon } from "../dom.js";

/** Channels, channels that can be joined, direct messages, and the app. */
export class SlackChannels extends ChannelList {
  groups(state, row) {
    const { bot } = this.pane.directory;
    const joined = state.channels.filter((channel) => channel.kind !== "dm" && channel.is_member);
    const open = state.channels.filter((channel) => channel.kind !== "dm" && !channel.is_member);
    const direct = state.channels.filter(
      (channel) => channel.kind === "dm" && channel.with !== bot.id,
    );
    const app = state.channels.find((channel) => channel.with === bot.id);
    return [
      this.group("Channels", joined.map(row)),
      this.group("Channels you can join", open.map(row)),
      this.group("Direct messages", direct.map(row)),
      this.group("Apps", [app ? row(app) : this.unopenedApp(bot)]),
    ];
  }

  mark(channel) {
    return channelMark(channel, this.pane.directory);
  }

  nameOf(channel) {
    const name =
      channel.kind === "dm" ? this.pane.directory.personName(channel.with) : channel.name;
    const shared = el("span", { class: "unseen" }, " (shared with another company)");
    return [name, channel.is_ext_shared ? shared : null];
  }

  unopenedApp(bot) {
    return el(
      "li",
      {},
      el(
        "button",
        { type: "button", class: "channel", click: () => this.pane.openDirect(bot.id) },
        icon("reply"),
        el("span", { class: "channel-name" }, bot.name),
      ),
    );
  }
}

/** Draw the mark before a conversation's name, with words for it. */
export function channelMark(channel, directory) {
  if (channel.kind === "dm") {
    return icon(channel.with === directory.bot.id ? "reply" : "person");
  }
  const marks = [
    [channel.is_archived, "archive", "archived "],
    [channel.is_ext_shared, "shared", ""],
    [channel.kind === "private", "lock", "private "],
    [true, "hash", ""],
  ];
  const [, name, words] = marks.find(([applies]) => applies);
  return [icon(name), words ? el("span", { class: "unseen" }, words) : null];
}
