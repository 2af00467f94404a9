// A Word file that a school edited, read back: the same lines as docx_reading.py, which explains them.

import { CONTROL } from "./docx.js";
import { find, node, Parts, Refused } from "./parts.js";
import { squeezed } from "./ruling.js";

const SKIPPED = new Set(
  "w:del w:moveFrom w:delText w:instrText w:delInstrText w:pPr w:rPr w:sectPr w:sdtPr w:sdtEndPr w:tblPr w:tblGrid w:trPr w:tcPr w:rt w:rubyPr".split(" "),
);
const BREAKS = { "w:tab": " ", "w:ptab": " ", "w:cr": "\n", "w:noBreakHyphen": "-", "w:softHyphen": "" };
const REFERENCES = { "w:commentReference": "comment", "w:footnoteReference": "footnote", "w:endnoteReference": "endnote" };
const SIDE = /^word\/(comments|footnotes|endnotes|header|footer)\d*\.xml$/iu;
const PAGE_NUMBER = /^[\s\d/\-–—]*$/u;
const NOWHERE = { text: "", kind: "p", level: 0, number: "", marks: [], rows: [], at: -1 };

const plainObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

/** The file's properties and lines: `{edition, document, answers, lines, notes}`. Throws a Refused. */
export function readDocx(raw) {
  const parts = new Parts(raw);
  const kept = properties(parts);
  const main = parts.main();
  const body = new Body(levels(parts.xml(`${main.slice(0, Math.max(0, main.lastIndexOf("/")))}/styles.xml`)));
  const document = parts.xml(main);
  if (!document) throw new Refused("document");
  body.blocks(document);
  const lines = [...body.lines, ...beside(parts, body)];
  const [answers, broken] = answersIn(kept.get("komainu.answers") ?? "");
  const notes = [["macros", parts.macros()], ["answers", broken], ["embedded", body.embedded]].filter(([, there]) => there).map(([name]) => name);
  return { edition: kept.get("komainu.edition") ?? "", document: kept.get("komainu.document") ?? "", answers, lines, notes };
}

// --- what it remembers

function properties(parts) {
  const whole = new Map();
  for (const one of parts.xml("docProps/custom.xml")?.kids ?? []) {
    const name = one.attrs.name ?? "";
    if (name.startsWith("komainu.")) whole.set(name, one.kids.map((kid) => kid.text).join(""));
  }
  for (const name of [...whole.keys()].filter((one) => /\.\d+$/u.test(one)).map((one) => one.replace(/\.\d+$/u, ""))) {
    const pieces = [];
    while (whole.has(`${name}.${pieces.length + 1}`)) pieces.push(whole.get(`${name}.${pieces.length + 1}`));
    if (!whole.has(name)) whole.set(name, pieces.join(""));
  }
  return whole;
}

function answersIn(text) {
  if (!text) return [null, false];
  let data = "";
  try {
    data = JSON.parse(text);
  } catch {
    // damaged: said below
  }
  const fine = plainObject(data) && plainObject(data.values);
  return [fine ? data : null, data !== null && !fine];
}

function levels(styles) {
  const found = new Map();
  const based = new Map();
  for (const style of styles?.kids ?? []) {
    const ident = style.attrs.styleId ?? "";
    const heading = /^(?:heading ([1-9])|(title))$/u.exec((find(style, "w:name")?.attrs.val ?? "").toLowerCase());
    const outline = find(style, "w:pPr", "w:outlineLvl");
    if (heading) found.set(ident, Number(heading[1] ?? 1));
    else if (outline) found.set(ident, levelOf(outline));
    else if (find(style, "w:basedOn")) based.set(ident, find(style, "w:basedOn").attrs.val ?? "");
  }
  for (const [ident, first] of based) {
    const seen = new Set([ident]);
    let parent = first;
    while (based.has(parent) && !seen.has(parent)) {
      seen.add(parent);
      parent = based.get(parent);
    }
    found.set(ident, found.get(parent) ?? 0);
  }
  return found;
}

const levelOf = (outline) => (/^[0-8]$/u.test(outline.attrs.val ?? "") ? Number(outline.attrs.val) + 1 : 0);

// --- lines

class Body {
  lines = [];
  marks = [];
  carried = "";
  boxes = [];
  embedded = false;

  constructor(styles, anchors = new Map()) {
    this.levels = styles;
    this.anchors = anchors;
  }

  blocks(part) {
    this.inside(part);
    if (this.carried) this.paragraph(node("w:p"));
  }

  inside(part) {
    for (const kid of part.kids) {
      if (kid.name === "w:tbl") this.table(kid);
      else if (["w:p", "w:r", "w:hyperlink", "w:t"].includes(kid.name)) this.paragraph(kid.name === "w:p" ? kid : node("w:p", [kid]));
      else if (kid.name === "w:bookmarkStart") this.mark(kid);
      else if (kid.name === "mc:AlternateContent") this.inside(chosen(kid));
      else if (kid.name === "w:altChunk") this.embedded = true;
      else if (!SKIPPED.has(kid.name)) this.inside(kid);
    }
  }

  mark(one) {
    if ((one.attrs.name ?? "").startsWith("k_")) this.marks.push(one.attrs.name);
  }

  paragraph(one) {
    const out = [this.carried];
    this.carried = "";
    this.text(one, out, new Map());
    const shape = find(one, "w:pPr") ?? node("");
    if (find(shape, "w:rPr", "w:del") || find(shape, "w:rPr", "w:moveFrom")) {
      this.carried = out.join("");
      return;
    }
    for (const text of out.join("").split("\n").map(clean).filter(Boolean)) {
      this.lines.push({ ...NOWHERE, text, level: this.heading(shape), number: numberOf(shape), marks: this.marks });
      this.marks = [];
    }
    const boxes = this.boxes;
    this.boxes = [];
    boxes.forEach((box) => this.aside(box));
  }

  heading(shape) {
    const outline = find(shape, "w:outlineLvl");
    if (outline) return levelOf(outline);
    const ident = find(shape, "w:pStyle")?.attrs.val ?? "";
    return this.levels.get(ident) ?? Number(/^Heading([1-9])$/u.exec(ident)?.[1] ?? 0);
  }

  aside(box) {
    const at = this.lines.length - 1;
    if (typeof box === "string") this.lines.push({ ...NOWHERE, text: box, kind: "picture", at });
    else this.lines.push(...this.apart(box).map((text) => ({ ...NOWHERE, text, kind: "textbox", at })));
  }

  apart(part) {
    const inner = new Body(this.levels, this.anchors);
    inner.blocks(part);
    this.embedded ||= inner.embedded;
    return inner.lines.map((line) => line.text);
  }

  table(one) {
    const rows = down(one, "w:tr").filter((row) => !find(row, "w:trPr", "w:del")).map((row) => down(row, "w:tc").map((cell) => this.apart(cell).join(" ")));
    const text = rows.flat().filter(Boolean).join(" ");
    if (text) this.lines.push({ ...NOWHERE, text, kind: "table", rows });
  }

  text(part, out, starts) {
    for (const kid of part.kids) {
      const { name, attrs } = kid;
      if (name === "w:t" || name === "m:t") out.push(kid.text.replaceAll("\n", " "));
      else if (name === "w:br") out.push((attrs.type ?? "textWrapping") === "textWrapping" ? "\n" : "");
      else if (Object.hasOwn(BREAKS, name)) out.push(BREAKS[name]);
      else if (name === "w:sym") out.push(symbol(kid));
      else if (name === "w:bookmarkStart") {
        this.mark(kid);
        starts.set(attrs.id ?? "", [attrs.name ?? "", out.join("").length]);
      } else if (name === "w:bookmarkEnd") this.collapsed(starts.get(attrs.id ?? ""), out);
      else if (Object.hasOwn(REFERENCES, name)) this.anchors.set(`${REFERENCES[name]} ${attrs.id ?? ""}`, this.lines.length);
      else if (name === "w:txbxContent") this.boxes.push(kid);
      else if (name === "mc:AlternateContent") this.text(chosen(kid), out, starts);
      else if (!SKIPPED.has(name)) {
        if (name === "x:docPr" || name === "x:imagedata") this.boxes.push(...[clean(attrs.descr || attrs.title || "")].filter(Boolean));
        this.text(kid, out, starts);
      }
    }
  }

  collapsed(start, out) {
    if (start && this.marks.includes(start[0]) && start[1] === out.join("").length) this.marks.splice(this.marks.indexOf(start[0]), 1);
  }
}

/** A line as it is kept: one line, without signs that nobody sees. */
export const clean = (text) => squeezed(text.replace(CONTROL, "").replace(/[\u200b-\u200d\u2060\ufeff\u00ad]/gu, ""));

function symbol(one) {
  const code = one.attrs.char ?? "";
  return /^[0-9A-Fa-f]{1,5}$/u.test(code) ? String.fromCodePoint(parseInt(code, 16)) : "";
}

function numberOf(shape) {
  const ident = find(shape, "w:numPr", "w:numId")?.attrs.val ?? "";
  const level = find(shape, "w:numPr", "w:ilvl");
  return ident === "" || ident === "0" ? "" : `${ident}/${level ? level.attrs.val ?? "0" : "0"}`;
}

const chosen = (one) => find(one, "mc:Choice") ?? find(one, "mc:Fallback") ?? node("");

function down(part, name) {
  return part.kids.flatMap((kid) => (kid.name === name ? [kid] : SKIPPED.has(kid.name) || kid.name === "w:tbl" ? [] : down(kid, name)));
}

function beside(parts, body) {
  const found = [];
  for (const name of [...parts.names.keys()].sort()) {
    const side = SIDE.exec(name);
    if (!side) continue;
    const kind = side[1].toLowerCase().replace(/s$/u, "");
    const edge = kind === "header" || kind === "footer";
    const root = parts.xml(name);
    for (const one of edge ? [root] : root.kids) {
      const at = body.anchors.get(`${kind} ${one.attrs.id ?? ""}`) ?? -1;
      found.push(...body.apart(one).filter((text) => !edge || !PAGE_NUMBER.test(text)).map((text) => ({ ...NOWHERE, text, kind, at })));
    }
  }
  return found;
}
