/** Slack's Block Kit as elements, for messages, modals and the Home tab. */

import { el } from "../dom.js";
import { drawElement } from "./elements.js";
import { drawInput } from "./inputs.js";
import { mrkdwn } from "./mrkdwn.js";
import { richText } from "./richtext.js";

/** Draw *blocks* for a surface: who reads them, and where a press on them goes. */
export function drawBlocks(blocks, surface) {
  return blocks.map((block) => (DRAW[block.type] ?? unknown)(block, surface));
}

const DRAW = {
  header: (block) => el("h3", { class: "block-header" }, block.text.text),
  section,
  rich_text: (block, { reader }) => richText(block, reader),
  markdown: (block) => el("p", { class: "plain" }, block.text),
  context: (block, surface) =>
    el(
      "div",
      { class: "block-context" },
      block.elements.map((element) => contextElement(element, surface)),
    ),
  divider: () => el("hr", { class: "block-divider" }),
  actions: (block, surface) =>
    el(
      "div",
      { class: "block-actions" },
      block.elements.map((element) => drawElement(element, block, surface)),
    ),
  image: (block) => figure(block),
  table,
  input: drawInput,
};

/** Draw a text object: plain_text as it is, mrkdwn with its markup. */
export function drawText(text, { reader }) {
  return text.type === "mrkdwn"
    ? mrkdwn(text.text, reader)
    : el("p", { class: "plain" }, text.text);
}

function section(block, surface) {
  const accessory = block.accessory?.type === "image" ? picture(block.accessory) : null;
  return el(
    "div",
    { class: "block-section" },
    el(
      "div",
      { class: "section-body" },
      block.text ? el("div", { class: "section-text" }, drawText(block.text, surface)) : null,
      block.fields ? fields(block.fields, surface) : null,
    ),
    accessory ?? (block.accessory ? drawElement(block.accessory, block, surface) : null),
  );
}

function fields(list, surface) {
  return el(
    "div",
    { class: "section-fields" },
    list.map((field) => el("div", {}, drawText(field, surface))),
  );
}

function contextElement(element, surface) {
  return element.type === "image" ? picture(element) : el("div", {}, drawText(element, surface));
}

function figure(block) {
  const title = block.title ? el("figcaption", {}, block.title.text) : null;
  return el("figure", { class: "block-image" }, title, picture(block));
}

/** Draw an uploaded picture; one from another address is only told of, since nothing is loaded. */
function picture(image) {
  const id = image.slack_file?.id;
  if (id && /^F\w+$/.test(id)) {
    return el("img", { src: `/api/page/slack/files/${id}`, alt: image.alt_text });
  }
  return el(
    "span",
    { class: "picture-absent", role: "img", "aria-label": image.alt_text },
    image.alt_text,
  );
}

function table(block, surface) {
  const [head, ...rows] = block.rows;
  const align = (index) => `align-${block.column_settings?.[index]?.align ?? "left"}`;
  const drawRow = (cells, tag) =>
    el(
      "tr",
      {},
      cells.map((cell, index) =>
        el(
          tag,
          { class: align(index), scope: tag === "th" ? "col" : null },
          drawCell(cell, surface),
        ),
      ),
    );
  return el(
    "div",
    { class: "table-frame", role: "region", "aria-label": "Table", tabindex: "0" },
    el(
      "table",
      {},
      el("thead", {}, drawRow(head, "th")),
      el(
        "tbody",
        {},
        rows.map((cells) => drawRow(cells, "td")),
      ),
    ),
  );
}

function drawCell(cell, { reader }) {
  return cell.type === "rich_text"
    ? richText(cell, reader)
    : (cell.text ?? String(cell.value ?? ""));
}

function unknown(block) {
  return el(
    "p",
    { class: "unknown" },
    `This page cannot draw a block of the type “${block.type}”.`,
  );
}
