// A document as the parts of a Word file: the same letters as docx.py, which explains them.

import { titleOnTop } from "./text.js";

const PLACES = {
  "[Content_Types].xml": "content_types",
  "_rels/.rels": "rels",
  "word/_rels/document.xml.rels": "document_rels",
  "word/settings.xml": "settings",
  "word/fontTable.xml": "fontTable",
  "word/footer1.xml": "footer1",
};
const NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const FONT = "UD デジタル 教科書体 N-R";
const HALF_POINTS = { pupil: 22, poster: 28, letter: 22, labels: 24 };
const CHUNK = 200;
const MARGIN = 1020;
const PAGE = { poster: [16838, 23811] };
const [NARROWEST, WIDEST] = [5, 28];
const [BULLETS, STEPS, HEADINGS, TICKS] = [3, 4, 5, 6];
const RULES = { ja: 1, en: 2 };
const ITEMS = { ja: 7, en: 8 };
const FIRST_FREE = 9;
// eslint-disable-next-line no-control-regex
export const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ud800-\udfff]/gu;

const sizeOf = (document) => HALF_POINTS[document.form] ?? 21;

/** The parts of the file: path -> text. `parts` are the constant ones (docx.json). */
export function files(parts, document, properties, creator = "", stamp = {}) {
  const pen = new Pen(document, stamp);
  const airy = ["pupil", "poster", "labels"].includes(document.form) || document.lang === "ja-plain";
  const body = pen.body();
  const changed = {
    "@FONT@": FONT,
    "@SIZE@": String(sizeOf(document)),
    "@LANG@": document.lang.startsWith("ja") ? "ja-JP" : "en-GB",
    "@LINE@": airy ? "300" : "276",
    "@TITLE@": safe(document.title.map((run) => run.t).join("")),
    "@CREATOR@": safe(creator),
    "@STEPS@": pen.numberings(),
  };
  const filled = (text) => text.replace(/@[A-Z]+@/gu, (name) => changed[name]);
  return {
    ...Object.fromEntries(Object.entries(PLACES).map(([path, name]) => [path, parts[name]])),
    "word/document.xml": body,
    "word/styles.xml": filled(parts.styles),
    "word/numbering.xml": filled(parts.numbering),
    "docProps/core.xml": filled(parts.core),
    "docProps/custom.xml": custom(properties),
  };
}

const safe = (text) => text.replace(CONTROL, "").replace(/&/gu, "&amp;").replace(/</gu, "&lt;").replace(/>/gu, "&gt;").replace(/"/gu, "&quot;");

function custom(properties) {
  const pieces = Object.entries(properties).flatMap(([name, value]) => {
    const letters = [...value];
    if (letters.length <= CHUNK) return [[name, value]];
    return Array.from({ length: Math.ceil(letters.length / CHUNK) }, (_, at) => [`${name}.${at + 1}`, letters.slice(at * CHUNK, (at + 1) * CHUNK).join("")]);
  });
  const rows = pieces.map(([name, value], at) =>
    `<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="${at + 2}" name="${safe(name)}"><vt:lpwstr>${safe(value)}</vt:lpwstr></property>`).join("");
  return '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    + '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
    + ` xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">${rows}</Properties>\n`;
}

/** The name of a clause's bookmark; Word takes letters, digits and the low line. */
export const bookmark = (ident) => `k_${ident.replaceAll("-", "_")}`;

class Pen {
  constructor(document, stamp) {
    const [wide, high] = PAGE[document.form] ?? [11906, 16838];
    Object.assign(this, { document, stamp, lang: document.lang.slice(0, 2), size: sizeOf(document), wide, high, lists: [...(document.lists ?? [])], marks: 0, changes: 0 });
  }

  body() {
    const blocks = this.document.blocks.map((block) => BLOCKS[block.k](this, block)).join("");
    return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document xmlns:w="${NAMESPACE}" xmlns:r="${RELATIONS}"><w:body>`
      + `${titleOnTop(this.document) ? this.para("Title", this.document.title) : ""}${blocks}`
      + `<w:sectPr><w:footerReference w:type="default" r:id="rId5"/><w:pgSz w:w="${this.wide}" w:h="${this.high}"/>`
      + `<w:pgMar w:top="1020" w:right="${MARGIN}" w:bottom="1020" w:left="${MARGIN}" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>`
      + "</w:body></w:document>\n";
  }

  numberings() {
    const start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>';
    return this.lists.map((kind, at) => `<w:num w:numId="${FIRST_FREE + at}"><w:abstractNumId w:val="${kind}"/>${start}</w:num>`).join("");
  }

  listed(kind) {
    this.lists.push(kind);
    return FIRST_FREE + this.lists.length - 1;
  }

  run(run) {
    const marks = ("b" in run ? "<w:b/>" : "") + ("gap" in run ? '<w:highlight w:val="yellow"/>' : "");
    const style = marks ? `<w:rPr>${marks}</w:rPr>` : "";
    if ("del" in run) return this.change("del", `<w:r>${style}<w:delText xml:space="preserve">${safe(run.t)}</w:delText></w:r>`);
    const inner = "r" in run ? this.ruby(run, style) : `<w:t xml:space="preserve">${safe(run.t)}</w:t>`;
    const text = `<w:r>${style}${inner}</w:r>`;
    return "ins" in run ? this.change("ins", text) : text;
  }

  change(kind, inner = "") {
    this.changes += 1;
    const start = `<w:${kind} w:id="${9000 + this.changes}" w:author="${safe(this.stamp.author)}" w:date="${safe(this.stamp.date)}"`;
    return inner ? `${start}>${inner}</w:${kind}>` : `${start}/>`;
  }

  ruby(run, style) {
    const small = Math.floor(this.size / 2);
    const reading = `<w:r><w:rPr><w:sz w:val="${small}"/><w:szCs w:val="${small}"/></w:rPr><w:t>${safe(run.r)}</w:t></w:r>`;
    return `<w:ruby><w:rubyPr><w:rubyAlign w:val="distributeSpace"/><w:hps w:val="${small}"/><w:hpsRaise w:val="${this.size - 4}"/>`
      + `<w:hpsBaseText w:val="${this.size}"/><w:lid w:val="ja-JP"/></w:rubyPr><w:rt>${reading}</w:rt>`
      + `<w:rubyBase><w:r>${style}<w:t>${safe(run.t)}</w:t></w:r></w:rubyBase></w:ruby>`;
  }

  para(style, runs, number = null, before = "", after = "", mark = "") {
    const named = style ? `<w:pStyle w:val="${style}"/>` : "";
    const listed = number ? `<w:numPr><w:ilvl w:val="${number[0]}"/><w:numId w:val="${number[1]}"/></w:numPr>` : "";
    const marked = mark ? `<w:rPr>${this.change(mark)}</w:rPr>` : "";
    const shape = named || listed || marked ? `<w:pPr>${named}${listed}${marked}</w:pPr>` : "";
    return `<w:p>${shape}${before}${runs.map((run) => this.run(mark ? { ...run, [mark]: 1 } : run)).join("")}${after}</w:p>`;
  }

  items(items, number) {
    return items.map((item) => this.para("ListParagraph", item.runs, [0, number])
      + item.items.map((one) => this.para("ListParagraph", one.runs, [1, number])).join("")).join("");
  }

  heading(block) {
    return this.para("Heading1", block.runs, this.document.form === "rules" && block.label ? [0, RULES[this.lang]] : null);
  }

  steps(block) {
    return this.items(block.items, this.listed(STEPS));
  }

  clause(block) {
    this.marks += 1;
    const start = `<w:bookmarkStart w:id="${this.marks}" w:name="${bookmark(block.id)}"/>`;
    const end = `<w:bookmarkEnd w:id="${this.marks}"/>`;
    const rules = this.document.form === "rules";
    const title = rules && this.lang === "ja" ? [{ t: "（" }, ...block.title, { t: "）" }] : block.title;
    const lines = [["Heading2", title, rules ? [1, RULES[this.lang]] : [0, HEADINGS]]];
    for (const para of block.paras) {
      if (rules) {
        lines.push(["", para.runs, para.label ? [2, RULES[this.lang]] : null]);
        const own = para.items.length ? this.listed(ITEMS[this.lang]) : 0;
        lines.push(...para.items.map((item) => ["", item.runs, [0, own]]));
      } else {
        lines.push(["ListParagraph", para.runs, [0, BULLETS]]);
        lines.push(...para.items.map((item) => ["ListParagraph", item.runs, [1, BULLETS]]));
      }
    }
    const last = lines.length - 1;
    return lines.map(([style, runs, number], place) => this.para(style, runs, number, place === 0 ? start : "", place === last ? end : "")).join("");
  }

  table(block) {
    const long = (cell) => cell.reduce((sum, run) => sum + [...run.t].length, 0);
    const weights = block.head.map((head, at) => Math.min(WIDEST, Math.max(NARROWEST, long(head), ...block.rows.map((row) => long(row[at])))));
    const sum = weights.reduce((all, one) => all + one, 0);
    const widths = weights.map((weight) => Math.floor(((this.wide - 2 * MARGIN) * weight) / sum));
    const grid = widths.map((width) => `<w:gridCol w:w="${width}"/>`).join("");
    const mark = block.mark ?? "";
    const rows = block.rows.map((row) => this.row(row, widths, false, mark)).join("");
    return '<w:tbl><w:tblPr><w:tblStyle w:val="KomainuTable"/><w:tblW w:w="5000" w:type="pct"/><w:tblLook w:val="0420" w:firstRow="1"/></w:tblPr>'
      + `<w:tblGrid>${grid}</w:tblGrid>${this.row(block.head, widths, true, mark)}${rows}</w:tbl><w:p/>`;
  }

  row(cells, widths, first, mark = "") {
    const inner = cells.map((cell, at) => `<w:tc><w:tcPr><w:tcW w:w="${widths[at]}" w:type="dxa"/></w:tcPr>${this.para("", cell, null, "", "", mark)}</w:tc>`).join("");
    return `<w:tr><w:trPr><w:cantSplit/>${first ? "<w:tblHeader/>" : ""}${mark ? this.change(mark) : ""}</w:trPr>${inner}</w:tr>`;
  }

  line(block) {
    return this.para(block.style, block.runs, block.number, block.before, block.after, block.mark ?? "");
  }
}

const BLOCKS = {
  title: (pen, block) => pen.para("Title", block.runs),
  h: (pen, block) => pen.heading(block),
  sub: (pen, block) => pen.para("Heading2", block.runs),
  p: (pen, block) => pen.para("", block.runs),
  right: (pen, block) => pen.para("Right", block.runs),
  fill: (pen, block) => pen.para("WriteLine", [...block.runs, { t: "　" }]),
  cut: (pen, block) => pen.para("CutLine", [{ t: "✂ " }, ...block.runs]),
  list: (pen, block) => pen.items(block.items, BULLETS),
  steps: (pen, block) => pen.steps(block),
  tick: (pen, block) => pen.items(block.items, TICKS),
  table: (pen, block) => pen.table(block),
  write: (pen, block) => pen.para("WriteLine", []).repeat(block.n),
  page: () => '<w:p><w:r><w:br w:type="page"/></w:r></w:p>',
  clause: (pen, block) => pen.clause(block),
  posters: (pen, block) => block.items.map((one) => pen.para("PosterLine", one)).join(""),
  labels: (pen, block) => block.items.map((one) => pen.para("Heading1", one.title) + pen.para("CutLine", one.runs)).join(""),
  line: (pen, block) => pen.line(block),
};

class Noting extends Pen {
  noted = [];

  para(style, runs, number = null, before = "", after = "") {
    this.noted.push({ k: style === "Title" ? "title" : "line", style, runs, number, before, after });
    return "";
  }
}

/** The same document as a plain row of paragraphs (blocks `title` and `line`) and tables, `clause` naming whose each is. */
export function paragraphs(document) {
  const pen = new Noting(document, {});
  if (titleOnTop(document)) pen.para("Title", document.title);
  for (const block of document.blocks) {
    const start = pen.noted.length;
    if (block.k === "table" || block.k === "page") pen.noted.push(block);
    else BLOCKS[block.k](pen, block);
    if (block.k === "clause") for (const line of pen.noted.slice(start)) line.clause = block.id;
  }
  return { ...document, blocks: pen.noted, lists: pen.lists };
}
