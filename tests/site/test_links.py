"""The files of the built site: every address in them leads somewhere, and none leads a browser to another host."""

import re
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import yaml
from run import ROOT

from built import html

BASE = "http://127.0.0.1:8000/"
LOADS = {"src", "srcset", "poster", "data", "action", "formaction", "data-index"}
"Attributes from which a browser fetches; href does so on everything but <a>."
NOT_TYPED = {"xmlns", "xmlns:xlink"}
REGISTRIES = re.compile(r"pypi\.org|pythonhosted|registry\.npmjs|npmjs\.com|unpkg|jsdelivr|cdnjs|esm\.sh|googleapis|gstatic")


def pages(site: Path) -> list[Path]:
    """The pages of the site; slides are files to take home, complete in themselves."""
    return sorted(file for file in site.rglob("*.html") if "handouts" not in file.relative_to(site).parts)


def address(site: Path, file: Path) -> str:
    """The address of a file as a host would serve it; the 404 page answers at any address, so it knows its own.

    >>> address(Path("site"), Path("site/en/index.html"))
    'http://127.0.0.1:8000/en/'
    """
    return BASE + file.relative_to(site).as_posix().removesuffix("index.html")


def target(site: Path, url: str) -> Path:
    path = site / unquote(urlsplit(url).path).lstrip("/")
    return path / "index.html" if path.is_dir() else path


@pytest.fixture(scope="module", autouse=True)
def _at_the_default_address(site: Path) -> None:
    text = (site / "sitemap.xml").read_text("utf-8")
    assert BASE in text, "These tests read a site built for the default address."


def test_every_address_leads_to_a_file_and_every_fragment_to_an_id(site: Path) -> None:
    """Links, pictures, styles, scripts and the folder of the search index: all are there, however deep the page."""
    broken = []
    for file in pages(site):
        here = address(site, file)
        for tag, attributes in html(file).tags:
            for name, value in attributes.items():
                if value is None or not (name == "href" or name in LOADS):
                    continue
                url = urljoin(here, value)
                if not url.startswith(BASE):
                    continue
                found = target(site, url)
                if name == "data-index":
                    found = found.parent / "pagefind.js" if found.name == "index.html" else found / "pagefind.js"
                if not found.is_file():
                    broken.append(f"{here}: <{tag} {name}={value}>: no such file")
                elif (part := unquote(urlsplit(url).fragment)) and found.suffix == ".html" and part not in html(found).ids:
                    broken.append(f"{here}: <{tag} {name}={value}>: no such id")
    assert not broken, "\n" + "\n".join(broken)


def test_no_id_stands_twice_in_a_page(site: Path) -> None:
    """A link to a part of a page has one place to lead to."""
    twice = {address(site, f): [i for i, n in Counter(html(f).ids).items() if n > 1] for f in pages(site)}
    assert not any(twice.values()), {page: ids for page, ids in twice.items() if ids}


def test_every_page_says_what_it_is(site: Path) -> None:
    """One h1, a language, a title and a description of its own; the address it wants to be known by is its own."""
    titles: Counter[tuple[str, str]] = Counter()
    for file in pages(site):
        page, where = html(file), address(site, file)
        assert len(page.all("h1")) == 1, where
        assert page.all("html")[0]["lang"] == ("en" if where.startswith(BASE + "en/") else "ja"), where
        assert page.title.strip(), where
        description = [m["content"] for m in page.all("meta") if m.get("name") == "description"]
        assert len(description) == 1, where
        assert description[0].strip(), where
        assert not re.search(r"\]\(|\*\*|<|glossary:", description[0]), (where, description)
        if file.name == "404.html":
            continue
        canonical = [link["href"] for link in page.all("link") if link.get("rel") == "canonical"]
        assert canonical == [where], where
        titles[page.title.strip(), where.removesuffix("pupil/")] += 1
    assert all(count <= 2 for count in titles.values()), titles  # a lesson's two pages share its title


def test_the_two_languages_know_each_other(site: Path) -> None:
    """Each page names itself and its twin, the twin exists and names it back, and the switch leads to the twin."""
    for file in pages(site):
        if file.name == "404.html":
            continue
        page, where = html(file), address(site, file)
        path = where.removeprefix(BASE).removeprefix("en/")
        twins = {"ja": BASE + path, "en": BASE + "en/" + path}
        links = {link["hreflang"]: link["href"] for link in page.all("link") if link.get("rel") == "alternate"}
        assert links == twins, where
        other = "ja" if where.startswith(BASE + "en/") else "en"
        assert target(site, twins[other]).is_file(), where
        switch = [a["href"] for a in page.all("a") if "k-lang" in (a.get("class") or "").split()]
        assert [urljoin(where, href) for href in switch] == [twins[other]], where


def test_the_sitemap_names_every_page_once(site: Path) -> None:
    """Search engines hear of both languages."""
    named = re.findall(r"<loc>(.*?)</loc>", (site / "sitemap.xml").read_text("utf-8"))
    assert sorted(named) == sorted(address(site, f) for f in pages(site) if f.name != "404.html")


def test_other_hosts_are_only_ever_linked_to_as_sources(site: Path) -> None:
    """An absolute link is an <a> to an address in lessons/sources.yml or docs; nothing is loaded from elsewhere."""
    sources = yaml.safe_load((ROOT / "lessons" / "sources.yml").read_text("utf-8"))
    known = set(re.findall(r"https?://[^\s\"'<>)]+", yaml.safe_dump(sources, allow_unicode=True, width=10_000)))
    for file in (ROOT / "docs").rglob("*.md"):
        known |= set(re.findall(r"https?://[^\s\"'<>)]+", file.read_text("utf-8")))
    for file in pages(site):
        for tag, attributes in html(file).tags:
            for name, value in attributes.items():
                if not value or name in NOT_TYPED or not re.match(r"(https?:)?//", value) or value.startswith(BASE):
                    continue
                assert (tag, name) == ("a", "href"), (file, tag, name, value)
                assert value in known, (file, value)


def test_no_file_fetches_from_another_host(site: Path) -> None:
    """No style, script or picture names an address that a browser would ask, and no page a package registry."""
    for file in sorted(site.rglob("*")):
        if file.suffix not in {".css", ".js", ".svg", ".html", ".json", ".xml"}:
            continue
        text = file.read_text("utf-8", errors="replace")
        where = file.relative_to(site)
        assert not REGISTRIES.search(text), where
        if file.suffix == ".css":
            for url in re.findall(r"url\(\s*['\"]?([^'\")]+)", text) + re.findall(r"@import\s+['\"]([^'\"]+)", text):
                assert not re.match(r"(https?:)?//", url), (where, url)
                local = url.startswith("data:") or (file.parent / url.split("#")[0].split("?")[0]).is_file()
                assert local or (url == "ud.woff2" and where.parts[0] == "en"), (where, url)
        if file.suffix == ".js":
            found = set(re.findall(r"https?://[^\s\"'`<>)\\]+", text))
            # name spaces, those of Word files too, a base to parse addresses with, and the host that is none
            allowed = ("http://www.w3.org/2000/svg", "http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/", "https://nowhere.invalid/", "https://example.com${")
            if where.parts[0] != "engine":  # libraries name pages of their manuals; that they ask none is seen in the browser
                assert all(url.startswith(allowed) or "pagefind.app" in url for url in found), (where, found)
            assert not re.search(r"(fetch|import|importScripts|Worker|sendBeacon)\(\s*['\"`](https?:)?//", text), where
        if file.suffix == ".svg":
            assert not re.search(r"(href|src)\s*=\s*['\"](https?:)?//|<script|\son\w+=", text), where


def test_a_strict_content_policy_can_be_set(site: Path) -> None:
    """No inline script, no inline style, no event handler, no javascript: address."""
    for file in pages(site):
        page = html(file)
        assert not page.inline, (file, page.inline)
        for tag, attributes in page.tags:
            assert tag != "style", file
            assert "style" not in attributes, (file, tag, attributes)
            assert not [name for name in attributes if name.startswith("on")], (file, tag, attributes)
            assert not (attributes.get("href") or "").lower().startswith("javascript:"), file


def test_every_picture_says_what_it_shows(site: Path) -> None:
    """Each img has an alt attribute, empty where it only decorates."""
    for file in pages(site):
        assert not [img for img in html(file).all("img") if "alt" not in img], file
