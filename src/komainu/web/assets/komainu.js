// The site's script: menu, colours, search, furigana, terms, printing. No dependency, no request before it is asked for.
"use strict";

const remember = {
  get(name) { try { return localStorage.getItem("komainu." + name); } catch (error) { return null; } },
  // Private windows and strict settings refuse storage: the choice then lasts for this page only.
  set(name, value) { try { localStorage.setItem("komainu." + name, value); } catch (error) { return false; } return true; },
};

function menu(button) {
  const drawer = document.getElementById("__drawer");
  const nav = document.getElementById("k-nav");
  const show = (open) => {
    drawer.checked = open;
    button.setAttribute("aria-expanded", String(open));
    if (open) nav.querySelector("a").focus();
  };
  button.addEventListener("click", () => show(!drawer.checked));
  nav.addEventListener("focusout", (event) => {
    // Tab leaves the menu at its end: what is focused then must not lie behind it.
    if (drawer.checked && event.relatedTarget && event.relatedTarget !== button && !nav.contains(event.relatedTarget)) show(false);
  });
  drawer.addEventListener("change", () => button.setAttribute("aria-expanded", String(drawer.checked)));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && drawer.checked) { show(false); button.focus(); }
  });
}

function colours(button) {
  const order = ["auto", "light", "dark"];
  const label = (choice) => button.setAttribute("aria-label", `${button.dataset.name}: ${button.dataset[choice]}`);
  let chosen = window.komainuColours();
  label(chosen);
  button.addEventListener("click", () => {
    chosen = order[(order.indexOf(chosen) + 1) % order.length];
    remember.set("colours", chosen);
    label(window.komainuColours(chosen));
    button.querySelector("span").textContent = button.dataset[chosen];
  });
}

function furigana(form) {
  const page = form.closest(".k-furigana");
  const apply = (year) => { page.dataset.furigana = year; };
  const stored = remember.get("furigana");
  const box = form.querySelector(`input[value="${stored}"]`);
  if (box) { box.checked = true; apply(stored); }
  form.addEventListener("change", (event) => {
    if (event.target.name !== "furigana") return;
    apply(event.target.value);
    remember.set("furigana", event.target.value);
  });
}

function typeface(boxes) {
  const apply = (on) => document.body.classList.toggle("k-ud", on);
  const chosen = document.documentElement.lang === "ja" && remember.get("typeface") === "ud";
  apply(chosen);
  for (const box of boxes) {
    box.checked = chosen;
    box.addEventListener("change", () => { apply(box.checked); remember.set("typeface", box.checked ? "ud" : "system"); });
  }
}

// A term's explanation, beside the term, for pointer, keyboard and touch; the link still leads to the glossary.
function terms() {
  const note = document.createElement("div");
  note.className = "k-pop";
  note.id = "k-pop";
  note.setAttribute("role", "tooltip");
  note.hidden = true;
  document.body.append(note);
  const show = (term) => {
    note.textContent = term.dataset.note;
    note.hidden = false;
    term.setAttribute("aria-describedby", "k-pop");
    const at = term.getBoundingClientRect();
    const left = Math.min(at.left, document.documentElement.clientWidth - note.offsetWidth - 8);
    note.style.left = `${Math.max(8, left) + scrollX}px`;
    note.style.top = `${at.bottom + scrollY}px`; // no gap: the pointer must be able to move onto the note
  };
  const hide = () => {
    note.hidden = true;
    document.querySelectorAll("[aria-describedby=k-pop]").forEach((term) => term.removeAttribute("aria-describedby"));
  };
  for (const term of document.querySelectorAll("a.k-term")) {
    term.addEventListener("pointerenter", () => show(term));
    term.addEventListener("focus", () => show(term));
    term.addEventListener("pointerleave", (event) => { if (event.relatedTarget !== note) hide(); });
    term.addEventListener("blur", hide);
  }
  note.addEventListener("pointerleave", hide);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
}

// A reader writes a word in one way, a page may have it in another.
const spellings = [["嘘", "うそ"], ["偏り", "かたより"], ["分か", "わか"], ["確か", "たしか"], ["サイコロ", "さいころ"], ["子供", "子ども"], ["fact check", "fact-check"]];

function spelt(query) {
  const all = new Set([query]);
  for (const [one, two] of spellings) for (const text of [...all]) all.add(text.replaceAll(one, two)).add(text.replaceAll(two, one));
  return [...all].slice(0, 4);
}

// The engine would let the browser cut a Japanese query into words, which it does elsewhere than the index was
// cut (わか|り|ま|せん, わかり|ませ|ん). Without a segmenter it looks the query up as it is written.
const Segmenter = Intl.Segmenter;

function cut(query) {
  if (!Segmenter || !/[ぁ-ヺ一-鿿]/.test(query)) return null;
  return [...new Segmenter("ja", { granularity: "word" }).segment(query)].filter((word) => word.isWordLike).map((word) => word.segment).join(" ");
}

// First the pages with the query as it is written, which also finds a part of it, so the words must not stand side
// by side elsewhere ("…" asks for that, but gives pages in no order); then those; then, if none, the words anywhere.
async function find(engine, query) {
  const found = [[], [], []];
  for (const text of spelt(query.normalize("NFKC").replaceAll('"', " ").toLowerCase().trim())) {
    const words = cut(text);
    const exact = new Set((await engine.search(`"${words ?? text}"`)).results.map((result) => result.id));
    const whole = words ? (await engine.search(text)).results : [];
    found[0].push(...whole.filter((result) => !exact.size || exact.has(result.id)));
    for (const result of (await engine.search(words ?? text)).results) found[exact.has(result.id) ? 1 : 2].push(result);
  }
  const best = new Map();
  for (const kind of found[0].length + found[1].length ? found.slice(0, 2) : found) {
    for (const result of kind.sort((one, other) => other.score - one.score)) if (!best.has(result.id)) best.set(result.id, result);
  }
  return [...best.values()];
}

function search(button) {
  const dialog = document.getElementById("k-search");
  const input = document.getElementById("k-query");
  const status = dialog.querySelector(".k-status");
  const list = dialog.querySelector(".k-results");
  let engine = null;
  let turn = 0;
  const load = async () => {
    if (engine) return;
    Intl.Segmenter = undefined;
    engine = await import(new URL(dialog.dataset.index + "pagefind.js", location.href).href);
    await engine.options({ excerptLength: 24, noWorker: true });
    await engine.init();
  };
  const open = async () => {
    dialog.showModal();
    input.focus();
    try { await load(); } catch (error) { engine = null; status.textContent = dialog.dataset.failed; }
  };
  const show = async () => {
    const query = input.value.trim();
    const mine = ++turn;
    if (!query) { list.replaceChildren(); status.textContent = ""; return; }
    await new Promise((done) => setTimeout(done, 150));
    if (mine !== turn) return;
    try {
      await load();
      const results = await find(engine, query);
      if (mine !== turn) return;
      status.textContent = results.length ? `${results.length} ${dialog.dataset.count}` : dialog.dataset.none;
      list.replaceChildren();
      // One after the other: each page's text is a file of its own, and the first is mostly the one that is wanted.
      for (const result of results.slice(0, 10)) {
        const page = await result.data();
        if (mine !== turn) return;
        list.append(item(page));
      }
    } catch (error) { engine = null; status.textContent = dialog.dataset.failed; }
  };
  button.addEventListener("click", open);
  input.addEventListener("input", show);
  input.addEventListener("keydown", (event) => {
    // Enter while a Japanese input method is converting must not close the dialog or leave the field; Safari
    // ends the composition before it tells of the key, and keeps only the old code 229 as a sign of it.
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (!event.isComposing && event.keyCode !== 229) list.querySelector("a")?.focus();
  });
}

function item(page) {
  const row = document.createElement("li");
  const link = document.createElement("a");
  link.href = page.url;
  link.textContent = page.meta.title;
  const text = document.createElement("p");
  // The index marks the words found with <mark>; its text comes from our own pages.
  for (const part of page.excerpt.split(/(<mark>.*?<\/mark>)/)) {
    const plain = new DOMParser().parseFromString(part, "text/html").body.textContent;
    if (part.startsWith("<mark>")) {
      const mark = document.createElement("mark");
      mark.textContent = plain;
      text.append(mark);
    } else text.append(plain);
  }
  row.append(link, text);
  return row;
}

// What is wider than a phone is moved sideways, with the arrow keys too: it then takes the focus. The width of the
// window, furigana and another typeface change what fits, so the boxes and what is in them are watched; a page's own
// script may have added boxes, which a new width finds.
function fit(box) {
  if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  else box.removeAttribute("tabindex");
}
const fits = new ResizeObserver((changed) => { // what was taken out of its box has none any more
  for (const box of new Set(changed.map(({ target }) => target.closest("[data-k-wide]")))) if (box) fit(box);
});
function watch() {
  for (const box of document.querySelectorAll(".md-typeset table, .md-typeset pre > code, .md-typeset .k-output")) {
    if (!box.dataset.kWide) for (const part of [box, ...box.children]) fits.observe(part);
    box.dataset.kWide = "yes";
    fit(box);
  }
}
watch();
addEventListener("resize", watch);

for (const button of document.querySelectorAll("[data-k]")) ({ menu, colours, search })[button.dataset.k]?.(button);
document.querySelectorAll(".k-furigana .k-switch").forEach(furigana);
typeface(document.querySelectorAll("[data-k-typeface]"));
for (const button of document.querySelectorAll("[data-k-print]")) { button.hidden = false; button.addEventListener("click", () => print()); }
// Paper has no buttons: answers that are closed stay closed on the pupils' sheet.
terms();
