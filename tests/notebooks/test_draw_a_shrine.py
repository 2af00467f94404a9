"""What the exercise "draw-a-shrine" says happens, and its figures, measured again on the machines themselves.

In:  the machines, with the notebook's own settings, and the words of the exercise as they stand.
Out: nothing; a promise that no longer holds fails. Every trial is the mean of five machines, and is repeated
with five or ten others, so that no sentence hangs on one lucky start.
Left out on purpose: running the notebooks (`komainu run`).
"""

from functools import cache
from itertools import pairwise
from pathlib import Path
from statistics import mean

import pytest
import yaml

from smallmachines import words
from smallmachines.drawings import collect, draw, mix, names, read_collection, write_collection
from smallmachines.judge import Judge
from smallmachines.painter import PictureMachine
from smallmachines.slots import differences, thumbnail
from smallmachines.studio import accuracy, fair_judge, try_out

FOLDER = Path(__file__).resolve().parents[2] / "notebooks" / "draw-a-shrine"
LANGUAGES = ("ja", "en")
words.language("ja")
SHRINE, TEMPLE, CHURCH, CASTLE, HOUSE = names()
TWICE, THRICE = (0, 5), (0, 5, 10)
FEW, FIVE = mix(300, SHRINE, 3), mix(500, SHRINE, 5)
OURS = read_collection((FOLDER / "data" / "shrines.txt").read_text("utf-8"))


@pytest.fixture(autouse=True)
def japanese():
    """Every test begins and ends in Japanese."""
    words.language("ja")
    yield
    words.language("ja")


def text(lang):
    """Everything the exercise says in one language."""
    return "".join((FOLDER / f"{lang}.{kind}").read_text("utf-8") for kind in ("py", "md"))


def source(lang):
    return (FOLDER / f"{lang}.py").read_text("utf-8")


# --- the trials of the notebook, and the same with other machines --------------------------------


@cache
def few(start):
    """Three shrines of 300."""
    return try_out(SHRINE, FEW, seed=start)


@cache
def castles(start):
    """The same machines, asked for a castle."""
    return try_out(CASTLE, FEW, seed=start)


@cache
def wide(start):
    """30 drawers instead of 8."""
    return try_out(SHRINE, FEW, k=30, seed=start)


@cache
def without(start):
    """The same number of shrines, no Chinese temples."""
    return try_out(SHRINE, mix(300, SHRINE, 3, [CHURCH, CASTLE, HOUSE]), seed=start)


@cache
def cured(start, n=30):
    """More shrines, and as many others as before."""
    return try_out(SHRINE, FEW | {SHRINE: n}, seed=start)


@cache
def copies(start):
    """Five of 500, each taken 25 times."""
    return try_out(SHRINE, FIVE, copies=25, seed=start)


@cache
def collected(start):
    """125 different ones."""
    return try_out(SHRINE, FIVE | {SHRINE: 125}, seed=start)


@cache
def helped(start):
    """The first collection, with the twelve shrines of the data file."""
    return try_out(SHRINE, FEW, more=OURS, seed=start)


@cache
def beside(drawers, seed):
    """What lies in the shrines' drawer of one machine."""
    machine = PictureMachine(k=drawers, seed=seed)
    machine.train(collect(FEW, seed=seed))
    return machine.memory.beside(SHRINE)


def shrines(trial):
    return trial.counts[SHRINE]


def others_most(trial):
    """The building that came most often instead of a shrine."""
    return max((n, word) for word, n in trial.counts.items() if word != SHRINE)[1]


# --- what happens --------------------------------------------------------------------------------


def test_judge_and_detector_are_right_on_fresh_drawings():
    """Every figure of the notebook rests on ways of looking that are right on fresh drawings by the artists."""
    named, found, fresh = accuracy()
    assert min(named, found) >= 0.99 * fresh


def test_a_rare_word_borrows_what_looks_alike():
    """1 % shrines: mostly Chinese temples, hardly a shrine, by the judge and by the torii; castles are castles."""
    for start in THRICE:
        assert shrines(few(start)) < 30
        assert few(start).with_torii < 30
        assert others_most(few(start)) == TEMPLE
    assert mean(shrines(few(start)) for start in THRICE) < 20
    assert mean(few(start).counts[TEMPLE] for start in THRICE) > 40
    assert castles(0).counts[CASTLE] > 85


def test_without_chinese_temples_the_failure_changes():
    """Nothing is scripted: delete them and houses or churches come instead, not shrines."""
    for start in THRICE:
        assert without(start).counts[TEMPLE] == 0
        assert others_most(without(start)) in (HOUSE, CHURCH)
        assert shrines(without(start)) < 30
    assert mean(without(start).counts[HOUSE] for start in THRICE) > 35
    assert others_most(without(0)) == HOUSE  # the notebook's own run, and by far: the word that pupils write
    assert without(0).counts[HOUSE] > without(0).counts[CHURCH] + 10


def test_collecting_cures():
    """30 shrines bring more than half on every set of five machines, and 75, the most pupils may take, nearly all."""
    assert min(shrines(cured(start)) for start in THRICE) > 55
    assert min(shrines(cured(start, 75)) for start in TWICE) > 70
    assert shrines(cured(0, 75)) - shrines(few(0)) > 40


def test_copying_is_not_collecting():
    """Both cure; but copies give far fewer different drawings, and many that stand in the collection already."""
    for start in TWICE:
        assert min(shrines(copies(start)), shrines(collected(start))) > shrines(few(start)) + 40
        assert 20 < copies(start).distinct < collected(start).distinct - 30
        assert collected(start).distinct > 90
    assert mean(copies(start).copied - collected(start).copied for start in TWICE) > 30
    assert all(5 * 5 < copies(start).distinct < 100 for start in TWICE)


def test_a_larger_memory_helps_a_little():
    """30 drawers bring more shrines than 8 on the mean, and fewer than half on every set of machines."""
    assert mean(shrines(wide(start)) - shrines(few(start)) for start in TWICE) > 5
    assert max(shrines(wide(start)) for start in TWICE) < 50


def test_not_the_one_per_cent_alone():
    """The same three shrines do better in a smaller collection: neither number nor share decides alone."""
    small = mean(shrines(try_out(SHRINE, mix(30, SHRINE, 3), seed=start)) for start in THRICE)
    assert small > mean(shrines(few(start)) for start in THRICE) + 10


def test_shrines_share_a_drawer_with_chinese_temples():
    """In the machine that the notebook opens, and in most others, with 8 drawers and with 30."""
    for drawers in (8, 30):
        found = [next(iter(beside(drawers, seed))) for seed in range(6)]
        assert found[0] == TEMPLE
        assert found.count(TEMPLE) >= 5
    assert beside(30, 0)[TEMPLE] < beside(8, 0)[TEMPLE]


def test_drawings_of_people_are_a_cure():
    """Twelve drawings bring more shrines on every set of machines, many like one of them; half is not promised."""
    for start in THRICE:
        assert shrines(helped(start)) > shrines(few(start))
        assert alike(helped(start).drawings) > alike(few(start).drawings) + 5
    assert mean(shrines(helped(start)) - shrines(few(start)) for start in THRICE) > 12
    assert shrines(helped(0)) > shrines(few(0)) + 12  # the notebook's own run
    assert alike(helped(0).drawings[:10]) >= 2  # those that it shows


def test_what_a_class_draws_can_be_pasted():
    """The text of the drawing page, put where the notebook says, joins the twelve; empty, it adds nothing."""
    for pasted, more in (("\n\n", 0), ("\n" + write_collection([(SHRINE, draw(SHRINE, 1)), ("家", draw("家", 1))]), 2)):
        found = {"text": lambda name: (FOLDER / "data" / name).read_text("utf-8"), "read_collection": read_collection}
        lines = source("ja").partition('pasted = """')[2].partition('"""\n')[2].split("\ngrid(")[0]
        exec(lines, found | {"pasted": pasted}, found)  # noqa: S102  our own notebook
        assert len(found["ours"]) == len(OURS) + more


def alike(drawings):
    own = ["".join(drawing) for _, drawing in OURS]
    return sum(min(differences("".join(new), one) for one in own) <= 25 for new in drawings)


def test_the_judge_is_wrong_about_shrines_of_another_kind():
    """Of the twelve shrines of the data file the judge names most right and some wrong; shown them, it does better."""
    right = [fair_judge().name(drawing) == SHRINE for _, drawing in OURS]
    assert 6 <= sum(right) < len(right) == 12
    shown = Judge(collect(dict.fromkeys(names(), 100), seed=1000) + OURS)
    assert sum(shown.name(drawing) == SHRINE for _, drawing in OURS) > sum(right)


def test_six_drawings_that_fit_and_do_not_fit():
    """The last six drawings mix both kinds, and one stands between: a torii on top, a Chinese temple below."""
    asked = [SHRINE, CASTLE, SHRINE, HOUSE, SHRINE, CHURCH]
    machine = PictureMachine(seed=1)
    machine.train(collect(mix(300, SHRINE, 12), seed=1))
    drawn = [machine.draw(word, seed=number)[0] for number, word in enumerate(asked)]
    said = [fair_judge().name(drawing) for drawing in drawn]
    fits = [number for number, (one, word) in enumerate(zip(said, asked, strict=True), 1) if one == word]
    assert fits == [2, 4, 5, 6]
    near = {
        kind: min(differences(thumbnail(drawn[0]), thumbnail(other)) for _, other in collect({kind: 200}))
        for kind in (SHRINE, TEMPLE, HOUSE)
    }
    assert max(near[SHRINE], near[TEMPLE]) < near[HOUSE]


def test_a_few_more_can_give_fewer():
    """What the page warns of: somewhere between 10 and 30, one or two more shrines give fewer."""
    found = [shrines(cured(0, n)) for n in range(10, 31, 2)]
    assert min(after - before for before, after in pairwise(found)) < -3


# --- what is written -----------------------------------------------------------------------------

SAID = [  # (in Japanese, in English, whether it is so)
    ("| 3枚 | 75枚 | 74枚 | 74枚 | 74枚 |", "| 3 | 75 | 74 | 74 | 74 |", lambda: list(FEW.values()) == [3, 75, 74, 74, 74]),
    ("次の300枚を集めて", "We collect these 300 drawings", lambda: sum(FEW.values()) == 300),
    ("100枚とも正解でした", "right 100 times out of 100", lambda: accuracy()[::2] == (100, 100)),
    ("城の絵は、集まりの中に74枚", "There are 74 castles", lambda: FEW[CASTLE] == 74),
    ("ほとんど城の絵が出ました", "nearly all the drawings were castles", lambda: castles(0).counts[CASTLE] > 85),
    ("「引き出し」が8つ", "eight “drawers”", lambda: PictureMachine().memory.k == 8),
    ("神社だけの引き出しにはなりません", "did not have one to themselves", lambda: beside(30, 0)[TEMPLE] > beside(30, 0)[SHRINE]),
    ("99枚ずつ", "99 churches, 99 castles and 99 houses", lambda: 300 - FEW[SHRINE] == 3 * 99),
    ("神社の絵は多くなりませんでした", "hardly more shrines", lambda: shrines(without(0)) < shrines(few(0)) + 10),
    ("500枚の中に神社が5枚", "500 drawings with 5 shrines", lambda: FIVE[SHRINE] == 5 and sum(FIVE.values()) == 500),
    ("どちらも、神社は125枚", "Either way there are 125 shrines", lambda: 5 * 25 == 125),
    ("コピーでも集めても、神社の絵はふえました", "Both repairs brought more shrines", lambda: shrines(copies(0)) > 60),
    ("同じ絵が何度も出ました", "the same drawing came again and again", lambda: copies(0).distinct < 70),
    ("別にかいた12枚", "twelve shrines that the artists did not draw", lambda: len(OURS) == 12),
    ("神社は100枚のうち30枚より少なく", "fewer than 30 of 100 are shrines", lambda: shrines(few(0)) < 30),
    ("家や教会が出ます", "houses and churches come instead", lambda: without(0).counts[HOUSE] + without(0).counts[CHURCH] > 50),
    ("神社を30枚にふやすと、半分より多く", "With 30 shrines in the collection, more than half", lambda: shrines(cured(0)) > 55),
    ("5枚より多く、100枚より少なく", "more than 5 and fewer than 100", lambda: 5 < copies(0).distinct < 100),
    ("30にふやしても、神社の絵は半分にとどきません", "With 30 drawers instead of 8", lambda: shrines(wide(0)) < 50),
    ("12枚だけでも、神社の絵はふえます", "bring more shrines by themselves", lambda: shrines(helped(0)) > shrines(few(0))),
]  # fmt: skip


@pytest.mark.parametrize(("ja", "en", "so"), SAID, ids=[row[1][:30] for row in SAID])
def test_what_is_written_is_so(ja, en, so):
    """The sentence stands in both languages, and it holds."""
    assert ja in text("ja")
    assert en in text("en")
    assert so()


def test_the_notebook_uses_these_settings():
    """The trials above are those of the notebook, in both languages."""
    for lang, shrine in (("ja", "神社"), ("en", "shrine")):
        for line in (
            f'amounts = mix(300, "{shrine}", 3)',
            f'few = try_out("{shrine}", amounts)',
            "for drawers in [8, 30]:",
            "machine = PictureMachine(k=drawers, seed=0)",
            f'without = try_out("{shrine}", mix(300, "{shrine}", 3, others))',
            f'cured = try_out("{shrine}", amounts | {{"{shrine}": shrines}})',
            f'five = mix(500, "{shrine}", 5)',
            f'copies = try_out("{shrine}", five, copies=25)',
            f'collected = try_out("{shrine}", five | {{"{shrine}": 125}})',
            f'helped = try_out("{shrine}", amounts, more=ours)',
            f'other_machine.train(collect(mix(300, "{shrine}", 12), seed=1))',
        ):
            assert line in source(lang), line


def test_the_drawings_of_the_data_file_are_free_and_nameless():
    """Twelve different shrines under CC0, each with the word and nothing else."""
    licence = yaml.safe_load((FOLDER / "data" / "shrines.txt.licence.yml").read_text("utf-8"))
    assert (licence["file"], licence["licence"]) == ("shrines.txt", "CC0-1.0")
    assert {word for word, _ in OURS} == {SHRINE}
    assert len({drawing for _, drawing in OURS}) == len(OURS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_not_said(lang):
    """No machine is given a mind, and the Chinese temples are right drawings."""
    for wrong in (
        "機械が覚え",
        "機械は覚え",
        "うそ",
        "苦手",
        "machine thinks",
        "machine knows",
        "wants to",
        " lies.",
    ):
        assert wrong not in source(lang)
    right = {"ja": "中国のお寺の絵としては正しい絵", "en": "proper drawings of Chinese temples"}
    assert right[lang] in source(lang)
