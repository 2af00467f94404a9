// The running model, as the page sees it: the same methods as a recording.
// In:  the address of the model's files, live.json.   Out: rows and answers; a Trouble with the name of a sentence.
import { Trouble } from "./trouble.js";

export class Live {
  kind = "live";

  constructor(base, about) {
    Object.assign(this, { base, about, waiting: new Map(), next_id: 0 });
    this.worker = new Worker(new URL("worker.js", base), { type: "module" });
    this.worker.onmessage = ({ data }) => this.heard(data);
    this.worker.onerror = (event) => { event.preventDefault(); this.end(new Trouble("failed", event.message)); };
  }

  heard({ id, progress, value, trouble, detail }) {
    const job = this.waiting.get(id);
    if (!job) return;
    if (progress !== undefined) { job.tell?.(progress); return; }
    this.waiting.delete(id);
    if (trouble) job.fail(new Trouble(trouble, detail));
    else job.done(value);
  }

  call(call, values = {}, tell = null) {
    if (this.ended) return Promise.reject(this.ended); // a thread that is gone answers nobody
    const id = (this.next_id += 1);
    return new Promise((done, fail) => {
      this.waiting.set(id, { done, fail, tell });
      this.worker.postMessage({ id, call, ...values });
    });
  }

  open(tell) { return this.call("open", { about: this.about, base: this.base.href }, tell); }

  // What this part of the page has asked so far is not wanted any more.
  stop(who) { this.worker.postMessage({ call: "stop", who, id: this.next_id }); }

  // Frees the memory and ends what is being fetched; whoever still waits hears of it.
  end(trouble = new Trouble("cancelled")) {
    this.ended = trouble;
    this.worker.terminate();
    for (const { fail } of this.waiting.values()) fail(trouble);
    this.waiting.clear();
  }

  next(text) { return this.call("next", { text }); }

  goesOn() { return true; }

  answer(prompt, { who, warmth = 0, seed = 0, tell = null } = {}) {
    const form = this.about.forms[this.about.kinds[prompt.kind]];
    return this.call("answer", { who, asked: { text: form.before + form.open + prompt.text + form.close, longest: form.tokens, warmth, seed } }, tell);
  }

  // Each time new lots, as with any model of this kind.
  seeds(times) { return [...crypto.getRandomValues(new Uint32Array(times))]; }
}
