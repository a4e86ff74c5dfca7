/** The Teams pane: one person's view of the tenant, and everything that person can do. */

import { notice, toast } from "../notices.js";
import { Pane } from "../pane.js";
import { Thread } from "../thread.js";
import { TeamsChannels } from "./channels.js";
import { TeamsComposer } from "./composer.js";
import { Dialog } from "./dialog.js";
import { TeamsDirectory } from "./directory.js";
import { TeamsMessages } from "./messages.js";
import { Search } from "./search.js";
import { TeamsTalk } from "./talk.js";

/** Teams, with dialogs over it and a search of the message extension. */
export class TeamsPane extends Pane {
  constructor(setup) {
    super("teams", "Teams", new TeamsDirectory(setup));
    this.channels = new TeamsChannels(this.part("channels"), this);
    this.talk = new TeamsTalk(this.part("talk"), this, {
      messages: new TeamsMessages(this, { label: "Messages" }),
      composer: new TeamsComposer(this, { id: "teams-field" }),
    });
    this.thread = new Thread(this.part("thread"), this, {
      messages: new TeamsMessages(this, { label: "Messages in the thread", inThread: true }),
      composer: new TeamsComposer(this, { id: "teams-thread-field", inThread: true }),
    });
    this.dialog = new Dialog(this);
    this.search = new Search(this);
  }

  firstChannel() {
    const { channels } = this.state;
    return channels.find((channel) => channel.kind === "channel") ?? channels[0];
  }

  /** Open the person's own chat with the bot. */
  openDirect(personId) {
    this.open(this.state.channels.find((channel) => channel.with === personId).id);
  }

  draw() {
    this.directory.learnTeams(this.state.teams);
    super.draw();
  }

  drawWindows(reader) {
    this.dialog.draw(this.state.dialog, reader);
  }

  /** The words of an answer are the bot's, unless there was a problem with them. */
  tell({ notice: words, problems }) {
    if (problems.length) {
      notice([words, ...problems].filter(Boolean).join(" "), this.part("talk"));
    } else if (words) {
      toast(words, this.directory.bot.name, this.part("talk"));
    }
  }
}
