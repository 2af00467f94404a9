// The page's own Python: reads what was handed in, compares and writes the files. No pupil's code ever runs here.
// In:  {id, call, args}.   Out: {id, value} or {id, error: text or {ja, en}}; first {ready} or {failed}.

const base = new URL("./", import.meta.url);
const CALLS = new Set(["put", "read", "ask", "tell", "table", "zip"]);
let marking = null;

async function bytes(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new TypeError(`${answer.status} ${address}`);
  return answer.arrayBuffer();
}

let python = null;
let module = null;
let last = null; // Python's own module that keeps the last exception

async function start(engine) {
  const [{ loadPyodide }, { default: createPyodideModule }, about, own, machines, rest] = await Promise.all([
    import(`${engine}pyodide.js`), import(`${engine}pyodide.asm.js`), fetch(`${engine}engine.json`).then((answer) => answer.json()), bytes(new URL("marking.zip", base)), bytes(`${engine}machines.zip`), bytes(`${engine}python_rest.zip`),
  ]);
  python = await loadPyodide({ indexURL: engine, createPyodideModule, lockFileContents: about.lock, packageBaseUrl: engine });
  python.FS.mkdirTree("/marking");
  for (const zip of [machines, own]) python.unpackArchive(zip, "zip", { extractDir: "/marking" });
  python.runPython("import sys; sys.path.insert(0, '/marking')");
  const finder = python.pyimport("rest");
  python.FS.writeFile(finder.PLACE, new Uint8Array(rest));
  finder.install(python.toPy(about.rest));
  last = python.pyimport("sys");
  module = python.pyimport("komainu.grading.at_page");
}

function called(call, args) {
  if (call === "begin") {
    marking?.destroy();
    marking = module.Marking(...args, "/handed");
    return marking.hidden;
  }
  if (!CALLS.has(call)) throw new TypeError(call);
  const value = marking[call](...args.map((one) => (one instanceof Uint8Array ? python.toPy(one) : one)));
  if (typeof value !== "object" || value === null) return value ?? null;
  const made = value.toJs();
  value.destroy();
  return made;
}

self.onmessage = async ({ data }) => {
  if (data.engine) {
    try { await start(data.engine); self.postMessage({ ready: true }); } catch (error) { self.postMessage({ failed: String(error) }); }
    return;
  }
  try { self.postMessage({ id: data.id, value: called(data.call, data.args) }); } catch (error) {
    const { ja, en } = error.type === "Unable" ? last.last_exc : {};
    self.postMessage({ id: data.id, error: ja ? { ja, en } : String(error.message ?? error) });
  }
};
