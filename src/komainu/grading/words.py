"""The sentences of gradebook, feedback and class page in both languages, from data/grading.yml: `say("ja", "s_ok")`."""

from __future__ import annotations

from functools import cache
from importlib import resources

import yaml


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Every sentence by its name: {ja, en}."""
    return yaml.safe_load(resources.files("komainu").joinpath("data/grading.yml").read_text("utf-8"))


def say(lang: str, key: str, /, **values: object) -> str:
    """One sentence; a key that the catalogue lacks is a bug and raises KeyError."""
    text = catalogue()[key][lang]
    return text.format(**values) if values else text


def note(lang: str, name: str, cells: list[str]) -> str:
    """A note for the teacher with the cells it is about."""
    return say(lang, f"n_{name}", cells=", ".join(cells))
