// One run of one pupil's cells: a fresh Python in a worker of an origin that is nobody's, with no way out but messages.
// In:  one message with Python, the cells and the tables.   Out: "ready", then a text for each cell; anything else ends the run.

const MOST_BYTES = 2 ** 28; // as much as the command gives a program
const say = self.postMessage.bind(self);

function capped() {
  const grow = WebAssembly.Memory.prototype.grow;
  WebAssembly.Memory.prototype.grow = function (pages) {
    if (this.buffer.byteLength + pages * 65536 > MOST_BYTES) throw new RangeError("memory");
    return grow.call(this, pages);
  };
}

async function python({ module, pyodide, asm, lock, library, machines, rest, names, code }) {
  self.fetch = async (address) => new Response(String(address.url ?? address).endsWith(".zip") ? library : null);
  WebAssembly.instantiateStreaming = async (_, imports) => ({ module, instance: await WebAssembly.instantiate(module, imports) });
  const [{ loadPyodide }, { default: createPyodideModule }] = await Promise.all([import(pyodide), import(asm)]);
  const nowhere = "https://nowhere.invalid/";
  const made = await loadPyodide({ indexURL: nowhere, createPyodideModule, lockFileContents: lock, packageBaseUrl: nowhere, stdin: () => null, stdout: () => {}, stderr: () => {} });
  delete self.fetch; // the browser's own again, to which the frame's policy allows no address
  made.FS.mkdirTree("/machines");
  made.unpackArchive(machines, "zip", { extractDir: "/machines" });
  made.FS.writeFile("/machines/frame.py", code);
  made.FS.mkdirTree("/work");
  made.FS.chdir("/work");
  made.runPython("import sys; sys.path.insert(0, '/machines')");
  const finder = made.pyimport("rest");
  made.FS.writeFile(finder.PLACE, new Uint8Array(rest));
  finder.install(made.toPy(names));
  return made.pyimport("frame");
}

self.onmessage = async ({ data }) => {
  self.onmessage = null;
  try {
    capped();
    const frame = await python(data);
    frame.begin(data.files);
    say("ready");
    for (const cell of data.cells) say(frame.cell(JSON.stringify(cell)));
  } catch { say(null); } // Python itself could not go on
};
