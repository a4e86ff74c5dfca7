/** The page's side of its JSON API: fetch, post, and the stream of changes. */

const UNREACHABLE =
  "The simulator does not answer. Look at the terminal where it was started, start it again if it " +
  "has stopped, and repeat what you did; nothing was sent.";

/** A refused request; its message is a sentence for the person. */
export class Refused extends Error {}

/** Return the JSON at *path*. */
export function get(path) {
  return ask(path, {});
}

/** Post *body* to *path* and return the answer. */
export function post(path, body) {
  return ask(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

async function ask(path, options) {
  let response;
  try {
    response = await fetch(path, { ...options, cache: "no-store" });
  } catch {
    throw new Refused(UNREACHABLE);
  }
  const answer = await response.json().catch(() => null);
  if (!response.ok || answer === null || answer.ok === false) {
    throw new Refused(
      answer?.error ??
        `The simulator answered ${response.status} without a word. Look at its terminal.`,
    );
  }
  return answer;
}

/** Call the handler named after each server-sent event with its data; `open` on each connection. */
export function listen(path, handlers) {
  const source = new EventSource(path);
  source.addEventListener("open", () => handlers.open());
  for (const [name, handle] of Object.entries(handlers)) {
    if (name !== "open") {
      source.addEventListener(name, (event) => handle(JSON.parse(event.data)));
    }
  }
  addEventListener("pagehide", () => source.close());
}

/** Return the bytes of *file* as base64, for an upload. */
export async function asBase64(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = "";
  for (const byte of bytes) {
    binary += String.fromCharCode(byte);
  }
  return btoa(binary);
}
