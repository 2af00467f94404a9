// Compiles Python source in zip files to bytecode, with the very Python that will read it in the browser.
// In:  argv: folder of Pyodide, then triples HOW IN.zip OUT.   Out: for `drop` and `keep` a zip, .pyc without or beside its .py;
// for `names` a JSON list of the modules that are there once Python has started and pupils' usual imports (rest.py in the zip) are done.
// Without this each browser compiles the standard library anew at every start, which takes twice as long as all the rest.
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, ...jobs] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`).href);
const python = await loadPyodide({ indexURL: folder });
python.FS.mkdirTree("/zips");
for (let at = 0; at < jobs.length; at += 3) {
  const [how, from, to] = jobs.slice(at, at + 3);
  if (how === "names") {
    python.FS.mkdirTree("/machines");
    python.unpackArchive(new Uint8Array(readFileSync(from)), "zip", { extractDir: "/machines" });
    writeFileSync(to, python.runPython("import sys; sys.path.insert(0, '/machines'); import json, rest; json.dumps(rest.at_once())"));
    continue;
  }
  python.FS.writeFile("/zips/in.zip", readFileSync(from));
  python.globals.set("keep", how === "keep");
  python.runPython(`
import importlib._bootstrap_external as external, zipfile
with zipfile.ZipFile("/zips/in.zip") as old, zipfile.ZipFile("/zips/out.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
    def write(name, data):
        new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED, 9)
    for name in sorted(old.namelist()):
        if name.endswith("/"):
            continue
        data = old.read(name)
        if name.endswith(".py"):
            code = compile(data, name, "exec", dont_inherit=True)
            write(name + "c", external._code_to_hash_pyc(code, b"\\0" * 8, False))
        if keep or not name.endswith(".py"):
            write(name, data)
`);
  writeFileSync(to, python.FS.readFile("/zips/out.zip"));
}
