/** Finding on the page what a step of the tour promised, and not what stood there before. */

/** Remembers what a person could see at its start; finds *words* in what came after. */
export class Watch {
  constructor(pane, index, words) {
    this.pane = pane;
    this.index = index;
    this.words = words;
    this.start = pane.state ? Date.parse(pane.state.now) : 0;
    this.before = new Map(this.sights().map(({ key, print }) => [key, print]));
  }

  sights() {
    return this.pane.state ? this.pane.sights() : [];
  }

  /** Return the newest element on the page that says the words and is new, or null. */
  find() {
    const found = this.sights().findLast(
      (sight) => sight.node && this.isNew(sight) && says(sight.node, this.words),
    );
    return found?.node ?? null;
  }

  isNew({ key, print, at }) {
    const known = this.before.get(key);
    return known === undefined ? at >= this.start - 1 : known !== print;
  }
}

function says(node, words) {
  return node.textContent.replace(/\s+/g, " ").toLowerCase().includes(words.toLowerCase());
}
