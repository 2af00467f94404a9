// How an answer to a quiz item is scored: the same shares as exports/scoring.py, which tests/unit/test_scoring.py compares.
// Options and targets go by any name, here by their place on the page.

/** An equal part for each option of the key, less an equal part for each other one, but not less than nothing. */
export function multipleShare(chosen, key, options) {
  const right = chosen.filter((one) => key.includes(one)).length;
  return Math.max(0, right / key.length - (chosen.length - right) / (options.length - key.length));
}

/** The whole point when all of it is right; also for a choice of one. */
export const orderShare = (given, key) => Number(given.length === key.length && given.every((one, at) => one === key[at]));

/** How many pairs are right; options -> targets. */
export const pairsRight = (given, key) => Object.keys(key).filter((option) => given[option] === key[option]).length;

/** An equal part for each right pair. */
export const matchShare = (given, key) => pairsRight(given, key) / Object.keys(key).length;

/** The whole point within the tolerance, its ends included. */
export const numberShare = (given, key) => Number(Math.abs(given - key.value) <= key.tolerance + 1e-9);

/** The whole point when the words are among the accepted ones; width, case and outer spaces do not count. */
export const shortShare = (given, accepted) => Number(accepted.map(plain).includes(plain(given)));

/** What a judgement of a statement earns when the statement is true (`key`) or not. */
export const judgementShare = (judgement, key) => ([key, null].includes(judgement.says) ? judgement.if_right : judgement.if_wrong);

const OUTER = /^(?:[^\S\ufeff]|[\x1c-\x1f\x85])+|(?:[^\S\ufeff]|[\x1c-\x1f\x85])+$/g; // what Python's strip takes away

// Letter by letter, and by way of both cases: ß is then ss, and a sigma is a sigma wherever it stands.
const folded = (letter) => (letter === "ı" ? letter : letter.toLowerCase().toUpperCase().toLowerCase());
const plain = (text) => [...text.normalize("NFKC").replace(OUTER, "")].map(folded).join("");

/** The number that a pupil wrote, or null: of either width, with any minus, 1,000 as 1000; 。 and 、 are . and , typed in Japanese. */
export function readNumber(text) {
  const plain = text.normalize("NFKC").replace(/\s/g, "").replace(/^[−–—‒‐‑ー]/, "-").replace(/。/g, ".").replace(/、/g, ",");
  if (!/^[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)?(?:\.\d*)?$/.test(plain) || !/\d/.test(plain)) return null;
  return Number(plain.replaceAll(",", ""));
}
