"""The tables beside a notebook, read into lists: what is there, what is not, and names that lead elsewhere."""

import pytest

from pupil import last
from smallmachines import data, words


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A notebook's folder with its data, and nothing held in memory."""
    (tmp_path / "data").mkdir()
    for name, text in {
        "pets.csv": 'name,kind\nポチ,犬\n"タマ, 三世",ねこ\n',
        "pets.tsv": "name\tkind\nポチ\t犬, 大きい\n",
        "words.txt": "犬\n\n  \nねこ 三びき\n",
        "facts.json": '{"犬": ["ポチ"], "数": 2}',
        "empty.csv": "",
        "broken.json": "{",
    }.items():
        (tmp_path / "data" / name).write_text(text, "utf-8")
    (tmp_path / "secret.txt").write_text("x", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(data, "held", {})
    yield tmp_path
    words.language("ja")


def test_rows_of_a_table():
    """Each row is a dict with the heads as keys; quotation marks hold a comma together."""
    assert data.rows("pets.csv") == [{"name": "ポチ", "kind": "犬"}, {"name": "タマ, 三世", "kind": "ねこ"}]


def test_rows_with_tabs():
    """A file that ends in .tsv is cut at its tabs only."""
    assert data.rows("pets.tsv") == [{"name": "ポチ", "kind": "犬, 大きい"}]


def test_lines_leave_out_the_empty_ones():
    """A line that holds only blanks is empty."""
    assert data.lines("words.txt") == ["犬", "ねこ 三びき"]


def test_facts_and_whole_texts():
    """JSON as Python's own lists and dicts; a text as it is."""
    assert data.facts("facts.json") == {"犬": ["ポチ"], "数": 2}
    assert data.text("words.txt") == "犬\n\n  \nねこ 三びき\n"


def test_an_empty_table_has_no_rows():
    """Nothing is there, and that is no mistake."""
    assert data.rows("empty.csv") == []
    assert data.lines("empty.csv") == []


def test_where_there_are_no_files_the_texts_are_held():
    """In a page without files the same names give the same texts, also when the folder has another."""
    data.held["pets.csv"] = "name,kind\nミケ,ねこ\n"
    assert data.rows("pets.csv") == [{"name": "ミケ", "kind": "ねこ"}]


@pytest.mark.parametrize("function", ["rows", "lines", "facts", "text"])
@pytest.mark.parametrize(
    ("lang", "says"),
    [("ja", "data フォルダーに pet.csv がありません"), ("en", "There is no pet.csv in the folder data")],
)
def test_a_file_that_is_not_there_is_told_kindly(function, lang, says):
    """A slip in a name is one sentence with the pupil's own line."""
    seen = last(f"from smallmachines.data import {function}\n{function}('pet.csv')", lang=lang)
    assert says in seen.sentences[0]
    assert seen.sentences[1].endswith(f"{function}('pet.csv')")


@pytest.mark.parametrize(
    "name",
    [
        "'../secret.txt'",
        "'data/pets.csv'",
        "'/etc/passwd'",
        "'C:pets.csv'",
        "'a\\\\b'",
        "''",
        "3",
        "None",
        "...",
        "['pets.csv']",
        "b'pets.csv'",
    ],
)
def test_a_name_is_a_name_and_no_way(name):
    """Only what lies in the folder data is read, by its bare name."""
    seen = last(f"from smallmachines.data import text\ntext({name})")
    assert seen.error == "ValueError"
    assert seen.sentences[0].startswith("data フォルダーの中のファイル名を書いてください(")


@pytest.mark.parametrize("name", ["'.'", "'..'", "'x' * 300", "'a\\0b'"])
def test_odd_names_are_no_traceback(name):
    """Whatever the name, the answer is one sentence and the pupil's line."""
    seen = last(f"from smallmachines.data import text\ntext({name})")
    assert len(seen.sentences) == 2
    assert "text(" in seen.sentences[1]


def test_a_file_that_is_not_what_its_name_says_shows_the_pupils_line():
    """A broken file is the teacher's to mend; the pupil reads where it was asked for."""
    assert (
        last("from smallmachines.data import facts\nfacts('broken.json')").sentences[1]
        == "2 行目: facts('broken.json')"
    )


@pytest.mark.parametrize("ends", ["\r\n", "\n"])
def test_line_ends_of_every_system(folder, ends):
    """A table saved on Windows has the same rows."""
    (folder / "data/w.csv").write_bytes(f"a,b{ends}1,2{ends}".encode())
    assert data.rows("w.csv") == [{"a": "1", "b": "2"}]
