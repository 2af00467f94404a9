// Which clause each line of a school's Word file belongs to: the same as placing.py, which explains it.

import { ownParas } from "./adapt.js";
import { bookmark, paragraphs } from "./docx.js";
import { clean } from "./word.js";

const DIGITS = "[0-9０-９一二三四五六七八九十百〇]+";
const ARTICLE = `第${DIGITS}条(?:の${DIGITS})*`;
const NUMBERED = new RegExp(`^((?:${ARTICLE}|[0-9０-９]{1,3}[.．]) ?)?(.*)$`, "u");
const CHAPTER = new RegExp(`^(?:第${DIGITS}[章節編]|Part [0-9]+(?: [—–-])?) ?`, "u");
const BRACKETS = { "（": "）", "(": ")" };
const HEADLIKE = new RegExp(`^(?:${ARTICLE} ?[（(].{1,60}[)）]|第${DIGITS}[章節編] .{1,60}|附則)$`, "u");
const LABEL = new RegExp(`^(?:(${ARTICLE} |[0-9０-９]{1,2}[.．)]? )|([（(][0-9０-９a-z一二三四五六七八九十]{1,2}[)）] ?|[①-⑳] ?)|([・•●○■□◦] ?|- ))`, "u");
export const DOT = "・";
const SHOWN = 60;
const CLAUSE_LEVEL = 2;

/** A text as it is compared: what looks the same is the same. */
export const key = (text) => clean(text).normalize("NFC");
export const said = (runs) => clean(runs.map((run) => run.t).join(""));
export const plain = (text) => text.replace(/\{([^{}|]+)\|[^{}|]+\|[1-9]\}/gu, "$1");
const undotted = (line) => (line.startsWith(DOT) ? line.slice(DOT.length) : line);
const unspaced = (text) => text.replace(/^ +| +$/gu, "");

/** A clause's paragraphs and items in the form of a school's own words. */
export const linesOf = (block) => block.paras.flatMap((para) => [said(para.runs), ...itemsOf(para.items).map((text) => DOT + text)]);
export const shaped = (texts) => linesOf({ paras: ownParas(texts) });
const itemsOf = (items) => items.flatMap((item) => [said(item.runs), ...itemsOf(item.items)]);

// --- where the clauses begin

function readTitle(text, titles) {
  const [, number, body] = NUMBERED.exec(text);
  const close = BRACKETS[body.slice(0, 1)];
  const end = close ? body.indexOf(close, 1) : -1;
  const title = close ? body.slice(1, end < 0 ? undefined : end) : body;
  const clause = titles.get(key(title));
  if (!clause || (close && end < 0)) return null;
  return { clause, typed: Boolean(number), title, rest: close ? unspaced(body.slice(end + 1)) : "" };
}

function startsOf(lines, titles, names) {
  const ids = new Map([...names.keys()].map((clause) => [bookmark(clause), clause]));
  const read = lines.map((line) => (line.kind === "p" ? readTitle(line.text, titles) : null));
  const found = new Map();
  const taken = new Set();
  const take = (place, start) => {
    if (found.has(place) || taken.has(start.clause)) return;
    found.set(place, start);
    taken.add(start.clause);
  };
  const marked = lines.flatMap((line, place) => [...line.marks].reverse().filter((mark) => ids.has(mark)).map((mark) => [place, ids.get(mark)]));
  for (const [place, clause] of marked) if (read[place]?.clause === clause) take(place, read[place]);
  for (const [place, clause] of marked) if (!read[place]) take(place, renamed(lines[place], clause, names.get(clause)));
  for (const sure of [(line) => line.level, (line, start) => start.typed || start.title !== line.text, () => true]) {
    read.forEach((start, place) => start && sure(lines[place], start) && take(place, start));
  }
  return found;
}

function byContent(lines, starts, ours, names) {
  const taken = new Set([...starts.values()].map((start) => start.clause));
  const owners = new Map([...ours].filter(([clause]) => !taken.has(clause)).flatMap(([clause, texts]) => texts.filter((text) => !text.startsWith(DOT)).map((text) => [key(text), clause])));
  lines.slice(1).forEach((line, place) => {
    const clause = owners.get(key(line.text.replace(LABEL, ""))) ?? owners.get(key(line.text));
    const above = lines[place];
    if (!clause || taken.has(clause) || starts.has(place) || above.kind !== "p" || !(above.level === CLAUSE_LEVEL || HEADLIKE.test(above.text))) return;
    starts.set(place, renamed(above, clause, names.get(clause)));
    taken.add(clause);
  });
}

function renamed(line, clause, ours) {
  const [, number, body] = NUMBERED.exec(line.text);
  const typed = Boolean(number);
  if (body.startsWith(ours)) return { clause, typed, title: ours, rest: unspaced(body.slice(ours.length)) };
  const heading = line.level || HEADLIKE.test(line.text);
  return { clause, typed, title: heading ? body.replace(/^[（）()]+|[（）()]+$/gu, "") : "", rest: heading ? "" : line.text };
}

// --- line by line

class Walk {
  entries = new Map();
  typed = new Map();
  unplaced = [];
  roles = [];
  current = "";
  last = "";

  constructor(lines, starts, ours, frame) {
    Object.assign(this, { lines, starts, ours, frame });
    lines.forEach((line, place) => {
      const role = starts.has(place) ? this.start(place) : this.line(place, line);
      this.roles.push([role, this.current]);
    });
  }

  start(place) {
    const { clause, typed, title, rest } = this.starts.get(place);
    this.current = this.last = clause;
    this.entries.set(clause, rest ? [{ text: rest, number: "" }] : []);
    this.typed.set(clause, typed);
    return title ? "title" : "text";
  }

  line(place, line) {
    if (line.kind !== "p" && line.kind !== "table") return this.stray(place, line, line.kind);
    const own = new Set((this.ours.get(this.current) ?? []).map((one) => key(undotted(one))));
    const known = [line.text, line.text.replace(CHAPTER, ""), line.text.replace(LABEL, "")].map(key).find((one) => this.frame.get(one) > 0);
    if (known !== undefined && !(this.current && own.has(known))) {
      this.frame.set(known, this.frame.get(known) - 1);
      this.current = "";
      return "frame";
    }
    if (line.kind === "table") return this.stray(place, line, "table");
    if (((line.level > 0 && line.level <= CLAUSE_LEVEL) || HEADLIKE.test(line.text)) && !own.has(key(line.text))) {
      this.current = "";
      return this.stray(place, line, "heading");
    }
    if (!this.current) return this.stray(place, line, "p");
    this.entries.get(this.current).push({ text: line.text, number: line.number });
    return "text";
  }

  stray(place, line, kind) {
    const beside = line.at >= 0;
    const above = beside ? line.at : place - 1;
    const clause = beside && above < this.roles.length ? this.roles[above][1] : this.last;
    this.unplaced.push({ kind, text: line.text, clause, after: above >= 0 ? [...this.lines[above].text].slice(0, SHOWN).join("") : "", rows: line.rows });
    return "stray";
  }
}

/** The lines sorted by clause: `{texts, unplaced, roles}`. `document` is what the file was made from, as adapt gives it. */
export function placed(lines, document, prepared) {
  const names = new Map(prepared.clauses.map((clause) => [clause.id, key(plain(clause.title))]));
  const shown = new Map(document.blocks.filter((block) => block.k === "clause").map((block) => [block.id, key(said(block.title))]));
  const titles = new Map([...names, ...shown].map(([clause, title]) => [title, clause]));
  for (const [clause, title] of shown) names.set(clause, title);
  const ours = new Map(document.blocks.filter((block) => block.k === "clause").map((block) => [block.id, linesOf(block)]));
  const starts = startsOf(lines, titles, names);
  byContent(lines, starts, ours, names);
  const walk = new Walk(lines, starts, ours, frameOf(document));
  const changed = [...starts].sort(([a], [b]) => a - b).map(([, start]) => start)
    .filter((start) => start.title && key(start.title) !== names.get(start.clause))
    .map(({ title, clause }) => ({ kind: "title", text: title, clause, after: names.get(clause), rows: [] }));
  const texts = Object.fromEntries([...walk.entries].map(([clause, entries]) => [clause, textsOf(entries, ours.get(clause) ?? [], walk.typed.get(clause))]));
  return { texts, unplaced: [...changed, ...walk.unplaced], roles: walk.roles };
}

function frameOf(document) {
  const found = new Map();
  for (const block of paragraphs(document).blocks) {
    if ("clause" in block || block.k === "page") continue;
    const text = key(cellsOf(block).filter(Boolean).join(" "));
    found.set(text, (found.get(text) ?? 0) + 1);
  }
  return found;
}

/** The texts of a table, cell by cell; of a paragraph, its one. */
export const cellsOf = (block) => (block.k === "table" ? [block.head, ...block.rows].flat().map(said) : [said(block.runs)]);

function textsOf(entries, ours, typed) {
  const known = new Map(ours.map((one) => [key(undotted(one)), one.startsWith(DOT)]));
  const read = entries.map((entry) => unlabelled(entry, known, typed));
  const votes = new Map();
  for (const entry of read.filter(({ text }) => known.has(key(text)))) {
    for (const number of numbersOf(entry)) votes.set(number, (votes.get(number) ?? 0) + (known.get(key(entry.text)) ? 1 : -1));
  }
  return read.map((entry, place) => (place && isItem(entry, known, votes) ? DOT : "") + entry.text);
}

function isItem(entry, known, votes) {
  if (known.has(key(entry.text))) return known.get(key(entry.text));
  if (!entry.number) return false;
  const number = numbersOf(entry).find((one) => votes.has(one));
  return number === undefined ? entry.number === "typed/item" : votes.get(number) > 0;
}

const numbersOf = ({ number }) => [number, `/${number.slice(number.lastIndexOf("/") + 1)}`];

function unlabelled(entry, known, typed) {
  const label = LABEL.exec(entry.text);
  if (entry.number || !label || known.has(key(entry.text))) return entry;
  const rest = entry.text.slice(label[0].length);
  if (!rest || !(typed || known.has(key(rest)))) return entry;
  return { text: rest, number: `typed/${["para", "item", "bullet"][[1, 2, 3].findIndex((at) => label[at])]}` };
}
