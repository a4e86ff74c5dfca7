/** Interactive elements outside of forms: buttons, menus, and fields that act when they change. */

import { confirmed } from "../confirm.js";
import { el, icon } from "../dom.js";
import { openMenu } from "../menu.js";
import { notice } from "../notices.js";
import { answerable } from "./answers.js";
import { drawField, isField } from "./fields.js";

/** Draw an element of an actions block or a section's accessory. */
export function drawElement(element, block, surface) {
  if (element.type === "button" || element.type === "workflow_button") {
    return button(element, block, surface);
  }
  if (element.type === "overflow") {
    return overflow(element, block, surface);
  }
  if (isField(element)) {
    return actingField(element, block, surface);
  }
  return el("p", { class: "unknown" }, `This page cannot draw “${element.type}”.`);
}

function button(element, block, surface) {
  const attributes = {
    type: "button",
    class: `button button-${element.style ?? "default"}`,
    "aria-label": element.accessibility_label,
    dataset: marks(block, element),
    click: (event) => pressButton(event.currentTarget, element, block, surface),
  };
  return el("button", attributes, element.text.text);
}

async function pressButton(node, element, block, surface) {
  if (node.getAttribute("aria-busy") === "true" || !(await confirmed(element.confirm))) {
    return;
  }
  if (element.url) {
    notice(`This button opens ${element.url} in Slack. The simulator opens no address.`);
  }
  node.setAttribute("aria-busy", "true");
  await surface.press(block, element, null);
  node.removeAttribute("aria-busy");
}

function overflow(element, block, surface) {
  const choose = async (option) => {
    if (await confirmed(element.confirm)) {
      surface.press(block, element, option.value);
    }
  };
  const items = element.options.map((option) => ({
    label: option.text.text,
    run: () => choose(option),
  }));
  return el(
    "button",
    {
      type: "button",
      class: "button button-default button-overflow",
      "aria-label": "More choices",
      "aria-haspopup": "menu",
      dataset: marks(block, element),
      click: (event) => openMenu(event.currentTarget, items),
    },
    icon("more"),
  );
}

function actingField(element, block, surface) {
  const field = drawField(element, surface.given(block, element), surface);
  answerable(field.node, block.block_id, element, field.read);
  field.control.dataset.blockId = block.block_id;
  field.control.dataset.actionId = element.action_id;
  field.control.setAttribute(
    "aria-label",
    element.placeholder?.text ?? block.text?.text ?? "Your choice",
  );
  field.node.addEventListener("change", async () => {
    if (await confirmed(element.confirm)) {
      surface.press(block, element, field.read());
    }
  });
  return el("div", { class: "acting-field" }, field.node);
}

function marks(block, element) {
  return { blockId: block.block_id, actionId: element.action_id };
}
