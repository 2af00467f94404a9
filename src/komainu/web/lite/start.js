// Opens a notebook of the lab: turns the addresses that the build wrote into those of this server, then starts JupyterLite.
// In:  the settings in #jupyter-config-data, the notebook in ?path=.   Out: the notebook view.
// The tables beside the notebook go with the kernel's settings, because the lab does without a service worker.
const place = document.getElementById("jupyter-config-data");
const { bundle, tables, ...config } = JSON.parse(place.textContent);
const root = new URL("../", location.href);
const whole = (address) => new URL(address, root).pathname;
for (const key of Object.keys(config)) if (key.endsWith("Url") && key !== "themesUrl") config[key] = whole(config[key]);
const kernel = config.litePluginSettings["@jupyterlite/pyodide-kernel-extension:kernel"];
kernel.pyodideUrl = whole(kernel.pyodideUrl);
const folder = (new URLSearchParams(location.search).get("path") || "").split("/")[0];
kernel.loadPyodideOptions.tables = Object.fromEntries((tables[folder] || []).map((name) => [name, whole(`files/${folder}/data/${name}`)]));
const channel = kernel.loadPyodideOptions.channel = `komainu.lab ${Math.random()}`;
place.textContent = JSON.stringify(config);

// What kept Python from starting, above everything else on the page.
new BroadcastChannel(channel).onmessage = ({ data }) => {
  console.warn(data);
  const note = Object.assign(document.createElement("p"), { role: "alert", textContent: document.body.dataset.failed });
  Object.assign(note.style, { position: "fixed", inset: "0 0 auto", margin: 0, padding: "1em", zIndex: 100000, background: "#fff3cd", color: "#000" });
  document.body.append(note);
};

const waiting = document.getElementById("waiting");
new MutationObserver((_, watch) => {
  if (document.querySelector("body > .lm-Widget")) { waiting.remove(); watch.disconnect(); }
}).observe(document.body, { childList: true });
const script = document.createElement("script");
script.src = whole(bundle);
script.main = "index"; // JupyterLite looks for this name
script.addEventListener("error", () => { waiting.textContent = document.body.dataset.failed; });
document.head.append(script);
