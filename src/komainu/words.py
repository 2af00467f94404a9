"""The interface's sentences in both languages, from data/words.yml: `say("ja", "minutes", n=45)`."""

from __future__ import annotations

from functools import cache
from importlib import resources

import yaml


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    return yaml.safe_load(resources.files("komainu").joinpath("data/words.yml").read_text("utf-8"))


def say(lang: str, name: str, **values: object) -> str:
    """One sentence of the interface; a name that the catalogue lacks is a bug and raises KeyError."""
    text = _catalogue()[name][lang]
    return text.format(**values) if values else text


def starting_with(lang: str, prefix: str) -> dict[str, str]:
    """All sentences whose names begin alike, by the rest of their names, for a script to fill in their values."""
    return {name.removeprefix(prefix): words[lang] for name, words in _catalogue().items() if name.startswith(prefix)}
