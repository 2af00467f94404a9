"""A policy's document as Markdown, and as one HTML page that prints and reads aloud well.

In:  a document from adapt.   Out: text. web/policy/text.js writes the same Markdown, byte for byte.
Whatever a school typed stays text: no sign of it becomes a mark or a tag.
Left out on purpose: Word (docx), and printing to PDF (the browser does it).
"""

from __future__ import annotations

import re
from html import escape
from importlib import resources
from itertools import groupby
from typing import Any

from komainu.policy.ruling import Run

Data = dict[str, Any]

MARKS = re.compile(r"[\\`*_\[\]|~#]")
ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
FIRST = re.compile(r"^(\d+)([.)])|^([-+=:])")
LINE = "＿" * 24
CUT = "✂ ┄┄┄┄ # ┄┄┄┄"


# --- Markdown ------------------------------------------------------------------------------------


def markdown(document: Data) -> str:
    """The document as Markdown (GitHub's tables and tick boxes; readings as <ruby>), ending in one line break."""
    parts = [f"# {inline(document['title'])}"] if title_on_top(document) else []
    for block in document["blocks"]:
        parts += MARKDOWN[block["k"]](block, document)
    return "\n\n".join(part for part in parts if part) + "\n"


def title_on_top(document: Data) -> bool:
    """Whether the title stands first; a letter and a handout's poster have it among their blocks."""
    return all(block["k"] not in ("title", "poster") for block in document["blocks"])


def inline(runs: list[Run]) -> str:
    """Runs as one line of Markdown."""
    text = "".join(_signed(sign, "".join(_ruby(run, marked) for run in group)) for sign, group in groupby(runs, _sign))
    return FIRST.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", text)


def marked(text: str) -> str:
    """Plain text, its signs no longer marks."""
    text = re.sub("[&<>]", lambda sign: ENTITIES[sign[0]], text)
    return MARKS.sub(lambda sign: "\\" + sign[0], text)


def _ruby(run: Run, safe) -> str:
    base = safe(run["t"])
    return f"<ruby>{base}<rp>（</rp><rt>{safe(run['r'])}</rt><rp>）</rp></ruby>" if "r" in run else base


SIGNS = {"b": ("**", "**"), "ins": ("<ins>", "</ins>"), "del": ("~~", "~~"), "c": ("", ""), "": ("", "")}


def _sign(run: Run) -> str:
    """What is special about a run: bold, a change, or code (in handouts)."""
    return next((name for name in ("ins", "del", "b", "c") if name in run), "")


def _signed(sign: str, text: str) -> str:
    return SIGNS[sign][0] + text + SIGNS[sign][1]


def _items(items: list[Data], mark: str) -> str:
    lines = []
    for place, item in enumerate(items, 1):
        lead = mark.replace("#", str(place))
        lines.append(f"{lead} {inline(item['runs'])}")
        lines += [f"{' ' * (len(lead) + 1)}- {inline(one['runs'])}" for one in item["items"]]
    return "\n".join(lines)


def _table(head: list[list[Run]], rows: list[list[list[Run]]]) -> str:
    lines = [[inline(cell) for cell in row] for row in [head, *rows]]
    lines.insert(1, ["---"] * len(head))
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _clause(block: Data, document: Data) -> list[str]:
    title = inline(block["title"])
    heading = f"### {block['label']}（{title}）" if _rules(document, "ja") else f"### {block['label']} {title}"
    if document["form"] != "rules":
        return [heading, _items(block["paras"], "-")]
    paras = []
    for para in block["paras"]:
        paras.append(f"{para['label']}　{inline(para['runs'])}" if para["label"] else inline(para["runs"]))
        if para["items"]:
            paras.append("\n".join(f"- {item['label']} {inline(item['runs'])}" for item in para["items"]))
    return [heading, *paras]


def _rules(document: Data, lang: str) -> bool:
    return document["form"] == "rules" and document["lang"] == lang


MARKDOWN = {
    "title": lambda block, document: [f"# {inline(block['runs'])}"],
    "sub": lambda block, document: [f"### {inline(block['runs'])}"],
    "h": lambda block, document: [f"## {block.get('label', '')}{inline(block['runs'])}"],
    "p": lambda block, document: [inline(block["runs"])],
    "right": lambda block, document: [inline(block["runs"])],
    "fill": lambda block, document: [f"{inline(block['runs'])} {LINE}"],
    "cut": lambda block, document: [CUT.replace("#", inline(block["runs"]))],
    "list": lambda block, document: [_items(block["items"], "-")],
    "steps": lambda block, document: [_items(block["items"], "#.")],
    "tick": lambda block, document: [_items(block["items"], "- [ ]")],
    "table": lambda block, document: [_table(block["head"], block["rows"])],
    "write": lambda block, document: [LINE] * block["n"],
    "page": lambda block, document: ["---"],
    "clause": _clause,
    "posters": lambda block, document: ["\n".join(f"- {inline(one)}" for one in block["items"])],
    "labels": lambda block, document: [f"**{inline(one['title'])}**\n\n{inline(one['runs'])}" for one in block["items"]],
}


# --- HTML ----------------------------------------------------------------------------------------


def html(document: Data, school: str = "") -> str:
    """The document as one accessible HTML page, complete in itself: no script, nothing fetched."""
    lang = document["lang"][:2]
    title = "".join(run["t"] for run in document["title"])
    style = resources.files("komainu").joinpath("web/policy/document.css").read_text("utf-8")
    body = "\n".join(HTML[block["k"]](block, document) for block in document["blocks"])
    named = f"{title} - {school}" if school else title
    head = f"<h1>{spans(document['title'])}</h1>\n" if title_on_top(document) else ""
    return (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(named)}</title>\n<style>\n{style}</style>\n</head>\n"
        f'<body class="form-{document["form"]}">\n<main>\n{head}{body}\n</main>\n</body>\n</html>\n'
    )


def spans(runs: list[Run]) -> str:
    """Runs as HTML."""
    tags = {"b": "strong", "ins": "ins", "del": "del", "c": "code"}
    return "".join(f"<{tags[sign]}>{_ruby(run, escape)}</{tags[sign]}>" if (sign := _sign(run)) else _ruby(run, escape) for run in runs)


def _html_items(items: list[Data], tag: str, mark: str = "") -> str:
    return f"<{tag}{mark}>" + "".join(f"<li>{spans(item['runs'])}{_inner(item)}</li>" for item in items) + f"</{tag}>"


def _inner(item: Data) -> str:
    return _html_items(item["items"], "ul") if item["items"] else ""


def _html_table(block: Data, document: Data) -> str:
    head = "".join(f'<th scope="col">{spans(cell)}</th>' for cell in block["head"])
    rows = ""
    for first, *rest in block["rows"]:
        rows += f'<tr><th scope="row">{spans(first)}</th>' + "".join(f"<td>{spans(cell)}</td>" for cell in rest) + "</tr>"
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _html_clause(block: Data, document: Data) -> str:
    title = f"（{spans(block['title'])}）" if _rules(document, "ja") else f" {spans(block['title'])}"
    heading = f'<h3 id="clause-{escape(block["id"])}">{escape(block["label"])}{title}</h3>'
    if document["form"] != "rules":
        return f"<section>{heading}{_html_items(block['paras'], 'ul')}</section>"
    paras = ""
    for para in block["paras"]:
        label = f'<span class="label">{escape(para["label"])}</span> ' if para["label"] else ""
        paras += f"<p>{label}{spans(para['runs'])}</p>"
        if para["items"]:
            lines = "".join(f'<li><span class="label">{escape(one["label"])}</span> {spans(one["runs"])}</li>' for one in para["items"])
            paras += f'<ul class="items">{lines}</ul>'
    return f"<section>{heading}{paras}</section>"


HTML = {
    "title": lambda block, document: f"<h1>{spans(block['runs'])}</h1>",
    "sub": lambda block, document: f"<h3>{spans(block['runs'])}</h3>",
    "h": lambda block, document: f"<h2>{escape(block.get('label', ''))}{spans(block['runs'])}</h2>",
    "p": lambda block, document: f"<p>{spans(block['runs'])}</p>",
    "right": lambda block, document: f'<p class="right">{spans(block["runs"])}</p>',
    "fill": lambda block, document: f'<p class="fill"><span>{spans(block["runs"])}</span><span class="line"></span></p>',
    "cut": lambda block, document: f'<p class="cut"><span>{spans(block["runs"])}</span></p>',
    "list": lambda block, document: _html_items(block["items"], "ul"),
    "steps": lambda block, document: _html_items(block["items"], "ol"),
    "tick": lambda block, document: _html_items(block["items"], "ul", ' class="tick"'),
    "table": _html_table,
    "write": lambda block, document: '<div class="write">' + '<p class="line"></p>' * block["n"] + "</div>",
    "page": lambda block, document: '<hr class="page">',
    "clause": _html_clause,
    "posters": lambda block, document: '<ul class="posters">' + "".join(f"<li>{spans(one)}</li>" for one in block["items"]) + "</ul>",
    "labels": lambda block, document: "".join(
        f'<section class="label-card"><h2>{spans(one["title"])}</h2><p>{spans(one["runs"])}</p></section>' for one in block["items"]
    ),
}
