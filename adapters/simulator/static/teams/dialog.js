/** Teams' dialogs: a card in a window over the page. */

import { Window, closeButton } from "../window.js";
import { drawActions } from "./actions.js";
import { drawCard } from "./cards.js";
import { CardSurface } from "./surface.js";

/** The dialog before a person; the server keeps what was typed when something was wrong with it. */
export class Dialog extends Window {
  constructor(pane) {
    super(pane);
    this.print = null;
  }

  /** Show *dialog*, or close the window when there is none. */
  draw(dialog, reader) {
    const print = dialog && JSON.stringify([reader.person.id, dialog]);
    const isSame = print === this.print;
    this.print = print;
    if (!dialog) {
      this.leave();
    } else if (!isSame) {
      this.show(dialog, reader);
    }
  }

  show({ title, card, answers, errors }, reader) {
    const send = (button, given) =>
      this.whileBusy(() => this.pane.act("submit", { button, answers: given }));
    const surface = new CardSurface(reader, send, { values: answers, problems: errors });
    const { actions = [], ...rest } = card;
    const { buttons, unfolded } = drawActions(actions, surface, drawCard);
    surface.root = drawCard(rest, surface);
    surface.root.append(...unfolded);
    const close = closeButton(buttons.length ? "Cancel" : "Close", () => this.close());
    this.fill(title, surface.root, [close, buttons]);
    // Enter in a field presses the first button.
    buttons[0]?.setAttribute("type", "submit");
    this.showProblem(errors[""]);
    this.focusProblem();
  }

  /** Enter has pressed the button already. */
  submit() {}

  close() {
    return this.pane.act("dismiss", {});
  }
}
