// The classroom policy's two small grammars: a rule that is true or false, and a text with blanks.
// The same as ruling.py, which explains both; tests/cases/policy/ruling.yml holds the two to the same rows.

const TOKEN = () => /\{\{([a-z][a-z0-9_.-]*)\}\}|\{([^{}|]+)\|([^{}|]+)\|([1-9])\}|(\*\*)/gu;

const plainObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const same = (a, b) => a === b;

/** Whether a rule holds; no rule always does. `lookup` gives the answers at a path. */
export function holds(rule, lookup) {
  if (rule === undefined || rule === null) return true;
  const [kind] = Object.keys(rule);
  return TESTS[kind](rule[kind], lookup);
}

/** Everything that stands at a path inside nested objects; `*` is any name. */
export function at(values, path) {
  let found = [values];
  for (const name of path.split(".")) {
    found = found.filter(plainObject).flatMap((one) =>
      Object.keys(one).filter((key) => name === "*" || name === key).map((key) => one[key]));
  }
  return found.filter((one) => one !== null && one !== undefined);
}

const is = ([path, wanted], lookup) =>
  lookup(path).some((found) => (Array.isArray(found) ? found.some((one) => same(one, wanted)) : same(found, wanted)));

const empty = (value) => value === "" || (Array.isArray(value) && !value.length) || (plainObject(value) && !Object.keys(value).length);

const TESTS = {
  is,
  in: ([path, values], lookup) => values.some((one) => is([path, one], lookup)),
  set: (path, lookup) => lookup(path).some((found) => !empty(found)),
  below: ([path, limit], lookup) => lookup(path).some((found) => typeof found === "number" && found < limit),
  all: (rules, lookup) => rules.every((rule) => holds(rule, lookup)),
  any: (rules, lookup) => rules.some((rule) => holds(rule, lookup)),
  not: (rule, lookup) => !holds(rule, lookup),
};

/** A text as runs, its blanks filled; words of school year `keep` or below carry no reading. */
export function runs(text, fill, keep = 9) {
  const found = [];
  let bold = false;
  let end = 0;
  for (const token of text.matchAll(TOKEN())) {
    add(found, { t: text.slice(end, token.index) }, bold);
    end = token.index + token[0].length;
    const [, name, base, reading, year, mark] = token;
    if (mark) bold = !bold;
    else if (name) fill(name).forEach((run) => add(found, run, bold));
    else add(found, Number(year) > keep ? { t: base, r: reading } : { t: base }, bold);
  }
  add(found, { t: text.slice(end) }, bold);
  return found;
}

/** What was typed, on one line, without blanks at its ends; the empty text for what is neither text nor a number. */
export function squeezed(value) {
  if (typeof value !== "string" && typeof value !== "number") return "";
  return String(value).replace(/[\s\u001c-\u001f\u0085]+/gu, " ").replace(/^ | $/gu, "");
}

const plain = (run) => !("r" in run) && !("gap" in run);

function add(found, run, bold) {
  if (!run.t) return;
  const own = bold ? { ...run, b: 1 } : run;
  const last = found[found.length - 1];
  if (last && plain(last) && plain(own) && last.b === own.b) found[found.length - 1] = { ...last, t: last.t + own.t };
  else found.push(own);
}
