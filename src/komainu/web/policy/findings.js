// What the checks say of the answers: one line of counts, and each finding with ways to its questions.
// In:  the app, and the checks (lint.js).   Out: an element, kept in step with the draft.

import { el } from "./dom.js";

const ORDER = ["error", "warning", "note"];

export class Findings {
  constructor(app, check) {
    this.app = app;
    this.check = check;
    this.count = el("p", { class: "k-count" });
    this.listed = el("ul", { class: "k-findings" });
    this.element = el("section", { class: "k-policy-findings" }, el("h2", { id: "policy-findings", tabIndex: -1 }, app.say("findings")), this.count, this.listed);
    app.draft.listen(() => this.soon());
    this.write();
  }

  soon() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.write(), 200);
  }

  now() {
    const { draft, prepared } = this.app;
    const today = new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10);
    return this.check(prepared, draft.answers, today, draft.board);
  }

  /** The counts by level, as one line. */
  line(found = this.now()) {
    const { app } = this;
    const levels = [...new Set([...ORDER, ...found.map((one) => one.level)])];
    const counts = levels.map((level) => [level, found.filter((one) => one.level === level).length]).filter(([, n]) => n);
    if (!counts.length) return app.say("findings_none");
    return counts.map(([level, n]) => app.say("findings_count", { level: app.say(`level_${level}`), n })).join(app.prepared.lang === "ja" ? "、" : ", ");
  }

  /** Where the reader can do something about a finding: its clauses, and the blanks that it names. */
  places(found) {
    const { prepared } = this.app;
    return [...prepared.blanks.filter((one) => found.what.includes(one.label)).map((one) => one.id), ...found.clauses.filter((id) => this.app.find(id))];
  }

  write() {
    const { app } = this;
    const found = this.now();
    this.count.textContent = this.line(found);
    this.listed.replaceChildren(...[...found].sort((a, b) => ORDER.indexOf(a.level) - ORDER.indexOf(b.level)).map((one) => el("li", { class: `k-level-${one.level}` },
      el("p", {}, el("span", { class: "k-tag" }, app.say(`level_${one.level}`)), " ", el("strong", {}, one.what)), one.why && el("p", {}, one.why), one.do && el("p", {}, one.do),
      el("p", { class: "k-ways" }, this.places(one).map((id) => el("a", { href: `#policy-c-${id}`, onclick: (event) => { event.preventDefault(); app.form.go(id); } }, app.say("go", { question: app.title(id) })))))));
  }
}
