// The diagnosis: choose who reads and which form, answer fourteen questions, see where you are. Nothing is kept or sent:
// the answers are in this script's memory; the browser's Back and the page's own lead to the question before.

import { question } from "./ask.js";
import { result } from "./result.js";
import { Tally } from "./tally.js";

const BEGIN = -1;
const root = document.documentElement;

class Diagnosis {
  constructor(section, data, form) {
    Object.assign(this, { section, data, form, items: data.items[form], screen: section.querySelector(".k-screen"), begin: section.querySelector(".k-begin") });
    this.answers = this.items.map(() => ({}));
    this.turned = ({ state }) => { if (state && "diagnosis" in state) this.show(state.diagnosis); };
    addEventListener("popstate", this.turned);
    history.replaceState({ diagnosis: BEGIN }, "");
    this.go(0);
  }

  go(place) {
    history.pushState({ diagnosis: place }, "");
    this.show(place);
  }

  show(wanted) {
    const place = Math.min(wanted, this.open());
    const [asking, done] = [place >= 0 && place < this.items.length, place === this.items.length];
    this.screen.replaceChildren(...this.nodes(place, done).filter(Boolean));
    this.begin.hidden = place !== BEGIN;
    root.classList.toggle("k-asking", asking);
    root.classList.toggle("k-told", done);
    const head = place === BEGIN ? this.begin.querySelector("button") : this.screen.querySelector("h2");
    head.focus({ preventScroll: true });
    this.section.scrollIntoView();
  }

  /** The first question without an answer; nobody gets past it. */
  open() {
    const first = this.answers.findIndex(({ answer, sure }, place) => !answer || (this.items[place].kind === "output" && !sure));
    return first < 0 ? this.items.length : first;
  }

  nodes(place, done) {
    if (place === BEGIN) return [];
    if (done) return result(this.data, this.form, this.answers, () => this.end());
    const turn = { on: () => this.go(place + 1), back: () => history.back() };
    return question(this.data.words, this.items[place], this.answers[place], place, this.items.length, turn);
  }

  end() {
    removeEventListener("popstate", this.turned);
    this.answers = this.items.map(() => ({}));
    this.show(BEGIN);
  }
}

/** Which readings the reader has chosen on this site; a browser that refuses storage has kept no choice. */
function chosen() {
  try { return localStorage.getItem("komainu.furigana"); } catch { return null; }
}

/** The readings that suit the level are shown, unless the reader has chosen others. */
function furigana(level, section) {
  const page = section.closest(".k-furigana");
  if (!page || chosen() !== null) return;
  page.dataset.furigana = level;
  const box = page.querySelector(`.k-switch input[value="${level}"]`);
  if (box) box.checked = true;
}

function ready(section) {
  const facts = JSON.parse(section.dataset.diagnosis);
  const [form, status] = [section.querySelector("form"), section.querySelector("[role=status]")];
  for (const other of section.parentElement.children) if (other !== section && other.tagName !== "H1") other.classList.add("k-aside");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const asked = new FormData(form);
    status.textContent = facts.loading;
    try {
      const answer = await fetch(new URL(facts.data[asked.get("level")], document.baseURI));
      if (!answer.ok) throw new TypeError(String(answer.status));
      const data = await answer.json();
      status.textContent = "";
      furigana(data.furigana, section);
      new Diagnosis(section, data, asked.get("form"));
    } catch (error) {
      status.textContent = facts.failed;
      if (!(error instanceof TypeError)) throw error;
    }
  });
  section.hidden = false;
}

for (const section of document.querySelectorAll("[data-diagnosis]")) ready(section);
for (const section of document.querySelectorAll("[data-tally]")) {
  new Tally(section, JSON.parse(section.dataset.tally));
  section.hidden = false;
}
