// Texts with their readings: `{学校|がっこう|1}` becomes ruby; the switch on the page decides which readings are seen.

import { el } from "./dom.js"; // stands in web/policy and is bundled with this page

const READ = /\{([^{}|]+)\|([^{}|]+)\|(\d)\}/gu;

/** A text of our own data as nodes. */
export function read(text) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(READ)) {
    nodes.push(text.slice(end, match.index), el("ruby", { class: `y${match[3]}` }, match[1], el("rp", {}, "（"), el("rt", {}, match[2]), el("rp", {}, "）")));
    end = match.index + match[0].length;
  }
  return [...nodes, text.slice(end)];
}

/** The same without readings, for names that are heard and for pictures. */
export const bare = (text) => text.replace(READ, "$1");

/** A sentence with its values filled in. */
export const filled = (text, values) => text.replace(/\{(\w+)\}/gu, (all, name) => (name in values ? String(values[name]) : all));
