"""`komainu policy`: from a profile to documents, to an edited Word file, to the next edition; and what is said when it cannot."""

import json
import zipfile

import pytest

from conftest import ROOT
from komainu.cli import main
from komainu.telling import FINE, PROBLEMS, UNABLE


@pytest.fixture
def command(capsys):
    """Runs `komainu policy …` on the real sources: its exit code, what it printed, what it complained."""

    def run(*arguments: object) -> tuple[int, str, str]:
        code = main(["--root", str(ROOT), "policy", *map(str, arguments)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def answers(command, tmp_path):
    """A school's answers, fresh from a profile."""
    file = tmp_path / "school.yml"
    assert command("new", "jp-public-school", "-o", file)[0] == FINE
    return file


def test_from_profile_to_documents(command, answers, tmp_path):
    """A profile becomes every document in Markdown and Word, in both languages."""
    assert command("render", answers, "--to", "md,docx", "--document", "rules", "--document", "parents", "--out", tmp_path / "out")[0] == FINE
    names = sorted(path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert len(names) == 2 * (2 + 2) + 2  # rules and letter in both languages and kinds, the letter in plain Japanese too
    assert "みどり中学校" in next((tmp_path / "out" / "ja").glob("*rules.md")).read_text("utf-8")
    assert zipfile.ZipFile(next((tmp_path / "out" / "en").glob("*rules.docx"))).testzip() is None


def test_profile_as_json_is_the_same_answers(command, answers, tmp_path):
    """JSON and YAML give the same documents."""
    assert command("new", "jp-public-school", "-o", tmp_path / "school.json")[0] == FINE
    for name in ("school.yml", "school.json"):
        command("render", tmp_path / name, "--to", "md", "--lang", "ja", "--document", "staff", "--out", tmp_path / f"of-{name}")
    one, other = (next((tmp_path / f"of-{name}").rglob("*.md")).read_bytes() for name in ("school.yml", "school.json"))
    assert one == other


def test_check_names_contradictions_and_fails(command, answers, tmp_path):
    """A profile passes; a ban with free tasks does not, and the sentence is there in both languages and as JSON."""
    assert command("check", answers)[0] == FINE
    answers.write_text(answers.read_text("utf-8").replace("values:", "values:\n  detectors: evidence\n  grading: sample-check\n  stance: ban", 1), "utf-8")
    text = answers.read_text("utf-8")
    for key in ("detectors", "grading", "stance"):
        lines = [line for line in text.split("\n") if line.startswith(f"  {key}: ")]
        text = text.replace(lines[-1] + "\n", "", 1) if len(lines) > 1 else text
    answers.write_text(text, "utf-8")
    code, said, _ = command("check", answers)
    assert code == PROBLEMS
    found = json.loads(command("check", answers, "--format", "json")[1])
    assert {one["id"] for one in found["ja"]} == {one["id"] for one in found["en"]}
    errors = [one for one in found["ja"] if one["level"] == "error"]
    assert errors
    assert all(one["what"] in said and one["do"] in said for one in errors)


def test_weaker_than_the_board_is_found(command, answers, tmp_path):
    """A board's answers are the frame: what the school left looser is named."""
    board = tmp_path / "board.json"
    assert command("new", "jp-board", "-o", board)[0] == FINE
    frame = json.loads(board.read_text("utf-8"))
    frame["values"] |= {"stance": "ban", "tools": "none"}
    board.write_text(json.dumps(frame), "utf-8")
    alone = json.loads(command("check", answers, "--format", "json")[1])
    framed = json.loads(command("check", answers, "--board", board, "--format", "json")[1])
    assert {one["id"] for one in framed["ja"]} - {one["id"] for one in alone["ja"]}


def test_edited_document_comes_back(command, answers, tmp_path):
    """What a school wrote into the Word file is in the new answers and in the report."""
    command("render", answers, "--to", "docx", "--lang", "ja", "--document", "rules", "--out", tmp_path / "out")
    file = next((tmp_path / "out").rglob("*.docx"))
    edited = tmp_path / "edited.docx"
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(edited, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                assert "用いない" in content.decode()
                content = content.decode().replace("生成AI検出ツールを用いない", "検出ツールという名のものを用いない").encode()
            new.writestr(name, content)
    code, said, _ = command("update", edited, "--out", tmp_path / "new")
    assert (code, "0 / still to decide: 0" in said) == (FINE, True)
    own = json.loads((tmp_path / "new" / "answers.json").read_text("utf-8"))["own"]
    assert "検出ツールという名のもの" in json.dumps(own["detectors"], ensure_ascii=False)
    assert "検出ツールという名のもの" in (tmp_path / "new" / "report-ja.md").read_text("utf-8")
    assert (tmp_path / "new" / "edited.docx").is_file()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "a.json"), (b"[1, 2", "a.json"), (b"[" * 100_000, "a.json"), (b'{"values": {}}', "a.json"), (b"values: &a [*a]", "a.yml"),
        (b"\xff\xfe\x00", "a.yml"), (b'{"format": 99, "komainu_policy": "9.0.0", "values": {}}', "a.json"), (b"x" * 3_000_000, "a.yml"),
    ],
)
def test_what_is_no_answers_file_is_said_in_a_sentence(command, tmp_path, content, name):
    """No traceback, nothing written, exit code 2."""
    (tmp_path / name).write_bytes(content)
    code, said, complaint = command("render", tmp_path / name, "--out", tmp_path / "out")
    assert (code, said) == (UNABLE, "")
    assert len(complaint.strip().split("\n")) == 2
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("new", "no-such-profile", "-o", "x.yml"), ("render", "missing.yml"), ("check", "missing.yml"), ("update", "missing.docx"),
        ("update", "missing.yml"),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(command, tmp_path, monkeypatch, arguments):
    """A wrong name gives one sentence in each language."""
    monkeypatch.chdir(tmp_path)
    code, _, complaint = command(*arguments)
    assert code == UNABLE
    assert len(complaint.strip().split("\n")) == 2
    assert not list(tmp_path.iterdir())


def test_an_existing_file_is_never_overwritten(command, answers):
    """`new` leaves alone what is there."""
    before = answers.read_bytes()
    assert command("new", "teacher", "-o", answers)[0] == UNABLE
    assert answers.read_bytes() == before


def test_hostile_answers_are_rendered_as_text(command, tmp_path):
    """A script typed as the school's name stays text in every kind of file."""
    file = tmp_path / "bad.json"
    values = {"school": "<script>alert(1)</script>", "stages": "jhs", "years": [], "tasks": None, "__proto__": {"a": 1}}
    file.write_text(json.dumps({"format": 1, "komainu_policy": "1.0.0", "values": values, "own": [], "tools": "x"}), "utf-8")
    assert command("render", file, "--to", "md,html,docx", "--out", tmp_path / "out")[0] == FINE
    for made in (tmp_path / "out").rglob("*.[mh]*"):
        assert "<script" not in made.read_text("utf-8")
