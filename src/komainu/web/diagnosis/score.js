// What the answers are worth, in points, in words and as a code to call out. The same as diagnosis/scoring.py, which explains it.

export const WORDS = ["low", "middle", "high"];
export const SURENESS = ["even", "probable", "certain"];
const [RIGHT, HALF, NOTHING] = [2, 1, 0];
const [OVERCONFIDENT, UNDERCONFIDENT] = [2, 3];
const LETTERS = "ACFHKLMQRXY";

export function points(key, half, answer) {
  if (answer === key) return RIGHT;
  return half.includes(answer) ? HALF : NOTHING;
}

export const word = (total) => WORDS[Number(total >= 2) + Number(total >= 4)];

export function calibration(answers) {
  const often = (fits, least) => answers.filter(fits).length >= least;
  if (often(([earned, sure]) => earned < RIGHT && sure === "certain", OVERCONFIDENT)) return "sure-wrong";
  return often(([earned, sure]) => earned === RIGHT && sure === "even", UNDERCONFIDENT) ? "unsure-right" : "fits";
}

export function encode(form, words) {
  const digits = words.map((one) => WORDS.indexOf(one) + 1);
  return `${form.toUpperCase()}${digits.join("")}${letter(form, digits)}`;
}

export function decode(code) {
  const signs = code.normalize("NFKC").toUpperCase().replace(/[ -]/gu, "");
  const match = /^([AB])([123]{7})([^]*)$/u.exec(signs);
  if (!match) return null;
  const [form, digits] = [match[1].toLowerCase(), [...match[2]].map(Number)];
  return match[3] === letter(form, digits) ? [form, digits.map((digit) => WORDS[digit - 1])] : null;
}

function letter(form, digits) {
  const weighted = digits.reduce((sum, digit, place) => sum + (place + 1) * digit, form === "b" ? 8 : 0);
  return LETTERS[weighted % LETTERS.length];
}

// --- for the teacher's list, which Python has no use for

/** Every code in a text, as it is shown, and whatever else stands there. */
export function codesIn(text) {
  const [found, bad] = [[], []];
  const rest = text.normalize("NFKC").toUpperCase().replace(/[AB][ -]*(?:[123][ -]*){7}[A-Z]/gu, (code) => {
    (decode(code) ? found : bad).push(spaced(code.replace(/[ -]/gu, "")));
    return "\n";
  });
  return { found, bad: [...bad, ...rest.split(/[\n\r\t,;、。]+/u).map((one) => one.trim()).filter(Boolean)] };
}

/** A code as it is easiest to read out. */
export const spaced = (code) => `${code[0]} ${code.slice(1, 5)}-${code.slice(5, 8)} ${code[8]}`;
