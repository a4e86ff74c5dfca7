/** Who and what stands behind the ids of Teams. */

import { Directory } from "../directory.js";

/** Names for ids; a channel is called together with its team. */
export class TeamsDirectory extends Directory {
  constructor(setup) {
    super(setup);
    this.searches = setup.searches;
    this.teams = new Map();
  }

  /** Remember the teams of the company. */
  learnTeams(teams) {
    this.teams = new Map(teams.map((team) => [team.id, team]));
  }

  teamOf(channel) {
    return this.teams.get(channel.team) ?? null;
  }

  channelName(id) {
    const channel = this.channels.get(id);
    if (channel.kind === "dm") {
      return this.personName(channel.with);
    }
    const team = this.teamOf(channel);
    return team ? `${channel.name} in ${team.name}` : channel.name;
  }
}
