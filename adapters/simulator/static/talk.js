/** The open conversation: its title, its messages, and the field to write in. */

import { el } from "./dom.js";
import { keepingFocus } from "./focus.js";

/**
 * The middle of the pane.
 *
 * A subclass draws the title, chooses the messages, and says why nobody can write somewhere.
 */
export class Talk {
  constructor(root, pane, { messages, composer }) {
    this.root = root;
    this.pane = pane;
    this.head = el("header", { class: "talk-head" });
    this.empty = el("p", { class: "empty" });
    this.messages = messages;
    this.composer = composer;
    this.foot = el("div", { class: "talk-foot" });
    root.append(this.head, this.empty, messages.node, composer.node, this.foot);
  }

  /** Show *channel* as *reader* sees it. */
  draw(channel, reader) {
    keepingFocus(this.head, () => this.head.replaceChildren(...this.title(channel, reader)));
    this.drawMessages(channel, reader);
    this.drawFoot(channel, reader);
  }

  drawMessages(channel, reader) {
    const messages = this.listed(channel);
    this.messages.node.hidden = messages.length === 0;
    this.messages.draw(`${reader.person.id} ${channel.id}`, channel, messages, reader);
    this.empty.hidden = messages.length > 0;
    this.empty.textContent = this.emptyWords(channel);
  }

  /** Return what stands in the empty field, if it is not its whole name. */
  placeholder() {}

  drawFoot(channel, reader) {
    const obstacle = this.obstacle(channel);
    this.composer.node.hidden = obstacle !== null;
    if (obstacle === null) {
      this.composer.move(
        { channel: channel.id, thread: null, person: reader.person.id },
        `Message ${reader.directory.channelName(channel.id)}`,
        this.placeholder(channel),
      );
    }
    keepingFocus(this.foot, () => this.foot.replaceChildren(...(obstacle ? [obstacle] : [])));
  }
}
