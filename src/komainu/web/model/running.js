// The panel of the running model: what it costs, fetching it, giving it back, the teacher's switch.
// In:  the panel, the desk.   Out: desk.live, when the model runs and the reader wants it.
// Everything that goes wrong ends in one sentence and in the recording.
import { unfit } from "./fits.js";
import { Live } from "./live.js";
import { Offline } from "./offline.js";
import { forget, held } from "./parts.js";
import { Trouble } from "./trouble.js";

const MB = 1e6;

export class Running {
  constructor(panel, desk) {
    Object.assign(this, { panel, desk, state: "idle", there: 0 });
    this.base = new URL(desk.facts.live, document.baseURI);
    this.status = panel.querySelector("[role=status]");
    this.bar = panel.querySelector("progress");
    this.who = panel.querySelector("fieldset");
    this.teacher = panel.querySelector("details");
    for (const name of ["load", "cancel", "delete"]) this.button(name).addEventListener("click", () => this[name]());
    for (const one of this.who.querySelectorAll("input")) one.addEventListener("change", () => this.choose(one.value));
    this.free();
    panel.hidden = false;
    const place = panel.querySelector("[data-offline]");
    this.offline = new Offline(place, [desk.facts.data, ...["live.json", "worker.js", "wllama.wasm"].map((name) => desk.facts.live + name)]);
    this.look();
  }

  button(name) { return this.panel.querySelector(`[data-do=${name}]`); }

  say(name, values) { this.desk.say(this.status, name, values); }

  // What is in this browser already: told without a request.
  async look() {
    this.there = await held(this.desk.facts.kept);
    this.show();
    if (this.state === "idle" && this.there) this.say(this.there === this.desk.facts.kept.bytes ? "kept" : "kept_part", { mb: Math.round(this.there / MB) });
  }

  show() {
    const { state } = this, before = document.activeElement;
    const on = { load: state === "idle", cancel: state === "loading", delete: state !== "loading" && (this.there > 0 || state === "running") };
    for (const [name, there] of Object.entries(on)) this.button(name).hidden = !there;
    this.bar.hidden = state !== "loading";
    this.who.hidden = this.teacher.hidden = state !== "running";
    if (this.panel.contains(before) && !before.checkVisibility()) [...this.panel.querySelectorAll(".k-model-steer button")].find((one) => !one.hidden)?.focus();
  }

  async load() {
    const reason = unfit();
    if (reason) { this.say(`trouble_${reason}`); return; }
    this.state = "loading";
    this.bar.removeAttribute("value");
    this.show();
    this.say("fetching", { mb: 0, all: this.megabytes() });
    try {
      await this.open();
      this.state = "running";
      this.there = this.desk.facts.kept.bytes;
      this.choose("live");
      this.say("ready");
      this.offline.keep();
    } catch (error) {
      await this.end(error.reason ?? "failed");
    }
    this.show();
  }

  megabytes() { return Math.round((this.desk.facts.kept.bytes + this.desk.facts.kept.wasm.bytes) / MB); }

  async open() {
    const [found] = await Promise.all([this.desk.data(), this.about()]).catch((error) => { throw error.reason ? error : new Trouble("lost"); });
    this.wanted();
    this.live = new Live(this.base, { ...this.lists, ...this.desk.facts.kept, settings: found.made.settings });
    const all = this.desk.facts.kept.bytes + this.desk.facts.kept.wasm.bytes;
    this.bar.max = all;
    await this.live.open((bytes) => {
      this.bar.value = bytes;
      this.say(bytes < all ? "fetching" : "starting", { mb: Math.floor(bytes / MB), all: this.megabytes() });
    });
    this.wanted();
  }

  wanted() { if (this.state !== "loading") throw new Trouble("cancelled"); }

  async about() {
    if (this.lists) return;
    const answer = await fetch(new URL("live.json", this.base));
    if (!answer.ok) throw new Trouble(answer.status === 404 ? "missing" : "lost");
    this.lists = await answer.json();
  }

  cancel() {
    this.state = "idle";
    this.live?.end(); // what came whole is kept
    this.show();
  }

  async delete() {
    await forget(this.desk.facts.kept);
    await this.end("");
    this.say("deleted");
    this.show();
  }

  // The model went away; the recording answers from now on.
  async end(reason) {
    this.live?.end();
    this.live = this.desk.live = null;
    this.state = "idle";
    if (this.desk.found) this.choose("recording");
    if (reason === "full") await forget(this.desk.facts.kept); // half a model is of no use when space is short
    this.there = await held(this.desk.facts.kept);
    if (reason) this.say(`trouble_${reason}`);
  }

  async over(reason) {
    await this.end(reason);
    this.show();
  }

  choose(who) {
    this.who.querySelector(`[value=${who}]`).checked = true;
    this.desk.live = who === "live" ? this.live : null;
    this.desk.section.querySelector(":scope > .k-model-made").replaceWith(this.desk.by(who));
    if (who !== "live") this.open_teacher(false);
    for (const part of [this.desk.next, this.desk.ten, this.desk.long]) part?.say("");
  }

  // The teacher's switch: off each time the page is opened.
  free() {
    const [box, form] = [this.teacher.querySelector("input[type=checkbox]"), this.teacher.querySelector("form")];
    this.open_teacher = (on) => { box.checked = on; form.hidden = !on; };
    box.addEventListener("change", () => { if (box.checked) this.choose("live"); this.open_teacher(box.checked); });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = form.querySelector("input").value.trim(), part = event.submitter?.value ?? "next";
      if (!text) return;
      const kinds = { next: "next", ten: "question", long: "invented" };
      this.desk[part].begin({ id: "free", kind: kinds[part], text, ja: "", why: {}, accepts: [] });
      this.desk[part].section.scrollIntoView({ block: "start" });
    });
    this.open_teacher(false);
  }
}
