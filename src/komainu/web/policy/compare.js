// Several proposals side by side: only the decisions that differ, how many chose what, and a way to take a choice over.
// In:  the app; files of answers.   Out: an element.

import { merged } from "./adapt.js";
import { button, el, fresh, plain } from "./dom.js";
import { at, holds } from "./ruling.js";
import { opened } from "./reading.js";

export class Compare {
  constructor(app) {
    this.app = app;
    this.proposals = [];
    const id = fresh("proposals");
    this.input = el("input", { id, type: "file", accept: ".json,application/json", multiple: true, onchange: () => this.add([...this.input.files]) });
    this.names = el("ul", { class: "k-names" });
    this.table = el("div", { class: "k-scroll" });
    this.element = el("details", { class: "k-section", id: "policy-compare" }, el("summary", {}, app.say("compare")),
      el("p", { class: "k-note" }, app.say("compare_about")), el("p", { class: "k-row" }, el("label", { for: id }, app.say("compare_add")), this.input), this.names, this.table);
    app.draft.listen(() => this.proposals.length && this.write());
  }

  async add(files) {
    const { app } = this;
    const read = await Promise.all(files.map(async (file) => ({ file: file.name, ...(await opened(file, app.prepared)) })));
    this.input.value = "";
    const good = read.filter((one) => !one.bad).map(({ file, answers }) => ({ name: file.replace(/\.json$/u, ""), answers }));
    const bad = read.filter((one) => one.bad).map((one) => app.say(`bad_${one.bad}`, { file: one.file }));
    this.proposals.push(...good);
    this.write();
    app.tell([app.say("compare_added", { n: good.length }), ...bad].join(" "));
  }

  /** Every single choice of the template: where it stands, what it is called, its options. */
  single() {
    const { prepared } = this.app;
    const decisions = [...prepared.setup.map((decision) => ({ decision })), ...prepared.clauses.flatMap((clause) => clause.decisions.map((decision) => ({ clause, decision })))];
    return decisions.flatMap(({ clause, decision }) => {
      const own = { clause, ask: plain(decision.ask), options: decision.options, many: decision.choice === "many" };
      if (decision.choice === "stages") return prepared.stages.map((stage) => ({ ...own, stage: stage.id, path: [decision.id, stage.id], ask: `${own.ask} ${stage.name}` }));
      if (decision.choice === "matrix") {
        const { tasks, levels } = prepared.tasks;
        return tasks.flatMap((task) => prepared.stages.map((stage) => ({ ...own, options: levels, stage: stage.id, path: [decision.id, task.id, stage.id], ask: `${plain(task.name)} ${stage.name}` })));
      }
      return [{ ...own, path: [decision.id] }];
    });
  }

  differing() {
    const { app } = this;
    const all = [{ name: app.say("compare_draft"), draft: true, values: app.draft.values }, ...this.proposals.map((one) => ({ name: one.name, values: merged(app.prepared, one.answers) }))];
    return this.single().map((item) => {
      const there = all.filter(({ values }) => holds(item.clause?.applies_if, (path) => at(values, path)) && (!item.stage || values.stages.includes(item.stage)));
      const groups = new Map();
      for (const one of there) {
        const value = at(one.values, item.path.join("."))[0];
        const key = JSON.stringify(item.many ? item.options.map((option) => option.id).filter((id) => value.includes(id)) : value);
        groups.set(key, [...(groups.get(key) ?? []), one]);
      }
      return { ...item, groups: [...groups].map(([key, who]) => ({ value: JSON.parse(key), who })) };
    }).filter((item) => item.groups.length > 1);
  }

  write() {
    const { app } = this;
    this.names.replaceChildren(...this.proposals.map((one) => el("li", {}, one.name, " ", button(app.say("compare_remove"), () => this.remove(one), { "aria-label": `${app.say("compare_remove")}: ${one.name}` }))));
    const rows = this.proposals.length ? this.differing() : [];
    if (!this.proposals.length) return this.table.replaceChildren();
    if (!rows.length) return this.table.replaceChildren(el("p", {}, app.say("compare_same")));
    const head = ["compare_item", "choice", "compare_votes", "compare_who"].map((name) => el("th", { scope: "col" }, app.say(name)));
    return this.table.replaceChildren(el("table", { class: "k-compare" }, el("caption", {}, app.say("compare_caption", { n: this.proposals.length })),
      el("thead", {}, el("tr", {}, head, el("td", {}))), rows.map((row, number) => el("tbody", {}, this.lines(row, number)))));
  }

  lines(row, number) {
    const { app } = this;
    const name = (value) => [].concat(value).map((id) => plain(row.options.find((one) => one.id === id).name)).join(app.prepared.lang === "ja" ? "、" : ", ") || app.say("nothing");
    return row.groups.map(({ value, who }, place) => {
      const votes = who.filter((one) => !one.draft);
      const mine = who.some((one) => one.draft);
      const take = button(app.say("compare_take"), () => {
        app.draft.set(row.path, value, { whole: true, quiet: true });
        app.tell(app.say("compare_taken", { question: row.ask, choice: name(value) }));
        (this.table.querySelectorAll("tbody")[number]?.querySelector("button") ?? this.element.querySelector("summary")).focus();
      }, { "aria-label": `${app.say("compare_take")}: ${row.ask} ${name(value)}` });
      return el("tr", {}, place === 0 && el("th", { scope: "rowgroup", rowspan: row.groups.length }, row.ask), el("td", {}, name(value)), el("td", { class: "k-votes" }, String(votes.length)),
        el("td", {}, [...(mine ? [el("strong", {}, app.say("compare_draft"))] : []), ...votes.map((one) => one.name)].flatMap((one, at_) => (at_ ? [app.prepared.lang === "ja" ? "、" : ", ", one] : [one]))),
        el("td", {}, !mine && take));
    });
  }

  remove(one) {
    const { app } = this;
    this.proposals = this.proposals.filter((each) => each !== one);
    this.write();
    app.tell(app.say("compare_removed", { name: one.name }));
    this.input.focus();
  }
}
