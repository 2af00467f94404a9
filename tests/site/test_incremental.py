"""A rebuild takes over what it can, and nobody can tell: its bytes are those of a build from nothing."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest
import yaml

from komainu import reuse, standin
from komainu.memo import Memo


def fingerprints(folder: Path) -> dict[str, str]:
    """Each file below a folder with the hash of its bytes."""
    files = (p for p in folder.rglob("*") if p.is_file())
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def from_nothing(world: Path, build) -> dict[str, str]:
    """The files of a site built from a copy of the sources that has never been built."""
    fresh = world.parent / "fresh"
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(world, fresh, symlinks=True, ignore=shutil.ignore_patterns("build"))
    build(fresh)
    return fingerprints(fresh / "build" / "site")


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_a_rebuild_after_edits_equals_a_build_from_nothing(world: Path, build) -> None:
    """One lesson's words, then a title in the navigation, then a lesson gone and a touched page: always the same bytes."""
    build(world)
    site = world / "build" / "site"
    kept = site / "en" / "lessons" / "zero-for-i-dont-know" / "index.html"
    first = kept.stat().st_ino

    replace(world / "lessons/reasonable-lies/ja.md", "\n\n", "\n\nこの文を足しました。\n")
    build(world)
    assert kept.stat().st_ino == first, "an unchanged page is taken over, not rendered again"
    assert "この文を足しました" in (site / "lessons/reasonable-lies/index.html").read_text("utf-8")
    assert fingerprints(site) == from_nothing(world, build)

    name = next(entry for entry in yaml.safe_load((world / "mkdocs.yml").read_text("utf-8"))["nav"] if entry != "index.md")
    page = world / "docs" / "en" / name
    title = next(line for line in page.read_text("utf-8").splitlines() if line.startswith("# "))
    replace(page, title, title + " and more")
    kept.write_text("somebody was here", "utf-8")
    build(world)
    assert "and more" in kept.read_text("utf-8"), "a title in the navigation is on every page"
    assert fingerprints(site) == from_nothing(world, build)


def test_nothing_changed_means_nothing_is_built(world: Path, build) -> None:
    """The site in place is the answer, unless somebody added to it."""
    build(world)
    site = world / "build" / "site"
    made = site.stat().st_ino
    build(world)
    assert site.stat().st_ino == made
    (site / "stray.html").write_text("stray", "utf-8")
    build(world)
    assert not (site / "stray.html").exists()


@pytest.mark.parametrize("found", ["", "{", "[]", '{"key": 1}', '{"key": "k", "sources": 3, "files": {}}'])
def test_a_manifest_that_cannot_be_read_is_no_manifest(tmp_path: Path, found: str) -> None:
    """Then everything is built, and nobody hears of it."""
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "site.json").write_text(found, "utf-8")
    assert reuse.last_site(tmp_path, "k") == reuse.Site()


def test_an_altered_result_is_made_again(tmp_path: Path) -> None:
    """A file that is cut short, empty or changed by one bit is not trusted, and never un-pickled."""
    memo = Memo(tmp_path)
    assert memo.get([b"a"], lambda: ["right"]) == ["right"]
    assert not list(tmp_path.iterdir()), "nothing is written while mistakes may still be found"
    memo.save()
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    for broken in (b"", whole[:10], whole[:-1], whole[:-1] + bytes([whole[-1] ^ 1]), b"\0" * 40):
        file.write_bytes(broken)
        assert Memo(tmp_path).get([b"a"], lambda: ["new"]) == ["new"]
    file.write_bytes(whole)
    assert Memo(tmp_path).get([b"a"], lambda: ["new"]) == ["right"]
    assert Memo(tmp_path).get([b"b"], lambda: ["other"]) == ["other"]


def test_stand_ins_are_put_back() -> None:
    """Words with furigana come back where they stood; a page with code keeps its own."""
    word = '<ruby class="y2">文<rp>（</rp><rt>ぶん</rt><rp>）</rp></ruby>'
    page = f"# {word}\n\n{word}と{word.replace('文', '本')}\n"
    short, words = standin.short(page)
    assert "<ruby" not in short
    assert standin.put_back(short, words) == page
    assert standin.short(page + "`code`") == (page + "`code`", [])


def test_the_manifest_names_every_file(world: Path, build) -> None:
    """Nothing of the site is missing from the manifest, so nothing added later goes unseen."""
    build(world)
    known = json.loads((world / "build/cache/site.json").read_text("utf-8"))
    assert set(known["files"]) == set(fingerprints(world / "build" / "site"))
