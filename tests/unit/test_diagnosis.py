"""The five-minute diagnosis: what answers are worth, in Python and JavaScript; its data, its quizzes, its numbers."""

import json
import re
from functools import cache
from itertools import product

import pytest
import yaml
from benchmarks import diagnosis as simulation

from conftest import ROOT
from diagnosis_world import KEYS, PLACES, WORDS
from komainu.diagnosis import scoring
from komainu.diagnosis.bank import FORMS, LEVELS, VIEWPOINTS, read_bank
from komainu.diagnosis.pages import level_data, numbers, onward
from komainu.diagnosis.quiz import quiz_sets
from komainu.exports.formats import FORMATS, diagnosis_quizzes
from komainu.exports.scoring import JUDGEMENTS
from komainu.level import level_findings
from komainu.load import load
from komainu.problem import LANGUAGES, Report
from komainu.words import starting_with
from mirror import ask
from world import TODAY, world

WEB = ROOT / "src" / "komainu" / "web" / "diagnosis"
SCORES = [("fix", ["reject"], answer) for answer in ("accept", "fix", "reject", None)] + [("ask", [], "ask"), ("ask", [], "look")]
SURE = [
    ([], "fits"),
    ([(0, "certain")], "fits"),
    ([(0, "certain"), (1, "certain"), (2, "even"), (2, "even"), (2, "even")], "sure-wrong"),
    ([(2, "certain")] * 7, "fits"),
    ([(2, "even")] * 2, "fits"),
    ([(2, "even")] * 3 + [(0, "certain")], "unsure-right"),
    ([(1, "even")] * 7, "fits"),
]
CODES = ["A1232213K", "a 1232-213 k", "Ａ１２３２２１３Ｋ", "A1232213R", "B1232213K", "A123221K", "A1232214K", "", "K", "A1232213KK", "C1232213K", "A12322131", "😀1232213K"]


@pytest.fixture(scope="module")
def curriculum(tmp_path_factory):
    """The small world, whose bank is made from a pattern."""
    return load(world(tmp_path_factory.mktemp("world")), TODAY)[0]


# --- what answers are worth ----------------------------------------------------------------------


def test_points_and_words():
    """The key earns two points, the second-best one; two items make a word of three."""
    assert [scoring.points(*row) for row in SCORES] == [0, 2, 1, 0, 2, 0]
    assert [scoring.word(total) for total in range(5)] == ["low", "low", "middle", "middle", "high"]


@pytest.mark.parametrize(("answers", "remark"), SURE)
def test_how_sure(answers, remark):
    """Twice certain and wrong, or thrice right at even chances, is worth a remark; the first of these comes first."""
    assert scoring.calibration(answers) == remark


def test_sureness_is_named_as_in_the_quizzes():
    """The three steps of being sure are those of the quizzes' judgements, so that pupils learn them once."""
    assert {one.id.partition("-")[2] or one.id for one in JUDGEMENTS} == set(scoring.SURENESS)


def test_codes():
    """Blanks, width and case do not matter; one wrong sign does."""
    fine = ("a", ("low", "middle", "high", "middle", "middle", "low", "high"))
    assert [scoring.decode(code) for code in CODES] == [fine, fine, fine, *[None] * (len(CODES) - 3)]


def test_the_browser_scores_alike():
    """Points, words, remarks and codes are the same in the page's script."""
    calls = [["score.points", *row] for row in SCORES] + [["score.word", total] for total in range(5)]
    calls += [["score.calibration", answers] for answers, _ in SURE] + [["score.decode", code] for code in CODES]
    results = [("a", list(WORDS) * 2 + ["low"]), ("b", ["high"] * 7), ("a", ["low"] * 7)]
    calls += [["score.encode", form, words] for form, words in results]
    wanted = [scoring.points(*row) for row in SCORES] + [scoring.word(total) for total in range(5)] + [remark for _, remark in SURE]
    wanted += [scoring.decode(code) for code in CODES] + [scoring.encode(form, words) for form, words in results]
    assert ask(calls, modules=("score",), web=WEB) == json.loads(json.dumps(wanted))


def test_a_list_of_codes():
    """However codes are typed one after another, each is found, and what is none is given back."""
    best = scoring.encode("b", ["high"] * 7)
    text = f"A1232213K, a 1232-213 k\n{best.lower()} A1232213R A1232213X;  あいう\n"
    found = ask([["score.codesIn", text], ["score.codesIn", ""]], modules=("score",), web=WEB)
    assert found[0] == {"found": ["A 1232-213 K"] * 2 + [f"B 3333-333 {best[-1]}"], "bad": ["A 1232-213 R", "A 1232-213 X", "あいう"]}
    assert found[1] == {"found": [], "bad": []}


# --- the bank and what is made of it -------------------------------------------------------------


def test_a_form_asks_the_outputs_first(curriculum):
    """Seven outputs, then seven situations, each in the order of the viewpoints; the keys are those of the table."""
    for form in FORMS:
        items = curriculum.diagnosis.form(form)
        assert [(one.kind, one.viewpoint) for one in items] == list(product(("output", "situation"), VIEWPOINTS))
        assert [one.key for one in items[:7]] == list(KEYS[form].values())
        assert [one.options.index(one.key) + 1 for one in items[7:]] == list(PLACES[form].values())


def test_without_a_folder_there_is_no_diagnosis(tmp_path):
    """Sources without the folder are no mistake, and the folder is no lesson."""
    report = Report()
    assert read_bank(tmp_path, report) is None
    assert not list(report)
    curriculum, _ = load(world(tmp_path / "world"), TODAY)
    assert "diagnosis" not in curriculum.lessons
    assert "diagnosis" not in curriculum.unread


@pytest.mark.parametrize(("lang", "level"), list(product(LANGUAGES, LEVELS)))
def test_the_data_of_a_level(curriculum, lang, level):
    """Each file has both forms with all that is said after an answer, seven viewpoints, and Japanese with its readings."""
    data = level_data(curriculum, lang, level)
    assert [len(data["items"][form]) for form in FORMS] == [14, 14]
    for item in (one for form in FORMS for one in data["items"][form]):
        assert {"stem", "explain", "key", "half"} <= set(item)
        assert ("shown" in item) == (item["kind"] == "output") != ("options" in item)
        if "options" in item:
            assert {one for one, _ in item["options"]} == {item["key"], *item["why"]}
    assert [one["id"] for one in data["viewpoints"]] == list(VIEWPOINTS)
    assert all(set(one["remark"]) == set(WORDS) and one["next"] for one in data["viewpoints"])
    assert ("{場面|ばめん|3}" in data["items"]["a"][0]["stem"]) == (lang == "ja")
    assert data["numbers"] == numbers()


def test_the_way_on(curriculum):
    """A lesson of the stage, else one of a stage below, else the skills of the viewpoint."""
    assert onward(curriculum, "en", "how", "jhs")[0][0] == "../lessons/votes/pupil/"
    assert onward(curriculum, "en", "how", "es-upper")[0][0] == "../lessons/cards/pupil/"
    assert onward(curriculum, "en", "protect", "hs")[0][0] == "../skills/#protect-hs"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_quizzes(curriculum, lang):
    """One quiz for each form and level, with an id that says both; each question is a fair single choice."""
    sets = quiz_sets(curriculum, lang)
    assert [one.id for one in sets] == [f"diagnosis-{form}-{level}" for form, level in product(FORMS, LEVELS)]
    assert len({one.title for one in sets}) == 6
    for one in sets:
        assert (one.furigana < 9) == (lang == "ja" and "es-upper" in one.id)
        assert len(one.questions) == 14
        for question in one.questions:
            words = question.words[lang]
            assert question.kind == "single"
            assert set(words["options"]) == set(question.options)
            assert set(words["why"]) == set(question.options) - set(question.key)
            assert len(question.key) == 1


def test_every_format_takes_the_quizzes(curriculum):
    """Both forms of each level in both languages, as files of every format, the same each time."""
    files = diagnosis_quizzes(curriculum)
    assert len(files) == 2 * 3 * 2 * len(FORMATS)
    assert all(files.values())
    assert files == diagnosis_quizzes(curriculum)


def test_what_the_page_says_is_for_its_youngest_readers():
    """The sentences around the questions suit elementary school, as the questions do."""
    said = [text for name, text in (starting_with("ja", "diagnosis_") | starting_with("ja", "diagnosing_")).items() if name not in ("none", "paper", "paper_how", "title", "answer")]
    assert len(said) > 40
    assert [found for text in said for found in level_findings(text, max_year=6, max_sentence=40)] == []


# --- the numbers that the page says --------------------------------------------------------------


def test_the_numbers_are_those_of_the_simulation():
    """What the page says of its own limits is what the simulation gives, today."""
    cited = simulation.cited(simulation.simulate(draws=60), 1000, 2026)
    assert numbers() == pytest.approx(cited, rel=0.06)
    assert set(numbers()) == set(cited)


def test_the_simulation_is_set_by_what_was_published():
    """Twenty of its items on one ability have the reliability that a published test of twenty reports; two are far from enough."""
    assert simulation.twenty_items() == pytest.approx(0.80, abs=0.01)
    found = simulation.simulate(draws=30)
    assert found.viewpoint_parallel < 0.5 < found.alpha
    assert found.alpha == pytest.approx(found.total_parallel, abs=0.05)


def test_what_the_simulation_counts_with():
    """Known cases: equal items have alpha 1; Spearman-Brown doubles a test of 0.5 to two thirds; words as they are scored."""
    import numpy as np

    same = np.repeat(np.arange(5)[:, None], 4, axis=1)
    assert simulation.alpha(same) == pytest.approx(1)
    assert simulation.spearman_brown(0.5, 2 / 3) == pytest.approx(2)
    pairs = np.array([[[a, b] for a in (0, 1, 2) for b in (0, 1, 2)]])
    assert [WORDS[n] for n in simulation.words(pairs)[0]] == [scoring.word(a + b) for a in (0, 1, 2) for b in (0, 1, 2)]


def test_the_record_of_the_simulation_is_current():
    """The README of the benchmarks says the numbers that the page cites."""
    text = (ROOT / "benchmarks" / "README.md").read_text("utf-8").split("python benchmarks/diagnosis.py", 1)[1]
    rows = dict(re.findall(r"^\| (\w+) \| [^|]+ \| ([\d.]+) \|$", text, re.MULTILINE))
    recorded = {"alpha": "alpha", "viewpoint": "viewpoint_parallel", "items": "items_needed", "changed": "words_changed", "swing": "class_swing"}
    for name, row in recorded.items():
        digits = len(str(numbers()[name]).partition(".")[2])
        assert round(float(rows[row]), digits) == numbers()[name], name


# --- the real bank -------------------------------------------------------------------------------


@cache
def real():
    """The bank of this repository."""
    return read_bank(ROOT, Report())


def test_nothing_is_copied_between_the_forms():
    """Whoever has seen form A has read none of the texts of form B."""
    seen = {form: {text for one in real().form(form) for text in texts(one)} for form in FORMS}
    assert not seen["a"] & seen["b"]


def texts(item):
    for level, lang in product(LEVELS, LANGUAGES):
        words = item.words[level][lang]
        yield from (words[name] for name in ("stem", "shown") if name in words)
        yield from words.get("options", {}).values()


def test_the_pilot_is_honest():
    """No item claims a trial without its numbers."""
    for item in real().items:
        assert item.exposure["pilot"] is None or set(item.exposure["pilot"]) == {"n", "p", "rit"}


def test_the_world_of_the_tests_has_the_real_keys():
    """The made-up bank has the keys and places of the real one, so the browser's tests can answer it."""
    for form in FORMS:
        items = real().form(form)
        assert [one.key for one in items[:7]] == list(KEYS[form].values())
        assert [one.options.index(one.key) + 1 for one in items[7:]] == list(PLACES[form].values())


def test_the_numbers_file_says_where_it_comes_from():
    """Nobody edits the file by hand without being told."""
    text = (ROOT / "src/komainu/data/diagnosis.yml").read_text("utf-8")
    assert text == simulation.written(yaml.safe_load(text))
