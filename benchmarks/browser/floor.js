// The least that runs Python beside a page: a text field, two buttons, and a worker that is asked for at once.
const [field, run, stop, out] = ["textarea", "#run", "#stop", "#out"].map((name) => document.querySelector(name));
let worker = null;

function start() {
  worker = new Worker("floor-worker.js", { type: "module" });
  worker.onmessage = ({ data }) => { out.textContent += data; };
}

run.onclick = () => { out.textContent = ""; worker.postMessage(field.value); };
stop.onclick = () => { worker.terminate(); start(); };
start();
