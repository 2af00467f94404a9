// Inside the frame that can reach nothing: a new worker for every run, ended when the page says so or when it says too much.
// In:  from the page {kind: "parts"}, {kind: "run", run, cells, files}, {kind: "stop"}.   Out: {kind: there | line | died, run, text}.
// What a worker says is passed on as text and never looked at here; a script of its own has no way to the page but this.

const LONGEST = 12_000_000;
let parts = null;
let worker = null;

const script = (bytes) => URL.createObjectURL(new Blob([bytes], { type: "text/javascript" }));

function end() {
  worker?.terminate();
  worker = null;
}

function run({ run: number, cells, files }) {
  end();
  const say = (kind, text = "") => parent.postMessage({ kind, run: number, text }, "*"); // the page has no origin that this frame could name
  const mine = new Worker(parts.inside);
  let room = cells.length + 1; // one word that it is ready, and one for each cell
  worker = mine;
  const died = () => { if (worker === mine) { end(); say("died"); } };
  mine.onmessage = ({ data }) => {
    if (worker !== mine) return;
    room -= 1;
    if (typeof data !== "string" || data.length > LONGEST || room < 0) died();
    else say("line", data);
  };
  mine.onmessageerror = died;
  mine.onerror = (event) => { event.preventDefault(); died(); };
  mine.postMessage({ ...parts, cells, files });
}

async function take(given) {
  const { wasm, pyodide, asm, inside, ...rest } = given;
  parts = { ...rest, module: await WebAssembly.compile(wasm), pyodide: script(pyodide), asm: script(asm), inside: script(inside) };
  parent.postMessage({ kind: "there" }, "*");
}

addEventListener("message", ({ data, source }) => {
  if (source !== parent) return;
  if (data.kind === "parts") take(data.parts);
  if (data.kind === "run") run(data);
  if (data.kind === "stop") end();
});
