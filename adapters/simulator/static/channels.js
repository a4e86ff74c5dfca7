/** The list of conversations beside them, with marks for what is private, shared or new. */

import { el, icon } from "./dom.js";
import { keepingFocus } from "./surface.js";

/** Which conversation is open, and what is new in the others. */
export class ChannelList {
  constructor(root, pane) {
    this.root = root;
    this.pane = pane;
    this.since = null;
    this.seen = new Map();
  }

  /** Draw the channels of *state* with the one called *current* marked. */
  draw(state, current) {
    this.since ??= state.now;
    const { bot } = this.pane.directory;
    const joined = state.channels.filter((channel) => channel.kind !== "dm" && channel.is_member);
    const open = state.channels.filter((channel) => channel.kind !== "dm" && !channel.is_member);
    const direct = state.channels.filter(
      (channel) => channel.kind === "dm" && channel.with !== bot.id,
    );
    const app = state.channels.find((channel) => channel.with === bot.id);
    this.see(state, current);
    const rows = (channels) => channels.map((channel) => this.row(state, channel, current));
    const groups = [
      this.group("Channels", rows(joined)),
      this.group("Channels you can join", rows(open)),
      this.group("Direct messages", rows(direct)),
      this.group("Apps", app ? rows([app]) : [this.unopenedApp(bot)]),
    ];
    keepingFocus(this.root, () => this.root.replaceChildren(...groups.filter(Boolean)));
  }

  /** Remember that everything in the open conversation has been read. */
  see(state, current) {
    this.seen.set(`${state.person} ${current}`, state.now);
  }

  news(state, channel) {
    const since = this.seen.get(`${state.person} ${channel.id}`) ?? this.since;
    const isNew = (message) =>
      Date.parse(message.at) > Date.parse(since) && message.user !== state.person;
    return channel.messages.filter(isNew).length;
  }

  group(title, rows) {
    return rows.length
      ? el("div", { class: "channel-group" }, el("h2", {}, title), el("ul", {}, rows))
      : null;
  }

  row(state, channel, current) {
    const isOpen = channel.id === current;
    const news = isOpen ? 0 : this.news(state, channel);
    const name =
      channel.kind === "dm" ? this.pane.directory.personName(channel.with) : channel.name;
    return el(
      "li",
      {},
      el(
        "button",
        {
          type: "button",
          class: `channel${news ? " channel-news" : ""}`,
          "aria-current": isOpen ? "page" : null,
          click: () => this.pane.open(channel.id),
          dataset: { channel: channel.id },
        },
        channelMark(channel, this.pane.directory),
        el("span", { class: "channel-name" }, name),
        channel.is_ext_shared
          ? el("span", { class: "unseen" }, " (shared with another company)")
          : null,
        news
          ? el("span", { class: "news" }, String(news), el("span", { class: "unseen" }, " new"))
          : null,
      ),
    );
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
