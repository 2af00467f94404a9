// All questions, made from the data: where to start, the first ones, and every clause by section.
// In:  the app.   Out: an element, kept in step with the draft; `go` leads to a clause, a decision or a blank.

import { holds, at } from "./ruling.js";
import { el, plain, button, fresh } from "./dom.js";
import { blank, question, tools } from "./fields.js";
import { ownWords } from "./own.js";

const NAMES = new Set(["school", "board", "head", "subject", "class_name", "teacher"]);

export class Form {
  constructor(app) {
    this.app = app;
    this.element = el("div", { class: "k-policy-form" });
    this.write();
    app.draft.listen((change) => (change.whole ? this.write() : this.refresh()));
  }

  /** Writes all questions anew, from the draft as it is. */
  write() {
    const { app } = this;
    const { prepared } = app;
    this.first = new Set(prepared.short);
    const open = new Set([...this.element.querySelectorAll("details.k-section[open]")].map((one) => one.id));
    this.element.replaceChildren(this.start(), this.short(), app.findings.element,
      el("h2", { id: "policy-all" }, app.say("all")),
      el("p", { class: "k-note" }, app.say("all_note", { clauses: prepared.clauses.length, decisions: prepared.clauses.flatMap((one) => one.decisions).length })),
      this.section("blanks", app.say("blanks"), app.say("blanks_about"), () => prepared.blanks.filter((one) => !this.first.has(one.id)).map((one) => blank(app, one))),
      this.section("tools", app.say("tools"), app.say("tools_about"), () => tools(app)),
      ...prepared.groups.map((group) => this.section(group.id, plain(group.name), group.about, () => prepared.clauses.filter((one) => one.section === group.id).map((one) => this.clause(one)))));
    for (const one of this.element.querySelectorAll("details.k-section")) one.open = open.has(one.id);
    this.refresh();
  }

  start() {
    const { app } = this;
    const id = fresh("profile");
    const select = el("select", { id }, el("option", { value: "" }, app.say("profile_none")), app.profiles.map((one) => el("option", { value: one.id }, app.say(`profile_${one.id}`))));
    return el("section", { class: "k-start" }, el("h2", { id: "policy-start", tabIndex: -1 }, app.say("profile")), el("p", { class: "k-note" }, app.say("profile_note")),
      el("p", { class: "k-row" }, el("label", { for: id }, app.say("profile_ask")), select, button(app.say("profile_take"), () => this.profile(select.value))));
  }

  /** Takes an example's choices; names and dates stay the reader's own, roles are taken where none was written. */
  async profile(id) {
    const { app } = this;
    const { draft, prepared } = app;
    const blanks = prepared.blanks.map((one) => one.id);
    const touched = Object.keys(draft.answers.values).some((name) => !blanks.includes(name));
    if (touched && !(await app.sure(app.say("profile_sure")))) return;
    const example = app.profiles.find((one) => one.id === id);
    const mine = Object.fromEntries(blanks.filter((name) => name in draft.answers.values).map((name) => [name, draft.answers.values[name]]));
    const roles = example?.lang === prepared.lang ? prepared.blanks.filter((one) => one.kind !== "date" && !NAMES.has(one.id)).map((one) => one.id) : [];
    const theirs = Object.entries(example?.values ?? {}).filter(([name]) => !blanks.includes(name) || roles.includes(name));
    draft.take({ ...draft.answers, values: { ...Object.fromEntries(theirs), ...mine }, tools: example?.tools ?? [] });
    app.tell(app.say("profile_taken", { name: app.say(`profile_${example ? example.id : "none"}`) }));
    this.element.querySelector("#policy-start").focus();
  }

  short() {
    const { app } = this;
    const n = app.prepared.short.length;
    const asked = app.prepared.short.map((id, place) => {
      const title = app.say("number", { n: place + 1 });
      const found = app.find(id);
      return found.blank ? blank(app, found.blank, title) : question(app, found.decision, found.clause, title);
    });
    return el("section", { class: "k-short" }, el("h2", { id: "policy-short", tabIndex: -1 }, app.say("short", { n })), el("p", { class: "k-note" }, app.say("short_note", { n })), asked,
      el("p", { class: "k-jumps" }, app.jump("to_preview", "policy-preview"), app.jump("findings", "policy-findings")));
  }

  /** A section that is made when it is first opened. */
  section(id, title, about, inside) {
    const body = el("div", {}, about && el("p", { class: "k-note" }, about));
    const made = el("details", { class: "k-section", id: `policy-s-${id}`, ontoggle: () => this.fill(made) }, el("summary", {}, title), body);
    made.fill = () => {
      body.append(...[inside()].flat());
      made.fill = null;
    };
    return made;
  }

  fill(section) {
    if (!section.open || !section.fill) return;
    section.fill();
    this.refresh();
  }

  clause(one) {
    const { app } = this;
    const [above, here] = [true, false].map((first) => one.decisions.filter((decision) => this.first.has(decision.id) === first));
    return el("section", { class: "k-clause", id: `policy-c-${one.id}`, "data-clause": one.id, tabIndex: -1 },
      el("h3", {}, plain(one.title), " ", el("span", { class: "k-tag k-tag-by" }, app.prepared.labels[one.decided_by]), el("span", { class: "k-tag", "data-own": one.id, hidden: true }, app.say("own_used"))),
      !one.decisions.length && el("p", { class: "k-note" }, app.say("no_choice")),
      above.length > 0 && el("p", { class: "k-note" }, app.say("above", { n: app.prepared.short.length }), " ",
        above.map((decision) => el("a", { href: `#policy-q-${decision.id}`, onclick: (event) => { event.preventDefault(); this.go(decision.id); } }, plain(decision.ask)))),
      here.map((decision) => question(app, decision, one)), ownWords(app, one));
  }

  /** Shows what applies to the answers as they are now, and what the board has chosen. */
  refresh() {
    const { draft, prepared } = this.app;
    const values = draft.values;
    const lookup = (path) => at(values, path);
    const all = (selector) => this.element.querySelectorAll(selector);
    const blanks = new Map(prepared.blanks.map((one) => [one.id, one]));
    const clauses = new Map(prepared.clauses.map((one) => [one.id, one]));
    for (const one of all("[data-blank]")) one.hidden = !holds(blanks.get(one.dataset.blank).if, lookup);
    for (const one of all("[data-clause]")) one.hidden = !holds(clauses.get(one.dataset.clause).applies_if, lookup);
    for (const one of all("[data-stage]")) one.hidden = !values.stages.includes(one.dataset.stage);
    for (const one of all("[data-law]")) one.hidden = !one.dataset.law.split(" ").includes(values.law);
    for (const one of all("[data-own]")) one.hidden = !Object.hasOwn(draft.answers.own, one.dataset.own);
    for (const one of all(".k-grounds")) one.hidden = ![...one.querySelectorAll("li")].some((item) => !item.hidden);
    const board = this.app.boardValues();
    for (const one of all("[data-board]")) {
      const [id, option] = one.dataset.board.split(" ");
      one.hidden = !board || ![].concat(board[id]).includes(option);
    }
    for (const one of all("[data-board-at]")) {
      const [id, stage] = one.dataset.boardAt.split(".");
      const option = board && this.app.find(id).decision.options.find((each) => each.id === board[id]?.[stage]);
      one.hidden = !option;
      one.textContent = option ? `${this.app.say("board")}: ${plain(option.name)}` : "";
    }
  }

  /** Leads the reader to a clause, a decision or a blank, and opens what it stands in. */
  go(id) {
    const found = this.app.find(id);
    const section = found.clause?.section ?? (found.blank ? "blanks" : null);
    const there = () => document.getElementById(`policy-q-${id}`) ?? document.getElementById(`policy-c-${found.clause?.id ?? id}`);
    if (!there() && section) {
      const details = document.getElementById(`policy-s-${section}`);
      details.open = true;
      this.fill(details);
    }
    const place = there();
    if (!place) return;
    for (let box = place.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    (place.querySelector("input:checked, input, select, textarea") ?? place).focus();
    place.scrollIntoView({ block: "center" });
  }
}
