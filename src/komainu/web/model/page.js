// The page that looks into a real language model: recordings first, the running model where the site has it and the reader asks.
// In:  the facts that the build wrote on the page.   Out: nothing; it listens.
// Nothing is fetched before the reader chooses something. Nothing is sent, and no switch is remembered.
import { Long, Ten } from "./answers.js";
import { filled, made } from "./dom.js";
import { Next } from "./next.js";
import { Recorded } from "./recorded.js";
import { Running } from "./running.js";

class Desk {
  constructor(section, facts) {
    Object.assign(this, { section, facts, words: facts.words, lang: facts.lang, live: null });
    const parts = { next: Next, ten: Ten, long: Long };
    for (const [name, Kind] of Object.entries(parts)) {
      const place = document.querySelector(`[data-model-part=${name}]`);
      if (place) this[name] = new Kind(place, this);
    }
    this.running = facts.live ? new Running(section.querySelector(".k-model-live"), this) : null;
  }

  // The recordings, fetched once; whoever asks in between waits for the same answer.
  data() {
    return (this.coming ??= fetch(new URL(this.facts.data, document.baseURI)).then(async (answer) => {
      if (!answer.ok) throw new Error(String(answer.status));
      this.found = await answer.json();
      this.recorded = new Recorded(this.found);
      return this.found;
    })).catch((error) => { this.coming = null; throw error; });
  }

  async model() {
    await this.data();
    return this.live ?? this.recorded;
  }

  // What a part says when something went wrong; a model that failed is not asked again.
  failed(error) {
    if (!error.reason) return "failed";
    if (error.reason === "long") return "trouble_long";
    this.running?.over(error.reason);
    return "now_recorded";
  }

  // Who gave what stands below.
  by(kind) {
    const { model, date } = this.found.made;
    return made("p", { class: `k-model-made k-by-${kind}` }, filled(this.words[`by_${kind}`], { model, date }));
  }

  say(place, name, values = {}) { place.textContent = name ? filled(this.words[name], values) : ""; }
}

for (const section of document.querySelectorAll("[data-model]")) new Desk(section, JSON.parse(section.dataset.model));
