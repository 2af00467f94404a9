// The kept answers of the model: the same answers every time, without the model.
// In:  data.json.   Out: rows and answers as the model gave them on the day of the recording.
const TOP = 10;

export class Recorded {
  kind = "recording";

  constructor(data) { this.data = data; }

  async next(text) {
    const rows = this.data.next[text].slice(0, TOP);
    return { rows, other: Math.max(0, 1 - rows.reduce((sum, [, share]) => sum + share, 0)) };
  }

  goesOn(text) { return Object.hasOwn(this.data.next, text); }

  async answer({ id }, { warmth = 0, seed = 0 } = {}) {
    const one = this.data.answers[id].find((kept) => kept.warmth === warmth && kept.seed === seed);
    if (one.hidden) return { text: "", tokens: [], hidden: true };
    const tokens = one.tokens.map((text, index) => [text, one.shares[index]]);
    return { text: (one.text ?? one.tokens.join("")).trim(), tokens, hidden: false };
  }

  seeds(times) { return Array.from({ length: times }, (_, index) => index + 1); }

  stop() {}
}
