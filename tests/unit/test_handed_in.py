"""What is handed in is read, whatever it is: each file becomes a submission with a status, and nothing is ever unpacked."""

import io
import json
import os
import stat
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handing import exercise, handed, put
from komainu.grading import handed_in as module
from komainu.grading import unpacking
from komainu.grading.handed_in import decoded, handed_in, parsed
from komainu.grading.pupils import defused, file_names, pupil
from komainu.grading.words import catalogue

RIGHT = handed("i-dont-know")
RAW = json.dumps(RIGHT, ensure_ascii=False).encode()


def read(folder, **by_file):
    """Hand in these files; file name -> submission."""
    return {one.path: one for one in handed_in(put(folder, by_file) if by_file else folder, "i-dont-know")}


def statuses(folder, files):
    """The statuses of what is handed in."""
    return {one.path: one.status for one in handed_in(put(folder, files), "i-dont-know")}


def zipped(files: dict[str, bytes], **options) -> bytes:
    """A zip of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", **options) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


# --- one file ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"", "empty"), (b" \r\n", "empty"), (b"\xef\xbb\xbf", "empty"), (b"{", "not-json"), (RAW[:-200], "not-json"), (b"hello", "not-notebook"),
        (b"{\"cells\": [\"\xe3\x81", "not-json"), (b"[]", "not-notebook"), (b'{"a": 1}', "not-notebook"), (b'{"cells": [], "nbformat": "4"}', "not-notebook"),
        (b'{"worksheets": [], "nbformat": 3}', "old-notebook"), (b'{"cells": [], "nbformat": 3}', "old-notebook"),
        (b'{"cells": [], "nbformat": 4, "x": ' + b"[" * 100_000, "not-json"), (b"[" * 600_000, "too-large"),
        (b'{"cells": [' + b"1," * 2_001 + b'1], "nbformat": 4}', "too-large"), (b'{"cells": [], "nbformat": 4, "n": ' + b"9" * 9000 + b"}", "not-json"),
        (b'{"cells": "\x81\x00', "encoding"), (b"\xff\xfe\x00", "encoding"),
    ],
)  # fmt: skip
def test_what_is_no_notebook_says_why(tmp_path, raw, status):
    """Each bad file is a status, never an exception and never 0 points."""
    (one,) = handed_in(put(tmp_path, {"a.ipynb": raw}), "i-dont-know")
    assert (one.status, one.parts) == (status, ())


@pytest.mark.parametrize(
    ("coding", "notes"),
    [("utf-8", ()), ("utf-8-sig", ()), ("utf-16", ("utf-16",)), ("utf-16-le", ("utf-16",)), ("utf-16-be", ("utf-16",)), ("cp932", ("cp932",))],
)
def test_other_encodings_are_read_and_told(tmp_path, coding, notes):
    """A notebook that an editor saved in another encoding is read as it was meant."""
    plain = handed("i-dont-know", "pupil", my_threshold="my_threshold = 0.7  # 予想")
    plain["cells"] = [one for one in plain["cells"] if one["id"] == "my-threshold"]
    raw = json.dumps(plain, ensure_ascii=False).encode(coding)
    (one,) = handed_in(put(tmp_path, {"a.ipynb": raw}), "i-dont-know")
    assert (one.status, one.notes, one.parts[0].source) == ("", notes, "my_threshold = 0.7  # 予想")


def test_strange_cells_are_read_as_far_as_they_go(tmp_path):
    """Cells that are no cells, sources that are no text, halves of signs: none of them stops the reading."""
    cells = [1, None, {}, {"cell_type": "code", "source": [1, "x = 1\r\n", "y"]}, {"cell_type": 3, "id": [], "source": "\ud800\0"}]
    raw = json.dumps({"cells": cells, "nbformat": 4, "metadata": {"komainu": [1]}}).encode()
    (one,) = handed_in(put(tmp_path, {"a.ipynb": raw}), "i-dont-know")
    assert [part.source for part in one.parts] == ["", "x = 1\ny", "??"]
    assert (one.status, one.exercise, one.version) == ("", "", 0)


def test_the_metadata_of_the_exercise_page_is_understood(tmp_path):
    """Exercise, edition, language and reader stand in the notebook; a nickname may."""
    named = handed("i-dont-know")
    named["metadata"]["komainu"]["nickname"] = "はな"
    (one,) = handed_in(put(tmp_path, {"i-dont-know.ipynb": named}), "i-dont-know")
    assert (one.exercise, one.version, one.language, one.reader, one.pupil.name) == ("i-dont-know", 1, "ja", "pupil", "はな")


def test_every_status_and_note_has_its_sentence():
    """Whatever becomes of a file, the teacher is told in both languages."""
    schema = json.loads((module.Path(module.__file__).parents[1] / "schemas" / "results.json").read_text("utf-8"))
    named = schema["properties"]["submissions"]["items"]["properties"]["status"]["enum"]
    assert {f"s_{status}" for status in named} == {name for name in catalogue() if name.startswith("s_")}
    assert all(set(words) == {"ja", "en"} and all(words.values()) for words in catalogue().values())


@given(st.binary(max_size=200) | st.text().map(str.encode))
def test_reading_never_raises(raw):
    """Whatever the bytes, there is a notebook or a reason."""
    text, _, status = decoded(raw)
    notebook, why = (None, status) if status else parsed(text)
    assert (notebook is None) == bool(why)


# --- folders and zips ----------------------------------------------------------------------------


def test_folders_zips_and_zips_in_zips_are_read(tmp_path):
    """However a platform packs what it collected, every notebook is found."""
    inner = zipped({"c.ipynb": RAW, "__MACOSX/._c.ipynb": b"x", ".DS_Store": b"x"})
    files = {"a.ipynb": RAW, "1組/b.ipynb": RAW, "all.zip": zipped({"x/inner.zip": inner}), ".ipynb_checkpoints/a.ipynb": RAW, "Thumbs.db": b"x"}
    assert statuses(tmp_path, files) == {"a.ipynb": "", "1組/b.ipynb": "", "all.zip/x/inner.zip/c.ipynb": ""}


def test_a_single_file_and_a_single_zip_can_be_handed_in(tmp_path):
    """It need not be a folder."""
    put(tmp_path, {"a.ipynb": RAW, "b.zip": zipped({"c.ipynb": RAW})})
    assert [one.path for one in handed_in(tmp_path / "a.ipynb", "i-dont-know")] == ["a.ipynb"]
    assert [one.path for one in handed_in(tmp_path / "b.zip", "i-dont-know")] == ["b.zip/c.ipynb"]


def test_names_that_windows_wrote_are_read(tmp_path):
    """A zip made in Japan often has names in cp932, also such whose second byte is a backslash."""
    raw = zipped({"AAAAAAAA.ipynb": RAW}).replace(b"AAAAAAAA.ipynb", "表ソ能力.ipynb".encode("cp932"))
    assert list(statuses(tmp_path, {"a.zip": raw})) == ["a.zip/表ソ能力.ipynb"]


def test_paths_in_a_zip_are_only_names(tmp_path):
    """Whatever a path claims, nothing is written, and what is shown is harmless."""
    raw = zipped({"../../evil.ipynb": RAW, "/etc/x.ipynb": RAW, "C:\\y.ipynb": RAW, "a\nb.ipynb": RAW})
    assert set(statuses(tmp_path / "in", {"z.zip": raw})) == {"z.zip/evil.ipynb", "z.zip/etc/x.ipynb", "z.zip/y.ipynb", "z.zip/a?b.ipynb"}
    assert [p.name for p in sorted(tmp_path.rglob("*"))] == ["in", "z.zip"]
    assert not (tmp_path.parent / "evil.ipynb").exists()


def test_links_are_not_followed(tmp_path):
    """A link to somewhere else is named and not read, in a folder and in a zip."""
    secret = tmp_path / "secret.ipynb"
    secret.write_bytes(RAW)
    info = zipfile.ZipInfo("link.ipynb")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    folder = put(tmp_path / "in", {"z.zip": zipped({"a.ipynb": RAW})})
    with zipfile.ZipFile(folder / "z.zip", "a") as archive:
        archive.writestr(info, "/etc/passwd")
    (folder / "l.ipynb").symlink_to(secret)
    (folder / "up").symlink_to(tmp_path, target_is_directory=True)
    os.mkfifo(folder / "pipe.ipynb")
    assert statuses(folder, {}) == {"z.zip/a.ipynb": "", "z.zip/link.ipynb": "link", "l.ipynb": "link", "up": "link", "pipe.ipynb": "unreadable"}


def test_bombs_do_not_go_off(tmp_path, monkeypatch):
    """A zip that would fill the memory is stopped while it is read, whatever it says about its size."""
    monkeypatch.setattr(unpacking, "LARGEST", 100_000)
    raw = zipped({f"{n}.ipynb": b" " * 90_000 for n in range(9)} | {"big.ipynb": b" " * 200_000}, compression=zipfile.ZIP_DEFLATED)
    assert statuses(tmp_path / "a", {"z.zip": raw})["z.zip/big.ipynb"] == "too-large"
    at = raw.index(b"PK\x01\x02", raw.rindex(b"8.ipynb") - 60)
    lying = raw[: at + 24] + struct.pack("<I", 10) + raw[at + 28 :]
    assert "zip-broken" in statuses(tmp_path / "b", {"z.zip": lying}).values()
    monkeypatch.setattr(unpacking._Room, "__init__", lambda self: self.__dict__.update(bytes=300_000, files=100))
    found = statuses(tmp_path / "c", {"z.zip": raw})
    assert "zip-bomb" in found.values()
    monkeypatch.setattr(unpacking._Room, "__init__", lambda self: self.__dict__.update(bytes=10**9, files=5))
    assert list(statuses(tmp_path / "d", {"z.zip": raw}).values()).count("too-many") == 1


def test_broken_locked_and_endless_zips_are_told(tmp_path):
    """Each is one status; the files beside it are read all the same."""
    raw = zipped({"a.ipynb": RAW})
    for _ in range(4):
        raw = zipped({"n.zip": raw})
    locked = bytearray(zipped({"a.ipynb": RAW}))
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    found = statuses(tmp_path, {"deep.zip": raw, "broken.zip": b"PK\x03\x04no", "locked.zip": bytes(locked), "a.ipynb": RAW})
    assert found == {"deep.zip/n.zip/n.zip/n.zip": "zip-deep", "broken.zip": "zip-broken", "locked.zip/a.ipynb": "zip-locked", "a.ipynb": ""}


def test_large_files_are_not_opened(tmp_path):
    """Two hundred megabytes are a status at once."""
    with (tmp_path / "a.ipynb").open("wb") as file:
        file.truncate(200_000_000)
    assert statuses(tmp_path, {}) == {"a.ipynb": "too-large"}


def test_other_files_are_accounted_for(tmp_path):
    """A report in PDF is not lost: the teacher sees that it is there."""
    assert statuses(tmp_path, {"感想.pdf": b"%PDF", "a.ipynb.txt": RAW}) == {"感想.pdf": "not-notebook", "a.ipynb.txt": ""}


# --- whose it is ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("i-dont-know_はな.ipynb", "はな"), ("i-dont-know_はな (1).ipynb", "はな"), ("i-dont-know.ipynb", ""), ("05_山田花.ipynb", "05 山田花"),
        ("１－２－０５ 山田.ipynb", "1-2-05 山田"), ("3年2組15番_佐藤.ipynb", "3-2-15 佐藤"), ("05佐藤 のコピー.ipynb", "05 佐藤"),
        ("山田 花_1234_assignsubmission_file_/i-dont-know.ipynb", "山田 花"), ("山田 花_1234_assignsubmission_file_a.ipynb", "山田 花"),
        ("yamadahana_LATE_321_654321_i-dont-know.ipynb", "yamadahana"), ("提出/山田 花/課題/Version 2/i-dont-know.ipynb", "山田 花"),
        ("all.zip/佐藤/i-dont-know-ja.ipynb", "佐藤"), ("=cmd|'calc'!A0.ipynb", "=cmd|'calc'!A0"), ("コピー 〜 i-dont-know_はな.ipynb", "はな"),
    ],
)  # fmt: skip
def test_names_are_read_from_files(path, label):
    """The ways in which schools collect files, one a row."""
    assert pupil(path, "i-dont-know").label == label


def test_of_several_tries_the_newest_readable_one_counts(tmp_path):
    """All are accounted for; an unreadable newest one does not hide a good one."""
    folder = put(tmp_path, {"i-dont-know_a.ipynb": RAW, "i-dont-know_a (1).ipynb": handed("i-dont-know", "pupil"), "i-dont-know_a (2).ipynb": b"{"})
    for at, name in enumerate(("i-dont-know_a (1).ipynb", "i-dont-know_a.ipynb", "i-dont-know_a (2).ipynb")):
        os.utime(folder / name, (1_000_000 + at, 1_000_000 + at))
    found = handed_in(folder, "i-dont-know")
    assert [(one.path, one.counts, one.tries) for one in found] == [
        ("i-dont-know_a (1).ipynb", False, 3), ("i-dont-know_a (2).ipynb", False, 3), ("i-dont-know_a.ipynb", True, 3),
    ]  # fmt: skip


def test_formulas_are_defused():
    """No name begins a formula in a spreadsheet."""
    assert [defused(text) for text in ("=1", "+1", "-1", "@a", "\t=1", " =1", "＝1", "a=1")] == ["'=1", "'+1", "'-1", "'@a", "'\t=1", "' =1", "'＝1", "a=1"]


def test_file_names_are_different_and_possible_everywhere():
    """Names that are the same to a system get numbers; names that a system forbids are changed."""
    assert file_names(["Hana", "hana", "", "con", "a/b:c", "=1"]) == ["Hana", "hana-2", "pupil", "_con", "a_b_c", "1"]


def test_an_exercise_of_its_own_is_at_hand():
    """The tests stand on the real exercises."""
    assert exercise("i-dont-know").questions
