// The page's side of one frame: it runs cells there and nowhere else, and keeps the time.
// In:  what the frame needs.   Out: a Lane; `run` gives the texts that were said and why no more were.

const CSP = "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:; worker-src blob:";
const START_MS = 90_000, CELL_MS = 15_000, CALL_MS = 4_000, RUN_MS = 180_000;

export class Lane {
  constructor(frameScript) {
    this.number = 0;
    this.heard = () => {};
    this.frame = document.createElement("iframe");
    this.frame.hidden = true;
    this.frame.title = "Python";
    this.frame.setAttribute("sandbox", "allow-scripts"); // without allow-same-origin: its origin is nobody's
    this.frame.srcdoc = `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${CSP}"><script>${frameScript.replaceAll("</", "<\\/")}</script>`;
    this.listen = ({ data, source }) => { if (source === this.frame.contentWindow && typeof data === "object" && data) this.heard(data); };
    addEventListener("message", this.listen);
  }

  // Puts the frame on the page and gives it Python; ends when it is there.
  open(parts) {
    return new Promise((done, fail) => {
      const late = setTimeout(() => fail(new Error("frame")), START_MS);
      this.heard = ({ kind }) => { if (kind === "there") { clearTimeout(late); done(); } };
      this.frame.addEventListener("load", () => this.frame.contentWindow.postMessage({ kind: "parts", parts }, "*"), { once: true });
      document.body.append(this.frame);
    });
  }

  // Runs cells in a Python of their own: {said: texts, why: "" | timeout | stopped | halted | failed}.
  run(cells, files) {
    const number = (this.number += 1), said = [], end = performance.now() + RUN_MS;
    return new Promise((done) => {
      let ready = false, timer = 0;
      const over = (why) => {
        clearTimeout(timer);
        this.heard = () => {};
        this.halt = () => {};
        this.frame.contentWindow?.postMessage({ kind: "stop" }, "*");
        done({ said, why });
      };
      const wait = () => {
        const most = ready ? CELL_MS + CALL_MS * (cells[said.length].calls?.length ?? 0) : START_MS;
        clearTimeout(timer);
        timer = setTimeout(over, Math.min(most, Math.max(end - performance.now(), 0)), ready ? "timeout" : "failed");
      };
      this.halt = () => over("halted");
      this.heard = ({ kind, run, text }) => {
        if (run !== number) return;
        if (kind === "died") return over(ready ? "stopped" : "failed");
        if (kind !== "line" || typeof text !== "string") return undefined;
        if (ready) said.push(text);
        ready = true;
        return said.length < cells.length ? wait() : over("");
      };
      wait();
      this.frame.contentWindow.postMessage({ kind: "run", run: number, cells, files }, "*");
    });
  }

  halt() {}

  close() {
    this.halt();
    removeEventListener("message", this.listen);
    this.frame.remove();
  }
}
