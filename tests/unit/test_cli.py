"""The command: exit codes, formats, languages, and sentences that can always be said."""

import json
import string

import pytest

from komainu.cli import COUNTS, main, today
from komainu.problem import Problem, Unable, rules
from komainu.serve import serve
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
    assert "0 errors, 2 warnings, 4 gaps" in out


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
