"""What holds for every class: order decides nothing, and a right answer made wrong never wins a point."""

import json
import random
import tempfile
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from handing import EXECUTE, exercise, handed, put
from komainu.grading.class_page import class_page, screen_page
from komainu.grading.feedback import feedback_page
from komainu.grading.gradebook import gradebook
from komainu.grading.guarding import reached
from komainu.grading.handed_in import handed_in
from komainu.grading.item_analysis import guesses, items
from komainu.grading.marks import judged, reference, tried
from komainu.grading.matching import work
from komainu.grading.pupils import defused, file_names, pupil
from komainu.grading.syntax import bound, parse, said_in, without

IDENT, QUICK = "i-dont-know", "capital-guesser"
WORDS = st.sampled_from(["山田", "=1+1", "_", " ", "(1)", "05", "2年3組4番", IDENT, "のコピー", "/", ".", "-", "_12_345_", "Version 2", "\u202e", "<b>"])
PATHS = st.lists(WORDS | st.text(max_size=3), max_size=6).map("".join)
CODE = st.lists(
    st.sampled_from(["my_threshold", "=", "0.75", "\n", "def break_even(p):\n    ", "return ", "p", "(", ")", "[", "'", '"""', ":", "    ", "import os", "explain(", "predict(", "...", "guesses", "lambda", "check('x')", "@", "#"])
    | st.text(max_size=2), max_size=12,
).map("".join)  # fmt: skip


def submissions(files: dict):
    """What is handed in, read."""
    with tempfile.TemporaryDirectory() as folder:
        return handed_in(put(Path(folder), files), IDENT)


@cache
def references(ident: str):
    return {lang: reference(exercise(ident), lang, "7", EXECUTE) for lang in ("ja", "en")}


@cache
def result_of(texts: tuple[tuple[str, str], ...], ident: str = IDENT) -> dict:
    """The result of a notebook with these answers."""
    (one,) = submissions({"a.ipynb": handed(ident, **dict(texts))})
    return judged(tried(one, exercise(ident), "7", EXECUTE), references(ident))


def wrong(ident: str) -> dict[str, list[str]]:
    """By cell: the mistakes that pupils make, and a few that are nothing at all."""
    return {q.id.replace("-", "_"): [mistake.code["ja"] for mistake in q.mistakes] + ["", "x = (", "..."] for q in exercise(ident).questions}


WRONG, QUICKLY = wrong(IDENT), wrong(QUICK)


@settings(max_examples=12, deadline=None)
@given(st.fixed_dictionaries({name: st.sampled_from([None, *codes]) for name, codes in QUICKLY.items()}), st.data())
def test_a_right_answer_made_wrong_never_raises_a_mark(answers, data):
    """Whatever else is right or wrong: spoiling one more answer costs points, and only its own."""
    name = data.draw(st.sampled_from(sorted(QUICKLY)))
    right = {other: code for other, code in answers.items() if code is not None and other != name}
    before = result_of(tuple(sorted(right.items())), QUICK)
    after = result_of(tuple(sorted((right | {name: data.draw(st.sampled_from(QUICKLY[name]))}).items())), QUICK)
    for old, new in zip(before["questions"], after["questions"], strict=True):
        assert new["points"] < old["points"] if new["id"] == name.replace("_", "-") else new["points"] == old["points"]
    assert (after["points"] or 0) < before["points"]


# --- a class made of results ---------------------------------------------------------------------


@cache
def pool() -> list[dict]:
    """A few results to make classes of."""
    texts = [{}, {"break_even": WRONG["break_even"][0]}, {"my_threshold": WRONG["my_threshold"][1]}, {name: codes[0] for name, codes in WRONG.items()}]
    return [result_of(tuple(sorted(one.items()))) for one in texts]


def school_class(seed: int, count: int) -> dict:
    """The data of results.json for a class of so many."""
    rng = random.Random(seed)
    about = [{"file": f"{n}.ipynb", "name": f"生徒{n}", "number": str(n), "lms": "", "tries": 1, "counts": True, "digest": "x", "page": f"feedback/{n}.html"} for n in range(count)]
    return {"format": 1, "exercise": IDENT, "version": 1, "seed": "7", "of": 10, "submissions": [rng.choice(pool()) | one for one in about]}


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 40), st.randoms(use_true_random=False))
def test_the_order_of_pupils_changes_nothing_but_order(seed, count, rng):
    """Item analysis and the page for the screen are the same bytes; the gradebook holds the same rows."""
    data = school_class(seed, count)
    mixed = data | {"submissions": rng.sample(data["submissions"], count)}
    one = exercise(IDENT)
    assert items(one, data) == items(one, mixed)
    assert guesses(one, data) == guesses(one, mixed)
    for lang in ("ja", "en"):
        assert screen_page(one, data, lang) == screen_page(one, mixed, lang)
        assert class_page(one, data, lang)
    books = [gradebook(one, some, "ja")["gradebook.csv"].split(b"\r\n") for some in (data, mixed)]
    assert books[0][0] == books[1][0]
    assert sorted(books[0]) == sorted(books[1])
    assert [feedback_page(one, some, "ja") for some in data["submissions"]] == [
        feedback_page(one, some, "ja") for some in sorted(mixed["submissions"], key=lambda some: int(some["number"]))
    ]  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(st.permutations(["i-dont-know_a.ipynb", "i-dont-know_b.ipynb", "x/05_c.ipynb", "z.txt", "e.ipynb"]))
def test_the_order_of_files_changes_nothing(order):
    """The same submissions come in the same order, however a folder was filled."""
    contents = {"i-dont-know_a.ipynb": b"{", "i-dont-know_b.ipynb": handed(IDENT, "pupil"), "x/05_c.ipynb": b"", "z.txt": b"x", "e.ipynb": b"[]"}
    found = submissions({name: contents[name] for name in order})
    assert [one.path for one in found] == ["x/05_c.ipynb", "i-dont-know_a.ipynb", "i-dont-know_b.ipynb", "e.ipynb", "z.txt"]


# --- whatever is written -------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(st.lists(CODE, max_size=5), st.booleans(), st.booleans())
def test_matching_never_raises_and_loses_no_answer(sources, ids, metadata):
    """Any cells: there is work or a status, and every cell to be filled in has an answer with a state."""
    made = handed(IDENT, "pupil")
    made["cells"] = made["cells"][:20] + [{"cell_type": "code", "id": "break-even" if ids else "", "source": source, "metadata": {}} for source in sources]
    if not metadata:
        del made["metadata"]["komainu"]
    (one,) = submissions({"a.ipynb": made})
    found = work(one, exercise(IDENT))
    fills = {cell.id for cell in exercise(IDENT).cells["ja"] if cell.fill}
    assert set(found.answers) == (set() if found.status == "other" else fills)
    assert all((answer.status == "written") == bool(answer.pieces) or answer.status == "untouched" for answer in found.answers.values())


@given(CODE)
def test_looking_at_code_never_raises(source):
    """Python or not, the names are names; taking nothing away changes nothing."""
    tree = parse(source)
    assert all(name.isidentifier() for name in bound(tree))
    assert without(source, lambda statement: False) == source
    assert isinstance(reached(source, {"guesses"}), set)
    assert isinstance(said_in(source), list)


@given(PATHS)
def test_any_path_is_somebody(path):
    """Whatever a file is called: one line, no control signs, the same pupil each time, no formula, a possible file name."""
    one = pupil(path or "?", IDENT)
    assert one == pupil(path or "?", IDENT)
    assert "\n" not in one.label
    assert not defused(one.label)[:1].startswith(("=", "+", "-", "@"))
    names = file_names([one.label, one.label])
    assert len(set(names)) == 2
    assert all(name and "/" not in name and not name.startswith(".") for name in names)
    json.dumps(one.label).encode("ascii")
