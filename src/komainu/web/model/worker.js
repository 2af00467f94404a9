// The model's own thread: the page stays free while it is fetched and while it computes.
// In:  {id, call, ...} from live.js.   Out: {id, progress}, {id, value} or {id, trouble: the name of a reason}.
import { Llama } from "./llama.js";
import { Looking } from "./looking.js";
import { each, got, held, room } from "./parts.js";
import { Trouble } from "./trouble.js";

let looking = null;
const ended = new Map(); // by who asked: up to which message its answers are not wanted any more

// Bytes that do not fit may only be stale in the browser's own cache: asked for once more, past it.
function program(wasm, base, tell) {
  const ask = (cache) => got(new URL(wasm.name, base), wasm, tell, cache);
  return ask("default").catch((error) => { if (error.reason !== "corrupt") throw error; return ask("reload"); });
}

const calls = {
  async open({ about, base }, tell) {
    let done = 0;
    const came = (bytes) => tell((done += bytes));
    await room(about, await held(about));
    const wasm = await program(about.wasm, base, came);
    const llama = await Llama.open(wasm, about.bytes);
    await each(about, new URL(about.folder, base), { tell: came, take: (bytes, offset) => llama.write(bytes, offset) });
    llama.load();
    looking = new Looking(llama, about);
  },
  next: ({ text }) => looking.next(text),
  answer: ({ id, who, asked }, tell) => looking.answer(asked, { tell, stopped: () => id <= (ended.get(who) ?? 0) }),
};

async function work({ call, ...values }) {
  const { id } = values;
  try {
    postMessage({ id, value: await calls[call](values, (progress) => postMessage({ id, progress })) });
  } catch (error) {
    postMessage({ id, trouble: error instanceof Trouble ? error.reason : "failed", detail: String(error.message) });
  }
}

let line = Promise.resolve(); // one after the other: there is one model
self.onmessage = ({ data }) => {
  if (data.call === "stop") ended.set(data.who, data.id);
  else line = line.then(() => work(data));
};
