// The class: codes called out, or hands counted, become bars and a table. In memory alone, and gone when the page is reloaded.
// In:  a section, its facts (viewpoints, words).   Out: the same section with a form and a picture in it.

import { button, el } from "./dom.js";
import { bars, sum } from "./figure.js";
import { filled } from "./read.js";
import { codesIn, decode, WORDS } from "./score.js";

const FORMS = ["a", "b"];
const MOST = 999;

export class Tally {
  constructor(section, { viewpoints, words, tally }) {
    Object.assign(this, { section, viewpoints, names: words, words: tally, entered: [], form: "a" });
    this.counts = this.nothing();
    this.status = el("p", { role: "status" });
    this.input = el("textarea", { id: "tally-codes", rows: 3, autocomplete: "off", spellcheck: "false", autocapitalize: "characters" });
    this.grid = el("div", { class: "k-tally-grid" });
    this.picture = el("div", { class: "k-tally-picture" });
    section.replaceChildren(...this.parts());
    this.show();
  }

  nothing() { return Object.fromEntries(FORMS.map((form) => [form, this.viewpoints.map(() => WORDS.map(() => 0))])); }

  say(name, values = {}) { return filled(this.words[name], values); }

  parts() {
    const choice = el("fieldset", { class: "k-tally-which" }, el("legend", {}, this.say("which")), FORMS.map((form) => el("label", {},
      el("input", { type: "radio", name: "tally-form", value: form, checked: form === this.form, autocomplete: "off", onchange: () => this.choose(form) }), ` ${this.say(form)} `)));
    return [
      el("p", { class: "k-noprint" }, this.say("about")),
      el("div", { class: "k-noprint" }, el("p", {}, el("label", { for: "tally-codes" }, this.say("codes"))), this.input,
        el("p", { class: "k-turn" }, button(this.say("add"), () => this.add(), { "data-do": "tally-add" }), button(this.say("undo"), () => this.undo(), { "data-do": "tally-undo" })),
        this.status, choice, this.grid),
      this.picture,
      el("p", { class: "k-turn k-noprint" }, button(this.say("print"), () => this.print(), { "data-do": "tally-print" }), button(this.say("clear"), () => this.clear(), { "data-do": "tally-clear" })),
    ];
  }

  // --- what a teacher does

  add() {
    const { found, bad } = codesIn(this.input.value);
    for (const code of found) this.count(code, 1);
    this.entered.push(...found);
    this.input.value = bad.join("\n");
    this.show();
    const [a, b] = FORMS.map((form) => this.people(form));
    this.tell([this.say("added", { n: found.length, a, b }), bad.length && this.say("bad", { codes: bad.join(", ") })]);
    this.input.focus();
  }

  undo() {
    const code = this.entered.pop();
    if (!code) return;
    this.count(code, -1);
    this.show();
    this.tell([this.say("undone", { code })]);
  }

  clear() {
    [this.counts, this.entered, this.input.value] = [this.nothing(), [], ""];
    this.show();
    this.tell([this.say("cleared")]);
  }

  choose(form) {
    this.form = form;
    this.show();
  }

  print() {
    document.documentElement.classList.add("k-paper-tally");
    addEventListener("afterprint", () => document.documentElement.classList.remove("k-paper-tally"), { once: true });
    print();
  }

  count(code, by) {
    const [form, words] = decode(code);
    words.forEach((word, spoke) => { this.counts[form][spoke][WORDS.indexOf(word)] = Math.max(0, this.counts[form][spoke][WORDS.indexOf(word)] + by); });
  }

  people(form) { return Math.max(...this.counts[form].map(sum)); }

  tell(sentences) { this.status.textContent = sentences.filter(Boolean).join(" "); }

  // --- what is seen

  show() {
    this.grid.replaceChildren(this.table(this.say("counts"), [this.form], (form, spoke, word) => this.field(form, spoke, word)));
    this.draw();
  }

  draw() {
    const there = FORMS.filter((form) => this.people(form));
    const rows = this.viewpoints.flatMap((name, spoke) => there.map((form) => [name, form.toUpperCase(), this.counts[form][spoke]]));
    const title = el("h3", {}, this.say("picture"));
    if (!there.length) return this.picture.replaceChildren(title, el("p", {}, this.say("nothing")));
    return this.picture.replaceChildren(title, bars(rows, this.say("bars"), this.names),
      this.table(this.say("picture"), there, (form, spoke, word) => String(this.counts[form][spoke][word])), el("p", { class: "k-caveat" }, this.say("caveat", this.words)));
  }

  table(caption, forms, cell) {
    const tops = el("tr", {}, el("td"), forms.map((form) => el("th", { scope: "colgroup", colspan: 3 }, this.say(form))));
    const heads = el("tr", {}, el("td"), forms.flatMap(() => this.names.map((name) => el("th", { scope: "col" }, name))));
    const rows = this.viewpoints.map((name, spoke) => el("tr", {}, el("th", { scope: "row" }, name), forms.flatMap((form) => WORDS.map((_, word) => el("td", {}, cell(form, spoke, word))))));
    return el("table", { class: "k-tally" }, el("caption", {}, caption), el("thead", {}, tops, heads), el("tbody", {}, rows));
  }

  field(form, spoke, word) {
    const label = this.say("cell", { form: this.say(form), viewpoint: this.viewpoints[spoke], word: this.names[word] });
    const change = ({ target }) => {
      this.counts[form][spoke][word] = Math.min(MOST, Math.max(0, Math.trunc(Number(target.value)) || 0));
      this.draw();
    };
    return el("input", { type: "number", min: 0, max: MOST, inputmode: "numeric", "aria-label": label, autocomplete: "off", value: this.counts[form][spoke][word], oninput: change });
  }
}
