// Python in a worker of its own: a page can always stop it, whatever a pupil's program does.
// In:  messages {kind: "files", files} and {kind: "run", ticket, cells}.   Out: progress, ready, cell, done, failed, died.
// Everything is fetched from the folder in which this file stands, and nothing else ever is.
import about from "./engine.json";
import { loadPyodide } from "./pyodide.js";

const base = new URL("./", import.meta.url).href;
const send = (message) => self.postMessage(message);
const network = self.fetch.bind(self);
let got = 0, missing = ""; // which file did not come: Pyodide keeps that to itself

// A program that takes more and more memory gets Python's own error, long before the device has none left.
const MOST_BYTES = 2 ** 30;
const grow = WebAssembly.Memory.prototype.grow;
WebAssembly.Memory.prototype.grow = function (pages) {
  if (this.buffer.byteLength + pages * 65536 > MOST_BYTES) throw new RangeError("memory");
  return grow.call(this, pages);
};

let broken;
const lost = new Promise((_, fail) => { broken = fail; }); // without its .wasm file Pyodide would wait for ever
const lacking = (file) => (error) => { missing = file; broken(error); throw error; };

// Asked for before anybody needs them, so that they are on their way while the scripts are read.
const early = new Map(["pyodide.asm.wasm", "python_stdlib.zip", "machines.zip"].map((name) => [base + name, network(base + name)]));
for (const answer of early.values()) answer.catch(() => {}); // whoever needs it is told

// Counts bytes as they arrive, and gives a file the type it has, for servers and filters that name another.
async function counted(address) {
  const url = String(address.url ?? address); // a Request, a URL or a text
  const asked = early.get(url) ?? network(url);
  early.delete(url);
  const answer = await asked.catch(lacking(url));
  const named = answer.headers.get("content-type") || "";
  if (!answer.ok || named.startsWith("text/html")) lacking(url)(new Error(`${answer.status} ${named}`));
  const meter = new TransformStream({
    transform(chunk, stream) { got += chunk.byteLength; send({ kind: "progress", got }); stream.enqueue(chunk); },
  });
  const type = url.endsWith(".wasm") ? "application/wasm" : named;
  return new Response(answer.body.pipeThrough(meter), { headers: { "content-type": type } });
}
self.fetch = counted;

// A file that Python asks for in the middle of a program, which waits for it.
function later(address) {
  const asked = new XMLHttpRequest();
  asked.open("GET", address, false);
  asked.responseType = "arraybuffer";
  asked.send();
  const bytes = new Uint8Array(asked.response ?? []);
  if (asked.status !== 200 || bytes[0] !== 80 || bytes[1] !== 75) throw new Error(`${asked.status} ${address}`); // a zip begins with PK
  return bytes;
}

async function start() {
  const { lock, files, rest } = about;
  const { default: createPyodideModule } = await import("./pyodide.asm.js").catch(lacking("pyodide.asm.js"));
  got += files["pyodide.asm.js"];
  const python = await loadPyodide({ indexURL: base, createPyodideModule, lockFileContents: lock, packageBaseUrl: base });
  const machines = await (await counted(`${base}machines.zip`)).arrayBuffer();
  python.FS.mkdirTree("/machines");
  python.unpackArchive(machines, "zip", { extractDir: "/machines" });
  python.runPython("import sys; sys.path.insert(0, '/machines'); import builtins, json, rest, runner; from smallmachines import kind; builtins.input = kind.no_input; names = {'__name__': '__main__'}");
  const finder = python.pyimport("rest");
  finder.install(python.toPy(rest), () => python.FS.writeFile(finder.PLACE, later(`${base}python_rest.zip`)));
  python.FS.mkdirTree("/work/data");
  python.FS.chdir("/work");
  return python;
}

const ready = Promise.race([start(), lost]).then(
  (python) => { send({ kind: "ready" }); return python; },
  (error) => { send({ kind: "failed", file: missing, why: String(error) }); throw error; },
);
ready.catch(() => {}); // said above; each message below finds it again

self.onmessage = async ({ data }) => {
  const python = await ready.catch(() => null);
  if (!python) return;
  try { heard(python, data); } catch (error) { send({ kind: "died", why: String(error) }); } // Python itself could not go on
};

function heard(python, data) {
  if (data.kind === "files") for (const [name, text] of Object.entries(data.files)) python.FS.writeFile(`/work/data/${name}`, text);
  if (data.kind === "run") {
    python.globals.set("cells", JSON.stringify(data.cells));
    python.globals.set("emit", (result) => send({ kind: "cell", ticket: data.ticket, result: JSON.parse(result) }));
    python.runPython("runner.run(json.loads(cells), lambda result: emit(json.dumps(result)), names)");
    send({ kind: "done", ticket: data.ticket });
  }
}
