// Parts two and three: the same question ten times, and a long answer about something that may not exist.
// In:  answers with their tokens.   Out: a list, how far the answers agree, and the text with its unsure words marked.
import { bar, filled, made, percent, table, token } from "./dom.js";
import { Part } from "./part.js";
import { counted, right } from "./plain.js";

const TIMES = 10;
const WARMTH = 0.8;
const UNSURE = 0.3;

class Answering extends Part {
  constructor(section, desk) {
    super(section, desk);
    this.go = this.button("go");
    this.halt = this.button("stop");
    this.go.addEventListener("click", () => this.begin());
    this.halt.addEventListener("click", async () => { this.stopped = true; (await this.desk.model()).stop(this.name); });
    for (const one of section.querySelectorAll("select, input")) one.addEventListener("change", () => this.begin());
  }

  begin(own = null) {
    this.own = own;
    this.stopped = false;
    return this.ask(async (model, mine) => {
      const live = model.kind === "live", before = document.activeElement;
      if (live) model.stop(this.name); // what was asked before is not wanted any more
      this.halt.hidden = !live;
      if (live && before === this.go) this.halt.focus();
      this.go.hidden = live;
      try {
        await this.work(model, mine);
      } finally {
        if (mine()) {
          const stood = document.activeElement === this.halt;
          this.halt.hidden = true;
          this.go.hidden = false;
          if (stood) this.go.focus();
        }
      }
    });
  }
}

export class Ten extends Answering {
  name = "ten";

  async chosen() {
    const { prompts } = await this.desk.data(), ident = this.select.value + (this.section.querySelector("input").checked ? "-unsure" : "");
    return prompts.find(({ id }) => id === ident);
  }

  async work(model, mine) {
    const prompt = this.own ?? (await this.chosen());
    if (model.kind === "live") this.say("computing");
    const first = await model.answer(prompt, { who: this.name });
    const list = made("ol", { class: "k-ten", lang: "en" });
    if (!mine()) return;
    this.out.replaceChildren(this.by(model), made("p", { class: "k-sofar", lang: "en" }, prompt.text), ...this.translation(prompt), list);
    const answers = [];
    for (const seed of model.seeds(TIMES)) {
      if (model.kind === "live") this.say("asking", { n: answers.length + 1, times: TIMES });
      const one = await model.answer(prompt, { who: this.name, warmth: WARMTH, seed });
      if (!mine()) return;
      if (this.stopped) break;
      answers.push(one);
      list.append(made("li", {}, one.hidden ? this.words.hidden : one.text));
    }
    if (answers.length) this.sum(prompt, first, answers);
    if (this.stopped) this.say("stopped", { n: answers.length });
    else if (model.kind === "live") this.say("asked", { times: answers.length });
    else this.say("");
  }

  sum(prompt, first, answers) {
    const { words } = this, seen = answers.map((one) => (one.hidden ? words.hidden : one.text));
    const counts = counted(seen), [most, often] = counts[0];
    const rows = counts.map(([text, count]) => [made("span", { lang: "en" }, text), bar(count / answers.length), filled(words.times, { n: count })]);
    this.out.append(
      table("k-bars", words.answers, [words.answer, words.bar, words.often], rows),
      made("p", {}, filled(often > 1 ? words.agree : words.no_agree, { answer: most, n: often, times: answers.length })),
      made("p", {}, filled(words.greedy, { answer: first.hidden ? words.hidden : first.text })),
    );
    if (prompt.accepts?.length) this.out.append(this.truth(prompt, first, answers));
  }

  truth(prompt, first, answers) {
    const { words } = this, { sources, root } = this.desk.facts;
    const good = answers.filter((one) => right(one.text, prompt.accepts)).length;
    const [title, address] = sources[prompt.source];
    const where = address ? made("a", { href: root + address }, title) : title;
    const text = filled(words.truth, { truth: prompt.accepts[0], n: good, times: answers.length });
    const also = words[right(first.text, prompt.accepts) ? "greedy_right" : "greedy_wrong"];
    return made("details", {}, made("summary", {}, words.show_truth), made("p", {}, text, also), made("p", { class: "k-note" }, words.source, where));
  }
}

export class Long extends Answering {
  name = "long";

  async work(model, mine) {
    const prompt = this.own ?? (await this.chosen()), live = model.kind === "live", { words } = this;
    const grown = made("span", { class: "k-grown" });
    const head = [this.by(model), ...this.translation(prompt)];
    if (live) {
      this.say("writing");
      this.out.replaceChildren(...head, made("p", { class: "k-sofar", lang: "en" }, prompt.text, grown));
    }
    const one = await model.answer(prompt, { who: this.name, tell: (text) => { if (mine()) grown.textContent = text; } });
    if (!mine()) return;
    const text = made("p", { class: "k-sofar", lang: "en" }, prompt.text, ...(one.hidden ? [made("span", { lang: this.desk.lang }, ` ${words.hidden}`)] : one.tokens.map(marked)));
    const rows = one.tokens.map(([piece, share]) => [token(piece), bar(share), percent(share, words)]);
    const details = made("details", {}, made("summary", {}, words.each_token), table("k-bars", words.each_token, [words.token, words.bar, words.share], rows));
    this.out.replaceChildren(...head, text, ...(one.tokens.length ? [made("p", { class: "k-note" }, words.legend)] : []), made("p", {}, prompt.why[this.desk.lang] ?? ""), ...(rows.length ? [details] : []));
    this.say(live ? (this.stopped ? "stopped_text" : "written") : "");
  }
}

function marked([text, share]) {
  return share < UNSURE ? made("span", { class: "k-unsure" }, text) : text;
}
