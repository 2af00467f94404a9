"""How a Japanese text is read: readings (furigana) and school years of kanji.

In:  Japanese text, or Markdown.   Out: Run values, HTML or Markdown with <ruby>.
The analyser is Sudachi; data/readings.yml corrects it where a person has read its output and found it wrong.
Left out on purpose: which stage reads which kanji (level), hiding of furigana (CSS by y1 … y8).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

import yaml

from komainu.mdscan import Piece, label_headings, pieces

OTHER_JOYO, OUTSIDE_JOYO = 7, 8
KANJI = r"[々〆ヶヵ㐀-䶿一-鿿豈-﫿\U00020000-\U0003FFFF]"
"""ヶ counts as kanji: in 3ヶ月 and 千ヶ滝 it is read, though never as written."""
HAS_KANJI = re.compile(KANJI)
CHUNK = re.compile(rf"{KANJI}+|[ぁ-ゖァ-ヺー]+|.", re.DOTALL)
STRETCH = re.compile(r"[^。！？\n]*[。！？\n]+|[^。！？\n]+")
LONGEST = 4000
"""Characters given to the analyser at once; it refuses more than 49,149 bytes."""
TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ"))}
TO_ASCII = str.maketrans("０１２３４５６７８９，．", "0123456789,.")
PRINTED_FORM = str.maketrans("叱填剥頬", "𠮟塡剝頰")
"""The table of jōyō kanji prints the second forms and allows the first, which keyboards write."""
NUMBER = re.compile(r"[0-9]+(?:[,.][0-9]+)*(?:[十百千万億兆]+(?:[0-9]+(?=[十百千万億兆]))?)*|何|[一二三四五六七八九十百千万億兆]+")
DIGITS = {sign: value for value, sign in enumerate("一二三四五六七八九", 1)}
SPOKEN = ("", "いち", "に", "さん", "よん", "ご", "ろく", "なな", "はち", "きゅう")
TENS = {"何": "なん", "十": "じゅう", "百": "ひゃく", "千": "せん", "万": "まん", "億": "おく", "兆": "ちょう"}
JOINED = {"三百": "さんびゃく", "六百": "ろっぴゃく", "八百": "はっぴゃく", "三千": "さんぜん", "八千": "はっせん", "一兆": "いっちょう", "十兆": "じゅっちょう"}


@dataclass(frozen=True)
class Run:
    """A stretch of text that takes one furigana, or none."""

    base: str
    """The text as written; the bases of all runs together are the text."""
    reading: str
    """In hiragana; empty when there is no kanji, or when nobody knows the reading."""
    year: int
    """The highest school year of a kanji in it: 1 to 6, 7 = other jōyō, 8 = outside jōyō, 0 = no kanji."""


@dataclass(frozen=True)
class Override:
    """A reading checked by hand, for a word in a context."""

    word: str
    """As written; `|` separates runs."""
    reading: str
    """In hiragana, with a `|` for each in the word."""
    before: re.Pattern[str] | None = None
    """What must stand directly before the word."""
    after: re.Pattern[str] | None = None
    """What must stand directly after it."""
    stem: bool = False
    """The word is the stem of one that goes on in kana."""
    cut: bool = False
    """The word also counts where the analyser sees a longer or a crooked one."""

    def fits(self, text: str, start: int, end: int, bounds: set[int]) -> bool:
        """Whether the word at this place of the text is meant."""
        last = next((place for place in range(end, len(text)) if place in bounds), len(text))
        whole = start in bounds and (last == end or (self.stem and not HAS_KANJI.search(text, end, last)))
        if not (whole or self.cut):
            return False
        if self.before and not self.before.search(text[max(0, start - 12) : start]):
            return False
        return not self.after or bool(self.after.match(text[end : end + 12]))

    def runs(self) -> list[Run]:
        """The word with its reading laid out."""
        parts = zip(self.word.split("|"), self.reading.split("|"), strict=True)
        return [run for word, reading in parts for run in _lay_out(word, reading)]


def _data(name: str) -> str:
    return resources.files("komainu").joinpath(f"data/{name}").read_text("utf-8")


@cache
def _checked() -> dict:
    """data/readings.yml as it stands."""
    return yaml.safe_load(_data("readings.yml"))


@cache
def _years() -> dict[str, int]:
    """Every jōyō kanji with its school year."""
    years = dict.fromkeys("".join(line for line in _data("joyo.txt").splitlines() if line[:1] != "#"), OTHER_JOYO)
    for line in _data("kanji_years.txt").splitlines():
        if line[:1] != "#":
            year, kanji = line.split()
            years.update(dict.fromkeys(kanji, int(year)))
    return years


def kanji_year(char: str) -> int:
    """The school year in which a kanji is taught: 1 to 6, 7 = other jōyō, 8 = outside jōyō, 0 = not a kanji.

    Source: 学年別漢字配当表 (2017, in force since 2020) and 常用漢字表 (2010).
    """
    if char in "々〆ヶヵ" or not HAS_KANJI.fullmatch(char):
        return 0
    return _years().get(char.translate(PRINTED_FORM), OUTSIDE_JOYO)


def _year(text: str) -> int:
    return max(map(kanji_year, text), default=0)


@cache
def _overrides() -> dict[str, list[Override]]:
    """The checked words by their first character, longest first, then in the order of the file."""
    found: dict[str, list[Override]] = {}
    for entry in _checked()["words"]:
        before = re.compile(f"(?:{entry['before']})$") if "before" in entry else None
        after = re.compile(entry["after"]) if "after" in entry else None
        override = Override(entry["word"], entry["reading"], before, after, "stem" in entry, "cut" in entry)
        found.setdefault(override.word[0], []).append(override)
    return {first: sorted(words, key=lambda word: -len(word.word.replace("|", ""))) for first, words in found.items()}


@cache
def _counters() -> list[tuple[re.Pattern[str], dict[str, str]]]:
    """Each counter with its readings by the end of the number before it; the longest counter first."""
    table = _checked()["counters"].items()
    rows = ((key, {end: kana for ends, kana in row.items() for end in str(ends).split()}) for key, row in table)
    return [(re.compile(key), row) for key, row in sorted(rows, key=lambda item: -len(item[0]))]


@cache
def _analyser() -> Callable[[str], Iterable]:
    """Sudachi, made once: text -> words, long ones in parts where that changes no reading."""
    try:
        from sudachipy import Dictionary, SplitMode

        tokenizer = Dictionary().tokenizer()
    except ImportError as missing:
        from komainu.problem import Unable

        raise Unable(
            "ふりがなを付けるプログラム SudachiPy がありません。pip install 'komainu[author]' で入れてください。",
            "SudachiPy, which reads kanji, is missing. Install it with: pip install 'komainu[author]'",
        ) from missing

    def short_units(text: str) -> Iterator:
        for word in tokenizer.tokenize(text, SplitMode.C):
            parts = list(word.split(SplitMode.A))
            yield from parts if _keeps_its_reading(word, parts) else [word]

    return short_units


def _keeps_its_reading(word, parts: list) -> bool:
    """Whether a long word may be read part by part: same sound, and no kanji left alone."""
    alone = any(len(part.surface()) == 1 and HAS_KANJI.match(part.surface()) for part in parts)
    return len(parts) > 1 and not alone and "".join(part.reading_form() for part in parts) == word.reading_form()


def _words(text: str) -> list[tuple[int, int, str]]:
    """Start, end and hiragana reading of each word; the reading is empty where the analyser has none."""
    words = []
    for word in _analyser()(text):
        reading = word.reading_form().translate(TO_HIRAGANA)
        words.append((word.begin(), word.end(), "" if HAS_KANJI.search(reading) else reading))
    return words


@lru_cache(maxsize=16384)
def _lay_out(word: str, reading: str) -> list[Run]:
    """The runs of one word: kanji with their part of the reading, okurigana without. Not to be changed by the caller."""
    if not HAS_KANJI.search(word):
        return [Run(word, "", 0)]
    chunks = CHUNK.findall(word)
    if not reading:
        return [Run(chunk, "", _year(chunk)) for chunk in chunks]
    match = re.fullmatch("".join(map(_pattern, chunks)), reading)
    if not match:
        return [Run(word, reading, _year(word))]
    readings = iter(match.groups())
    return [Run(chunk, next(readings) if HAS_KANJI.match(chunk) else "", _year(chunk)) for chunk in chunks]


def _pattern(chunk: str) -> str:
    if HAS_KANJI.match(chunk):
        return "(.+?)"
    kana = chunk.translate(TO_HIRAGANA)
    return re.escape(kana) if re.match("[ぁ-ゖー]", kana) else ".*?"


def _end_of(number: str) -> str:
    """What decides the sound after a number: its last digit, or 10, 百, 千, 万 when it is round."""
    last = number[-1]
    if last in DIGITS or last in TENS:
        return str(DIGITS.get(last) or {"十": "10", "億": "万", "兆": "万"}.get(last, last))
    digits = number.replace(",", "")
    zeros = len(digits) - len(digits.rstrip("0"))
    if "." in digits or zeros in (0, len(digits)):
        return last
    return ("10", "百", "千", "万")[min(zeros, 4) - 1]


def _spoken(number: str) -> str:
    """The reading of a number in kanji: 三百二十 -> さんびゃくにじゅう."""
    parts = re.findall("|".join(JOINED) + "|.", number)
    return "".join(JOINED.get(part) or TENS.get(part) or SPOKEN[DIGITS[part]] for part in parts)


def _joined(number: str, row: dict[str, str]) -> str:
    """The reading of a number in kanji with its counter: 一 + 回 -> いっかい, 四 + 人 -> よにん."""
    end, spoken = _end_of(number), _spoken(number)
    kana = row.get(end, row["reading"])
    if say := row.get(f"say-{end}"):
        return spoken.removesuffix(SPOKEN[int(end)]) + say + kana
    doubling = {"1": "かきくけこさしすせそたちつてとぱぴぷぺぽ", "6": "かきくけこぱぴぷぺぽ"}
    doubling.update({"8": doubling["1"], "10": doubling["1"], "百": doubling["6"]})
    if kana and kana[0] in doubling.get(end, ""):
        spoken = re.sub("(?:う|ち|く)$", "っ", spoken)
    return spoken + kana


def _number_at(text: str, at: int, bounds: set[int]) -> tuple[int, list[Run]]:
    """The runs of a number with its counter at this place, and where they end; no runs where there is none."""
    match = NUMBER.match(text, at)
    if not match or (HAS_KANJI.match(text, at) and at not in bounds):
        return at + 1, []
    number, end = match[0], match.end()
    for counter, row in _counters():
        if (unit := counter.match(text, end)) and unit.end() in bounds:
            return unit.end(), _number_runs(number, unit[0], row)
    if HAS_KANJI.match(number) and (end not in bounds or len(number) == 1 or not set(number) & set(TENS)):
        return at + 1, []
    return end, _number_runs(number, "", {"reading": ""})


def _number_runs(number: str, counter: str, row: dict[str, str]) -> list[Run]:
    if HAS_KANJI.match(number):
        return _lay_out(number + counter, _joined(number, row))
    units = re.split("([十百千万億兆]+)", number)
    runs = [Run(part, _spoken(part) if HAS_KANJI.match(part) else "", _year(part)) for part in units if part]
    return runs + (_lay_out(counter, row.get(f"={number}") or row.get(_end_of(number), row["reading"])) if counter else [])


def _override_at(text: str, at: int, bounds: set[int]) -> tuple[int, list[Run]] | None:
    for override in _overrides().get(text[at], ()):
        word = override.word.replace("|", "")
        if text.startswith(word, at) and override.fits(text, at, at + len(word), bounds):
            return at + len(word), override.runs()
    return None


@cache
def _beginnings() -> re.Pattern[str]:
    """The characters with which a hand-checked word or a number can begin."""
    return re.compile("[" + re.escape("".join(_overrides()) + "".join(DIGITS) + "".join(TENS)) + "0-9]")


def _fixed(text: str, bounds: set[int]) -> Iterator[tuple[int, int, list[Run]]]:
    """The places that hand-checked words and numbers decide, from left to right."""
    at, plain = 0, text.translate(TO_ASCII)
    while place := _beginnings().search(plain, at):
        at = place.start()
        end, found = _override_at(plain, at, bounds) or _number_at(plain, at, bounds)
        if found:
            yield at, end, found
        at = end


def _analysed(text: str, start: int, end: int, words: list[tuple[int, int, str]]) -> Iterator[Run]:
    """The runs of the words between two places; what a fixed place has cut in two is analysed again."""
    for first, last, reading in words:
        cut = text[max(first, start) : min(last, end)]
        if not cut or last <= start or first >= end:
            continue
        if len(cut) == last - first:
            yield from _lay_out(cut, reading)
        elif HAS_KANJI.search(cut):
            yield from (run for a, b, again in _words(cut) for run in _lay_out(cut[a:b], again))
        else:
            yield Run(cut, "", 0)


def _all_runs(text: str) -> Iterator[Run]:
    words = _words(text)
    bounds = {place for start, end, _ in words for place in (start, end)}
    at = 0
    for start, end, found in _fixed(text, bounds):
        yield from _analysed(text, at, start, words)
        yield from found
        at = end
    yield from _analysed(text, at, len(text), words)


@lru_cache(maxsize=65536)
def _sentence_runs(text: str) -> tuple[Run, ...]:
    """The runs of one sentence, its bases cut from the text itself, plain stretches joined."""
    if not HAS_KANJI.search(text):
        return (Run(text, "", 0),)
    joined: list[Run] = []
    at = 0
    for run in _all_runs(text):
        base, at = text[at : at + len(run.base)], at + len(run.base)
        if joined and not (run.reading or run.year or joined[-1].reading or joined[-1].year):
            base = joined.pop().base + base
        joined.append(Run(base, run.reading, run.year))
    return tuple(joined)


def runs(text: str) -> tuple[Run, ...]:
    """The text as runs with their readings; the bases together are the text, whatever it is."""
    found: list[Run] = []
    for stretch in STRETCH.findall(text):
        for start in range(0, len(stretch), LONGEST):
            found.extend(_sentence_runs(stretch[start : start + LONGEST]))
    return tuple(found)


def _ruby(run: Run, keep: int) -> str:
    if not run.reading or run.year <= keep:
        return run.base
    return f'<ruby class="y{run.year}">{run.base}<rp>（</rp><rt>{run.reading}</rt><rp>）</rp></ruby>'


def ruby_html(text: str, keep: int = 0) -> str:
    """The text with furigana as inline HTML; all else passes through unchanged, for it is Markdown source already.

    Words whose kanji are all of school year `keep` or below stay as they are.
    """
    return "".join(_ruby(run, keep) for run in runs(text))


def _placed(source: str, piece: Piece) -> Iterator[tuple[int, int, Run]]:
    """The runs of a piece with their places in the source; a run that markup cuts in two is read in parts."""
    places, at = piece.offsets(), 0
    for run in runs(piece.plain(source)):
        own, at = places[at : at + len(run.base)], at + len(run.base)
        if own[-1] - own[0] == len(own) - 1:
            yield own[0], own[-1] + 1, run
            continue
        for start, end in piece.spans:
            first, last = max(start, own[0]), min(end, own[-1] + 1)
            for part in runs(source[first:last]):
                yield first, first + len(part.base), part
                first += len(part.base)


def ruby_markdown(text: str, keep: int = 0) -> str:
    """A whole Markdown text with furigana in its prose: paragraphs, lists, tables, headings, link texts.

    Twice gives the same as once. A heading that gets furigana also gets its plain text as data-toc-label,
    which Python-Markdown shows in the table of contents. `keep` as in ruby_html.
    """
    marked, done = [], 0
    for piece in pieces(text):
        for start, end, run in _placed(text, piece):
            marked += text[done:start], _ruby(run, keep)
            done = end
    marked.append(text[done:])
    return label_headings(text, "".join(marked))
