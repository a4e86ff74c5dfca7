/** Teams' list of conversations: chats, and channels by team. */

import { ChannelList } from "../channels.js";
import { el, icon, iconButton } from "../dom.js";
import { openMenu } from "../menu.js";

/** Chats first, then each team with its channels, then the teams that can be joined. */
export class TeamsChannels extends ChannelList {
  groups(state, row) {
    const chats = state.channels.filter((channel) => channel.kind !== "channel");
    const own = state.teams.map((team) => {
      const channels = state.channels.filter((channel) => channel.team === team.id);
      const control = team.is_member ? this.control(team) : null;
      return this.group(team.name, channels.map(row), control);
    });
    const { person } = this.pane.reader;
    const others = state.teams.filter((team) => !team.is_member && person.kind === "member");
    return [
      this.group("Chats", chats.map(row)),
      ...own,
      this.group(
        "Teams you can join",
        others.map((team) => this.joinable(team)),
      ),
    ];
  }

  mark(channel) {
    return channelMark(channel);
  }

  nameOf(channel) {
    const name =
      channel.kind === "dm" ? this.pane.directory.personName(channel.with) : channel.name;
    const shared = el("span", { class: "unseen" }, " (shared with another company)");
    return [name, channel.type === "shared" ? shared : null];
  }

  control(team) {
    const { name } = this.pane.directory.bot;
    const act = (path) => () => this.pane.act(path, { team: team.id });
    const items = [
      team.bot_is_member
        ? { label: `Remove ${name} from ${team.name}`, run: act("uninstall_from") }
        : { label: `Add ${name} to ${team.name}`, run: act("install_in") },
      { label: `Leave ${team.name}`, run: act("leave") },
    ];
    const open = (event) => openMenu(event.currentTarget, items);
    return iconButton("more", `${team.name}: more`, open, {
      "aria-haspopup": "menu",
      dataset: { team: team.id },
    });
  }

  joinable(team) {
    return el(
      "li",
      {},
      el(
        "button",
        {
          type: "button",
          class: "channel",
          "aria-label": `Join ${team.name}`,
          click: () => this.pane.act("join", { team: team.id }),
          dataset: { join: team.id },
        },
        icon("plus"),
        el("span", { class: "channel-name" }, team.name),
      ),
    );
  }
}

/** Draw the mark before a conversation's name. */
export function channelMark(channel) {
  const signs = { dm: "reply", group: "people", channel: "lines" };
  return icon(channel.type === "shared" ? "shared" : signs[channel.kind]);
}
