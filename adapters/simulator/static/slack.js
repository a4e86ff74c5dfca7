/** The Slack pane: one person's view of the workspace, and everything that person can do. */

import { get, post, Refused } from "./api.js";
import { ChannelList } from "./channels.js";
import { Directory } from "./directory.js";
import { Modal } from "./modal.js";
import { notice } from "./notices.js";
import { PersonSelector } from "./person.js";
import { Talk } from "./talk.js";
import { Thread } from "./thread.js";

const API = "/api/page/slack";

/** Holds the state as the server last told it and draws it; announces each drawing as `drawn`. */
export class SlackPane extends EventTarget {
  constructor(setup) {
    super();
    this.directory = new Directory(setup);
    this.state = null;
    this.personId = this.directory.players()[0].id;
    this.channelId = null;
    this.threadTs = null;
    this.tab = "messages";
    this.fetching = null;
    this.selector = new PersonSelector(document.getElementById("slack-person"), this, {
      id: "slack-person-select",
    });
    this.channels = new ChannelList(document.getElementById("slack-channels"), this);
    this.talk = new Talk(document.getElementById("slack-talk"), this);
    this.thread = new Thread(document.getElementById("slack-thread"), this);
    this.modal = new Modal(this);
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
      const state = await get(`${API}/state?person=${encodeURIComponent(asked)}`);
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
    this.directory.learn(this.state.channels);
    this.channelId = this.channel?.id ?? this.firstChannel().id;
    this.selector.draw(this.reader.person);
    this.channels.draw(this.state, this.channelId);
    this.talk.draw(this.state, this.channel, this.tab, this.reader);
    this.thread.draw(this.channel, this.threadTs, this.reader);
    this.modal.draw(this.state.views, this.reader);
    this.dispatchEvent(new Event("drawn"));
  }

  firstChannel() {
    const { channels } = this.state;
    return channels.find((channel) => channel.is_member && channel.kind !== "dm") ?? channels[0];
  }

  /** Send an act of the present person; returns the answer, or null when it was refused. */
  async act(path, body) {
    try {
      const answer = await post(`${API}/${path}`, { person: this.personId, ...body });
      if (answer.notice) {
        notice(answer.notice);
      }
      await this.refresh();
      return answer;
    } catch (refused) {
      this.tellRefusal(refused);
      return null;
    }
  }

  tellRefusal(refused) {
    if (!(refused instanceof Refused)) {
      throw refused;
    }
    notice(refused.message);
  }

  /** Play somebody else. */
  become(personId) {
    this.personId = personId;
    this.threadTs = null;
    this.tab = "messages";
    return this.refresh();
  }

  /** Open a conversation. */
  open(channelId) {
    this.channelId = channelId;
    this.threadTs = null;
    this.tab = "messages";
    this.draw();
    this.focus();
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

  openThread(channelId, ts) {
    this.channelId = channelId;
    this.threadTs = ts;
    this.draw();
    this.thread.composer.field.focus();
  }

  closeThread() {
    const ts = this.threadTs;
    this.threadTs = null;
    this.draw();
    const parent = this.talk.messages.drawn.get(ts)?.node;
    (parent?.querySelector(".replies, .message-tools button") ?? this.talk.composer.field).focus();
  }

  /** Put the focus where people write. */
  focus() {
    this.talk.composer.field.focus();
  }
}
