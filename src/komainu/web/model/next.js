// Part one: which token comes next, and what becomes of the text when one is chosen.
// In:  a list of tokens and shares.   Out: a table of bars whose words are buttons.
import { bar, filled, made, percent, table, token } from "./dom.js";
import { Part } from "./part.js";

const DEEPEST = 12;

export class Next extends Part {
  constructor(section, desk) {
    super(section, desk);
    this.steps = [];
    this.select.addEventListener("change", () => this.begin());
    this.button("back").addEventListener("click", () => this.change(this.steps.slice(0, -1)));
    this.button("again").addEventListener("click", () => this.change([]));
    this.steer = section.querySelector(".k-model-steer");
    for (const one of this.out.querySelectorAll("[data-token]")) one.replaceWith(this.choice(one.dataset.token)); // what the build wrote
  }

  begin(own = null) {
    this.own = own;
    return this.change([], false);
  }

  // The list after the prompt and these tokens. `step` says that the reader stands in the old list and wants to stand in the new.
  change(steps, step = true) {
    this.steps = steps;
    return this.ask(async (model, mine) => {
      const prompt = this.own ?? (await this.chosen());
      const text = prompt.text + steps.join("");
      if (model.kind === "live") this.say("computing");
      const found = await model.next(text);
      if (!mine()) return;
      this.show(model, prompt, text, found);
      this.told(model, found, steps);
      if (step) (this.out.querySelector("button") ?? this.button("back")).focus();
    });
  }

  told(model, { rows }, steps) {
    const last = steps.at(-1)?.trim();
    if (last) this.say(this.out.querySelector("button") ? "chose" : "chose_end", { word: last, n: rows.length });
    else this.say(model.kind === "live" ? "listed" : "", { n: rows.length });
  }

  show(model, prompt, text, { rows, other }) {
    const { words } = this;
    const choice = (one) => (this.steps.length < DEEPEST && model.goesOn(text + one) ? this.choice(one) : token(one));
    const lines = rows.map(([one, share]) => [choice(one), bar(share), percent(share, words)]);
    lines.push([words.other, bar(other), percent(other, words)]);
    const sofar = made("p", { class: "k-sofar", lang: "en" }, prompt.text, ...this.steps.map((one) => made("mark", {}, one)), made("span", { class: "k-gap", "aria-hidden": "true" }, " ＿"));
    const bars = table("k-bars", words.bars, [words.token, words.bar, words.share], lines);
    this.out.replaceChildren(this.by(model), sofar, ...this.translation(prompt), bars);
    this.steer.hidden = !this.steps.length;
  }

  choice(one) {
    const button = made("button", { type: "button", class: "k-choice" }, token(one));
    button.setAttribute("aria-label", filled(this.words.choose_token, { word: one.trim() || JSON.stringify(one) }));
    button.addEventListener("click", () => this.change([...this.steps, one]));
    return button;
  }
}
