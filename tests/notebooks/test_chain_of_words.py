"""What the exercise "chain-of-words" says happens, and its figures, measured again on the machine itself.

In:  the book, the facts and the words of the exercise as they stand.   Out: nothing; a promise that no longer holds fails.
Left out on purpose: running the notebooks (`komainu run`).
"""

import json
import re
from functools import cache
from pathlib import Path

import pytest
import yaml

from smallmachines.chain import Chain, shares
from smallmachines.truth import Judge

FOLDER = Path(__file__).resolve().parents[2] / "notebooks" / "chain-of-words"
LANGUAGES = ("ja", "en")
BOOK = {lang: (FOLDER / f"data/sentences.{lang}.words").read_text("utf-8").splitlines() for lang in LANGUAGES}
FACTS = json.loads((FOLDER / "data/facts.json").read_text("utf-8"))["languages"]
JUDGE = {lang: Judge(FACTS[lang]) for lang in LANGUAGES}
SHRINE = {"ja": " の 所在地 は", "en": " is found in"}
CAPITAL = {"ja": " の 県庁所在地 は", "en": " is governed from"}
SEEDS = (1, 2, 3)


def text(lang):
    """Everything the exercise says in one language."""
    return "".join((FOLDER / f"{lang}.{kind}").read_text("utf-8") for kind in ("py", "md"))


def named(lang, ending):
    """The names with which the book's sentences of this wording begin."""
    return [sentence.split()[0] for sentence in BOOK[lang] if ending + " " in sentence]


def read(lang, memory, book=None):
    chain = Chain(memory)
    chain.learn(BOOK[lang] if book is None else book)
    return chain


@cache
def mean_shares(lang, memory, temperature=1.0):
    """The four shares among 200 sentences, mean of three seeds."""
    chain = read(lang, memory)
    found = [shares(chain.make(200, seed, temperature), JUDGE[lang], BOOK[lang]) for seed in SEEDS]
    return {kind: sum(one[kind] for one in found) / len(found) for kind in found[0]}


def false_share(lang, sentences):
    return sum(JUDGE[lang](sentence) is False for sentence in sentences) / len(sentences)


def all_true(lang):
    """Every sentence that the judge would call true, built from its facts."""
    for wording in FACTS[lang]["wordings"]:
        first, start, _ = wording["check"][0]
        for name in FACTS[lang]["facts"][first]:
            names = {start: name} | {
                kind: FACTS[lang]["facts"][table][name][0] for table, _, kind in wording["check"]
            }
            yield re.sub(r"\{(\w+)\}", lambda gap, names=names: names[gap[1]], " ".join(wording["words"]))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_control_the_book_is_true_and_holds_every_true_sentence(lang):
    """All 496 sentences judge true, and there is no other sentence that would: what is new cannot be true here."""
    assert [JUDGE[lang](sentence) for sentence in BOOK[lang]] == [True] * 496
    assert sorted(all_true(lang)) == sorted(BOOK[lang])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_short_memory_makes_fluent_false_sentences(lang):
    """Order 3 (two words): more than 3% false. Three words: every output a sentence, more than half false, a quarter true."""
    assert mean_shares(lang, 2)["false"] > 0.03
    three = mean_shares(lang, 3)
    assert three["no sentence"] == 0
    assert three["false"] > 0.5
    assert three["copied"] > 0.25


@pytest.mark.parametrize("lang", LANGUAGES)
def test_mitigation_a_longer_memory_only_copies(lang):
    """With four and five words nothing is false and nothing is new; the copied share rises all the way."""
    for memory in (4, 5):
        found = mean_shares(lang, memory)
        assert (found["copied"], found["false"], found["new and true"]) == (1, 0, 0)
    copied = [mean_shares(lang, memory)["copied"] for memory in range(1, 6)]
    assert copied == sorted(copied)
    assert copied[2] - copied[0] > 0.2
    assert copied[4] - copied[2] > 0.3


@pytest.mark.parametrize("lang", LANGUAGES)
def test_counterfactual_off_the_book_a_longer_memory_is_wrong(lang):
    """Asked with the whole book it is right about every prefecture; with its pages torn out it is fluently wrong."""
    names = named(lang, CAPITAL[lang])
    whole = read(lang, 5)
    assert all(JUDGE[lang](whole.go_on(name + CAPITAL[lang], seed=2)) for name in names)
    for name in names[::4]:
        torn = read(lang, 5, [sentence for sentence in BOOK[lang] if name not in sentence.split()])
        for seed in SEEDS:
            assert JUDGE[lang](torn.go_on(name + CAPITAL[lang], seed)) is False


@pytest.mark.parametrize("lang", LANGUAGES)
def test_mitigation_without_the_lot_it_is_wrong_about_nearly_as_many(lang):
    """Always the most frequent word: Kyoto for all 134 shrines, false for 125; by lot it is false for over 9 in 10."""
    chain, names = read(lang, 3), named(lang, SHRINE[lang])
    most = [chain.go_on(name + SHRINE[lang], temperature=0) for name in names]
    assert {sentence.split()[4] for sentence in most} == {{"ja": "京都府", "en": "Kyoto_Prefecture"}[lang]}
    assert (len(most), sum(JUDGE[lang](sentence) is False for sentence in most)) == (134, 125)
    for start in SEEDS:
        lot = [chain.go_on(name + SHRINE[lang], 1000 * start + seed) for seed, name in enumerate(names)]
        assert false_share(lang, lot) > 0.9
        assert false_share(lang, lot) - 125 / 134 < 0.1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_lower_temperature_is_no_cure(lang):
    """Temperature 0.5 leaves the false share where it was at 1, or above (mean of three seeds)."""
    assert mean_shares(lang, 3, 0.5)["false"] > mean_shares(lang, 3, 1.0)["false"] - 0.05
    assert mean_shares(lang, 2, 0.5)["false"] > mean_shares(lang, 2, 1.0)["false"] - 0.1


def test_at_a_very_low_temperature_the_book_decides():
    """At 0.1 the Japanese book gives copies of a few sentences, the English one mostly false ones."""
    assert mean_shares("ja", 3, 0.1)["copied"] > 0.95
    assert len(set(read("ja", 3).make(200, 1, 0.1))) < 20
    assert mean_shares("en", 3, 0.1)["false"] > 0.8


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("memory", [2, 3])
def test_half_a_book_leaves_hardly_anything_new_and_true(lang, memory):
    """Of the new sentences that a machine makes from every second one of the book, fewer than 1 in 50 are true."""
    half = BOOK[lang][::2]
    found = shares(read(lang, memory, half).make(600, seed=1), JUDGE[lang], half)
    assert found["false"] > 0.3
    assert found["new and true"] / (found["new and true"] + found["false"]) < 0.02


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_eight_sentences_mix_true_and_false(lang):
    """The eight that pupils mark are the same for every class, all of them sentences, three to five true, three to five false."""
    outputs = read(lang, 3).make(8, seed=145)
    verdicts = [JUDGE[lang](sentence) for sentence in outputs]
    assert len(set(outputs)) == 8
    assert None not in verdicts
    assert 3 <= sum(verdicts) <= 5


def looked_up(lang, name):
    """The one of the eight sentences that the notebook looks up, if it is false and the right city one of many, equally likely."""
    wrong = [s for s in read(lang, 3).make(8, seed=145) if name in s and JUDGE[lang](s) is False]
    chances = read(lang, 3).chances(name + CAPITAL[lang])
    right = FACTS[lang]["facts"]["capital"][name][0]
    assert right in chances
    assert len(chances) > 40
    assert len(set(chances.values())) == 1
    return wrong


FIGURES = [
    ("496の文", "all 496", None),
    ("最後の3つの言葉を見る機械では、半分より多く", "When it looks at the last three words, more than half are", None),
    ("本当でない文が0になりますが、それは丸写し", "brings false sentences down to 0, but only by copying", None),
    ("125が本当でない文になります", "wrong about 125 of them", None),
    ("どれにも「京都府」と出て", "puts out \"Kyoto_Prefecture\" every time", None),
    ("本に神社がいちばん多く出てくるのが、京都府", "Kyoto is where the book has the most shrines", None),
    ("本の文は、全部本当でした", "Every sentence of the book is true", None),
    ("見る言葉が4つや5つの機械では、全部の文が丸写しでした", "With four or five words to look at, every sentence was a copy", None),
    ("答えの表が本当と認める文が全部入っています", "holds every sentence that the list of answers calls true", None),
    ("長く見る機械からも、本にないことでは、もっともらしい誤りが出ました", "Off the book, the machine that looks further back made a plausible error too", None),
    ("200の文でも、半分より多く", "Among 200 sentences, too, more than half", lambda: all(
        shares(read(lang, 3).make(200, seed=1), JUDGE[lang], BOOK[lang])["false"] > 0.5 for lang in LANGUAGES
    )),
    ("さっきの1番の文は、本当ではありませんでした", "Sentence number 4 was false", lambda: (
        looked_up("ja", "新潟県") == ["新潟県 の 県庁所在地 は 盛岡市 です 。"] == read("ja", 3).make(8, seed=145)[:1]
        and looked_up("en", "Miyazaki_Prefecture") == read("en", 3).make(8, seed=145)[3:4]
    )),
    ("1から0.5に下げても、本当でない文の割合は下がりません", "from 1 down to 0.5 did not lower the share", None),
    ("日本語の本では少数の文の丸写しばかり", "the Japanese book gave copies of a handful of sentences", None),
    ("本にない文のうち本当のものはごくわずか", "only very few of the sentences not in the book were true", None),
    ("新潟市も、ほかの市も、同じ出やすさです", "Miyazaki has the same chance as every other city", lambda: (
        looked_up("ja", "新潟県") and looked_up("en", "Miyazaki_Prefecture")
    )),
    ('`"愛知県"` のように', "Aichi_Prefecture", lambda: (
        "愛知県" in named("ja", CAPITAL["ja"]) and "Aichi_Prefecture" in named("en", CAPITAL["en"])
        and "京都府" not in named("ja", CAPITAL["ja"])
    )),
    ("「奈良市は奈良県にあります。」のような本当の文も「判定できない」", "Nara is a city in Nara Prefecture.\" cannot be judged", lambda: (
        JUDGE["ja"]("奈良市 は 奈良県 に あります 。") is None and JUDGE["en"]("Nara is a city in Nara_Prefecture .") is None
    )),
]  # fmt: skip


@pytest.mark.parametrize(("ja", "en", "holds"), FIGURES, ids=[row[1] for row in FIGURES])
def test_what_the_words_say_holds(ja, en, holds):
    """Each sentence with a result still stands in both languages, and it is true (None: measured in a test above)."""
    assert ja in text("ja")
    assert en in text("en")
    assert holds is None or holds()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_times_on_the_page_are_those_of_the_steps(lang):
    """The list "time and what to say" names each step with its minutes."""
    steps = yaml.safe_load((FOLDER / "exercise.yml").read_text("utf-8"))["steps"]
    page = (FOLDER / f"{lang}.md").read_text("utf-8")
    wanted = [str(step["minutes"]) for step in steps]
    assert re.findall(r"^\d\. .*?\((\d+)(?:分| min)\)", page, re.M) == wanted
