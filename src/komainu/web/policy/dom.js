// Elements from data. Whatever was typed or opened reaches the page as text only.

import { runs } from "./ruling.js";

const PROPERTIES = new Set(["checked", "disabled", "hidden", "open", "tabIndex", "value"]);

/** An element with attributes, listeners (`onclick`) and what is inside it; empty things are left out. */
export function el(tag, facts = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(facts)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else if (PROPERTIES.has(name)) made[name] = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...inside.flat(3).filter((one) => one !== null && one !== undefined && one !== false && one !== ""));
  return made;
}

/** A text of the template without its readings and marks. */
export const plain = (text) => runs(text, () => []).map((run) => run.t).join("");

/** Runs as text, readings and empty blanks as elements; `gap` names an empty blank. */
export function spans(list, gap = null) {
  return list.map((run) => {
    let made = "r" in run ? el("ruby", {}, run.t, el("rp", {}, "（"), el("rt", {}, run.r), el("rp", {}, "）")) : run.t;
    if ("gap" in run) made = el("mark", { class: "k-gap", title: gap?.(run.gap) }, made);
    return run.b ? el("strong", {}, made) : made;
  });
}

/** A button of the house. */
export const button = (text, onclick, facts = {}) => el("button", { type: "button", class: "md-button", onclick, ...facts }, text);

/** A name for an element's id that is not taken yet. */
let count = 0;
export const fresh = (name) => `policy-${name}-${(count += 1)}`;

/** Gives the reader a file. */
export function hand(name, data, type) {
  const link = el("a", { download: name, href: URL.createObjectURL(new Blob([data], { type })) });
  document.body.append(link); // some browsers take no click on a link that is not on the page
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
