"""The model's file cut into parts: nothing is lost, and another file than the agreed one is refused."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from komainu.llm import live, parts
from komainu.problem import Unable
from realmodel import laptop


def test_a_part_is_small_enough_for_any_host():
    """Below 20 MB, and the agreed file makes five of them."""
    assert parts.PART_BYTES < 20_000_000
    assert -(-laptop.BYTES // parts.PART_BYTES) == 5


@given(data=st.binary(min_size=1, max_size=200), size=st.integers(1, 64))
def test_laid_end_to_end_the_parts_are_the_file(tmp_path_factory, data, size):
    """Whatever the file and the size of a part; each stands under its own digest, and equal parts only once."""
    file = tmp_path_factory.mktemp("parts") / "model.gguf"
    file.write_bytes(data)
    manifest, made = parts.model_parts(file, size)
    assert b"".join(made[one["name"]] for one in manifest["parts"]) == data
    assert all(len(made[one["name"]]) == one["bytes"] <= size for one in manifest["parts"])
    assert all(hashlib.sha256(made[one["name"]]).hexdigest() == one["sha256"] for one in manifest["parts"])
    assert (manifest["bytes"], manifest["sha256"], manifest["format"]) == (len(data), hashlib.sha256(data).hexdigest(), 1)


def test_another_file_is_refused(monkeypatch, tmp_path):
    """One byte of difference, and the build stops with a sentence in both languages."""
    file = tmp_path / laptop.FILE
    file.write_bytes(b"GGUF")
    monkeypatch.setattr(laptop, "model_file", lambda: file)
    with pytest.raises(Unable) as refused:
        parts.pinned_parts()
    assert "違います" in refused.value.ja
    assert "not the one that was agreed on" in str(refused.value)


def test_without_the_file_the_build_says_how_to_get_it(monkeypatch):
    """No package, one sentence with the command."""
    from realmodel.trouble import Trouble

    def missing():
        raise Trouble("file")

    monkeypatch.setattr(laptop, "model_file", missing)
    with pytest.raises(Unable, match=r"build llm"):
        parts.pinned_parts()


def test_without_wllama_the_build_says_how_to_get_it(monkeypatch, tmp_path):
    """The same for what runs it."""
    monkeypatch.setattr(live, "pinned_parts", lambda: ({"parts": []}, {}))
    with pytest.raises(Unable, match=r"@wllama/wllama"):
        live.live(tmp_path)


def test_the_lists_for_the_browser_are_those_of_realmodel():
    """Each kind of prompt has its form; the lists that decide what is shown are whole."""
    from realmodel import curated, prompts, safety

    lists = live.lists()
    for prompt in prompts():
        form = lists["forms"][lists["kinds"][prompt.kind]]
        assert form["before"] + form["open"] + prompt.text + form["close"] == curated.whole(prompt)
        assert form["tokens"] == curated.length(prompt.kind)
    assert set(lists["shown"]) == safety.shown()
    assert len(lists["hidden"]) > 100
