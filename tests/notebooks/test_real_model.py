"""What the exercise "real-model" says happens, and its figures, worked out again from the recordings.

In:  the recordings, and the words of the exercise as they stand.   Out: nothing; a promise that no longer holds fails.
Left out on purpose: running the notebooks (`komainu run`) and the model itself (tests/llm).
"""

import random
import re
from functools import cache
from pathlib import Path
from statistics import mean

import pytest
import yaml

from realmodel import NotCurated
from realmodel.answers import right as is_right
from realmodel.recording import Recording, book
from smallmachines.asking import agreement, ask_all, auroc
from smallmachines.facts import Listener, make_world, talk

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "notebooks" / "real-model"
LANGUAGES = ("ja", "en")
MODEL = Recording()
QUESTIONS = MODEL.prompts("question")
SHUFFLES = range(200)
LEAVE = " If you are not certain, say I don't know."
SUNDAY, NEW_YEAR, NEW_YEAR_JAPAN, WEDDING = (
    "On Sunday morning the family went to the",
    "On New Year's Day the family went to the",
    "On New Year's Day the Japanese family went to the",
    "They got married in a",
)


def text(lang):
    """Everything the exercise says in one language."""
    return "".join((FOLDER / f"{lang}.{kind}").read_text("utf-8") for kind in ("py", "md"))


@cache
def ten(ending=""):
    """Ten answers to each of the questions, as they are or with a sentence added."""
    return {q.id: MODEL.answers(q.text + ending) for q in QUESTIONS}


def fine(answer, ident):
    return is_right(answer.text, next(q.accepts for q in QUESTIONS if q.id == ident))


@cache
def rights():
    return {ident: fine(answers[0], ident) for ident, answers in ten().items()}


@cache
def same():
    return {ident: agreement([one.plain for one in answers]) for ident, answers in ten().items()}


def chances():
    return {ident: answers[0].mean for ident, answers in ten().items()}


def group(scores, low, high):
    return [rights()[ident] for ident in rights() if low <= round(9 * scores[ident]) <= high]


def dealt_out(seed):
    return dict(zip(same(), random.Random(seed).sample(list(same().values()), len(same())), strict=True))


def passes(answer):
    return any(words in answer.plain for words in ("don t know", "not sure", "not certain", "no idea"))


def shares(ending=""):
    """The shares of right answers, of "I don't know" and of wrong answers."""
    each = [(fine(one, ident), passes(one)) for ident, answers in ten(ending).items() for one in answers]
    right, unsure = (mean(pair[at] for pair in each) for at in (0, 1))
    return right, unsure, 1 - right - unsure


def pass_share(kind):
    return mean(passes(one) for ident in rights() if rights()[ident] == kind for one in ten(LEAVE)[ident])


@cache
def stories(kind):
    return {prompt.id: MODEL.answers(prompt.text) for prompt in MODEL.prompts(kind)}


def chance(kind, ident):
    return mean(one.mean for one in stories(kind)[ident])


def about_japan():
    return [q.id for q in QUESTIONS if any(word in q.text for word in ("Japan", "Tokyo", "Kyoto"))]


@cache
def every():
    return [(one.mean, fine(one, ident)) for ident, answers in ten().items() for one in answers]


def wrong_trusted(limit):
    trusted = [right for share, right in every() if share >= limit]
    return trusted.count(False) / len(trusted)


def right_doubted(limit):
    return mean(share < limit for share, right in every() if right)


def hits():
    return auroc(list(same().values()), list(rights().values()))


def dealt_hits():
    return mean(auroc(list(dealt_out(seed).values()), list(rights().values())) for seed in SHUFFLES)


@cache
def small_hits():
    """The same for the small machine of "ask-ten-times", with that notebook's settings."""
    world = make_world(people=1000, like_family=0.6, seed=1)
    listener = Listener()
    listener.hear(talk(world, 1000, seed=11))
    people = talk(world, 300, seed=21)
    asked = ask_all(listener.answer, people, times=10, seed=1)
    agreements = [agreement(answers) for answers in asked]
    return auroc(agreements, [answers[0] == who.home for answers, who in zip(asked, people, strict=True)])


# --- what the exercise is built on -----------------------------------------------------------------


def test_more_agreement_is_right_more_often_and_dealt_out_again_it_is_not():
    """The table of three groups rises; the control column is the share of all answers, within 3 points."""
    groups = ((0, 5), (6, 8), (9, 9))
    found = [mean(group(same(), *steps)) for steps in groups]
    assert found == sorted(found)
    assert found[0] < mean(rights().values()) < found[-1]
    for steps in groups:
        dealt = mean(mean(group(dealt_out(seed), *steps)) for seed in SHUFFLES)
        assert dealt == pytest.approx(mean(rights().values()), abs=0.03)


def test_no_two_answers_fit_the_question_of_the_odd_ones():
    """The surest wrong answer and the least sure right one are those of the solution, and nothing ties with them."""
    wrong = sorted((share, ident) for ident, share in chances().items() if not rights()[ident])
    right = sorted((share, ident) for ident, share in chances().items() if rights()[ident])
    assert wrong[-1][1] == "new-zealand"
    assert wrong[-1][0] > wrong[-2][0]
    assert right[0][1] == "sun"
    assert right[0][0] < right[1][0]


def test_one_word_turns_church_and_shrine_round():
    """The counterfactual: without the word Japanese church leads more than tenfold; with it shrine does."""
    church, shrine = (lambda place: MODEL.share(place, " church")), (lambda place: MODEL.share(place, " shrine"))
    for place in (SUNDAY, NEW_YEAR, WEDDING):
        assert church(place) > 10 * shrine(place)
    assert shrine(NEW_YEAR_JAPAN) > 10 * church(NEW_YEAR_JAPAN)


def test_the_mitigation_fails():
    """With leave to pass there are fewer right answers and no fewer wrong ones, and passing does not follow what it could answer."""
    before, after = shares(), shares(LEAVE)
    assert before[1] == 0 < after[1]
    assert after[0] < before[0]
    assert after[2] >= before[2]
    assert pass_share(True) >= pass_share(False)


@pytest.mark.parametrize("steps", [(), (" coffee",), (" tea",), (" black",), (" Black",), (" black", " coffee")])
def test_pupils_can_go_on_with_any_of_the_first_four(steps):
    """Whatever pupils choose among the first four, there is a next list, up to the third choice."""
    so_far = "I drank a cup of" + "".join(steps)
    shown = [token.text for token in MODEL.next_tokens(so_far, top=8) if not token.other]
    assert shown
    for token in shown[:4] if len(steps) < 2 else []:
        assert MODEL.next_tokens(so_far + token, top=8)


@pytest.mark.parametrize(
    "slip",
    [
        lambda: MODEL.next_tokens("I drank a cup ofcoffee"),
        lambda: MODEL.next_tokens("I drank a cup of red"),
        lambda: MODEL.answers("What is the capital of Spain?"),
        lambda: MODEL.answers(QUESTIONS[0].text + " Say I don't know."),
        lambda: MODEL.share("My cat is called", " church"),
        lambda: MODEL.count("ぼくの犬"),
    ],
)
def test_a_slip_gets_one_kind_sentence(slip):
    """A forgotten space, a fifth token, a question of one's own: one kind sentence, no more."""
    with pytest.raises(NotCurated) as caught:
        slip()
    assert caught.value.kind
    assert len(str(caught.value).splitlines()) == 1


# --- the words -------------------------------------------------------------------------------------

YEARS = [answer.text for answer in MODEL.answers("In what year was the Meiji Jingu shrine in Tokyo founded?")]
PAIRS = [("教会", "church"), ("神社", "shrine"), ("学校", "school"), ("学校は八時半に始まります。", "School starts at half past eight."), ("今日の一時間目は算数です。", "Our first lesson today is maths.")]  # fmt: skip
STORY = MODEL.answer("The Kumogaeru Shrine in Nara, Japan, is").text
STATED = [
    ("約1,300倍", "about 1,300 times", lambda: 1_295 < 175_000_000_000 / book()["made"]["parameters"] < 1_305),
    ("`en` は英語のこと", "`en` stands for English", lambda: book()["made"]["languages"] == ["en"]),
    ("1億3,500万個", "135 million parameters", lambda: round(book()["made"]["parameters"] / 1e6) == 135),
    ("24の問い", "24 questions", lambda: len(QUESTIONS) == 24),
    ("正しかったのは7問です", "7 were answered rightly", lambda: sum(rights().values()) == 7),
    ("結果は7問です", "It is 7.", lambda: sum(rights().values()) == 7),
    ("正しかった7問と、まちがいだった17問", "the 7 questions whose first answer in part 4 was right from the 17", lambda: sum(rights().values()) == 7 and len(rights()) == 24),
    ("次のセルは、トークンを一つ書き足して", "The next cell adds one token", lambda: MODEL.next_tokens("I drank a cup of", top=8)[0].text == " coffee"),
    ("何も言わなければ教会が多く、神社はごくわずか", "church is frequent and shrine very rare", lambda: all(MODEL.share(place, " church") > 0.02 > 0.001 > MODEL.share(place, " shrine") for place in (SUNDAY, NEW_YEAR, WEDDING))),
    ("神社が教会より多くなります", "shrine overtakes church", lambda: MODEL.share(NEW_YEAR_JAPAN, " shrine") > MODEL.share(NEW_YEAR_JAPAN, " church")),
    ("いちばん確率の高い語は、神社ではありません", "the most probable word there is not shrine", lambda: MODEL.next_tokens(NEW_YEAR_JAPAN)[0].text != " shrine"),
    ("教会の確率は約4.5%、寺の確率は約0.12%", "Church has about 4.5%, temple about 0.12%", lambda: (round(MODEL.share(WEDDING, " church"), 3), round(MODEL.share(WEDDING, " temple"), 4)) == (0.045, 0.0012)),
    ("正しい答えは、1920年です", "The right answer is 1920", lambda: next(q.accepts for q in QUESTIONS if q.id == "meiji-jingu") == ("1920",)),
    ("10回の中に、正しい答えは一つもありません", "None of the ten is right", lambda: len(YEARS) == 10 and "1920" not in "".join(YEARS)),
    ("9回とも同じ答えは三つしかない", "only three answers were the same all nine times", lambda: len(group(same(), 9, 9)) == 3),
    ("ここでは三つとも正しい答えでした", "Here all three were right", lambda: all(group(same(), 9, 9))),
    ("Aucklandの9回中8回", "Auckland with eight of nine", lambda: round(9 * same()["new-zealand"]) == 8 and ten()["new-zealand"][0].text == "Auckland"),
    ("図の右上にいるまちがい", "the wrong answer at the top right", lambda: same()["new-zealand"] > 0.8 and chances()["new-zealand"] > 0.8),
    ("足し算も、17 + 26 はまちがえました", "one of the sums too, 17 + 26", lambda: rights()["six-five"] and not rights()["seventeen"]),
    ("フランス、エジプト、ギリシャの首都は、10回とも正しかった", "France, Egypt and Greece were right all ten times", lambda: all(fine(one, ident) for ident in ("france", "egypt", "greece") for one in ten()[ident])),
    ("外れた17問のうち、11問が日本のこと", "11 of the 17 missed questions are about Japan", lambda: len(about_japan()) == 11 and not any(rights()[ident] for ident in about_japan())),
    ("日本についての11問では、はじめの答えは一つも正しくありませんでした", "Not one first answer to the 11 questions about Japan was right", lambda: not any(rights()[ident] for ident in about_japan())),
    ("日本についての11問は一つも当たらず", "None of the 11 questions about Japan", lambda: len(about_japan()) == 11 and not any(rights()[ident] for ident in about_japan())),
    ("ユネスコの世界遺産で、月の神を祭る神聖な神社", "a UNESCO World Heritage site and a sacred Shinto shrine dedicated to the god of the moon", lambda: STORY.startswith("a UNESCO World Heritage site and a sacred Shinto shrine dedicated to the god of the moon")),
    ("作った名前を四つ、実在するものを二つ", "four made-up names and two real things", lambda: (len(stories("invented")), len(stories("real"))) == (4, 2)),
    ("60の答えに、「わからない」は一つもありませんでした", "In 60 answers there is not one “I don't know”", lambda: [passes(one) for kind in ("invented", "real") for answers in stories(kind).values() for one in answers] == [False] * 60),
    ("くもがえる神社のほうが、ノートルダム大聖堂より高く", "higher for the Kumogaeru Shrine, which does not exist, than for the cathedral of Notre-Dame", lambda: chance("invented", "kumogaeru") > chance("real", "real-notre-dame")),
    ("結果は13%", "It is 13 per cent", lambda: round(100 * shares(LEAVE)[1]) == 13),
    ("まちがいは減らず、正しい答えが減りました", "not the wrong answers that became fewer, but the right ones", lambda: shares(LEAVE)[0] < shares()[0] - 0.1 and shares(LEAVE)[2] > shares()[2]),
    ("正しく答えられた問いにも、同じくらい出ていました", "just as much for the questions it had answered rightly", lambda: 0 <= pass_share(True) - pass_share(False) < 0.06),
    ("文字の数より多いトークン", "more tokens than they have signs", lambda: all(MODEL.count(ja) > len(ja) > 0 and MODEL.count(ja) > MODEL.count(en) for ja, en in PAIRS)),
    ("0.7から0.8に上げると、信じすぎはかえって増えました", "From 0.7 to 0.8 too much trust went up instead", lambda: wrong_trusted(0.8) > wrong_trusted(0.7) + 0.1),
    ("10回中9回、高い確率でAuckland", "Auckland nine times in ten, with a high probability", lambda: [one.text for one in ten()["new-zealand"]].count("Auckland") == 9 and 0.8 < ten()["new-zealand"][0].mean < 0.9),
    ("0.9では信じすぎは0ですが、正しい答えの4分の3近く", "At 0.9 too much trust is 0, but nearly three quarters", lambda: wrong_trusted(0.9) == 0 and 0.7 < right_doubted(0.9) < 0.75),
    ("当たりはどちらも100回に90回ほど", "both hit about 90 times in 100", lambda: all(0.87 < found < 0.94 for found in (hits(), small_hits())) and abs(dealt_hits() - 0.5) < 0.03),
    ("明治神宮や、ノートルダム大聖堂の説明にも、誤りがあります", "contains errors as well", lambda: any("district" in one.text and "Yokohama" in one.text for one in stories("real")["real-meiji"]) and any("airplane" in one.text for one in stories("real")["real-notre-dame"])),
    ("例を四つ見せてから", "shown four examples", lambda: _examples() == 4),
]  # fmt: skip


def _examples():
    from realmodel.curated import whole

    return whole(QUESTIONS[0]).count("Q: ") - 1


@pytest.mark.parametrize(("ja", "en", "holds"), STATED)
def test_what_is_stated_is_so(ja, en, holds):
    """Every sentence that states a result stands in both languages, and the result is as it says."""
    checks = (FOLDER / "checks.yml").read_text("utf-8")
    assert ja in text("ja") + checks
    assert en in text("en") + checks
    assert holds()


@pytest.mark.parametrize(("ident", "ja", "en"), [("gpt3-card", "1750億個", "175 billion"), ("smollm2-card", "1億3,500万個", "135 million"), ("manakul-2023", "238", "238")])  # fmt: skip
def test_figures_from_sources_stand_in_their_notes(ident, ja, en):
    """The figures taken from others stand on the page beside their source, and in the source's note."""
    sources = yaml.safe_load((ROOT / "lessons/sources.yml").read_text("utf-8"))["sources"]
    note = next(one["note"] for one in sources if one["id"] == ident)
    for lang, figure in (("ja", ja), ("en", en)):
        page = (FOLDER / f"{lang}.md").read_text("utf-8")
        assert f"(source:{ident})" in page
        assert figure in page
        assert figure in note[lang]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_said_what_is_a_recording_and_of_what(lang):
    """The notebook says that the outputs were recorded, and shows the model's name and the day."""
    said = (FOLDER / f"{lang}.py").read_text("utf-8")
    assert {"ja": "ある日に記録した、本物の出力", "en": "real outputs, recorded on one day"}[lang] in said
    assert 'print(made["model"], made["date"], made["languages"])' in said
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", book()["made"]["date"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_results_are_not_carried_over_to_other_models(lang):
    """The notebook and the page say that these shares are this small model's alone."""
    for phrase in {
        "ja": ("ほかのモデルには当てはまりません", "このモデルと、この問い方だけの結果", "仮説"),
        "en": ("does not carry over to others", "results of this model, asked in this way", "hypothesis"),
    }[lang]:
        assert phrase in text(lang)
