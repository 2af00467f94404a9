// What a pupil writes, kept cell by cell while they write; and what happens when it meets a newer edition or another tab.
// In:  the page and its cells.   Out: a Keeping. Nothing that was written is overwritten before its writer chose.
// A cell knows `base` (what is handed out today), `from` (what was handed out when the pupil began) and `synced` (what
// this browser keeps, as far as this tab has seen). Only a cell whose text is `synced` follows another tab by itself.
import { Store } from "./store.js";

const WAIT_MS = 300;
const besides = (cell) => `${cell.id} 2`; // where a text is kept while two tabs disagree about a cell

export class Keeping {
  constructor(page) {
    this.page = page;
    this.words = page.words;
    this.store = new Store(page.id, page.lang);
    this.pending = new Set();
    this.kept = true;
    this.unsaved = false;
    this.store.watch((entries) => this.other(entries));
    // Listening while the event is on its way down hears also those that the document alone is told.
    for (const kind of ["pagehide", "visibilitychange", "freeze"]) addEventListener(kind, () => this.flush(), true);
    addEventListener("pageshow", (event) => { if (event.persisted) this.other(this.store.read()); });
    addEventListener("beforeunload", (event) => { this.flush(); if (!this.kept && this.unsaved) event.preventDefault(); });
  }

  get any() { return Object.keys(this.store.read()).length > 0; }

  // --- beginning
  text(cell, base) { return (cell.readOnly ? null : this.store.read()[cell.id]?.text) ?? base; }

  begun() {
    const kept = this.store.read();
    for (const cell of this.page.cells) {
      const own = cell.readOnly ? undefined : kept[cell.id];
      cell.from = own?.base ?? cell.base;
      cell.synced = own?.text ?? cell.base;
      if (own && own.base !== cell.base && own.text !== cell.base) this.newer(cell);
    }
    this.rest();
    return this.store.works().then((works) => this.tell(works));
  }

  // --- writing
  changed(cell) {
    this.pending.add(cell);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), WAIT_MS);
  }

  flush() {
    const cells = [...this.pending].filter((cell) => cell.text !== cell.synced);
    this.pending.clear();
    if (!cells.length) return;
    this.unsaved = true;
    this.tell(cells.map((cell) => this.write(cell)).every(Boolean));
  }

  write(cell) {
    const theirs = this.store.read()[cell.id]?.text;
    if (theirs !== undefined && theirs !== cell.synced && theirs !== cell.text) {
      this.disagree(cell, theirs);
      return this.store.write(besides(cell), cell.text, "");
    }
    return this.settle(cell);
  }

  settle(cell) {
    const fine = this.store.write(cell.id, cell.text, cell.from);
    if (fine) cell.synced = cell.text;
    return fine;
  }

  // Says it for as long as this browser keeps nothing, beside all that is said meanwhile.
  tell(kept) {
    const line = this.page.find(".k-warn");
    this.kept = kept;
    if (line.hidden !== kept) line.hidden = kept;
    const text = kept ? "" : this.words.not_kept;
    if (line.textContent !== text) line.textContent = text;
  }

  // --- a newer edition of a cell in which the pupil has written: theirs stays until they choose otherwise
  newer(cell) {
    const look = Object.assign(document.createElement("details"), { className: "k-source" });
    look.append(
      Object.assign(document.createElement("summary"), { textContent: this.words.newer_look }),
      Object.assign(document.createElement("pre"), { textContent: cell.base }),
    );
    const note = this.note(cell, "newer", look);
    note.append(this.button("newer_take", async () => {
      if (!(await this.page.sure("newer_sure"))) return;
      cell.from = cell.base;
      cell.text = cell.base;
      note.remove();
    }), this.button("newer_keep", () => {
      cell.from = cell.base;
      this.tell(this.settle(cell));
      note.remove();
    }));
  }

  // What fits none of the cells: shown at the end, not thrown away.
  rest() {
    const ids = new Set(this.page.cells.map((cell) => cell.id));
    const texts = Object.entries(this.store.read()).filter(([id]) => !ids.has(id)).map(([id, { text }]) => `# ${id}\n${text}`);
    const place = this.page.find(".k-orphans");
    place.hidden = !texts.length;
    place.querySelector("pre").textContent = texts.join("\n\n");
  }

  // Texts of an opened file that fit none of the cells.
  keepRest(texts) {
    const known = new Set(Object.values(this.store.read()).map(({ text }) => text));
    for (const [number, text] of texts.filter((one) => !known.has(one)).entries()) this.store.write(`+${Date.now()}-${number + 1}`, text, "");
    this.rest();
  }

  // --- another tab of this exercise
  other(entries) {
    for (const cell of this.page.cells) {
      if (!cell.editor || cell.readOnly) continue;
      const theirs = entries[cell.id]?.text ?? cell.base;
      if (theirs === cell.synced) continue;
      if (theirs !== cell.text && cell.text !== cell.synced) { this.disagree(cell, theirs); continue; }
      cell.synced = theirs;
      cell.from = entries[cell.id]?.base ?? cell.base;
      if (theirs === cell.text) continue;
      cell.text = theirs;
      this.page.say("followed");
    }
  }

  disagree(cell, theirs) {
    if (cell.place.querySelector(".k-note-other") && cell.theirs === theirs) return;
    cell.theirs = theirs;
    const end = () => { this.store.drop(besides(cell)); note.remove(); };
    const note = this.note(cell, "other");
    note.append(this.button("other_take", () => {
      cell.synced = theirs;
      cell.text = theirs;
      end();
    }), this.button("other_keep", () => {
      this.tell(this.settle(cell));
      end();
    }));
  }

  // --- notes above a cell
  note(cell, name, ...more) {
    cell.place.querySelector(`.k-note-${name}`)?.remove();
    const note = Object.assign(document.createElement("div"), { className: `k-card k-note-${name}` });
    note.setAttribute("role", "status");
    note.append(Object.assign(document.createElement("p"), { textContent: this.words[name] }), ...more);
    cell.place.prepend(note);
    return note;
  }

  button(name, action) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "md-button", textContent: this.words[name] });
    made.addEventListener("click", action);
    return made;
  }

  // Everything of this exercise is gone, here and in the browser; `all` takes its other language along.
  clear({ all = false } = {}) {
    this.pending.clear();
    this.unsaved = false;
    this.store.clear();
    if (all) for (const lang of ["ja", "en"]) new Store(this.page.id, lang).clear();
    for (const cell of this.page.cells) {
      this.replaced(cell);
      cell.synced = cell.base;
    }
    this.rest();
  }

  // Another text comes into a cell, as its writer chose: what there was to choose is over.
  replaced(cell) {
    cell.from = cell.base;
    this.store.drop(besides(cell));
    for (const note of cell.place.querySelectorAll(".k-note-newer, .k-note-other")) note.remove();
  }
}
