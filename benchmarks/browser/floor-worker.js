// Pyodide as its package has it.
import { loadPyodide } from "./pyodide/pyodide.mjs";

const ready = loadPyodide({ stdout: (line) => postMessage(`${line}\n`) });
onmessage = async ({ data }) => (await ready).runPython(data);
