"""What every layer of tests uses: layer marks, and small worlds written out in the test.

In:  the folder a test stands in; a mapping of file names to contents.
Out: a mark named like the folder (`pytest -m unit`), and the folder `tree` made.
Left out on purpose: the browser and the built site (tests/browser/conftest.py).
"""

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import settings

from smallmachines.words import language

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
LAYERS = {"unit", "property", "lessons", "machines", "notebooks", "golden", "attacks", "pyodide", "office", "site", "browser", "docs", "llm"}

# The same examples every time, so that a run says something about the sources; HYPOTHESIS_PROFILE=search looks for new ones.
settings.register_profile("same", derandomize=True)
settings.register_profile("search", max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

Tree = Callable[[Mapping[str, str | bytes]], Path]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test carries the name of its layer, which is the folder it stands in."""
    for item in items:
        layer = item.path.relative_to(TESTS).parts[0] if item.path.is_relative_to(TESTS) else ""
        if layer in LAYERS:
            item.add_marker(layer)


@pytest.fixture(autouse=True)
def _the_machines_speak_japanese() -> Iterator[None]:
    """What a test made the machines speak ends with the test, whichever test runs next in the same process."""
    yield
    language("ja")


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """Writes files, `tree({"lessons/a/lesson.yml": "..."})`, and returns the folder that holds them."""

    def write(files: Mapping[str, str | bytes]) -> Path:
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path

    return write
