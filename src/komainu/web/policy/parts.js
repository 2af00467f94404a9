// The parts of a Word file, unpacked and parsed within limits: the same as docx_parts.py.
// In:  the bytes of a file, from anywhere.   Out: its parts as nodes; or a Refused, named like the sentences `refused-…`.
// The reader of XML is our own: it is the same in every browser and in Node, and knows no DOCTYPE and no entity.

import { unzipSync } from "fflate";

const MIB = 1024 * 1024;
const [LARGEST, UNPACKED] = [20 * MIB, 60 * MIB];
const [ENTRIES, ELEMENTS, PARAGRAPHS, DEEPEST] = [4000, 400_000, 20_000, 120];
const SPACES = {
  "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w:",
  "http://purl.oclc.org/ooxml/wordprocessingml/main": "w:",
  "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
  "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
  "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
};
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const NAME = /^[^\s<>/=!?"'&]+$/u;

/** A file that is not read; `why` names the sentence: large, ole, zip, bomb, document, doctype, xml, deep or long. */
export class Refused extends Error {
  constructor(why) {
    super(why);
    this.why = why;
  }
}

const refuse = (why) => {
  throw new Refused(why);
};

/** The files in the file, unpacked one by one within limits. */
export class Parts {
  constructor(raw) {
    if (raw.length > LARGEST) refuse("large");
    if (raw[0] === 0xd0 && raw[1] === 0xcf && raw[2] === 0x11 && raw[3] === 0xe0) refuse("ole");
    if (raw[0] === 0x50 && raw[1] === 0x4b && raw[6] & 1) refuse("zip"); // encrypted
    this.raw = raw;
    this.names = new Map();
    this.unzip((entry) => {
      this.names.set(entry.name, entry);
      return false;
    });
    if (this.names.size > ENTRIES) refuse("bomb");
    this.left = UNPACKED;
  }

  unzip(filter) {
    try {
      return unzipSync(this.raw, { filter });
    } catch {
      return refuse("zip");
    }
  }

  xml(name) {
    const entry = this.names.get(name);
    if (!entry) return null;
    this.left -= entry.originalSize;
    if (this.left < 0) refuse("bomb");
    const raw = this.unzip((one) => one.name === name)[name];
    return parsed(raw);
  }

  /** Where the document stands: as the file says, else where it usually stands. */
  main() {
    for (const link of this.xml("_rels/.rels")?.kids ?? []) {
      const target = (link.attrs.Target ?? "").replace(/^\/+/u, "");
      if ((link.attrs.Type ?? "").endsWith("/officeDocument") && this.names.has(target)) return target;
    }
    return "word/document.xml";
  }

  macros() {
    return [...this.names.keys()].some((name) => name.toLowerCase().includes("vbaproject"));
  }
}

/** The first element down a path of names, or null. */
export function find(node, ...path) {
  let here = node;
  for (const name of path) here = here?.kids.find((kid) => kid.name === name) ?? null;
  return here;
}

export const node = (name, kids = []) => ({ name, attrs: {}, kids, text: "" });

/** XML as nodes: `{name, attrs, kids, text}`, names with one of our short prefixes, attributes by local name. */
export function parsed(raw) {
  const text = decoded(raw);
  const root = { ...node(""), spaces: { xml: "xml" }, tag: "" };
  const stack = [root];
  const counts = { all: 0, paragraphs: 0 };
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf("<", at);
    const here = stack[stack.length - 1];
    const between = text.slice(at, open < 0 ? text.length : open);
    if (here === root ? between.trim() : between) here.text += here === root ? refuse("xml") : unescaped(between);
    if (open < 0) break;
    at = markup(text, open, stack, counts);
  }
  return stack.length === 1 && root.kids.length === 1 ? root.kids[0] : refuse("xml");
}

function decoded(raw) {
  const wide = raw[0] === 0xff && raw[1] === 0xfe ? "utf-16le" : raw[0] === 0xfe && raw[1] === 0xff ? "utf-16be" : "utf-8";
  try {
    return new TextDecoder(wide, { fatal: true }).decode(raw).replace(/\r\n?/gu, "\n");
  } catch {
    return refuse("xml");
  }
}

function unescaped(text) {
  return text.replace(/&([^;&]*);?/gu, (all, name) => {
    const number = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}))$/u.exec(name);
    const code = number ? parseInt(number[1] ?? number[2], number[1] ? 16 : 10) : 0;
    if (!all.endsWith(";") || (number ? code > 0x10ffff || code === 0 : !Object.hasOwn(ENTITIES, name))) refuse("xml");
    return number ? String.fromCodePoint(code) : ENTITIES[name];
  });
}

/** Reads the mark that begins at a place; where the next thing begins. */
function markup(text, at, stack, counts) {
  const until = (sign, skip) => {
    const end = text.indexOf(sign, at + skip);
    return end < 0 ? refuse("xml") : end;
  };
  if (text.startsWith("<!--", at)) return until("-->", 4) + 3;
  if (text.startsWith("<?", at)) return until("?>", 2) + 2;
  if (text.startsWith("<![CDATA[", at)) {
    const end = until("]]>", 9);
    stack[stack.length - 1].text += text.slice(at + 9, end);
    return end + 3;
  }
  if (text.startsWith("<!", at)) return refuse(text.startsWith("<!DOCTYPE", at) ? "doctype" : "xml");
  if (text[at + 1] === "/") {
    const end = until(">", 2);
    const done = stack.pop();
    if (!stack.length || text.slice(at + 2, end).trimEnd() !== done.tag) refuse("xml");
    return end + 1;
  }
  return element(text, at, stack, counts);
}

const TAG = /<([^\s<>/=!?"'&]+)((?:\s+[^\s<>/="'&]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/uy;
const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/gu;

function element(text, at, stack, counts) {
  TAG.lastIndex = at;
  const found = TAG.exec(text);
  if (!found || !NAME.test(found[1])) refuse("xml");
  const parent = stack[stack.length - 1];
  const written = [...found[2].matchAll(ATTRIBUTE)].map(([, name, one, other]) => [name, unescaped((one ?? other).replace(/\s/gu, " "))]);
  const spaces = { ...parent.spaces };
  for (const [name, value] of written) if (name === "xmlns" || name.startsWith("xmlns:")) spaces[name.slice(6)] = value;
  const made = { name: short(found[1], spaces), attrs: {}, kids: [], text: "", spaces, tag: found[1] };
  for (const [name, value] of written) if (!name.startsWith("xmlns")) made.attrs[name.slice(name.indexOf(":") + 1)] = value;
  counts.all += 1;
  counts.paragraphs += made.name === "w:p";
  if (counts.all > ELEMENTS || counts.paragraphs > PARAGRAPHS) refuse("long");
  if (stack.length > DEEPEST) refuse("deep");
  parent.kids.push(made);
  if (!found[3]) stack.push(made);
  return TAG.lastIndex;
}

function short(tag, spaces) {
  const colon = tag.indexOf(":");
  const prefix = colon < 0 ? "" : tag.slice(0, colon);
  if (prefix && !Object.hasOwn(spaces, prefix)) refuse("xml");
  return (Object.hasOwn(SPACES, spaces[prefix] ?? "") ? SPACES[spaces[prefix]] : "x:") + tag.slice(colon + 1);
}
