"""Drawings by seed, and collections of them."""

import pytest

from smallmachines import drawings, words
from smallmachines.drawings import collect, draw, mix


@pytest.fixture(autouse=True)
def japanese():
    """Every test begins and ends in Japanese."""
    words.language("ja")
    yield
    words.language("ja")


def test_both_languages_draw_the_same():
    """A Japanese and an English notebook get the same drawings from the same seed."""
    japanese = drawings.names()
    words.language("en")
    english = drawings.names()
    assert english == ["shrine", "Chinese temple", "church", "castle", "house"]
    for ja, en in zip(japanese, english, strict=True):
        assert [draw(ja, seed) for seed in range(5)] == [draw(en, seed) for seed in range(5)]
    one = collect(mix(30, japanese[0], 3, japanese), seed=4)
    two = collect(mix(30, english[0], 3, english), seed=4)
    assert [drawing for _, drawing in one] == [drawing for _, drawing in two]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: draw("寺"),
        lambda: draw(None),
        lambda: draw(["神社"]),
        lambda: collect({"神社": -1}),
        lambda: collect({"神社": 1.5}),
        lambda: collect(["神社"]),
        lambda: collect({"学校": 1}),
        lambda: collect({"神社": 5001}),
        lambda: mix(100, "神社", 101),
        lambda: mix(100, "神社", 0.01),
        lambda: mix(100, "神社", 1, others=["学校"]),
    ],
)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_wrong_input_gets_one_kind_sentence(wrong, lang):
    """Nothing a pupil hands over ends in a traceback about the inside of the machine."""
    words.language(lang)
    with pytest.raises(ValueError, match=r"ください|Choose|must be|Give") as error:
        wrong()
    assert "\n" not in str(error.value)
    assert "Traceback" not in str(error.value)


def test_mix_adds_up():
    """The amounts of a mix always add up to its total."""
    for total in (5, 100, 300, 501):
        for n in (0, 1, total // 3, total):
            amounts = mix(total, "神社", n)
            assert sum(amounts.values()) == total
            assert amounts["神社"] == n


def test_mix_without_others_has_only_the_word():
    """Who takes every other building out is left with one; nothing comes back by itself."""
    assert mix(100, "神社", 3, others=[]) == {"神社": 3}
    assert mix(100, "神社", 4, others=["家", "家", "神社"]) == {"神社": 4, "家": 96}


def test_more_of_one_word_leaves_the_others_as_they_are():
    """Two collections with the same seed differ only in what is added: a fair comparison."""
    few, many = collect({"家": 20, "神社": 5}, seed=3), collect({"家": 20, "神社": 60}, seed=3)
    assert sorted(one for one in few if one[0] == "家") == sorted(one for one in many if one[0] == "家")
    assert {one for one in few if one[0] == "神社"} <= {one for one in many if one[0] == "神社"}
