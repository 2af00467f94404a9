// The page that marks: files in, a zip out, all of it on this device.
// In:  the section of the page with its facts.   Out: nothing; it listens. Pupils' texts reach the page as text only.

import { Lane } from "./lane.js";

const MOST_LANES = 4;
const GIVEN = /\.(ipynb|json|zip)$/i;
const base = new URL("./", import.meta.url);

async function got(address, as = "arrayBuffer") {
  const answer = await fetch(address);
  if (!answer.ok) throw new TypeError(`${answer.status} ${address}`);
  return answer[as]();
}

class Marker {
  constructor(engine) {
    this.worker = new Worker(new URL("marker.js", base), { type: "module" });
    this.waiting = new Map();
    this.next = 0;
    this.ended = null;
    this.ready = new Promise((done, fail) => {
      this.worker.onerror = (event) => { event.preventDefault(); this.end(new Error(event.message)); fail(this.ended); };
      this.worker.onmessage = ({ data }) => {
        if (data.ready) done();
        else if (data.failed) fail(new Error(data.failed));
        else this.answered(data);
      };
    });
    this.worker.postMessage({ engine });
  }

  answered({ id, value, error }) {
    const { done, fail } = this.waiting.get(id);
    this.waiting.delete(id);
    if (error === undefined) done(value);
    else fail(Object.assign(new Error("marking"), { why: error }));
  }

  // Whoever still waits hears of it; a worker that is gone answers nobody.
  end(error) {
    this.ended = error;
    this.worker.terminate();
    for (const { fail } of this.waiting.values()) fail(error);
    this.waiting.clear();
  }

  call(call, ...args) {
    if (this.ended) return Promise.reject(this.ended);
    const id = (this.next += 1);
    this.worker.postMessage({ id, call, args });
    return new Promise((done, fail) => this.waiting.set(id, { done, fail }));
  }
}

// Every file of what was dropped, folders too, by its path below what was dropped; one folder alone is no part of the path.
async function dropped(items) {
  const entries = [...items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  const found = [];
  const walk = async (entry, path) => {
    if (entry.isFile) found.push([path, await new Promise((done, fail) => entry.file(done, fail))]);
    else {
      const reader = entry.createReader();
      for (let some; (some = await new Promise((done, fail) => reader.readEntries(done, fail))).length; ) for (const one of some) await walk(one, path ? `${path}/${one.name}` : one.name);
    }
  };
  const alone = entries.length === 1 && entries[0].isDirectory;
  for (const entry of entries) await walk(entry, alone ? "" : entry.name);
  return found;
}

class Page {
  constructor(section, facts) {
    Object.assign(this, { section, facts, words: facts.words, files: new Map(), more: {}, queue: [], lanes: [], state: "new" });
    this.engine = new URL(facts.engine, document.baseURI).href;
    this.find = (name) => section.querySelector(`[data-do=${name}]`);
    this.status = section.querySelector("[role=status]");
    this.bar = section.querySelector("progress");
    for (const name of ["start", "stop", "go-on", "forget", "get"]) this.find(name).addEventListener("click", () => this[name.replace("-", "")]());
    for (const name of ["files", "folder", "hidden"]) {
      const input = section.querySelector(`input[data-for=${name}]`);
      this.find(name).addEventListener("click", () => input.click());
      input.addEventListener("change", () => { this[`took${name}`]([...input.files]); input.value = ""; });
    }
    section.querySelector("select").addEventListener("change", () => { this.more = {}; this.changed(); });
    section.querySelector("#grading-seed").addEventListener("change", () => this.changed());
    const drop = section.querySelector(".k-drop");
    drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("k-over"); });
    drop.addEventListener("dragleave", () => drop.classList.remove("k-over"));
    drop.addEventListener("drop", async (event) => {
      event.preventDefault();
      drop.classList.remove("k-over");
      this.take(await dropped(event.dataTransfer.items));
    });
    addEventListener("beforeunload", (event) => { if (this.state === "running") event.preventDefault(); });
    section.hidden = false;
    this.changed();
  }

  say(name, values = {}) {
    const text = this.words[name].replace(/\{(\w+)\}/gu, (all, key) => (key in values ? String(values[key]) : all));
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  // --- what goes in
  tookfiles(files) { this.take(files.map((file) => [file.name, file])); }

  tookfolder(files) { this.take(files.map((file) => [file.webkitRelativePath.split("/").slice(1).join("/") || file.name, file])); }

  async tookhidden(files) {
    for (const file of files) this.more[file.name] = await file.text();
    this.changed();
  }

  take(found) {
    if (this.state === "running") return;
    for (const [path, file] of found) this.files.set(path, file);
    this.changed();
  }

  forget() {
    this.files.clear();
    this.more = {};
    this.changed();
    this.find("files").focus();
  }

  // Whatever was marked before is not the marks of this any more.
  changed() {
    this.state = "new";
    this.section.querySelector(".k-marks").replaceChildren();
    const count = [...this.files.keys()].filter((path) => GIVEN.test(path)).length;
    const names = Object.keys(this.more);
    this.section.querySelector(".k-given").textContent = this.words.given.replace("{n}", count);
    this.section.querySelector(".k-hidden").textContent = names.length ? this.words.with_hidden.replace("{files}", names.join(", ")) : this.words.no_hidden;
    this.show();
  }

  // Which buttons there are; whoever stood on one that goes away stands on the one in its place.
  show() {
    const { state } = this;
    const there = { start: state === "new" && this.files.size > 0, stop: state === "running", "go-on": state === "stopped", get: state === "done", forget: state !== "running" && this.files.size > 0 };
    const before = document.activeElement;
    for (const [name, on] of Object.entries(there)) this.find(name).hidden = !on;
    for (const one of this.section.querySelectorAll("select, #grading-seed, [data-do=files], [data-do=folder], [data-do=hidden]")) one.disabled = state === "running";
    this.bar.hidden = !["running", "stopped"].includes(state);
    if (this.section.contains(before) && (before.hidden || before.disabled)) this.section.querySelector(".k-steer .md-button:not([hidden])")?.focus();
  }

  // --- marking
  async ready() {
    if (!this.marker) {
      const marker = new Marker(this.engine);
      const names = ["pyodide.asm.wasm", "pyodide.js", "pyodide.asm.js", "python_stdlib.zip", "machines.zip", "python_rest.zip"];
      const [[wasm, pyodide, asm, library, machines, rest], about, inside, frame, code] = await Promise.all([
        Promise.all(names.map((name) => got(this.engine + name))), got(`${this.engine}engine.json`, "json"),
        ...["inside.js", "frame.js", "frame.py"].map((name) => got(new URL(name, base), "text")), marker.ready,
      ]);
      this.parts = { wasm, pyodide, asm, library, machines, rest, names: about.rest, lock: about.lock, inside, code };
      this.frameScript = frame;
      this.marker = marker;
    }
    await this.widen(Math.max(1, Math.min(MOST_LANES, navigator.hardwareConcurrency || 2)));
  }

  async widen(count) {
    const lanes = Array.from({ length: count - this.lanes.length }, () => new Lane(this.frameScript));
    this.lanes.push(...lanes);
    await Promise.all(lanes.map((lane) => lane.open(this.parts)));
  }

  async start() {
    this.state = "running";
    this.done = 0;
    this.bar.removeAttribute("value");
    this.show();
    this.say("loading");
    try {
      await this.ready();
      const exercise = this.section.querySelector("select").value;
      const { about, tables } = await got(new URL(`${exercise}.json`, base), "json");
      this.tables = tables;
      this.of = exercise;
      await this.marker.call("begin", JSON.stringify(about), this.facts.lang, this.section.querySelector("#grading-seed").value.trim(), JSON.stringify(this.more));
      for (const [path, file] of this.files) if (GIVEN.test(path)) await this.marker.call("put", path, new Uint8Array(await file.arrayBuffer()), file.lastModified / 1000);
      const { solutions, jobs } = JSON.parse(await this.marker.call("read"));
      this.solutions = solutions;
      this.queue = jobs;
      this.total = jobs.length;
    } catch (error) { this.failed(error); return; }
    await this.work();
  }

  failed(error) {
    this.state = "new";
    for (const lane of this.lanes) lane.close();
    this.lanes = [];
    this.show();
    const said = error.why?.[this.facts.lang];
    if (!said) { // what broke without a reason is not asked again
      this.marker?.end(error);
      this.marker = null;
    }
    this.say(said ? "not_possible" : "failed", { why: said ?? "" });
  }

  async work() {
    this.state = "running";
    this.show();
    this.progress();
    try {
      await this.all(this.solutions);
      if (this.state === "running") await this.all(this.queue);
      if (this.state === "running") await this.finish();
    } catch (error) { this.failed(error); }
  }

  // Every lane takes the next job until none is left.
  async all(jobs) {
    const lane = async (one) => {
      for (let job; this.state === "running" && (job = jobs.shift()) !== undefined; ) {
        if (!(await this.one(one, job))) jobs.unshift(job);
        else if (jobs === this.queue) { this.done += 1; this.progress(); }
      }
    };
    await Promise.all(this.lanes.map(lane));
  }

  // One job to its end; false when it was stopped on the way.
  async one(lane, job) {
    let cells = await this.marker.call("ask", job);
    while (cells) {
      if (this.state !== "running") return false;
      const { said, why } = await lane.run(JSON.parse(cells), this.tables);
      if (why === "halted") return false;
      if (why === "failed") throw new Error("frame");
      cells = await this.marker.call("tell", job, JSON.stringify(said), why);
    }
    return true;
  }

  progress() {
    this.bar.max = Math.max(this.total, 1);
    this.bar.value = this.done;
    this.say("running", { done: this.done, total: this.total });
  }

  stop() {
    this.state = "stopped";
    for (const lane of this.lanes) lane.halt();
    this.show();
    this.say("stopped", { done: this.done, total: this.total });
  }

  async goon() {
    if (this.busy) return;
    this.busy = true;
    await this.work();
    this.busy = false;
  }

  // --- what comes out
  async finish() {
    const table = JSON.parse(await this.marker.call("table"));
    this.zip = await this.marker.call("zip");
    this.state = "done";
    this.section.querySelector(".k-marks").replaceChildren(this.table(table));
    this.show();
    this.say(table.hidden ? "done" : "done_visible", { n: table.rows.length });
    this.find("get").focus();
  }

  table({ rows, of, seed }) {
    const { words } = this;
    const made = document.createElement("table");
    made.createCaption().textContent = words.caption.replace("{of}", of).replace("{seed}", seed);
    const head = made.createTHead().insertRow();
    for (const name of ["who", "state", "points"]) head.append(Object.assign(document.createElement("th"), { scope: "col", textContent: words[name] }));
    const body = made.createTBody();
    for (const [who, state, points] of rows) {
      const row = body.insertRow();
      row.append(Object.assign(document.createElement("th"), { scope: "row", textContent: who }));
      row.insertCell().textContent = state;
      row.insertCell().textContent = points ?? "—";
    }
    return made;
  }

  get() {
    const link = Object.assign(document.createElement("a"), { download: `${this.of}-grades.zip`, href: URL.createObjectURL(new Blob([this.zip], { type: "application/zip" })) });
    document.body.append(link); // some browsers take no click on a link that is not on the page
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }
}

for (const section of document.querySelectorAll("[data-grading]")) new Page(section, JSON.parse(section.dataset.grading));
