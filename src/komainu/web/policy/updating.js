// A document that a school edited in Word, brought to today's edition: what changed on which side, and who decides.
// In:  the app; Word files, perhaps with answers.json beside them.   Out: an element.
// Reading and comparing stand in update.js, which is fetched with the first file. Nothing the school wrote goes unasked.

import { button, el, fresh } from "./dom.js";
import { answersOf } from "./reading.js";

const OPEN = ["both", "removed", "added"];
const ORDER = ["both", "removed", "kept", "added", "new"];
const CHOICES = ["yours", "fresh", "written"];

export class Updating {
  constructor(app) {
    this.app = app;
    const id = fresh("edited");
    const read = (event) => this.read([...event.target.files]).finally(() => { event.target.value = ""; });
    this.result = el("div", {});
    this.element = el("details", { class: "k-section", id: "policy-update" }, el("summary", {}, app.say("update")), el("p", { class: "k-note" }, app.say("update_about")),
      el("p", { class: "k-row" }, el("label", { for: id }, app.say("update_files")), el("input", { id, type: "file", multiple: true, accept: ".docx,.json", onchange: read })), this.result);
  }

  word(name) { return this.app.prepared.labels[name]; }

  async read(files) {
    const { app } = this;
    if (!files.length) return;
    app.tell(app.say("making"));
    this.result.replaceChildren();
    try {
      this.tools = await import("./update.js");
      const beside = files.find((file) => file.name.endsWith(".json"));
      const words = await Promise.all(files.filter((file) => file !== beside).map((file) => this.open(file)));
      const answers = beside ? this.sound(JSON.parse(await beside.text())) : null;
      const data = await this.data(words);
      if (!data) return;
      this.show(this.tools.update(data, answers, words), words);
    } catch (error) {
      app.tell(this.why(error));
    }
  }

  async open(file) {
    try {
      return this.tools.readDocx(new Uint8Array(await file.arrayBuffer()));
    } catch (error) {
      error.file = file.name;
      throw error;
    }
  }

  sound(data) { return answersOf(data, this.app.prepared).answers ?? null; }

  /** The template in each language that the files are in, the page's first. */
  async data(words) {
    const { app } = this;
    const named = words.map((word) => word.document.split("/")[1]?.slice(0, 2));
    const languages = [app.prepared.lang, ...(named.includes(app.other) ? [app.other] : [])];
    for (const lang of languages) if (!(await app.more(lang))) return null;
    return Object.fromEntries(languages.map((lang) => [lang, app.loaded[lang]]));
  }

  why(error) {
    const sentence = this.word(`refused-${error.why}`) ?? this.word(`stopped-${error.why}`);
    if (sentence) return [error.file, sentence.replace("#", "").replace("()", "")].filter(Boolean).join(": ");
    if (error instanceof SyntaxError) return this.app.say("bad_json", { file: "answers.json" });
    if (error instanceof TypeError) return this.app.say("failed");
    throw error;
  }

  // --- what was found

  show(found, words) {
    const { app } = this;
    this.found = found;
    this.choices = {};
    const rows = found.rows.filter((row) => row.state !== "same").sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
    const notes = words.flatMap((word) => word.notes).map((name) => this.word(`note-${name}`));
    const dropped = found.dropped.length ? [this.word("report-dropped").replace("#", found.dropped.join(", "))] : [];
    this.waiting = el("p", { class: "k-count" });
    this.result.replaceChildren(el("h3", { tabIndex: -1 }, this.word("report-versions").replace("#", found.answers.komainu_policy).replace("@", found.edition)),
      ...[...notes, ...dropped].map((one) => el("p", {}, one)), this.counts(found.rows), ...rows.map((row) => this.row(row)), ...this.unplaced(found.unplaced),
      this.waiting, el("p", {}, button(app.say("update_take"), () => this.take(), { "data-do": "update" })));
    this.wait();
    app.tell(app.say("update_read", { n: this.tools.undecided(found).length }));
    this.result.querySelector("h3").focus();
  }

  counts(rows) {
    const clauses = (state) => new Set(rows.filter((row) => row.state === state).map((row) => row.id)).size;
    const lines = [...ORDER, "same"].map((state) => [state, clauses(state)]).filter(([, n]) => n);
    return el("table", {}, el("thead", {}, el("tr", {}, ["report-state", "report-count"].map((name) => el("th", { scope: "col" }, this.word(name))))),
      el("tbody", {}, lines.map(([state, n]) => el("tr", {}, el("th", { scope: "row" }, this.word(`state-${state}`)), el("td", {}, String(n))))));
  }

  row(row) {
    const register = this.word(`register-${row.key.slice(3)}`);
    const reasons = row.reasons.map((one) => el("li", {}, `${one.version}: ${one.text} `, one.sources.map((source) => el("a", { href: `${this.app.facts.sources}#${source.id}` }, source.title))));
    const decide = row.decisions.map((one) => el("li", {}, `${one.ask} (${this.word("report-default")}: ${one.default.join(", ")})`));
    return el("details", { class: "k-change", open: OPEN.includes(row.state), "data-row": row.name },
      el("summary", {}, row.title, " ", el("span", { class: "k-tag" }, register), el("span", { class: "k-tag" }, this.word(`state-${row.state}`))),
      reasons.length > 0 && el("ul", {}, reasons), decide.length > 0 && [el("p", {}, this.word("report-decide")), el("ul", {}, decide)],
      ["both", "removed"].includes(row.state) ? this.decision(row) : this.text(row.state === "kept" ? "yours" : "fresh", row));
  }

  /** The lines of a side, with what came and what went. */
  text(side, row) {
    const lines = row.marked[side].map((line) => el("p", {}, line.map((run) => ("ins" in run ? el("ins", {}, run.t) : "del" in run ? el("del", {}, run.t) : run.t))));
    return el("div", { class: "k-side", lang: row.key.slice(0, 2) }, el("p", {}, el("strong", {}, this.word(`report-${side}`))), lines.length ? lines : el("p", {}, this.word("report-empty")));
  }

  decision(row) {
    const { app } = this;
    const name = fresh("side");
    const area = el("textarea", { "aria-label": app.say("update_written"), rows: row.yours.length + 2, value: row.yours.join("\n"), hidden: true, oninput: () => choose("written") });
    const choose = (choice) => {
      area.hidden = choice !== "written";
      const lines = () => area.value.split("\n").map((line) => line.trim()).filter(Boolean);
      this.choices[row.name] = choice === "written" ? lines() : choice;
      this.wait();
    };
    const radios = CHOICES.map((choice) => el("label", {}, el("input", { type: "radio", name, value: choice, onchange: () => choose(choice) }), " ", app.say(`update_${choice}`)));
    return [this.text("yours", row), this.text("fresh", row), el("fieldset", { class: "k-q k-sides" }, el("legend", {}, `${this.word("report-decide")}: ${row.title}`), radios, area)];
  }

  unplaced(list) {
    if (!list.length) return [];
    const where = (one) => (one.after ? this.word("report-after").replace("#", one.after) : this.word("report-top"));
    const rows = list.map((one) => el("tr", {}, el("td", {}, this.word(`kind-${one.kind}`)), el("td", {}, where(one)), el("td", {}, one.text || one.rows.flat().join(" / "))));
    const head = ["report-kind", "report-where", "report-text"].map((name) => el("th", { scope: "col" }, this.word(name)));
    return [el("h3", {}, this.word("report-unplaced")), el("p", { class: "k-note" }, this.app.say("update_unplaced")),
      el("div", { class: "k-scroll" }, el("table", {}, el("thead", {}, el("tr", {}, head)), el("tbody", {}, rows)))];
  }

  wait() {
    this.waiting.textContent = this.app.say("update_waiting", { n: this.tools.undecided(this.found, this.choices).length });
  }

  async take() {
    const { app } = this;
    if (Object.keys(app.draft.answers.values).length && !(await app.sure(app.say("update_sure")))) return;
    const now = new Date();
    const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((number) => String(number).padStart(2, "0")).join("-");
    app.draft.take(this.sound(this.tools.answersAfter(this.found, today, this.choices)));
    app.tell(app.say("update_taken"));
  }
}
