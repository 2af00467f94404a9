// The JavaScript half of the classroom policy, asked by the tests: one JSON object in, one out.
// in: {module, calls: [[function, ...arguments]]}; a rule's lookup is given as plain values.  out: [result or {error}]
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const asked = JSON.parse(readFileSync(0, "utf-8"));
const modules = {};
for (const [name, path] of Object.entries(asked.modules)) modules[name] = await import(pathToFileURL(path));

const kept = asked.kept ?? {};
const argument = (value) => (value && typeof value === "object" && "$kept" in value ? kept[value.$kept] : value);

const special = {
  holds: ([rule, values]) => modules.ruling.holds(rule, (path) => modules.ruling.at(values, path)),
  runs: ([text, blanks, keep]) => modules.ruling.runs(text, (name) => [{ t: blanks[name] ?? "?" }], keep),
  written: ([prepared, answers, id, body, stage]) => {
    const document = modules.adapt.adapt(prepared, answers, id, body, stage);
    return { document, markdown: modules.text.markdown(document), files: modules.docx.files(kept.parts, document, { "komainu.test": "値".repeat(300) }, "学校 & <co>") };
  },
  read: ([base64]) => refusing(() => modules.update.readDocx(Buffer.from(base64, "base64"))),
  updated: ([data, answers, files, choices]) => refusing(() => {
    const found = modules.update.update(data, answers, files.map((one) => modules.update.readDocx(Buffer.from(one, "base64"))));
    return { ...found, after: modules.update.answersAfter(found, "2027-06-01", choices ?? {}) };
  }),
};

function refusing(work) {
  try {
    return work();
  } catch (error) {
    if (error.why) return { why: error.why };
    throw error;
  }
}

const out = asked.calls.map(([name, ...values]) => {
  const given = values.map(argument);
  try {
    if (name in special) return special[name](given);
    const [module, fn] = name.split(".");
    return modules[module][fn](...given) ?? null;
  } catch (error) {
    return { error: String(error?.stack ?? error) };
  }
});
process.stdout.write(JSON.stringify(out));
