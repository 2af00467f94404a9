// A file that somebody chose: read as answers, or refused with the name of a sentence.
// In:  a file of unknown origin.   Out: {answers, notes}, what was dropped or mended being said in the notes; or {bad}.

import { plainObject, own } from "./tidy.js";
import { usable } from "./lint.js";

const LIMIT_BYTES = 1_000_000;
const FORMAT = 1;

/** A file as answers. */
export async function opened(file, prepared) {
  if (file.size > LIMIT_BYTES) return { bad: "large" };
  let data;
  try { data = JSON.parse((await file.text()).replace(/^\ufeff/u, "")); } catch { return { bad: "json" }; }
  return answersOf(data, prepared);
}

/** Data as answers that the renderers can take. */
export function answersOf(data, prepared) {
  const edition = own(data, "komainu_policy");
  if (!plainObject(own(data, "values")) || typeof edition !== "string") return { bad: "other" };
  if (typeof own(data, "format") === "number" && data.format > FORMAT) return { bad: "newer" };
  if (!/^\d{1,6}(\.\d{1,6}){2}$/u.test(edition)) return { bad: "other" };
  if (later(edition, prepared.version)) return { bad: "newer" };
  const [answers, found] = usable(prepared, data);
  return { answers: { ...answers, format: FORMAT, lang: prepared.lang }, notes: found.map((one) => one.what) };
}

function later(one, other) {
  const [a, b] = [one, other].map((version) => version.split(".").map(Number));
  const at = a.findIndex((number, place) => number !== b[place]);
  return at >= 0 && a[at] > b[at];
}
