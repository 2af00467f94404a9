// A machine on the teacher's page: one button, three sliders. Nothing is loaded before the button is pressed.
import { Engine } from "./engine.js";
import { Offline } from "./offline.js";
import { shown } from "./outputs.js";

function demo(section) {
  const { words, lang, files, code, bytes } = JSON.parse(section.dataset.demo);
  const [form, button, stop] = ["form", "[data-go]", "[data-stop]"].map((selector) => section.querySelector(selector));
  const [bar, status, out] = ["progress", "[role=status]", ".k-demo-out"].map((selector) => section.querySelector(selector));
  const base = new URL("./", import.meta.url).href;
  const offline = new Offline(section.querySelector(".k-offline"), [code, ...Object.values(files)]);
  let press = 0, prepared = null;
  const engine = new Engine(base, {
    progress: (got) => { bar.value = Math.min(got, bytes); status.textContent = words.loading.replace("{mb}", (got / 1e6).toFixed(1)); },
    ready: () => { bar.hidden = true; status.textContent = words.running; offline.keep(); },
    failed: (file) => { prepared = null; rest(words.failed.replace("{file}", file.split("/").pop() || "Python")); },
  });

  function rest(sentence) {
    bar.hidden = stop.hidden = true;
    button.disabled = false;
    status.textContent = sentence;
  }

  async function prepare() {
    bar.hidden = false;
    const names = Object.keys(files);
    const texts = await Promise.all([code, ...Object.values(files)].map(async (address) => {
      const answer = await fetch(new URL(address, location.href));
      if (!answer.ok) throw Object.assign(new Error(String(answer.status)), { file: address });
      return answer.text();
    }));
    engine.give(Object.fromEntries(names.map((name, at) => [name, texts[at + 1]])));
    const begin = `import smallmachines\nsmallmachines.start(${JSON.stringify(lang)})\n${texts[0]}`;
    await engine.run([{ id: "demo", source: begin }], (result) => { if (result.error) throw new Error(result.error.text); });
  }

  async function go() {
    button.disabled = true;
    stop.hidden = false;
    status.textContent = words.running;
    const dials = [...form.elements].filter((dial) => dial.type === "range").map((dial) => `${dial.name}=${dial.value}`);
    try {
      await (prepared ??= prepare());
      status.textContent = words.running;
      let result = null;
      await engine.run([{ id: "press", source: `demo(${dials.join(", ")}, press=${++press})` }], (one) => { result = one; });
      if (result.error) out.textContent = result.error.sentences.join(" ");
      else out.replaceChildren(...(await shown(result.outputs, words)));
      rest("");
    } catch (error) {
      prepared = null;
      if (error.message === "stopped") rest(words.stopped);
      else if (!status.textContent || !button.disabled) rest(status.textContent);
      else rest(words.failed.replace("{file}", (error.file || "Python").split("/").pop()));
    }
  }

  for (const dial of form.querySelectorAll("input[type=range]")) {
    const value = form.querySelector(`output[for=${dial.id}]`);
    dial.addEventListener("input", () => { value.textContent = dial.value; });
  }
  form.addEventListener("submit", (event) => { event.preventDefault(); go(); });
  stop.addEventListener("click", () => engine.stop());
  section.hidden = false;
}

for (const section of document.querySelectorAll("[data-demo]")) demo(section);
