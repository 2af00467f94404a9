// What the page asks of a running model: lists of next tokens, and answers, both fit for school.
// In:  a Llama, the lists and forms of live.json.   Out: rows; answers with their tokens, told word by word.
import { draw, lots } from "./drawing.js";
import { forSchool, listed } from "./school.js";

const WIDE = 200; // of so many tokens ten may be shown
const TOP = 10;
const breath = () => new Promise((done) => setTimeout(done)); // a moment in which a message can come in: Stop

export class Looking {
  constructor(llama, { shown, hidden, settings }) {
    Object.assign(this, { llama, settings, shown: new Set(shown), hidden: new Set(hidden), decoder: new TextDecoder() });
  }

  text(token) { return this.decoder.decode(this.llama.piece(token)); }

  next(text) {
    this.llama.take(this.llama.tokens(text));
    const tokens = this.llama.list(WIDE).map(([token, share]) => [this.text(token), share]);
    return listed(tokens, this.shown, TOP);
  }

  // An answer, up to the end of the line. `tell` hears what can be shown already; when `stopped()` says so, it ends early.
  async answer({ text, longest, warmth = 0, seed = 0 }, { tell = () => {}, stopped = () => false }) {
    const { llama } = this, lot = lots(seed), tokens = [], out = new TextDecoder();
    llama.take(llama.tokens(text));
    let written = "", joint = 1; // of tokens that are parts of one sign, the probability of all of them
    for (let count = 0; count < longest && !stopped(); count += 1) {
      const [token, share] = draw(llama.list(Math.max(this.settings.top_k, 1)), { warmth, settings: this.settings, lot: warmth ? lot() : 0 });
      if (llama.ends.has(token)) break;
      const piece = out.decode(llama.piece(token), { stream: true }), end = piece.indexOf("\n");
      if (end >= 0) {
        written += piece.slice(0, end);
        break;
      }
      written += piece;
      joint *= share;
      if (piece) {
        tokens.push([piece, joint]);
        joint = 1;
      }
      const whole = written.replace(/[A-Za-z]+$/u, ""); // the last word may go on
      if (!(await forSchool(whole, this.hidden))) return HIDDEN;
      tell(whole);
      await breath();
      if (count + 1 < longest) llama.go([token]);
    }
    return (await forSchool(written, this.hidden)) ? { text: written.trim(), tokens, hidden: false, stopped: stopped() } : HIDDEN;
  }
}

const HIDDEN = { text: "", tokens: [], hidden: true };
