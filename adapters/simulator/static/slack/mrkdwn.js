/** Slack's markup in a text (bold, code, mentions, links, dates) as elements. */

import { slackDate } from "../dates.js";
import { el } from "../dom.js";
import { emoji } from "../emoji.js";
import { link } from "../links.js";

const FENCE = /```\n?([\s\S]+?)```/;
const INLINE = new RegExp(
  [
    "<(?<token>[@#!][^<>\\n]+|(?:https?://|mailto:)[^<>\\n]+)>",
    "`(?<code>[^`\\n]+)`",
    "(?<![\\w*])\\*(?<bold>\\S(?:[^*\\n]*\\S)?)\\*(?![\\w*])",
    "(?<![\\w_])_(?<italic>\\S(?:[^_\\n]*\\S)?)_(?![\\w_])",
    "(?<![\\w~])~(?<strike>\\S(?:[^~\\n]*\\S)?)~(?![\\w~])",
    ":(?<emoji>[a-z0-9_+-]+):",
  ].join("|"),
  "g",
);
const STYLES = { code: "code", bold: "strong", italic: "em", strike: "s" };

/** Return *text* as elements, as *reader* (directory, tz, now) sees it. */
export function mrkdwn(text, reader) {
  return text.split(FENCE).flatMap((part, index) => {
    if (index % 2 === 1) {
      return el("pre", { class: "preformatted" }, unescape(part));
    }
    return paragraphs(part, reader);
  });
}

function paragraphs(text, reader) {
  const groups = [];
  for (const line of text.split("\n")) {
    const quoted = /^(&gt;|>) ?/.exec(line);
    const last = groups.at(-1);
    if (last && last.quoted === Boolean(quoted)) {
      last.lines.push(line.slice(quoted?.[0].length ?? 0));
    } else {
      groups.push({ quoted: Boolean(quoted), lines: [line.slice(quoted?.[0].length ?? 0)] });
    }
  }
  return groups
    .filter((group) => group.quoted || group.lines.some((line) => line.trim()))
    .map((group) =>
      el(group.quoted ? "blockquote" : "p", {}, inline(group.lines.join("\n"), reader)),
    );
}

function inline(text, reader) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    nodes.push(unescape(text.slice(end, match.index)), styled(match, reader));
    end = match.index + match[0].length;
  }
  return [...nodes, unescape(text.slice(end))];
}

function styled(match, reader) {
  const [name, inner] = Object.entries(match.groups).find(([, value]) => value !== undefined);
  if (name === "token") {
    return token(inner, reader);
  }
  if (name === "emoji") {
    return emoji(inner);
  }
  return el(STYLES[name], {}, name === "code" ? unescape(inner) : inline(inner, reader));
}

function token(inner, reader) {
  const [target, label] = split(inner, "|");
  if (target.startsWith("@")) {
    return mention(target.slice(1), reader);
  }
  if (target.startsWith("#")) {
    return channelMention(target.slice(1), reader);
  }
  if (target.startsWith("!date^")) {
    const [, unix, format] = target.split("^");
    return dateToken(Number(unix), unescape(format), unescape(label ?? ""), reader);
  }
  if (target.startsWith("!")) {
    return el("span", { class: "mention" }, label ? unescape(label) : `@${target.slice(1)}`);
  }
  return link(unescape(target), unescape(label ?? target));
}

/** Draw a mention of a person. */
export function mention(id, reader) {
  const own = id === reader.person.id ? " mention-own" : "";
  return el("span", { class: `mention${own}` }, `@${reader.directory.personName(id)}`);
}

/** Draw the name of a channel inside a text. */
export function channelMention(id, reader) {
  return el("span", { class: "mention" }, reader.directory.channelName(id));
}

/** Draw an instant in the reader's zone, or the *fallback* when it is no instant. */
export function dateToken(unix, format, fallback, reader) {
  if (!Number.isFinite(unix) || Math.abs(unix) > 8.64e12) {
    return fallback;
  }
  const at = new Date(unix * 1000).toISOString();
  return el("time", { datetime: at, title: fallback || at }, slackDate(unix, format, reader));
}

function split(text, separator) {
  const at = text.indexOf(separator);
  return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
}

function unescape(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
