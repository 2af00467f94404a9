// Drawing the next token by lot, in llama.cpp's order: the most probable ones are kept, then warmth flattens what is left.
// In:  [[token, probability], …] from the most probable on, a warmth, a lot (0 to 1).   Out: the token.
export function draw(list, { warmth, settings, lot }) {
  if (!warmth) return list[0];
  let kept = scaled(list.slice(0, settings.top_k));
  let sum = 0;
  kept = kept.filter(([, share]) => { const before = sum; sum += share; return before < settings.top_p; });
  kept = kept.filter(([, share]) => share >= settings.min_p * kept[0][1]);
  const warm = scaled(kept.map(([token, share]) => [token, share ** (1 / warmth)]));
  let rest = lot;
  const at = warm.findIndex(([, share]) => (rest -= share) < 0);
  const [token] = warm.at(at); // -1, the last one, when the shares fall short of 1 by a rounding
  return list.find(([one]) => one === token);
}

function scaled(list) {
  const all = list.reduce((sum, [, share]) => sum + share, 0);
  return list.map(([token, share]) => [token, share / all]);
}

// Lots from a seed, the same ones each time (mulberry32).
export function lots(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let one = Math.imul(state ^ (state >>> 15), state | 1);
    one ^= one + Math.imul(one ^ (one >>> 7), one | 61);
    return ((one ^ (one >>> 14)) >>> 0) / 2 ** 32;
  };
}
