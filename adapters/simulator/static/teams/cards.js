/** Adaptive Cards as elements, for messages and dialogs. */

import { el, icon } from "../dom.js";
import { link } from "../links.js";
import { drawActions } from "./actions.js";
import { drawInput, isInput } from "./inputs.js";
import { markdown } from "./markdown.js";
import { dated } from "./words.js";

const PICTURE = /^data:image\/(png|jpeg|gif);base64,/;
let warnings = 0;

/** Draw *card* for a surface: who reads it, and where a press on it goes. */
export function drawCard(card, surface) {
  return el(
    "div",
    { class: "card", dataset: { card: "" } },
    drawItems(card.body ?? [], surface),
    card.actions?.length ? actionSet(card, surface) : null,
  );
}

/** Draw the elements of a card or of a box in it, in order. */
function drawItems(items, surface) {
  const nodes = [];
  let warning = null;
  for (const item of items.filter((one) => one.isVisible !== false)) {
    const node = isInput(item)
      ? drawInput(item, surface, warning)
      : (DRAW[item.type] ?? unknown)(item, surface);
    warning = isWarning(item) ? named(node) : null;
    nodes.push(item.separator ? el("hr", { class: "block-divider" }) : null, node);
  }
  return nodes;
}

const DRAW = {
  TextBlock: textBlock,
  RichTextBlock: richTextBlock,
  Container: box,
  ColumnSet: ({ columns = [] }, surface) =>
    el(
      "div",
      { class: "card-columns" },
      columns.map((column) => box(column, surface)),
    ),
  FactSet: ({ facts }, { reader }) =>
    el(
      "dl",
      { class: "card-facts" },
      facts.map(({ title, value }) =>
        el("div", {}, el("dt", {}, title), el("dd", {}, markdown(value, reader))),
      ),
    ),
  Image: picture,
  Table: table,
  ActionSet: actionSet,
};

function textBlock(item, { reader }) {
  const isHeading = item.style?.toLowerCase() === "heading";
  const look = isHeading ? "block-header" : `plain ${letters(item)}`;
  return el(isHeading ? "h3" : "p", { class: look }, sign(item), markdown(item.text, reader));
}

function richTextBlock(item, { reader }) {
  const isSmall = item.inlines.every(({ size }) => size?.toLowerCase() === "small");
  const look = `plain${isSmall ? " letters-small" : ""}`;
  return el(
    "p",
    { class: look },
    sign(item),
    item.inlines.map((part) => run(part, reader)),
  );
}

function run(part, reader) {
  if (typeof part === "string") {
    return dated(part, reader);
  }
  const text = dated(part.text, reader);
  const opens = part.selectAction?.type === "Action.OpenUrl" ? part.selectAction.url : null;
  const inner = opens ? link(opens, part.text) : text;
  return el(isBold(part) ? "strong" : "span", { class: letters(part) }, inner);
}

function letters({ size, isSubtle, fontType, color, italic, strikethrough, underline, highlight }) {
  const looks = {
    [`letters-${size?.toLowerCase()}`]: size,
    [`letters-${color?.toLowerCase()}`]: color,
    "letters-subtle": isSubtle,
    "letters-mono": fontType?.toLowerCase() === "monospace",
    "letters-italic": italic,
    "letters-strike": strikethrough,
    "letters-underline": underline,
    "letters-highlight": highlight,
  };
  return Object.keys(looks)
    .filter((name) => looks[name])
    .join(" ");
}

function isBold({ weight }) {
  return weight?.toLowerCase() === "bolder";
}

/** Words in the colour of a warning get a sign, for those who do not see the colour. */
function sign(item) {
  return isWarning(item) ? [icon("alert"), el("span", { class: "unseen" }, "Problem: ")] : null;
}

function isWarning(item) {
  const runs = (item.inlines ?? []).filter((part) => typeof part !== "string");
  return [item, ...runs].some(({ color }) => color?.toLowerCase() === "attention");
}

function named(node) {
  warnings += 1;
  node.id = `warning-${warnings}`;
  node.classList.add("card-warning");
  return node;
}

function box(item, surface) {
  const look = item.style ? ` card-box-${item.style.toLowerCase()}` : "";
  return el("div", { class: `card-box${look}` }, drawItems(item.items ?? [], surface));
}

/** Draw a picture that travels in the card; one from another address is only told of. */
function picture({ url, altText = "" }) {
  if (PICTURE.test(url)) {
    return el("img", { class: "card-picture", src: url, alt: altText });
  }
  return el(
    "span",
    { class: "picture-absent", role: "img", "aria-label": altText },
    altText || "A picture without words for it.",
  );
}

function table({ rows, firstRowAsHeader = true }, surface) {
  const [head, ...others] = firstRowAsHeader ? rows : [null, ...rows];
  const draw = (row, tag, scope) =>
    el(
      "tr",
      {},
      row.cells.map((cell) => el(tag, { scope }, drawItems(cell.items, surface))),
    );
  return el(
    "div",
    { class: "table-frame", role: "region", "aria-label": "Table", tabindex: "0" },
    el(
      "table",
      {},
      head ? el("thead", {}, draw(head, "th", "col")) : null,
      el(
        "tbody",
        {},
        others.map((row) => draw(row, "td", null)),
      ),
    ),
  );
}

function actionSet({ actions }, surface) {
  const { buttons, unfolded } = drawActions(actions, surface, drawCard);
  return el("div", {}, el("div", { class: "block-actions" }, buttons), unfolded);
}

function unknown(item) {
  return el(
    "p",
    { class: "unknown" },
    `This page cannot draw an element of the type “${item.type}”.`,
  );
}
