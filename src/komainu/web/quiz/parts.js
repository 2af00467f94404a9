// Elements and sentences of the self-check. Words come from the page, where they have their furigana.

/** An element with attributes and what is inside it. */
export function el(tag, facts = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(facts)) made.setAttribute(name, value);
  made.append(...inside);
  return made;
}

/** What is inside a node once more, to stand elsewhere. */
export function copy(node) {
  const made = document.createDocumentFragment();
  made.append(...[...node.childNodes].map((one) => one.cloneNode(true)));
  return made;
}

/** The text of a node without readings, for where there can be none. */
export function bare(node) {
  const made = el("p", {}, copy(node));
  for (const reading of made.querySelectorAll("rt, rp")) reading.remove();
  return made.textContent.trim();
}

/** A sentence of the page with its slots filled: words(name, {n: 3}) is a fragment. */
export const speaking = (words) => (name, values = {}) => {
  const made = copy(words.querySelector(`[data-word="${name}"]`));
  for (const slot of made.querySelectorAll("[data-slot]")) slot.replaceWith(values[slot.dataset.slot]);
  return made;
};

/** A button of the house. */
export const button = (inside, facts = {}) => el("button", { type: "button", class: "md-button", ...facts }, inside);
