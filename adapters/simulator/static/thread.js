/** The panel beside a conversation that shows one message with its replies. */

import { Composer } from "./composer.js";
import { el, iconButton } from "./dom.js";
import { MessageList } from "./messages.js";

/** A thread, open or not. */
export class Thread {
  constructor(root, pane) {
    this.root = root;
    this.about = el("p", { class: "talk-about" });
    this.messages = new MessageList(pane, { label: "Messages in the thread", inThread: true });
    this.composer = new Composer(pane, { id: "slack-thread-field", inThread: true });
    const close = iconButton("close", "Close the thread", () => pane.closeThread());
    const head = el("header", { class: "talk-head" }, el("h2", {}, "Thread"), this.about, close);
    root.append(head, this.messages.node, this.composer.node);
    root.addEventListener("keydown", (event) => event.key === "Escape" && pane.closeThread());
  }

  /** Show the thread under the message *ts*, or nothing when *ts* is null. */
  draw(channel, ts, reader) {
    const isOfThread = (message) => ts !== null && [message.ts, message.thread_ts].includes(ts);
    const messages = channel.messages.filter(isOfThread);
    this.root.hidden = messages.length === 0;
    if (messages.length === 0) {
      return;
    }
    this.about.textContent = reader.directory.channelName(channel.id);
    this.messages.draw(`${reader.person.id} ${channel.id} ${ts}`, channel, messages, reader);
    this.composer.node.hidden = channel.is_archived;
    this.composer.move(
      { channel: channel.id, thread: ts, person: reader.person.id },
      "Reply in this thread",
    );
  }
}
