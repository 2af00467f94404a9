"""The command: exit codes, formats, languages, and sentences that can always be said."""

import json
import string

import pytest

from komainu.cli import main
from komainu.problem import Problem, Unable, rules
from komainu.serve import serve
from komainu.telling import COUNTS, today
from world import world

NOON = "1795435200"  # 2026-11-23
BROKEN = {"lessons/cards/lesson.yml": {"find": "minutes: 25", "replace": "minutes: 24"}, "docs/en/teachers.md": None}


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON)


def said(capsys, *arguments) -> tuple[int, str, str]:
    """Exit code, output and complaint of one command."""
    code = main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_sources_without_mistake_end_with_0(tmp_path, capsys):
    """0 errors, and gaps are no mistakes."""
    code, out, err = said(capsys, "--root", world(tmp_path), "check")
    assert (code, err) == (0, "")
    assert "まちがい 0 件、注意 0 件、授業のないところ 4 件\n0 errors, 0 warnings, 4 gaps\n" in out


def test_gaps_are_mistakes_when_asked(tmp_path, capsys):
    """--complete fails as long as a skill has no lesson."""
    assert said(capsys, "--root", world(tmp_path), "check", "--complete")[0] == 1


def test_mistakes_end_with_1_and_are_said_in_both_languages(tmp_path, capsys):
    """Each problem gives its place, its rule and two sentences."""
    code, out, _ = said(capsys, "--root", world(tmp_path, BROKEN), "check")
    assert code == 1
    assert (
        "lessons/cards/lesson.yml:6  minutes-sum (error)\n"
        "  活動の合計は 44 分ですが、授業は 45 分です。activities の minutes を見直してください。\n"
        "  Activities add up to 44 minutes but the lesson is 45. Adjust minutes under activities.\n"
    ) in out


def test_warnings_do_not_fail(tmp_path, capsys, monkeypatch):
    """Sources that were checked long ago are named, and the check is fine all the same."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOON) + 400 * 86400))
    code, out, _ = said(capsys, "--root", world(tmp_path), "check", "--lang", "en")
    assert code == 0
    assert "source-stale (warning)" in out
    assert "0 errors, 4 warnings, 4 gaps" in out


def test_no_lessons_folder_ends_with_2(tmp_path, capsys):
    """Without sources there is one sentence in each language, and no traceback."""
    code, out, err = said(capsys, "--root", tmp_path, "check")
    assert (code, out) == (2, "")
    japanese, english = err.strip().split("\n")
    assert japanese.endswith("Komainu のフォルダーで実行してください。")
    assert english.endswith("Run the command in a Komainu folder.")


def test_root_that_does_not_exist_ends_with_2(tmp_path, capsys):
    """A mistyped folder is no traceback either."""
    assert said(capsys, "--root", tmp_path / "nowhere", "check")[0] == 2


def test_json_has_the_same_problems_as_plain(tmp_path, capsys):
    """Both formats name the same places and rules, in the same order."""
    root = world(tmp_path, BROKEN)
    code, out, _ = said(capsys, "--root", root, "check", "--format", "json")
    rows = json.loads(out)
    assert code == 1
    plain = said(capsys, "--root", root, "check")[1]
    heads = [line for line in plain.split("\n") if line and not line.startswith(" ") and "  " in line]
    assert [f"{row['path']}:{row['line']}  {row['rule']} ({row['level']})" for row in rows] == heads
    assert all(row["ja"] in plain and row["en"] in plain for row in rows)


def test_json_of_fine_sources_is_json(tmp_path, capsys):
    """A program can read the answer even when there is nothing to say but gaps."""
    code, out, _ = said(capsys, "--root", world(tmp_path), "check", "--format", "json")
    assert code == 0
    assert {row["level"] for row in json.loads(out)} == {"gap"}


@pytest.mark.parametrize(("lang", "other"), [("ja", "en"), ("en", "ja")])
def test_one_language_only(tmp_path, capsys, lang, other):
    """--lang leaves out every sentence of the other language, the last line too."""
    root = world(tmp_path, BROKEN)
    rows = json.loads(said(capsys, "--root", root, "check", "--format", "json")[1])
    out = said(capsys, "--root", root, "check", "--lang", lang)[1]
    assert all(row[lang] in out and row[other] not in out for row in rows)
    assert COUNTS[lang].split("{}")[1] in out
    assert COUNTS[other].split("{}")[1] not in out


def test_build_writes_nothing_from_broken_sources(tmp_path, capsys):
    """No output starts from an invalid curriculum."""
    root = world(tmp_path, BROKEN)
    assert said(capsys, "--root", root, "build")[0] == 1
    assert not (root / "build").exists()


@pytest.mark.parametrize("arguments", [[], ["check", "--lang", "fr"], ["check", "--format", "xml"], ["dance"]])
def test_unknown_arguments_end_with_2(arguments, capsys):
    """What the command does not know is refused before anything is read."""
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2


@pytest.mark.parametrize("epoch", ["soon", "9" * 30, "1.5"])
def test_day_that_is_none_ends_with_2(tmp_path, capsys, monkeypatch, epoch):
    """SOURCE_DATE_EPOCH that is no number of seconds is named, with the remedy."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    code, _, err = said(capsys, "--root", world(tmp_path), "check")
    assert code == 2
    assert err.count("SOURCE_DATE_EPOCH") == 2


def test_day_is_that_of_the_build(monkeypatch):
    """The same SOURCE_DATE_EPOCH gives the same day, wherever the machine stands."""
    assert today().isoformat() == "2026-11-23"


@pytest.mark.parametrize("port", [70000, -5])
def test_port_that_cannot_be_used(tmp_path, port):
    """A port outside the numbers of ports is a sentence, not a traceback."""
    with pytest.raises(Unable) as unable, serve(tmp_path, port):
        pass
    assert "--port" in unable.value.ja
    assert "--port" in unable.value.en


# --- exercises -----------------------------------------------------------------------------------

PETS = "notebooks/pets"
WRONG = {f"{PETS}/ja.py": {"find": "return dogs / pets", "replace": "return pets - dogs"}}
STALE = {f"{PETS}/ja.py": {"find": "# 予想と比べます。", "replace": "# 結果を見ます。"}}
UNCLEAR = {f"{PETS}/checks.yml": {"find": "points: 2", "replace": "points: two"}}


def test_an_exercise_that_keeps_its_promises_ends_with_0(tmp_path, capsys):
    """`run` names each notebook with its time, and that nothing is wrong."""
    code, out, err = said(capsys, "--root", world(tmp_path), "run", "pets")
    assert (code, err) == (0, "")
    heads = [line.split(":")[0] for line in out.split("\n") if line.startswith("pets ")]
    assert heads == ["pets ja teacher", "pets ja pupil", "pets en teacher", "pets en pupil"]
    assert out.endswith("まちがい 0 件、注意 0 件、授業のないところ 0 件\n0 errors, 0 warnings, 0 gaps\n")


def test_a_broken_promise_ends_with_1(tmp_path, capsys):
    """What the run of the teacher's notebook shows is a problem at the line of its cell; --lang leaves one language out."""
    code, out, _ = said(capsys, "--root", world(tmp_path, WRONG, fresh=True), "run", "--lang", "en")
    assert code == 1
    assert "notebooks/pets/ja.py:70  run-unmet (error)\n  The teacher's solution does not meet" in out
    assert "教師用の解答" not in out


def test_a_run_as_json(tmp_path, capsys):
    """A program gets the problems, and the seconds of every cell of every notebook."""
    code, out, _ = said(capsys, "--root", world(tmp_path, WRONG, fresh=True), "run", "--format", "json")
    found = json.loads(out)
    assert code == 1
    assert [row["rule"] for row in found["problems"]] == ["code-twins", "run-unmet"]
    assert [(run["exercise"], run["lang"], run["reader"]) for run in found["runs"]] == [
        ("pets", "ja", "teacher"), ("pets", "ja", "pupil"), ("pets", "en", "teacher"), ("pets", "en", "pupil"),
    ]  # fmt: skip
    assert all(set(run["cpu_seconds"]) >= {"start", "train", "check-share"} for run in found["runs"])


@pytest.mark.parametrize("command", [["run", "pets", "birds"], ["new", "notebooks", "birds"]])
def test_an_exercise_that_does_not_exist_ends_with_2(tmp_path, capsys, command):
    """Both sentences name the unknown id and those that there are."""
    code, out, err = said(capsys, "--root", world(tmp_path), *command)
    assert (code, out) == (2, "")
    assert [("birds" in line, "pets" in line) for line in err.strip().split("\n")] == [(True, True)] * 2


def test_mistakes_in_the_sources_of_an_exercise_end_its_run_with_1(tmp_path, capsys):
    """What the check says of its folder is said again, and what can be run is run."""
    code, out, _ = said(capsys, "--root", world(tmp_path, STALE), "run", "pets")
    assert code == 1
    assert "notebooks/pets/ja.ipynb:1  notebook-stale (error)" in out
    assert "pets ja teacher" in out


def test_mistakes_elsewhere_are_no_matter_of_an_exercise(tmp_path, capsys):
    """Whoever works on an exercise is not kept busy with a lesson."""
    assert said(capsys, "--root", world(tmp_path, BROKEN), "run", "pets")[0] == 0


def test_an_exercise_that_cannot_be_read_is_not_passed_over(tmp_path, capsys):
    """Running all exercises is not fine when one of them is not there to be run."""
    root = world(tmp_path, {f"{PETS}/exercise.yml": {"find": "device: pupil", "replace": "device: parrot"}})
    code, out, _ = said(capsys, "--root", root, "run")
    assert code == 1
    assert "notebooks/pets/exercise.yml" in out
    assert said(capsys, "--root", root, "run", "pets")[0] == 2


@pytest.mark.parametrize("stage", ["es-lower", "es-upper", "jhs", "hs"])
def test_a_new_lesson_passes_the_check(tmp_path, capsys, stage):
    """The skeleton is a whole lesson: an author changes it piece by piece and always sees what is amiss."""
    root = world(tmp_path)
    code, _, err = said(capsys, "--root", root, "new", "lesson", "my-own", "--stage", stage)
    assert (code, err) == (0, "")
    assert sorted(p.name for p in (root / "lessons/my-own").iterdir()) == ["en.md", "ja.md", "lesson.yml", "quiz.yml"]
    assert said(capsys, "--root", root, "check")[0] == 0


@pytest.mark.parametrize("stage", ["es-upper", "jhs", "hs"])
def test_a_new_exercise_passes_the_check_and_the_run(tmp_path, capsys, stage):
    """The skeleton is a whole exercise: an author changes it piece by piece and always sees whether it still works."""
    root = world(tmp_path)
    code, out, err = said(capsys, "--root", root, "new", "exercise", "my-own", "--stage", stage)
    assert (code, err) == (0, "")
    assert out.endswith(f"Written: {root / 'notebooks/my-own'}\n")
    names = ["checks.yml", "en.ipynb", "en.md", "en.py", "exercise.yml", "ja.ipynb", "ja.md", "ja.py"]
    assert sorted(p.name for p in (root / "notebooks/my-own").iterdir()) == names
    assert said(capsys, "--root", root, "check")[0] == 0
    assert said(capsys, "--root", root, "run", "my-own")[0] == 0


@pytest.mark.parametrize(
    "arguments",
    [["pets"], ["es-lower-one", "--stage", "es-lower"], [], ["one", "two"], ["My-Own"], ["../own"], ["a/b"], ["犬"]],
    ids=["exists", "stage without devices", "no id", "two ids", "capitals", "elsewhere", "folder in a folder", "no letters"],
)
def test_a_new_exercise_that_cannot_be_written_ends_with_2(tmp_path, capsys, arguments):
    """One sentence in each language, and nothing has changed."""
    root = world(tmp_path)
    before = sorted(root.rglob("*"))
    code, out, err = said(capsys, "--root", root, "new", "exercise", *arguments)
    assert (code, out) == (2, "")
    assert len(err.strip().split("\n")) == 2
    assert sorted(root.rglob("*")) == before


def test_a_new_exercise_needs_skills(tmp_path, capsys):
    """Without a skillset there is nothing that an exercise could be for."""
    code, _, err = said(capsys, "--root", world(tmp_path, {"lessons/skillset.yml": None}), "new", "exercise", "mine")
    assert (code, "skillset.yml" in err) == (2, True)


def test_new_notebooks_are_written_where_they_are_stale(tmp_path, capsys):
    """The files that changed are named; once they are fresh there is nothing to do, and the check is fine."""
    root = world(tmp_path, STALE)
    other = (root / PETS / "en.ipynb").stat().st_mtime_ns
    assert said(capsys, "--root", root, "new", "notebooks", "pets") == (0, "notebooks/pets/ja.ipynb\n", "")
    assert (root / PETS / "en.ipynb").stat().st_mtime_ns == other
    assert said(capsys, "--root", root, "new", "notebooks") == (0, "", "")
    assert said(capsys, "--root", root, "check")[0] == 0


@pytest.mark.parametrize("arguments", [["pets"], []])
def test_new_notebooks_from_broken_sources_end_with_1(tmp_path, capsys, arguments):
    """Nothing is derived from what is wrong, and the mistake is said; that they are stale is not."""
    root = world(tmp_path, STALE | UNCLEAR)
    before = (root / PETS / "ja.ipynb").read_bytes()
    code, out, _ = said(capsys, "--root", root, "new", "notebooks", *arguments)
    assert code == 1
    assert "notebooks/pets/checks.yml" in out
    assert "notebook-stale" not in out
    assert (root / PETS / "ja.ipynb").read_bytes() == before


# --- sentences -----------------------------------------------------------------------------------

@pytest.mark.parametrize("rule", sorted(rules()))
def test_sentences_name_the_same_values(rule):
    """Every rule has both sentences, each with the same values in braces, and a known level."""
    entry = rules()[rule]
    ja, en = ({name for _, name, _, _ in string.Formatter().parse(entry[lang]) if name} for lang in ("ja", "en"))
    # A name in Japanese and English alike, but what only one language of a lesson lacks is said by {lang} or by the path.
    assert ja == en
    assert entry["level"] in ("error", "warning", "gap")
    assert entry["ja"].strip().endswith(("。", "}"))
    assert entry["en"].strip().endswith((".", "}"))


@pytest.mark.parametrize("rule", sorted(rules()))
def test_sentences_can_be_said(rule):
    """A sentence shows its values as they are, braces and all."""
    entry = rules()[rule]
    names = {name for _, name, _, _ in string.Formatter().parse(entry["ja"]) if name}
    problem = Problem("a.md", 1, rule, tuple((name, "{x} 犬 %s") for name in sorted(names)))
    for lang in ("ja", "en"):
        assert problem.sentence(lang).count("{x} 犬 %s") >= len(names)


def test_quizzes_are_written_apart_from_the_site(tmp_path, capsys):
    """`build quizzes` writes every quiz in both languages and every format, clears what was there, and builds no site."""
    root = world(tmp_path)
    (root / "build" / "quizzes" / "gone").mkdir(parents=True)
    code, out, _ = said(capsys, "--root", root, "build", "quizzes")
    assert code == 0
    names = sorted(path.name for path in (root / "build" / "quizzes").rglob("*") if path.is_file())
    assert {f"{lesson}.{lang}.gift.txt" for lesson in ("cards", "votes") for lang in ("ja", "en")} <= set(names)
    assert f"({len(names)} files)" in out
    assert not (root / "build" / "quizzes" / "gone").exists()
    assert not (root / "build" / "site").exists()


def test_sources_with_mistakes_give_no_quizzes(tmp_path, capsys):
    """As for the site, nothing is made of sources that do not pass the check."""
    root = world(tmp_path, BROKEN)
    assert said(capsys, "--root", root, "build", "quizzes")[0] == 1
    assert not (root / "build" / "quizzes").exists()
