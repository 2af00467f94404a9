"""Answers files in, a folder of documents out.

In:  a file that a school keeps (JSON or YAML), a Policy.   Out: the answers; documents as bytes, by file name.
Left out on purpose: whether the answers are sensible (lint), updates (update).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from komainu.docx import docx
from komainu.docx_reading import Word, read_docx
from komainu.files import LIMIT_BYTES, parse_yaml, schema_format
from komainu.policy.adapt import adapt, documents
from komainu.policy.data import FOLDER
from komainu.policy.ruling import squeezed
from komainu.policy.text import html, markdown
from komainu.problem import Report, Unable

LIMIT_WORD = 30 * 1024 * 1024
"""A policy without pictures has a hundredth of this."""

KINDS = ("md", "html", "docx", "pdf")


def read_answers(path: Path) -> dict:
    """The answers in a file, as they stand there. Raises Unable when it cannot be read as answers at all."""
    try:
        if path.stat().st_size > LIMIT_BYTES:
            raise _not_answers(path, "大きすぎます", "it is too large")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise _not_answers(path, f"開けません: {error.strerror}", f"it cannot be opened: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise _not_answers(path, "UTF-8 ではありません", "it is not UTF-8") from error
    return _as_answers(path, _json(path, text) if path.suffix == ".json" else _yaml(path, text))


def _json(path: Path, text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _not_answers(path, f"JSON として読めません: {error}", f"it is not readable as JSON: {error}") from error


def _yaml(path: Path, text: str) -> object:
    report = Report()
    plain = parse_yaml(path.name, text, report)
    if plain is None:
        problem = next(iter(report))
        raise _not_answers(path, f"{problem.line}行目: {problem.sentence('ja')}", f"line {problem.line}: {problem.sentence('en')}")
    return plain.data


def _as_answers(path: Path, data: object) -> dict:
    if not isinstance(data, dict) or "values" not in data or "komainu_policy" not in data:
        raise _not_answers(path, "komainu_policy: と values: がありません", "it has no komainu_policy: and values:")
    wanted = schema_format("policy-answers")
    found = data.get("format")
    if type(found) is int and found > wanted:
        raise _not_answers(
            path, f"新しい形式({found})です。Komainu を新しくしてください", f"it has a newer format ({found}); update Komainu"
        )
    return data


def _not_answers(path: Path, ja: str, en: str) -> Unable:
    return Unable(f"{path} を回答として読めません({ja})。", f"{path} is not readable as answers ({en}).")


def properties(answers: dict, edition: str, document: dict) -> dict[str, str]:
    """What a Word file remembers, so that a later edition can be merged into it."""
    return {
        "komainu.edition": edition,
        "komainu.document": f"{document['id']}/{document['lang']}/{document['stage'] or ''}",
        "komainu.answers": json.dumps(answers, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
    }


def rendered(
    data: dict[str, dict], answers: dict, kinds: list[str], printer: Callable[[str], bytes] | None = None, only: tuple[str, ...] = ()
) -> Iterator[tuple[str, bytes]]:
    """Every document of a school in every kind that was asked for: (file name, bytes).

    `data` is the prepared policy by language; `printer` turns HTML into PDF; `only` are ids of documents, all when empty.
    """
    for lang, prepared in data.items():
        for number, one in enumerate(documents(prepared, answers), 1):
            if only and one["id"] not in only:
                continue
            for body in one["bodies"]:
                document = adapt(prepared, answers, one["id"], body, one["stage"])
                stage = f"-{one['stage']}" if one["stage"] else ""
                yield from _kinds(f"{lang}/{number:02}-{one['id']}{stage}{'-plain' if body == 'ja-plain' else ''}", document, answers, prepared, kinds, printer)


def _kinds(name: str, document: dict, answers: dict, prepared: dict, kinds: list[str], printer) -> Iterator[tuple[str, bytes]]:
    school = squeezed(answers["values"].get("school") or answers["values"].get("board"))
    page = html(document, school) if {"html", "pdf"} & set(kinds) else ""
    if "md" in kinds:
        yield f"{name}.md", markdown(document).encode()
    if "html" in kinds:
        yield f"{name}.html", page.encode()
    if "docx" in kinds:
        yield f"{name}.docx", docx(document, properties(answers, prepared["version"], document), school)
    if "pdf" in kinds and printer:
        yield f"{name}.pdf", printer(page)


def kinds_of(text: str) -> list[str]:
    """The kinds of file in `docx,html`; Unable when there is another."""
    found = [one.strip() for one in text.split(",") if one.strip()]
    wrong = [one for one in found if one not in KINDS]
    if wrong or not found:
        known = ", ".join(KINDS)
        raise Unable(f"--to に {text} とあります。使えるのは {known} です。", f"--to is {text}. It takes {known}.")
    return found


def write(folder: Path, made: Iterator[tuple[str, bytes]]) -> int:
    """Write files below a folder, each whole or not at all, and return how many. Files of another name are left alone."""
    count = 0
    try:
        for name, content in made:
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            new = file.with_name(file.name + ".new")
            new.write_bytes(content)
            new.replace(file)
            count += 1
    except OSError as error:
        raise Unable(f"{folder} に書けません({error.strerror})。", f"{folder} cannot be written ({error.strerror}).") from error
    if not count:
        raise Unable("作る文書がありません。--document の名前を確かめてください。", "There is no document to make. Check the names after --document.")
    return count


def profile(root: Path, name: str, suffix: str) -> str:
    """A profile as the text of a new answers file, YAML with its comments or JSON."""
    folder = root / FOLDER / "profiles"
    known = sorted(path.stem for path in folder.glob("*.yml"))
    if name not in known:
        raise Unable(f"ひな型 {name} はありません。あるもの: {', '.join(known)}", f"There is no profile {name}. There are: {', '.join(known)}")
    if suffix not in (".yml", ".yaml", ".json"):
        raise Unable(f"拡張子 {suffix} には書けません。.yml か .json にしてください。", f"Cannot write {suffix}; use .yml or .json.")
    text = (folder / f"{name}.yml").read_text("utf-8")
    return text if suffix != ".json" else json.dumps(read_answers(folder / f"{name}.yml"), ensure_ascii=False, indent=1) + "\n"


def read_word(path: Path) -> Word:
    """A Word file that a school edited. Raises Unable when it cannot be opened or is no Word file of the kind we read."""
    try:
        if path.stat().st_size > LIMIT_WORD:
            raise Unable(f"{path} は大きすぎます。", f"{path} is too large.")
        return read_docx(path.read_bytes())
    except OSError as error:
        raise Unable(f"{path} を開けません({error.strerror})。", f"{path} cannot be opened ({error.strerror}).") from error


def read_choices(path: Path) -> dict:
    """What somebody decided, from JSON: the name of a row -> yours, fresh, or the lines of a text of its own."""
    try:
        data = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise Unable(f"{path} を JSON として読めません({error})。", f"{path} is not readable as JSON ({error}).") from error
    wrong = not isinstance(data, dict) or [name for name, one in data.items() if not _choice(one)]
    if wrong:
        raise Unable(
            f"{path} には、条項の名前ごとに yours、fresh、または文のリストを書いてください。",
            f"In {path} give yours, fresh or a list of texts for each name.",
        )
    return data


def _choice(value: object) -> bool:
    return value in ("yours", "fresh") if isinstance(value, str) else isinstance(value, list) and all(isinstance(one, str) for one in value)
