"""Paper with 16 x 16 cells: what a drawing is, and how it stands in a text.

In:  lines that somebody typed, or the text of a file.   Out: drawings, or a kind error that says where.
A drawing is 16 rows, each a word of 16 letters: R red, W white, Y yellow, G green, K dark, and a point
for the sky. A collection is a list of pairs (word, drawing).
A file of drawings begins with the line `komainu drawings 1`. Then come the drawings, with an empty line
before each: one line with the word, then the 16 rows.
Left out on purpose: who drew it. The file has no place for a name.
"""

import unicodedata
from itertools import groupby

from smallmachines.picturewords import TITLES
from smallmachines.words import expect, kindly, say, short

SIZE = 16
COLOURS = ".RWYGK"
SKY = "."
FORMAT, VERSION = "komainu drawings", 1
LONGEST_WORD = 20


def parse(lines):
    """The drawing that you typed: 16 lines of 16 letters; small and wide letters and empty lines are fine too.

    >>> house = ["................"] * 8 + ["...kkkkkkkkkk..."] * 2 + ["...WWWWWWWWWW..."] * 6
    >>> parse(chr(10).join(house))[7:11]
    ('................', '...KKKKKKKKKK...', '...KKKKKKKKKK...', '...WWWWWWWWWW...')
    >>> parse("RRR")
    Traceback (most recent call last):
    ValueError: 絵は 16 行で書いてください(1 行ありました)。
    """
    expect(isinstance(lines, str), "drawing", found=short(lines))
    rows = [row.upper().replace("。", SKY) for row in _lines(lines) if row]
    expect(len(rows) == SIZE, "drawing-lines", found=len(rows))
    for y, row in enumerate(rows, 1):
        expect(len(row) == SIZE, "drawing-letters", line=y, found=len(row))
        for x, cell in enumerate(row, 1):
            expect(cell in COLOURS, "drawing-colour", line=y, column=x, found=short(cell))
    return tuple(rows)


def text(drawing):
    """The drawing as 16 lines of letters, ready to copy, change and `parse`.

    >>> sky = ("................",) * 16
    >>> parse(text(sky)) == sky
    True
    """
    return "\n".join(expect_drawing(drawing))


def read_collection(lines):
    """The collection that stands in the text of a file of drawings.

    >>> sky = ("................",) * 16
    >>> read_collection(write_collection([("shrine", sky), ("わたしの家", sky)])) == [("神社", sky), ("わたしの家", sky)]
    True
    """
    expect(isinstance(lines, str), "drawings-text", found=short(lines))
    parts = groupby(_lines(lines.lstrip("\ufeff")), key=bool)  # an empty line ends a part
    first, *drawings = [list(part) for full, part in parts if full] or [[""]]
    _expect_format(*first)
    expect(drawings, "drawings-none")
    return [_pair(number, *drawing) for number, drawing in enumerate(drawings, 1)]


def write_collection(examples):
    """The collection as the text of a file of drawings.

    >>> print(write_collection([("家", ("................",) * 16)])[:38])
    komainu drawings 1
    <BLANKLINE>
    家
    ................
    """
    for number, (word, _) in enumerate(expect_examples(examples), 1):
        _expect_word(number, word)
    return "\n".join([f"{FORMAT} {VERSION}\n", *(f"{word}\n{text(drawing)}\n" for word, drawing in examples)])


def _lines(lines):
    return [line.strip() for line in unicodedata.normalize("NFKC", lines).splitlines()]


def _expect_format(first, *more):
    name, _, version = first.lower().rpartition(" ")
    expect(name == FORMAT and version.isdecimal(), "drawings-format", found=short(first))
    expect(int(version) == VERSION, "drawings-version", found=version)
    expect(not more, "drawings-gap", found=short("".join(more[:1])))


def _expect_word(number, word):
    fine = 0 < len(word) <= LONGEST_WORD and [word] == _lines(word)
    is_row = len(word) == SIZE and not word.upper().strip(COLOURS)
    expect(fine and not is_row, "drawings-word", n=number, found=short(word))


def _pair(number, word, *rows):
    """One drawing of a file; what is wrong with it is said together with its number."""
    _expect_word(number, word)
    try:
        return in_this_language(word), parse("\n".join(rows))
    except ValueError as error:
        raise kindly(ValueError(say("drawings-place", n=number, word=word, what=error))) from None


def in_this_language(word):
    """A building's name in the language of the notebook; any other word as it is.

    >>> in_this_language("shrine"), in_this_language("学校")
    ('神社', '学校')
    """
    kinds = [kind for kind, titles in TITLES.items() if word in titles.values()]
    return say(kinds[0]) if kinds else word


def is_drawing(thing):
    """True for 16 rows of 16 letters, all of them colours.

    >>> is_drawing(("................",) * 16), is_drawing("家")
    (True, False)
    """
    rows = isinstance(thing, tuple) and len(thing) == SIZE
    return rows and all(isinstance(row, str) and len(row) == SIZE and not row.strip(COLOURS) for row in thing)


def expect_drawing(drawing):
    """The drawing, if it is one; otherwise a kind error.

    >>> expect_drawing("torii")
    Traceback (most recent call last):
    ValueError: ここには、絵を 1 枚入れてください('torii' がありました)。絵は draw や parse で作れます。
    """
    expect(is_drawing(drawing), "drawing", found=short(drawing))
    return drawing


def expect_drawings(drawings):
    """The list, if it holds at least one drawing and nothing else; otherwise a kind error."""
    fine = isinstance(drawings, list | tuple) and drawings and all(map(is_drawing, drawings))
    expect(fine, "drawings", found=short(drawings))
    return drawings


def expect_examples(examples):
    """The collection, if it holds at least one pair (word, drawing); otherwise a kind error."""
    fine = isinstance(examples, list | tuple) and examples and all(map(_is_example, examples))
    expect(fine, "examples", found=short(examples))
    return examples


def _is_example(pair):
    fine = isinstance(pair, list | tuple) and len(pair) == 2
    return fine and isinstance(pair[0], str) and is_drawing(pair[1])
