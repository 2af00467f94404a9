// What the lab's kernel takes for Pyodide: the engine of the exercise pages, with the kernel's own packages beside it.
// In:  the kernel's options; `engineURL`, `tables` and `channel` are ours.   Out: Pyodide with smallmachines, IPython and data/
// in place. The channel is told when Python stands, and what failed: JupyterLite itself would leave a pupil waiting for ever.
const here = new URL("./", import.meta.url).href;

async function got(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return answer.arrayBuffer();
}

export function loadPyodide({ channel, ...options }) {
  const page = new BroadcastChannel(channel);
  return python(options).then(
    (made) => { page.postMessage({}); return made; },
    (error) => { page.postMessage({ failed: String(error) }); throw error; },
  );
}

async function python({ engineURL: engine, tables, packages, ...options }) {
  const files = Promise.all([`${engine}machines.zip`, `${engine}python_rest.zip`, `${here}kernel.pyz`, ...Object.values(tables)].map(got));
  const [{ loadPyodide: load }, { default: createPyodideModule }, about] = await Promise.all([
    import(`${engine}pyodide.js`), import(`${engine}pyodide.asm.js`), got(`${engine}engine.json`),
  ]);
  const { lock, rest: names } = JSON.parse(new TextDecoder().decode(about));
  const made = await load({ ...options, indexURL: engine, packageBaseUrl: engine, createPyodideModule, lockFileContents: lock });
  const [machines, rest, kernel, ...texts] = await files;
  made.FS.mkdirTree("/machines");
  made.unpackArchive(machines, "zip", { extractDir: "/machines" });
  made.FS.writeFile("/kernel.pyz", new Uint8Array(kernel));
  const data = `${made.FS.cwd()}/data`;
  made.FS.mkdirTree(data);
  for (const [at, name] of Object.keys(tables).entries()) made.FS.writeFile(`${data}/${name}`, new Uint8Array(texts[at]));
  made.runPython("import sys; sys.path[:0] = ['/machines', '/kernel.pyz']");
  const finder = made.pyimport("rest");
  made.FS.writeFile(finder.PLACE, new Uint8Array(rest));
  finder.install(made.toPy(names));
  return made;
}
