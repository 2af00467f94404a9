"""Plain files in, text and data with line numbers out; what cannot be read is one problem, never a traceback.

In:  a root folder and a path below it.   Out: text, or Plain (data plus the line of every value).
YAML is read strictly: no aliases (they can blow up), no tags, no repeated keys, only true/false are booleans,
numbers are decimal, dates and times stay text. Left out on purpose: what the data means (lesson, quiz, reference).
"""

from __future__ import annotations

import json
import re
import stat
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import yaml

from komainu.problem import Report

LIMIT_BYTES = 2 * 1024 * 1024
"""No hand-written source is larger; a larger file is a mistake."""

DEEPEST = 20
"""Brackets within brackets; the sources need eight, and the parser crashes at some ten thousand."""

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
"""Signs that no editor shows; most come from a file that is not text."""

Path_ = tuple  # a path inside the data: ("activities", 0, "minutes")


@dataclass(frozen=True)
class Plain:
    """The data of one YAML file, and where each value stands."""

    path: str
    """The file, relative to the root."""
    data: dict
    """Mappings, lists, text, numbers, true and false."""
    lines: dict[Path_, int]
    """Line (1-based) of every mapping, item and value, by its path inside the data."""

    def line(self, *where: object) -> int:
        """The line of a value, or of the nearest thing around it."""
        path = tuple(where)
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_text(root: Path, path: str, report: Report) -> str | None:
    """The text of a UTF-8 file, or None after one problem has been noted."""
    file = root / path
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            report.add(path, 1, "file-is-folder")
        elif status.st_size > LIMIT_BYTES:
            report.add(path, 1, "file-too-large", size=f"{status.st_size:,}", limit=f"{LIMIT_BYTES:,}")
        else:
            return _decoded(path, file.read_bytes(), report)
    except FileNotFoundError:
        report.add(path, 1, "file-missing")
    except OSError as error:
        report.add(path, 1, "file-unreadable", why=error.strerror)
    return None


def _decoded(path: str, raw: bytes, report: Report) -> str | None:
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        report.add(path, line, "file-encoding", byte=f"0x{raw[error.start]:02X}")
        return None
    control = CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        report.add(path, line, "file-control", code=f"U+{ord(control[0]):04X}")
        return None
    return text


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """Safe YAML whose only special words are true, false and null, and whose numbers are decimal."""


_TAG = "tag:yaml.org,2002:"
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag == f"{_TAG}null"]
    for first, resolvers in _Loader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(f"{_TAG}bool", re.compile(r"^(?:true|false)\Z"), list("tf"))
_Loader.add_implicit_resolver(f"{_TAG}int", re.compile(r"^[-+]?(?:0|[1-9][0-9]{0,14})\Z"), list("-+0123456789"))
_Loader.add_implicit_resolver(f"{_TAG}float", re.compile(r"^[-+]?[0-9]{1,15}\.[0-9]{1,15}\Z"), list("-+0123456789"))


class _Refused(Exception):
    """Something YAML allows and the sources do not: the rule, the line, what was found."""

    def __init__(self, rule: str, line: int, found: str):
        super().__init__(rule)
        self.rule, self.line, self.found = rule, line, found


def _refuse(text: str) -> None:
    """Look through the YAML before it is built, because building recurses: raises _Refused at what is not allowed."""
    depth = 0
    for event in yaml.parse(text, _Loader):
        line = event.start_mark.line + 1
        if getattr(event, "anchor", None):
            raise _Refused("yaml-alias", line, event.anchor)
        if getattr(event, "tag", None):
            raise _Refused("yaml-tag", line, event.tag.removeprefix(_TAG))
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise _Refused("yaml-deep", line, str(DEEPEST))


def _plain(loader: _Loader, node: yaml.Node, where: Path_, lines: dict[Path_, int]) -> object:
    lines[where] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return _mapping(loader, node, where, lines)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(loader, n, (*where, i), lines) for i, n in enumerate(node.value)]
    return loader.construct_object(node)


def _mapping(loader: _Loader, node: yaml.MappingNode, where: Path_, lines: dict[Path_, int]) -> dict:
    data: dict = {}
    for key_node, value_node in node.value:
        line, key = key_node.start_mark.line + 1, key_node.value
        if not isinstance(key_node, yaml.ScalarNode):
            raise _Refused("yaml-key", line, "list" if isinstance(key_node, yaml.SequenceNode) else "mapping")
        if key in data:
            raise _Refused("yaml-duplicate-key", line, key)
        data[key] = _plain(loader, value_node, (*where, key), lines)
        lines[(*where, key)] = line
    return data


def parse_yaml(path: str, text: str, report: Report) -> Plain | None:
    """The data of YAML text, or None after one problem has been noted."""
    lines: dict[Path_, int] = {}
    try:
        _refuse(text)
        loader = _Loader(text)
        node = loader.get_single_node()
        data = None if node is None else _plain(loader, node, (), lines)
    except _Refused as refused:
        report.add(path, refused.line, refused.rule, found=refused.found)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        why = getattr(error, "problem", None) or getattr(error, "reason", None) or type(error).__name__
        last = text.rstrip("\n").count("\n")  # the parser notices the end of a file one line below it
        report.add(path, min(mark.line, last) + 1 if mark else 1, "yaml-syntax", why=why)
    else:
        if isinstance(data, dict):
            return Plain(path, data, lines)
        report.add(path, 1, "yaml-not-mapping", found=_short(data))
    return None


@cache
def _validator(name: str):
    import jsonschema_rs  # the browser's Python, which marks, has none

    return jsonschema_rs.Draft202012Validator(_schema(name), validate_formats=True)


def _schema(name: str) -> dict:
    """A schema; `definitionsFrom` names another whose definitions it shares."""
    schema = json.loads(resources.files("komainu").joinpath(f"schemas/{name}.json").read_text("utf-8"))
    other = schema.pop("definitionsFrom", None)
    return schema | ({"$defs": _schema(other)["$defs"]} if other else {})


def schema_format(name: str) -> int:
    """The version of a source format that this Komainu reads."""
    text = resources.files("komainu").joinpath(f"schemas/{name}.json").read_text("utf-8")
    return json.loads(text)["properties"]["format"]["const"]


def read_yaml(root: Path, path: str, schema: str, report: Report) -> Plain | None:
    """The data of a YAML file that fits its schema, or None after its problems have been noted."""
    text = read_text(root, path, report)
    plain = None if text is None else parse_yaml(path, text, report)
    if plain is None or not _format_fits(plain, schema, report):
        return None
    return plain if _fits(plain, schema, report) else None


def _format_fits(plain: Plain, schema: str, report: Report) -> bool:
    found, wanted = plain.data.get("format"), schema_format(schema)
    number = type(found) is int  # true is 1 to Python
    if number and found == wanted:
        return True
    rule = "format-too-new" if number and found > wanted else "format-unknown"
    report.add(plain.path, plain.line("format"), rule, found=_short(found), wanted=wanted)
    return False


def _fits(plain: Plain, schema: str, report: Report) -> bool:
    fine = True
    for error in _validator(schema).iter_errors(plain.data):
        fine = False
        _add_schema_problem(plain, error, report)
    return fine


def _add_schema_problem(plain: Plain, error, report: Report) -> None:
    where = tuple(error.instance_path)
    kind, name = error.kind.as_dict(), error.kind.name
    place = ".".join(str(part) for part in where) or "/"
    line = plain.line(*where)
    found = _short(error.instance)
    if name == "required":
        report.add(plain.path, line, "schema-required", place=place, key=kind.get("property", "?"))
    elif name in ("additionalProperties", "unevaluatedProperties"):
        for key in kind.get("unexpected", ["?"]):
            report.add(plain.path, plain.line(*where, key), "schema-unknown-key", place=place, key=key)
    elif name == "enum":
        report.add(plain.path, line, "schema-enum", place=place, found=found, allowed=_short(kind.get("options"), 400))
    elif name == "type":
        report.add(plain.path, line, "schema-type", place=place, found=found, wanted=_short(kind.get("types", kind)))
    elif name == "pattern":
        report.add(plain.path, line, "schema-pattern", place=place, found=found, pattern=kind.get("pattern", "?"))
    else:
        report.add(plain.path, line, "schema-other", place=place, found=found, why=error.message)


def _short(value: object, limit: int = 60) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= limit else text[: limit - 1] + "…"
