"""The demonstration on the teacher's page: one machine of the notebook, and the collection that three sliders describe.

In:  the three sliders and the number of the press.   Out: eight drawings, and behind a fold what the judge says.
"""

from smallmachines import cards
from smallmachines.drawings import collect, mix, names
from smallmachines.painter import PictureMachine
from smallmachines.show import grid
from smallmachines.studio import accuracy, fair_judge
from smallmachines.words import language, say

WORDS = {"ja": ("集まりの枚数", "判定器の答えを見る"), "en": ("In the collection", "Show what the judge says")}


def collection(shrines, temples):
    """How many drawings of each building, 300 in all: church, castle and house share what is left."""
    shrine, temple, *others = names()
    amounts = mix(300 - temples, shrine, shrines, others) | {temple: temples}
    return {word: amounts[word] for word in names()}


def drawings(shrines, slots, temples, press):
    """Eight drawings for the word shrine; each press is another machine with another collection."""
    machine = PictureMachine(slots, seed=press)
    machine.train(collect(collection(shrines, temples), seed=press))
    return machine.draw(names()[0], 8, seed=press)


def demo(shrines, slots, temples, press):
    """What the collection holds, the drawings, and how many of them the judge takes for what."""
    title, show = WORDS[language()]
    amounts, drawn = collection(shrines, temples), drawings(shrines, slots, temples, press)
    said = [fair_judge().name(drawing) for drawing in drawn]
    right, _, fresh = accuracy()
    rows = [(say("trial-word"), say("trial-of", n=len(drawn))), *((word, said.count(word)) for word in names())]
    parts = [
        cards.table([tuple(amounts), tuple(amounts.values())], title),
        grid(drawn, columns=4),
        cards.card(say("trial-judge"), [say("trial-tested", right=right, n=fresh)], rows),
    ]
    held, pictures, judged = (part.forms["text/html"] for part in parts)
    html = f"{held}{pictures}<details><summary>{show}</summary>{judged}</details>"
    return cards.Shown({"text/html": html, "text/plain": "\n".join(parts[i].forms["text/plain"] for i in (0, 2))})
