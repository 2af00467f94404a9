// Runs one notebook in the browser's Python (Pyodide), here inside Node.
// In:  on standard input {src, folder, cells}.  Out: {start: CPU seconds}, then {id, seconds, outputs, error, observed} a line.
import { readFileSync } from "node:fs";
import { loadPyodide } from "pyodide";

const { src, folder, cells } = JSON.parse(readFileSync(0, "utf-8"));
const begin = process.cpuUsage();
const python = await loadPyodide();
const used = process.cpuUsage(begin);
const say = (line) => process.stdout.write(line + "\n");
say(JSON.stringify({ start: (used.user + used.system) / 1e6 }));
python.mountNodeFS("/src", src);
python.mountNodeFS("/work", folder);
python.FS.chdir("/work");
python.globals.set("say", say);
python.globals.set("cells", JSON.stringify(cells));
python.runPython(`
import importlib.util, json, sys
sys.path.insert(0, "/src")
spec = importlib.util.spec_from_file_location("runner", "/src/komainu/runner.py")
runner = importlib.util.module_from_spec(spec)
spec.loader.exec_module(runner)
runner.run(json.loads(cells), lambda result: say(json.dumps(result, ensure_ascii=False)))
`);
