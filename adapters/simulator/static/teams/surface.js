/** Where a card stands (a message or a dialog) and where a press on its buttons goes. */

import { showProblem } from "../question.js";
import { answersFor } from "./inputs.js";

/**
 * A surface is drawn for one reader: `{person, directory, tz, now}`.
 *
 * `send` takes the button as it stands in the card and the answers, both as the API wants them.
 * `values` are earlier answers and `problems` what was wrong with them, both by the input's id.
 */
export class CardSurface {
  constructor(reader, send, { values = {}, problems = {} } = {}) {
    this.reader = reader;
    this.send = send;
    this.values = values;
    this.problems = problems;
    this.root = null;
  }

  /** Press *button*, which was drawn for *action*; what is wrong comes to stand at its input. */
  async press(button, action) {
    if (button.getAttribute("aria-busy") === "true") {
      return;
    }
    button.setAttribute("aria-busy", "true");
    const gathers = action.associatedInputs?.toLowerCase() !== "none";
    const answer = await this.send(action, gathers ? answersFor(button, this.root) : {});
    button.removeAttribute("aria-busy");
    // A card that was drawn anew meanwhile shows by itself what is wrong.
    if (this.root.isConnected) {
      this.show(answer?.errors ?? {});
    }
  }

  show(errors) {
    for (const node of this.root.querySelectorAll("[data-input]")) {
      const problem = errors[node.dataset.input];
      if (problem) {
        showProblem(node, problem);
      }
    }
  }
}
