"""Files that cannot be read give one clear problem each, and never a traceback."""

import json
import os
from importlib import resources

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from komainu.files import LIMIT_BYTES, parse_yaml, read_text, read_yaml, schema_format
from komainu.load import load
from komainu.markup import HEADING, numbered, outline, split
from komainu.problem import Report
from world import TODAY, world

SCHEMAS = ("lesson", "quiz", "skillset", "frameworks", "sources", "glossary", "trace")
BOMB = "a: &a [x, x]\n" + "".join(f"{new}: &{new} [*{old}, *{old}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True))
TROUBLE = {
    "nothing": ("", "yaml-not-mapping", 1),
    "comments only": ("# nothing\n", "yaml-not-mapping", 1),
    "a list": ("- 1\n- 2\n", "yaml-not-mapping", 1),
    "one word": ("hello\n", "yaml-not-mapping", 1),
    "an open quote": ('format: 1\nid: "x\n', "yaml-syntax", 2),
    "an open bracket": ("format: 1\nid: [x\n", "yaml-syntax", 2),
    "a tab as indentation": ("format: 1\nminutes:\n\tfull: 45\n", "yaml-syntax", 3),
    "a colon without a space after a colon": ("format: 1\nid: a: b\n", "yaml-syntax", 2),
    "two documents": ("format: 1\n---\nformat: 1\n", "yaml-syntax", 2),
    "an alias bomb": (BOMB, "yaml-alias", 1),
    "a list that holds itself": ("a: &a [*a]\n", "yaml-alias", 1),
    "a key twice": ("format: 1\nid: a\nid: b\n", "yaml-duplicate-key", 3),
    "a key twice, once in quotes": ('id: a\n"id": b\n', "yaml-duplicate-key", 2),
    "a Python object": ("a: !!python/object/apply:os.getcwd []\n", "yaml-tag", 1),
    "a truth that is none": ("a: !!bool x\n", "yaml-tag", 1),
    "bytes": ("a: !!binary aGk=\n", "yaml-tag", 1),
    "a mapping as a key": ("? {a: b}\n: c\n", "yaml-key", 1),
    "10,000 brackets": ("a: " + "[" * 10_000, "yaml-deep", 1),
    "10,000 brackets, closed": ("a: " + "[" * 10_000 + "]" * 10_000, "yaml-deep", 1),
    "1,000,000 brackets": ("a: " + "[" * 1_000_000, "yaml-deep", 1),
    "10,000 dashes": ("- " * 10_000, "yaml-deep", 1),
    "100 levels of indentation": ("".join(" " * n + "a:\n" for n in range(100)), "yaml-deep", 21),
}
FORMATS = {
    "older": ("format: 0\n", "format-unknown", 1),
    "newer": ("# made by a newer one\nformat: 2\n", "format-too-new", 2),
    "absent": ("points: []\n", "format-unknown", 1),
    "text": ('format: "1"\n', "format-unknown", 1),
    "true": ("format: true\n", "format-unknown", 1),
    "a list": ("format: [1]\n", "format-unknown", 1),
    "a fraction": ("format: 1.5\n", "format-unknown", 1),
    "huge": ("format: " + "9" * 5000 + "\n", "format-unknown", 1),
}
SOME_YAML = st.lists(
    st.sampled_from(["a", "b: ", "- ", "\n", "  ", "{", "}", "[", "]", ",", ": ", "&a ", "*a", "!!int ", "!", "|", ">", '"', "'", "?", "#", "1", "0x", "~", "---", "%", "\t", "\\u"])
    | st.text(max_size=3),
    max_size=30,
).map("".join)
SOME_MARKDOWN = st.lists(
    st.sampled_from(["# ", "## a {#b}", "###### ", "\n", "\n\n", "```", "~~~", "    ", "- ", "1. ", "> ", "| a | b |", "|---|", "[a](b)", "![", "](", ")", "{write 2}", "!!! note", "<b>", "<!--", "`", "*", "\\", "[a]: b", "===", "---"])
    | st.text(max_size=3),
    max_size=30,
).map("".join)


def found_in(text: str) -> tuple[object, list[tuple[str, int]]]:
    report = Report()
    plain = parse_yaml("x.yml", text, report)
    return plain, [(problem.rule, problem.line) for problem in report]


@pytest.mark.parametrize(("text", "rule", "line"), TROUBLE.values(), ids=TROUBLE)
def test_yaml_that_cannot_be_used(text, rule, line):
    """One problem, at its line."""
    assert found_in(text) == (None, [(rule, line)])


@pytest.mark.parametrize(("text", "rule", "line"), FORMATS.values(), ids=FORMATS)
def test_format_that_does_not_fit(tree, text, rule, line):
    """Another version of the format is the only thing said about a file."""
    report = Report()
    assert read_yaml(tree({"trace.yml": text}), "trace.yml", "trace", report) is None
    assert [(problem.rule, problem.line) for problem in report] == [(rule, line)]


def test_special_words_are_few():
    """Only true, false, null and decimal numbers are not text: no yes, no octal, no time in base sixty."""
    plain, _ = found_in("a: [true, null, 12, -1.5, yes, no, On, 010, 0x1F, 1_000, 1:30, 2026-11-23, .inf, 1e3, =, <<, '1', TRUE]\n")
    words = ["yes", "no", "On", "010", "0x1F", "1_000", "1:30", "2026-11-23", ".inf", "1e3", "=", "<<", "1", "TRUE"]
    assert plain.data == {"a": [True, None, 12, -1.5, *words]}


def test_values_know_their_lines():
    """Keys, items and values are found at their own lines, anything below them at the nearest known line."""
    plain, _ = found_in("a:\n  - b: 1\n    c: 2\n  -\n    d:\n      3\n")
    assert [plain.line("a", 0, "c"), plain.line("a", 1), plain.line("a", 1, "d"), plain.line("a", 0, "x", "y"), plain.line("z")] == [3, 5, 5, 2, 1]


@pytest.mark.parametrize(
    ("raw", "text"),
    [(b"\xef\xbb\xbfa\n", "a\n"), (b"a\r\nb\r\n", "a\nb\n"), (b"a\rb", "a\nb"), (b"", ""), ("狛犬\t\n".encode(), "狛犬\t\n")],
    ids=["byte-order mark", "Windows", "old Mac", "empty", "Japanese"],
)
def test_text_is_read_alike_from_every_editor(tree, raw, text):
    """Byte-order marks and kinds of line ends make no difference."""
    report = Report()
    assert read_text(tree({"a.md": raw}), "a.md", report) == text
    assert not report


@pytest.mark.parametrize(
    ("raw", "rule", "line"),
    [
        (b"a\nb\xff", "file-encoding", 2), ("狛犬".encode("cp932"), "file-encoding", 1), ("犬".encode("utf-16"), "file-encoding", 1),
        (b"a\n\nb\0", "file-control", 3), (b"\x1b[31m", "file-control", 1), (b"a\xed\xa0\x80", "file-encoding", 1),
    ],
    ids=["a byte", "Shift JIS", "UTF-16", "NUL", "escape", "half a sign"],
)
def test_text_that_is_none(tree, raw, rule, line):
    """Other encodings and control characters are one problem, at their line."""
    report = Report()
    assert read_text(tree({"a.md": raw}), "a.md", report) is None
    assert [(problem.rule, problem.line) for problem in report] == [(rule, line)]


def _missing(file):
    pass


def _folder(file):
    file.mkdir()


def _sparse(file):
    with file.open("wb") as out:
        out.truncate(50_000_000)


def _loop(file):
    file.symlink_to(file.name)


def _nowhere(file):
    file.symlink_to("nowhere.yml")


def _pipe(file):
    os.mkfifo(file)


@pytest.mark.parametrize(
    ("make", "rule"),
    [
        (_missing, "file-missing"), (_folder, "file-is-folder"), (_sparse, "file-too-large"), (_loop, "file-unreadable"),
        (_nowhere, "file-missing"), (_pipe, "file-is-folder"),
    ],
)
def test_things_that_are_no_files(tmp_path, make, rule):
    """What stands where a file should be is named, whatever it is, and is not opened."""
    root = world(tmp_path, {"lessons/trace.yml": None})
    make(root / "lessons" / "trace.yml")
    problems = [p for p in load(root, TODAY)[1] if p.level != "gap"]
    assert [(p.path, p.line, p.rule) for p in problems] == [("lessons/trace.yml", 1, rule)]


def test_file_without_permission(tree, monkeypatch):
    """A file that may not be read is one problem; root may read everything, so the system's answer is played."""
    root = tree({"a.md": "a"})

    def refuse(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(root), "read_bytes", refuse)
    report = Report()
    assert read_text(root, "a.md", report) is None
    assert [(p.rule, dict(p.values)) for p in report] == [("file-unreadable", {"why": "Permission denied"})]


def test_lesson_without_permission(tmp_path, monkeypatch):
    """A lesson's file that may not be read is one problem, and what it would hold is no second one."""
    root = world(tmp_path)
    read = type(root).read_bytes

    def refuse(self):
        if self.name == "quiz.yml" and self.parent.name == "votes":
            raise PermissionError(13, "Permission denied")
        return read(self)

    monkeypatch.setattr(type(root), "read_bytes", refuse)
    problems = [p for p in load(root, TODAY)[1] if p.level != "gap"]
    assert [(p.path, p.line, p.rule) for p in problems] == [("lessons/votes/quiz.yml", 1, "file-unreadable")]


def test_largest_file_is_still_read(tree):
    """The limit itself is allowed."""
    report = Report()
    assert len(read_text(tree({"a.md": "a" * LIMIT_BYTES}), "a.md", report)) == LIMIT_BYTES
    assert not report.problems


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_refuse_unknown_keys_everywhere(name):
    """A key with a typing mistake is found at every depth: each mapping lists its keys or says what its values are."""

    def mappings(schema):
        if isinstance(schema, dict):
            if schema.get("type") == "object":
                yield schema
            for value in schema.values():
                yield from mappings(value)

    schema = json.loads(resources.files("komainu").joinpath(f"schemas/{name}.json").read_text("utf-8"))
    assert schema_format(name) == 1
    assert all("additionalProperties" in mapping for mapping in mappings(schema))


@given(SOME_YAML | st.text())
def test_yaml_never_raises(text):
    """Whatever stands in a file, it is data or one problem, and its sentences can be said."""
    plain, problems = found_in(text)
    assert (plain is None) == (len(problems) == 1)
    if plain is not None:
        json.dumps(plain.data)
        last = text.count("\n") + text.count("\r") + text.count("\x85") + text.count("\u2028") + text.count("\u2029") + 1
        assert all(1 <= line <= last for line in plain.lines.values())


@given(st.sampled_from(SCHEMAS), SOME_YAML | st.dictionaries(st.text(max_size=5), st.none() | st.booleans() | st.integers(0, 9) | st.text(max_size=5)).map(yaml.safe_dump))
def test_schemas_never_raise(tmp_path_factory, name, text):
    """Whatever data a file holds, what does not fit is a problem with sentences in both languages."""
    root = tmp_path_factory.getbasetemp()
    (root / "any.yml").write_text(f"format: 1\n{text}", "utf-8", errors="replace", newline="\n")
    report = Report()
    assert read_yaml(root, "any.yml", name, report) is None
    assert all(problem.sentence(lang) for problem in report for lang in ("ja", "en"))


@given(SOME_MARKDOWN | st.text())
def test_markdown_never_raises(text):
    """Whatever stands in a text, it has an outline whose lines are lines of the text."""
    last = text.count("\n") + text.count("\r") + 1
    found = outline(text)
    assert all(1 <= line <= last for _, line in found.shape)
    assert all(1 <= link.line <= last for link in (*found.links, *found.images))


@given(SOME_MARKDOWN)
def test_headings_stand_where_split_says(text):
    """Every heading of a text is found once, in order, at its line, with its text from its text line on."""
    lines = text.split("\n")
    headings = [heading for top in split(text) for heading in top.walk()]
    titles = [(h.line, h.level, h.title, h.ident) for h in headings if h.level]
    matches = [(number, HEADING.match(line)) for number, line, fenced in numbered(text) if not fenced]
    assert titles == [(number, len(match[1]), match[2], match[3] or "") for number, match in matches if match]
    for heading in headings:
        if heading.text:
            own = lines[heading.text_line - 1 : heading.text_line + heading.text.count("\n")]
            assert "\n".join(own).rstrip() == heading.text


@given(SOME_MARKDOWN)
def test_heading_can_be_written_again(text):
    """A heading written as its source and split again is the same heading."""
    for top in split(text):
        for heading in top.walk():
            if heading.level and heading.title and not heading.title.endswith(" "):
                (again,) = split(heading.source())
                assert (again.level, again.title, again.ident) == (heading.level, heading.title, heading.ident)
