/** The Slack pane: one person's view of the workspace, and everything that person can do. */

import { Pane } from "../pane.js";
import { Thread } from "../thread.js";
import { SlackChannels } from "./channels.js";
import { SlackComposer } from "./composer.js";
import { SlackDirectory } from "./directory.js";
import { SlackMessages } from "./messages.js";
import { Modal } from "./modal.js";
import { SlackTalk } from "./talk.js";

/** Slack, with modals over it and a Home in the bot's own conversation. */
export class SlackPane extends Pane {
  constructor(setup) {
    super("slack", "Slack", new SlackDirectory(setup));
    this.tab = "messages";
    this.channels = new SlackChannels(this.part("channels"), this);
    this.talk = new SlackTalk(this.part("talk"), this, {
      messages: new SlackMessages(this, { label: "Messages" }),
      composer: new SlackComposer(this, { id: "slack-field" }),
    });
    this.thread = new Thread(this.part("thread"), this, {
      messages: new SlackMessages(this, { label: "Messages in the thread", inThread: true }),
      composer: new SlackComposer(this, { id: "slack-thread-field", inThread: true }),
    });
    this.modal = new Modal(this);
  }

  firstChannel() {
    const { channels } = this.state;
    return channels.find((channel) => channel.is_member && channel.kind !== "dm") ?? channels[0];
  }

  drawWindows(reader) {
    this.modal.draw(this.state.views, reader);
  }

  become(personId) {
    this.tab = "messages";
    return super.become(personId);
  }

  open(channelId) {
    this.tab = "messages";
    super.open(channelId);
  }

  /** Open the direct messages with somebody, and make the conversation if there is none. */
  async openDirect(personId) {
    const answer = await this.act("dm", { with: personId });
    if (answer) {
      this.open(answer.channel);
    }
  }

  /** Turn to the messages or to the Home of the bot's conversation. */
  async openTab(tab) {
    this.tab = tab;
    this.draw();
    if (tab === "home") {
      await this.act("home", {});
    }
  }

  /** Windows and Home are seen as well. */
  sights() {
    const { person, views, home } = this.state;
    const view = (shown, node) => ({
      key: `${person} ${shown.id}`,
      print: JSON.stringify([shown.title, shown.blocks]),
      at: Infinity,
      node,
    });
    const windows = views.map((shown) =>
      view(shown, shown.id === this.modal.view?.id ? this.modal.dialog : null),
    );
    const atHome = home && this.talk.atHome ? this.talk.home : null;
    return [...super.sights(), ...(home ? [view(home, atHome)] : []), ...windows];
  }
}
