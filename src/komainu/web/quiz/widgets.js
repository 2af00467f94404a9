// The seven ways to answer, made from the lists that stand in the page.
// In:  an item {kind, key, why, id, block, list, targets, words, judgements, form, said, label}.
// Out: {first, read, share, yours, reset, printing}: `first` takes the focus; `read` gives {given}, or {ask} with the sentence that
//      asks for what is missing; `share` is 0 to 1; `yours` shows what was answered; `printing` puts back what paper shows.
import { bare, button, copy, el } from "./parts.js";
import { judgementShare, matchShare, multipleShare, numberShare, orderShare, pairsRight, readNumber, shortShare } from "./scoring.js";

const LETTERS = { ja: "アイウエオカキクケコ", en: "ABCDEFGHIJ" };

const group = (place, role, item) => {
  place.setAttribute("role", role);
  place.setAttribute("aria-labelledby", item.label);
};

// A row whose text becomes the label of what stands beside it.
function labelled(row, control, first) {
  const text = el("span", {}, ...row.childNodes);
  row.append(el("label", {}, ...(first ? [control, text] : [text, control])));
  return control;
}

const list = (...lines) => el("ul", {}, ...lines.map((line) => el("li", {}, line)));

// --- choosing one or several

function choosing(item, type) {
  const rows = [...item.list.children];
  const texts = rows.map(copy);
  const boxes = rows.map((row) => labelled(row, el("input", { type, name: item.id }), true));
  group(item.list.parentElement, type === "radio" ? "radiogroup" : "group", item);
  return {
    first: boxes[0],
    read() {
      const given = boxes.flatMap((box, at) => (box.checked ? [at] : []));
      return given.length ? { given } : { ask: type === "radio" ? "no_one" : "no_some" };
    },
    share: (given) => (type === "radio" ? orderShare(given, item.key) : multipleShare(given, item.key, boxes)),
    // The reply to an option begins with the option itself.
    yours: (given) => [list(...given.map((at) => copy(item.replies.get(at) ?? texts[at])))],
    count: (given) => type === "checkbox" && ["some", given.filter((at) => item.key.includes(at)).length],
    reset: () => boxes.forEach((box) => (box.checked = false)),
  };
}

// --- putting in order

function ordering(item) {
  const rows = [...item.list.children];
  const texts = rows.map(copy);
  const names = rows.map(bare);
  const now = () => [...item.list.children];
  // The neighbour is moved past the row, not the row itself, which so keeps focus and pointer.
  const move = (row, step) => {
    const other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (other && step < 0) row.after(other);
    else if (other) row.before(other);
    return other;
  };
  const told = (row) => item.said("place", { what: copy(row.firstElementChild), n: now().indexOf(row) + 1 });
  const stepped = (row, step) => { move(row, step); told(row); };
  const ways = [["up", "↑", -1], ["down", "↓", 1]];
  rows.forEach((row, at) => {
    const text = el("span", {}, ...row.childNodes);
    const grip = el("span", { class: "k-grip", "aria-hidden": "true" });
    const buttons = ways.map(([name, sign, step]) => {
      const made = button(el("span", { "aria-hidden": "true" }, sign), { "aria-label": `${bare(item.words(name))}: ${names[at]}` });
      made.addEventListener("click", () => stepped(row, step));
      return made;
    });
    row.append(text, el("span", { class: "k-moves" }, ...buttons, grip));
    row.addEventListener("keydown", (event) => {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (step) { event.preventDefault(); stepped(row, step); }
    });
    grip.addEventListener("pointerdown", (event) => { event.preventDefault(); grip.setPointerCapture(event.pointerId); });
    grip.addEventListener("pointermove", (event) => {
      if (!grip.hasPointerCapture(event.pointerId)) return;
      const beyond = (other) => { const at = other?.getBoundingClientRect(); return at && event.clientY - (at.top + at.bottom) / 2; };
      if (beyond(row.previousElementSibling) < 0) move(row, -1);
      else if (beyond(row.nextElementSibling) > 0) move(row, 1);
    });
    grip.addEventListener("lostpointercapture", () => told(row));
  });
  group(item.list.parentElement, "group", item);
  let kept = [];
  return {
    first: rows[0].querySelector("button"),
    read: () => ({ given: now().map((row) => rows.indexOf(row)) }),
    share: (given) => orderShare(given, item.key),
    yours: (given) => [el("p", {}, ...given.flatMap((at, place) => (place ? [" → ", copy(texts[at])] : [copy(texts[at])])))],
    reset: () => item.list.append(...rows),
    printing(begins) {
      if (begins) kept = now();
      item.list.append(...(begins ? rows : kept));
    },
  };
}

// --- matching

function matching(item) {
  const rows = [...item.list.children];
  const texts = rows.map(copy);
  const targets = [...item.targets.children];
  const letters = LETTERS[document.documentElement.lang] ?? LETTERS.en;
  const choices = () => targets.map((target, at) => el("option", { value: at }, `${letters[at]}  ${bare(target)}`));
  const boxes = rows.map((row) => labelled(row, el("select", {}, el("option", { value: "" }, bare(item.words("choose"))), ...choices())));
  group(item.list.parentElement, "group", item);
  return {
    first: boxes[0],
    read: () => (boxes.every((box) => box.value) ? { given: boxes.map((box) => Number(box.value)) } : { ask: "no_pairs" }),
    share: (given) => matchShare(given, item.key),
    yours: (given) => [list(...given.map((target, at) => el("span", {}, copy(texts[at]), " → ", copy(targets[target]))))],
    count: (given) => ["pairs", pairsRight(given, item.key)],
    reset: () => boxes.forEach((box) => (box.value = "")),
  };
}

// --- writing a number or a few words

function writing(item, facts, read, share) {
  const field = el("input", { type: "text", autocomplete: "off", autocapitalize: "none", spellcheck: "false", maxlength: 60, ...facts });
  item.form.prepend(el("label", { class: "k-field" }, el("span", {}, item.words("answer")), field));
  field.setAttribute("aria-describedby", item.label);
  return {
    first: field,
    read() {
      const found = field.value.trim() ? read(field.value) : { ask: "no_text" };
      field.setAttribute("aria-invalid", String("ask" in found));
      return found;
    },
    share: (given) => share(given, item.key),
    yours: (given) => [" ", String(given)],
    reset() { field.value = ""; field.removeAttribute("aria-invalid"); },
  };
}

const asNumber = (text) => { const given = readNumber(text); return given === null ? { ask: "no_number" } : { given }; };

// --- judging a statement

function judging(item) {
  const boxes = item.judgements.map(() => el("input", { type: "radio", name: item.id }));
  const choices = item.judgements.map((one, at) => el("li", {}, el("label", {}, boxes[at], el("span", {}, item.words(one.id)))));
  const place = el("ul", { class: "k-judge" }, ...choices);
  const around = el("div", {}, place);
  group(around, "radiogroup", item);
  item.form.prepend(around);
  return {
    first: boxes[0],
    read() {
      const at = boxes.findIndex((box) => box.checked);
      return at < 0 ? { ask: "no_one" } : { given: item.judgements[at] };
    },
    share: (given) => judgementShare(given, item.key),
    yours: (given) => [" ", item.words(given.id)],
    reset: () => boxes.forEach((box) => (box.checked = false)),
  };
}

export const WIDGETS = {
  single: (item) => choosing(item, "radio"),
  multiple: (item) => choosing(item, "checkbox"),
  order: ordering,
  match: matching,
  number: (item) => writing(item, { inputmode: "decimal" }, asNumber, numberShare),
  short: (item) => writing(item, {}, (given) => ({ given: given.trim() }), shortShare),
  confidence: judging,
};
