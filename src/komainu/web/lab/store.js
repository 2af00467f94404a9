// What a pupil wrote, kept in this browser and nowhere else; and whether this browser keeps anything at all.
// One entry for each cell: {text, base, at}. `base` is what was handed out when the pupil began, so that a newer edition
// of the exercise can be told from the pupil's own work. Two tabs write cell by cell and never over one another's cells.

export class Store {
  constructor(exercise, lang) { this.key = `komainu.work.${exercise}.${lang}`; }

  // The entries by cell id; {} when there are none, or none that can be read.
  read() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.key) || "null");
      return kept && kept.format === 1 && typeof kept.cells === "object" ? kept.cells : {};
    } catch { return {}; } // refused or damaged: the page says so when it next writes
  }

  // Keeps one cell; false when the browser refuses (private window, full, policy).
  write(id, text, base) {
    const cells = this.read();
    if (text === base) delete cells[id];
    else cells[id] = { text, base, at: Date.now() };
    return this.put(cells);
  }

  put(cells) {
    try {
      localStorage.setItem(this.key, JSON.stringify({ format: 1, cells }));
      return true;
    } catch { return false; }
  }

  drop(id) {
    const cells = this.read();
    if (!(id in cells)) return;
    delete cells[id];
    this.put(cells);
  }

  clear() {
    try { localStorage.removeItem(this.key); return true; } catch { return false; }
  }

  // Calls back with the entries when another tab of this exercise has kept something.
  watch(changed) {
    addEventListener("storage", (event) => { if (event.key === this.key) changed(this.read()); });
  }

  // Whether anything can be kept here; asks the browser not to throw it away when space is short.
  async works() {
    const probe = `${this.key}.probe`;
    try { localStorage.setItem(probe, "1"); localStorage.removeItem(probe); } catch { return false; }
    navigator.storage?.persist?.().catch(() => {}); // only a wish, which some browsers put to the reader: nobody waits for it
    return true;
  }
}
