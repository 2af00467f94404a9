// Answers compared, as realmodel.answers has it: small letters, no accents, no marks.
export function plain(text) {
  const letters = text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
  return (letters.match(/[\p{L}\p{N}_]+/gu) ?? []).join(" ");
}

// Whether one of the accepted answers stands in this one, as whole words.
export const right = (answer, accepted) => accepted.some((one) => ` ${plain(answer)} `.includes(` ${plain(one)} `));

// The answers with how often each came, the most frequent first: [[text, count], …].
export function counted(texts) {
  const found = new Map();
  for (const text of texts) {
    const name = plain(text), [first, count] = found.get(name) ?? [text, 0];
    found.set(name, [first, count + 1]);
  }
  return [...found.values()].sort((one, two) => two[1] - one[1]);
}
