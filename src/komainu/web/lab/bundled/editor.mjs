// The text editor of the exercise page: CodeMirror 6 with Python, bundled into editor.js at build.
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { Compartment, EditorState } from "@codemirror/state";
import { drawSelection, EditorView, keymap } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { StyleModule } from "style-mod"; // what CodeMirror itself makes its styles with

// A strict content policy forbids CodeMirror's <style> element. Its rules go where that would stand: before those of the page.
const mount = StyleModule.mount, there = new Set();
let count = 0;
StyleModule.mount = (root, modules, options) => {
  const [first] = document.styleSheets;
  if (!first) return mount.call(StyleModule, root, modules, options);
  for (const one of [modules].flat().filter((each) => !there.has(each))) {
    there.add(one);
    for (const rule of one.rules) try { first.insertRule(rule, count); count += 1; } catch { /* a rule for another browser */ }
  }
};

// An editor in `place`; `changed` is told every new text, `run` is called on Shift+Enter and Ctrl+Enter.
// Tab is left to the keyboard's own way through the page; Enter indents by itself.
export function editor(place, { text, label, readOnly, changed, run }) {
  const keys = ["Shift-Enter", "Ctrl-Enter", "Mod-Enter"].map((key) => ({ key, run: () => { run(); return true; }, preventDefault: true }));
  const locked = new Compartment();
  const view = new EditorView({
    parent: place,
    state: EditorState.create({
      doc: text,
      extensions: [
        keymap.of([...keys, ...defaultKeymap, ...historyKeymap]), history(), python(), indentUnit.of("    "), indentOnInput(),
        bracketMatching(), drawSelection(), syntaxHighlighting(classHighlighter), EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": label, autocapitalize: "off", autocorrect: "off", spellcheck: "false", translate: "no" }),
        locked.of([EditorState.readOnly.of(readOnly), EditorView.editable.of(!readOnly)]),
        EditorView.updateListener.of((update) => { if (update.docChanged) changed(update.state.doc.toString()); }),
      ],
    }),
  });
  return {
    get text() { return view.state.doc.toString(); },
    set text(value) { if (value !== view.state.doc.toString()) view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: value } }); },
    focus() { view.focus(); },
  };
}
