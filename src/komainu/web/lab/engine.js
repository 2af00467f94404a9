// The page's side of Python: starts the worker, shows how far it is, runs cells, stops for good and starts anew.
// In:  the folder of the engine and what to call when something happens.   Out: an Engine.

export class Engine {
  // `on` has progress(got), ready(), failed(file, why); each is optional.
  constructor(base, on = {}) {
    this.base = base;
    this.on = on;
    this.files = {};
    this.worker = null;
    this.tickets = new Map();
    this.next = 0;
  }

  start() {
    if (this.worker) return;
    this.worker = new Worker(`${this.base}worker.js`, { type: "module" });
    this.worker.onmessage = ({ data }) => this.heard(data);
    this.worker.onerror = (event) => { event.preventDefault(); this.heard({ kind: "failed", file: `${this.base}worker.js`, why: event.message || "" }); };
    this.worker.postMessage({ kind: "files", files: this.files });
  }

  // Texts that stand in the folder data/ of the notebook, also after a stop.
  give(files) {
    Object.assign(this.files, files);
    if (this.worker) this.worker.postMessage({ kind: "files", files });
  }

  heard(data) {
    if (data.kind === "progress") this.on.progress?.(data.got);
    if (data.kind === "ready") this.on.ready?.();
    if (data.kind === "failed") { this.drop(new Error("failed")); this.on.failed?.(data.file, data.why); }
    if (data.kind === "died") this.drop(new Error("died"));
    const waiting = this.tickets.get(data.ticket);
    if (data.kind === "cell") waiting?.cell(data.result);
    if (data.kind === "done") { this.tickets.delete(data.ticket); waiting?.done(); }
  }

  // Runs cells {id, source}; `cell` gets each result; the promise ends when all have run, and fails when stopped.
  run(cells, cell) {
    this.start();
    const ticket = this.next++;
    return new Promise((done, fail) => {
      this.tickets.set(ticket, { cell, done, fail });
      this.worker.postMessage({ kind: "run", ticket, cells });
    });
  }

  // Ends Python at once; the next run starts a fresh one.
  stop() { this.drop(new Error("stopped")); }

  drop(error) {
    this.worker?.terminate();
    this.worker = null;
    for (const waiting of this.tickets.values()) waiting.fail(error);
    this.tickets.clear();
  }
}
