/** Where people write in Teams: messages, mentions, and searches of the message extension. */

import { Composer } from "../composer.js";
import { iconButton } from "../dom.js";
import { peopleOffers } from "../suggestions.js";

/** A message field of Teams. */
export class TeamsComposer extends Composer {
  offers(before) {
    const { directory } = this.pane;
    return [...commandOffers(directory, before), ...peopleOffers(directory, before)];
  }

  tools() {
    return this.pane.directory.searches.map((search) =>
      iconButton("search", search.title, () => this.pane.search.open(search, this.place), {
        "aria-haspopup": "dialog",
      }),
    );
  }

  deliver(text) {
    return this.pane.act("say", { ...this.place, text });
  }
}

/** After a mention of the bot, offer the words that it understands. */
function commandOffers({ bot, commands }, before) {
  const typed = /^@(\w+)\s+(\w+)$/.exec(before);
  if (!typed || typed[1].toLowerCase() !== bot.name.toLowerCase()) {
    return [];
  }
  return commands
    .filter(({ command }) => command.startsWith(typed[2].toLowerCase()) && command !== typed[2])
    .map(({ command, usage, help }) => ({
      start: before.length - typed[2].length,
      text: `${command} `,
      label: command,
      usage,
      detail: help,
    }));
}
