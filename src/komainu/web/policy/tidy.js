// Answers that the renderers can take, made of whatever JSON value came in; and what had to be dropped or mended for it.
// The same as tidy.py, which explains it; the tests hold both to the same answers.

import { runs, squeezed } from "./ruling.js";

const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ud800-\udfff\ufffe\uffff]/gu;
const DATE = /^([1-9][0-9]{3}) ?[-/.年] ?([0-9]{1,2}) ?[-/.月] ?([0-9]{1,2}) ?日?(?:T.*)?$/u;
const ERA = /^令和(元|[0-9]{1,2})年([0-9]{1,2})月([0-9]{1,2})日$/u;
const EIGHT = /^([1-9][0-9]{3})([0-9]{2})([0-9]{2})$/u;
const DIGITS = /^[0-9]+-[0-9]+-[0-9]+$/u;
const COUNT = /^[^0-9.+-]{0,20}([0-9]{1,6})[^0-9.]{0,20}$/u;
const WIDE = /[０-９]/gu;
export const JOIN = { ja: "、", en: ", " };
const LONGEST_DATE = 40;
const SMALLEST = 1e-4;
const LARGEST = 1e15;
export const REGISTERS = ["rule", "staff", "pupil.elementary", "pupil.secondary"];

export const plainObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
/** A value by an own key of an object; undefined for what everything inherits. */
export const own = (thing, key) => (plainObject(thing) && Object.prototype.hasOwnProperty.call(thing, key) ? thing[key] : undefined);
export const unique = (list) => [...new Set(list)];
const has = (thing, key) => Object.prototype.hasOwnProperty.call(thing, key);
const nothing = (value) => value === undefined || value === null || value === "";
const narrow = (text) => text.replace(WIDE, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));

class Notes {
  constructor() {
    this.found = { unreadable: [], dropped: [], mended: [] };
  }

  add(kind, words, clause = "") {
    if (!this.found[kind].some((one) => one[0] === words && one[1] === clause)) this.found[kind].push([words, clause]);
  }
}

/** The answers, and the notes. Neither the value nor anything inside it is changed. */
export function tidy(prepared, raw) {
  const notes = new Notes();
  if (!plainObject(raw)) {
    notes.add("unreadable", "answers");
    return [{ values: {} }, notes];
  }
  const found = { ...raw };
  for (const [name, read] of Object.entries(READERS)) put(found, name, read(prepared, own(raw, name) ?? null, notes));
  found.values = values(prepared, given(prepared, raw, notes), notes);
  return [found, notes];
}

function put(found, name, value) {
  if (value === undefined) delete found[name];
  else found[name] = value;
}

/** A prepared text without its readings. */
export const plain = (text) => runs(text, () => []).map((run) => run.t).join("");

/** Every question: its name for a reader, and the id of its clause ("" for blanks and setup). */
export function labelsOf(prepared) {
  const setup = prepared.setup.map((one) => [one.id, [prepared.labels[`ask-${one.id}`] ?? one.ask, ""]]);
  const blanks = prepared.blanks.map((one) => [one.id, [one.label, ""]]);
  const clauses = prepared.clauses.flatMap((clause) => clause.decisions.map((one) => [one.id, [plain(clause.title), clause.id]]));
  return new Map([...setup, ...blanks, ...clauses]);
}

/** The questions with options: those of the setup, then those of the clauses. */
export const decisions = (prepared) => [...prepared.setup, ...prepared.clauses.flatMap((clause) => clause.decisions)];

/** Whether a value is a number that both languages write alike. */
export const isNumber = (value) => typeof value === "number" && (value === 0 || (Math.abs(value) >= SMALLEST && Math.abs(value) < LARGEST));

/** The day in what was typed, as an ISO date; "" when there is none. */
export function dayOf(value) {
  const text = narrow(squeezed(value).slice(0, 2 * LONGEST_DATE));
  const era = ERA.exec(text);
  if (era) return day(2018 + Number(era[1].replace("元", "1")), Number(era[2]), Number(era[3]));
  const found = DATE.exec(text) ?? EIGHT.exec(text);
  return found ? day(...found.slice(1).map(Number)) : "";
}

function day(year, month, date) {
  const made = new Date(Date.UTC(year, month - 1, date));
  if (made.getUTCMonth() !== month - 1 || made.getUTCDate() !== date) return "";
  return made.toISOString().slice(0, 10);
}

// --- one answer: the value to take, and whether something in it was lost

/** A text without the signs that no document can hold. */
export const clean = (text) => text.replace(CONTROL, " ");

function option(value, options) {
  const single = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (single === false && options.includes("no")) return "no";
  return typeof single === "string" ? squeezed(clean(single)) || undefined : undefined;
}

function several(value, options) {
  let list = value;
  if (typeof value === "string") {
    const text = squeezed(clean(value));
    list = options.includes(text) ? [text] : text.split(/[ ,、，]+/u);
  } else if (plainObject(value)) {
    const ticked = options.filter((one) => own(value, one) === true);
    list = ticked.length ? ticked : undefined;
  }
  if (!Array.isArray(list)) return [undefined, true];
  const texts = list.filter((one) => typeof one === "string").map((one) => squeezed(clean(one)));
  const [kept, lost] = [unique(texts.filter(Boolean)), texts.length < list.length];
  return [lost && !kept.length ? undefined : kept, lost];
}

const scalar = (value) => typeof value === "string" || isNumber(value);

function text(value, join) {
  if (typeof value === "string") return clean(value);
  if (Array.isArray(value)) {
    return value.filter(scalar).map((one) => squeezed(text(one, join))).filter(Boolean).join(join) || undefined;
  }
  return isNumber(value) ? value : undefined;
}

function number(value) {
  if (typeof value !== "string") return isNumber(value) ? value : undefined;
  const found = COUNT.exec(narrow(squeezed(value)));
  return found ? Number(found[1]) : clean(value);
}

function date(value) {
  const iso = dayOf(value);
  if (iso || typeof value !== "string") return iso || undefined;
  const words = squeezed(clean(value));
  const unwritable = DIGITS.test(words) && words.length > "2027-04-01".length;
  return words && !unwritable ? words : undefined;
}

const BLANKS = { text, number, date };

// --- the values

function given(prepared, raw, notes) {
  const inside = own(raw, "values");
  if (plainObject(inside)) return inside;
  if (inside !== undefined && inside !== null) notes.add("dropped", "values");
  const names = [...labelsOf(prepared).keys()].filter((name) => has(raw, name) && !has(READERS, name));
  if (names.length) notes.add("mended", "values");
  return Object.fromEntries(names.map((name) => [name, raw[name]]));
}

function values(prepared, before, notes) {
  const names = labelsOf(prepared);
  const found = { ...before };
  for (const question of [...decisions(prepared), ...prepared.blanks]) {
    if (has(found, question.id)) put(found, question.id, value(prepared, question, found[question.id], names.get(question.id), notes));
  }
  return found;
}

function value(prepared, question, before, name, notes) {
  if (nothing(before) || (plainObject(before) && !Object.keys(before).length)) return undefined;
  const [taken, lost] = taking(prepared, question, before);
  if (taken === undefined || lost) notes.add("dropped", ...name);
  else if (!alike(taken, before)) notes.add("mended", ...name);
  return taken;
}

function alike(taken, before) {
  if (taken === null || typeof taken !== "object") return squeezed(taken) === squeezed(before);
  return same(taken, before);
}

/** Equal data; what was not touched is the very same object, so this ends soon. */
function same(a, b) {
  if (a === b) return true;
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object" || Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => has(b, key) && same(a[key], b[key]));
}

function taking(prepared, question, before) {
  const options = (question.options ?? []).map((one) => one.id);
  if (question.choice === undefined) {
    return [BLANKS[question.kind](before, JOIN[prepared.lang]), Array.isArray(before) && !before.every(scalar)];
  }
  if (question.choice === "one") return [option(before, options), false];
  if (question.choice === "many") return several(before, options);
  return question.choice === "stages" ? byStage(prepared, before, options) : byTask(prepared, before);
}

function byStage(prepared, before, options) {
  const stages = prepared.stages.map((one) => one.id);
  const single = plainObject(before) ? undefined : option(before, options);
  if (options.includes(single)) return [Object.fromEntries(stages.map((one) => [one, single])), false];
  if (!plainObject(before)) return [undefined, true];
  const found = { ...before };
  let lost = false;
  for (const stage of stages.filter((one) => has(before, one))) {
    put(found, stage, option(before[stage], options));
    lost = lost || (found[stage] === undefined && !nothing(before[stage]));
  }
  return [Object.keys(found).length ? found : undefined, lost];
}

function byTask(prepared, before) {
  if (!plainObject(before)) return [undefined, true];
  const levels = prepared.tasks.levels.map((one) => one.id);
  const found = { ...before };
  let lost = false;
  for (const { id } of prepared.tasks.tasks.filter((one) => has(before, one.id))) {
    const [taken, gone] = byStage(prepared, before[id], levels);
    put(found, id, taken);
    lost = lost || (gone && !nothing(before[id]));
  }
  return [Object.keys(found).length ? found : undefined, lost];
}

// --- beside the values

const numberOrNone = (name) => (prepared, before, notes) => {
  const taken = before === null ? undefined : number(before);
  if (before === null || isNumber(taken)) return taken;
  notes.add("dropped", name);
  return undefined;
};

const word = (name, allowed = []) => (prepared, before, notes) => {
  const words = typeof before === "string" ? squeezed(clean(before)) : "";
  if ((before !== null && !words) || (words && allowed.length && !allowed.includes(words))) {
    notes.add("dropped", name);
    return undefined;
  }
  return words || undefined;
};

function tools(prepared, before, notes) {
  if (before === null) return undefined;
  if (typeof before === "string" || plainObject(before)) notes.add("mended", "tools");
  const found = (Array.isArray(before) ? before : [before]).map((one) => tool(prepared, one, notes));
  if (found.includes(undefined)) notes.add("dropped", "tools");
  return found.filter((one) => one !== undefined);
}

function tool(prepared, one, notes) {
  const entry = plainObject(one) ? one : { tool: one };
  const name = option(own(entry, "tool"), []);
  if (name === undefined) return undefined;
  const kinds = prepared.tools.filter((known) => known.id === name).flatMap((known) => known.accounts.map((kind) => kind.id));
  const account = option(own(entry, "account"), []) ?? (kinds.length === 1 ? kinds[0] : "");
  if (own(entry, "account") !== account) notes.add("mended", "tools");
  return { ...entry, tool: name, account };
}

function ownTexts(prepared, before, notes) {
  if (!plainObject(before)) {
    if (before !== null) notes.add("dropped", "own");
    return undefined;
  }
  const found = { ...before };
  for (const clause of prepared.clauses.filter((one) => has(before, one.id))) {
    found[clause.id] = texts(before[clause.id], plain(clause.title), clause.id, notes);
  }
  return found;
}

function texts(before, title, clause, notes) {
  if (!plainObject(before)) {
    if (before !== null) notes.add("dropped", title, clause);
    return {};
  }
  const found = { ...before };
  for (const register of Object.keys(JOIN).flatMap((lang) => REGISTERS.map((name) => `${lang}.${name}`))) {
    if (has(found, register)) put(found, register, lines(found[register], title, clause, notes));
  }
  return found;
}

function lines(before, title, clause, notes) {
  if (typeof before === "string") notes.add("mended", title, clause);
  const list = typeof before === "string" ? before.split("\n") : before;
  if (!Array.isArray(list)) {
    if (list !== null) notes.add("dropped", title, clause);
    return undefined;
  }
  const kept = list.filter((one) => !Array.isArray(one)).map((one) => text(one, "")).filter((one) => one !== undefined);
  if (kept.length < list.length) notes.add("dropped", title, clause);
  return kept.map((one) => (isNumber(one) ? squeezed(one) : one));
}

function history(prepared, before, notes) {
  if (before === null) return undefined;
  const found = (Array.isArray(before) ? before : [before]).map(change);
  if (found.includes(undefined)) notes.add("dropped", "history");
  return found.filter((one) => one !== undefined);
}

function change(one) {
  const entry = plainObject(one) ? one : { text: one };
  const words = squeezed(text(own(entry, "text"), ""));
  if (!words) return undefined;
  return { ...entry, date: (date(own(entry, "date")) ?? "").replace(/[\u{10000}-\u{10ffff}]/gu, "\ufffd").slice(0, LONGEST_DATE), text: words };
}

const READERS = {
  format: numberOrNone("format"),
  komainu_policy: word("komainu_policy"),
  profile: word("profile"),
  lang: word("lang", ["ja", "en"]),
  tools,
  own: ownTexts,
  history,
};
