/** The question before something that has no way back. */

import { el } from "./dom.js";

/** Ask what a `confirm` object says and return the answer; without one the answer is yes. */
export function confirmed(question) {
  return question ? ask(question) : Promise.resolve(true);
}

/** Ask with Slack's confirm object (title, text, confirm, deny, style). */
export function ask(question) {
  return new Promise((answer) => {
    let sure = false;
    const dialog = el("dialog", {
      class: "window window-small",
      "aria-labelledby": "confirm-title",
      close: () => finish(),
    });
    const leave = (value) => () => {
      sure = value;
      dialog.close();
    };
    const finish = () => {
      dialog.remove();
      answer(sure);
    };
    dialog.append(
      el("h2", { id: "confirm-title" }, question.title.text),
      el("p", {}, question.text.text),
      el(
        "div",
        { class: "window-actions" },
        el(
          "button",
          { type: "button", class: "button button-default", click: leave(false) },
          question.deny?.text ?? "Cancel",
        ),
        el(
          "button",
          {
            type: "button",
            class: `button button-${question.style ?? "primary"}`,
            click: leave(true),
          },
          question.confirm?.text ?? "Yes",
        ),
      ),
    );
    document.body.append(dialog);
    dialog.showModal();
  });
}
