/** Who and what stands behind Slack's ids. */

import { Directory } from "../directory.js";

/** Names for ids, with Slack's marks. */
export class SlackDirectory extends Directory {
  /** Return what a channel is called, with its mark for a spoken or written sentence. */
  channelName(id) {
    const channel = this.channels.get(id);
    if (!channel) {
      return "a channel you are not in";
    }
    return channel.kind === "dm" ? this.personName(channel.with) : `#${channel.name}`;
  }
}
