/** Keeping the focus where it was while something is drawn anew. */

const FOCUSABLE = "button, input, select, textarea, a[href], summary";

/** Draw something anew in *root* and give the focus back to the control that had it. */
export function keepingFocus(root, draw) {
  const held = root.contains(document.activeElement) ? mark(document.activeElement) : null;
  draw();
  if (held !== null && !root.contains(document.activeElement)) {
    const same = [...root.querySelectorAll(FOCUSABLE)].find((node) => mark(node) === held);
    (same ?? root).focus();
  }
}

function mark(node) {
  return node.tagName + JSON.stringify({ ...node.dataset });
}
