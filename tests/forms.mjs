// Runs a script for Google Forms on a stand-in: the script in as JSON, the form that it made out.
// The stand-in has the commands of Google's reference and no others, and refuses what Google Forms refuses:
// an empty or a repeated choice, points that are no whole number or stand outside a quiz, feedback before the choices.
import { readFileSync } from "node:fs";
import vm from "node:vm";

const FEEDBACK = ["setFeedbackForCorrect", "setFeedbackForIncorrect"];
const COMMANDS = {
  header: ["setTitle", "setHelpText"],
  text: ["setTitle", "setHelpText", "setRequired", "setPoints", "setGeneralFeedback", "setValidation"],
  choice: ["setTitle", "setHelpText", "setRequired", "setPoints", "setChoices", "createChoice", ...FEEDBACK],
};

function must(fine, why) {
  if (!fine) throw new Error(why);
}

/** An object that has these commands; each notes its value and gives the object back. */
function thing(kind, note, commands, checks = {}) {
  const made = {};
  for (const name of commands) {
    made[name] = (...values) => {
      const found = checks[name]?.(...values);
      if (found !== undefined) return found;
      note[name.slice(3)] = values[0];
      return made;
    };
  }
  return new Proxy(made, {
    get(target, name) {
      must(name in target, `${kind} has no ${String(name)}`);
      return target[name];
    },
  });
}

function item(form, type, commands) {
  const note = { type };
  form.items.push(note);
  const graded = () => must(note.Choices, "feedback before choices");
  return thing(type, note, COMMANDS[commands], {
    createChoice: (text, right) => ({ text, right }),
    setChoices(choices) {
      const texts = choices.map((choice) => choice.text);
      must(texts.every((text) => text.trim()), "an empty choice");
      must(new Set(texts).size === texts.length, "a repeated choice");
    },
    setPoints: (points) => must(form.IsQuiz && Number.isInteger(points) && points >= 0, "points outside a quiz, or no whole number"),
    setTitle: (text) => must(typeof text === "string" && text.trim(), "no title"),
    setFeedbackForCorrect: graded,
    setFeedbackForIncorrect: graded,
  });
}

const form = { items: [], log: [] };
const app = thing("Form", form, ["setTitle", "setDescription", "setIsQuiz"], {});
const KINDS = { addSectionHeaderItem: "header", addTextItem: "text", addCheckboxItem: "choice", addListItem: "choice", addMultipleChoiceItem: "choice" };
const forms = new Proxy(app, {
  get(target, name) {
    if (name in KINDS) return () => item(form, name, KINDS[name]);
    if (name === "getEditUrl") return () => "https://example.invalid/edit";
    return name.startsWith("set") ? (...values) => (target[name](...values), forms) : target[name];
  },
});
const validation = (note = {}) => ({
  setHelpText: () => validation(note),
  requireNumber: () => validation({ number: true }),
  build: () => note,
});
const FormApp = {
  create: (title) => (must(title, "no title"), forms),
  createFeedback: () => ({ setText: (text) => ({ build: () => text }) }),
  createTextValidation: () => validation(),
};

const context = vm.createContext({ FormApp, Logger: { log: (...words) => form.log.push(words) } });
vm.runInContext(JSON.parse(readFileSync(0, "utf8")), context);
must(form.items.length === 0, "reading the script alone must make nothing");
vm.runInContext("makeQuiz()", context);
process.stdout.write(JSON.stringify(form));
