// Takes a school's policy to a new edition, clause by clause: the same rows and answers as update.py, which explains them.
//
//   readDocx(bytes) -> word                        from word.js; throws Refused, `why` names the sentence `refused-…` of prepared.labels
//   update({ja: prepared, …}, answers | null, [word, …]) -> found   throws Stopped, `why` is none, edition, newer or document
//       found.edition    today's edition;  found.answers  what was given, in good form;  found.dropped  names of answers that were not
//       found.rows       [{id, key, name, title, state, yours, old, fresh, reasons, decisions, marked}]
//           state        same | new | kept | both | added | removed; the words are `state-…` of prepared.labels
//           yours, old, fresh   lines; one that begins with ・ is an item of the line above it
//           reasons      [{version, date, text, sources: [{id, title, url}]}], newest first
//           decisions    [{id, ask, default: [name]}] of a clause that is new
//           marked       {yours, fresh}: lines of runs [{t, ins | del}], each side against `old`
//       found.files      [{word, lang, document, placed}];  word.notes are `note-…` of prepared.labels
//       found.unplaced   [{kind, text, clause, after, rows}]: what belongs to no clause and has to be carried over by hand
//   undecided(found, choices) -> rows that wait for somebody's word
//   answersAfter(found, "2027-06-01", {"detectors/ja.rule": "yours" | "fresh" | [line, …]}) -> answers of today's edition
//
// Give the data of every language that is at hand: words of a language that is not given stay as they are, unseen.
// Marked phrases may differ from Python's; states and answers may not.

import { adapt, documents } from "./adapt.js";
import { paragraphs } from "./docx.js";
import { cellsOf, key, linesOf, placed, plain, shaped } from "./placing.js";
import { marked } from "./phrases.js";

export { readDocx } from "./word.js";
export { Refused } from "./parts.js";

const STAYS = ["kept", "both", "removed"];
const FORMS_OF_PUPILS = [["es-lower", "es-upper"], ["jhs", "hs"]];
const LEAST = 3;

const plainObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const has = (thing, name) => Object.prototype.hasOwnProperty.call(thing, name);
const entriesWhere = (thing, wanted) => Object.fromEntries(Object.entries(plainObject(thing) ? thing : {}).filter(([, value]) => wanted(value)));

/** The update cannot go on; `why` is none (no answers), edition (no such), newer, or document (not one of ours). */
export class Stopped extends Error {
  constructor(why) {
    super(why);
    this.why = why;
  }
}

const stop = (why) => {
  throw new Stopped(why);
};

export function update(data, answers, words = []) {
  const given = answers ?? words.find((word) => word.answers)?.answers ?? stop("none");
  const prepared = Object.values(data)[0];
  const [sound, dropped] = inForm(prepared, given);
  knownEdition(prepared, sound.komainu_policy);
  const files = words.map((word) => fileOf(data, sound, word));
  const rows = Object.entries(data).flatMap(([lang, one]) => rowsOf(one, sound, files.filter((file) => file.lang === lang)));
  return { edition: prepared.version, answers: sound, dropped, rows, files, unplaced: files.flatMap((file) => file.placed.unplaced) };
}

// --- editions

function numbers(version) {
  if (typeof version !== "string" || !/^[0-9]{1,6}(?:\.[0-9]{1,6}){2}$/u.test(version)) stop("edition");
  return version.split(".").map(Number);
}

/** Whether an edition is newer than another. */
export function newer(one, other) {
  const [a, b] = [numbers(one), numbers(other)];
  const at = a.findIndex((number, place) => number !== b[place]);
  return at >= 0 && a[at] > b[at];
}

const knownEdition = (prepared, version) => (newer(version, prepared.version) ? stop("newer") : version);

/** The texts of a prepared clause in an edition; null where it did not exist yet or applied no more. */
export function asOf(clause, version) {
  const { changes, removed } = clause;
  if (newer(changes[changes.length - 1].version, version) || (removed && !newer(removed.version, version))) return null;
  const older = changes.filter((one) => "was" in one && newer(one.version, version));
  return older.length ? older[older.length - 1].was : clause.text;
}

/** The prepared policy with the clauses of an older edition. */
export function asItWas(prepared, version) {
  const there = prepared.clauses.map(({ removed, ...clause }) => ({ ...clause, text: asOf({ ...clause, removed }, version) }));
  return { ...prepared, version, clauses: there.filter((clause) => clause.text !== null) };
}

// --- answers of unknown origin

const texts = (value) => Array.isArray(value) && value.every((one) => typeof one === "string");
const namesIn = (value) => plainObject(value) && texts(Object.values(value));
const FORMS = {
  one: (value) => typeof value === "string",
  many: texts,
  stages: namesIn,
  matrix: (value) => plainObject(value) && Object.values(value).every(namesIn),
  blank: (value) => typeof value === "string" || typeof value === "number",
};

function inForm(prepared, answers) {
  const kinds = new Map([...prepared.setup, ...prepared.clauses.flatMap((clause) => clause.decisions)].map((one) => [one.id, one.choice]));
  for (const blank of prepared.blanks) kinds.set(blank.id, "blank");
  const values = plainObject(answers.values) ? answers.values : {};
  const wrong = Object.keys(values).filter((name) => kinds.has(name) && !FORMS[kinds.get(name)](values[name])).sort();
  const listed = (value) => (Array.isArray(value) ? value.filter(plainObject) : []);
  const { values: _values, own, tools, history, ...rest } = answers;
  const shapes = entriesWhere(own, plainObject);
  const found = {
    ...rest,
    komainu_policy: String(answers.komainu_policy ?? ""),
    values: Object.fromEntries(Object.entries(values).filter(([name]) => !wrong.includes(name))),
    tools: listed(tools).filter((one) => texts(Object.values(one))),
    own: entriesWhere(Object.fromEntries(Object.entries(shapes).map(([ident, one]) => [ident, entriesWhere(one, texts)])), (one) => Object.keys(one).length),
  };
  const lines = listed(history).filter((one) => typeof one.date === "string" && typeof one.text === "string");
  return [lines.length ? { ...found, history: lines } : found, wrong];
}

// --- files

function fileOf(data, answers, word) {
  const version = knownEdition(Object.values(data)[0], word.edition || answers.komainu_policy);
  const old = Object.fromEntries(Object.entries(data).map(([lang, one]) => [lang, asItWas(one, version)]));
  const [lang, document] = named(old, answers, word) ?? likest(old, answers, word) ?? stop("document");
  return { word, lang, document, placed: placed(word.lines, document, data[lang]) };
}

function named(old, answers, word) {
  const [ident, body = "", stage = ""] = word.document.split("/");
  const lang = body.slice(0, 2);
  const prepared = has(old, lang) ? old[lang] : null;
  if (!prepared?.documents.some((one) => one.id === ident && has(one.body, body))) return null;
  const known = !stage || prepared.stages.some((one) => one.id === stage);
  return known ? [lang, adapt(prepared, answers, ident, body, stage || null)] : null;
}

function likest(old, answers, word) {
  const lines = new Set(word.lines.map((line) => key(line.text)));
  let best = null;
  let most = LEAST - 1;
  for (const [lang, prepared] of Object.entries(old)) {
    for (const { id, bodies, stage } of documents(prepared, answers)) {
      for (const body of bodies) {
        const document = adapt(prepared, answers, id, body, stage);
        const ours = new Set(paragraphs(document).blocks.filter((block) => block.k !== "page").flatMap(cellsOf).map(key));
        const count = [...ours].filter((text) => lines.has(text)).length;
        if (count > most) [best, most] = [[lang, document], count];
      }
    }
  }
  return best;
}

// --- rows

/** Every clause that applies, in every register that this school has: "id key" -> lines. */
function textsOf(prepared, answers) {
  const { lang } = prepared;
  const given = answers.values.stages;
  const stages = given?.length ? given : prepared.setup.find((one) => one.id === "stages").default;
  const pupils = FORMS_OF_PUPILS.map((group) => group.find((stage) => stages.includes(stage))).filter(Boolean);
  const found = new Map();
  for (const [register, stage] of [["rule", null], ["staff", null], ...pupils.map((stage) => ["pupil", stage])]) {
    const alone = { id: "alone", form: "sheet", title: "", for: "", body: { [lang]: [{ clauses: register }] } };
    const { blocks } = adapt({ ...prepared, documents: [alone] }, answers, "alone", lang, stage);
    for (const block of blocks) if (block.k === "clause") found.set(`${block.id} ${lang}.${block.register}`, linesOf(block));
  }
  return found;
}

function rowsOf(prepared, answers, files) {
  const bare = { ...answers, own: {} };
  const version = answers.komainu_policy;
  const base = (edition) => textsOf(asItWas(prepared, edition), bare);
  const fresh = textsOf(prepared, bare);
  const yours = new Map([...owned(prepared, answers), ...textsOf(asItWas(prepared, version), answers)]);
  const bases = new Map([[version, base(version)]]);
  const since = new Map([...fresh.keys(), ...yours.keys(), ...bases.get(version).keys()].map((place) => [place, version]));
  for (const file of files) {
    const edition = file.word.edition || version;
    if (!bases.has(edition)) bases.set(edition, base(edition));
    for (const [place, lines] of writtenIn(file)) {
      yours.set(place, lines);
      since.set(place, edition);
    }
  }
  return prepared.clauses.flatMap((clause) => [...since.keys()].filter((place) => place.startsWith(`${clause.id} `)).map((place) => {
    const edition = since.get(place);
    return rowOf(clause, place.slice(clause.id.length + 1), edition, bases.get(edition).get(place) ?? [], fresh.get(place) ?? [], yours.get(place) ?? []);
  }));
}

function owned(prepared, answers) {
  const lines = Object.entries(answers.own).flatMap(([ident, one]) => Object.entries(one).map(([name, written]) => [ident, name, written]));
  const known = lines.filter(([ident, name]) => name.startsWith(`${prepared.lang}.`) && prepared.clauses.some((clause) => clause.id === ident));
  return known.map(([ident, name, written]) => [`${ident} ${name}`, shaped(written)]);
}

function writtenIn(file) {
  const blocks = file.document.blocks.filter((block) => block.k === "clause");
  if (!blocks.length) return [];
  const clauses = new Set([...blocks.map((block) => block.id), ...Object.keys(file.placed.texts)]);
  return [...clauses].map((clause) => [`${clause} ${file.lang}.${blocks[0].register}`, own(file.placed.texts, clause)]);
}

const own = (thing, name) => (has(thing, name) ? thing[name] : []);

function rowOf(clause, name, version, old, fresh, yours) {
  const told = [...clause.changes, ...(clause.removed ? [clause.removed] : [])].filter((one) => newer(one.version, version));
  const added = asOf(clause, version) === null;
  return {
    id: clause.id, key: name, name: `${clause.id}/${name}`, title: plain(clause.title), state: state(added ? null : old, fresh, yours), yours, old, fresh,
    reasons: told.map(({ was: _was, ...one }) => one),
    decisions: added ? clause.decisions.map(toDecide) : [],
    marked: { yours: marked(old, yours, name.slice(0, 2)), fresh: marked(old, fresh, name.slice(0, 2)) },
  };
}

function toDecide({ id, ask, options, default: rest }) {
  const names = new Map(options.map((option) => [option.id, plain(option.name)]));
  return { id, ask, default: (Array.isArray(rest) ? rest : [rest]).filter((one) => names.has(one)).map((one) => names.get(one)) };
}

/** The state of three texts; `old` is null where the clause is new. */
export function state(old, fresh, yours) {
  const [before, after, mine] = [old ?? [], fresh, yours].map((lines) => lines.map(key).join("\n"));
  if (old === null && !mine) return "added";
  if (mine === after) return "same";
  if (before && !after) return "removed";
  if (mine === before) return "new";
  return before === after ? "kept" : "both";
}

// --- new answers

export const undecided = (found, choices = {}) => found.rows.filter((row) => ["both", "removed"].includes(row.state) && !has(choices, row.name));

export function answersAfter(found, today, choices = {}) {
  const answers = structuredClone(found.answers);
  for (const row of found.rows) {
    const chosen = has(choices, row.name) ? choices[row.name] : STAYS.includes(row.state) ? "yours" : "fresh";
    if (chosen === "fresh") delete answers.own[row.id]?.[row.key];
    else answers.own[row.id] = { ...answers.own[row.id], [row.key]: [...(chosen === "yours" ? row.yours : chosen)] };
  }
  answers.own = entriesWhere(answers.own, (one) => Object.keys(one).length);
  answers.history = [...(answers.history ?? []), { date: today, text: told(found, choices) }];
  return { ...answers, komainu_policy: found.edition };
}

function told(found, choices) {
  const count = (name) => new Set(found.rows.filter((row) => row.state === name).map((row) => row.id)).size;
  const waiting = new Map();
  for (const row of undecided(found, choices)) if (!waiting.has(row.id)) waiting.set(row.id, row.title);
  const [before, after, titles] = [found.answers.komainu_policy, found.edition, [...waiting.values()]];
  if (found.answers.lang === "en") {
    const line = `From edition ${before} to ${after}: ${count("new")} clauses taken over, ${count("added")} added, ${count("kept")} kept in our own words.`;
    return line + (titles.length ? ` Still to decide: ${titles.join(", ")}.` : "");
  }
  const line = `${before} 版から ${after} 版へ。取り入れた条項 ${count("new")}、加わった条項 ${count("added")}、学校の文を残した条項 ${count("kept")}。`;
  return line + (titles.length ? `検討中: ${titles.join("、")}。` : "");
}
