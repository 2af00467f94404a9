"""A quiz as Moodle XML: one category with all questions, every kind as Moodle's own question type.

In:  a QuizSet.   Out: the bytes of an XML file for Moodle's question bank.
Confidence becomes a choice of five with the fractions of scoring.py; order needs Moodle 4.4, where its type became part of Moodle.
Left out on purpose: pictures, hints for further tries, and the settings of a quiz, which Moodle keeps apart from questions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from komainu.docx import CONTROL
from komainu.exports.quiz_set import Item, QuizSet, items, judgements, line, marked_up, rows
from komainu.exports.scoring import JUDGEMENTS, judgement_share
from komainu.exports.wording import number, spellings
from komainu.words import say

FRACTIONS = {0: "0", 1: "100", 2: "50", 3: "33.33333", 4: "25", 5: "20", 6: "16.66667", 7: "14.28571", 8: "12.5", 9: "11.11111", 10: "10"}
"""The part that one of so many has, in the very digits that Moodle accepts."""

TYPES = {"single": "multichoice", "multiple": "multichoice", "confidence": "multichoice", "order": "ordering", "match": "matching", "number": "numerical", "short": "shortanswer"}


def write(quiz: QuizSet) -> bytes:
    """The quiz as Moodle XML."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>", *_category(quiz)]
    for place, item in enumerate(items(quiz), 1):
        lines += _question(quiz, item, place)
    return ("\n".join([*lines, "</quiz>"]) + "\n").encode()


def _text(text: str) -> str:
    return f"<text>{escape(CONTROL.sub('', text), quote=False)}</text>"


def _html(quiz: QuizSet, tag: str, text: str) -> str:
    """An element that holds HTML."""
    return f'<{tag} format="html">{_text(marked_up(quiz, text))}</{tag}>'


def _category(quiz: QuizSet) -> Iterable[str]:
    """Where the questions go; in a path of categories a slash is written twice."""
    name = line(quiz.title).replace("/", "//")
    about = "\n".join(part for part in (quiz.instructions, quiz.credit) if part)
    return (
        '<question type="category">', f"<category>{_text(f'$course$/top/Komainu/{name}')}</category>",
        f'<info format="plain_text">{_text(about)}</info>', f"<idnumber>{quiz.id}-{quiz.lang}</idnumber>", "</question>",
    )  # fmt: skip


def _question(quiz: QuizSet, item: Item, place: int) -> Iterator[str]:
    yield f'<question type="{TYPES[item.kind]}">'
    yield f"<name>{_text(f'{place:02} {item.id}')}</name>"
    yield _html(quiz, "questiontext", asked(quiz, item))
    yield _html(quiz, "generalfeedback", item.explain)
    yield f"<defaultgrade>1</defaultgrade><penalty>0</penalty><hidden>0</hidden><idnumber>{quiz.id}-{quiz.lang}-{item.id}</idnumber>"
    yield from KINDS[item.kind](quiz, item)
    yield f"<tags><tag>{_text(item.skill)}</tag></tags>"
    yield "</question>"


def asked(quiz: QuizSet, item: Item) -> str:
    """What the pupil reads; a statement says also what an answer earns."""
    if item.kind != "confidence":
        return item.stem
    certain, probable, even = JUDGEMENTS[:3]
    values = {"certain": certain.if_right, "lost": certain.if_wrong, "probable": probable.if_right, "saved": probable.if_wrong, "even": even.if_right}
    return f"{item.stem}\n{say(quiz.lang, 'export_shares', **{name: number(value) for name, value in values.items()})}"


def _choice(quiz: QuizSet, option: str, fraction: str, why: str = "") -> str:
    return f'<answer fraction="{fraction}" format="html">{_text(marked_up(quiz, option))}{_html(quiz, "feedback", why)}</answer>'


def fractions(item: Item) -> dict[str, str]:
    """What each option of a choice earns or costs, in per cent of the point."""
    if item.kind == "confidence":
        return {one.id: number(round(100 * judgement_share(one, item.key), 5)) for one, _ in judgements(item)}
    wrong = FRACTIONS[len(item.options) - len(item.key)] if item.kind == "multiple" else "0"
    return {option: FRACTIONS[len(item.key)] if option in item.key else f"-{wrong}" if wrong != "0" else "0" for option in item.options}


def _choices(quiz: QuizSet, item: Item) -> Iterator[str]:
    yield f"<single>{'false' if item.kind == 'multiple' else 'true'}</single><shuffleanswers>false</shuffleanswers><answernumbering>ABCD</answernumbering>"
    for option, fraction in fractions(item).items():
        yield _choice(quiz, item.options[option], fraction, item.why.get(option, ""))


def _order(quiz: QuizSet, item: Item) -> Iterator[str]:
    """The answers stand in the right order; Moodle shuffles them."""
    yield f"<layouttype>VERTICAL</layouttype><selecttype>ALL</selecttype><selectcount>{len(item.key)}</selectcount>"
    yield "<gradingtype>ALL_OR_NOTHING</gradingtype><showgrading>HIDE</showgrading><numberingstyle>none</numberingstyle><shownumcorrect>1</shownumcorrect>"
    for place, option in enumerate(item.key, 1):
        yield f'<answer fraction="{place}" format="html">{_text(marked_up(quiz, item.options[option]))}</answer>'


def _match(quiz: QuizSet, item: Item) -> Iterator[str]:
    """Pairs, and the targets that go with nothing, which have an empty question."""
    labels, pairs = rows(quiz, item)
    taken = {label for _, label in pairs}
    yield "<shuffleanswers>true</shuffleanswers>"
    for text, label in [*pairs, *(("", label) for label in labels if label not in taken)]:
        yield f'<subquestion format="html">{_text(marked_up(quiz, text))}<answer>{_text(line(label))}</answer></subquestion>'


def _number(quiz: QuizSet, item: Item) -> Iterator[str]:
    value, tolerance = number(item.key["value"]), number(item.key["tolerance"])
    yield f'<answer fraction="100" format="plain_text">{_text(value)}<tolerance>{tolerance}</tolerance></answer>'


def _short(quiz: QuizSet, item: Item) -> Iterator[str]:
    """A star is a wildcard for Moodle, so one that is meant gets a backslash."""
    yield "<usecase>0</usecase>"
    for text in spellings(item.key[quiz.lang]):
        literal = line(text).replace("*", r"\*")
        yield f'<answer fraction="100" format="plain_text">{_text(literal)}</answer>'


KINDS = {"single": _choices, "multiple": _choices, "confidence": _choices, "order": _order, "match": _match, "number": _number, "short": _short}
