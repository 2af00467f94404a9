// Small makers of elements: what stands on the page is always text, whatever a model wrote.
export function made(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== false && value !== null) element.setAttribute(key, value === true ? "" : value);
  element.append(...children);
  return element;
}

export const filled = (text, values) => text.replace(/\{(\w+)\}/gu, (all, key) => (key in values ? String(values[key]) : all));

export function percent(share, words) {
  return share < 0.001 ? words.tiny : `${(100 * share).toFixed(1)}%`;
}

export function bar(share) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg"), rect = document.createElementNS(space, "rect");
  for (const [key, value] of Object.entries({ viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true", focusable: "false" })) svg.setAttribute(key, value);
  rect.setAttribute("width", (100 * share).toFixed(2));
  rect.setAttribute("height", "8");
  svg.append(rect);
  return svg;
}

// A token with its blank made visible for the eye; a voice reads the word.
export function token(text) {
  const blank = /^\s/u.test(text), mark = text.startsWith("\n") ? "⏎" : "␣";
  return made("span", { lang: "en", class: "k-token" }, ...(blank ? [made("span", { "aria-hidden": "true", class: "k-space" }, mark)] : []), text.trim() || (blank ? "" : text));
}

export function table(kind, caption, head, rows) {
  const body = made("tbody", {}, ...rows.map(([first, ...rest]) => made("tr", {}, made("th", { scope: "row" }, first), ...rest.map((cell) => made("td", {}, cell)))));
  const top = made("thead", {}, made("tr", {}, ...head.map((text) => made("th", { scope: "col" }, text))));
  return made("table", { class: kind }, made("caption", {}, caption), top, body);
}
