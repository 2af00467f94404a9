// Charts from their description (Vega-Lite 5), drawn without evaluating code, bundled into charts.js at build.
import { parse, View, Warn } from "vega";
import { expressionInterpreter } from "vega-interpreter";
import { compile } from "vega-lite";

// The chart as the text of an SVG.
export async function svg(spec) {
  const view = new View(parse(compile(spec).spec, null, { ast: true }), { expr: expressionInterpreter, renderer: "none", logLevel: Warn });
  try { return await view.toSVG(); } finally { view.finalize(); }
}
