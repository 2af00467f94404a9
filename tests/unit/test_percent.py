"""The percent format: one text, two notebooks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from komainu.percent import Cell, read_cells
from komainu.problem import Report

NOTEBOOK = """\
# %% [markdown] id="title" step="own-idea"
#
# # 題
#
# 文です。
#

# %% id="share" fill="code" needs="a b"

def share(dogs, pets):
    # 全部で割ります。
    ### BEGIN SOLUTION
    part = dogs / pets

    return part
    #> part = ...
    #>
    #> if part:
    #>     return part
    ### END SOLUTION


# %% id="check-share" check="share"
"""


def read(text: str) -> tuple[tuple[Cell, ...], list[tuple[int, str]]]:
    """The cells of a text, and the line and rule of each problem."""
    report = Report()
    cells = read_cells("a.py", text, report)
    return cells, [(p.line, p.rule) for p in report]


def code(body: str) -> Cell:
    """The one cell with this body; nothing is wrong with it."""
    (cell,), problems = read(f'# %% id="a"\n{body}\n')
    assert problems == []
    return cell


def test_a_notebook_is_cut_into_its_cells():
    """Each cell has its kind, its attributes and the line of its head."""
    (title, share, check), problems = read(NOTEBOOK)
    assert problems == []
    assert (title.id, title.kind, title.step, title.line) == ("title", "markdown", "own-idea", 1)
    assert (share.id, share.kind, share.fill, share.needs, share.line) == (
        "share",
        "code",
        "code",
        ("a", "b"),
        8,
    )
    assert (check.id, check.kind, check.check, check.teacher, check.pupil) == (
        "check-share",
        "code",
        "share",
        "",
        "",
    )


def test_text_loses_its_signs_and_the_empty_lines_around_it():
    """A text cell is Markdown, the same for teacher and pupil."""
    title = read(NOTEBOOK)[0][0]
    assert title.teacher == title.pupil == "# 題\n\n文です。"


def test_teacher_gets_the_solution_without_its_marks():
    """What pupils get instead is nowhere in the teacher's form."""
    share = read(NOTEBOOK)[0][1]
    assert (
        share.teacher
        == "def share(dogs, pets):\n    # 全部で割ります。\n    part = dogs / pets\n\n    return part"
    )
    assert share.solution == ("    part = dogs / pets", "", "    return part")


def test_pupil_gets_what_stands_there_instead_with_its_indents():
    """The line's own indent and the one after `#> ` add up; `#>` alone is an empty line."""
    share = read(NOTEBOOK)[0][1]
    assert share.pupil == (
        "def share(dogs, pets):\n    # 全部で割ります。\n    part = ...\n\n    if part:\n        return part"
    )


def test_every_line_of_both_forms_knows_its_place_in_the_file():
    """A problem in line 3 of what pupils get can be shown where the author wrote it."""
    lines = NOTEBOOK.split("\n")
    for cell in read(NOTEBOOK)[0][:2]:
        for form, source in (("teacher", cell.teacher), ("pupil", cell.pupil)):
            for number, line in enumerate(source.split("\n"), 1):
                assert lines[cell.place(form, number) - 1].strip("#> ") == line.strip("# "), (
                    cell.id,
                    form,
                    number,
                )
        assert (cell.place("pupil", 0), cell.place("pupil", 99)) == (cell.line, cell.line)


def test_instead_lines_keep_inner_blanks_and_lose_those_at_the_end():
    """Nobody sees blanks at the end of a line, so they must not make a notebook stale."""
    assert (
        code("### BEGIN SOLUTION\nx = 1\n#> x = '  '  \n#>   \n### END SOLUTION\ny").pupil == "x = '  '\n\ny"
    )


def test_a_line_that_only_looks_like_a_mark_is_code():
    """`#> ` outside a solution, and a mark with something after it, stay what they are."""
    cell = code("#> x\n### BEGIN SOLUTION of x\ny = 1")
    assert cell.teacher == cell.pupil == "#> x\n### BEGIN SOLUTION of x\ny = 1"


def test_two_solutions_in_one_cell():
    """A cell may have more than one place to fill in."""
    cell = code(
        "### BEGIN SOLUTION\na = 1\n#> a = ...\n### END SOLUTION\nb = a\n### BEGIN SOLUTION\nc = 2\n### END SOLUTION"
    )
    assert (cell.teacher, cell.pupil) == ("a = 1\nb = a\nc = 2", "a = ...\nb = a")
    assert cell.solution == ("a = 1", "c = 2")


@pytest.mark.parametrize("text", ["", "\n", "\n\n\n"])
def test_an_empty_file_has_no_cells_and_no_mistake_of_form(text):
    """That a notebook lacks its cells is for the check to say."""
    assert read(text) == ((), [])


def test_a_cell_may_have_nothing_in_it():
    """An empty cell is empty for both, with its head as its only place."""
    (cell,), problems = read('# %% [markdown] id="a"')
    assert (cell.teacher, cell.pupil, cell.place("teacher", 1), problems) == ("", "", 1, [])


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("x = 1\n", [(1, "cell-head")]),
        ("\n\nx = 1\n# %% id=\"a\"\n", [(1, "cell-head")]),
        ("# %%\n", []),
        ("# %%id=\"a\"\n", [(1, "cell-head")]),
        ("# %% id='a'\n", [(1, "cell-head")]),
        ("# %% id=a\n", [(1, "cell-head")]),
        ("# %% id=\"a\n", [(1, "cell-head")]),
        ("# %% [code] id=\"a\"\n", [(1, "cell-head")]),
        ("# %% 題\n", [(1, "cell-head")]),
        ("# %% id=\"a\" id=\"b\"\n", [(1, "cell-head")]),
        ("# %% id=\"a\" colour=\"red\" size=\"2\"\n", [(1, "cell-attribute"), (1, "cell-attribute")]),
        ("# %% [markdown] id=\"a\"\n# 一\n二\n#三\n", [(3, "cell-markdown"), (4, "cell-markdown")]),
        ("# %% id=\"a\"\n### BEGIN SOLUTION\nx\n", [(2, "solution-region")]),
        ("# %% id=\"a\"\nx\n### END SOLUTION\n", [(3, "solution-region")]),
        ("# %% id=\"a\"\n### BEGIN SOLUTION\n### BEGIN SOLUTION\n### END SOLUTION\n", [(3, "solution-region")]),
        ("# %% id=\"a\"\n### BEGIN SOLUTION\n### END SOLUTION\n### END SOLUTION\n", [(4, "solution-region")]),
        ("# %% id=\"a\"\n### BEGIN SOLUTION\n# %% id=\"b\"\n### END SOLUTION\n", [(2, "solution-region"), (4, "solution-region")]),
    ],
)  # fmt: skip
def test_malformed_text_is_noted_at_its_line(text, problems):
    """What cannot be read is one problem at one line, and reading goes on."""
    assert read(text)[1] == problems


def test_the_cells_after_a_bad_one_are_read():
    """One mistake does not hide the rest of the notebook."""
    cells, _ = read('# %%[markdown]\n# x\n# %% id="b"\ny\n')
    assert [(cell.id, cell.pupil) for cell in cells] == [("b", "y")]


SHARED = st.sampled_from(["", "a = 1", "def f():", "    return a", "# 数える", "'''", "#", "####"])
GIVEN = st.sampled_from(["#>", "#> x = ...", "    #> return ...", "#>   y", '#> """'])
REGION = st.tuples(st.lists(SHARED | GIVEN, max_size=4), st.integers(1, 4))
BODY = st.lists(st.tuples(st.lists(SHARED, max_size=3), REGION), max_size=4)


def write(body) -> tuple[str, list[str], list[str], list[str]]:
    """A cell's text, and in order the lines for both, those of solutions, and those that pupils get instead."""
    lines, both, solutions, given = [], [], [], []
    for shared, (inner, count) in body:
        solution = [f"    secret_{len(solutions) + number} = 1" for number in range(count)]
        lines += [
            *shared,
            "  ### BEGIN SOLUTION",
            *solution,
            *(i for i in inner if "#>" in i),
            "### END SOLUTION",
        ]
        both += shared
        solutions += solution
        given += [i for i in inner if "#>" in i]
    return "\n".join(lines), both, solutions, given


@given(BODY)
def test_no_line_of_a_solution_reaches_a_pupil(body):
    """Whatever the mixture of shared, secret and given lines: pupils get none of the secret ones and all of the others."""
    text, both, solutions, given_lines = write(body)
    cell = code(text)
    assert not any("secret" in line for line in cell.pupil.split("\n"))
    assert "SOLUTION" not in cell.pupil + cell.teacher
    wanted = [line for line in both if line] + [line for line in given_lines if line.strip("#> ")]
    assert sum(bool(line) for line in cell.pupil.split("\n")) == len(wanted)
    assert list(cell.solution) == solutions


@given(BODY)
def test_the_teacher_gets_every_line_but_those_given_instead(body):
    """The teacher's form is the text without marks and without what stands there for pupils."""
    text, both, solutions, _ = write(body)
    teacher = code(text).teacher.split("\n")
    assert sorted(line for line in teacher if line) == sorted(line for line in both + solutions if line)


@given(st.text(st.sampled_from('# %%[markdown] id="a" >x\n\t\'BEGINSOLUTIONEND'), max_size=200))
def test_no_text_stops_the_reading(text):
    """Whatever stands in the file, the answer is cells and problems, each at a line that exists."""
    _, problems = read(text)
    assert all(1 <= line <= text.count("\n") + 1 for line, _ in problems)
