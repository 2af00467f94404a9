"""The machines' own sentences."""

import ast
import importlib
import string
from pathlib import Path

import pytest

from smallmachines import words


@pytest.fixture(autouse=True)
def japanese_again():
    yield
    words.language("ja")


def test_japanese_is_what_you_get_without_asking():
    """A notebook that names no language gets Japanese."""
    assert words.language() == "ja"


@pytest.mark.parametrize("key", sorted(words._TABLE))
def test_both_languages_have_the_same_gaps(key):
    """What a sentence says in Japanese it also says in English."""
    gaps = {
        lang: sorted(gap[1] for gap in string.Formatter().parse(text) if gap[1])
        for lang, text in words._TABLE[key].items()
    }
    assert set(gaps) == {"ja", "en"}
    assert set(gaps["ja"]) == set(gaps["en"])


def test_say_in_english():
    """After language("en") every sentence is English."""
    words.language("en")
    assert words.say("not-negative", name="m", found=-1) == "m must be a number of 0 or more (got -1)."


def test_an_unknown_language_is_told_kindly():
    """A third language is refused with the two that there are."""
    with pytest.raises(ValueError, match='"ja" か "en"'):
        words.language("fr")


def test_add_refuses_a_second_sentence_under_one_key():
    """Two modules cannot overwrite each other's sentences."""
    with pytest.raises(ValueError, match="taken"):
        words.add({"language": {"ja": "x", "en": "x"}})
    with pytest.raises(ValueError, match="ja and en"):
        words.add({"half": {"ja": "x"}})
    words._TABLE.pop("half", None)


def test_every_key_that_a_module_says_exists():
    """No error of a machine is itself an error: each key used in the code is in the table."""
    keys = set()
    for path in Path(words.__file__).parent.glob("*.py"):
        importlib.import_module(f"smallmachines.{path.stem}".removesuffix(".__init__"))
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            place = {"say": 0, "expect": 1}.get(getattr(getattr(call, "func", None), "id", None))
            if place is not None and isinstance(call.args[place], ast.Constant):
                keys.add(call.args[place].value)
    assert len(keys) > 10
    assert keys <= set(words._TABLE)


def test_long_things_are_cut_in_a_sentence():
    """A pupil who hands over a whole book does not get it back in the error."""
    assert len(words.short("あ" * 1000)) == 40
