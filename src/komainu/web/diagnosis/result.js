// The result: words, never numbers, on a figure with seven spokes and in a table; what to learn next; a code for the class.
// In:  the data of a level, a form, the answers.   Out: the screen's nodes.

import { button, el } from "./dom.js";
import { spokes } from "./figure.js";
import { bare, filled, read } from "./read.js";
import { calibration, encode, points, spaced, word } from "./score.js";

const EARNED = ["wrong", "half", "right"];

/** What the answers earn, item by item. */
const earned = (items, answers) => items.map((item, place) => points(item.key, item.half, answers[place].answer));

export function result(data, form, answers, again) {
  const { words } = data;
  const items = data.items[form];
  const own = earned(items, answers);
  const reached = data.viewpoints.map(({ id }) => word(own.filter((_, place) => items[place].viewpoint === id).reduce((a, b) => a + b, 0)));
  const sure = calibration(items.flatMap((item, place) => (item.kind === "output" ? [[own[place], answers[place].sure]] : [])));
  const rows = data.viewpoints.map(({ name }, spoke) => [bare(name), reached[spoke], bare(words[reached[spoke]])]);
  return [
    el("h2", { tabIndex: -1, class: "k-ask-head" }, read(words.result)),
    el("p", { class: "k-caveat" }, read(filled(words.caveat, data.numbers))),
    spokes(rows, bare(words.figure)),
    table(data, reached),
    el("h3", {}, read(words.sure)), el("p", {}, read(data.calibration[sure])),
    el("h3", {}, read(words.code)), el("p", { class: "k-code" }, spaced(encode(form, reached))), el("p", {}, read(words.code_how)),
    el("details", { class: "k-review" }, el("summary", {}, read(words.review)), el("ol", {}, items.map((item, place) => review(words, item, answers[place], own[place])))),
    el("p", { class: "k-turn k-noprint" }, button(read(words.print), () => print(), { "data-do": "print" }), button(read(words.again), again, { "data-do": "again" })),
  ];
}

function table(data, reached) {
  const { words } = data;
  const head = el("tr", {}, ["viewpoint", "now", "what_next"].map((name) => el("th", { scope: "col" }, read(words[name]))));
  const body = data.viewpoints.map((one, spoke) => el("tr", { "data-viewpoint": one.id },
    el("th", { scope: "row" }, read(one.name)), el("td", { class: `k-word-${reached[spoke]}` }, read(words[reached[spoke]])),
    el("td", {}, read(one.remark[reached[spoke]]), reached[spoke] !== "high" && onward(words, one))));
  return el("table", { class: "k-result" }, el("caption", {}, read(words.figure)), el("thead", {}, head), el("tbody", {}, body));
}

const onward = (words, { next }) => el("span", { class: "k-onward" }, read(words.then), ": ",
  next.flatMap(([url, title], n) => [n > 0 && ", ", el("a", { href: url }, read(title))]));

/** An item once more, with what was answered and why another answer is better. */
function review(words, item, { answer }, own) {
  const named = item.kind === "output" ? (one) => words[one] : (one) => item.options.find(([id]) => id === one)[1];
  const why = own < 2 && item.why?.[answer];
  return el("li", {},
    el("p", {}, el("strong", { class: "k-earned" }, read(words[EARNED[own]])), " ", read(item.stem)),
    item.shown && el("blockquote", {}, el("p", {}, read(item.shown))),
    el("p", {}, read(words.yours), ": ", read(named(answer)), own < 2 && [el("br"), read(words.best), ": ", read(named(item.key))]),
    why && el("p", {}, read(why)), el("p", {}, read(item.explain)));
}
