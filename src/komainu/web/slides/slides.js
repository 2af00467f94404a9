// One slide at a time: arrow keys, space, a click, a swipe; the teacher's notes below or in a window of their own.
// Nothing is stored or sent. Without this script the slides stand below one another.
"use strict";
{
  const root = document.body;
  const slides = [...document.querySelectorAll("section")];
  const bar = document.getElementById("bar");
  const said = document.getElementById("said");
  const list = document.getElementById("list");
  const clock = document.getElementById("clock");
  const button = (name) => bar.querySelector(`[data-do="${name}"]`);
  let at = 0;
  let paper = null; // the window of the notes
  let begun = Date.now(); // when the slides' activity began

  const title = (slide) => {
    const copy = slide.querySelector("h2").cloneNode(true);
    for (const reading of copy.querySelectorAll("rt, rp")) reading.remove();
    return copy.textContent;
  };

  function go(to, focus = true) {
    const next = Math.max(0, Math.min(slides.length - 1, to));
    if (slides[next].dataset.minutes !== slides[at].dataset.minutes || slides[next].className.startsWith("activity")) begun = Date.now();
    slides[at].classList.remove("now");
    at = next;
    slides[at].classList.add("now");
    slides[at].scrollTop = 0;
    document.getElementById("place").textContent = `${at + 1} / ${slides.length}`;
    button("back").disabled = at === 0;
    button("next").disabled = at === slides.length - 1;
    const [first, second] = [at + 1, slides.length];
    let number = 0;
    said.textContent = `${said.dataset.of.replace(/\{\}/g, () => (number++ ? second : first))} ${title(slides[at])}`;
    if (focus) slides[at].focus({ preventScroll: true });
    history.replaceState(null, "", `#s${at + 1}`);
    fill();
  }

  function fill() {
    if (!paper || paper.closed) return;
    const notes = slides[at].querySelector(".notes");
    const page = paper.document;
    page.title = title(slides[at]);
    page.body.replaceChildren();
    const add = (tag, text) => page.body.appendChild(Object.assign(page.createElement(tag), { textContent: text }));
    add("h1", `${at + 1} / ${slides.length}  ${title(slides[at])}`);
    for (const line of notes ? notes.querySelectorAll("p") : []) add("p", line.textContent);
    if (slides[at + 1]) add("h2", `→ ${title(slides[at + 1])}`);
  }

  function tick() {
    const planned = Number(slides[at].dataset.minutes) * 60;
    const gone = Math.floor((Date.now() - begun) / 1000);
    const show = (s) => `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`;
    clock.textContent = planned ? `${show(gone)} / ${show(planned)}` : show(gone);
  }

  function turn(name, on) {
    button(name)?.setAttribute("aria-pressed", String(on));
    return on;
  }

  const pressed = (name) => button(name)?.getAttribute("aria-pressed") === "true";
  const notesHere = (on) => {
    root.classList.toggle("with-notes", turn("notes", on));
    for (const notes of document.querySelectorAll(".notes")) notes.open = on;
  };

  const actions = {
    back: () => go(at - 1),
    next: () => go(at + 1),
    list: () => (list.open ? list.close() : list.showModal()),
    notes: () => notesHere(!pressed("notes")),
    window: () => {
      paper = window.open("", "komainu-notes", "width=640,height=720");
      if (!paper) {
        said.textContent = said.dataset.blocked;
        said.classList.add("seen");
        setTimeout(() => said.classList.remove("seen"), 6000);
        return notesHere(true);
      }
      const style = paper.document.createElement("style");
      style.textContent = "body{font:1.15rem/1.8 system-ui,sans-serif;margin:1rem 1.5rem}h1{font-size:1.3rem}h2{font-size:1rem;color:#555}";
      paper.document.head.replaceChildren(style);
      paper.document.documentElement.lang = document.documentElement.lang;
      paper.addEventListener("keydown", keys);
      fill();
    },
    clock: () => { clock.hidden = !turn("clock", !pressed("clock")); tick(); },
    ruby: () => root.classList.toggle("hide-ruby", turn("ruby", !pressed("ruby"))),
    print: () => window.print(),
  };

  const KEYS = {
    ArrowRight: "next", ArrowDown: "next", PageDown: "next", " ": "next", Enter: "next", n: "notes", s: "window",
    ArrowLeft: "back", ArrowUp: "back", PageUp: "back", Backspace: "back", o: "list", t: "clock", f: "ruby", p: "print",
  };

  function keys(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || list.open) return;
    if (event.target.closest?.("button, a, summary") && (event.key === " " || event.key === "Enter")) return;
    const down = ["ArrowDown", "ArrowUp", "PageDown", "PageUp", " "].includes(event.key);
    if (down && slides[at].scrollHeight > slides[at].clientHeight + 2) return; // what is longer than the screen is scrolled first
    if (event.key === "Home") go(0);
    else if (event.key === "End") go(slides.length - 1);
    else if (KEYS[event.key]) actions[KEYS[event.key]]();
    else return;
    event.preventDefault();
  }

  for (const [number, slide] of slides.entries()) {
    const jump = Object.assign(document.createElement("button"), { type: "button", textContent: title(slide) });
    jump.addEventListener("click", () => { list.close(); go(number); });
    const row = document.createElement("li");
    row.append(jump);
    list.querySelector("ol").append(row);
    slide.addEventListener("click", (event) => {
      if (event.target.closest("a, button, details") || String(getSelection())) return;
      go(at + (event.clientX < innerWidth / 3 ? -1 : 1));
    });
  }
  let from = null;
  addEventListener("touchstart", (event) => { from = event.changedTouches[0]; }, { passive: true });
  addEventListener("touchend", (event) => {
    const by = from ? event.changedTouches[0].clientX - from.clientX : 0;
    if (Math.abs(by) > 60 && Math.abs(by) > Math.abs(event.changedTouches[0].clientY - from.clientY)) go(at - Math.sign(by));
  }, { passive: true });
  bar.addEventListener("click", (event) => actions[event.target.dataset?.do]?.());
  addEventListener("keydown", keys);
  addEventListener("hashchange", () => go(Number(location.hash.slice(2)) - 1 || 0));
  setInterval(() => { if (!clock.hidden) tick(); }, 1000);
  document.documentElement.classList.add("scripted");
  root.classList.add("on");
  bar.hidden = false;
  go(Number(location.hash.slice(2)) - 1 || 0, false);
}
