/** Where blocks stand (a message, a modal, the Home tab) and where a press on them goes. */

import { answersIn } from "./answers.js";

/**
 * A surface is drawn for one reader: `{person, directory, tz, now}`.
 *
 * `place` names it for the API: `{channel, message}` or `{view}`. `values` are earlier answers and
 * `problems` what was wrong with them, both by block id.
 */
export class Surface {
  constructor(pane, reader, place, { values = {}, problems = {} } = {}) {
    this.pane = pane;
    this.reader = reader;
    this.place = { channel: null, message: null, view: null, ...place };
    this.values = values;
    this.problems = problems;
    this.root = null;
  }

  /** Return the answer an element had before, undefined when it had none. */
  given(block, element) {
    return this.values[block.block_id]?.[element.action_id];
  }

  /** Send a press, or a choice, with all other answers on this surface. */
  press(block, element, value) {
    const pressed = { block_id: block.block_id, action_id: element.action_id, value };
    return this.pane.act("press", { ...this.place, ...pressed, answers: answersIn(this.root) });
  }

  /** Ask the bot for choices that fit what was typed. */
  async suggest(element, value) {
    const field = this.root.querySelector(`[data-action-id="${CSS.escape(element.action_id)}"]`);
    const asked = { block_id: field.dataset.blockId, action_id: element.action_id, value };
    const answer = await this.pane.act("suggest", { ...this.place, ...asked });
    return answer?.options ?? [];
  }
}
