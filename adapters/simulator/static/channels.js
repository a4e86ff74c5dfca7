/** The list of conversations beside them, with marks for what is private, shared or new. */

import { el } from "./dom.js";
import { keepingFocus } from "./focus.js";

/**
 * Which conversation is open, and what is new in the others.
 *
 * A subclass sorts the conversations into groups and draws the mark before a name.
 */
export class ChannelList {
  constructor(root, pane) {
    this.root = root;
    this.pane = pane;
    this.since = null;
    this.seen = new Map();
    this.newsInAll = 0;
  }

  /** Draw the channels of *state* with the one called *current* marked. */
  draw(state, current) {
    this.since ??= state.now;
    this.see(state, current);
    this.newsInAll = 0;
    const groups = this.groups(state, (channel) => this.row(state, channel, current));
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

  /** Draw a group of rows under *title*, with a control for all of it; nothing without rows. */
  group(title, rows, control = null) {
    const head = el("div", { class: "channel-group-head" }, el("h2", {}, title), control);
    return rows.length ? el("div", { class: "channel-group" }, head, el("ul", {}, rows)) : null;
  }

  row(state, channel, current) {
    const isOpen = channel.id === current;
    const news = isOpen ? 0 : this.news(state, channel);
    this.newsInAll += news;
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
        this.mark(channel),
        el("span", { class: "channel-name" }, this.nameOf(channel)),
        news
          ? el("span", { class: "news" }, String(news), el("span", { class: "unseen" }, " new"))
          : null,
      ),
    );
  }
}
