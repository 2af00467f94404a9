"""How Python's library is cut in two for the browser: nothing is lost, and what pupils use comes at once."""

import doctest
import io
import json
import sys
import zipfile
from pathlib import Path

import pytest
from run import ROOT

from komainu import lab, rest
from smallmachines import language


@pytest.fixture(scope="module")
def engine() -> dict[str, bytes]:
    """The engine's files."""
    return lab.engine(ROOT)


def names(data: bytes) -> set[str]:
    """The files in a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return set(archive.namelist())


def test_the_two_halves_are_the_whole(engine: dict[str, bytes]) -> None:
    """Every file of Pyodide's library is in one of them, and none in both."""
    first, later = names(engine["python_stdlib.zip"]), names(engine["python_rest.zip"])
    whole = names((ROOT / "node_modules" / "pyodide" / "python_stdlib.zip").read_bytes())
    assert first & later == set()
    assert first | later == {f"{name}c" if name.endswith(".py") else name for name in whole if not name.endswith("/")}
    assert json.loads(engine["engine.json"])["rest"] == sorted(lab.module(name) for name in later if lab.module(name))


def test_what_pupils_use_comes_at_once(engine: dict[str, bytes]) -> None:
    """No module of the list waits, no part of a package comes before the package, and the first half is less than half."""
    later = {lab.module(name) for name in names(engine["python_rest.zip"])}
    first = {lab.module(name) for name in names(engine["python_stdlib.zip"])}
    assert later & set(rest.AT_ONCE) == set()
    assert {name.rpartition(".")[0] for name in first} <= first | {""}
    assert len(engine["python_stdlib.zip"]) < len(engine["python_rest.zip"])


def test_a_file_that_is_no_module_has_no_name() -> None:
    """The examples of the function."""
    assert doctest.testmod(lab) == (0, 1)


def test_a_module_is_fetched_once_when_it_is_first_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Packages and their parts come out of the zip; other names are none of its business; what cannot be fetched is said kindly."""
    place = tmp_path / "rest.zip"
    calls: list[str] = []

    def fetch() -> None:
        calls.append("asked")
        if len(calls) == 1:
            raise OSError("no connection")
        with zipfile.ZipFile(place, "w") as archive:
            archive.writestr("k_seldom/__init__.py", "found = 6")
            archive.writestr("k_seldom/part.py", "found = 7")

    monkeypatch.setattr(rest, "PLACE", str(place))
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path])
    rest.install(["k_seldom", "k_seldom.part"], fetch)
    language("en")
    with pytest.raises(ModuleNotFoundError, match="k_seldom of Python could not be fetched") as told:
        import k_seldom
    assert told.value.kind
    assert len(calls) == 1
    import k_seldom.part

    assert (k_seldom.found, k_seldom.part.found, len(calls)) == (6, 7, 2)
    with pytest.raises(ModuleNotFoundError, match="No module named 'k_never'"):
        import k_never  # noqa: F401
    for name in ("k_seldom", "k_seldom.part"):
        del sys.modules[name]
