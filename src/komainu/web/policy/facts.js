// What follows from a school's answers, as named lists that the rules of findings.yml look at.
// The same as facts.py, which explains it; the tests hold both to the same facts.

import { STAGES, merged } from "./adapt.js";
import { at, holds, squeezed } from "./ruling.js";
import { REGISTERS, clean, dayOf, decisions, isNumber, labelsOf, own, plain } from "./tidy.js";

const AGES = { "es-lower": 6, "es-upper": 9, jhs: 12, hs: 15 };
const ALONE = ["supervised", "independent"];
const STALE_DAYS = 180;
const SOON_DAYS = 14;
const REVIEW_MONTHS = 13;
const FORMAT = 1;
const LONGEST = 40;
const OPEN = /＿{2,}|_{3,}|[○〇◯●]{2,}/u;
const TENANT = "board-tenant";
const KEYS = ["ja", "en"].flatMap((lang) => REGISTERS.map((name) => `${lang}.${name}`));

/** Answers from which facts are taken. */
export class View {
  constructor(prepared, answers, today) {
    const known = labelsOf(prepared);
    const given = Object.fromEntries(Object.entries(answers.values).filter(([name]) => known.has(name)));
    Object.assign(this, { prepared, answers, given, today, values: merged(prepared, answers), labels: known });
  }

  applies(clause) {
    return holds(clause.applies_if, (path) => at(this.values, path));
  }

  clauses() {
    return this.prepared.clauses.filter((one) => this.applies(one));
  }

  stages() {
    return STAGES.filter((one) => this.values.stages.includes(one));
  }

  stageName(stage) {
    return this.prepared.stages.find((one) => one.id === stage)?.name ?? stage;
  }

  open() {
    return this.values.stance !== "ban" && this.values.tools !== "none";
  }

  ways(...ways) {
    return this.stages().filter((one) => this.open() && ways.includes(own(this.values.years, one)));
  }

  youngest() {
    return Math.min(99, ...this.ways(...ALONE).map((one) => AGES[one]));
  }

  beside(words, more) {
    return this.prepared.labels.beside.replace(/[#@]/gu, (sign) => (sign === "#" ? words : more));
  }

  day(name) {
    return dayOf(this.values[name] ?? "");
  }
}

/** A school's own words, cut to what a finding can repeat. */
export function short(value) {
  const signs = [...squeezed(typeof value === "string" ? clean(value) : value)];
  return signs.length <= LONGEST ? signs.join("") : `${signs.slice(0, LONGEST - 1).join("")}…`;
}

/** Words that stand in no clause. */
export const bare = (words) => words.map((one) => [one, ""]);

/** In the order of their code points, as Python sorts. */
function sorted(texts) {
  const signs = new Map(texts.map((text) => [text, [...text].map((sign) => sign.codePointAt(0))]));
  return [...signs.keys()].sort((left, right) => {
    const [a, b] = [signs.get(left), signs.get(right)];
    const place = a.findIndex((sign, at) => sign !== b[at]);
    return place < 0 ? a.length - b.length : b[place] === undefined ? 1 : a[place] - b[place];
  });
}

// --- the file, and what is open

function edition(mine) {
  const [ours, theirs] = [numbers(mine.prepared.version), numbers(mine.answers.komainu_policy ?? "")];
  if (!theirs.length) return bare(["unknown"]);
  const place = theirs.findIndex((one, at) => one !== ours[at]);
  if (place < 0) return [];
  return bare([theirs[place] < ours[place] ? "older" : "newer"]);
}

const numbers = (text) => (/^([0-9]{1,6})\.([0-9]{1,6})\.([0-9]{1,6})$/u.exec(text) ?? []).slice(1).map(Number);

function wrongOptions(mine) {
  const levels = mine.prepared.tasks.levels;
  return decisions(mine.prepared).filter((one) => one.id in mine.given).flatMap((one) => {
    const options = new Set((one.options.length ? one.options : levels).map((option) => option.id));
    const [label, clause] = mine.labels.get(one.id);
    return chosen(mine.prepared, one, mine.given[one.id]).filter((value) => !options.has(value)).map((value) => [mine.beside(label, short(value)), clause]);
  });
}

function chosen(prepared, decision, value) {
  const row = (one) => STAGES.map((stage) => own(one, stage)).filter((found) => found !== undefined);
  if (decision.choice === "matrix") return prepared.tasks.tasks.flatMap((one) => row(own(value, one.id)));
  if (decision.choice === "stages") return row(value);
  return decision.choice === "many" ? value : [value];
}

function unknown(mine) {
  const beyond = (thing, known) => Object.keys(thing ?? {}).filter((one) => !known.includes(one));
  const tasks = mine.prepared.tasks.tasks.map((one) => one.id);
  const rows = own(mine.given, "tasks");
  const found = [
    ...beyond(mine.answers.values, [...mine.labels.keys()]),
    ...beyond(own(mine.given, "years"), STAGES).map((one) => `years.${one}`),
    ...beyond(rows, tasks).map((one) => `tasks.${one}`),
    ...tasks.flatMap((task) => beyond(own(rows, task), STAGES).map((one) => `tasks.${task}.${one}`)),
  ];
  return bare(sorted(found).map(short));
}

const asked = (mine) => mine.prepared.blanks.filter((one) => holds(one.if, (path) => at(mine.values, path)));
const empty = (required) => (mine) => bare(asked(mine).filter((one) => one.required === required && !(one.id in mine.values)).map((one) => one.label));
const example = (mine) => bare(mine.prepared.blanks.filter((one) => OPEN.test(squeezed(mine.values[one.id] ?? ""))).map((one) => one.label));

function shortOpen(mine) {
  const hidden = mine.prepared.clauses.filter((one) => !mine.applies(one)).map((one) => one.id);
  return mine.prepared.short
    .filter((one) => mine.labels.has(one) && !(one in mine.given) && !hidden.includes(mine.labels.get(one)[1]))
    .map((one) => mine.labels.get(one));
}

const undecided = (mine) => mine.clauses()
  .filter((clause) => clause.decisions.some((one) => !(one.id in mine.given)))
  .map((clause) => [plain(clause.title), clause.id]);

function blanksNot(mine, kind, right) {
  const filled = mine.prepared.blanks.filter((one) => one.kind === kind && one.id in mine.values);
  return bare(filled.filter((one) => !right(mine.values[one.id])).map((one) => mine.beside(one.label, short(mine.values[one.id]))));
}

// --- dates

function datesOrder(mine) {
  const dated = ["decided_on", "starts_on", "review_on"].filter((one) => mine.labels.has(one) && mine.day(one))
    .map((one) => [mine.labels.get(one)[0], mine.day(one)]);
  const pairs = dated.slice(1).map((after, place) => [...dated[place], ...after]);
  return bare(pairs.filter(([, first, , second]) => first > second).map(([before, first, after, second]) => `${before} ${first} > ${after} ${second}`));
}

function reviewFar(mine) {
  const [start, review] = [mine.day("starts_on") || mine.today, mine.day("review_on")];
  if (!review) return [];
  const months = month(review) - month(start) - REVIEW_MONTHS;
  return bare(months > 0 || (months === 0 && review.slice(8) > start.slice(8)) ? [review] : []);
}

const month = (day) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
const days = (first, second) => (Date.parse(second) - Date.parse(first)) / 864e5;

function startsSoon(mine) {
  const [decided, start] = [mine.day("decided_on"), mine.day("starts_on")];
  return bare(decided && start && days(decided, start) >= 0 && days(decided, start) < SOON_DAYS ? [start] : []);
}

// --- years and tasks

function openTasks(mine, way, levels) {
  return mine.ways(way).flatMap((stage) => mine.prepared.tasks.tasks
    .filter((task) => levels.includes(own(own(mine.values.tasks, task.id), stage)))
    .map((task) => [mine.beside(plain(task.name), mine.stageName(stage)), ""]));
}

const levels = (mine, stage) => Object.values(mine.values.tasks ?? {}).map((row) => own(row, stage)).filter((one) => one !== undefined);
const givenUses = (mine) => bare(mine.stages().filter((one) => ALONE.includes(own(own(mine.given, "years"), one))));

function givenTasks(mine) {
  const open = (row) => mine.stages().some((stage) => (own(row, stage) ?? "no") !== "no");
  return bare(mine.prepared.tasks.tasks.filter((task) => open(own(own(mine.given, "tasks"), task.id))).map((task) => plain(task.name)));
}

const ideasNo = (mine) => bare(mine.ways(...ALONE).filter((one) => own(own(mine.values.tasks, "ideas"), one) === "no"));

function tasksIdle(mine) {
  return bare(mine.ways(...ALONE).filter((one) => levels(mine, one).length && levels(mine, one).every((level) => level === "no")));
}

// --- tools and laws

const known = (mine, one) => {
  const tool = mine.prepared.tools.find((entry) => entry.id === one.tool);
  const account = tool?.accounts.find((entry) => entry.id === one.account);
  return account && [tool, account];
};
const entries = (mine) => mine.answers.tools ?? [];
const accounts = (mine) => entries(mine).map((one) => known(mine, one)).filter(Boolean);
const toolsUnknown = (mine) => bare(entries(mine).filter((one) => !known(mine, one))
  .map((one) => short(one.account ? mine.beside(one.tool, one.account) : one.tool)));
const tools = (wrong) => (mine) => bare(accounts(mine).filter(([tool, one]) => wrong(mine, tool, one)).map(([tool, one]) => mine.beside(tool.name, one.name)));

const aged = (name, label) => (mine) => bare(accounts(mine)
  .filter(([, one]) => one[name] !== null && one[name] > mine.youngest())
  .map(([tool, one]) => mine.beside(`${tool.name} / ${one.name}`, mine.prepared.labels[label].replaceAll("#", String(one[name])))));

const stale = (mine, checked) => days(checked, mine.today) > STALE_DAYS;

function lawsMissing(mine) {
  if (mine.values.law === "neutral") return [];
  const here = mine.prepared.laws.filter((one) => one.law.includes(mine.values.law)).map((one) => one.id);
  return mine.clauses().filter((clause) => clause.laws.length && !clause.laws.some((law) => here.includes(law)))
    .map((clause) => [plain(clause.title), clause.id]);
}

const laws = (wrong) => (mine) => {
  const found = new Map(mine.prepared.laws.filter((one) => one.law.includes(mine.values.law) && wrong(mine, one)).map((one) => [one.id, one.name]));
  return mine.clauses().flatMap((clause) => clause.laws.filter((law) => found.has(law)).map((law) => [found.get(law), clause.id]));
};

// --- a school's own words

const ownTexts = (mine) => mine.prepared.clauses.flatMap((clause) => {
  const written = own(mine.answers.own, clause.id);
  return KEYS.filter((key) => own(written, key) !== undefined).map((key) => [clause, key, written[key]]);
});

const ownWith = (wrong) => (mine) => ownTexts(mine).filter(([clause, key, lines]) => wrong(mine, clause, key, lines))
  .map(([clause]) => [plain(clause.title), clause.id]);

function ownUnknown(mine) {
  const written = mine.answers.own ?? {};
  const clauses = mine.prepared.clauses.map((one) => one.id);
  const found = Object.keys(written).flatMap((one) => (clauses.includes(one)
    ? Object.keys(written[one]).filter((key) => !KEYS.includes(key)).map((key) => `${one} ${key}`) : [one]));
  return bare(sorted(found).map(short));
}

function ownOneLanguage(mine, clause, key) {
  const other = (key.startsWith("ja") ? "en" : "ja") + key.slice(2);
  return own(mine.answers.own[clause.id], other) === undefined;
}

export const FACTS = {
  edition,
  format: (mine) => bare((mine.answers.format ?? FORMAT) > FORMAT ? ["newer"] : []),
  answered: (mine) => bare([...mine.labels.keys()].filter((one) => one in mine.given)),
  wrong_options: wrongOptions,
  unknown,
  numbers_wrong: (mine) => blanksNot(mine, "number", (value) => isNumber(value) && value > 0),
  dates_wrong: (mine) => blanksNot(mine, "date", dayOf),
  blanks_missing: empty(true),
  blanks_open: empty(false),
  blanks_example: example,
  short_open: shortOpen,
  undecided,
  dates_order: datesOrder,
  review_far: reviewFar,
  review_past: (mine) => bare([mine.day("review_on")].filter((one) => one && one < mine.today)),
  starts_soon: startsSoon,
  stages: (mine) => bare(mine.stages()),
  uses: (mine) => bare(mine.ways(...ALONE)),
  supervised: (mine) => bare(mine.ways("supervised")),
  independent: (mine) => bare(mine.ways("independent")),
  shown: (mine) => bare(mine.ways("demo")),
  given_uses: givenUses,
  given_tasks: givenTasks,
  levels: (mine) => bare(mine.ways(...ALONE).flatMap((stage) => levels(mine, stage))),
  tasks_despite: (mine) => openTasks(mine, "none", ["teacher", "disclose", "free"]),
  tasks_beyond: (mine) => openTasks(mine, "demo", ["disclose", "free"]),
  tasks_idle: tasksIdle,
  ideas_no: ideasNo,
  tool_ids: (mine) => bare(accounts(mine).map(([tool]) => tool.id)),
  tools_unknown: toolsUnknown,
  tools_young: aged("min_age", "age"),
  tools_consent: aged("consent_below", "below"),
  tools_age_unknown: tools((mine, tool, one) => one.min_age === null),
  tools_on: tools((mine, tool, one) => one.on_by_default === true),
  tools_unsure: tools((mine, tool, one) => one.unsure === true),
  tools_stale: tools((mine, tool, one) => stale(mine, one.checked)),
  tools_consumer: tools((mine, tool, one) => one.id === "consumer"),
  tools_outside: tools((mine, tool) => tool.id !== TENANT),
  laws_missing: lawsMissing,
  laws_unsure: laws((mine, one) => one.unsure === true),
  laws_stale: laws((mine, one) => stale(mine, one.checked)),
  own_unknown: ownUnknown,
  own_gaps: ownWith((mine, clause, key, lines) => lines.some((one) => OPEN.test(one))),
  own_names: ownWith((mine, clause, key, lines) => lines.some((one) => one.includes("{{"))),
  own_empty: ownWith((mine, clause, key, lines) => mine.applies(clause) && !lines.some((one) => squeezed(one))),
  own_idle: ownWith((mine, clause) => !mine.applies(clause)),
  own_one_language: ownWith(ownOneLanguage),
};
