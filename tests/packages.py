"""Packages of quizzes opened for tests.

In:  the bytes of a zip.   Out: its files, its XML as lxml trees, and what is wrong with its manifest.
"""

import io
import zipfile
from pathlib import PurePosixPath

import run
from lxml import etree

GRAMMARS = run.ROOT / "tests" / "cases" / "exports"


def files(package: bytes) -> dict[str, bytes]:
    """The files by path."""
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name) for name in opened.namelist()}


def parsed(data: bytes) -> etree._Element:
    """One XML file; nothing outside it is read."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def grammar(name: str) -> etree.RelaxNG:
    """A RELAX NG grammar of tests/cases/exports."""
    return etree.RelaxNG(etree.parse(GRAMMARS / f"{name}.rng"))


def complaints(schema: etree.RelaxNG, tree: etree._Element) -> list[str]:
    """Where a tree leaves the grammar."""
    schema.validate(tree)
    return [f"{one.line}: {one.message}" for one in schema.error_log]


def wrong_with_manifest(package: dict[str, bytes]) -> list[str]:
    """Files that the manifest names and are not there or the other way round, ids used twice, references into nothing."""
    manifest = parsed(package["imsmanifest.xml"])
    named = {one.get("href") for one in manifest.iterfind(".//{*}file")}
    ids = [one.get("identifier") for one in manifest.iter("{*}*") if one.get("identifier")]
    wrong = [f"file {name}" for name in named ^ (set(package) - {"imsmanifest.xml"})]
    wrong += [f"id twice: {name}" for name in set(ids) if ids.count(name) > 1]
    wrong += [f"no such id: {one.get('identifierref')}" for one in manifest.iter("{*}*") if one.get("identifierref", ids[0]) not in ids]
    wrong += [f"no start file: {one.get('href')}" for one in manifest.iterfind(".//{*}resource") if one.get("href") not in {None, *named}]
    return wrong + [f"path {name}" for name in package if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts or not name.isascii()]
