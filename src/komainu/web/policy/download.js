// The documents as files: Word, all of them in one zip, Markdown, and paper.
// In:  the app.   Out: buttons. What makes a zip, and Word's unchanging parts, are fetched when they are first needed.

import { adapt, documents } from "./adapt.js";
import { button, hand } from "./dom.js";
import { squeezed } from "./ruling.js";

const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const DAY = new Date(1980, 0, 1); // the same answers give the same bytes, whatever the day

/** JSON with its names in order, so that equal answers are equal texts. */
function ordered(value) {
  if (Array.isArray(value)) return `[${value.map(ordered).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${ordered(value[name])}`).join(",")}}`;
}

export class Downloads {
  constructor(app) {
    this.app = app;
  }

  /** `shown` gives the document as the answers make it now, not as it was before the last letter was typed. */
  buttons(shown) {
    const { app } = this;
    const guarded = (make) => async () => {
      app.tell(app.say("making"));
      try { await make(); } catch (error) { app.tell(app.say("failed")); if (!(error instanceof TypeError)) throw error; }
    };
    return [
      button(app.say("docx"), guarded(async () => this.word(await shown())), { class: "md-button md-button--primary", "data-do": "docx" }),
      button(app.say("zip"), guarded(() => this.all()), { "data-do": "zip" }),
      button(app.say("markdown"), guarded(async () => this.markdown(await shown())), { "data-do": "markdown" }),
      button(app.say("print"), async () => { await shown(); print(); }, { "data-do": "print" }),
    ];
  }

  /** What a Word file takes; a failed fetch is tried anew the next time. */
  async tools() {
    const parts = async () => {
      const answer = await fetch(new URL("docx.json", import.meta.url));
      if (!answer.ok) throw new TypeError(answer.status);
      return answer.json();
    };
    const [zip, docx, constant] = await Promise.all([import("fflate"), import("./docx.js"), parts()]);
    return { ...zip, files: docx.files, parts: constant };
  }

  name(document) {
    const number = 1 + documents(this.app.prepared, this.app.draft.answers).findIndex((one) => one.id === document.id && one.stage === document.stage);
    return `${String(number).padStart(2, "0")}-${document.id}${document.stage ? `-${document.stage}` : ""}${document.lang === "ja-plain" ? "-plain" : ""}`;
  }

  packed({ zipSync, strToU8, files, parts }, document) {
    const { draft, prepared } = this.app;
    const properties = {
      "komainu.edition": prepared.version,
      "komainu.document": `${document.id}/${document.lang}/${document.stage ?? ""}`,
      "komainu.answers": ordered(draft.answers),
    };
    const { school, board } = draft.answers.values;
    const inside = files(parts, document, properties, squeezed(school || board));
    return zipSync(Object.fromEntries(Object.entries(inside).map(([path, text]) => [path, strToU8(text)])), { mtime: DAY });
  }

  async word(document) {
    const tools = await this.tools();
    this.done(`${this.name(document)}.docx`, this.packed(tools, document), WORD, gapsOf(document));
  }

  async all() {
    const { app } = this;
    const { prepared, draft } = app;
    const [tools] = await Promise.all([this.tools(), app.more()]);
    const made = documents(prepared, draft.answers).flatMap((one) => one.bodies.map((body) => adapt(prepared, draft.answers, one.id, body, one.stage)));
    const inside = Object.fromEntries(made.map((document) => [`${prepared.lang}/${this.name(document)}.docx`, [this.packed(tools, document), { level: 0 }]]));
    this.done(`komainu-policy-${prepared.lang}.zip`, tools.zipSync(inside, { mtime: DAY }), "application/zip", made.reduce((sum, one) => sum + gapsOf(one), 0));
  }

  async markdown(document) {
    const { markdown } = await import("./text.js");
    this.done(`${this.name(document)}.md`, markdown(document), "text/markdown", gapsOf(document));
  }

  done(name, data, type, gaps) {
    hand(name, data, type);
    this.app.tell(this.app.say(gaps ? "made_gaps" : "made", { file: name, n: gaps }));
  }
}

/** How many blanks a document still has. */
function gapsOf(value) {
  if (Array.isArray(value)) return value.reduce((sum, one) => sum + gapsOf(one), 0);
  if (value === null || typeof value !== "object") return 0;
  return ("gap" in value ? 1 : 0) + gapsOf(Object.values(value));
}
