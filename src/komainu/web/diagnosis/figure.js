// The pictures: the figure with seven spokes for one reader, bars for a class. Both say in words what they show.
// In:  names and words, or counts.   Out: SVG elements; black on white they read as well, and every table says the same.

import { WORDS } from "./score.js";

const NS = "http://www.w3.org/2000/svg";
const [WIDTH, HEIGHT, RADIUS] = [400, 280, 100];
const [BAR, ROW, NAMES] = [16, 26, 150];

function svg(tag, facts, ...inside) {
  const made = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(facts)) made.setAttribute(name, value);
  made.append(...inside);
  return made;
}

const picture = (width, height, label, ...inside) => svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label, class: "k-figure" }, ...inside);

/** Where a spoke is at a share of its length; the first points up, the others follow the clock. */
function at(spoke, share) {
  const angle = (2 * Math.PI * spoke) / 7 - Math.PI / 2;
  return [WIDTH / 2 + RADIUS * share * Math.cos(angle), HEIGHT / 2 + RADIUS * share * Math.sin(angle)].map((one) => Math.round(one * 10) / 10);
}

const ring = (share) => Array.from({ length: 7 }, (_, spoke) => at(spoke, share).join(",")).join(" ");

/** Seven spokes with three rings; `rows` are [name, word's id, word]. */
export function spokes(rows, title) {
  const label = `${title}: ${rows.map(([name, , said]) => `${name} ${said}`).join(", ")}`;
  const reached = rows.map(([, word], spoke) => at(spoke, (WORDS.indexOf(word) + 1) / 3));
  return picture(WIDTH, HEIGHT, label,
    ...[1, 2, 3].map((n) => svg("polygon", { class: "k-ring", points: ring(n / 3) })),
    ...rows.map((_, spoke) => line(at(spoke, 0), at(spoke, 1))),
    svg("polygon", { class: "k-reached", points: reached.map((one) => one.join(",")).join(" ") }),
    ...reached.map(([cx, cy]) => svg("circle", { class: "k-dot", cx, cy, r: 5 })),
    ...rows.map(([name, , said], spoke) => named(spoke, name, said)));
}

const line = ([x1, y1], [x2, y2]) => svg("line", { class: "k-ring", x1, y1, x2, y2 });

function named(spoke, name, said) {
  const [x, y] = at(spoke, 1.14);
  const side = Math.abs(x - WIDTH / 2) < 20 ? "middle" : x > WIDTH / 2 ? "start" : "end";
  const up = y < HEIGHT / 2 - 60 ? -14 : 4;
  return svg("text", { "text-anchor": side, x, y: y + up }, svg("tspan", { class: "k-name-of", x }, name), svg("tspan", { x, dy: 15 }, said));
}

/** A bar for each viewpoint and form; `rows` are [name, form's name, three counts]. */
export function bars(rows, title, words) {
  const label = `${title}: ${rows.map(([name, form, counts]) => `${name} ${form} ${counts.map((n, w) => `${words[w]} ${n}`).join(", ")}`).join("; ")}`;
  const most = Math.max(1, ...rows.map(([, , counts]) => sum(counts)));
  const lines = rows.flatMap(([name, form, counts], row) => bar(name, form, counts, row * ROW + ROW, (WIDTH - NAMES) / most));
  return picture(WIDTH, (rows.length + 1) * ROW, label, hatch(), ...legend(words), ...lines);
}

export const sum = (counts) => counts.reduce((all, one) => all + one, 0);

const hatch = () => svg("defs", {}, svg("pattern", { id: "k-hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse" }, svg("path", { class: "k-hatch", d: "M0 6L6 0" })));

const box = (word, x, y, width) => svg("rect", { class: `k-bar k-bar-${WORDS[word]}`, fill: "url(#k-hatch)", x, y, width, height: BAR }); // the style sheet paints the other two

/** The three words beside their patterns; a Japanese sign is as wide as it is high, a Latin one half of that. */
function legend(words) {
  const widths = words.map((said) => BAR + 18 + [...said].reduce((all, sign) => all + (sign > "\u2e7f" ? 13 : 7), 0));
  const starts = widths.map((_, word) => 40 + sum(widths.slice(0, word)));
  return words.flatMap((said, word) => [box(word, starts[word], 4, BAR), svg("text", { x: starts[word] + BAR + 4, y: 17 }, said)]);
}

function bar(name, form, counts, y, scale) {
  const starts = counts.map((_, word) => NAMES + scale * sum(counts.slice(0, word)));
  const boxes = counts.map((count, word) => (count ? box(word, starts[word], y + 4, scale * count) : null)).filter(Boolean);
  return [svg("text", { "text-anchor": "end", x: NAMES - 6, y: y + 17 }, `${name} ${form}`), ...boxes];
}
