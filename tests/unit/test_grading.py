"""Marks for the real exercises: what is right, half right, untouched, moved about, out of time or not ours to judge."""

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from importlib import resources
from xml.dom import minidom

import jsonschema_rs
import pytest

from handing import EXECUTE, EXERCISES, cell, code, exercise, handed, put
from komainu.exercise import notebook
from komainu.grading import run as grades
from komainu.grading.gradebook import status
from komainu.grading.guarding import reached
from komainu.grading.handed_in import handed_in
from komainu.grading.item_analysis import correlation, items
from komainu.grading.marks import judged, most, reference, tried, way
from komainu.grading.matching import work
from komainu.grading.observed import Step, observed
from komainu.grading.run import grade
from komainu.problem import Unable
from komainu.xlsx import Formula, Sheet, workbook

SEED = "7"
ROOT = grades.Path(__file__).parents[2]


@cache
def references(ident: str) -> dict:
    return {lang: reference(exercise(ident), lang, SEED, EXECUTE) for lang in ("ja", "en")}


@pytest.fixture
def marked(tmp_path):
    """Marks one notebook, `marked(notebook, "i-dont-know")`, and returns its result."""

    def one(made: dict, ident: str = "i-dont-know", execute=EXECUTE, others=(), edition=None) -> dict:
        (submission,) = handed_in(put(tmp_path, {"a.ipynb": made}), ident)
        assert submission.status == ""
        return judged(tried(submission, edition or exercise(ident), SEED, execute, others), references(ident))

    return one


def points(result: dict) -> list:
    return [question["points"] for question in result["questions"]]


def notes(result: dict) -> dict:
    return {note["note"]: note["cells"] for note in result["notes"]}


# --- what is right and what is wrong -------------------------------------------------------------


@pytest.mark.parametrize("ident", EXERCISES)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_solution_gets_all_points(marked, ident, lang):
    """Everything right: every check, hidden ones too, and nothing to tell."""
    result = marked(handed(ident, lang=lang), ident)
    assert (result["status"], result["points"], result["of"]) == ("ok", most(exercise(ident)), most(exercise(ident)))
    assert (result["language"], result["notes"]) == (lang, [])
    assert all(words["text"] for words in result["own_words"])
    assert all(guess["predicted"] is not None and guess["result"] is not None and guess["way"] for guess in result["predictions"])


@pytest.mark.parametrize("ident", EXERCISES)
def test_an_untouched_notebook_has_no_points_rather_than_none_of_them(marked, ident):
    """Nothing filled in is a status for a person, and nothing is run."""
    result = marked(handed(ident, "pupil"), ident, execute=None)
    assert (result["status"], result["points"]) == ("nothing", None)
    assert {question["status"] for question in result["questions"]} == {"untouched"}


MISTAKES = [
    (ident, question.id, number, lang)
    for ident in EXERCISES for question in exercise(ident).questions for number, _ in enumerate(question.mistakes) for lang in ("ja", "en")
]  # fmt: skip


@pytest.mark.parametrize(("ident", "question", "number", "lang"), MISTAKES)
def test_typical_mistakes_cost_points_and_are_answered(marked, ident, question, number, lang):
    """Each mistake of checks.yml loses points in its own question only, and its sentence reaches the pupil."""
    mistake = exercise(ident).question(question).mistakes[number]
    result = marked(handed(ident, lang=lang, **{question.replace("-", "_"): mistake.code[lang]}), ident)
    for found in result["questions"]:
        assert (found["points"] < found["of"]) == (found["id"] == question), found
    said = " ".join(c["says"] for q in result["questions"] if q["id"] == question for c in q["checks"])
    assert mistake.says[lang] in said
    hidden = [c for q in result["questions"] for c in q["checks"] if c["hidden"] and not c["met"]]
    assert all("gave" not in check["says"] and "になりました" not in check["says"] for check in hidden)


def test_half_an_answer_gets_its_part(marked):
    """Points go check by check; a question that is not begun is told from one that is wrong."""
    result = marked(handed("i-dont-know", "pupil", my_threshold="my_threshold = 0.75", overconfidence="def overconfidence(g):\n    return 0.4"))
    assert (points(result), result["points"]) == ([3, 1, 0], 4)
    assert [q["status"] for q in result["questions"]] == ["written", "written", "untouched"]


def test_missing_predictions_cost_nothing(marked):
    """Cells that compare with a prediction do their work even where there is none."""
    result = marked(handed("i-dont-know", "pupil", my_threshold="my_threshold = 0.75"))
    assert points(result)[0] == 3
    assert [(guess["predicted"], guess["result"]) for guess in result["predictions"]] == [(None, 0.0), (None, -0.72)]


def test_predictions_stand_beside_results(marked):
    """Expressions and words count as predictions as well as numbers."""
    result = marked(handed("i-dont-know", best_without_penalty='predict("best-without-penalty", 1 - 1)', stale_points='predict("stale-points", "下がる")'))
    assert [(g["predicted"], g["way"]) for g in result["predictions"]] == [(0, "same"), ("下がる", "other")]
    assert (way(1, 2), way("Ａ b", "ab"), way(None, 1)) == ("higher", "same", "")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ('explain("own-words-1", "理由")', "理由"), ('explain("own-words-1", """\n二行\nの文\n""")', "二行\nの文"),
        ('explain("own-words-1", かっこのない文)', "かっこのない文"), ('explain("own-words-1", """\n"引用"が"""多い\n""")', '"引用"が"""多い'),
    ],
)  # fmt: skip
def test_own_words_are_kept_as_they_were_meant(marked, source, text):
    """A slip with quotation marks does not lose what a pupil wrote; nobody gives marks for it here."""
    words = marked(handed("i-dont-know", "pupil", own_words_1=source))["own_words"][0]
    assert (words["text"], words["status"], words["of"]) == (text, "written", 2)


# --- cells that were moved about -----------------------------------------------------------------


def split(made):
    source = cell(made, "overconfidence")["source"]
    text = "".join(source)
    at = text.index("both =")
    cell(made, "overconfidence")["source"] = text[:at]
    made["cells"].insert(made["cells"].index(cell(made, "overconfidence")) + 1, code(text[at:]))


def split_inside(made):
    lines = "".join(cell(made, "overconfidence")["source"]).split("\n")
    cell(made, "overconfidence")["source"] = lines[0]
    made["cells"].insert(made["cells"].index(cell(made, "overconfidence")) + 1, code("\n".join(lines[1:])))


def merged(made):
    text = "".join(cell(made, "duel")["source"]) + "\n" + "".join(cell(made, "my-threshold")["source"])
    cell(made, "duel")["source"] = text
    made["cells"].remove(cell(made, "my-threshold"))


def merged_with_check(made):
    check = cell(made, "check-break-even")
    check["source"] = "".join(cell(made, "break-even")["source"]) + "\n" + "".join(check["source"])
    made["cells"].remove(cell(made, "break-even"))


def moved(made):
    made["cells"].reverse()


def without_ids(made):
    for one in made["cells"]:
        del one["id"]
    made["nbformat_minor"] = 4


def new_ids(made):
    for number, one in enumerate(made["cells"]):
        one["id"] = f"other-{number}"
    del made["metadata"]["komainu"]


def doubled(made):
    made["cells"].append(code("".join(cell(made, "break-even")["source"]), "break-even"))


def copied_untouched(made):
    handed_out = next(one for one in notebook(exercise("i-dont-know"), "ja", "pupil")["cells"] if one["id"] == "break-even")
    made["cells"].append({**handed_out, "id": "copy"})


def with_helper(made):
    cell(made, "break-even")["source"] = "def break_even(penalty):\n    return share(penalty)"
    made["cells"].insert(0, code("def share(k):\n    return k / total(k)"))
    made["cells"].append(code("def total(k):\n    return 1 + k"))


def played(made):
    made["cells"] += [code("guesses = []"), code("penalty = 0\nwhile penalty < 1: pass"), code("x = 1 / 0")]
    cell(made, "machine")["source"] = "machine = None"
    made["cells"].remove(cell(made, "two-rules"))


def only_answers(made):
    wanted = {one.id for one in exercise("i-dont-know").cells["ja"] if one.fill}
    made["cells"] = [one for one in made["cells"] if one["id"] in wanted]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (split, {"split"}), (split_inside, set()), (merged, {"moved"}), (merged_with_check, {"moved", "tests-edited"}), (moved, set()),
        (without_ids, {"moved"}), (new_ids, {"moved", "no-metadata"}), (doubled, {"split"}), (copied_untouched, set()),
        (with_helper, {"helpers"}), (played, set()), (only_answers, set()),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)  # fmt: skip
def test_right_answers_are_found_wherever_they_stand(marked, change, told):
    """Split, merged, moved, copied, without ids: all points, and the teacher is told what was found."""
    made = handed("i-dont-know")
    change(made)
    result = marked(made)
    assert (result["status"], result["points"]) == ("ok", 10), result["questions"]
    assert set(notes(result)) == told


def test_the_last_of_several_answers_counts(marked):
    """As in the notebook, when it is run from top to bottom."""
    made = handed("i-dont-know")
    made["cells"].append(code("def break_even(penalty):\n    return penalty"))
    assert points(marked(made)) == [3, 3, 1]


def test_a_deleted_answer_is_told_and_the_others_keep_their_points(marked):
    """One lost cell costs one question."""
    made = handed("i-dont-know")
    made["cells"].remove(cell(made, "overconfidence"))
    result = marked(made)
    assert (points(result), notes(result)["missing"]) == ([3, 0, 4], ["overconfidence"])
    assert result["questions"][1]["status"] == "missing"


def test_another_edition_is_marked_by_the_questions_that_are_still_asked(marked):
    """Its check cells differ by right, so nobody is told that they were edited; answers that are no longer asked for wait."""
    made = handed("i-dont-know")
    cell(made, "check-break-even")["source"] = "check('break-even', 'other', [])"
    made["cells"].append(code("def gone(x):\n    return 1", "gone-since"))
    later = replace(exercise("i-dont-know"), version=3)
    result = marked(made, edition=later)
    assert (result["points"], notes(result)) == (10, {"older": ["1"]})
    made["metadata"]["komainu"]["version"] = 9
    assert notes(marked(made, edition=later)) == {"newer": ["9"]}


def test_another_exercise_has_no_points(marked):
    """Its own name says so, or its cells; which one it is is told."""
    other = handed("capital-guesser")
    result = marked(other)
    assert (result["status"], result["points"], notes(result)) == ("other", None, {"is-exercise": ["capital-guesser"]})
    del other["metadata"]["komainu"]
    assert marked(other)["status"] == "other"
    assert marked(handed("i-dont-know") | {"metadata": {}}, others=[exercise("capital-guesser")])["status"] == "ok"


def test_the_language_is_recognised_without_metadata(tmp_path):
    """An English notebook is marked in English."""
    made = handed("i-dont-know", lang="en") | {"metadata": {}}
    (submission,) = handed_in(put(tmp_path, {"a.ipynb": made}), "i-dont-know")
    assert work(submission, exercise("i-dont-know")).language == "en"


# --- what wins nothing ---------------------------------------------------------------------------


def test_checks_in_the_file_have_no_say(marked):
    """Edited, emptied or faked checks are told, never run, and change no mark."""
    made = handed("i-dont-know", "pupil", break_even="def break_even(penalty):\n    return 1")
    cell(made, "check-break-even")["source"] = "check('break-even', '', [])\nprint('【確認】 2 個すべてできています。')"
    made["cells"].insert(1, code("def check(*args): return 'all 12/12 passed'"))
    result = marked(made)
    assert (points(result)[2], notes(result)) == (0, {"tests-edited": ["check-break-even"]})


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("mean_points = lambda *a: 0.7\nmy_threshold = 0", "mean_points"), ("guesses[:] = [(1.0, True)]\nmy_threshold = 0", "guesses"),
        ("guesses.clear(); guesses.append((1.0, True)); my_threshold = 0", "guesses"), ("import sys\nmy_threshold = 0", "sys"),
        ("my_threshold = 0\nmachine.guess = lambda p: (p.home, 1.0)", "machine"), ("my_threshold = ().__class__", "__class__"),
        ("my_threshold = globals()['x'] if 0 else 0.75", "globals"),
    ],
)  # fmt: skip
def test_answers_that_reach_further_wait_for_a_person(marked, source, name):
    """What checks rely on was changed: no points by machine for these questions, and none lost elsewhere."""
    result = marked(handed("i-dont-know", my_threshold=source))
    assert (points(result)[0], name in result["questions"][0]["look"]) == (None, True)
    assert "my-threshold" in notes(result)["look"]


def test_names_that_are_only_arguments_are_fine():
    """A function may call its argument what it likes."""
    assert reached("def f(guesses, mean):\n    guesses.sort()\n    mean = 3\n    return guesses[0]", {"guesses", "mean"}) == set()
    assert reached("class A:\n    def __init__(self):\n        self.x = 1", {"mean"}) == set()
    assert reached("def f():\n    global mean\n    mean = 1", {"mean"}) == {"mean"}
    assert reached("(" * 150 + ")" * 150, {"mean"}) == set()


def test_a_shadowed_import_is_there_again_for_the_checks(marked):
    """`sum` of a pupil's own does not break the checks of others, and is told."""
    result = marked(handed("i-dont-know", overconfidence="def overconfidence(g):\n    return mean(c for c, r in g) - mean(r for c, r in g)\ntalk = 3"))
    assert points(result)[1:] == [3, 4]


# --- runs that end early -------------------------------------------------------------------------


def script(*ends):
    """An executor that does nothing but end where it is told: [(cell id, why), …], once each."""
    left, calls = list(ends), []

    def execute(exercise, cells):
        calls.append([one["id"] for one in cells])
        at, why = left.pop(0) if left else ("", "")
        ids = [one["id"] for one in cells]
        upto = ids.index(at) if at in ids else len(ids)
        return [{"id": one, "observed": [], "error": None} for one in ids[:upto]], why if at in ids else ""

    return execute, calls


STEPS = [Step("a", ""), Step("b", "", ({"call": "1"},)), Step("c", "")]


def test_a_step_that_ends_the_run_costs_itself_only():
    """The rest is run again without it; a timeout is tried twice, for the machine may have been busy."""
    execute, calls = script(("b", "exit 0"))
    assert observed(STEPS, None, execute).lost == {"b": "stopped"}
    assert calls == [["a", "b", "c"], ["a", "c"]]
    execute, calls = script(("b", "5 s"))
    assert (observed(STEPS, None, execute).lost, len(calls)) == ({}, 2)
    execute, calls = script(("b", "timeout"), ("b", "timeout"))
    assert (observed(STEPS, None, execute).lost, len(calls)) == ({"b": "timeout"}, 3)


def test_a_run_that_never_ends_is_given_up():
    """After some tries everything that was not reached is lost, and nothing hangs."""
    calls = []

    def never(exercise, cells):
        calls.append(1)
        return [], "memory"

    many = [Step(str(n), "") for n in range(20)]
    assert set(observed(many, None, never).lost.values()) == {"memory"}
    assert len(calls) < 10


@pytest.mark.parametrize(
    "line",
    [None, [], {"id": "other"}, {"id": "a", "observed": {"value": "1"}, "error": 3}, {"id": "a", "observed": [1, None]}, {"id": "a", "observed": [{"value": "__import__('os')"}]},
     {"id": "a", "observed": [{"value": "(" * 9000}]}, {"id": "a", "observed": [{"value": "{1: [2]}" * 400_000}]}, {"id": "a", "observed": [{"value": 3, "met": True}]}],
)  # fmt: skip
def test_reports_that_are_none_are_no_answer(line):
    """A child that says something else than an observation has said nothing."""
    ran = observed([Step("a", "", ({"call": "1"},))], None, lambda exercise, cells: ([line], "strange"))
    assert all("value" not in seen for seen in ran.of("a"))


def test_an_endless_cell_costs_one_question(tmp_path):
    """A loop at the top of one answer: the other questions keep their points, and the status says what happened."""
    made = handed("i-dont-know", overconfidence="while True: pass")
    (submission,) = handed_in(put(tmp_path, {"a.ipynb": made}), "i-dont-know")
    execute = lambda e, cells: ([{"id": c["id"], "observed": []} for c in cells[: next((n for n, c in enumerate(cells) if "while" in c["source"]), len(cells))]], "5 s")  # noqa: E731
    result = judged(tried(submission, exercise("i-dont-know"), SEED, execute), references("i-dont-know"))
    assert (result["status"], result["questions"][1]["status"], result["questions"][0]["status"]) == ("timeout", "timeout", "written")


# --- a class -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def classroom(tmp_path_factory):
    """A marked class: the folder it is in, and the data."""
    folder = put(tmp_path_factory.mktemp("class"), {
        "1-2-03_青木.ipynb": handed("i-dont-know"), "1-2-01_井上.ipynb": handed("i-dont-know", break_even="def break_even(penalty):\n    return penalty"),
        "1-2-02_上田.ipynb": handed("i-dont-know", break_even="def break_even(penalty):\n    return penalty", overconfidence="def overconfidence(g):\n    return '<script>'"),
        "=HYPERLINK(1).ipynb": handed("i-dont-know", lang="en", own_words_1='explain("own-words-1", "=1+1 <b>")'), "i-dont-know_江口.ipynb": handed("i-dont-know", "pupil"),
        "broken.ipynb": b"{", "別.ipynb": handed("capital-guesser"), "memo.txt": b"x",
    })  # fmt: skip
    out = tmp_path_factory.mktemp("out") / "grades"
    data = grade(exercise("i-dont-know"), folder, out, EXECUTE, ROOT, seed=SEED, workers=1)
    return folder, out, data


def test_results_fit_their_schema_and_account_for_every_file(classroom):
    """Nothing that was handed in is lost, and what could not be marked has no points."""
    folder, out, data = classroom
    schema = json.loads(resources.files("komainu").joinpath("schemas/results.json").read_text("utf-8"))
    jsonschema_rs.Draft202012Validator(schema).validate(json.loads((out / "results.json").read_text("utf-8")))
    assert {one["file"] for one in data["submissions"]} == {file.name for file in folder.iterdir()}
    assert {one["file"]: (one["status"], one["points"]) for one in data["submissions"]} == {
        "1-2-01_井上.ipynb": ("ok", 7), "1-2-02_上田.ipynb": ("ok", 4), "1-2-03_青木.ipynb": ("ok", 10), "=HYPERLINK(1).ipynb": ("ok", 10),
        "broken.ipynb": ("not-json", None), "i-dont-know_江口.ipynb": ("nothing", None), "memo.txt": ("not-notebook", None), "別.ipynb": ("other", None),
    }  # fmt: skip


def files_of(out):
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}


def test_the_gradebook_opens_as_a_table_without_formulas(classroom):
    """CSV with its mark, texts defused, empty cells where a person marks."""
    _, out, _ = classroom
    raw = (out / "gradebook.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(raw.decode("utf-8-sig")))
    assert all(len(row) == len(head) for row in rows)
    assert all(not text.startswith(("=", "+", "@")) for row in rows for text in row)
    by_name = {row[1]: row for row in rows}
    assert by_name["'=HYPERLINK"][head.index("自分のことば own-words-1")] == "'=1+1 <b>"
    assert by_name["江口"][3:8] == ["", "", "", "", "10"]
    assert all(row[at] == "" for row in rows for at, name in enumerate(head) if name.startswith("教師が付ける点"))
    for name in ("moodle", "canvas", "google-classroom", "teams", "plain"):
        rows = list(csv.reader(io.StringIO((out / f"exports/{name}.csv").read_text("utf-8-sig"))))
        assert len({len(row) for row in rows}) == 1
        assert not any(cell.startswith("=") for row in rows for cell in row)


def test_the_workbook_is_well_formed_and_its_total_is_a_formula(classroom):
    """Every part is XML; names and texts stand as text; the total adds what the teacher fills in."""
    _, out, _ = classroom
    with zipfile.ZipFile(out / "gradebook.xlsx") as archive:
        parts = {name: minidom.parseString(archive.read(name)) for name in archive.namelist()}  # noqa: S318  our own
    sheet = parts["xl/worksheets/sheet1.xml"]
    formulas = [one.firstChild.data for one in sheet.getElementsByTagName("f")]
    assert formulas
    assert all(re.fullmatch(r"SUM\([A-Z]+\d+:[A-Z]+\d+\)|IF\('自分のことば'!F\d+=\"\",\"\",'自分のことば'!F\d+\)", one) for one in formulas)
    assert any("=HYPERLINK" in one.firstChild.data for one in sheet.getElementsByTagName("t"))
    assert workbook([Sheet("a", [["x", 1, 2.5, None, Formula("A1", "")]], [1])]) == workbook([Sheet("a", [["x", 1, 2.5, None, Formula("A1", "")]], [1])])


class Shape(HTMLParser):
    """The headings, tables and lists of a page, in order, and everything it would load."""

    def __init__(self, html: str):
        super().__init__()
        self.shape, self.loads, self.lang, self.text = [], [], "", []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        """Note what matters."""
        names = dict(attrs)
        self.lang = names.get("lang", self.lang) if tag == "html" else self.lang
        self.loads += [tag] if tag in ("script", "img", "link", "iframe") or "src" in names or any(n.startswith("on") for n in names) else []
        if tag in ("h1", "h2", "h3", "section", "table", "blockquote", "svg"):
            self.shape.append(tag)

    def handle_data(self, data):
        """Keep the words."""
        self.text.append(data)


GOLDEN = (
    "h1 h2 section h3 section h3 section h3 h2 table h2 section h3 blockquote section h3 blockquote section h3 blockquote h2"
)  # a heading; checks, one card a question; predictions; own words, one card a text; what next


def test_a_feedback_page_has_its_structure(classroom):
    """One page a pupil: checks, predictions, own words, what next."""
    _, out, data = classroom
    for one in data["submissions"]:
        if one["status"] == "ok":
            page = Shape((out / one["page"]).read_text("utf-8"))
            assert " ".join(page.shape) == GOLDEN
            assert page.lang == one["language"]


@pytest.mark.parametrize(("state", "points", "words"), [
    ("ok", 3, ["採点しました"]), ("ok", None, ["先生が付けてください"]), ("timeout", 3, ["終わらないセル", "除いて採点しました"]),
    ("stopped", None, ["途中で終わらせる", "先生が付けてください"]), ("not-json", None, ["途中で切れている"]),
])  # fmt: skip
def test_a_status_says_marked_only_of_what_was_marked(state, points, words):
    """A teacher who reads the status knows whether there are points; without any it never says that it was marked."""
    said = status({"status": state, "points": points}, "ja")
    assert all(word in said for word in words)
    assert points is not None or "採点しました" not in said


def test_pages_load_nothing_and_name_nobody_else(classroom):
    """Self-contained, escaped, and a pupil's page holds no other pupil's name; the screen's page holds none."""
    _, out, data = classroom
    names = {one["name"] for one in data["submissions"] if one["name"]} - {"別"}
    for file in [*out.glob("feedback/*.html"), out / "class.html", out / "class-screen.html"]:
        page = Shape(file.read_text("utf-8"))
        assert page.loads == [], file.name
        found = {name for name in names if name in "".join(page.text)}
        own = {one["name"] for one in data["submissions"] if one["page"] == f"feedback/{file.name}"}
        assert found <= own or file.name == "class.html", file.name
    assert names <= {name for name in names if name in (out / "class.html").read_text("utf-8")}
    assert "broken.ipynb" not in (out / "class-screen.html").read_text("utf-8")


def test_the_class_page_shows_where_the_class_stands(classroom):
    """Facility by check, common wrong values with their sentence, nothing on discrimination for so few."""
    _, out, data = classroom
    found = {item.name: item for item in items(exercise("i-dont-know"), data)}
    assert (found["break-even 1"].n, found["break-even 1"].met, found["break-even 1"].discrimination) == (4, 2, None)
    assert [(wrong.saw, wrong.count) for wrong in found["break-even 1"].wrong] == [("3", 2)]
    assert "0から1の数です" in (out / "class.html").read_text("utf-8")
    assert "0から1の数です" in (out / "class-screen.html").read_text("utf-8")


def test_correlation_needs_a_class_and_some_spread():
    """Fifteen pairs, and not all alike."""
    assert (correlation([1, 0], [1, 0]), correlation([1] * 20, list(range(20)))) == (None, None)
    assert correlation([0, 0, 1, 1] * 5, [0, 1, 0, 1] * 5) == 0.0


# --- again and again -----------------------------------------------------------------------------


def test_the_same_again_gives_the_same_bytes_and_runs_nothing(classroom, tmp_path):
    """Marked again: nothing is run. Marked elsewhere, in another order of files: the same bytes."""
    folder, out, data = classroom
    before = files_of(out)
    assert grade(exercise("i-dont-know"), folder, out, None, ROOT) == data  # the seed of the first run is remembered
    assert files_of(out) == before
    elsewhere = tmp_path / "in"
    elsewhere.mkdir()
    for file in sorted(folder.iterdir(), reverse=True):
        (elsewhere / file.name).write_bytes(file.read_bytes())
    grade(exercise("i-dont-know"), elsewhere, tmp_path / "out", EXECUTE, ROOT, seed=SEED, workers=2)
    assert files_of(tmp_path / "out") == before


def test_a_killed_run_goes_on_where_it_stopped(classroom, tmp_path):
    """What was marked before the end came is kept; half a file counts for nothing."""
    folder, out, _ = classroom
    runs = []

    def until(most):
        def execute(exercise, cells):
            runs.append(1)
            if len(runs) > most:
                raise KeyboardInterrupt
            return EXECUTE(exercise, cells)

        return execute

    with pytest.raises(KeyboardInterrupt):
        grade(exercise("i-dont-know"), folder, tmp_path / "o", until(4), ROOT, seed=SEED, workers=1)
    kept = sorted((tmp_path / "o" / "kept").glob("*.json"))
    assert 1 <= len(kept) <= 3
    assert not (tmp_path / "o" / "results.json").exists()
    kept[0].write_bytes(kept[0].read_bytes()[:50])
    runs.clear()
    grade(exercise("i-dont-know"), folder, tmp_path / "o", until(99), ROOT, workers=1)
    assert files_of(tmp_path / "o") == files_of(out)


def test_another_seed_or_file_is_marked_anew_and_old_pages_go(classroom, tmp_path):
    """Only what changed is run; the page of a pupil who is no longer there is taken away, other files are not."""
    folder, _, _ = classroom
    here = put(tmp_path / "in", {f.name: f.read_bytes() for f in folder.iterdir()})
    out, runs = tmp_path / "out", []

    def execute(exercise, cells):
        runs.append(1)
        return EXECUTE(exercise, cells)

    grade(exercise("i-dont-know"), here, out, execute, ROOT, seed="1", workers=1)
    (out / "feedback" / "mine.html").write_text("my own", "utf-8")
    first, _ = len(runs), runs.clear()
    (here / "1-2-03_青木.ipynb").unlink()
    put(here, {"1-2-04_加藤.ipynb": handed("i-dont-know", my_threshold="my_threshold = 0.7")})
    grade(exercise("i-dont-know"), here, out, execute, ROOT, workers=1)
    assert len(runs) == 3  # the solution in two languages, and the new one
    assert {p.name for p in (out / "feedback").glob("1-2*")} == {"1-2-01_井上.html", "1-2-02_上田.html", "1-2-04_加藤.html"}
    assert (out / "feedback" / "mine.html").is_file()
    runs.clear()
    grade(exercise("i-dont-know"), here, out, execute, ROOT, seed="2", workers=1)
    assert len(runs) == first


def test_what_cannot_be_done_is_said(classroom, tmp_path):
    """Results among the submissions, a folder that is not there, a seed that is none, a place that refuses."""
    folder, _, _ = classroom
    for source, out, seed in ((folder, folder / "out", None), (tmp_path / "none", tmp_path / "o", None), (folder, tmp_path / "o", "a b"), (folder, folder / "memo.txt" / "x", None)):
        with pytest.raises(Unable):
            grade(exercise("i-dont-know"), source, out, None, ROOT, seed=seed)
    put(tmp_path, {"file": b""})
    with pytest.raises(Unable):
        grade(exercise("i-dont-know"), folder, tmp_path / "file", None, ROOT)


def test_progress_is_told(classroom, tmp_path):
    """A teacher sees how far it is."""
    folder, _, _ = classroom
    told = []
    put(tmp_path / "in", {"a.ipynb": (folder / "1-2-03_青木.ipynb").read_bytes()})
    grade(exercise("i-dont-know"), tmp_path / "in", tmp_path / "o", EXECUTE, ROOT, seed=SEED, progress=lambda *one: told.append(one))
    assert told == [(0, 1, ""), (1, 1, "a.ipynb")]
