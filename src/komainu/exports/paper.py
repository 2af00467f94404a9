"""A quiz on paper: a sheet for pupils and, apart from it, the answers for the teacher.

In:  a QuizSet.   Out: the bytes of a .docx, with readings over the kanji where the set asks for them.
Options carry letters, so that answers can be called out and the key is short.
Left out on purpose: room for more than a line of writing; no question asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from komainu.docx import docx
from komainu.exports.moodle import asked
from komainu.exports.quiz_set import NO_FURIGANA, Item, QuizSet, items, line, right, word_runs
from komainu.exports.wording import number
from komainu.words import say

LETTERS = {"ja": "アイウエオカキクケコサシスセソタチツテト", "en": "ABCDEFGHIJKLMNOPQRST"}
Block = dict[str, object]


def write(quiz: QuizSet) -> bytes:
    """The sheet that pupils write on."""
    blocks: list[Block] = [{"k": "right", "runs": [{"t": say(quiz.lang, "export_name")}]}]
    if quiz.instructions:
        blocks.append({"k": "p", "runs": word_runs(quiz, quiz.instructions)})
    for place, item in enumerate(items(quiz), 1):
        blocks += _sheet(quiz, item, place)
    return _document(quiz, quiz.title, blocks)


def write_key(quiz: QuizSet) -> bytes:
    """The answers, each with its reason."""
    head = [say(quiz.lang, name) for name in ("quiz_number", "quiz_answer", "export_reason")]
    found = [[say(quiz.lang, "quiz_item", n=place), _answer(quiz, item), _reason(quiz, item)] for place, item in enumerate(items(quiz), 1)]
    table = {"k": "table", "head": [[{"t": one, "b": 1}] for one in head], "rows": [[[{"t": line(cell)}] for cell in row] for row in found]}
    return _document(quiz, say(quiz.lang, "export_key_title", title=quiz.title), [table])


def _document(quiz: QuizSet, title: str, blocks: list[Block]) -> bytes:
    """A small text below says whose it is; lines with readings over them get the room for that."""
    blocks = [*blocks, {"k": "right", "runs": [{"t": quiz.credit}]}]
    form = "pupil" if quiz.furigana < NO_FURIGANA else "quiz"
    return docx({"title": word_runs(quiz, title), "lang": quiz.lang, "form": form, "blocks": blocks}, {}, "Komainu")


def _lettered(quiz: QuizSet, texts: list[str]) -> list[tuple[str, str]]:
    return list(zip(LETTERS[quiz.lang], texts, strict=False))


# --- the sheet -----------------------------------------------------------------------------------

def _sheet(quiz: QuizSet, item: Item, place: int) -> Iterator[Block]:
    kind = say(quiz.lang, f"export_paper_{item.kind}")
    yield {"k": "sub", "runs": [{"t": f"{say(quiz.lang, 'quiz_item', n=place)}  "}, *word_runs(quiz, f"({kind})")]}
    yield {"k": "p", "runs": word_runs(quiz, item.stem)}
    yield from _to_fill(quiz, item)


def _to_fill(quiz: QuizSet, item: Item) -> Iterator[Block]:
    """What the pupil marks or writes on."""
    if item.kind in ("number", "short"):
        yield {"k": "write", "n": 1}
    elif item.kind == "match":
        yield from _rows(quiz, item)
        labels = "　　".join(f"{letter} {text}" for letter, text in _lettered(quiz, list(item.targets.values())))
        yield {"k": "p", "runs": word_runs(quiz, f"{say(quiz.lang, 'quiz_choices')}　{labels}")}
    elif item.kind == "order":
        yield from _rows(quiz, item)
    elif item.kind == "confidence":
        boxes = [f"□ {text}" for text in item.options.values()]
        yield from ({"k": "p", "runs": word_runs(quiz, "　　".join(part))} for part in (boxes[:3], boxes[3:]))
    else:
        yield from ({"k": "p", "runs": word_runs(quiz, f"□ {letter}　{text}")} for letter, text in _lettered(quiz, list(item.options.values())))


def _rows(quiz: QuizSet, item: Item) -> Iterator[Block]:
    """The options, each after room for a number or a letter."""
    yield from ({"k": "p", "runs": [{"t": "(　　　)　"}, *word_runs(quiz, text)]} for text in item.options.values())


# --- the key -------------------------------------------------------------------------------------

def _answer(quiz: QuizSet, item: Item) -> str:
    if item.kind == "number":
        value, tolerance = number(item.key["value"]), number(item.key["tolerance"])
        return value if tolerance == "0" else say(quiz.lang, "quiz_within", value=value, tolerance=tolerance)
    if item.kind == "short":
        return " / ".join(item.key[quiz.lang])
    if item.kind == "confidence":
        return say(quiz.lang, "quiz_true" if item.key else "quiz_false")
    if item.kind == "order":
        return ", ".join(str(item.key.index(option) + 1) for option in item.options)
    if item.kind == "match":
        letters = dict(zip(item.targets, LETTERS[quiz.lang], strict=False))
        return ", ".join(letters[item.key[option]] for option in item.options)
    return ", ".join(letter for letter, option in zip(LETTERS[quiz.lang], item.options, strict=False) if option in right(item))


def _reason(quiz: QuizSet, item: Item) -> str:
    """The explanation; for a statement also what each answer earns."""
    shares = asked(quiz, item).removeprefix(f"{item.stem}\n") if item.kind == "confidence" else ""
    return f"{item.explain} {shares}"
