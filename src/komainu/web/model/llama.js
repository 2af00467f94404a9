// llama.cpp in this worker: wllama's WebAssembly and its messages, without the second worker that wllama would start from a blob.
// In:  the bytes of the WebAssembly, the bytes of a model in pieces, texts.   Out: tokens and their probabilities.
// Left out on purpose: threads (they need headers that a plain server does not send), and drawing tokens (drawing.js).
import { glueDeserialize, glueSerialize } from "./glue.ts";
import start from "./module.js";
import { Trouble } from "./trouble.js";

const FILE = "model.gguf";
const CONTEXT = 1024;

// The program goes on as if nothing had happened when it gets no more memory, and fails later in some other way: remembered here.
let refused = false;
const { grow } = WebAssembly.Memory.prototype;
WebAssembly.Memory.prototype.grow = function (pages) {
  try {
    return grow.call(this, pages);
  } catch (error) {
    refused = true;
    throw error;
  }
};
const why = (text) => (refused || /memory|OOM|enlarge|alloc/i.test(String(text ?? "")) ? "memory" : "failed");
export class Llama {
  // Starts the program and makes room for a model of so many bytes; little memory shows here, before anything large is fetched.
  static async open(wasmBinary, bytes) {
    const llama = new Llama();
    await llama.begin(wasmBinary);
    llama.file(bytes);
    return llama;
  }

  begin(wasmBinary) {
    return new Promise((done, fail) => {
      const module = (this.module = {
        wasmBinary, noInitialRun: true, print() {}, printErr() {},
        locateFile: (name) => name,
        onAbort: (text) => { this.ended = String(text); fail(new Trouble(why(text))); },
        onRuntimeInitialized: done,
      });
      start(module);
    }).then(() => {
      const { cwrap } = this.module;
      this.calls = { malloc: cwrap("wllama_malloc", "bigint", ["number", "bigint"]), start: cwrap("wllama_start", "string", []), action: cwrap("wllama_action", "bigint", ["string", "bigint"]) };
    });
  }

  // A file inside the program's own memory, so that the model is never there twice.
  file(size) {
    const { module } = this, { MEMFS, FS } = module;
    const ops = MEMFS.stream_ops, own = { ...ops };
    const room = this.guarded(() => module.mmapAlloc(size));
    if (!room) throw new Trouble("memory");
    this.place = { at: Number(room), size };
    const seen = (stream) => {
      if (stream.node.name !== FILE) return false;
      stream.node.contents = module.HEAPU8.subarray(this.place.at, this.place.at + size);
      stream.node.usedBytes = size;
      return true;
    };
    ops.read = (stream, ...rest) => { seen(stream); return own.read(stream, ...rest); };
    ops.llseek = (stream, ...rest) => { seen(stream); return own.llseek(stream, ...rest); };
    ops.mmap = (stream, length, position, ...rest) => (seen(stream) ? { ptr: this.place.at + position, allocated: false } : own.mmap(stream, length, position, ...rest));
    Object.assign(MEMFS.ops_table.file.stream, { read: ops.read, llseek: ops.llseek, mmap: ops.mmap });
    FS.mkdir("/models");
    FS.mount(MEMFS, { root: "." }, "/models");
    module.FS_createDataFile("/models", FILE, new ArrayBuffer(0), true, true, true);
  }

  write(bytes, offset) { this.module.HEAPU8.set(bytes, this.place.at + offset); }

  load() {
    this.guarded(() => this.calls.start());
    const about = this.ask("load", "load_req", {
      model_paths: [`models/${FILE}`], use_mmap: true, use_mlock: true, n_gpu_layers: 0, seed: 1, n_ctx: CONTEXT, n_ctx_auto: false, n_threads: 1, n_seq_max: 1, swa_full: true,
    });
    this.ends = new Set([about.token_eos, about.token_eot, ...about.list_tokens_eog]);
    this.vocabulary = this.ask("get_vocab", "gvoc_req", {}).vocab.slice(-about.n_vocab); // its first half is empty
    this.read = [];
  }

  tokens(text) { return this.ask("tokenize", "tokn_req", { text, special: true }).tokens; }

  piece(token) { return this.vocabulary[token]; }

  // Reads a text; what it has in common with the last one is not read again.
  take(tokens) {
    if (tokens.length >= CONTEXT) throw new Trouble("long");
    let same = 0;
    while (same < Math.min(this.read.length, tokens.length - 1) && this.read[same] === tokens[same]) same += 1;
    if (same === 0) this.ask("kv_clear", "kvcc_req", {});
    else if (same < this.read.length) this.ask("kv_remove", "kvcr_req", { n_keep: same, n_discard: -1 });
    this.read = this.read.slice(0, same);
    this.go(tokens.slice(same));
  }

  go(tokens) {
    if (this.read.length + tokens.length > CONTEXT) throw new Trouble("long");
    this.ask("decode", "deco_req", { tokens, skip_logits: false });
    this.read = [...this.read, ...tokens];
  }

  // The most probable tokens after what was read: [[token, probability], …].
  list(top) {
    const { tokens, probs } = this.ask("get_logits", "glog_req", { top_k: top });
    return tokens.map((token, index) => [token, probs[index]]);
  }

  // One message to the program. The first four bytes of where it was written say how long the answer is.
  ask(action, name, values) {
    return this.guarded(() => {
      const message = glueSerialize({ _name: name, ...values });
      const from = this.calls.malloc(BigInt(message.byteLength), 0);
      this.module.HEAPU8.set(message, Number(from));
      const to = Number(this.calls.action(action, from));
      const length = new DataView(this.module.HEAPU8.buffer).getUint32(Number(from), true);
      const answer = glueDeserialize(this.module.HEAPU8.slice(to, to + length));
      if (answer._name === "erro_evt" || answer.success === false) throw new Trouble(why(answer.message), answer.message);
      return answer;
    });
  }

  guarded(work) {
    if (this.ended) throw new Trouble(why(this.ended), this.ended);
    try {
      return work();
    } catch (error) {
      if (error instanceof Trouble) throw error;
      throw new Trouble(error instanceof RangeError ? "memory" : why(error?.message), String(error));
    }
  }
}
