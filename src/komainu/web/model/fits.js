// Whether the model can run in this browser, told before anything is fetched.
// In:  what the browser says of itself.   Out: the name of a reason why not, or the empty text.
const LEAST_GB = 2;
// Two programs of a few bytes: a browser that takes them has exceptions and SIMD in WebAssembly.
const NEEDED = [
  [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 8, 1, 6, 0, 6, 64, 25, 11, 11],
  [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11],
];

export function unfit(scope = globalThis) {
  const { WebAssembly, navigator, caches, crypto } = scope;
  if (!scope.Worker || typeof WebAssembly !== "object" || typeof BigInt !== "function" || !NEEDED.every((one) => WebAssembly.validate(new Uint8Array(one)))) return "browser";
  if (!scope.isSecureContext || !caches || !crypto?.subtle) return "insecure"; // an address without https
  return navigator.deviceMemory < LEAST_GB ? "memory" : ""; // browsers that do not say are tried
}
