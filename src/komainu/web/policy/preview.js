// The document that the answers make, shown beside the questions; says which clauses have changed.
// In:  the app.   Out: an element; `document` is what is shown, ready for the writers.

import { adapt, documents } from "./adapt.js";
import { el, fresh, spans } from "./dom.js";
import { titleOnTop } from "./text.js";

const SOON_MS = 150;
const NAMED = 3;

export class Preview {
  constructor(app) {
    this.app = app;
    this.kept = new Map(); // clause -> what stood there
    this.paper = el("div", { class: "k-doc", id: "policy-paper", role: "region", tabIndex: 0 });
    this.gaps = el("span", { class: "k-note" });
    this.whom = el("span", { class: "k-note" });
    const [which, body] = [fresh("document"), fresh("body")];
    this.which = el("select", { id: which, onchange: () => this.choose() });
    this.body = el("select", { id: body, onchange: () => this.choose() });
    this.element = el("aside", { class: "k-policy-preview", "aria-labelledby": "policy-preview" },
      el("h2", { id: "policy-preview", tabIndex: -1 }, app.say("preview")),
      el("p", { class: "k-row k-choice" }, el("label", { for: which }, app.say("document")), this.which, el("label", { for: body }, app.say("body")), this.body),
      el("p", { class: "k-facts-line" }, this.whom, " ", this.gaps),
      el("p", { class: "k-buttons" }, app.downloads.buttons(() => this.now())),
      this.paper,
      el("p", {}, el("a", { class: "k-to-form", href: "#policy-short" }, app.say("to_form"))));
    app.draft.listen((change) => this.changed(change));
  }

  /** The documents in both languages: the other one's texts are fetched when they are asked for. */
  list() {
    return documents(this.app.prepared, this.app.draft.answers);
  }

  bodies(one) {
    return [...one.bodies, this.app.other];
  }

  /** Brings the lists in step with the answers; what was shown stays if there still is such a document. */
  lists() {
    const { prepared, draft } = this.app;
    const names = new Map(prepared.stages.map((one) => [one.id, one.name]));
    const key = (one) => `${one.id}/${one.stage ?? ""}`;
    const all = this.list();
    const wanted = all.find((one) => key(one) === `${draft.view.document}/${draft.view.stage ?? ""}`) ?? all.find((one) => one.id === draft.view.document) ?? all[0];
    filled(this.which, all.map((one) => [key(one), one.stage ? `${one.title}（${names.get(one.stage)}）` : one.title]), key(wanted));
    const body = this.bodies(wanted).includes(draft.view.body) ? draft.view.body : wanted.bodies[0];
    filled(this.body, this.bodies(wanted).map((one) => [one, this.app.say(`body_${one}`)]), body);
    return { document: wanted.id, stage: wanted.stage, body };
  }

  async choose() {
    const { draft } = this.app;
    const [before, kept] = [draft.view, this.kept];
    const [document, stage] = this.which.value.split("/");
    draft.view = { document, stage: stage || null, body: this.body.value };
    draft.keep();
    this.kept = new Map();
    const titles = await this.show();
    if (titles) this.paper.scrollTop = 0;
    if (titles !== null) return;
    [draft.view, this.kept] = [before, kept];
    draft.keep();
    this.lists();
  }

  changed({ done, quiet }) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(async () => {
      const titles = await this.show();
      if (done && titles) this.announce(titles);
    }, done || quiet ? 0 : SOON_MS);
  }

  /** The document as the answers make it at this moment; what is shown follows. */
  async now() {
    clearTimeout(this.waiting);
    let titles;
    while (titles === undefined) titles = await this.show();
    if (titles === null) throw new TypeError("the texts of the document could not be fetched");
    return this.document;
  }

  announce(titles) {
    const { app } = this;
    const named = titles.length > NAMED ? app.say("changed_many", { n: titles.length }) : app.say("changed", { titles: titles.join(app.prepared.lang === "ja" ? "」「" : ", ") });
    app.tell([titles.length ? named : app.say("same"), `${app.say("findings")}: ${app.findings.line()}`].join(" "));
  }

  /** Shows the document: the titles of the clauses that are not as they were; null when it cannot be had, undefined when something newer came. */
  async show() {
    const mine = (this.turn = (this.turn ?? 0) + 1);
    const view = this.lists();
    const prepared = await this.app.texts(view.document, view.body);
    if (mine !== this.turn) return undefined;
    if (!prepared) return null;
    this.document = adapt(prepared, this.app.draft.answers, view.document, view.body, view.stage);
    const before = this.kept;
    this.kept = new Map(this.document.blocks.filter((one) => one.k === "clause").map((one) => [one.id, JSON.stringify({ ...one, label: "" })]));
    const changed = before.size ? [...this.kept].filter(([id, text]) => before.get(id) !== text).map(([id]) => id) : [];
    const gone = before.size ? [...before.keys()].filter((id) => !this.kept.has(id)) : [];
    this.write(new Set(changed));
    const title = (id) => this.app.title(id);
    return [...changed, ...gone].map(title);
  }

  write(changed) {
    const { app, document: shown } = this;
    const label = (name) => app.say("gap", { label: app.prepared.blanks.find((one) => one.id === name)?.label ?? name });
    const text = (runs) => spans(runs, label);
    this.paper.lang = shown.lang.slice(0, 2);
    this.paper.setAttribute("aria-label", shown.title.map((run) => run.t).join(""));
    this.paper.className = `k-doc k-form-${shown.form}`;
    const pen = { text, rules: shown.form === "rules", ja: shown.lang !== "en", fresh: changed };
    const title = titleOnTop(shown) ? [BLOCKS.title({ runs: shown.title }, pen)] : [];
    this.paper.replaceChildren(...title, ...shown.blocks.flatMap((block) => BLOCKS[block.k](block, pen)));
    this.whom.textContent = app.say("for", { for: shown.for.map((run) => run.t).join("") });
    const gaps = this.paper.querySelectorAll(".k-gap").length;
    this.gaps.textContent = gaps ? app.say("gaps", { n: gaps }) : "";
    const first = this.paper.querySelector(".k-fresh");
    if (first) this.paper.scrollTop = first.offsetTop - this.paper.offsetTop - 40;
  }
}

/** Gives a select its options, unless it has them: whoever is choosing is not disturbed. */
function filled(select, options, value) {
  const there = [...select.options].map((one) => [one.value, one.text]);
  if (JSON.stringify(there) !== JSON.stringify(options)) select.replaceChildren(...options.map(([id, name]) => el("option", { value: id }, name)));
  select.value = value;
}

const items = (tag, list, { text }, mark = null) => el(tag, { class: mark }, list.map((one) => el("li", {}, text(one.runs), one.items.length > 0 && el("ul", {}, one.items.map((inner) => el("li", {}, text(inner.runs)))))));

function clause(block, pen) {
  const { text, rules, ja, fresh: changed } = pen;
  const title = rules && ja ? ["（", text(block.title), "）"] : [" ", text(block.title)];
  const heading = el("h5", {}, block.label, title);
  const label = (one) => one.label && el("span", { class: "k-label" }, `${one.label} `);
  const body = rules
    ? block.paras.flatMap((para) => [el("p", {}, label(para), text(para.runs)), para.items.length > 0 && el("ul", { class: "k-items" }, para.items.map((one) => el("li", {}, label(one), text(one.runs))))])
    : items("ul", block.paras, pen);
  return el("div", { class: changed.has(block.id) ? "k-fresh" : null, "data-shown": block.id }, heading, body);
}

function table(block, { text }) {
  const rows = block.rows.map(([first, ...rest]) => el("tr", {}, el("th", { scope: "row" }, text(first)), rest.map((cell) => el("td", {}, text(cell)))));
  return el("div", { class: "k-scroll" }, el("table", {}, el("thead", {}, el("tr", {}, block.head.map((cell) => el("th", { scope: "col" }, text(cell))))), el("tbody", {}, rows)));
}

const BLOCKS = {
  title: (block, { text }) => el("h3", { class: "k-doc-title" }, text(block.runs)),
  h: (block, { text }) => el("h4", {}, block.label, text(block.runs)),
  p: (block, { text }) => el("p", {}, text(block.runs)),
  right: (block, { text }) => el("p", { class: "k-right" }, text(block.runs)),
  fill: (block, { text }) => el("p", { class: "k-fill-in" }, el("span", {}, text(block.runs)), el("span", { class: "k-line" })),
  cut: (block, { text }) => el("p", { class: "k-cut" }, el("span", {}, text(block.runs))),
  list: (block, pen) => items("ul", block.items, pen),
  steps: (block, pen) => items("ol", block.items, pen),
  tick: (block, pen) => items("ul", block.items, pen, "k-tick"),
  table,
  write: (block) => el("div", { class: "k-lines" }, Array.from({ length: block.n }, () => el("p", { class: "k-line" }))),
  page: () => el("hr", { class: "k-newpage" }),
  clause,
  posters: (block, { text }) => el("ul", { class: "k-posters" }, block.items.map((one) => el("li", {}, text(one)))),
  labels: (block, { text }) => block.items.map((one) => el("div", { class: "k-card-label" }, el("h4", {}, text(one.title)), el("p", {}, text(one.runs)))),
};
