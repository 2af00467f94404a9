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
  drawer.addEventListener("change", () => button.setAttribute("aria-expanded", String(drawer.checked)));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && drawer.checked) { show(false); button.focus(); }
  });
}

function colours(button) {
  const order = ["auto", "light", "dark"];
  const label = (choice) => button.setAttribute("aria-label", `${button.dataset.name}: ${button.dataset[choice]}`);
  label(window.komainuColours());
  button.addEventListener("click", () => {
    const next = order[(order.indexOf(remember.get("colours") || "auto") + 1) % order.length];
    remember.set("colours", next);
    label(window.komainuColours(next));
    button.querySelector("span").textContent = button.dataset[next];
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

function typeface(box) {
  const apply = (on) => document.body.classList.toggle("k-ud", on);
  box.checked = remember.get("typeface") === "ud";
  apply(box.checked);
  box.addEventListener("change", () => { apply(box.checked); remember.set("typeface", box.checked ? "ud" : "system"); });
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
    note.style.top = `${at.bottom + scrollY + 4}px`;
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

// Japanese is cut into words for the index, and a query into the same words: first all of them side by side
// ("…" asks for exactly that), then anywhere on the page.
async function find(engine, query) {
  const exact = await engine.search(`"${query.replaceAll('"', "")}"`);
  return exact.results.length ? exact.results : (await engine.search(query)).results;
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
    engine = await import(new URL(dialog.dataset.index + "pagefind.js", location.href).href);
    await engine.options({ excerptLength: 24 });
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
    if (!query) { list.replaceChildren(); return; }
    await new Promise((done) => setTimeout(done, 150));
    if (mine !== turn) return;
    try {
      await load();
      const results = await find(engine, query);
      const pages = await Promise.all(results.slice(0, 10).map((result) => result.data()));
      if (mine !== turn) return;
      status.textContent = results.length ? `${results.length} ${dialog.dataset.count}` : dialog.dataset.none;
      list.replaceChildren(...pages.map(item));
    } catch (error) { engine = null; status.textContent = dialog.dataset.failed; }
  };
  button.addEventListener("click", open);
  input.addEventListener("input", show);
  input.addEventListener("keydown", (event) => {
    // Enter while a Japanese input method is converting must not close the dialog.
    if (event.key === "Enter") { event.preventDefault(); if (!event.isComposing) list.querySelector("a")?.focus(); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !dialog.open && !event.target.closest("input, textarea, select")) { event.preventDefault(); open(); }
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

for (const button of document.querySelectorAll("[data-k]")) ({ menu, colours, search })[button.dataset.k]?.(button);
document.querySelectorAll(".k-furigana .k-switch").forEach(furigana);
document.querySelectorAll("[data-k-typeface]").forEach(typeface);
for (const button of document.querySelectorAll("[data-k-print]")) { button.hidden = false; button.addEventListener("click", () => print()); }
// Paper has no buttons: answers that are closed stay closed on the pupils' sheet.
terms();
