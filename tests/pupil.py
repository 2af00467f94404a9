"""A pupil at work: cells in, what the notebook shows out.

In:  the sources of some cells, and the notebook's language.   Out: for each cell its text, or its error in sentences.
The cells run in this Python, one namespace for all, as the author tools and the browser run them.
"""

from dataclasses import dataclass

from komainu.runner import run

START = """\
import smallmachines
from smallmachines.checking import check
from smallmachines.notes import compare, explain, predict
smallmachines.start({lang!r})
"""


@dataclass
class Seen:
    """What one cell showed."""

    text: str
    """What was printed and what the last line gave, as text."""
    data: dict
    """The forms of what the last line gave."""
    error: str
    """The name of the error; empty when there was none."""
    sentences: list[str]
    """What is said about the error."""


def notebook(*cells: str, lang: str = "ja") -> list[Seen]:
    """What each cell shows, after a first cell that imports the pupils' functions."""
    results: list[dict] = []
    run(
        [{"id": f"c{n}", "source": source} for n, source in enumerate((START.format(lang=lang), *cells))],
        results.append,
    )
    assert results[0]["error"] is None
    return [_seen(result) for result in results[1:]]


def last(*cells: str, lang: str = "ja") -> Seen:
    """What the last of these cells shows."""
    return notebook(*cells, lang=lang)[-1]


def _seen(result: dict) -> Seen:
    text = "\n".join(output.get("text") or output["data"]["text/plain"] for output in result["outputs"])
    error = result["error"] or {"name": "", "sentences": []}
    data = next((output["data"] for output in result["outputs"] if "data" in output), {})
    return Seen(text, data, error["name"], error["sentences"])
