// What is shown in class, as realmodel.safety has it: tokens that somebody has looked at, answers without words that are not for school.
// In:  tokens, a text, the two lists.   Out: rows for a table; whether a text may be shown.
export function listed(tokens, shown, top) {
  const rows = tokens.filter(([text]) => shown.has(text)).slice(0, top);
  return { rows, other: Math.max(0, 1 - rows.reduce((sum, [, share]) => sum + share, 0)) };
}

const without = (word, ending) => (word.endsWith(ending) ? word.slice(0, -ending.length) : word);

const marks = new Map(); // the same words come again with every token

async function mark(word) {
  if (marks.has(word)) return marks.get(word);
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(word)));
  const found = [...sum.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  marks.set(word, found);
  return found;
}

export async function forSchool(text, hidden) {
  const words = new Set(text.toLowerCase().match(/[a-z]+/g) ?? []);
  const forms = new Set([...words].flatMap((word) => [word, ...["s", "es", "ing"].map((ending) => without(word, ending))]));
  return !(await Promise.all([...forms].map(mark))).some((one) => hidden.has(one));
}
