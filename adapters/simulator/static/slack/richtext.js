/** Slack's rich_text block as elements: sections, lists, quotes, preformatted text. */

import { el } from "../dom.js";
import { emoji } from "../emoji.js";
import { link } from "../links.js";
import { channelMention, dateToken, mention } from "./mrkdwn.js";

const STYLES = { bold: "strong", italic: "em", strike: "s", code: "code", underline: "u" };

/** Draw a whole rich_text block; lists that follow each other at deeper indents are nested. */
export function richText(block, reader) {
  return el(
    "div",
    { class: "rich-text" },
    block.elements.map((part) => drawPart(part, reader)),
  );
}

function drawPart(part, reader) {
  switch (part.type) {
    case "rich_text_section":
      return el("p", {}, spans(part.elements, reader));
    case "rich_text_list":
      return list(part, reader);
    case "rich_text_quote":
      return el("blockquote", {}, spans(part.elements, reader));
    case "rich_text_preformatted":
      return el("pre", { class: "preformatted" }, spans(part.elements, reader));
    default:
      return el("p", { class: "unknown" }, `This page cannot draw “${part.type}”.`);
  }
}

function list(part, reader) {
  const ordered = part.style === "ordered";
  const attributes = {
    class: `indent-${Math.min(part.indent ?? 0, 5)}`,
    start: ordered && part.offset ? part.offset + 1 : null,
  };
  const items = part.elements.map((item) => el("li", {}, spans(item.elements, reader)));
  return el(ordered ? "ol" : "ul", attributes, items);
}

function spans(elements, reader) {
  return elements.map((element) => styled(span(element, reader), element.style ?? {}));
}

function styled(node, style) {
  return Object.entries(STYLES)
    .filter(([name]) => style[name])
    .reduce((inner, [, tag]) => el(tag, {}, inner), node);
}

function span(element, reader) {
  switch (element.type) {
    case "text":
      return element.text;
    case "link":
      return link(element.url, element.text ?? element.url);
    case "user":
      return mention(element.user_id, reader);
    case "channel":
      return channelMention(element.channel_id, reader);
    case "emoji":
      return emoji(element.name);
    case "date":
      return dateToken(element.timestamp, element.format, element.fallback ?? "", reader);
    case "broadcast":
      return el("span", { class: "mention" }, `@${element.range}`);
    case "color":
      return element.value;
    default:
      return element.fallback ?? `[${element.type}]`;
  }
}
