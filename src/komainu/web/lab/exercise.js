// The exercise page: the pupil's notebook as cells in the page, run by Python in a worker, kept in this browser.
// In:  the section [data-exercise] that the build wrote (cells in place, words, addresses).   Out: a page that works.
// Nothing is loaded before the reader asks; nothing is sent; what was written is never lost without a question.
import { Engine } from "./engine.js";
import { Keeping } from "./keeping.js";
import { handIn, LARGEST, opened, source } from "./notebook.js";
import { Offline } from "./offline.js";
import { shown } from "./outputs.js";
import { Screen } from "./screen.js";

const CHECK = "application/vnd.komainu.check+json";
const BUSY = ["waiting", "running"];
const REFUSALS = ["large", "unreadable", "other", "language", "newer"];

// One code cell of the page: its text, its outputs, its state.
class Cell {
  constructor(place, page) {
    this.place = place;
    this.page = page;
    this.id = place.dataset.cell;
    this.readOnly = "check" in place.dataset;
    this.outputs = [];
    this.met = null;
    [this.box, this.out, this.button, this.mark] = [".k-edit", ".k-outputs", "[data-run]", ".k-state"].map((name) => place.querySelector(name));
    this.button.addEventListener("click", (event) => { if (event.detail < 2) page.run([this]); }); // the second click of a double click is none
    this.button.hidden = false;
  }

  begin(text, base, makeEditor) {
    this.base = base;
    this.box.replaceChildren();
    this.editor = makeEditor(this.box, {
      text, label: this.place.dataset.label, readOnly: this.readOnly, run: () => this.page.run([this]),
      changed: () => { if (!this.busy) this.state("changed"); this.page.keeping.changed(this); },
    });
  }

  get text() { return this.editor.text; }
  set text(value) { this.editor.text = value; }
  get busy() { return BUSY.includes(this.place.dataset.state); }

  state(name) {
    this.place.dataset.state = name;
    this.mark.textContent = this.page.words[`state_${name}`] || "";
    this.button.setAttribute("aria-disabled", String(this.busy)); // a disabled button would lose the keyboard's place
  }

  forget() {
    this.out.replaceChildren();
    this.outputs = [];
    this.met = null;
    this.state("");
  }

  async show(result, ran) {
    const error = result.error;
    this.outputs = [...result.outputs, ...(error ? [{ output_type: "error", ename: error.name, evalue: error.text, traceback: error.sentences }] : [])];
    const elements = await shown(result.outputs, this.page.words);
    if (error) {
      const note = Object.assign(document.createElement("div"), { className: "k-output k-error" });
      note.append(...error.sentences.map((sentence) => Object.assign(document.createElement("p"), { textContent: sentence })));
      elements.push(note);
    }
    this.out.replaceChildren(...elements);
    const check = result.outputs.map((output) => output.data?.[CHECK]).find(Boolean);
    if (this.place.dataset.check) this.met = check && !error ? check.met === check.of : false;
    this.state(ran !== this.text ? "changed" : error ? "stopped" : this.met === false ? "unmet" : "done");
  }
}

class Page {
  constructor(section, facts) {
    this.section = section;
    Object.assign(this, facts); // id, lang, notebook, files, bytes, words
    this.find = (selector) => section.querySelector(selector);
    [this.status, this.bar, this.nick, this.chooser, this.ask] = ["[role=status]", "progress", "#nickname", "input[type=file]", ".k-ask"].map(this.find);
    this.cells = [...section.querySelectorAll("[data-cell]")].map((place) => new Cell(place, this));
    this.keeping = new Keeping(this);
    this.screen = new Screen(section);
    this.offline = new Offline(this.find(".k-offline"), [this.notebook, ...Object.values(this.files)]);
    this.begun = null;
    this.toKeep = false;
    this.queue = Promise.resolve();
    this.stops = 0;
    this.engine = new Engine(new URL("./", import.meta.url).href, {
      progress: (got) => { this.bar.value = Math.min(got, this.bytes); this.say("loading", { mb: (got / 1e6).toFixed(1) }); },
      ready: () => { this.rest(); this.say("ready"); this.toKeep = true; if (!this.cells.some((cell) => cell.busy)) this.keepPage(); },
      failed: (file, why) => this.failed(file, why),
    });
    const actions = {
      start: () => this.begin().catch(() => {}), "run-all": () => this.run(this.cells), stop: () => this.stop(), hand: () => this.hand(),
      open: () => this.chooser.click(), over: () => this.over(), fresh: () => this.fresh(),
      project: () => this.screen.enter(), leave: () => this.screen.leave(), next: () => this.screen.turn(1), back: () => this.screen.turn(-1),
    };
    for (const [name, action] of Object.entries(actions)) {
      this.find(`[data-do=${name}]`).addEventListener("click", () => { this.find(".k-more").open = false; action(); });
    }
    this.chooser.addEventListener("change", () => this.open());
    section.classList.add("k-live");
    this.find(".k-bar").hidden = false;
    if (this.keeping.any) this.begin({ quiet: true }).catch(() => {});
  }

  say(name, values = {}) {
    const text = Object.entries(values).reduce((words, [key, value]) => words.replaceAll(`{${key}}`, value), this.words[name]);
    if (this.status.textContent !== text) this.status.textContent = text; // what is said already is not read aloud again
  }

  // "Stop" takes the place of "Begin" and "Run all"; the keyboard's place goes with it.
  busy(on) {
    const at = document.activeElement?.dataset.do;
    this.section.classList.toggle("k-busy", on);
    if (on && ["start", "run-all"].includes(at)) this.find("[data-do=stop]").focus();
    if (!on && at === "stop") this.find("[data-do=run-all]").focus();
  }

  // --- beginning: the notebook, the editor, what was kept; Python only when something is to run
  begin({ quiet = false } = {}) {
    if (!quiet) this.warm(); // Python is on its way while the editor and the notebook are
    this.begun ??= this.prepare().catch((error) => {
      this.begun = null;
      this.engine.stop();
      this.failed(error.file || this.notebook, String(error));
      throw error;
    });
    return this.begun;
  }

  async prepare() {
    const said = this.status.textContent;
    const [notebook, texts, makeEditor] = await Promise.all([
      this.get(this.notebook).then((text) => JSON.parse(text)),
      Promise.all(Object.values(this.files).map((address) => this.get(address))),
      import("./editor.js").then(({ editor }) => editor, () => plainEditor),
    ]);
    this.handed = notebook;
    this.engine.give(Object.fromEntries(Object.keys(this.files).map((name, at) => [name, texts[at]])));
    const bases = Object.fromEntries(notebook.cells.map((cell) => [cell.id, source(cell)])), found = this.keeping.any;
    for (const cell of this.cells) cell.begin(this.keeping.text(cell, bases[cell.id]), bases[cell.id], makeEditor);
    await this.keeping.begun();
    this.section.classList.add("k-begun");
    if (!this.engine.worker && this.status.textContent === said) this.say(found ? "found" : "begun"); // else Python has said something newer
  }

  async get(address) {
    const answer = await fetch(new URL(address, location.href));
    if (!answer.ok) throw Object.assign(new Error(String(answer.status)), { file: address });
    return answer.text();
  }

  // Loads Python, if it is not there: the bar shows bytes, and "stop" cancels.
  warm() {
    if (this.engine.worker) return;
    this.bar.value = 0;
    this.bar.hidden = false;
    this.busy(true);
    this.engine.start();
  }

  // Keeps the page for use without a connection, once for each start of Python and after the first result: a pupil waits for that one.
  keepPage() {
    if (this.toKeep) this.offline.keep();
    this.toKeep = false;
  }

  // Nothing is being loaded; "stop" stays for as long as something runs.
  rest() {
    this.bar.hidden = true;
    this.busy(this.cells.some((cell) => cell.busy));
  }

  failed(file, why) {
    console.warn(file, why);
    this.idle();
    this.say("failed", { file: String(file || "Python").split("/").pop() });
  }

  // --- running
  run(cells) {
    const wanted = cells.filter((cell) => !cell.busy), stops = this.stops; // a double click runs once
    if (!wanted.length) return;
    for (const cell of wanted) cell.state("waiting");
    this.busy(true);
    this.keeping.flush();
    this.queue = this.queue.then(() => this.work(wanted, () => stops !== this.stops));
  }

  async work(cells, stopped) {
    if (stopped()) return;
    try {
      await this.begin();
      await this.engine.run([], () => {}); // ends when Python stands; until then the bar says how far it is
      this.say("running");
      for (const cell of cells) {
        if (stopped()) return;
        const ran = cell.text;
        let result = null;
        cell.state("running");
        await this.engine.run([{ id: cell.id, source: ran }], (one) => { result = one; });
        await cell.show(result, ran);
        this.progress();
        this.keepPage();
      }
      if (stopped()) return;
      this.rest();
      this.say(this.progress() ? "all_met" : "ready");
    } catch (error) { // "stopped" and "failed" have been said
      if (error.message === "died") { this.idle(); this.say("died"); }
    }
  }

  stop() {
    this.idle();
    this.engine.stop();
    this.say("stopped");
  }

  // Nothing runs and nothing waits any more.
  idle() {
    this.stops += 1;
    for (const cell of this.cells) if (cell.busy) cell.state("changed");
    this.rest();
  }

  progress() {
    const checks = this.cells.filter((cell) => cell.place.dataset.check);
    const met = checks.filter((cell) => cell.met).length;
    this.find(".k-met").textContent = this.words.met.replace("{met}", met).replace("{of}", checks.length);
    return checks.length > 0 && met === checks.length;
  }

  sure(name) {
    this.ask.querySelector("p").textContent = this.words[name];
    this.ask.returnValue = "no";
    this.ask.showModal();
    return new Promise((answer) => this.ask.addEventListener("close", () => answer(this.ask.returnValue === "yes"), { once: true }));
  }

  // --- handing in, opening, starting over
  async hand() {
    this.keeping.flush();
    const of = (name) => Object.fromEntries(this.cells.map((cell) => [cell.id, cell[name]]));
    const nick = this.nick.value.normalize("NFC").replace(/[^\p{L}\p{M}\p{N} _-]/gu, "").trim();
    const link = Object.assign(document.createElement("a"), { download: `${this.id}${nick ? `_${nick}` : ""}.ipynb` });
    link.href = URL.createObjectURL(new Blob([handIn(this.handed, of("text"), of("outputs"))], { type: "application/x-ipynb+json" }));
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    this.keeping.unsaved = false;
    this.say("handed", { file: link.download });
  }

  async open() {
    const file = this.chooser.files[0];
    if (!file) return;
    let found;
    try {
      await this.begin({ quiet: true });
      if (file.size > LARGEST) throw new Error("large");
      found = opened(await file.text(), this.handed);
    } catch (error) {
      if (this.handed) this.say(`open_${REFUSALS.includes(error.message) ? error.message : "unreadable"}`);
      return;
    } finally { this.chooser.value = ""; }
    if (this.cells.some((cell) => cell.text !== cell.base) && !(await this.sure("open_sure"))) return;
    for (const cell of this.cells.filter((one) => one.id in found.texts && !one.readOnly)) {
      this.keeping.replaced(cell);
      cell.text = found.texts[cell.id];
    }
    this.keeping.flush();
    this.keeping.keepRest(found.rest);
    this.say("opened");
  }

  async over() {
    if (!(await this.sure("over_sure"))) return;
    try { await this.begin({ quiet: true }); } catch { return; }
    this.idle();
    this.engine.stop();
    for (const cell of this.cells) { cell.text = cell.base; cell.forget(); }
    this.keeping.clear();
    this.progress();
    this.say("over_done");
  }

  async fresh() {
    if (!(await this.sure("fresh_sure"))) return;
    this.keeping.clear({ all: true });
    this.nick.value = "";
    location.reload();
  }
}

// Where the editor cannot be loaded, a plain text field does its work.
function plainEditor(place, { text, label, readOnly, changed, run }) {
  const field = Object.assign(document.createElement("textarea"), { value: text, readOnly, rows: text.split("\n").length + 1, spellcheck: false });
  field.setAttribute("aria-label", label);
  field.addEventListener("input", () => changed(field.value));
  field.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.shiftKey || event.ctrlKey)) { event.preventDefault(); run(); } });
  place.append(field);
  return { get text() { return field.value; }, set text(value) { field.value = value; changed(value); }, focus() { field.focus(); } };
}

for (const bar of document.querySelectorAll("[data-exercise]")) new Page(bar.closest(".k-run"), JSON.parse(bar.dataset.exercise));
