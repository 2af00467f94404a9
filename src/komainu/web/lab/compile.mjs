// Compiles Python source in zip files to bytecode, with the very Python that will read it in the browser.
// In:  argv: folder of Pyodide, then pairs IN.zip OUT.zip.   Out: the zips, .pyc beside nothing (library) or beside .py (machines).
// Without this each browser compiles the standard library anew at every start, which takes twice as long as all the rest.
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, ...pairs] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`).href);
const python = await loadPyodide({ indexURL: folder });
python.FS.mkdirTree("/zips");
for (let at = 0; at < pairs.length; at += 3) {
  const [keep, from, to] = pairs.slice(at, at + 3);
  python.FS.writeFile("/zips/in.zip", readFileSync(from));
  python.globals.set("keep", keep === "keep");
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
