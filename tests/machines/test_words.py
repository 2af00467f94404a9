"""The machines' own sentences."""

import ast
import importlib
import re
import string
from pathlib import Path

import pytest

from smallmachines import words

SOURCE = Path(words.__file__).parents[1]
FILES = [file for package in ("smallmachines", "realmodel") for file in sorted((SOURCE / package).glob("[a-z]*.py"))]
for module in FILES:
    importlib.import_module(f"{module.parent.name}.{module.stem}")  # each adds its own sentences


@pytest.fixture(autouse=True)
def japanese_again():
    yield
    words.language("ja")


def test_japanese_is_what_you_get_without_asking():
    """A notebook that names no language gets Japanese."""
    assert words.language() == "ja"


def test_the_sentences_of_all_machines_are_looked_at():
    """The tests below are about every module's sentences, not only those of `words`."""
    assert {"language", "predict-first", "data-missing", "seen-endless", "error NameError", "picture"} <= set(
        words._TABLE
    )


@pytest.mark.parametrize("key", sorted(words._TABLE))
def test_each_language_is_written_in_its_own_signs(key):
    """No English sentence was left in Japanese, and none is empty."""
    ja, en = (words._TABLE[key][lang] for lang in ("ja", "en"))
    assert ja.strip()
    assert en.strip()
    assert not re.search(r"[ぁ-んァ-ヶ一-龠。、「」]", en)


@pytest.mark.parametrize("key", sorted(words._TABLE))
def test_a_sentence_shows_its_values_as_they_are(key):
    """Braces and percent signs in what a pupil wrote stay what they are, and fill no gap."""
    names = {gap[1] for gap in string.Formatter().parse(words._TABLE[key]["ja"]) if gap[1]}
    for lang in ("ja", "en"):
        words.language(lang)
        said = words.say(key, **dict.fromkeys(names, "{x} %s {0}"))
        assert said.count("{x} %s {0}") >= len(names)


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
    for path in FILES:
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            place = {"say": 0, "expect": 1}.get(getattr(getattr(call, "func", None), "id", None))
            if place is not None and isinstance(call.args[place], ast.Constant):
                keys.add(call.args[place].value)
    assert len(keys) > 10
    assert keys <= set(words._TABLE)


def test_long_things_are_cut_in_a_sentence():
    """A pupil who hands over a whole book does not get it back in the error."""
    assert len(words.short("あ" * 1000)) == 40


class Silent:
    """A thing that cannot say what it is, as a pupil may write one."""

    def __repr__(self):
        return 1 / 0


@pytest.mark.parametrize(
    ("thing", "text"),
    [(10**5000, "<int>"), (Silent(), "<Silent>"), ([Silent()], "<list>")],
    ids=["int", "own", "list"],
)
def test_things_that_cannot_say_what_they_are_are_named_by_their_kind(thing, text):
    """The sentence about an error is never an error of its own."""
    assert words.short(thing) == text


def test_expect_raises_only_when_something_is_wrong():
    """The error carries the sentence and needs no other."""
    words.expect(True, "learn-first")
    with pytest.raises(ValueError, match="まだ何も学んでいません") as caught:
        words.expect(False, "learn-first")
    assert caught.value.kind
