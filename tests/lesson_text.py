"""What a lesson's pages say, cut into the pieces that the number tests compare with a computation.

In:  lessons/<id>/{ja.md, en.md, quiz.yml, lesson.yml} as they stand on disk.
Out: sections, tables, lists and quiz items as plain text, without links and emphasis.
Left out on purpose: checking the lesson itself; `komainu check` does that.
"""

import re
from fractions import Fraction
from pathlib import Path

import yaml

LESSONS = Path(__file__).resolve().parents[1] / "lessons"
LANGUAGES = ("ja", "en")


def plain(text: str) -> str:
    """The text as a reader sees it: the words of a link, no stars around what is bold."""
    return re.sub(r"(?<!!)\[([^\]]*)\]\([^)]*\)", r"\1", text).replace("**", "")


def raw_page(lesson: str, lang: str) -> str:
    """The whole page, links and all."""
    return (LESSONS / lesson / f"{lang}.md").read_text("utf-8")


def raw_section(lesson: str, lang: str, anchor: str) -> str:
    """What stands beneath the heading `{#anchor}`, down to the next heading of its level or above."""
    taken: list[str] = []
    depth = 0
    for line in raw_page(lesson, lang).splitlines():
        heading = re.match(r"(#+) ", line)
        if depth and heading and len(heading[1]) <= depth:
            break
        if depth:
            taken.append(line)
        elif heading and re.search(rf"\{{#{re.escape(anchor)}[ }}]", line):
            depth = len(heading[1])
    assert depth, f"{lesson}/{lang}.md has no heading with {{#{anchor}}}"
    return "\n".join(taken)


def page(lesson: str, lang: str) -> str:
    """The whole page as a reader sees it."""
    return plain(raw_page(lesson, lang))


def section(lesson: str, lang: str, anchor: str) -> str:
    """The section as a reader sees it."""
    return plain(raw_section(lesson, lang, anchor))


def tables(text: str) -> list[list[list[str]]]:
    """Every table of the text: its rows, the heading row first, each a list of cells."""
    found: list[list[list[str]]] = []
    inside = False
    for line in text.splitlines():
        if not line.startswith("|"):
            inside = False
            continue
        if not inside:
            found.append([])
        inside = True
        if not re.fullmatch(r"[|\s:-]+", line) or "-" not in line:
            found[-1].append([cell.replace("\u00a0", " ").strip() for cell in line.strip().strip("|").split("|")])
    return found


def bullets(text: str) -> list[str]:
    """Every bullet of the text, its indented lines joined to it."""
    items: list[str] = []
    for line in text.splitlines():
        if line.startswith("- "):
            items.append(line[2:])
        elif line.startswith("  ") and items:
            items[-1] += " " + line.strip()
    return items


def numbered(text: str) -> list[str]:
    """Every item of the numbered lists in the text."""
    return re.findall(r"^\d+\. (.*)$", text, re.M)


def numbers(text: str) -> list[int]:
    """All whole numbers in the text, in order, a minus sign counted."""
    return [int(found.replace("−", "-").replace(",", "")) for found in re.findall(r"[−-]?\d[\d,]*", text)]


def quiz(lesson: str) -> dict[str, dict]:
    """The quiz items by id."""
    items = yaml.safe_load((LESSONS / lesson / "quiz.yml").read_text("utf-8"))["items"]
    return {item["id"]: item for item in items}


def facts(lesson: str) -> dict:
    """What lesson.yml says."""
    return yaml.safe_load((LESSONS / lesson / "lesson.yml").read_text("utf-8"))


def minutes(lesson: str, key: str = "minutes") -> dict[str, int]:
    """Minutes by activity; with `short`, those of the short cut."""
    return {activity["id"]: activity[key] for activity in facts(lesson)["activities"]}


def minus(number: object) -> str:
    """The number with the minus sign that the pages print."""
    return str(number).replace("-", "−")


def percent(share: Fraction, digits: int = 0) -> str:
    """The share in per cent as the pages round it: halves go up, no sign after it."""
    scaled = share * 100 * 10**digits
    whole = int(scaled + Fraction(1, 2))
    return str(whole) if not digits else f"{whole / 10**digits:.{digits}f}"


def nearest(number: Fraction) -> int:
    """The nearest whole number, halves going up."""
    return int(number + Fraction(1, 2))
