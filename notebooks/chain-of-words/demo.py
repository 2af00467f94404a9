"""The demonstration on the teacher's page: the same machine and book as in the notebook, three sliders.

In:  the three sliders and the number of the press.   Out: sentences, and behind a fold what the table of answers says.
"""

from smallmachines import cards, data
from smallmachines.chain import Chain
from smallmachines.truth import Judge
from smallmachines.words import language

WORDS = {
    "ja": ("文", "判定", {True: "本当", False: "本当でない", None: "判定できない"}, "判定を見る", "本の丸写し"),
    "en": ("Sentence", "Verdict", {True: "true", False: "not true", None: "cannot be judged"}, "Show the verdicts", "copied from the book"),
}


def demo(memory, sentences, temperature, press):
    """Sentences of a machine that looks at the last `memory` words; each press draws others."""
    lang = language()
    head, verdict, names, show, copied = WORDS[lang]
    book = data.lines(f"sentences.{lang}.words")
    machine = Chain(memory)
    machine.learn(book)
    made = machine.make(sentences, seed=press, temperature=temperature)
    judge = Judge(data.facts("facts.json")["languages"][lang])
    said = [(s, f"{names[judge(s)]} ({copied})" if s in book else names[judge(s)]) for s in made]
    plain, full = cards.table([(head,), *((s,) for s in made)]), cards.table([(head, verdict), *said])
    html = f"{plain.forms['text/html']}<details><summary>{show}</summary>{full.forms['text/html']}</details>"
    return cards.Shown({"text/html": html, "text/plain": full.forms["text/plain"]})
