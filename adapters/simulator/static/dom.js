/** Elements built from plain values. Text only ever becomes text, never markup. */

// C0 and C1 controls but tab and newline, and everything that overrides the direction of text.
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

const SVG = "http://www.w3.org/2000/svg";

/** Show control and direction-override characters instead of obeying them. */
export function visible(text) {
  return String(text).replace(UNSEEN, (character) => {
    const code = character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
    return `[U+${code}]`;
  });
}

/**
 * Make an element. Attributes that are null or false are left out; a function is a listener for
 * the event it is named after; `dataset` takes an object. Children may be nested lists.
 */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    setAttribute(node, name, value);
  }
  node.append(...asNodes(children));
  return node;
}

function setAttribute(node, name, value) {
  if (value === null || value === undefined || value === false) {
    return;
  }
  if (typeof value === "function") {
    node.addEventListener(name, value);
  } else if (name === "dataset") {
    Object.assign(node.dataset, value);
  } else {
    node.setAttribute(name, value === true ? "" : visible(value));
  }
}

/** Return *children*, flattened, with strings made visible and nothings left out. */
export function asNodes(children) {
  return [children]
    .flat(Infinity)
    .filter((child) => child !== null && child !== undefined && child !== false)
    .map((child) => (child instanceof Node ? child : document.createTextNode(visible(child))));
}

/** Make *nodes* the children of *parent*, in order, without touching those that may stay. */
export function arrange(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.children]) {
    if (!wanted.has(child)) {
      child.remove();
    }
  }
  nodes.forEach((node, index) => {
    if (parent.children[index] !== node) {
      parent.insertBefore(node, parent.children[index] ?? null);
    }
  });
}

const ICONS = {
  hash: "M6.5 2.5 5 13.5M11 2.5 9.5 13.5M3 6h10.5M2.5 10H13",
  lock: "M4 7.5h8v6H4zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5",
  shared:
    "M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M2.5 8h11M8 2.5c-3.3 3.5-3.3 7.5 0 11M8 2.5c3.3 3.5 3.3 7.5 0 11",
  archive: "M2.5 3.5h11v3h-11zM3.5 6.5v6.5h9V6.5M6.5 9.5h3",
  more: "M3.5 8h.01M8 8h.01M12.5 8h.01",
  reply: "M2.5 3.5h11v7.5H8L5 13.5V11H2.5z",
  close: "M4 4l8 8M12 4l-8 8",
  send: "M2.5 13.5 14 8 2.5 2.5 4.5 8zM4.5 8H14",
  clip: "M13 7.5 8 12.5a3 3 0 0 1-4.5-4.2l5.3-5.3a2 2 0 0 1 3 2.9L6.6 11a1 1 0 0 1-1.5-1.4L9.5 5.2",
  eye: "M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8M8 6.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6",
  check: "M3 8.5 6.5 12 13 4.5",
  clock: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M8 4.5V8l2.5 1.5",
  file: "M4 2h5l3 3v9H4zM9 2v3h3",
  flag: "M4 14V2.5h8.5l-2.5 3 2.5 3H4",
  person: "M8 2.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5M3 13.5c.5-3 2.5-4 5-4s4.5 1 5 4",
  people:
    "M6 3a2.2 2.2 0 1 0 0 4.4A2.2 2.2 0 0 0 6 3M1.8 13c.4-2.6 2-3.6 4.2-3.6s3.8 1 4.2 3.6M10.5 3.2a2.1 2.1 0 0 1 0 4M11.8 9.7c1.4.4 2.2 1.5 2.4 3.3",
  lines: "M3 4.5h10M3 8h10M3 11.5h6",
  plus: "M8 3v10M3 8h10",
  search: "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M10.3 10.3l3.2 3.2",
  alert: "M8 2.5 14.5 13.5h-13zM8 6.5v3.5M8 11.8h.01",
  in: "M2.5 8h9M8 4.5 11.5 8 8 11.5M13.5 3v10",
};

/** Draw a small picture that adds nothing for those who cannot see it. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** Make a button that shows only a picture, named for those who cannot see it. */
export function iconButton(name, label, click, attributes = {}) {
  const given = { type: "button", class: "icon-button", "aria-label": label, title: label };
  return el("button", { ...given, click, ...attributes }, icon(name));
}

/** Tell a screen reader *text* without moving anything on the page. */
export function announce(text) {
  document.getElementById("announcer").append(el("p", {}, text));
  const lines = document.getElementById("announcer").children;
  if (lines.length > 5) {
    lines[0].remove();
  }
}
