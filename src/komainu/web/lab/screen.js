// The teacher's big screen: large type, one part of the exercise at a time; keys, buttons, and Escape to leave.
// In:  the section of the page and its bar.   Out: nothing; it listens.

const STEPS = { PageDown: 1, ArrowRight: 1, PageUp: -1, ArrowLeft: -1 };

export class Screen {
  constructor(section) {
    this.parts = [...section.querySelectorAll(".k-part16")];
    this.find = (name) => section.querySelector(`[data-do=${name}]`);
    this.bar = section.querySelector(".k-bar");
    this.asking = section.querySelector(".k-ask");
    this.at = 0;
    document.addEventListener("keydown", (event) => this.key(event));
  }

  get on() { return document.body.classList.contains("k-projected"); }

  enter() {
    const seen = this.parts.findIndex((part) => part.getBoundingClientRect().bottom > innerHeight / 2);
    this.at = Math.max(0, seen);
    document.body.classList.add("k-projected");
    this.turn(0);
    this.find("next").focus();
  }

  leave() {
    document.body.classList.remove("k-projected");
    this.parts[this.at].scrollIntoView({ block: "start" });
    this.bar.querySelector("summary").focus({ preventScroll: true });
  }

  turn(step) {
    this.at = Math.max(0, Math.min(this.parts.length - 1, this.at + step));
    for (const [number, part] of this.parts.entries()) part.classList.toggle("k-now", number === this.at);
    this.find("back").disabled = this.at === 0;
    this.find("next").disabled = this.at === this.parts.length - 1;
    scrollTo(0, 0);
  }

  key(event) {
    if (!this.on || this.asking.open || event.ctrlKey || event.metaKey || event.altKey) return;
    const writing = event.target.closest?.("input, textarea, [contenteditable=true]");
    if (event.key === "Escape") this.leave();
    else if (STEPS[event.key] && !writing) this.turn(STEPS[event.key]);
    else return;
    event.preventDefault();
  }
}
