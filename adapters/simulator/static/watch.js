/** Finding on the page what a step of the tour promised, and not what stood there before. */

/** Remembers what a person could see at its start; finds *words* in what came after. */
export class Watch {
  constructor(pane, index, words) {
    this.pane = pane;
    this.index = index;
    this.words = words;
    this.start = pane.state ? Date.parse(pane.state.now) : 0;
    this.before = new Map();
    this.remember();
  }

  remember() {
    for (const [key, print] of this.prints()) {
      this.before.set(key, print);
    }
  }

  /** List everything the person sees now: messages, windows and Home, each with its content. */
  prints() {
    const { state } = this.pane;
    if (!state) {
      return [];
    }
    const messages = state.channels.flatMap((channel) =>
      channel.messages.map((message) => [
        `${state.person} ${channel.id} ${message.ts}`,
        JSON.stringify([message.text, message.blocks]),
      ]),
    );
    const views = [...state.views, state.home].filter(Boolean);
    return [
      ...messages,
      ...views.map((view) => [
        `${state.person} ${view.id}`,
        JSON.stringify([view.title, view.blocks]),
      ]),
    ];
  }

  /** Return the newest element on the page that says the words and is new, or null. */
  find() {
    const fresh = new Set(
      this.prints()
        .filter(([key, print]) => this.isNew(key, print))
        .map(([key]) => key),
    );
    return (
      this.places()
        .reverse()
        .find(({ key, node }) => fresh.has(key) && says(node, this.words))?.node ?? null
    );
  }

  isNew(key, print) {
    const known = this.before.get(key);
    if (known !== undefined) {
      return known !== print;
    }
    const ts = Number(key.split(" ")[2] ?? Infinity);
    return ts * 1000 >= this.start - 1;
  }

  places() {
    const { state, channelId, talk, thread, modal } = this.pane;
    const articles = [
      ...talk.root.querySelectorAll("[data-ts]"),
      ...thread.root.querySelectorAll("[data-ts]"),
    ];
    const messages = articles.map((node) => ({
      key: `${state.person} ${channelId} ${node.dataset.ts}`,
      node,
    }));
    const home =
      state.home && !talk.home.hidden
        ? [{ key: `${state.person} ${state.home.id}`, node: talk.home }]
        : [];
    const window = modal.view
      ? [{ key: `${state.person} ${modal.view.id}`, node: modal.dialog }]
      : [];
    return [...messages, ...home, ...window];
  }
}

function says(node, words) {
  return node.textContent.replace(/\s+/g, " ").toLowerCase().includes(words.toLowerCase());
}
