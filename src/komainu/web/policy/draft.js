// What a school has answered so far, kept in this browser and nowhere else.
// In:  the prepared template.   Out: a Draft; it tells its listeners of every change.

import { merged } from "./adapt.js";

const KEPT = "komainu.policy";
const FORMAT = 1;

export class Draft {
  constructor(prepared) {
    this.prepared = prepared;
    this.board = null;
    this.view = {};
    this.listeners = [];
    this.refused = false; // whether the browser keeps nothing
    this.empty();
  }

  empty() {
    this.answers = { format: FORMAT, komainu_policy: this.prepared.version, lang: this.prepared.lang, values: {}, tools: [], own: {} };
  }

  /** The answers with all defaults. */
  get values() { return merged(this.prepared, this.answers); }

  /**
   * Calls back after every change. `done` says that the reader has left the field, `whole` that the questions have to be
   * written anew, `quiet` that whoever made the change tells the reader of it.
   */
  listen(told) { this.listeners.push(told); }

  /** Sets an answer; `path` is one id, or ids from the outside in: ["tasks", "draft", "jhs"]. Undefined takes it back. */
  set(path, value, change = { done: true }) {
    const [last, ...outer] = [...path].reverse();
    let place = this.answers.values;
    for (const name of outer.reverse()) {
      if (!Object.hasOwn(place, name) || typeof place[name] !== "object") place[name] = {};
      place = place[name];
    }
    if (value === undefined) delete place[last];
    else place[last] = value;
    this.tell(change);
  }

  /** A school's own words for a clause in a register, as paragraphs; null goes back to the standard text. */
  write(clause, register, lines, change = { done: true }) {
    const own = this.answers.own;
    const name = `${this.prepared.lang}.${register}`;
    if (lines) own[clause] = { ...(own[clause] ?? {}), [name]: lines };
    else if (own[clause]) {
      delete own[clause][name];
      if (!Object.keys(own[clause]).length) delete own[clause];
    }
    this.tell(change);
  }

  /** A school's own words, or undefined where it uses ours. */
  written(clause, register) {
    return Object.hasOwn(this.answers.own, clause) ? this.answers.own[clause][`${this.prepared.lang}.${register}`] : undefined;
  }

  use(tool, account, on) {
    const rest = this.answers.tools.filter((one) => one.tool !== tool || one.account !== account);
    this.answers.tools = on ? [...rest, { tool, account }] : rest;
    this.tell({ done: true });
  }

  uses(tool, account) { return this.answers.tools.some((one) => one.tool === tool && one.account === account); }

  /** Other answers take the place of these. */
  take(answers) {
    this.empty();
    this.answers = { ...this.answers, ...answers, komainu_policy: this.prepared.version };
    this.tell({ whole: true, quiet: true });
  }

  frame(board) {
    this.board = board;
    this.tell({ quiet: true });
  }

  tell(change) {
    this.keep();
    for (const told of this.listeners) told(change);
  }

  // --- in this browser

  keep() {
    try {
      localStorage.setItem(KEPT, JSON.stringify({ format: FORMAT, answers: this.answers, board: this.board, view: this.view }));
      this.refused = false;
    } catch { this.refused = true; } // private window, full, or forbidden: the page says so
  }

  /** Brings back what was kept; `known` makes answers of data, or null. Whether there was something. */
  restore(known) {
    const kept = stored();
    if (!kept) return false;
    const answers = known(kept.answers);
    if (answers) this.answers = { ...this.answers, ...answers };
    this.board = kept.board ? known(kept.board) : null;
    if (kept.view && typeof kept.view === "object") this.view = { document: String(kept.view.document), body: String(kept.view.body), stage: kept.view.stage ?? null };
    return Boolean(answers);
  }

  clear() {
    try { localStorage.removeItem(KEPT); } catch { /* nothing was kept where storage is refused */ }
    this.empty();
    this.board = null;
    for (const told of this.listeners) told({ whole: true, quiet: true });
  }

  /** Calls back when another tab has kept something else. */
  watch(changed) { addEventListener("storage", (event) => { if (event.key === KEPT && event.newValue) changed(); }); }
}

/** What is kept here, as data, or null. */
export function stored() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? "null");
    return kept?.format === FORMAT ? kept : null;
  } catch { return null; }
}
