// Notebooks as files: what a pupil hands in, and what is opened again.
// In:  the notebook as handed out (nbformat 4), the pupil's texts by cell id.   Out: a file's text, or texts with what was lost.

export const LARGEST = 20e6;

const joined = (source) => (Array.isArray(source) ? source.join("") : String(source ?? ""));
const lines = (text) => text.split(/(?<=\n)/);
const plain = (text) => joined(text).replace(/\s+/g, " ").trim();

// The notebook with the pupil's texts and the latest outputs, as one valid .ipynb.
export function handIn(notebook, texts, outputs) {
  const cells = notebook.cells.map((cell) => cell.cell_type !== "code" ? cell : {
    ...cell,
    source: lines(texts[cell.id] ?? joined(cell.source)),
    outputs: (outputs[cell.id] || []).map((output) => output.output_type === "stream" ? { ...output, text: lines(output.text) } : output),
  });
  return `${JSON.stringify({ ...notebook, cells }, null, 1)}\n`;
}

// The texts of a file that was handed in: by id, and where ids are gone by content and place.
// Throws an Error whose message is one of: large, unreadable, other, language, newer.
export function opened(text, notebook) {
  if (text.length > LARGEST) throw new Error("large");
  let found;
  try { found = JSON.parse(text); } catch { throw new Error("unreadable"); }
  if (!found || found.nbformat !== 4 || !Array.isArray(found.cells)) throw new Error("unreadable");
  const ours = notebook.metadata.komainu, theirs = found.metadata?.komainu;
  if (theirs && theirs.exercise !== ours.exercise) throw new Error("other");
  if (theirs && theirs.format > ours.format) throw new Error("newer");
  if (theirs && theirs.language !== ours.language) throw new Error("language");
  const code = found.cells.filter((cell) => cell && cell.cell_type === "code");
  const pairs = paired(notebook.cells.filter((cell) => cell.cell_type === "code"), code);
  if (!pairs.size) throw new Error(theirs ? "unreadable" : "other");
  const used = new Set(pairs.values());
  return {
    texts: Object.fromEntries([...pairs].map(([cell, one]) => [cell.id, joined(one.source)])),
    rest: code.filter((cell) => !used.has(cell)).map((cell) => joined(cell.source)).filter((source) => source.trim()),
  };
}

// Which cell of a file is which of ours. Without any of our ids: the same first line, then the same place between two of those.
function paired(wanted, code) {
  const byId = new Map(code.map((cell) => [cell.id, cell]));
  const known = wanted.filter((cell) => byId.has(cell.id));
  if (known.length) return new Map(known.map((cell) => [cell, byId.get(cell.id)]));
  const pairs = new Map(), used = new Set();
  const pair = (cell, one) => { pairs.set(cell, one); used.add(one); };
  for (const cell of wanted) {
    const same = code.find((one) => !used.has(one) && first(one) && first(one) === first(cell));
    if (same) pair(cell, same);
  }
  let from = 0, between = [];
  for (const cell of pairs.size ? [...wanted, null] : []) {
    if (cell && !pairs.has(cell)) { between.push(cell); continue; }
    const to = cell ? code.indexOf(pairs.get(cell)) : code.length;
    const free = code.slice(from, to).filter((one) => !used.has(one));
    if (free.length === between.length) for (const [number, one] of between.entries()) pair(one, free[number]);
    [from, between] = [to + 1, []];
  }
  return pairs;
}

// The first line that says something: a pupil rarely changes it.
const first = (cell) => plain(joined(cell.source).split("\n").find((line) => line.trim() && !line.trim().startsWith("#")) ?? "");

export const source = (cell) => joined(cell.source);
