// One question as native inputs: choices with what each leads to, blanks, the table of tasks, the tools.
// In:  the app (see page.js) and a question.   Out: an element; it writes into the draft.

import { writtenDate } from "./adapt.js";
import { at } from "./ruling.js";
import { el, fresh, plain } from "./dom.js";

/** A decision or a setup question. `clause` is missing for setup questions; `title` comes before the question. */
export function question(app, decision, clause = null, title = "") {
  const kinds = { one: choices, many: choices, stages: byStage, matrix };
  const body = kinds[decision.choice](app, decision);
  return el("fieldset", { class: "k-q", id: `policy-q-${decision.id}`, tabIndex: -1 },
    el("legend", {}, title && el("span", { class: "k-q-number" }, title), " ", plain(decision.ask)),
    body, clause && because(app, decision, clause));
}

const marks = (app, decision, option) => [
  [].concat(decision.default).includes(option.id) && el("span", { class: "k-tag" }, app.say("default")),
  el("span", { class: "k-tag k-tag-board", "data-board": `${decision.id} ${option.id}`, hidden: true }, app.say("board")),
];

function choices(app, decision) {
  const many = decision.choice === "many";
  const now = [].concat(app.draft.values[decision.id]);
  const boxes = [];
  const made = decision.options.map((option) => {
    const means = fresh("means");
    const box = el("input", {
      type: many ? "checkbox" : "radio", name: `policy-${decision.id}`, value: option.id, checked: now.includes(option.id), "aria-describedby": option.means ? means : null,
      onchange: () => app.draft.set([decision.id], many ? boxes.filter((one) => one.checked).map((one) => one.value) : option.id),
    });
    boxes.push(box);
    return el("div", { class: "k-option" }, el("label", {}, box, el("span", {}, plain(option.name), " ", marks(app, decision, option))), option.means && el("p", { id: means }, plain(option.means)));
  });
  return el("div", { class: "k-options" }, made);
}

const picker = (app, options, value, rest, name, changed) => el("select", { "aria-label": name, onchange: (event) => changed(event.target.value) },
  options.map((option) => el("option", { value: option.id, selected: option.id === value }, plain(option.name), option.id === rest ? app.say("is_default") : "")));

const meanings = (list) => el("dl", { class: "k-means" }, list.filter((one) => one.means).map((one) => [el("dt", {}, plain(one.name)), el("dd", {}, plain(one.means))]));

function byStage(app, decision) {
  const rows = app.prepared.stages.map((stage) => {
    const id = fresh("stage");
    const select = picker(app, decision.options, at(app.draft.values, `${decision.id}.${stage.id}`)[0], decision.default[stage.id], null, (value) => app.draft.set([decision.id, stage.id], value));
    select.id = id;
    return el("p", { class: "k-row", "data-stage": stage.id }, el("label", { for: id }, stage.name), select,
      el("span", { class: "k-tag k-tag-board", "data-board-at": `${decision.id}.${stage.id}`, hidden: true }));
  });
  return [el("div", { class: "k-rows" }, rows), meanings(decision.options)];
}

function matrix(app, decision) {
  const { levels, tasks } = app.prepared.tasks;
  const { stages } = app.prepared;
  const { task: head } = app.prepared.labels;
  const now = app.draft.values[decision.id];
  const rows = tasks.map((task) => el("tr", {},
    el("th", { scope: "row" }, plain(task.name), el("small", {}, plain(task.example))),
    stages.map((stage) => el("td", { "data-stage": stage.id, "data-name": stage.name },
      picker(app, levels, now[task.id]?.[stage.id], task.default[stage.id], `${plain(task.name)}、${stage.name}`, (value) => app.draft.set([decision.id, task.id, stage.id], value))))));
  const table = el("table", { class: "k-tasks" },
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, head), stages.map((stage) => el("th", { scope: "col", "data-stage": stage.id }, stage.name)))), el("tbody", {}, rows));
  return [el("div", { class: "k-scroll" }, table), meanings(levels)];
}

// --- why, and on what grounds

function because(app, decision, clause) {
  const body = el("div", {});
  const made = el("details", { class: "k-why", ontoggle: () => { if (made.open && !body.childElementCount) write(); } }, el("summary", {}, app.say("why")), body);

  async function write() {
    const { facts, prepared } = app;
    const told = await app.why();
    if (!told || body.childElementCount) return;
    const day = (date) => app.say("checked", { date: writtenDate(date, prepared.lang) });
    const { why, sources } = told.decisions[decision.id];
    const cited = sources.filter((id) => told.sources[id]).map((id) => el("li", {}, el("a", { href: `${facts.sources}#${id}` }, told.sources[id][0]), ` (${day(told.sources[id][1])})`));
    const laws = clause.laws.map((id) => prepared.laws.find((one) => one.id === id)).filter(Boolean).map((law) => el("li", { "data-law": law.law.join(" ") },
      el("a", { href: law.url, rel: "noopener" }, law.name), ` — ${told.laws[law.id]} (${day(law.checked)}, ${app.say(`how_${law.checked_how}`)})`, law.unsure && el("strong", { class: "k-unsure" }, app.say("unsure"))));
    const lessons = clause.lessons.filter((id) => told.lessons[id]).map((id) => el("li", {}, el("a", { href: `${facts.lessons}${id}/` }, told.lessons[id])));
    const list = (title, items) => items.length > 0 && el("div", { class: "k-grounds" }, el("p", {}, el("strong", {}, title)), el("ul", {}, items));
    body.append(el("p", {}, plain(why)), ...[list(app.say("sources"), cited), list(app.say("laws"), laws), list(app.say("lessons"), lessons)].filter(Boolean));
    app.form.refresh();
  }

  return made;
}

// --- blanks

export function blank(app, one, title = "") {
  const [input, help] = [fresh("blank"), fresh("help")];
  const value = app.draft.answers.values[one.id];
  const read = (event) => {
    const typed = event.target.value;
    return typed.trim() === "" ? undefined : one.kind === "number" ? Number(typed) : typed;
  };
  return el("div", { class: "k-q k-blank", id: `policy-q-${one.id}`, "data-blank": one.id },
    el("label", { for: input }, title && el("span", { class: "k-q-number" }, title), " ", one.label, one.required && el("span", { class: "k-tag" }, app.say("required"))),
    el("input", {
      id: input, type: one.kind, min: one.kind === "number" ? 0 : null, maxlength: one.kind === "text" ? 200 : null, autocomplete: "off", value: value ?? "", "aria-describedby": help,
      oninput: (event) => app.draft.set([one.id], read(event), { done: false }), onchange: (event) => app.draft.set([one.id], read(event)),
    }),
    el("p", { id: help }, one.help, " ", app.say("example", { example: one.kind === "date" ? writtenDate(one.example, app.prepared.lang) : one.example })));
}

// --- tools

export function tools(app) {
  const { labels: words, lang } = app.prepared;
  const rows = app.prepared.tools.flatMap((tool) => tool.accounts.map((account) => {
    const years = (number, label, missing) => (number === null ? missing : number === 0 ? words["all-ages"] : words[label].replace("#", number));
    const age = years(account.min_age, "age", words.unknown);
    const consent = years(account.consent_below, "below", account.unsure ? words.unknown : words.none);
    const box = el("input", { type: "checkbox", checked: app.draft.uses(tool.id, account.id), "aria-label": `${tool.name}、${account.name}`, onchange: (event) => app.draft.use(tool.id, account.id, event.target.checked) });
    return el("tr", {}, el("td", { class: "k-mark" }, box), el("th", { scope: "row" }, tool.name, el("small", {}, `${tool.maker} / ${account.name}`)),
      el("td", {}, age), el("td", {}, consent),
      el("td", {}, writtenDate(account.checked, lang), account.unsure && el("strong", { class: "k-unsure" }, app.say("unsure")),
        el("small", {}, account.note, " ", el("a", { href: `${app.facts.sources}#${account.source}` }, app.say("sources")))));
  }));
  const head = [app.say("use"), words.tool, words["min-age"], words.consent, words.checked];
  return el("div", { class: "k-scroll" }, el("table", { class: "k-tools" }, el("thead", {}, el("tr", {}, head.map((one) => el("th", { scope: "col" }, one)))), el("tbody", {}, rows)));
}
