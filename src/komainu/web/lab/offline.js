// Says on the page whether it works without a connection, and has it kept when the reader has begun.
// In:  a place with the addresses and words that the build wrote.   Out: a sentence there; the keeping is service-worker.js's.
// Nothing is registered before the reader asks; where a browser refuses service workers the page works all the same.
const LIMIT_MS = 20000; // a browser that neither starts the worker nor refuses

export class Offline {
  constructor(place, more = []) {
    this.place = place;
    Object.assign(this, JSON.parse(place.dataset.offline)); // worker, pages, words
    const own = [...this.pages, ...more].map((address) => new URL(address, location.href).href);
    this.urls = [location.href.split("#")[0], new URL("./", import.meta.url).href, ...own];
    this.flag = `komainu.kept.${location.pathname}`;
    this.look();
  }

  say(name, bytes = 0) {
    const link = this.place.querySelector("a");
    this.place.dataset.state = name;
    this.place.firstElementChild.textContent = this.words[name].replace("{mb}", (bytes / 1e6).toFixed(1));
    link.hidden = name !== "kept";
    this.place.hidden = false;
  }

  // Before anything is asked: only what is there already.
  async look() {
    const registration = await navigator.serviceWorker?.getRegistration(location.href).catch(() => null);
    const found = registration?.active ? await this.ask(registration.active, "ask").catch(() => null) : null;
    if (this.begun) return;
    if (found?.state === "kept") this.say("kept", found.bytes);
    else if (found?.state === "newer") this.say("updated");
    else if (remembered(this.flag)) this.say("gone");
  }

  // Called when Python stands: all it needs has just been loaded, so the browser has most of it at hand.
  async keep() {
    if (this.begun) return;
    this.begun = true;
    this.say("keeping");
    let found = { state: "blocked" };
    try { found = await this.ask(await started(this.worker), "keep"); } catch { /* refused: policy, private window, an address without https */ }
    this.say(found.state in this.words ? found.state : "lost", found.bytes);
    if (found.state === "kept") remember(this.flag);
    else this.begun = false;
  }

  ask(worker, kind) {
    const from = kind === "keep" && document.referrer ? [document.referrer] : []; // the lesson, or wherever the reader came from
    const answer = told(worker, kind, [...this.urls, ...from]);
    return kind === "ask" ? within(answer) : answer;
  }
}

// The service worker at this address, once it works.
export async function started(address) {
  const { active, waiting, installing } = await navigator.serviceWorker.register(address);
  const worker = active || waiting || installing;
  await within(new Promise((done, fail) => {
    const look = () => ({ activated: done, redundant: fail })[worker.state]?.();
    worker.addEventListener("statechange", look);
    look();
  }));
  return worker;
}

// What the service worker answers when it is to keep these addresses, or is asked whether it has them.
export function told(worker, kind, urls) {
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise((done) => { port1.onmessage = ({ data }) => done(data); });
  worker.postMessage({ kind, urls }, [port2]);
  return answer;
}

function within(promise) {
  return Promise.race([promise, new Promise((_, fail) => setTimeout(() => fail(new Error("late")), LIMIT_MS))]);
}

function remembered(name) { try { return Boolean(localStorage.getItem(name)); } catch { return false; } }
function remember(name) { try { localStorage.setItem(name, "1"); } catch { /* it is only needed to say that a copy has gone */ } }
