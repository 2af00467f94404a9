// Shows what a cell put out. Our own cards, tables and pictures become part of the page; any other HTML goes into a frame
// in which nothing runs. In:  outputs as Jupyter writes them.   Out: elements.

const TAGS = new Set("DIV P STRONG EM SPAN TABLE CAPTION THEAD TBODY TR TH TD DETAILS SUMMARY UL OL LI PRE CODE BR RUBY RT RP".split(" "));
const SVG = new Set("svg g path rect circle ellipse line text tspan title desc".split(" "));
const ATTRIBUTES = new Set(
  ("class role scope aria-label aria-hidden xmlns viewBox width height shape-rendering text-anchor font-family font-size font-weight " +
    "fill fill-opacity stroke stroke-opacity stroke-width stroke-dasharray stroke-linecap stroke-linejoin stroke-miterlimit opacity transform d x y x1 y1 x2 y2 dx dy r cx cy rx ry").split(" "),
);

const NOTHING_LOADED = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">`;
const LARGEST = 200_000; // as much as the runner keeps of what a cell prints

// The pictures of the small machines carry a style that only says how wide they may be, as our style sheet does.
const WIDTH = /(<svg [^<>]*?) style="max-width:100%;height:auto"/g;

// Whether HTML holds nothing but text, tables and pictures: no address, no style, no program.
function harmless(root) {
  return [...root.querySelectorAll("*")].every((element) => {
    const known = element.namespaceURI.endsWith("svg") ? SVG.has(element.localName) : TAGS.has(element.tagName);
    return known && [...element.attributes].every(({ name, value }) => ATTRIBUTES.has(name) && !/url\(|javascript:/i.test(value));
  });
}

function html(text, title) {
  const read = new DOMParser().parseFromString(text.replace(WIDTH, "$1"), "text/html");
  if (!read.head.childElementCount && harmless(read.body)) {
    const place = document.createElement("div");
    place.append(...read.body.childNodes);
    return place;
  }
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-same-origin"); // no scripts; the same origin only so that its height can be measured
  frame.title = title;
  frame.srcdoc = NOTHING_LOADED + text;
  frame.addEventListener("load", () => { frame.height = Math.min(2000, frame.contentDocument.documentElement.scrollHeight + 4); });
  return frame;
}

function picture(text, title) {
  const read = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  const image = document.createElement("img");
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  image.alt = read.querySelector("title")?.textContent || read.getAttribute("aria-label") || title;
  return image;
}

function words(text) {
  return Object.assign(document.createElement("pre"), { textContent: text });
}

function printed(text, labels) {
  if (text.length < LARGEST) return [words(text)];
  return [words(text.slice(0, LARGEST)), Object.assign(document.createElement("p"), { textContent: labels.cut })];
}

// Numbers that were lined up as text, as a table; as they are when their columns cannot be told.
function table(text) {
  const rows = text.split("\n").map((line) => line.split(" | ").map((cell) => cell.trim()));
  if (rows.length < 2 || rows.some((row) => row.length !== rows[0].length)) return words(text);
  const made = document.createElement("table");
  for (const [number, row] of rows.entries()) {
    const line = (number ? made.tBodies[0] ?? made.createTBody() : made.createTHead()).insertRow();
    for (const cell of row) {
      const box = document.createElement(number ? "td" : "th");
      if (!number) box.scope = "col";
      box.textContent = cell;
      line.append(box);
    }
  }
  return made;
}

// A drawn chart as part of the page, so that its words take the page's colours; a picture when it holds anything else.
function drawn(text, title) {
  const read = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  for (const element of [read, ...read.querySelectorAll("*")]) {
    for (const { name } of [...element.attributes]) if (name.startsWith("aria-") || !ATTRIBUTES.has(name) || name === "role") element.removeAttribute(name);
  }
  if (!harmless(read)) return picture(text, title);
  read.setAttribute("role", "img");
  read.setAttribute("aria-label", title);
  return document.adoptNode(read);
}

async function chart(spec, numbers, labels) {
  const place = Object.assign(document.createElement("figure"), { className: "k-chart" });
  const fold = document.createElement("details");
  fold.append(Object.assign(document.createElement("summary"), { textContent: labels.numbers }), table(numbers));
  place.append(fold);
  try {
    const { svg } = await import("./charts.js");
    place.prepend(drawn(await svg(spec), `${labels.chart}: ${spec.title || numbers.split("\n")[0].replace(/\s*\|\s*/g, ", ")}`));
  } catch {
    fold.open = true; // without the drawing program the numbers stand there
  }
  return place;
}

// The elements for some outputs; `labels` has output, chart, numbers, cut.
export function shown(outputs, labels) {
  return Promise.all(outputs.map(async (output) => {
    const forms = output.data || {};
    const kind = Object.keys(forms).find((name) => name.startsWith("application/vnd.vegalite.v5"));
    const place = Object.assign(document.createElement("div"), { className: "k-output" });
    if (kind) place.append(await chart(forms[kind], forms["text/plain"] || "", labels));
    else if (forms["text/html"]) place.append(html(forms["text/html"], labels.output));
    else if (forms["image/svg+xml"]) place.append(picture(forms["image/svg+xml"], labels.output));
    else place.append(...printed(output.text || forms["text/plain"] || "", labels));
    return place;
  }));
}
