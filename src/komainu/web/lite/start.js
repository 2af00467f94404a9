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

// What was opened once opens again without a connection, and asks the server only whether there is a new edition. What a page
// fetches after this is kept in passing; where a browser refuses service workers the lab works all the same.
const here = new URL("./", import.meta.url).href;
let kept = null;

async function keep() {
  const { started, told } = await import(`${here}offline.js`);
  const worker = await started(new URL("../service-worker.js", here));
  const seen = performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => name.startsWith(here));
  const { engineURL, tables: given } = kernel.loadPyodideOptions;
  const python = [kernel.pyodideUrl, kernel.pyodideUrl.replace(/[^/]*$/, "kernel.pyz"), whole(engineURL), ...Object.values(given)];
  document.body.dataset.kept = (await told(worker, "keep", [location.href, ...seen, ...python])).state;
}

// What kept Python from starting, above everything else on the page.
new BroadcastChannel(channel).onmessage = ({ data }) => {
  if (data.failed === undefined) {
    kept ??= keep().catch((error) => { document.body.dataset.kept = "blocked"; console.info(String(error)); });
    return;
  }
  console.warn(data.failed);
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
