// The policy page: begins when asked, loads the questions, and puts form, findings, document and files together.
// Nothing leaves the device. Every part gets the same `app`: the data, the draft, and how to speak to the reader.

import { merged } from "./adapt.js";
import { Compare } from "./compare.js";
import { el, plain } from "./dom.js";
import { Downloads } from "./download.js";
import { Draft, stored } from "./draft.js";
import { Files } from "./files.js";
import { Findings } from "./findings.js";
import { Form } from "./form.js";
import { findings } from "./lint.js";
import { Preview } from "./preview.js";
import { answersOf } from "./reading.js";
import { Updating } from "./updating.js";

const SPEAK_MS = 50;

async function json(address) {
  const answer = await fetch(new URL(address, document.baseURI));
  if (!answer.ok) throw new TypeError(`${answer.status} ${address}`);
  return answer.json();
}

class App {
  constructor(section, facts, data) {
    Object.assign(this, { section, facts, prepared: data.prepared, profiles: data.profiles, words: data.words });
    this.other = this.prepared.lang === "ja" ? "en" : "ja";
    this.draft = new Draft(this.prepared);
    this.loaded = { [this.prepared.lang]: this.prepared };
    this.coming = {}; // language -> all of it, being fetched or there
    this.found = this.index();
    this.status = el("p", { role: "status", "aria-live": "polite" });
    this.warning = el("p", { class: "k-warn", role: "alert", hidden: true });
  }

  /** A sentence in the page's language, its values filled in. */
  say(name, values = {}) {
    return this.words[name].replace(/\{(\w+)\}/gu, (all, key) => (key in values ? String(values[key]) : all));
  }

  /** Tells the reader; the same sentence twice is heard twice. */
  tell(sentence) {
    this.status.textContent = "";
    clearTimeout(this.speaking);
    this.speaking = setTimeout(() => { this.status.textContent = sentence; }, SPEAK_MS);
    this.warn();
  }

  warn(sentence = this.draft.refused ? this.say("not_kept") : "") {
    if (this.warning.textContent !== sentence) this.warning.textContent = sentence;
    this.warning.hidden = !sentence;
  }

  /** Asks before something is lost. */
  sure(question) {
    const ask = this.section.querySelector(".k-ask");
    ask.querySelector("p").textContent = question;
    ask.returnValue = "no";
    ask.showModal();
    return new Promise((answer) => ask.addEventListener("close", () => answer(ask.returnValue === "yes"), { once: true }));
  }

  /** A link to another part of the page. */
  jump(name, place) {
    const go = (event) => {
      event.preventDefault();
      document.getElementById(place).focus();
      document.getElementById(place).scrollIntoView();
    };
    return el("a", { href: `#${place}`, onclick: go }, this.say(name));
  }

  /** Blanks, decisions and clauses by id; a decision wins over the clause of its name. */
  index() {
    const { prepared } = this;
    return new Map([
      ...prepared.clauses.map((clause) => [clause.id, { clause }]),
      ...prepared.clauses.flatMap((clause) => clause.decisions.map((decision) => [decision.id, { clause, decision }])),
      ...prepared.setup.map((decision) => [decision.id, { decision }]),
      ...prepared.blanks.map((blank) => [blank.id, { blank }]),
    ]);
  }

  find(id) { return this.found.get(id); }

  title(id) {
    const { clause, blank, decision } = this.find(id);
    return plain(clause?.title ?? blank?.label ?? decision.ask);
  }

  boardValues() { return this.draft.board && merged(this.prepared, this.draft.board); }

  // --- what is fetched later

  /** The other voices and documents of a language; false when they cannot be had now. */
  async more(lang = this.prepared.lang) {
    try {
      await (this.coming[lang] ??= this.complete(lang));
      return true;
    } catch {
      delete this.coming[lang]; // the next time it is tried anew
      this.tell(this.say("failed"));
      return false;
    }
  }

  async complete(lang) {
    const [data, more] = this.facts.data[lang];
    const prepared = this.loaded[lang] ?? (await json(data)).prepared;
    const { clauses, documents } = await json(more);
    for (const clause of prepared.clauses) {
      const { text, ...rest } = clauses[clause.id];
      Object.assign(clause, rest);
      Object.assign(clause.text, text);
    }
    for (const one of prepared.documents) one.body = documents[one.id] ?? one.body;
    this.loaded[lang] = prepared;
  }

  /** Why our defaults are what they are, with sources, laws and lessons; null when it cannot be had now. */
  async why() {
    try {
      this.grounds ??= await json(this.facts.why);
    } catch {
      this.tell(this.say("failed"));
    }
    return this.grounds ?? null;
  }

  /** The template in the language of a body, with that document in it; null when it cannot be had now. */
  async texts(id, body) {
    const lang = body.slice(0, 2);
    const there = () => this.loaded[lang]?.documents.find((one) => one.id === id)?.body[body];
    return there() || (await this.more(lang)) ? this.loaded[lang] : null;
  }
}

function build(section, app) {
  app.findings = new Findings(app, findings);
  app.downloads = new Downloads(app);
  app.form = new Form(app);
  app.preview = new Preview(app);
  const files = new Files(app);
  const compare = new Compare(app);
  const left = el("div", { class: "k-policy-left" }, app.warning, app.form.element, files.element, compare.element, new Updating(app).element);
  const bar = el("div", { class: "k-policy-bar" }, app.status, el("p", { class: "k-jumps" }, app.jump("to_preview", "policy-preview"), app.jump("findings", "policy-findings"), app.jump("to_form", "policy-short")));
  section.querySelector(".k-policy-begin").remove();
  section.prepend(el("div", { class: "k-policy-sides" }, left, app.preview.element), bar);
  section.classList.add("k-live");
}

async function begin(section, facts) {
  const data = await json(facts.data[facts.lang][0]);
  const app = new App(section, facts, data);
  const back = app.draft.restore((kept) => answersOf(kept, app.prepared).answers ?? null);
  app.draft.keep();
  build(section, app);
  await app.preview.show();
  app.draft.watch(() => app.warn(app.say("other_tab")));
  app.tell(app.say(back ? "restored" : "begun"));
  document.getElementById("policy-start").focus();
  titled(app);
}

/** Paper is named after what is on it. */
function titled(app) {
  const title = document.title;
  addEventListener("beforeprint", () => { document.title = app.preview.document.title.map((run) => run.t).join(""); });
  addEventListener("afterprint", () => { document.title = title; });
}

function ready(section) {
  const facts = JSON.parse(section.dataset.policy);
  const start = section.querySelector("[data-start]");
  const status = section.querySelector("[role=status]");
  if (stored()) start.textContent = facts.words.resume;
  start.addEventListener("click", async () => {
    if (start.getAttribute("aria-disabled")) return;
    start.setAttribute("aria-disabled", "true");
    status.textContent = facts.words.loading;
    try { await begin(section, facts); } catch (error) {
      status.textContent = facts.words.failed;
      start.removeAttribute("aria-disabled");
      if (!(error instanceof TypeError)) throw error;
    }
  });
  section.hidden = false;
}

for (const section of document.querySelectorAll("[data-policy]")) ready(section);
