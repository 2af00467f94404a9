"""Pages -> the published site: two plain MkDocs builds, fonts, search index, one atomic swap.

In:  a Curriculum.   Out: build/site (Japanese at the root, English below en/) and the Markdown in build/pages.
The new site grows beside the old one and takes its place at the end: an interrupted build leaves the last good site.
Left out on purpose: what stands on a page (pages, blocks).
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from importlib import resources
from pathlib import Path

import yaml

from komainu import font, lab, lite, reuse, standin
from komainu.curriculum import Curriculum
from komainu.diagnosis.pages import diagnosis_files
from komainu.executed import Done, execute
from komainu.exports.formats import diagnosis_quizzes, quiz_files
from komainu.grading_page import grading_files
from komainu.handouts.build import handouts
from komainu.handouts.buttons import FOLDER
from komainu.llm.live import Live, live
from komainu.memo import Memo, digest
from komainu.model_page import model_files
from komainu.offline import HERE, WORKER, write_edition
from komainu.packing import handed_out
from komainu.pages import build_pages
from komainu.policy.pages import policy_files
from komainu.problem import LANGUAGES, Unable
from komainu.reading import ruby_markdown
from komainu.self_check import check_files
from komainu.words import say
from komainu.writing import UD_KB

WEB = resources.files("komainu").joinpath("web")


def build_site(
    curriculum: Curriculum, step: Callable[[str, str], object], notebooks: bool = False, printer: str = "", model: bool = False
) -> Path:
    """Build the whole site, on demand with the notebook lab and the real model, and return its folder. `step` is told what begins, in ja and en.

    `printer` is the browser that prints the handouts as PDF; without it they are there as Word files only.
    """
    build = curriculum.root / "build"
    new, site = build / "site.new", build / "site"
    restore(site)
    shutil.rmtree(new, ignore_errors=True)
    with step("演習を実行する", "execute the exercises"):
        done = execute(curriculum)
    with step("ブラウザー用の Python を用意する", "prepare Python for the browser"):
        engine = lab.engine(curriculum.root)
    running = None
    if model:
        with step("本物のモデルを分ける", "cut up the real model"):
            running = live(curriculum.root)
    with step("配るものを作る", "make the handouts"):
        papers = handouts(curriculum, printer)
    written: dict[str, dict[str, bytes]] = {}
    for lang in LANGUAGES:
        with step(f"ページを書く({lang})", f"write pages ({lang})"):
            written[lang] = write_pages(curriculum, lang, build / "pages" / lang, done, engine, notebooks, papers, running)
    with step("小テストをほかの道具のために書く", "write the quizzes for other tools"):
        quizzes = _quizzes(curriculum)
    sources = {f"{lang}/{path}": digest(data) for lang, pages in written.items() for path, data in pages.items()}
    sources |= {path: digest(data) for path, data in quizzes.items()}
    more: dict[str, bytes] = {}
    if notebooks:
        with step("ノートブックの実験室を用意する", "prepare the notebook lab"):
            more = {f"lab/{path}": data for path, data in lite.files(curriculum, done, lab.edition(engine)).items()}
    more |= running.files if running else {}
    sources |= {path: digest(data) for path, data in more.items()}
    handed = {f"{PREFIX[lang]}{FOLDER}/{path}": data for lang, files in papers.items() for path, data in files.items()}
    sources |= {path: digest(data) for path, data in handed.items()}
    key, nav = _key(curriculum.root, written)
    known = reuse.last_site(build, key)
    if known.whole and known.sources == sources:
        return site
    new.mkdir(parents=True)
    for lang in LANGUAGES:
        with step(f"サイトを作る({lang})", f"build the site ({lang})"):
            _render(curriculum.root, lang, written[lang], reuse.kept_pages(known, lang, PREFIX[lang], written[lang], sources), nav)
    _add(new, quizzes)
    with step("検索の索引を作る", "index for the search"):
        index(new)
    _add(new, handed)
    finish(new, site_url())
    if more:
        with step("頼まれたものを入れる", "add what was asked for"):
            _add(new, more)
            write_edition(new)
    swap(new, site)
    reuse.remember(build, key, sources)
    return site


PREFIX = {"ja": "", "en": "en/"}
"""Where the languages stand below the site."""


def _quizzes(curriculum: Curriculum) -> dict[str, bytes]:
    """The quizzes in every format, by path below the site. They pass MkDocs by: it would copy thousands of files at each rebuild."""
    memo = Memo(curriculum.root / "build" / "cache" / "quizzes")
    made = {lang: quiz_files(curriculum, (lang,), memo) | diagnosis_quizzes(curriculum, (lang,), memo) for lang in LANGUAGES}
    files = {f"{PREFIX[lang]}quizzes/{path}": data for lang, own in made.items() for path, data in own.items()}
    memo.save()
    return files


def _key(root: Path, written: dict[str, dict[str, bytes]]) -> tuple[str, list[str]]:
    """What all pages have in common, as one name; and the pages in the navigation."""
    text = (root / "mkdocs.yml").read_text("utf-8")
    nav = yaml.safe_load(text)["nav"]
    settings = [text, *(mkdocs_config(root, lang, f"pages/{lang}") for lang in LANGUAGES)]
    titles = [reuse.head(pages.get(name, b"")).decode() for pages in written.values() for name in nav]
    return reuse.site_key(settings, titles), nav


def _render(root: Path, lang: str, pages: dict[str, bytes], kept: dict[str, str], nav: list[str]) -> None:
    """One language of the new site: MkDocs for what changed, the last site for the rest."""
    build, new = root / "build", root / "build" / "site.new"
    rest, words = standin.shorten(reuse.without(pages, kept, nav))
    _sync(build / "changed" / lang, rest)
    run_mkdocs(root, lang, new / PREFIX[lang], f"changed/{lang}")
    for path, found in words.items():
        file = new / PREFIX[lang] / reuse.out_path(path)
        file.write_bytes(standin.put_back(file.read_bytes().decode(), found).encode())
    reuse.take_over(build / "site", new, list(kept.values()))
    shutil.rmtree(build / "changed")


def write_pages(
    curriculum: Curriculum, lang: str, folder: Path, done: Mapping[str, Done], engine: dict[str, bytes], notebooks: bool = False,
    papers: Mapping[str, Mapping[str, bytes]] | None = None,
    running: Live | None = None,
) -> dict[str, bytes]:
    """Write what one language's site is made of, nothing from an earlier build, and return it.

    That is Markdown, pictures, styles, scripts and what the exercises hand out; `done` are the executed exercises,
    `engine` the files of the browser's Python, which stand once, beside the Japanese pages; `papers` are the handouts,
    of which a page says what there is and how large.
    """
    memo = Memo(curriculum.root / "build" / "cache" / "furigana")
    edition = replace(lab.edition(engine), notebooks=notebooks, model=running.about if running else None)
    sizes = {path: len(data) for path, data in (papers or {}).get(lang, {}).items()}
    pages = build_pages(curriculum, lang, done, edition, lambda text: memo.get([text.encode()], lambda: ruby_markdown(text)), sizes)
    scripts = grading_files(curriculum, lang) | check_files(curriculum, lang)
    loaded = policy_files(curriculum, lang) | diagnosis_files(curriculum, lang) | model_files(curriculum, lang)
    if lang == "ja":
        memo.save()
        typeface = _typeface(curriculum.root, "".join([*pages.values(), *(data.decode() for path, data in loaded.items() if path.endswith(".json"))]))
        pages = {path: text.replace(UD_KB, str(round(len(typeface) / 1000))) for path, text in pages.items()}
    wanted: dict[str, bytes] = {path: text.encode() for path, text in pages.items()} | loaded | scripts
    if lang == "ja":
        wanted["assets/ud.woff2"] = typeface
        wanted[WORKER] = HERE.joinpath(WORKER).read_bytes()
        wanted |= {edition.folder + name: data for name, data in engine.items()}
    for lesson in curriculum.lessons.values():
        for image in lesson.images:
            source = curriculum.root / "lessons" / lesson.id / image.file
            wanted[f"lessons/{lesson.id}/{image.file}"] = source.read_bytes()
    for exercise in curriculum.exercises.values():
        wanted |= handed_out(exercise, lang, done[exercise.id])
    for file in sorted(WEB.joinpath("assets").iterdir(), key=lambda f: f.name):
        wanted[f"assets/{file.name}"] = file.read_bytes()
    _sync(folder, wanted)
    return wanted


def _typeface(root: Path, text: str) -> bytes:
    """The universal-design typeface for this text, made anew only when its characters change."""
    characters = "".join(sorted(set(text)))
    cached = root / "build" / "cache" / f"ud-{hashlib.sha256(characters.encode()).hexdigest()[:16]}.woff2"
    if not cached.exists():
        data = font.subset(root, set(characters), int(os.environ.get("SOURCE_DATE_EPOCH", 0)))
        cached.parent.mkdir(parents=True, exist_ok=True)
        for old in cached.parent.glob("ud-*.woff2"):
            old.unlink()
        cached.write_bytes(data)
    return cached.read_bytes()


def _sync(folder: Path, wanted: dict[str, bytes]) -> None:
    """Make a folder hold exactly these files, touching only what differs."""
    present = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} if folder.exists() else set()
    for path in present - set(wanted):
        (folder / path).unlink()
    _add(folder, {path: data for path, data in wanted.items() if path not in present or (folder / path).read_bytes() != data})


def _add(folder: Path, files: dict[str, bytes]) -> None:
    for path, data in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


# --- MkDocs --------------------------------------------------------------------------------------

def site_url() -> str:
    """Where the site will be published, from the environment; ends in a slash."""
    url = os.environ.get("KOMAINU_SITE_URL", "http://127.0.0.1:8000/")
    return url if url.endswith("/") else url + "/"


def mkdocs_config(root: Path, lang: str, docs: str) -> dict:
    """What differs between the two builds; everything else stands in mkdocs.yml."""
    return {
        "INHERIT": os.path.relpath(root / "mkdocs.yml", root / "build"),
        "site_name": say(lang, "site_name"),
        "site_description": say(lang, "site_description"),
        "site_url": site_url() + ("" if lang == "ja" else f"{lang}/"),
        "docs_dir": docs,
        "site_dir": f"html/{lang}",
        "theme": {"language": lang, "custom_dir": str(WEB.joinpath("theme"))},
        "extra": {
            "lang": lang,
            "other": {"lang": "en" if lang == "ja" else "ja", "name": say(lang, "other_language")},
            "words": {name: say(lang, name) for name in _TEMPLATE_WORDS},
        },
    }


_TEMPLATE_WORDS = (
    "skip", "menu", "site_nav", "toc", "colours", "colours_auto", "colours_light", "colours_dark", "search", "search_label",
    "search_close", "search_none", "search_count", "search_failed", "search_how", "licence_line", "private_line",
    "print_page", "ud_font", "not_found_title", "not_found_text",
)


def run_mkdocs(root: Path, lang: str, out: Path, docs: str) -> None:
    """One plain MkDocs build of build/<docs> in this process; anything it warns about stops the build."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    file = root / "build" / f"mkdocs.{lang}.yml"
    file.write_text(yaml.safe_dump(mkdocs_config(root, lang, docs), allow_unicode=True, sort_keys=False), "utf-8")
    with _warnings("mkdocs") as warnings:
        config = load_config(str(file), site_dir=str(out))
        build(config)
    if warnings:
        text = "\n".join(warnings)
        raise Unable(f"MkDocs が警告を出しました。\n{text}", f"MkDocs gave warnings.\n{text}")


@contextmanager
def _warnings(name: str) -> Iterator[list[str]]:
    found: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: found.append(record.getMessage())
    logger = logging.getLogger(name)
    logger.addHandler(handler)
    try:
        yield found
    finally:
        logger.removeHandler(handler)


# --- after MkDocs --------------------------------------------------------------------------------

UNUSED = re.compile(r"pagefind-(component-ui|ui|modular-ui|highlight|worker)\.")
"""What the search engine ships and our own small dialog does not need."""


UNSEARCHED = ("rt", "rp", ".k-answer", "pre", ".k-matrix", ".k-output", ".md-button")
"""A reading in the middle of a word would cut it in two; answers are not for the list of results; the rest is no prose."""


def index(site: Path) -> None:
    """The search index of both languages, loaded by a page only when its reader searches."""
    command = [sys.executable, "-m", "pagefind", "--site", str(site), "--output-subdir", "pagefind", "--quiet"]
    command += [word for selector in UNSEARCHED for word in ("--exclude-selectors", selector)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=1800)
    if done.returncode != 0:
        raise Unable(f"検索の索引を作れませんでした。\n{done.stderr}", f"The search index could not be built.\n{done.stderr}")
    for file in (site / "pagefind").iterdir():
        if UNUSED.match(file.name):
            file.unlink()
    entry = site / "pagefind" / "pagefind-entry.json"  # its languages come in any order; the same sources give the same bytes
    entry.write_text(json.dumps(json.loads(entry.read_text("utf-8")), sort_keys=True), "utf-8")


def finish(site: Path, url: str) -> None:
    """Drop what the pages do not use, write one style sheet and one sitemap, and name what a copy of the site needs."""
    for folder in (site, site / "en"):
        shutil.rmtree(folder / "assets" / "javascripts", ignore_errors=True)
        _one_sheet(folder / "assets")
        for name in ("sitemap.xml", "sitemap.xml.gz"):
            (folder / name).unlink(missing_ok=True)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    for page in sorted(site.rglob("index.html")):
        path = page.parent.relative_to(site).as_posix()
        lines.append(f"<url><loc>{url}{'' if path == '.' else path + '/'}</loc></url>")
    (site / "sitemap.xml").write_text("\n".join([*lines, "</urlset>"]) + "\n", "utf-8")
    (site / ".nojekyll").touch()
    write_edition(site)


def _one_sheet(assets: Path) -> None:
    """The theme's styles at the head of ours: our pages link no other sheet (web/theme/main.html), so a page is two requests less."""
    theme = [file for name in ("main", "palette") for file in assets.glob(f"stylesheets/{name}.*.css")]
    if len(theme) != 2:
        raise Unable("テーマのスタイルシートが、知っている形ではありません。", "The theme's style sheets are not as they were known.")
    own = assets / "komainu.css"
    own.write_text("\n".join(file.read_text("utf-8") for file in (*theme, own)), "utf-8")
    shutil.rmtree(assets / "stylesheets")


def restore(site: Path) -> None:
    """Bring back the last good site if an earlier build was interrupted between the two halves of its swap."""
    old = site.with_name("site.old")
    if old.exists() and not site.exists():
        old.rename(site)


def swap(new: Path, site: Path) -> None:
    """Put the new site in the place of the old one; at no moment is there half a site."""
    old = site.with_name("site.old")
    shutil.rmtree(old, ignore_errors=True)
    if site.exists():
        site.rename(old)
    new.rename(site)
    shutil.rmtree(old, ignore_errors=True)
