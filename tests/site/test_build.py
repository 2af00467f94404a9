"""What a build promises: the same bytes twice, nothing outside build/, and the last good site until the new one is whole."""

import hashlib
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from browser.serving import SUB_PATH
from built import environment

LIMIT_S = 60


def fingerprints(folder: Path) -> dict[str, str]:
    """Each file below a folder with the hash of its bytes; links are not followed."""
    files = (p for p in folder.rglob("*") if p.is_file() and not p.is_symlink() and "node_modules" not in p.parts)
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def outside_build(root: Path) -> dict[str, str]:
    return {path: mark for path, mark in fingerprints(root).items() if not path.startswith("build/")}


def test_the_same_sources_give_the_same_bytes(world: Path, build) -> None:
    """Twice from nothing: every file is the same; the sources stay untouched and nothing stands beside build/."""
    before = outside_build(world)
    build(world)
    first = fingerprints(world / "build" / "site")
    assert len(first) > 60
    (world / "build").rename(world.parent / "kept")
    build(world)
    again = fingerprints(world / "build" / "site")
    differing = {path for path in first.keys() | again.keys() if first.get(path) != again.get(path)}
    assert not differing
    assert outside_build(world) == before


def test_a_mistake_in_the_sources_stops_the_build_before_it_writes(world: Path, build) -> None:
    """Exit 1, the place and both languages on the screen, and no folder build/ at all."""
    file = world / "lessons" / "reasonable-lies" / "lesson.yml"
    file.write_text(file.read_text("utf-8").replace("stage: jhs", "stage: nowhere"), "utf-8")
    done = build(world, code=1)
    assert "lessons/reasonable-lies/lesson.yml:" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert not (world / "build").exists()


def test_a_mistake_leaves_the_last_good_site(world: Path, build) -> None:
    """Whoever looks at the site while an author errs sees the site of before."""
    good = a_small_site(world)
    (world / "lessons" / "glossary.yml").write_text("terms: [\n", "utf-8")
    build(world, code=1)
    assert fingerprints(world / "build" / "site") == good


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("moment", ["site.new/index.html", "site.new/pagefind"])
def test_a_build_that_is_killed_leaves_the_last_good_site(world: Path, build, moment: str) -> None:
    """Killed while MkDocs writes or the index is made: the old site stands, the next build succeeds."""
    good = a_small_site(world)
    running = subprocess.Popen(
        [sys.executable, "-m", "komainu", "--root", world, "build"],
        env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    end = time.monotonic() + LIMIT_S
    while not (world / "build" / moment).exists() and running.poll() is None and time.monotonic() < end:
        time.sleep(0.002)
    assert running.poll() is None, running.stdout.read().decode()
    os.kill(running.pid, signal.SIGKILL)
    running.wait(10)
    running.stdout.close()
    assert fingerprints(world / "build" / "site") == good
    if moment.endswith("pagefind"):
        build(world)
        assert "good.html" not in fingerprints(world / "build" / "site")
        assert not (world / "build" / "site.new").exists()


def a_small_site(world: Path) -> dict[str, str]:
    """A site of before, small enough to be told from a new one."""
    site = world / "build" / "site"
    site.mkdir(parents=True)
    (site / "good.html").write_text("the last good site", "utf-8")
    return fingerprints(site)


def test_the_site_can_be_published_below_a_path(world: Path, build) -> None:
    """With KOMAINU_SITE_URL every address is right: canonical, twins, sitemap, and the 404 page at any depth."""
    url = f"http://127.0.0.1:8000/en{SUB_PATH}"  # a path with /en/ in it is not mistaken for the language
    build(world, KOMAINU_SITE_URL=url.rstrip("/"))
    site = world / "build" / "site"
    english = (site / "en" / "glossary" / "index.html").read_text("utf-8")
    assert f'rel="canonical" href="{url}en/glossary/"' in english
    assert f'hreflang="ja" href="{url}glossary/"' in english
    japanese = (site / "glossary" / "index.html").read_text("utf-8")
    assert f'hreflang="en" href="{url}en/glossary/"' in japanese
    assert f"<loc>{url}en/glossary/</loc>" in (site / "sitemap.xml").read_text("utf-8")
    lost = (site / "404.html").read_text("utf-8")
    assert f'src="/en{SUB_PATH}assets/theme.js"' in lost
    assert f'href="/en{SUB_PATH}glossary/"' in lost
    links = re.findall(r'(?:href|src|data-index)="(/[^"]*)"', lost)
    assert len(links) > 20
    assert not [link for link in links if not link.startswith(f"/en{SUB_PATH}")]
    assert all((site / link.removeprefix(f"/en{SUB_PATH}")).exists() for link in links)
