/** Words on Teams: mentions, and dates and times in the reader's own zone. */

import { formatted, timeOf } from "../dates.js";
import { el } from "../dom.js";

const MOMENT = /\{\{(DATE|TIME)\(([^(){},]+)(?:,\s*(\w+))?\)\}\}/g;
const MARKED = /(<at>.*?<\/at>)/;
const DAYS = {
  COMPACT: { day: "numeric", month: "numeric", year: "numeric" },
  SHORT: { weekday: "short", day: "numeric", month: "short", year: "numeric" },
  LONG: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
};

/** Return *text* of a card with each instant as this reader's date or time. */
export function dated(text, reader) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(MOMENT)) {
    nodes.push(text.slice(end, match.index), moment(match, reader));
    end = match.index + match[0].length;
  }
  return [...nodes, text.slice(end)];
}

function moment([whole, kind, iso, size = "COMPACT"], { tz }) {
  const unix = Date.parse(iso) / 1000;
  if (!Number.isFinite(unix) || !(size in DAYS)) {
    return whole;
  }
  const words = kind === "TIME" ? timeOf(unix, tz) : formatted(unix, tz, DAYS[size]);
  return el("time", { datetime: iso, title: iso }, words);
}

/** Return what somebody wrote, with those whom it mentions: an entity says what is a mention. */
export function written({ text, mentions }, reader) {
  const parts = text.split(MARKED).map((part) => {
    const mentioned = mentions.find((one) => one.text === part);
    return mentioned ? mark(mentioned, reader) : part;
  });
  return el("p", { class: "plain" }, parts);
}

function mark({ id, text }, reader) {
  const own = id === reader.person.id ? " mention-own" : "";
  return el("span", { class: `mention${own}` }, `@${text.replace(/<\/?at>/g, "")}`);
}
