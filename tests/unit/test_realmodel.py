"""The recordings of the real model: what the lessons rely on, what pupils are shown, and what they are told."""

import ast
import csv
import doctest
import importlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from run import ROOT

import realmodel
from komainu.llm.record import counted
from realmodel import curated, recording, safety
from realmodel.answers import Answer, Token, plain, right
from realmodel.curated import NotCurated
from smallmachines import words
from smallmachines.asking import agreement, auroc

SOURCE = ROOT / "src" / "realmodel"
MODULES = sorted(file.stem for file in SOURCE.glob("*.py") if file.stem != "__init__")
LIMIT_BYTES = 300_000
BOOK = recording.book()
MODEL = realmodel.Recording()


# --- the package -----------------------------------------------------------------------------------

@pytest.mark.parametrize("name", ["__init__", *MODULES])
def test_examples_in_docstrings_run(name):
    """What a pupil reads in a docstring is what the model's recording does."""
    module = importlib.import_module(f"realmodel.{name}".removesuffix(".__init__"))
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize("name", ["__init__", *MODULES])
def test_nothing_is_needed_but_python(name):
    """Only `laptop` knows a library, and only once the model is to run; nothing knows the author's tools."""
    allowed = {*sys.stdlib_module_names, "smallmachines", "realmodel"} | ({"xllamacpp"} if name == "laptop" else set())
    for node in ast.walk(ast.parse((SOURCE / f"{name}.py").read_text("utf-8"))):
        found = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        found += [node.module] if isinstance(node, ast.ImportFrom) else []
        assert {module.split(".")[0] for module in found} <= allowed


def test_a_recording_loads_nothing_that_talks_to_other_computers():
    """A pupil's notebook that opens the recording has no part in memory that could reach a network or start a program."""
    code = "import sys, realmodel; realmodel.open_model('recording').answer('france'); print(*sys.modules)"
    env = {"PYTHONPATH": str(ROOT / "src"), "SYSTEMROOT": "C:\\Windows"}
    done = subprocess.run([sys.executable, "-S", "-c", code], env=env, capture_output=True, text=True, check=True)
    assert not {"socket", "urllib.request", "subprocess", "realmodel.laptop", "realmodel.endpoint"} & set(done.stdout.split())


def test_the_files_are_small_enough_for_every_page():
    """All data of the package together stay below 300 kB: they travel to every browser that runs an exercise."""
    assert sum(file.stat().st_size for file in (SOURCE / "data").iterdir()) < LIMIT_BYTES


# --- which model, and when --------------------------------------------------------------------------

def test_the_recordings_say_where_they_come_from():
    """Date, model, digest of its file, what ran it, on what kind of machine, and the command that makes them anew."""
    from realmodel import laptop

    made = BOOK["made"]
    assert BOOK["format"] == recording.FORMAT
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", made["date"])
    assert (made["sha256"], made["bytes"], made["file"]) == (laptop.SHA256, laptop.BYTES, laptop.FILE)
    assert made["command"] == "komainu llm record"
    assert made["settings"] == laptop.SETTINGS
    pins = (ROOT / "pyproject.toml").read_text("utf-8")
    for package in ("package", "binding"):
        assert "==".join(made[package].split()) in pins


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_what_is_shown_can_be_marked_as_recorded(lang):
    """The sentence beside an answer names the day and the model, in the language of the notebook."""
    words.language(lang)
    assert all(part in MODEL.label() for part in (BOOK["made"]["date"], BOOK["made"]["model"]))


# --- prompts and their right answers ----------------------------------------------------------------

def table(exercise: str, name: str) -> list[dict[str, str]]:
    with (ROOT / "notebooks" / exercise / "data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_right_answer_has_its_source():
    """24 questions; each right answer comes from a listed source, from one of our tables, or can be computed."""
    questions = MODEL.prompts("question")
    assert len(questions) == 24
    known = {one["id"] for one in yaml.safe_load((ROOT / "lessons/sources.yml").read_text("utf-8"))["sources"]}
    assert {question.source for question in questions} - known == {"capitals.csv", "shrines.csv", "arithmetic"}
    assert all(question.accepts for question in questions)


def test_right_answers_from_our_tables_are_those_of_the_tables():
    """The capital of a prefecture and the prefecture of a shrine stand in the tables of two exercises."""
    capitals = {row["prefecture_en"]: row["capital_en"] for row in table("capital-guesser", "capitals.csv")}
    shrines = {row["name_en"]: row["prefecture_en"] for row in table("shrine-names", "shrines.csv")}
    for question in MODEL.prompts("question"):
        if question.source == "capitals.csv":
            assert question.accepts == (capitals[re.search(r"capital of (\w+) Prefecture", question.text)[1]],)
        if question.source == "shrines.csv":
            assert question.accepts == (shrines[re.search(r"is the (.+?)(?: shrine)?\?", question.text)[1]],)


def test_sums_are_right():
    """What the arithmetic questions accept is what Python computes."""
    for question in MODEL.prompts("question"):
        if question.source == "arithmetic":
            one, sign, other = re.search(r"(\d+) ([+x]) (\d+)", question.text).groups()
            assert question.accepts == (str(int(one) + int(other) if sign == "+" else int(one) * int(other)),)


def test_a_source_holds_the_answer_that_rests_on_it():
    """The note of the source names the answer, where the source is about this one fact."""
    notes = {one["id"]: one["note"] for one in yaml.safe_load((ROOT / "lessons/sources.yml").read_text("utf-8"))["sources"]}
    wanted = {"meiji-jingu": "1920", "heian-jingu": "1895", "sun": "1月", "penguins": "南極大陸", "koshien": "西宮市", "australia": "キャンベラ"}
    for ident, word in wanted.items():
        assert word in notes[curated.find(ident).source]["ja"]


def test_invented_things_are_in_no_table():
    """No invented name is that of a shrine we know of."""
    known = {plain(row["name_en"]) for row in table("shrine-names", "shrines.csv")}
    for prompt in MODEL.prompts("invented"):
        name = re.match(r"(?:The )?(.+?),? in ", prompt.text)[1]
        assert plain(name) not in known


def test_every_prompt_is_explained_in_both_languages():
    """A pupil can look up what each prompt says in Japanese, and what it is there for; ids and texts name one prompt each."""
    prompts = MODEL.prompts()
    for prompt in prompts:
        assert prompt.ja
        assert set(prompt.why) == {"ja", "en"}
        assert curated.find(prompt.id) is curated.find(prompt.text) is prompt
    assert len({prompt.id for prompt in prompts}) == len(prompts)


def test_every_prompt_was_asked():
    """Whatever is on the list has its recording, and nothing else has one."""
    asked = {prompt.id for prompt in MODEL.prompts() if prompt.kind != "next"}
    assert set(BOOK["answers"]) == asked
    for rows in BOOK["answers"].values():
        assert [(row["seed"], row["warmth"]) for row in rows] == [(0, 0.0), *((seed, 0.8) for seed in range(1, 11))]
    assert {prompt.text for prompt in MODEL.prompts("next")} <= set(BOOK["next"])


# --- next tokens ------------------------------------------------------------------------------------

def test_shares_add_up_to_one():
    """The shown tokens and the row for all others are everything there is."""
    for text in BOOK["next"]:
        rows = MODEL.next_tokens(text, top=8)
        assert sum(row.share for row in rows) == pytest.approx(1, abs=0.001)
        assert [row.other for row in rows] == [False] * (len(rows) - 1) + [True]
        assert [row.share for row in rows[:-1]] == sorted((row.share for row in rows[:-1]), reverse=True)


@pytest.mark.parametrize("ident", ["sunday", "cup"])
def test_a_pupil_can_choose_three_times(ident):
    """For two prompts any of the four first tokens may be chosen, three times one after the other."""
    texts = [curated.find(ident).text]
    for _ in range(3):
        assert set(texts) <= set(BOOK["next"])
        texts = [text + row.text for text in texts for row in MODEL.next_tokens(text, top=4) if not row.other]
    assert len(texts) == 4 ** 3


def test_the_row_for_others_speaks_the_language_of_the_notebook():
    """ほかの語 in Japanese, other in English."""
    said = []
    for lang in ("ja", "en"):
        words.language(lang)
        said.append(MODEL.next_tokens("capital", top=1)[-1].text)
    assert said == ["ほかの語", "other"]


def test_the_model_leans_to_churches():
    """What the lesson shows: without a country the church comes far before the shrine, and the word Japanese turns it round."""
    for ident in ("sunday", "new-year", "wedding", "building"):
        assert MODEL.share(ident, " church") > 10 * MODEL.share(ident, " shrine")
    assert MODEL.share("new-year-japan", " shrine") > 10 * MODEL.share("new-year-japan", " church")
    assert MODEL.next_tokens("wedding")[0].text == " church"


def test_a_share_that_was_not_recorded_is_none():
    """A recording never makes a number up."""
    assert MODEL.share("sunday", " qwerty") is None


# --- what is shown in class -------------------------------------------------------------------------

def test_lists_show_reviewed_tokens_only():
    """Every token of every list was looked at by somebody."""
    assert {token for one in BOOK["next"].values() for token, _ in one["tokens"]} <= safety.shown()


def test_no_recorded_answer_holds_a_word_that_is_not_for_school():
    """Texts of all answers, and of answers made of their tokens, pass the check."""
    for rows in BOOK["answers"].values():
        for row in rows:
            assert row.get("hidden") or safety.for_school(row.get("text", "".join(row["tokens"])))


def test_no_shown_token_is_on_the_hidden_list():
    """The two lists never contradict each other."""
    assert [token for token in safety.shown() if not safety.for_school(token)] == []


def test_the_hidden_words_stand_nowhere_in_clear():
    """The list holds digests only, each of 16 hexadecimal signs, in order and once."""
    lines = (SOURCE / "data" / "hidden.txt").read_text("utf-8").splitlines()
    assert len(lines) > 400
    assert lines == sorted(set(lines))
    assert all(re.fullmatch(r"[0-9a-f]{16}", line) for line in lines)


def test_an_answer_with_such_a_word_is_hidden(monkeypatch):
    """Alone, as a plural, in capitals or at the end of a sentence; a longer word that merely contains it is left alone."""
    monkeypatch.setattr(safety, "_not_for_school", lambda: frozenset({safety.digest("turnip")}))
    for text in ("A turnip.", "TURNIPS!", "so turnip-like"):
        assert safety.shielded(Answer(text, (Token(text, 0.5),))) == Answer("(伏せました)", (), hidden=True)
    fine = Answer("A turnipfield", (Token("A", 0.5),))
    assert safety.shielded(fine) is fine


def test_a_hidden_recording_has_no_tokens(monkeypatch):
    """Where an answer is hidden its pieces are too, and its mean is 0."""
    row = {"seed": 0, "warmth": 0.0, "tokens": [], "shares": [], "hidden": True}
    monkeypatch.setitem(BOOK["answers"], "france", [row])
    found = MODEL.answer("france")
    assert (found.text, found.tokens, found.hidden, found.mean) == ("(伏せました)", (), True, 0.0)


# --- what a pupil is told ---------------------------------------------------------------------------

@pytest.mark.parametrize("ask", [MODEL.next_tokens, MODEL.answer, MODEL.answers, MODEL.count])
def test_a_prompt_of_ones_own_is_refused_kindly(ask):
    """One sentence, written for pupils."""
    with pytest.raises(NotCurated) as told:
        ask("Tell me a secret")
    assert told.value.kind


def test_a_question_has_no_list_and_a_beginning_no_answer():
    """Each prompt is good for what it was recorded for; the other use is refused with the same sentence."""
    with pytest.raises(NotCurated):
        MODEL.next_tokens("france")
    with pytest.raises(NotCurated):
        MODEL.answer("sunday")


def test_the_switch_for_free_prompts_opens_no_recording():
    """A recording says that it cannot answer what was not asked."""
    with pytest.raises(NotCurated, match="記録にありません"):
        realmodel.Recording(free=True).answer("Tell me a secret")


@pytest.mark.parametrize("wrong", [None, 3, "", ["france"]])
def test_what_is_no_text_is_refused_kindly(wrong):
    """A number, nothing or a list: one sentence says what to pass."""
    for ask in (MODEL.next_tokens, MODEL.answer, MODEL.count):
        with pytest.raises(ValueError, match="渡してください") as told:
            ask(wrong)
        assert told.value.kind


@pytest.mark.parametrize(("times", "top"), [(0, 0), (11, 21), ("3", "3"), (2.5, 2.5)])
def test_numbers_out_of_range_are_refused_kindly(times, top):
    """Ten answers were recorded, and lists are at most twenty long."""
    for ask in (lambda: MODEL.answers("france", times), lambda: MODEL.next_tokens("sunday", top)):
        with pytest.raises(ValueError, match="整数") as told:
            ask()
        assert told.value.kind


def test_what_was_not_drawn_is_told():
    """Another warmth or another seed was not recorded, and the sentence says which were."""
    with pytest.raises(ValueError, match=r"warmth=0\.8"):
        MODEL.answer("france", seed=11, warmth=0.8)
    assert MODEL.answer("france", seed=99) == MODEL.answer("france"), "without warmth every seed gives the same"


def test_an_unknown_kind_is_refused_kindly():
    """Three kinds there are; a fourth is told so."""
    with pytest.raises(ValueError, match="recording、laptop、endpoint"):
        realmodel.open_model("cloud")


# --- what the lesson says about the answers -----------------------------------------------------------

def judged(kind: str) -> list[tuple[bool, float, float]]:
    """For each question: is the most probable answer right, do the ten agree with it, and its mean probability."""
    found = []
    for prompt in MODEL.prompts(kind):
        answer, ten = MODEL.answer(prompt.id), MODEL.answers(prompt.id)
        found.append((right(answer.text, prompt.accepts), agreement([answer.plain, *(one.plain for one in ten)]), answer.mean))
    return found


def test_most_answers_are_wrong():
    """8 of 24 are right, and it passes on none of them."""
    rows = judged("question")
    assert sum(fine for fine, _, _ in rows) == 8
    assert not any(passes(MODEL.answer(prompt.id)) for prompt in MODEL.prompts("question"))


def passes(answer: Answer) -> bool:
    return answer.plain == "no" or bool(re.search(r"not sure|not certain|don t know|i m not", answer.plain))


def test_leave_to_pass_makes_it_no_better():
    """With "say I don't know" 4 are right instead of 8; it passes 5 times, and 15 of 24 are still told wrong."""
    rows = judged("unsure")
    passed = sum(passes(MODEL.answer(prompt.id)) for prompt in MODEL.prompts("unsure"))
    assert (sum(fine for fine, _, _ in rows), passed) == (4, 5)


def test_agreement_tells_right_from_wrong_better_than_probability():
    """The area under the curve over 24 questions: 0.87 for ten answers that agree, 0.70 for the mean probability."""
    rows = judged("question")
    fine = [one for one, _, _ in rows]
    assert auroc([agree for _, agree, _ in rows], fine) == pytest.approx(0.871, abs=0.001)
    assert auroc([mean for _, _, mean in rows], fine) == pytest.approx(0.703, abs=0.001)


def test_one_answer_is_sure_and_wrong_and_another_unsure_and_right():
    """Neither measure is the truth: Auckland is wrong with 0.84 and nine of ten, Hiroshima right with 0.13 and two of ten."""
    for ident, fine, mean, agree in (("new-zealand", False, 0.8425, 0.9), ("hiroshima", True, 0.1297, 0.2)):
        answer, prompt = MODEL.answer(ident), curated.find(ident)
        assert right(answer.text, prompt.accepts) is fine
        assert answer.mean == mean
        assert agreement([answer.plain, *(one.plain for one in MODEL.answers(ident))]) == pytest.approx(agree)


def test_it_writes_at_length_about_what_does_not_exist():
    """Each of the four invented things gets a long answer, and none of the 44 answers says that there is no such thing."""
    for prompt in MODEL.prompts("invented"):
        answers = [MODEL.answer(prompt.id), *MODEL.answers(prompt.id)]
        assert len(answers[0].tokens) > 40
        assert not any(re.search(r"fictional|does not exist|no such|don't know|not real", one.text) for one in answers)


def test_its_japanese_is_close_to_none():
    """The most probable answer to 日本の首都は does not hold 東京, nor does any of the ten."""
    answers = [MODEL.answer("ja-capital"), *MODEL.answers("ja-capital")]
    assert not any("東京" in one.text for one in answers)


# --- how many tokens ---------------------------------------------------------------------------------

def test_all_our_sentences_were_counted():
    """200 pairs of sentences and the words beside the prompts have their number, and nothing else has one."""
    texts = counted(ROOT)
    assert len(texts) > 400
    assert {recording.mark(text) for text in texts} == set(BOOK["counts"])


def test_japanese_costs_more_tokens():
    """The same 200 sentences need over three times as many tokens in Japanese; 神社 needs five, church one."""
    pairs = [line.split("\t") for line in (ROOT / "notebooks/word-tax/data/pairs.tsv").read_text("utf-8").splitlines()[1:]]
    ja, en = (sum(MODEL.count(pair[side]) for pair in pairs) for side in (0, 1))
    assert 3 < ja / en < 4.5
    assert [MODEL.count(word) for word in ("church", "神社", "shrine", "鳥居")] == [1, 5, 2, 5]


# --- answers ----------------------------------------------------------------------------------------

def test_a_mean_ignores_length():
    """Twice the same share has that share as its mean, however long the answer; without tokens it is 0."""
    for length in (1, 2, 7):
        assert Answer("x", (Token("x", 0.3),) * length).mean == 0.3
    assert Answer("").mean == Answer("x", (Token("x", 0.0),)).mean == 0


def test_the_file_is_as_its_command_writes_it():
    """Two answers never share a line, so that a comparison shows what changed; reading it gives what is in memory."""
    text = (SOURCE / "data" / "recordings.json").read_text("utf-8")
    assert json.loads(text) == BOOK
    assert text.count('{"seed":') == sum(map(len, BOOK["answers"].values())) == sum('{"seed":' in line for line in text.splitlines())
    assert Path(SOURCE / "data" / "recordings.json").read_bytes().count(b"\r") == 0
