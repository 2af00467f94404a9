// Paper with 16 x 16 cells: mouse, finger or keyboard; a collection; text for the notebook. Nothing leaves the device.
// The text is the format of smallmachines.paper: `komainu drawings 1`, then for each drawing its word and 16 rows.
const FORMAT = "komainu drawings 1";
const KEPT = "komainu.drawings";

function page(section) {
  const { lang, size, colours, words } = JSON.parse(section.dataset.draw);
  const find = (selector) => section.querySelector(selector);
  const [grid, status, list, word, ask, chooser] = [".k-sheet16", "[role=status]", ".k-drawings", "#draw-word", ".k-ask", "input[type=file]"].map(find);
  const sky = ".";
  const empty = () => Array.from({ length: size }, () => sky.repeat(size));
  const known = (rows) => Array.isArray(rows) && rows.length === size && rows.every((row) => row.length === size && [...row].every((c) => c in colours));
  const name = (letter) => (letter === sky ? "sky" : letter.toLowerCase());
  let rows = empty(), collection = [], past = [], at = [0, 0], painting = false;

  const say = (sentence) => { status.textContent = sentence; };
  const cell = (y, x) => grid.children[y].children[x];
  const label = (y, x) => words.cell.replace("{y}", y + 1).replace("{x}", x + 1).replace("{colour}", colours[rows[y][x]]);

  // --- what is kept in this browser
  function keep() {
    try { localStorage.setItem(KEPT, JSON.stringify({ format: 1, rows, collection })); return true; }
    catch { return false; }
  }
  function remember() {
    try {
      const kept = JSON.parse(localStorage.getItem(KEPT) || "null");
      if (kept?.format !== 1) return;
      if (known(kept.rows)) rows = kept.rows;
      collection = (kept.collection || []).filter((one) => typeof one.word === "string" && known(one.rows));
    } catch { /* what cannot be read is not taken; the paper stays empty, and a fresh drawing is kept over it */ }
  }

  // --- the paper
  function show(y, x) {
    const box = cell(y, x);
    box.className = `k-cell k-cell-${name(rows[y][x])}`;
    box.setAttribute("aria-label", label(y, x));
  }
  function showAll() { for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) show(y, x); }
  function put(y, x, letter) {
    const mirrored = find("[data-mirror]").checked ? [x, size - 1 - x] : [x];
    for (const column of mirrored) {
      rows[y] = rows[y].slice(0, column) + letter + rows[y].slice(column + 1);
      show(y, column);
    }
  }
  const pen = () => find("input[name=pen]:checked").value;
  function begin() { past = [...past.slice(-50), [...rows]]; }
  function go(y, x) {
    cell(...at).tabIndex = -1;
    at = [(y + size) % size, (x + size) % size];
    cell(...at).tabIndex = 0;
    cell(...at).focus();
  }
  function build() {
    for (let y = 0; y < size; y++) {
      const row = grid.appendChild(Object.assign(document.createElement("div"), { role: "row" }));
      row.setAttribute("role", "row");
      for (let x = 0; x < size; x++) {
        const box = document.createElement("span");
        box.setAttribute("role", "gridcell");
        box.tabIndex = y || x ? -1 : 0;
        box.dataset.y = y;
        box.dataset.x = x;
        row.append(box);
      }
    }
    showAll();
  }
  function under(event) {
    const box = document.elementFromPoint(event.clientX, event.clientY);
    return box?.dataset?.y && grid.contains(box) ? [Number(box.dataset.y), Number(box.dataset.x)] : null;
  }
  grid.addEventListener("pointerdown", (event) => {
    const place = under(event);
    if (!place || event.button > 0) return;
    event.preventDefault();
    grid.setPointerCapture(event.pointerId);
    painting = true;
    begin();
    put(...place, pen());
    go(...place);
  });
  grid.addEventListener("pointermove", (event) => {
    const place = painting && under(event);
    if (place) put(...place, pen());
  });
  for (const kind of ["pointerup", "pointercancel"]) grid.addEventListener(kind, () => { if (painting) { painting = false; keep(); } });
  grid.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const [y, x] = at, key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
    const ways = { ArrowUp: [y - 1, x], ArrowDown: [y + 1, x], ArrowLeft: [y, x - 1], ArrowRight: [y, x + 1], Home: [y, 0], End: [y, size - 1] };
    if (ways[key]) go(...ways[key]);
    else if (key === " " || key === "Enter") paintHere(pen());
    else if (key in colours) { find(`input[name=pen][value="${key}"]`).checked = true; paintHere(key); }
    else if (key === "M") { const box = find("[data-mirror]"); box.checked = !box.checked; say(box.checked ? words.mirror_on : words.mirror_off); }
    else return;
    event.preventDefault();
  });
  function paintHere(letter) {
    begin();
    put(...at, letter);
    keep();
    say(label(...at));
  }

  // --- the collection
  function picture(drawing) {
    const place = Object.assign(document.createElement("span"), { className: "k-sheet16 k-small" });
    place.setAttribute("aria-hidden", "true");
    for (const row of drawing) {
      const line = place.appendChild(document.createElement("span"));
      for (const letter of row) line.append(Object.assign(document.createElement("i"), { className: `k-cell k-cell-${name(letter)}` }));
    }
    return place;
  }
  function button(text, action) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "md-button", textContent: text });
    made.addEventListener("click", action);
    return made;
  }
  function showCollection() {
    list.replaceChildren(...collection.map((one, number) => {
      const item = document.createElement("li");
      const title = `${number + 1}. ${one.word}`;
      const edit = button(words.edit, () => { begin(); rows = [...one.rows]; word.value = one.word; showAll(); keep(); go(0, 0); });
      const remove = button(words.remove, async () => {
        if (!(await sure(words.sure))) return;
        collection.splice(number, 1);
        keep();
        showCollection();
        say(words.removed);
        word.focus();
      });
      edit.setAttribute("aria-label", `${words.edit}: ${title}`);
      remove.setAttribute("aria-label", `${words.remove}: ${title}`);
      item.append(picture(one.rows), Object.assign(document.createElement("span"), { textContent: title }), edit, remove);
      return item;
    }));
  }
  function sure(question) {
    ask.querySelector("p").textContent = question;
    ask.returnValue = "no";
    ask.showModal();
    return new Promise((answer) => ask.addEventListener("close", () => answer(ask.returnValue === "yes"), { once: true }));
  }
  const fine = (text) => text && text.length <= 20 && !(text.length === size && [...text.toUpperCase()].every((c) => c in colours));
  find(".k-word").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = word.value.normalize("NFKC").trim();
    if (!fine(text)) return say(words.bad_word);
    if (rows.join("") === empty().join("")) return say(words.no_drawing);
    collection.push({ word: text, rows: [...rows] });
    say(keep() ? words.added : words.not_saved);
    showCollection();
  });
  find("[data-undo]").addEventListener("click", () => {
    if (!past.length) return say(words.no_drawing);
    rows = past.pop();
    showAll();
    keep();
    say(words.undone);
  });
  find("[data-clear]").addEventListener("click", () => { begin(); rows = empty(); showAll(); keep(); say(words.cleared); });

  // --- in and out
  const text = () => [FORMAT, "", ...collection.map((one) => `${one.word}\n${one.rows.join("\n")}\n`)].join("\n");
  function read(source) {
    const parts = source.replace(/^\ufeff/, "").normalize("NFKC").split("\n").map((line) => line.trim()).join("\n").split(/\n\n+/);
    if (parts.shift().trim().toLowerCase() !== FORMAT) return null;
    const found = parts.map((part) => part.trim().split("\n")).filter((part) => part.join("")).map(([title, ...drawn]) => ({ word: title, rows: drawn.map((row) => row.toUpperCase()) }));
    return found.length && found.every((one) => fine(one.word) && known(one.rows)) ? found : null;
  }
  find("[data-copy]").addEventListener("click", async () => {
    if (!collection.length) return say(words.no_drawing);
    try { await navigator.clipboard.writeText(text()); say(words.copied); }
    catch { say(words.not_copied); }
  });
  find("[data-save]").addEventListener("click", () => {
    if (!collection.length) return say(words.no_drawing);
    const link = Object.assign(document.createElement("a"), { download: `drawings-${lang}.txt` });
    link.href = URL.createObjectURL(new Blob([text()], { type: "text/plain" }));
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    say(words.saved);
  });
  find("[data-open]").addEventListener("click", () => chooser.click());
  chooser.addEventListener("change", async () => {
    const found = chooser.files.length ? read(await chooser.files[0].text()) : null;
    chooser.value = "";
    if (!found) return say(words.bad_file);
    collection.push(...found);
    say(keep() ? words.opened.replace("{n}", found.length) : words.not_saved);
    showCollection();
  });
  find("[data-forget]").addEventListener("click", async () => {
    if (!(await sure(words.sure))) return;
    rows = empty();
    [collection, past] = [[], []];
    try { localStorage.removeItem(KEPT); } catch { /* nothing was kept where storage is refused */ }
    showAll();
    showCollection();
    say(words.cleared);
  });

  // Another tab of this page has kept something: its collection is taken, the paper here stays as it is.
  addEventListener("storage", (event) => {
    if (event.key !== KEPT) return;
    const here = rows;
    collection = [];
    remember();
    rows = here;
    showCollection();
  });

  remember();
  build();
  showCollection();
  section.hidden = false;
  if (!keep()) say(words.not_saved);
}

for (const section of document.querySelectorAll("[data-draw]")) page(section);
