// What the three parts of the page have in common: a form, a place for the result, a sentence below it.
// In:  a section of the page, the desk that knows which model answers.   Out: nothing; it listens.
// A result always says who gave it. One that comes late, after the reader chose something else, is dropped.
import { filled, made } from "./dom.js";

export class Part {
  constructor(section, desk) {
    Object.assign(this, { section, desk, words: desk.words, turn: 0, asked: null });
    this.out = section.querySelector(".k-model-out");
    this.status = section.querySelector("[role=status]");
    this.form = section.querySelector("form");
    this.select = section.querySelector("select");
    this.form.hidden = false;
    this.form.addEventListener("submit", (event) => event.preventDefault());
  }

  button(name) { return this.section.querySelector(`[data-do=${name}]`); }

  say(name, values = {}) {
    const text = name ? filled(this.words[name], values) : "";
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  // The prompt that is chosen, or the teacher's own.
  async chosen() {
    const { prompts } = await this.desk.data();
    return prompts.find(({ id }) => id === this.select.value);
  }

  // One question to the model; what it throws becomes a sentence, and the recording is asked from then on.
  async ask(work) {
    const turn = (this.turn += 1);
    const mine = () => turn === this.turn;
    this.section.setAttribute("aria-busy", "true");
    try {
      const model = await this.desk.model();
      await work(model, mine);
    } catch (error) {
      if (mine()) this.say(this.desk.failed(error));
    } finally {
      if (mine()) this.section.removeAttribute("aria-busy");
    }
  }

  by(model) { return this.desk.by(model.kind); }

  translation(prompt) {
    return this.desk.lang === "ja" && prompt.ja && prompt.ja !== prompt.text ? [made("p", { class: "k-model-ja" }, filled(this.words.ja, { text: prompt.ja }))] : [];
  }
}
