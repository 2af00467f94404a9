"""A little world of people who do not exist, and what is said about them.

In:  how many people, families and towns.   Out: true sentences, talk, and false rumours.
Some people are talked about all the time and most hardly ever, as in real life (Zipf's law:
the second is talked about half as often as the first, the third a third as often, and so on).
Left out on purpose: everything about a person but the family and the town.
"""

import random
from collections import namedtuple

from smallmachines.inputs import between, expect_whole, not_negative
from smallmachines.words import expect, language, short

Sentence = namedtuple("Sentence", "name family home")
Sentence.__doc__ = "One sentence: this person of this family lives in town number `home`."

# Beginnings, ends of family names, ends of given names: for people who can be in no register.
_SPELLING = {
    "ja": (
        "ソラ ミナ カゼ ユキ ホシ ツキ アメ クモ モリ イズ ナミ ハル アキ フユ ナツ ヒカ トワ リン レイ ルリ",
        "ノヤ ガワ ダケ ハマ サト",
        "タ ミ カ ト ネ",
    ),
    "en": (
        "Sora Mina Kaze Yuki Hoshi Tsuki Ame Kumo Mori Izu Nami Haru Aki Fuyu Natsu Hika Towa Rin Rei Ruri",
        "noya gawa dake hama sato",
        "ta mi ka to ne",
    ),
}
MOST = 100  # 20 beginnings x 5 ends


def make_world(people=500, families=50, towns=47, like_family=0.0, seed=0):
    """The true sentences of a new world, one a person, the most talked-about person first.

    `like_family` is the share of people who live where their family comes from.

    >>> world = make_world(people=500, seed=1)
    >>> world[0]
    Sentence(name='ソラノヤ ソラタ', family='ソラノヤ', home=27)
    """
    expect_whole("families", families, low=1, high=MOST)
    expect_whole("people", people, low=1, high=MOST * families)
    expect_whole("towns", towns, low=2, high=1000)
    between("like_family", like_family)
    rng = random.Random(seed)
    origin = [rng.randint(1, towns) for _ in range(families)]
    world = []
    for number in range(people):
        family = number % families
        home = origin[family] if rng.random() < like_family else rng.randint(1, towns)
        surname = _spell(family, 1)
        world.append(Sentence(f"{surname} {_spell(number // families, 2)}", surname, home))
    return world


def _spell(number, end):
    beginnings, ends = _SPELLING[language()][0].split(), _SPELLING[language()][end].split()
    return beginnings[number % 20] + ends[number // 20]


def talk(world, n, seed=0, zipf=1.0):
    """What is said in the world: n true sentences, drawn by lot; zipf=0 makes everyone equally talked about.

    >>> world = make_world(people=3, families=3, seed=1)
    >>> [sentence.name for sentence in talk(world, 5, seed=1)]
    ['ソラノヤ ソラタ', 'カゼノヤ ソラタ', 'ミナノヤ ソラタ', 'ソラノヤ ソラタ', 'ソラノヤ ソラタ']
    """
    expect_sentences(world)
    expect_whole("n", n, low=1, high=100000)
    not_negative("zipf", zipf)
    weights = [1 / rank**zipf for rank in range(1, len(world) + 1)]
    return random.Random(seed).choices(world, weights, k=n)


def expect_sentences(sentences):
    """Nothing when this is a list of at least one sentence; otherwise a kind error.

    >>> expect_sentences(make_world(people=3))
    """
    fine = isinstance(sentences, list | tuple) and all(isinstance(one, Sentence) for one in sentences)
    expect(fine and sentences, "sentences", found=short(sentences))


def rumours(world, people=60, times=6, towns=47, seed=0):
    """False sentences: some people by lot, each said `times` times to live in the same wrong town.

    >>> world = make_world(people=100, seed=1)
    >>> false = rumours(world, people=2, times=3, seed=1)
    >>> len(false), any(sentence in world for sentence in false)
    (6, False)
    """
    expect_sentences(world)
    expect_whole("people", people, low=1, high=len(world))
    rng = random.Random(seed)
    chosen = rng.sample(world, people)
    wrong = [(true.home - 1 + rng.randint(1, towns - 1)) % towns + 1 for true in chosen]
    return [true._replace(home=home) for true, home in zip(chosen, wrong, strict=True) for _ in range(times)]


def moved(world, share=0.5, towns=47, seed=0):
    """The world some years later: this share of the people, by lot, now lives in another town.

    >>> world = make_world(people=4, seed=1)
    >>> [before.home == after.home for before, after in zip(world, moved(world, share=0.5, seed=3))]
    [False, True, True, False]
    """
    expect_sentences(world)
    expect_whole("towns", towns, low=2, high=1000)
    between("share", share)
    rng = random.Random(seed)
    away = [(one.home - 1 + rng.randint(1, towns - 1)) % towns + 1 for one in world]
    gone = [rng.random() < share for _ in world]
    return [one._replace(home=home) if go else one for one, home, go in zip(world, away, gone, strict=True)]
