// A clause in the school's own words: a text for each register, with a way back to ours.
// In:  the app and a clause.   Out: an element; it writes into the draft.

import { adapt } from "./adapt.js";
import { button, el, fresh } from "./dom.js";

const STAGE = { "pupil.elementary": ["es-lower", "es-upper"], "pupil.secondary": ["jhs", "hs"] };

/** The paragraphs of a clause as we would write them for these answers, points below their paragraph. */
function standard(app, clause, register) {
  const { draft, prepared } = app;
  const lang = prepared.lang;
  const body = { [lang]: [{ clauses: register.split(".")[0] }] };
  const alone = { ...prepared, documents: [{ id: "alone", form: "sheet", title: "", for: "", body }], clauses: prepared.clauses.map((one) => (one.id === clause.id ? { ...one, applies_if: undefined } : one)) };
  const found = adapt(alone, { ...draft.answers, own: {} }, "alone", lang, STAGE[register]?.[1] ?? null).blocks.find((one) => one.k === "clause" && one.id === clause.id);
  const line = (one) => one.runs.map((run) => run.t).join("");
  return (found?.paras ?? []).flatMap((para) => [line(para), ...para.items.map((item) => `・${line(item)}`)]);
}

export function ownWords(app, clause) {
  const body = el("div", {});
  const made = el("details", { class: "k-own", ontoggle: () => { if (made.open && !body.childElementCount) write(); } }, el("summary", {}, app.say("own")), body);

  async function write() {
    if (!(await app.more())) return;
    const stages = app.draft.values.stages;
    const registers = ["rule", "staff", ...Object.keys(STAGE).filter((name) => STAGE[name].some((one) => stages.includes(one)))];
    body.replaceChildren(el("p", { class: "k-note" }, app.say("own_note")), ...registers.map((register) => one(register)));
  }

  function one(register) {
    const id = fresh("own");
    const now = app.draft.written(clause.id, register) ?? standard(app, clause, register);
    const area = el("textarea", { id, rows: Math.min(10, now.length + 3), maxlength: 20000, value: now.join("\n"), oninput: () => keep({ done: false }), onchange: () => keep({ done: true }) });
    const back = button(app.say("own_back"), () => {
      app.draft.write(clause.id, register, null, { quiet: true });
      area.value = standard(app, clause, register).join("\n");
      back.hidden = true;
      area.focus();
      app.tell(app.say("own_is_back"));
    }, { hidden: app.draft.written(clause.id, register) === undefined });
    const keep = (change) => {
      const lines = area.value.split("\n").map((line) => line.trim()).filter(Boolean);
      const same = lines.join("\n") === standard(app, clause, register).join("\n");
      app.draft.write(clause.id, register, same ? null : lines, change);
      back.hidden = same;
    };
    return el("div", { class: "k-q" }, el("label", { for: id }, app.say(`register_${register}`)), area, el("p", {}, back));
  }

  return made;
}
