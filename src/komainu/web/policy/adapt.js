// A school's answers in, a document in one voice out: blocks of text, numbered and filled.
// The same as adapt.py, which explains it; the tests hold both to the same blocks.

import { at, holds, runs, squeezed } from "./ruling.js";

export const STAGES = ["es-lower", "es-upper", "jhs", "hs"];
const NO_FURIGANA = 9;
const GAP = { ja: "＿＿＿＿＿＿", en: "__________" };
const JOIN = { ja: "、", en: ", " };
const ERAS = [[2019, 5, 1, "令和"], [1989, 1, 8, "平成"]];
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

const DOT = /^(?:[・•]|- ) *(?=.)/u;

const plainObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const has = (thing, key) => Object.prototype.hasOwnProperty.call(thing, key);
/** A value by an own key; what everything inherits (`constructor` and so on) is no value. */
const own = (thing, key) => (plainObject(thing) && has(thing, key) ? thing[key] : undefined);
/** Only a to z: other alphabets' capitals differ between Python and JavaScript. */
const capital = (text) => text.replace(/^[a-z]/u, (letter) => letter.toUpperCase());

/** The answers with the default of everything that was not answered. */
export function merged(prepared, answers) {
  const given = answers.values ?? {};
  const found = {};
  const pick = (ident, rest) => (has(given, ident) ? given[ident] : rest);
  for (const one of prepared.setup) found[one.id] = pick(one.id, one.default);
  for (const clause of prepared.clauses) {
    for (const { id, default: rest, choice } of clause.decisions) {
      if (choice === "stages" || choice === "matrix") {
        const chosen = plainObject(own(given, id)) ? given[id] : {};
        found[id] = filled(rest, chosen, choice === "matrix");
      } else {
        found[id] = pick(id, rest);
      }
    }
  }
  for (const blank of prepared.blanks) {
    const value = own(given, blank.id);
    if (squeezed(value)) found[blank.id] = value;
  }
  return found;
}

function filled(rest, chosen, deep) {
  if (!deep) return { ...rest, ...chosen };
  return Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, { ...value, ...(plainObject(own(chosen, key)) ? chosen[key] : {}) }]));
}

class Pen {
  constructor(prepared, answers, values, lang, keep, form, pupil) {
    Object.assign(this, { prepared, answers, values, lang, keep, form, pupil });
    this.decisions = new Map(prepared.clauses.flatMap((clause) => clause.decisions.map((one) => [one.id, one])));
    this.dates = new Set(prepared.blanks.filter((one) => one.kind === "date").map((one) => one.id));
    this.lookup = (path) => at(values, path);
    this.fill = this.fill.bind(this);
  }

  holds(thing) {
    return holds(thing.if, this.lookup);
  }

  runs(text) {
    const found = runs(text, this.fill, this.keep);
    if (this.lang === "en" && text.startsWith("{{") && found.length) found[0] = { ...found[0], t: capital(found[0].t) };
    return found;
  }

  fill(name) {
    const decision = this.decisions.get(name);
    if (decision) return this.chosen(decision);
    const era = name.endsWith("_era");
    const blank = era ? name.slice(0, -4) : name;
    const value = squeezed(own(this.values, blank));
    if (!value) return [{ t: GAP[this.lang], gap: blank }];
    return [{ t: this.dates.has(blank) ? writtenDate(value, this.lang, era) : value }];
  }

  chosen(decision) {
    const value = this.values[decision.id];
    if (decision.choice === "matrix") return [];
    if (decision.choice === "stages") {
      const names = new Map(decision.options.map((option) => [option.id, option.name]));
      return this.listed(this.stages().filter((one) => names.has(own(value, one.id))).map((one) => `${one.name}: ${names.get(value[one.id])}`));
    }
    const picked = Array.isArray(value) ? value : [value];
    return this.listed(decision.options.filter((option) => picked.includes(option.id)).map((option) => option.name));
  }

  listed(texts) {
    return runs(texts.join(JOIN[this.lang]), this.fill, this.keep);
  }

  stages() {
    return this.prepared.stages.filter((one) => this.values.stages.includes(one.id));
  }

  parts(parts) {
    return parts
      .map((part) => (typeof part === "string" ? { say: part } : part))
      .filter((part) => this.holds(part))
      .map((part) => ({ runs: this.runs(part.say), items: this.parts(part.items ?? []) }));
  }
}

/** The documents this school needs: id, title, and for the pupils' ones the stage of each edition. */
export function documents(prepared, answers) {
  const values = merged(prepared, answers);
  return prepared.documents
    .filter((one) => holds(one.applies_if, (path) => at(values, path)))
    .flatMap((one) => {
      const stages = one.form === "pupil" ? STAGES.filter((stage) => values.stages.includes(stage)) : [null];
      return stages.map((stage) => ({ id: one.id, title: one.title, stage, bodies: Object.keys(one.body) }));
    });
}

/** One document of a policy: `title`, `for`, `form`, `lang` and `blocks`. */
export function adapt(prepared, answers, id, body = "ja", stage = null) {
  const source = prepared.documents.find((one) => one.id === id);
  if (!source || !has(source.body, body)) throw new RangeError(`${id} ${body}`);
  const values = merged(prepared, answers);
  const oldest = stage ?? STAGES.find((one) => values.stages.includes(one)) ?? "jhs";
  const pupil = oldest === "es-lower" || oldest === "es-upper" ? "elementary" : "secondary";
  const pen = new Pen(prepared, answers, values, body.slice(0, 2), keepOf(prepared, source.form, body, oldest), source.form, pupil);
  let blocks = source.body[body].filter((block) => pen.holds(block)).flatMap((block) => made(pen, block));
  if (source.form === "letter") blocks = titled(blocks);
  return { id, title: pen.runs(source.title), for: pen.runs(source.for), form: source.form, lang: body, stage, blocks };
}

/** A letter's first heading is its title: it stands below the date and the names. */
function titled(blocks) {
  const first = blocks.findIndex((block) => block.k === "h");
  return blocks.map((block, place) => (place === first ? { ...block, k: "title" } : block));
}

function keepOf(prepared, form, body, stage) {
  if (body === "ja-plain") return 0;
  if (!["pupil", "poster", "labels"].includes(form)) return NO_FURIGANA;
  return prepared.stages.find((one) => one.id === stage).furigana;
}

function made(pen, block) {
  const kind = Object.keys(block).find((key) => !["if", "sections", "key"].includes(key));
  return MAKERS[kind](pen, block[kind], block);
}

const text = (k) => (pen, value) => [{ k, runs: pen.runs(value) }];
const items = (k) => (pen, value) => {
  const found = pen.parts(value);
  return found.length ? [{ k, items: found }] : [];
};

function table(pen, value) {
  const rows = value.rows.map((row) => (Array.isArray(row) ? { row } : row)).filter((row) => pen.holds(row));
  return [{ k: "table", head: value.head.map((cell) => pen.runs(cell)), rows: rows.map((row) => row.row.map((cell) => pen.runs(cell))) }];
}

const grid = (pen, head, rows) => [{ k: "table", head: head.map((cell) => pen.runs(cell)), rows }];

// --- what is made from the policy itself

function clauses(pen, register, block) {
  const found = [];
  let number = 0;
  let chapter = 0;
  for (const group of pen.prepared.groups) {
    if (block.sections && !block.sections.includes(group.id)) continue;
    const wanted = clausesOf(pen, group.id).filter((one) => !block.key || "poster" in one.text);
    const inside = wanted.map((one) => clause(pen, one, register)).filter(Boolean);
    if (!inside.length) continue;
    chapter += 1;
    if (!block.key) found.push({ k: "h", label: label(pen, "chapter", chapter), runs: pen.runs(group.name) });
    for (const one of inside) {
      number += 1;
      const title = block.key ? { title: pen.runs(pen.prepared.clauses.find((source) => source.id === one.id).text.poster) } : {};
      found.push({ ...one, ...title, label: label(pen, "article", number) });
    }
  }
  return found;
}

function clausesOf(pen, section) {
  const kept = pen.answers.own ?? {};
  const there = pen.prepared.clauses.filter((one) => one.section === section && (!("removed" in one) || has(kept, one.id)));
  return there.filter((one) => holds(one.applies_if, pen.lookup));
}

function clause(pen, source, register) {
  const name = register === "pupil" ? `pupil.${pen.pupil}` : register;
  const written = own(own(pen.answers.own ?? {}, source.id) ?? {}, `${pen.lang}.${name}`);
  const paras = written === undefined
    ? pen.parts(source.text[name])
    : ownParas(written);
  if (!paras.length) return null;
  paras.forEach((para, place) => {
    para.label = place ? label(pen, "paragraph", place + 1) : "";
    para.items.forEach((item, order) => {
      item.label = label(pen, "item", order + 1);
    });
  });
  const found = { k: "clause", id: source.id, register: name, title: pen.runs(source.title), paras };
  return written === undefined ? found : { ...found, own: 1 };
}

export function ownParas(texts) {
  const paras = [];
  for (const line of texts.map(squeezed).filter(Boolean)) {
    const dot = DOT.exec(line);
    if (dot && paras.length) paras[paras.length - 1].items.push({ runs: [{ t: line.slice(dot[0].length) }], items: [] });
    else paras.push({ runs: [{ t: line }], items: [] });
  }
  return paras;
}

function label(pen, kind, number) {
  const pattern = pen.prepared.labels[pen.form === "rules" ? kind : `${kind}-plain`] ?? "";
  const letter = "abcdefghijklmnopqrstuvwxyz"[(number - 1) % 26];
  return pattern.replaceAll("#", String(number)).replaceAll("@", letter);
}

/** A line for each clause that has one and says something to these pupils. */
function posters(pen) {
  const spoken = pen.prepared.groups.flatMap((group) => clausesOf(pen, group.id)).filter((one) => clause(pen, one, "pupil"));
  return [{ k: "posters", items: spoken.filter((one) => "poster" in one.text).map((one) => pen.runs(one.text.poster)) }];
}

function tasks(pen) {
  const levels = new Map(pen.prepared.tasks.levels.map((one) => [one.id, one.name]));
  const stages = pen.stages();
  const words = pen.prepared.labels;
  const rows = pen.prepared.tasks.tasks.map((task) => [
    pen.runs(task.name), pen.runs(task.example), ...stages.map((stage) => pen.runs(levels.get(own(pen.values.tasks[task.id], stage.id)) ?? "")),
  ]);
  return grid(pen, [words.task, words.example, ...stages.map((one) => one.name)], rows);
}

const labels = (pen) => [{ k: "labels", items: pen.prepared.tasks.levels.map((one) => ({ title: pen.runs(one.name), runs: pen.runs(one.label) })) }];

function tools(pen) {
  const words = pen.prepared.labels;
  const rows = [];
  for (const chosen of pen.answers.tools ?? []) {
    const tool = pen.prepared.tools.find((one) => one.id === chosen.tool);
    const account = tool?.accounts.find((one) => one.id === chosen.account);
    if (!account) continue;
    const age = ageOf(words, account.min_age, "age", words.unknown);
    const consent = ageOf(words, account.consent_below, "below", account.unsure ? words.unknown : words.none);
    const day = account.unsure ? words["before-use"] : writtenDate(account.checked, pen.lang);
    rows.push([tool.name, tool.maker, account.name, age, consent, day].map((cell) => [{ t: cell }]));
  }
  if (!rows.length) return [{ k: "p", runs: pen.runs(words["no-tools"]) }];
  return grid(pen, ["tool", "maker", "account", "min-age", "consent", "checked"].map((name) => words[name]), rows);
}

function ageOf(words, years, label, missing) {
  if (years === null) return missing;
  return years === 0 ? words["all-ages"] : words[label].replaceAll("#", String(years));
}

function changes(pen) {
  const words = pen.prepared.labels;
  const mine = (pen.answers.history ?? []).map((one) => [one.date, words["own-change"], one.text]);
  const ours = pen.prepared.versions.map((one) => [one.date, one.version, one.text]);
  const lines = [...mine, ...ours].sort((a, b) => (a[0] < b[0] ? 1 : a[0] > b[0] ? -1 : 0));
  return grid(pen, [words.date, words.version, words.change], lines.map(([day, version, line]) => [[{ t: writtenDate(day, pen.lang) }], [{ t: version }], [{ t: line }]]));
}

function choices(pen) {
  const words = pen.prepared.labels;
  const rows = pen.prepared.groups.flatMap((group) => clausesOf(pen, group.id)).flatMap((one) => one.decisions.map((decision) => {
    const picked = decision.choice === "matrix" ? pen.runs(words["task-table"]) : pen.chosen(decision);
    return [pen.runs(one.title), pen.runs(decision.ask), picked.length ? picked : [{ t: words.none }], pen.runs(words[one.decided_by])];
  }));
  return grid(pen, [words.clause, words.question, words.choice, words.decides], rows);
}

const MAKERS = {
  h: text("h"),
  p: text("p"),
  right: text("right"),
  fill: text("fill"),
  cut: text("cut"),
  list: items("list"),
  steps: items("steps"),
  tick: items("tick"),
  table,
  write: (pen, value) => [{ k: "write", n: value }],
  page: () => [{ k: "page" }],
  clauses,
  posters,
  tasks,
  labels,
  tools,
  changes,
  choices,
};

/** An ISO date as a reader writes it; what is no date stays as it is. */
export function writtenDate(written, lang, era = false) {
  const found = /^(\d+)-(\d+)-(\d+)$/u.exec(written);
  if (!found) return written;
  const [year, month, day] = found.slice(1).map(Number);
  if (month < 1 || month > 12) return written;
  if (lang === "en") return `${day} ${MONTHS[month - 1]} ${year}`;
  if (era) {
    for (const [first, fromMonth, fromDay, name] of ERAS) {
      const later = year - first || month - fromMonth || day - fromDay;
      if (later >= 0) return `${name}${year === first ? "元" : year - first + 1}年${month}月${day}日`;
    }
  }
  return `${year}年${month}月${day}日`;
}
