// The page of a SCORM 1.2 package: scores answers as `exports/scoring.py` does, explains, and tells the platform.
// In: the JSON in #k-quiz and the forms beside it.   Out: messages on the page, and values of the platform's API.
// A plain script on purpose: packages are opened from folders and in players of any age.
(function () {
  "use strict";

  const quiz = JSON.parse(document.getElementById("k-quiz").textContent);
  const forms = quiz.items.map((item, index) => document.getElementById(`k-item-${index}`));
  const answers = {};
  const began = Date.now();
  let since = began;

  // --- the platform ----------------------------------------------------------------------------

  function exposed(frame) {
    try {
      return frame.API || null;
    } catch (refused) {
      return null; // a window of another origin does not answer, so the API is not there
    }
  }

  function found() {
    for (const start of [window, window.opener]) {
      for (let frame = start, steps = 0; frame && steps < 50; frame = frame.parent, steps += 1) {
        const api = exposed(frame);
        if (api) return api;
        if (frame.parent === frame) break;
      }
    }
    return null;
  }

  const api = found();
  const lms = { open: Boolean(api) && String(api.LMSInitialize("")) === "true", refused: false, count: 0 };

  function get(name) {
    return lms.open ? String(api.LMSGetValue(name)) : "";
  }

  function set(name, value) {
    if (lms.open && String(api.LMSSetValue(name, String(value))) !== "true") lms.refused = true;
  }

  function commit() {
    if (lms.open && String(api.LMSCommit("")) !== "true") lms.refused = true;
  }

  function two(number) {
    return String(number).padStart(2, "0");
  }

  function span(ms) {
    const hundredths = Math.floor(ms / 10), seconds = Math.floor(hundredths / 100);
    const hours = Math.min(9999, Math.floor(seconds / 3600));
    return `${String(hours).padStart(4, "0")}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${two(hundredths % 100)}`;
  }

  function clock(date) {
    return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  }

  // --- what an answer is, and what it earns ------------------------------------------------------

  function plain(text) {
    return text.normalize("NFKC").trim().toLowerCase();
  }

  function numeric(text) {
    const written = text.normalize("NFKC").replace(/[−–]/g, "-").replace(/,/g, "").trim();
    return /^[-+]?(\d+\.?\d*|\.\d+)$/.test(written) ? Number(written) : NaN;
  }

  // An answer as SCORM writes it ("c", "a,c", "a.2,b.1", "45"); null is none yet.
  function given(item, form) {
    if (item.kind === "number" || item.kind === "short") {
      const text = form.querySelector("input").value.trim();
      return text && !(item.kind === "number" && Number.isNaN(numeric(text))) ? text : null;
    }
    if (item.kind === "order" || item.kind === "match") return placed(item, [...form.querySelectorAll("select")]);
    const ticked = [...form.querySelectorAll("input:checked")].map((input) => input.value);
    return ticked.length ? ticked.join(",") : null;
  }

  function placed(item, selects) {
    if (item.kind === "match") {
      const pairs = selects.filter((select) => select.value).map((select) => `${select.name}.${select.value}`);
      return pairs.length ? pairs.join(",") : null;
    }
    const places = selects.map((select) => Number(select.value));
    if (places.includes(0) || new Set(places).size < places.length) return null;
    return selects.slice().sort((one, other) => one.value - other.value).map((select) => select.name).join(",");
  }

  function share(item, answer) {
    const parts = answer.split(",");
    switch (item.kind) {
      case "single": case "order": return answer === item.key.join(",") ? 1 : 0;
      case "confidence": return item.shares[answer];
      case "match": return item.key.filter((pair) => parts.includes(pair)).length / item.key.length;
      case "number": return Math.abs(numeric(answer) - item.value) <= item.tolerance + 1e-9 ? 1 : 0;
      case "short": return item.accepted.includes(plain(answer)) ? 1 : 0;
    }
    const right = parts.filter((one) => item.key.includes(one)).length;
    return Math.max(0, right / item.key.length - (parts.length - right) / (item.count - item.key.length));
  }

  // --- the page ----------------------------------------------------------------------------------

  function said(name, values) {
    return quiz.words[name].replace(/\{(\w+)\}/g, (whole, key) => values[key]);
  }

  function points(value) {
    return String(Math.round(value * 100) / 100);
  }

  function ask(index, name) {
    forms[index].querySelector(".k-ask").innerHTML = said(name, {});
  }

  function show(index, focus) {
    const item = quiz.items[index], form = forms[index], earned = share(item, answers[index]);
    const verdict = earned === 1 ? "right" : earned === 0 ? "wrong" : "part";
    const why = (item.why || []).filter(([letter]) => answers[index].split(",").includes(letter)).map(([, html]) => `<p>${html}</p>`);
    form.querySelector("fieldset").disabled = true;
    form.querySelector("button").hidden = true;
    ask(index, "nothing");
    form.dataset.verdict = verdict;
    const told = form.querySelector(".k-told");
    told.querySelector(".k-verdict").innerHTML = said(verdict, { got: points(earned) });
    told.querySelector(".k-why").innerHTML = why.join("");
    told.hidden = false;
    if (focus) told.focus();
  }

  function total() {
    const done = Object.keys(answers).length, whole = quiz.items.length;
    const sum = Object.entries(answers).reduce((earned, [index, answer]) => earned + share(quiz.items[index], answer), 0);
    const line = said(done === whole ? "all_done" : "so_far", { done, whole, got: points(sum) });
    const sent = lms.open ? said(lms.refused ? "not_sent" : "sent", {}) : "";
    document.getElementById("k-total").innerHTML = done ? line + (done === whole || lms.refused ? sent : "") : "";
    return { done: done === whole, percent: Math.round((10000 * sum) / whole) / 100 };
  }

  // --- telling -----------------------------------------------------------------------------------

  function record(index) {
    const item = quiz.items[index], earned = share(item, answers[index]), at = `cmi.interactions.${lms.count}`;
    set(`${at}.id`, item.id);
    set(`${at}.time`, clock(new Date()));
    set(`${at}.type`, item.type);
    item.patterns.forEach((pattern, n) => set(`${at}.correct_responses.${n}.pattern`, pattern));
    set(`${at}.weighting`, 1);
    set(`${at}.student_response`, item.kind === "number" ? numeric(answers[index]) : answers[index]);
    set(`${at}.result`, earned === 1 ? "correct" : earned === 0 ? "wrong" : points(earned));
    set(`${at}.latency`, span(Date.now() - since));
    lms.count += 1;
    since = Date.now();
  }

  function report() {
    const { done, percent } = total();
    set("cmi.core.score.min", 0);
    set("cmi.core.score.max", 100);
    set("cmi.core.score.raw", percent);
    set("cmi.core.lesson_status", done ? "completed" : "incomplete");
    set("cmi.core.exit", done ? "" : "suspend");
    set("cmi.suspend_data", JSON.stringify(answers));
    commit();
    total();
  }

  function leave() {
    if (!lms.open) return;
    set("cmi.core.session_time", span(Date.now() - began));
    commit();
    api.LMSFinish("");
    lms.open = false;
  }

  function resume() {
    let kept = {};
    try {
      kept = JSON.parse(get("cmi.suspend_data") || "{}");
    } catch (damaged) {
      kept = {}; // what another program left there is no answer of ours, so the pupil begins anew
    }
    for (const index of Object.keys(kept)) {
      if (quiz.items[index] && typeof kept[index] === "string") answers[index] = kept[index];
    }
    lms.count = Number(get("cmi.interactions._count")) || 0;
    Object.keys(answers).forEach((index) => show(index, false));
  }

  forms.forEach((form, index) => {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (index in answers) return;
      const answer = given(quiz.items[index], form);
      if (answer === null) return ask(index, quiz.items[index].ask);
      answers[index] = answer;
      show(index, true);
      record(index);
      report();
    });
  });
  window.addEventListener("pagehide", leave);
  window.addEventListener("beforeunload", leave);
  resume();
  if (lms.open && ["", "not attempted"].includes(get("cmi.core.lesson_status"))) set("cmi.core.lesson_status", "incomplete");
  document.getElementById("k-no-lms").hidden = lms.open;
  total();
})();
