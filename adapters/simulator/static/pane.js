/** One platform as one person sees it: the state, its drawing, and everything they can do. */

import { get, post, Refused } from "./api.js";
import { notice } from "./notices.js";
import { PersonSelector } from "./person.js";

/**
 * Holds the state as the server last told it and draws it; announces each drawing as `drawn`, and
 * as `wanted` that it should be in sight.
 *
 * A subclass makes `channels`, `talk` and `thread`, and says which windows are open.
 */
export class Pane extends EventTarget {
  constructor(name, title, directory) {
    super();
    this.name = name;
    this.title = title;
    this.directory = directory;
    this.state = null;
    this.personId = directory.players()[0].id;
    this.channelId = null;
    this.threadId = null;
    this.fetching = null;
    this.root = document.getElementById(name);
    this.root.hidden = false;
    this.selector = new PersonSelector(this.part("person"), this);
  }

  /** Return the element of this pane that is called *name*. */
  part(name) {
    return document.getElementById(`${this.name}-${name}`);
  }

  /** The one who reads, for everything that is drawn for them. */
  get reader() {
    const person = this.directory.people.get(this.state?.person ?? this.personId);
    const now = this.state ? Date.parse(this.state.now) / 1000 : Date.now() / 1000;
    return { person, directory: this.directory, tz: person.tz, now };
  }

  get channel() {
    return this.state.channels.find((channel) => channel.id === this.channelId);
  }

  /** Fetch the state and draw it; calls while one is under way share one more fetch after it. */
  refresh() {
    this.waiting ??= (this.fetching ?? Promise.resolve()).then(() => {
      this.waiting = null;
      this.fetching = this.load();
      return this.fetching;
    });
    return this.waiting;
  }

  async load() {
    const asked = this.personId;
    try {
      const state = await get(`/api/page/${this.name}/state?person=${encodeURIComponent(asked)}`);
      if (asked === this.personId) {
        this.state = state;
        this.draw();
      }
    } catch (refused) {
      this.tellRefusal(refused);
    }
  }

  /** Hear that something changed on the server, with its number. */
  changed(n) {
    return this.state && n <= this.state.n ? null : this.refresh();
  }

  draw() {
    const { reader } = this;
    this.directory.learn(this.state.channels);
    this.channelId = this.channel?.id ?? this.firstChannel().id;
    this.selector.draw(reader.person);
    this.channels.draw(this.state, this.channelId);
    this.talk.draw(this.channel, reader);
    this.thread.draw(this.channel, this.threadId, reader);
    this.drawWindows(reader);
    this.dispatchEvent(new Event("drawn"));
  }

  /**
   * Send an act of the present person; returns the answer, or null when it was refused.
   *
   * *tell* is called with the answer, to show what the platform itself tells the person.
   */
  async act(path, body, tell = (answer) => this.tell(answer)) {
    try {
      const answer = await post(`/api/page/${this.name}/${path}`, {
        person: this.personId,
        ...body,
      });
      tell(answer);
      await this.refresh();
      return answer;
    } catch (refused) {
      this.tellRefusal(refused);
      return null;
    }
  }

  /** Show the platform's words, which are about something that did not go well. */
  tell(answer) {
    if (answer.notice) {
      notice(answer.notice, this.part("talk"));
    }
  }

  tellRefusal(refused) {
    if (!(refused instanceof Refused)) {
      throw refused;
    }
    notice(refused.message, this.part("talk"));
  }

  /** Play somebody else. */
  become(personId) {
    this.personId = personId;
    this.threadId = null;
    return this.refresh();
  }

  /** Open a conversation. */
  open(channelId) {
    this.channelId = channelId;
    this.threadId = null;
    this.draw();
    this.focus();
  }

  /** Open the thread under a message. */
  openThread(channelId, id) {
    this.channelId = channelId;
    this.threadId = id;
    this.draw();
    this.thread.composer.field.focus();
  }

  closeThread() {
    const id = this.threadId;
    this.threadId = null;
    this.draw();
    const parent = this.talk.messages.drawn.get(id)?.node;
    (parent?.querySelector(".replies, .message-tools button") ?? this.talk.composer.field).focus();
  }

  /** List everything the person sees now, with a print of its content and where it stands. */
  sights() {
    const { person, channels } = this.state;
    const article = (message) =>
      this.root.querySelector(`article[data-message="${CSS.escape(message.id)}"]`);
    return channels.flatMap((channel) =>
      channel.messages.map((message) => ({
        key: `${person} ${channel.id} ${message.id}`,
        print: JSON.stringify([message.text, message.blocks, message.card]),
        at: Date.parse(message.at),
        node: channel.id === this.channelId ? article(message) : null,
      })),
    );
  }

  /** Put the focus where people write. */
  focus() {
    this.talk.composer.field.focus();
  }

  /** Ask to be in sight. */
  show() {
    this.dispatchEvent(new Event("wanted"));
  }
}
