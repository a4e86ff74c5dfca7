/** Who and what stands behind the ids: people, channels, their names and pictures. */

import { el } from "./dom.js";

const KINDS = {
  guest: "Guest",
  single_channel_guest: "Guest, one channel",
  stranger: "Other company",
  anonymous: "Not signed in",
};

const TINTS = 8;

/** Names for ids, as one reader knows them; a subclass names the channels. */
export class Directory {
  constructor(setup) {
    this.team = setup.team;
    this.bot = setup.bot;
    this.commands = setup.commands;
    this.shortcuts = setup.shortcuts;
    this.people = new Map(setup.people.map((person) => [person.id, person]));
    this.channels = new Map();
  }

  /** Remember the channels that the reader can see now. */
  learn(channels) {
    this.channels = new Map(channels.map((channel) => [channel.id, channel]));
  }

  /** Return those who can be played: people who still work here. */
  players() {
    return [...this.people.values()].filter((person) => !person.is_bot && !person.deleted);
  }

  /** Return the name of a person, or the id when nobody is known by it. */
  personName(id) {
    return this.people.get(id)?.name ?? (id === this.bot.id ? this.bot.name : id);
  }
}

/** Return the words for what sets somebody apart from a member, or null. */
export function kindLabel(person) {
  return person.deleted ? "Has left" : (KINDS[person.kind] ?? null);
}

/** Return a person's role and department as one line. */
export function roleLine(person) {
  return [person.title, person.department].filter(Boolean).join(", ");
}

/** Draw the square with somebody's initials, in the same tint on every platform. */
export function avatar(name, { isBot = false } = {}) {
  const initials = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? "")
    .join("");
  const tint = [...name].reduce((sum, character) => sum + character.codePointAt(0), 0) % TINTS;
  const look = isBot ? "avatar-bot" : `tint-${tint}`;
  return el("span", { class: `avatar ${look}`, "aria-hidden": "true" }, initials.toUpperCase());
}
