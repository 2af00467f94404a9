// The questions of a pupils' page, answered and checked in the page. Nothing is stored and nothing is sent.
// Without this script the page has the same questions with their answers closed; so has paper.
import { button, copy, el, speaking } from "./parts.js";
import { WIDGETS } from "./widgets.js";

// What stands between the kind of a question and its choices or its answer is what it asks: ids by which controls can name it.
function question(block) {
  const heading = block.querySelector("h3");
  const ids = [heading.id];
  for (let part = heading.nextElementSibling.nextElementSibling; part && !part.matches("div, details"); part = part.nextElementSibling) {
    part.id ||= `${heading.id}-${ids.length}`;
    ids.push(part.id);
  }
  return { id: heading.id, label: ids.join(" ") };
}

function begin(block, words, judgements, changed) {
  const facts = JSON.parse(block.dataset.item);
  const details = block.querySelector("details");
  const choices = block.querySelector(".k-choices");
  const replies = [...details.querySelectorAll(":scope > ul:last-child > li")];
  const status = el("div", { role: "status", "aria-live": "polite" });
  const form = el("form", { class: "k-try", autocomplete: "off" }, status);
  const item = {
    ...facts, ...question(block), block, form, words, judgements,
    list: choices?.querySelector("ul"), targets: block.querySelector(":scope > ul"),
    replies: new Map(facts.why.map((option, at) => [option, replies[at]])),
    said: (name, values) => show("", el("p", {}, words(name, values))),
  };
  const show = (verdict, ...parts) => {
    status.dataset.verdict = verdict;
    status.replaceChildren(...parts);
    again.hidden = !verdict;
  };
  const check = button(words("do"), { type: "submit", class: "md-button md-button--primary", "aria-describedby": item.id });
  const again = button(words("again"), { "aria-describedby": item.id });
  const widget = WIDGETS[item.kind](item);
  const record = { confidence: item.kind === "confidence", printing: widget.printing };
  let seen = false;

  show("");
  status.before(el("p", { class: "k-do" }, check, " ", again));
  details.before(form);
  block.classList.add("k-live");
  details.addEventListener("toggle", () => { seen ||= details.open; });
  block.addEventListener("input", () => show(""));
  again.addEventListener("click", () => { widget.reset(); show(""); widget.first.focus(); });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { given, ask } = widget.read();
    if (ask) {
      show("", el("p", {}, words(ask)));
      if (widget.first.matches("[type=text]")) widget.first.focus();
      return;
    }
    const result = judged(item, widget, given);
    record.first ??= { ...result, alone: !seen };
    record.solved ||= result.verdict === "right";
    show(result.verdict, ...feedback(item, widget, given, result));
    status.scrollIntoView({ block: "nearest" });
    changed();
  });
  return record;
}

// --- what an answer was worth

function judged(item, widget, given) {
  const share = widget.share(given);
  if (item.kind !== "confidence") return { share, verdict: share === 1 ? "right" : share ? "partly" : "wrong" };
  if (given.says === null) return { share, sure: "even", verdict: "even" };
  return { share, sure: given.id.split("-")[1], verdict: given.says === item.key ? "right" : "wrong" };
}

function feedback(item, widget, given, { share, verdict, sure }) {
  const yours = widget.yours(given);
  const block = yours[0] instanceof Element;
  const count = verdict !== "right" && widget.count?.(given);
  return [
    el("p", {}, el("strong", {}, item.words(verdict))),
    el("p", {}, item.words("yours"), ...(block ? [] : yours)),
    ...(block ? yours : []),
    ...(count ? [el("p", {}, item.words(count[0], { n: count[1] }))] : []),
    ...(sure ? [el("p", {}, item.words("points", { n: share })), el("p", {}, item.words(`${sure}_${verdict === "wrong" ? "wrong" : "right"}`))] : []),
  ];
}

// --- all of it together

function summary(place, words, records) {
  const progress = el("p");
  const whole = el("div", { role: "status", "aria-live": "polite" });
  place.append(el("section", { class: "k-sum" }, el("h3", {}, words("sum")), progress, whole));
  return () => {
    const done = records.filter((one) => one.first);
    progress.replaceChildren(words("so_far", { m: records.length, n: done.length }));
    if (done.length === records.length) whole.replaceChildren(...told(words, records));
  };
}

function told(words, records) {
  const alone = records.map((one) => ({ ...one, ...one.first })).filter((one) => one.alone);
  const how = (sure, verdict) => alone.filter((one) => one.sure === sure && one.verdict === verdict).length;
  const judged = alone.filter((one) => one.confidence);
  const points = judged.reduce((sum, one) => sum + one.share, 0);
  const off = Object.entries({ over: how("certain", "wrong"), under: how("probable", "right"), open: how("even", "even") }).filter(([, n]) => n);
  const lines = [
    ["solved", { m: records.length, n: records.filter((one) => one.solved).length }],
    ["at_once", { n: alone.filter((one) => one.verdict === "right").length }],
    ...(judged.length ? [["sure", { m: judged.length, n: Number(points.toFixed(2)) }]] : []),
    ...off.map(([name, n]) => [name, { n }]),
    ...(judged.length && !off.length ? [["fitting", {}]] : []),
  ];
  return lines.map(([name, values]) => el("p", {}, words(name, values)));
}

for (const place of document.querySelectorAll(".k-check")) {
  const words = speaking(place.querySelector(".k-words"));
  const judgements = JSON.parse(place.dataset.judgements);
  const records = [];
  let changed = () => {};
  for (const block of place.querySelectorAll(".k-question")) records.push(begin(block, words, judgements, () => changed()));
  changed = summary(place, words, records);
  changed();
  const paper = matchMedia("print");
  paper.addEventListener("change", () => records.forEach((one) => one.printing?.(paper.matches)));
}
