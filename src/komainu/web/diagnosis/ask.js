// One question a screen: an output with how sure, or a situation with four things to do. A tap answers, the last one leads on.
// In:  an item, what was answered, where it stands.   Out: the screen's nodes; `answer` and `on` are told what happens.

import { button, el } from "./dom.js";
import { filled, read } from "./read.js";
import { SURENESS } from "./score.js";

const ANSWERS = ["accept", "fix", "reject"];
const STEM = "diagnosis-stem";

/** The screen of a question. `given` is {answer, sure} and is filled in by it; `on` and `back` turn the page. */
export function question(words, item, given, place, all, { on, back }) {
  const head = el("h2", { tabIndex: -1, class: "k-ask-head" }, el("span", {}, filled(words.number, { n: place + 1, all })), " ", el("span", { class: "k-kind" }, read(words[`kind_${item.kind}`])));
  const shown = item.kind === "output" && el("figure", { class: "k-shown" }, el("figcaption", {}, read(words.shown)), el("blockquote", {}, el("p", {}, read(item.shown))));
  const parts = item.kind === "output" ? output(words, given, on) : [situation(item, given, on)];
  const done = given.answer && (given.sure || item.kind !== "output");
  return [
    el("progress", { max: all, value: place, "aria-hidden": "true" }), head, el("p", { class: "k-stem", id: STEM }, read(item.stem)), shown, ...parts,
    el("p", { class: "k-turn" }, button(read(words.back), back, { "data-do": "back" }), done && button(read(words.next), on, { "data-do": "next" })),
  ];
}

function output(words, given, on) {
  const sure = group(words.ask_sure, SURENESS.map((one) => [one, words[one]]), "sure", given, () => on());
  sure.hidden = !given.answer;
  const then = () => {
    sure.hidden = false;
    sure.scrollIntoView({ block: "nearest" });
  };
  return [group(words.ask_output, ANSWERS.map((one) => [one, words[one]]), "answer", given, then), sure];
}

/** A situation asks at the end of its own text. */
const situation = (item, given, on) => group(null, item.options, "answer", given, () => on(), "k-long");

/** Buttons of which one is pressed. */
function group(asked, options, part, given, then, style = "") {
  const name = asked ? `diagnosis-${part}` : STEM;
  const buttons = options.map(([id, text]) => el("button", { type: "button", class: "k-pick", "data-pick": id, "aria-pressed": String(given[part] === id) }, el("span", {}, read(text))));
  for (const one of buttons) {
    one.addEventListener("click", () => {
      given[part] = one.dataset.pick;
      for (const other of buttons) other.setAttribute("aria-pressed", String(other === one));
      then();
    });
  }
  return el("div", { role: "group", "aria-labelledby": name, class: `k-picks ${style}` }, asked && el("p", { id: name }, read(asked)), buttons);
}
