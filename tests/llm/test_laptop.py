"""The real model on this computer: it says what was recorded, the same each time, and shows only what may be shown.

Not part of an ordinary run: `python3 run.py test llm` installs the model (about 130 MB) and runs this folder.
Another processor may compute other third decimals, so answers are compared with room for that, and repetitions without.
"""

import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from datetime import date

import pytest
from run import ROOT

import realmodel
from komainu.cli import main
from komainu.llm import check, record
from realmodel import curated, laptop, safety
from realmodel.curated import NotCurated
from realmodel.endpoint import Endpoint
from realmodel.laptop import Laptop
from realmodel.recording import Recording

CLOSE = 0.02
"""How far a share may be from the recorded one."""
MOST = 0.8
"""The part of the recorded answers that another computer gives word for word."""
RECORDED = Recording()


@pytest.fixture(scope="module")
def model() -> Laptop:
    """The model, loaded once; without its packages every test here fails with the sentence that says so."""
    return Laptop()


def test_the_file_is_the_one_that_was_agreed_on():
    """Size and digest are checked before it is loaded."""
    assert laptop.examine().stat().st_size == laptop.BYTES


@pytest.mark.parametrize("prompt", [prompt.id for prompt in RECORDED.prompts("next")])
def test_lists_are_those_of_the_recording(model, prompt):
    """Each recorded token has about its recorded share."""
    now = {row.text: row.share for row in model.next_tokens(prompt, top=15)}
    for row in RECORDED.next_tokens(prompt, top=8)[:-1]:
        assert now[row.text] == pytest.approx(row.share, abs=CLOSE)


def test_rare_words_have_their_share_too(model):
    """The shrine that is far down the list is found there, as it was."""
    for prompt in ("sunday", "new-year-japan"):
        assert model.share(prompt, " shrine") == pytest.approx(RECORDED.share(prompt, " shrine"), abs=CLOSE)


def test_answers_are_those_of_the_recording(model):
    """Nearly all of the most probable answers are the recorded ones."""
    questions = RECORDED.prompts("question")
    same = sum(model.answer(question.id).text == RECORDED.answer(question.id).text for question in questions)
    assert same >= MOST * len(questions)


def test_drawn_answers_are_those_of_the_recording(model):
    """The ten answers to a question are drawn with the recorded seeds."""
    pairs = [(one.text, other.text) for ident in ("australia", "six-five") for one, other in zip(model.answers(ident), RECORDED.answers(ident), strict=True)]
    assert sum(one == other for one, other in pairs) >= MOST * len(pairs)


def test_the_same_question_gives_the_same_answer(model):
    """Again, after other questions, and with the same seed: every token and every digit."""
    first = [model.answer("meiji-jingu", seed, 0.8) for seed in (1, 2)]
    model.answer("kumogaeru")
    assert [model.answer("meiji-jingu", seed, 0.8) for seed in (1, 2)] == first
    assert model.answer("france", seed=1) == model.answer("france", seed=2), "without warmth no seed counts"


def test_tokens_are_counted_as_recorded(model):
    """The counts come from the vocabulary alone and are exactly the same everywhere."""
    for text in record.counted(ROOT)[:40]:
        assert model.count(text) == RECORDED.count(text)


def test_only_reviewed_tokens_are_shown(model):
    """Whatever the model would say, a list holds reviewed tokens and the row for all others."""
    for prompt in RECORDED.prompts("next"):
        rows = model.next_tokens(prompt.text, top=20)
        assert {row.text for row in rows if not row.other} <= safety.shown()
        assert sum(row.share for row in rows) == pytest.approx(1, abs=0.001)


def test_a_chosen_token_can_be_gone_on_with(model):
    """A pupil may choose more often than the recording allows."""
    text = curated.find("new-year").text
    for _ in range(5):
        text += model.next_tokens(text)[0].text
    assert len(text.split()) > 12


def test_own_prompts_are_for_teachers(model):
    """Without the switch a kind sentence; with it an answer."""
    with pytest.raises(NotCurated):
        model.answer("What is the capital of Peru?")
    assert Laptop(free=True).answer("What is the capital of Peru?").text


def test_nobody_else_on_this_computer_can_ask_it(model):
    """The library listens on this computer; without the key that this process made up it answers nobody."""
    request = urllib.request.Request(f"{laptop.server().listening_address}/v1/completions", b'{"prompt": "a", "max_tokens": 1}')
    with pytest.raises(urllib.error.HTTPError) as told:
        urllib.request.urlopen(request)
    assert told.value.code == 401


@pytest.mark.parametrize("path", ["/v1", "/v1/chat/completions"])
def test_a_real_server_is_understood(model, path, monkeypatch):
    """A llama.cpp server of a school gives lists, answers and counts through the same methods, and stays the one that answers."""
    key = "komainu-test"
    wanted = laptop.settings()
    wanted.api_keys = [key]
    served = laptop.loaded(wanted)
    monkeypatch.setenv("KOMAINU_MODEL_KEY", key)
    school = Endpoint(url=served.listening_address + path)
    assert school.count("神社") >= 5
    assert len(school.answers("australia", times=3)) == 3
    answer, rows = school.answer("france"), school.next_tokens("sunday")
    assert school.kind == "endpoint"
    if path == "/v1":
        assert (answer.text, answer.mean) == (RECORDED.answer("france").text, pytest.approx(RECORDED.answer("france").mean, abs=CLOSE))
        assert [row.text for row in rows[:3]] == [row.text for row in RECORDED.next_tokens("sunday")[:3]]


def test_the_setting_opens_it():
    """KOMAINU_MODEL=laptop is all a teacher sets."""
    code = "import realmodel; model = realmodel.open_model(); print(model.kind, model.answer('france').text)"
    env = {**os.environ, "KOMAINU_MODEL": "laptop", "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "laptop Paris"


def test_the_command_says_that_it_runs(capsys):
    """Model, digest, what runs it, seconds and speed, and that it answers as recorded."""
    assert main(["--root", str(ROOT), "llm", "check"]) == 0
    said = capsys.readouterr().out
    for part in (laptop.SHA256, "xllamacpp", "tokens/s", f"{len(check.ASKED)}/{len(check.ASKED)}"):
        assert part in said


def test_a_new_recording_has_the_form_of_the_old(model, monkeypatch):
    """Recorded anew, a few prompts have the same lists, answers and counts as in the file."""
    few = tuple(curated.find(ident) for ident in ("new-year", "france", "france-unsure"))
    monkeypatch.setattr(curated, "prompts", lambda: few)
    monkeypatch.setattr(record, "counted", lambda root: ["church", "神社"])
    text, _ = record.record(Laptop(free=True), ROOT, date(2026, 11, 26))
    book = json.loads(text)
    kept = realmodel.recording.book()
    assert list(book) == list(kept)
    assert book["counts"] == {mark: kept["counts"][mark] for mark in book["counts"]}
    assert set(book["answers"]) == {"france", "france-unsure"}
    assert [row["seed"] for row in book["answers"]["france"]] == list(range(11))
    assert [token for token, _ in book["next"][few[0].text]["tokens"]][:3] == [token for token, _ in kept["next"][few[0].text]["tokens"]][:3]
    assert set(book["made"]) == set(kept["made"])
