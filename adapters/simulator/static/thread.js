/** The panel beside a conversation that shows one message with its replies. */

import { el, iconButton } from "./dom.js";

/** A thread, open or not. */
export class Thread {
  constructor(root, pane, { messages, composer }) {
    this.root = root;
    this.about = el("p", { class: "talk-about" });
    this.messages = messages;
    this.composer = composer;
    const close = iconButton("close", "Close the thread", () => pane.closeThread());
    const head = el("header", { class: "talk-head" }, el("h2", {}, "Thread"), this.about, close);
    root.append(head, this.messages.node, this.composer.node);
    root.addEventListener("keydown", (event) => event.key === "Escape" && pane.closeThread());
  }

  /** Show the thread under the message *id*, or nothing when *id* is null. */
  draw(channel, id, reader) {
    const isOfThread = (message) => id !== null && [message.id, message.thread].includes(id);
    const messages = channel.messages.filter(isOfThread);
    this.root.hidden = messages.length === 0;
    if (messages.length === 0) {
      return;
    }
    this.about.textContent = reader.directory.channelName(channel.id);
    this.messages.draw(`${reader.person.id} ${channel.id} ${id}`, channel, messages, reader);
    this.composer.node.hidden = channel.is_archived;
    this.composer.move(
      { channel: channel.id, thread: id, person: reader.person.id },
      "Reply in this thread",
    );
  }
}
