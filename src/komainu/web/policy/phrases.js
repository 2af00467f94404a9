// What changed between two texts, word by word, with the browser's own knowledge of words.
// In:  lines before and after, and their language.   Out: lines of runs `{t, ins | del}`.

const ALIKE = 0.4;
const LONGEST = 400;

const segmenters = new Map();

/** A text in words; together they are the text. Where a browser knows none, the signs. */
export function cut(text, lang) {
  if (!("Segmenter" in Intl)) return [...text];
  if (!segmenters.has(lang)) segmenters.set(lang, new Intl.Segmenter(lang, { granularity: "word" }));
  return Array.from(segmenters.get(lang).segment(text), (one) => one.segment);
}

/** The longest common part of two lists, as pairs of places; very long lists count as different. */
function common(a, b, equal = (one, other) => (one === other ? 1 : 0)) {
  if (a.length > LONGEST || b.length > LONGEST) return [];
  const best = Array.from({ length: a.length + 1 }, () => new Float64Array(b.length + 1));
  const like = a.map((one) => b.map((other) => equal(one, other)));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) best[i][j] = Math.max(best[i + 1][j], best[i][j + 1], like[i][j] ? like[i][j] + best[i + 1][j + 1] : 0);
  }
  const found = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (like[i][j] && best[i][j] === like[i][j] + best[i + 1][j + 1]) found.push([i++, j++]);
    else if (best[i][j] === best[i + 1][j]) i += 1;
    else j += 1;
  }
  return found;
}

/** Both lists in one order: what only the first has, what both have, what only the second has. */
function merged(a, b, pairs, each) {
  let [i, j] = [0, 0];
  for (const [x, y] of [...pairs, [a.length, b.length]]) {
    while (i < x) each(a[i++], null);
    while (j < y) each(null, b[j++]);
    if (x < a.length && y < b.length) each(a[i++], b[j++]);
  }
}

function runsBetween(old, fresh, lang) {
  const [before, after] = [cut(old, lang), cut(fresh, lang)];
  const found = [];
  const add = (t, mark) => {
    const last = found[found.length - 1];
    if (last && (mark ? last[mark] : !last.ins && !last.del)) last.t += t;
    else found.push(mark ? { t, [mark]: 1 } : { t });
  };
  merged(before, after, common(before, after), (one, other) => add(one ?? other, one === null ? "ins" : other === null ? "del" : ""));
  return found;
}

function alike(one, other, lang) {
  if (one === other) return 2;
  const [a, b] = [cut(one, lang), cut(other, lang)];
  const ratio = (2 * common(a, b).length) / (a.length + b.length);
  return ratio >= ALIKE ? ratio : 0;
}

/** All lines of both sides as runs. */
export function marked(old, fresh, lang) {
  if (old.join("\n") === fresh.join("\n")) return old.map((t) => [{ t }]);
  const found = [];
  merged(old, fresh, common(old, fresh, (one, other) => alike(one, other, lang)), (one, other) => {
    found.push(one === null ? [{ t: other, ins: 1 }] : other === null ? [{ t: one, del: 1 }] : runsBetween(one, other, lang));
  });
  return found;
}
