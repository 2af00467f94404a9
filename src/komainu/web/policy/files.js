// The answers as a file: saved, opened, opened as the board's frame; and the way to delete the draft.
// In:  the app.   Out: an element.

import { button, el, fresh, hand } from "./dom.js";
import { opened } from "./reading.js";

export class Files {
  constructor(app) {
    this.app = app;
    const [open, board] = [fresh("open"), fresh("board")];
    const chooser = (id, then) => el("input", { id, type: "file", accept: ".json,application/json", onchange: (event) => this.read(event.target, then) });
    this.frame = el("p", { class: "k-row" });
    this.element = el("section", { class: "k-policy-files" }, el("h2", { id: "policy-files", tabIndex: -1 }, app.say("files")),
      el("p", { class: "k-buttons" }, button(app.say("save"), () => this.save(), { "data-do": "save" }), button(app.say("clear"), () => this.clear(), { "data-do": "clear" })),
      el("p", { class: "k-row" }, el("label", { for: open }, app.say("open")), chooser(open, (file, found) => this.take(file, found))),
      el("p", { class: "k-row" }, el("label", { for: board }, app.say("board_open")), chooser(board, (file, found) => this.hold(file, found))),
      this.frame);
    app.draft.listen(() => this.show());
    this.show();
  }

  show() {
    const { app } = this;
    const { board } = app.draft;
    if (!board) return this.frame.replaceChildren();
    const off = button(app.say("board_off"), () => {
      app.draft.frame(null);
      app.tell(app.say("board_is_off"));
      document.getElementById("policy-files").focus();
    });
    return this.frame.replaceChildren(el("span", {}, app.say("board_is", { name: board.values.board || board.values.school || app.say("board") })), " ", off);
  }

  async read(input, then) {
    const { app } = this;
    const [file] = input.files;
    if (!file) return;
    const found = await opened(file, app.prepared);
    input.value = "";
    if (found.bad) app.tell(app.say(`bad_${found.bad}`, { file: file.name }));
    else await then(file.name, found);
  }

  async take(file, { answers, notes }) {
    const { app } = this;
    if (Object.keys(app.draft.answers.values).length && !(await app.sure(app.say("open_sure", { file })))) return;
    app.draft.take(answers);
    const n = Object.keys(answers.values).length;
    app.tell([app.say("opened", { file, n }), ...notes].join(" "));
  }

  hold(file, { answers, notes }) {
    const { app } = this;
    app.draft.frame(answers);
    app.tell([app.say("board_is", { name: answers.values.board || file }), ...notes].join(" "));
  }

  save() {
    const { app } = this;
    hand("answers.json", `${JSON.stringify(app.draft.answers, null, 2)}\n`, "application/json");
    app.tell(app.say("made", { file: "answers.json" }));
  }

  async clear() {
    const { app } = this;
    if (!(await app.sure(app.say("clear_sure")))) return;
    app.draft.clear();
    app.tell(app.say("cleared"));
    document.getElementById("policy-start").focus();
  }
}
