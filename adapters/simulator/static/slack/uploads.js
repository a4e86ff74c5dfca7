/** Files that somebody hands over: in a form or with a message. */

import { asBase64, post } from "../api.js";
import { el, iconButton } from "../dom.js";
import { notice } from "../notices.js";

const LARGEST = 1024 * 1024;

/** Upload *file* for a person and return its id; null, after a word, when it cannot be. */
export async function upload(person, file) {
  if (file.size > LARGEST) {
    notice(
      `${file.name} is larger than 1 MiB, which is all the simulator takes. Nothing was uploaded; choose a smaller file.`,
    );
    return null;
  }
  try {
    const answer = await post("/api/page/slack/upload", {
      person,
      name: file.name,
      content: await asBase64(file),
    });
    return answer.file;
  } catch (refused) {
    notice(refused.message);
    return null;
  }
}

/** A row of uploaded files that can be taken away again. */
export class Attachments {
  constructor(person) {
    this.person = person;
    this.files = new Map();
    this.node = el("ul", { class: "attachments", "aria-label": "Attached files" });
  }

  async add(files) {
    for (const file of files) {
      const id = await upload(this.person(), file);
      if (id) {
        this.files.set(id, file.name);
        this.draw();
      }
    }
  }

  clear() {
    this.files.clear();
    this.draw();
  }

  get ids() {
    return [...this.files.keys()];
  }

  draw() {
    const remove = (id) => () => {
      this.files.delete(id);
      this.draw();
    };
    const rows = [...this.files].map(([id, name]) =>
      el("li", {}, name, iconButton("close", `Remove ${name}`, remove(id))),
    );
    this.node.replaceChildren(...rows);
  }
}

/** Draw a form's file input; its answer is the list of uploaded ids. */
export function uploads(element, given, { reader }) {
  const attachments = new Attachments(() => reader.person.id);
  const accept = element.filetypes?.map((type) => `.${type}`).join(",");
  const control = el("input", {
    type: "file",
    class: "field",
    accept,
    multiple: (element.max_files ?? 10) > 1,
  });
  control.addEventListener("change", () => attachments.add(control.files));
  return {
    node: el("div", { class: "field-stack" }, control, attachments.node),
    control,
    read: () => attachments.ids,
  };
}
