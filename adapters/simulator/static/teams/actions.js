/** The buttons of a card: some are sent to the bot, some only show more. */

import { el } from "../dom.js";
import { notice } from "../notices.js";

const STYLES = { positive: "primary", destructive: "danger" };
const SENT = new Set(["Action.Execute", "Action.Submit"]);

/**
 * Draw *actions*; a card that one of them shows is drawn with *drawCard*.
 *
 * Returns the `buttons`, and the cards they unfold, to stand below them.
 */
export function drawActions(actions, surface, drawCard) {
  const buttons = [];
  const unfolded = [];
  for (const action of actions) {
    if (action.type === "Action.ShowCard") {
      const [button, shown] = unfolding(action, surface, drawCard);
      buttons.push(button);
      unfolded.push(shown);
    } else {
      buttons.push(draw(action, surface));
    }
  }
  return { buttons, unfolded };
}

function draw(action, surface) {
  if (SENT.has(action.type)) {
    return button(action, { click: (event) => surface.press(event.currentTarget, action) });
  }
  if (action.type === "Action.OpenUrl") {
    const tell = () =>
      notice(`This button opens ${action.url} in Teams. The simulator opens no address.`);
    return button(action, { click: tell });
  }
  return el("p", { class: "unknown" }, `This page cannot draw “${action.type}”.`);
}

function unfolding(action, surface, drawCard) {
  const shown = drawCard(action.card, surface);
  shown.classList.add("card-unfolded");
  shown.hidden = true;
  const turn = (event) => {
    shown.hidden = !shown.hidden;
    event.currentTarget.setAttribute("aria-expanded", String(!shown.hidden));
    shown.querySelector("button, input, select, textarea")?.focus();
  };
  return [button(action, { "aria-expanded": "false", click: turn }), shown];
}

function button(action, attributes) {
  const look = STYLES[action.style?.toLowerCase()] ?? "default";
  return el(
    "button",
    {
      type: "button",
      class: `button button-${look}`,
      title: action.tooltip,
      disabled: action.isEnabled === false,
      dataset: { action: action.title },
      ...attributes,
    },
    action.title,
  );
}
