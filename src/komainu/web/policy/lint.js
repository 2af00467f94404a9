// What is the matter with a school's answers: contradictions, gaps, old facts, and what is weaker than the policy above.
// The same as lint.py, which explains it; tests/cases/policy/findings.yml holds both to the same findings.

import { BOARD } from "./above.js";
import { writtenDate } from "./adapt.js";
import { FACTS, View } from "./facts.js";
import { at, holds, runs, squeezed } from "./ruling.js";
import { JOIN, own, plain, tidy, unique } from "./tidy.js";

const LEVELS = ["error", "warning", "note"];
const FORM = ["answers-unreadable", "answers-dropped", "answers-mended"];
const MOST = 6;

/** `{id, level, clauses, what, why, do}` for every rule that holds, errors first. `today` is an ISO date. */
export function findings(prepared, answers, today, board = null) {
  const [taken, notes] = tidy(prepared, answers);
  const values = { ...new View(prepared, taken, today).values, facts: factsOf(prepared, taken, notes, today, board) };
  return raised(prepared, prepared.findings, values);
}

/** The facts by name, each a list of words, and `where`, the clauses of each. */
export function facts(prepared, answers, today, board = null) {
  const [taken, notes] = tidy(prepared, answers);
  return factsOf(prepared, taken, notes, today, board);
}

/** Answers that the renderers can take, whatever came in; and findings about what had to be dropped or mended. */
export function usable(prepared, answers) {
  const [taken, notes] = tidy(prepared, answers);
  const rules = prepared.findings.filter((rule) => FORM.includes(rule.id));
  return [taken, raised(prepared, rules, { facts: worded(notes.found) })];
}

function factsOf(prepared, taken, notes, today, board) {
  const mine = new View(prepared, taken, today);
  const above = board === null ? null : new View(prepared, tidy(prepared, board)[0], today);
  const found = { ...notes.found };
  for (const [name, fact] of Object.entries(FACTS)) found[name] = fact(mine);
  for (const [name, fact] of Object.entries(BOARD)) found[name] = above ? fact(mine, above) : [];
  return worded(found);
}

/** Lists of words, and the clauses under `where`; nothing is said twice. */
function worded(found) {
  const lists = Object.entries(found);
  const words = Object.fromEntries(lists.map(([name, pairs]) => [name, unique(pairs.map(([text]) => text))]));
  return { ...words, where: Object.fromEntries(lists.map(([name, pairs]) => [name, unique(pairs.map(([, clause]) => clause).filter(Boolean))])) };
}

function raised(prepared, rules, values) {
  const found = rules.filter((rule) => holds(rule.if, (path) => at(values, path))).map((rule) => said(prepared, rule, values));
  return LEVELS.flatMap((level) => found.filter((one) => one.level === level));
}

function said(prepared, rule, values) {
  const there = prepared.clauses.map((one) => one.id);
  const named = unique([...rule.clauses, ...(own(values.facts.where, rule.where) ?? [])]);
  const what = runs(rule.what, (name) => [{ t: words(prepared, name, values) }]).map((run) => run.t).join("");
  return { id: rule.id, level: rule.level, clauses: named.filter((one) => there.includes(one)), what, why: rule.why, do: rule.do };
}

/** What stands for a name in a sentence: a fact, the chosen options of a decision, or what is in a blank. */
function words(prepared, name, values) {
  if (name.startsWith("facts.")) {
    const stages = new Map(prepared.stages.map((one) => [one.id, one.name]));
    return listed(prepared, values.facts[name.slice("facts.".length)].map((one) => stages.get(one) ?? one));
  }
  const value = own(values, name) ?? "";
  const decision = prepared.clauses.flatMap((clause) => clause.decisions).find((one) => one.id === name);
  if (!decision) return writtenDate(squeezed(value), prepared.lang);
  const picked = Array.isArray(value) ? value : [value];
  return listed(prepared, decision.options.filter((option) => picked.includes(option.id)).map((option) => plain(option.name)));
}

function listed(prepared, texts) {
  const more = texts.length > MOST ? prepared.labels.more.replaceAll("#", String(texts.length - MOST)) : "";
  return texts.slice(0, MOST).join(JOIN[prepared.lang]) + more;
}
