"""A quiz as a Word file that Microsoft Forms reads with its quick import.

In:  a QuizSet.   Out: the bytes of a .docx: `1. question`, `A. option`, `Answer: B`, each a plain paragraph.
The import recognises choices and texts. So order and match become one choice a row, and a statement two: true or not, scored, and how
sure, without an answer. Left out on purpose: feedback and readings, which the import would take for parts of a question.
"""

from __future__ import annotations

from collections.abc import Iterator

from komainu.docx import docx
from komainu.exports.quiz_set import Item, QuizSet, items, line, right, rows
from komainu.exports.wording import number
from komainu.words import say

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

Asked = tuple[str, list[str], str]
"""A question, its options, and what stands behind `Answer:`; empty where nothing is right or wrong."""


def write(quiz: QuizSet) -> bytes:
    """The quiz as a Word file."""
    blocks = []
    for place, (stem, options, answer) in enumerate((one for item in items(quiz) for one in _asked(quiz, item)), 1):
        lines = [f"{place}. {stem}", *(f"{letter}. {text}" for letter, text in zip(LETTERS, options, strict=False))]
        blocks += [_paragraph(text) for text in [*lines, *([f"Answer: {answer}"] if answer else []), ""]]
    document = {"title": [{"t": line(quiz.title)}], "lang": quiz.lang, "form": "import", "blocks": blocks}
    return docx(document, {}, quiz.credit)


def _paragraph(text: str) -> dict:
    return {"k": "p", "runs": [{"t": line(text)}]}


def _asked(quiz: QuizSet, item: Item) -> Iterator[Asked]:
    """What a question becomes."""
    if item.kind in ("order", "match"):
        labels, pairs = rows(quiz, item)
        for text, label in pairs:
            yield say(quiz.lang, "export_row", stem=item.stem, row=text), labels, LETTERS[labels.index(label)]
    elif item.kind == "number":
        yield item.stem, [], number(item.key["value"])
    elif item.kind == "short":
        yield item.stem, [], item.key[quiz.lang][0]
    elif item.kind == "confidence":
        yield item.stem, [say(quiz.lang, "quiz_true"), say(quiz.lang, "quiz_false")], "A" if item.key else "B"
        yield say(quiz.lang, "export_sure"), [say(quiz.lang, f"export_{name}") for name in ("certain", "probable", "even")], ""
    else:
        yield item.stem, list(item.options.values()), ", ".join(letter for letter, option in zip(LETTERS, item.options, strict=False) if option in right(item))
