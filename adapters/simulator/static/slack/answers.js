/** What stands in the inputs of a surface now, by block and action. */

const readers = new WeakMap();

/** Let *node* give the answer of an element; *read* returns it, null when nothing was given. */
export function answerable(node, blockId, element, read) {
  node.dataset.answer = "";
  readers.set(node, { blockId, actionId: element.action_id, read });
}

/** Return all answers under *root*: block id, then action id, then value. */
export function answersIn(root) {
  const answers = {};
  for (const node of root.querySelectorAll("[data-answer]")) {
    const { blockId, actionId, read } = readers.get(node);
    (answers[blockId] ??= {})[actionId] = read();
  }
  return answers;
}

/** Tell whether an answer says nothing. */
export function isEmpty(answer) {
  return answer === null || answer === "" || (Array.isArray(answer) && answer.length === 0);
}
