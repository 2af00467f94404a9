"""What the lesson "next-word-cards" says in numbers, computed again from its own little book."""

import re
from collections import Counter
from fractions import Fraction
from itertools import product

import pytest

from lesson_text import (
    LANGUAGES,
    bullets,
    facts,
    minutes,
    nearest,
    numbered,
    numbers,
    page,
    percent,
    quiz,
    section,
    tables,
)

LESSON = "next-word-cards"
BETWEEN_CARDS = {"ja": "　", "en": " / "}
IN_A_SENTENCE = {"ja": "　", "en": " "}
START = {"ja": "はじめ", "en": "Start"}
YES, NO, OPEN = {"ja": "○", "en": "✓"}, {"ja": "×", "en": "✗"}, "?"
KINDS = {
    "ja": {
        "book": "本と同じ",
        "new": "本にないが本当",
        "untrue": {"すらすら読めるが本当ではない", "おかしな文"},
    },
    "en": {
        "book": "same as the book",
        "new": "not in the book, true",
        "untrue": {"sounds right, is not true", "strange"},
    },
}
# What the cited museums and zoos say, by the places of the cards on the sheet (0 is whale, 6 "babies", ...).
TRUE_ENDINGS = {0: {6, 8, 9, 11}, 1: {7, 8, 10, 11}, 2: {8, 9, 12}}

both = pytest.mark.parametrize("lang", LANGUAGES)


def book(lang):
    """The sentences of the small book, each a tuple of three cards."""
    printed = section(LESSON, lang, "task-table")
    return [tuple(line.split(BETWEEN_CARDS[lang])) for line in numbered(printed)]


def next_words(lang):
    """Which words came next in the book, in the order of the book; `None` stands for the start."""
    found = {None: []}
    for sentence in book(lang):
        for before, after in zip((None, *sentence), sentence, strict=False):
            found.setdefault(before, []).append(after)
    return found


def rule_table(lang):
    """The whole table: the rows printed on the worksheet and the three that pupils write (answer key)."""
    printed = tables(section(LESSON, lang, "task-table"))[0][1:]
    written = tables(section(LESSON, lang, "answer-table"))[0][1:]
    rows = {row[0]: row[1:] for row in printed if any(row[1:])} | {row[0]: row[1:] for row in written}
    rows[None] = rows.pop(START[lang])
    return rows


def sentences(lang):
    """Every sentence that the cards can give, with its ways out of 27."""
    rows = rule_table(lang)
    ways = Counter()
    for first in rows[None]:
        for second in rows[first]:
            for third in rows[second]:
                ways[first, second, third] += 1
    return ways


def cards(lang):
    """The word cards in the order of the sheet, without the empty ones."""
    return [card for card in bullets(section(LESSON, lang, "task-cards")) if not card.startswith("(")]


def is_true(lang, sentence):
    """Whether the cited sources bear the sentence out."""
    places = cards(lang)
    return places.index(sentence[2]) in TRUE_ENDINGS[places.index(sentence[0])]


def answer_rows(lang):
    """The list of all sentences in the answer key: sentence -> ways, book, true, kind."""
    return {row[0]: row[1:] for row in tables(section(LESSON, lang, "answer-sentences"))[0][1:]}


def open_sentences(lang):
    """The sentences that the answer key marks with a question mark."""
    listed = answer_rows(lang)
    return [one for one in sentences(lang) if listed[IN_A_SENTENCE[lang].join(one)][1] == OPEN]


@both
def test_book_has_nine_true_sentences_of_three_cards(lang):
    """The small book has as many sentences as the page says, and every one of them is true."""
    assert [len(sentence) for sentence in book(lang)] == [3] * 9
    assert all(is_true(lang, sentence) for sentence in book(lang))
    assert {"ja": "小さな本(9文)", "en": "small book of nine true sentences"}[lang] in section(
        LESSON, lang, "summary"
    )


@both
def test_table_holds_what_came_next_in_the_book(lang):
    """Each row pupils write holds the words that came next, in the order of the book, repeats and all."""
    came_next = next_words(lang)
    for before, row in rule_table(lang).items():
        if before is not None:
            assert row == came_next[before]
    assert len(rule_table(lang)) == 7


@both
def test_dice_are_fair_in_every_row(lang):
    """Each box has two of the six sides, so a word is as likely as it was frequent in the book."""
    sides = [numbers(head) for head in tables(section(LESSON, lang, "task-table"))[0][0][1:]]
    assert sides == [[1, 2], [3, 4], [5, 6]]
    came_next = next_words(lang)
    for before, row in rule_table(lang).items():
        for word in set(row):
            assert Fraction(row.count(word), len(row)) == Fraction(
                came_next[before].count(word), len(came_next[before])
            )


@both
def test_pupils_fill_the_rows_that_stand_empty(lang):
    """The worksheet leaves exactly those three rows empty that the answer key fills."""
    printed = tables(section(LESSON, lang, "task-table"))[0]
    written = tables(section(LESSON, lang, "answer-table"))[0]
    assert printed[0] == written[0]
    assert [row[0] for row in printed[1:] if not any(row[1:])] == [row[0] for row in written[1:]]
    assert {"ja": "表(7行)。一番下の3行", "en": "(seven rows). Leave the last three rows empty"}[
        lang
    ] in section(LESSON, lang, "materials")


@both
def test_answer_key_lists_every_sentence_with_its_ways(lang):
    """The answer key lists all sentences that the cards can give, no others, each with its ways out of 27."""
    computed = {IN_A_SENTENCE[lang].join(one): ways for one, ways in sentences(lang).items()}
    assert {one: int(row[0]) for one, row in answer_rows(lang).items()} == computed


@both
def test_answer_key_marks_truth_and_book_rightly(lang):
    """Tick, cross or question mark, and the number of the book's sentence, are what the book gives."""
    in_book = {sentence: number for number, sentence in enumerate(book(lang), 1)}
    topic = {sentence[:2]: number for sentence, number in in_book.items()}
    for one in sentences(lang):
        _, by_book, true, kind = answer_rows(lang)[IN_A_SENTENCE[lang].join(one)]
        assert true == (YES if is_true(lang, one) else NO)[lang]
        if one in in_book:
            assert (by_book[0], numbers(by_book)) == (YES[lang], [in_book[one]])
            assert kind == KINDS[lang]["book"]
        elif by_book != OPEN:
            assert (by_book[0], numbers(by_book)) == (NO[lang], [topic[one[:2]]])
            assert kind in KINDS[lang]["untrue"]
        else:
            assert kind == KINDS[lang]["new"] if is_true(lang, one) else kind in KINDS[lang]["untrue"]


def test_both_languages_mark_the_same_sentences_alike():
    """The two answer keys agree line by line in ways, book, truth and kind."""
    ja, en = (list(answer_rows(lang).values()) for lang in LANGUAGES)
    same = {"○": "✓", "×": "✗"}
    assert [
        (row[0], row[1][0].translate(str.maketrans(same)), numbers(row[1]), same[row[2]]) for row in ja
    ] == [(row[0], row[1][0], numbers(row[1]), row[2]) for row in en]
    assert len(set(zip((row[3] for row in ja), (row[3] for row in en), strict=True))) == 4


@both
def test_counts_in_the_answer_key(lang):
    """21 sentences, 27 ways, 15 true, 12 not, 13 from the book, 2 new and true: all counted."""
    ways = sentences(lang)
    total = sum(ways.values())
    true = sum(count for one, count in ways.items() if is_true(lang, one))
    copied = sum(ways[one] for one in book(lang))
    said = {
        "ja": [
            f"下の{len(ways)}種類で全部",
            f"3×3×3={total}通り",
            f"そのうち{true}通りが本当の文、{total - true}通りが本当ではない文",
            f"本と同じ文は{copied}通り、本にないが本当の文は{true - copied}通り",
        ],
        "en": [
            f"exactly the {len(ways)} sentences below",
            f"3 × 3 × 3 = {total} ways",
            f"{true} of the {total} ways give a true sentence and {total - true} give one that is not true",
            f"{copied} ways repeat the book; {true - copied} ways give a sentence that is not in the book and is true",
        ],
    }[lang]
    for sentence in said:
        assert sentence in section(LESSON, lang, "answer-sentences")


@both
def test_expectations_for_a_class(lang):
    """The averages for sixty sentences and the two shares of groups follow from the 27 equal ways."""
    ways = sentences(lang)
    total = sum(ways.values())
    true = Fraction(sum(count for one, count in ways.items() if is_true(lang, one)), total)
    unsettled = Fraction(sum(ways[one] for one in open_sentences(lang)), total)
    all_true, none_open = percent(true**6), percent((1 - unsettled) ** 6)
    said = {
        "ja": [
            f"60文(10グループが6文ずつ)では、平均して本当が約{nearest(60 * true)}文、本当ではない文が約{nearest(60 * (1 - true))}文、?が約{nearest(60 * unsettled)}文",
            f"6文全部が本当になるグループは約{all_true}%、?が1文も出ないグループは約{none_open}%",
        ],
        "en": [
            f"60 sentences (ten groups of six), expect on average about {nearest(60 * true)} true, about {nearest(60 * (1 - true))} not true, and about {nearest(60 * unsettled)} question marks",
            f"About {all_true}% of groups will have six true sentences, and about {none_open}% will have no question mark",
        ],
    }[lang]
    for sentence in said:
        assert sentence in section(LESSON, lang, "answer-sentences")


@both
def test_unsettled_sentences_are_two_true_and_two_not(lang):
    """Of the four sentences that the book cannot settle, two are true and two are not."""
    truths = [is_true(lang, one) for one in open_sentences(lang)]
    assert (len(truths), sum(truths)) == (4, 2)
    said = {
        "ja": "本にない4種類の文は、2種類が本当で、2種類が本当ではない",
        "en": "Of the four sentences the book cannot settle, two are true and two are not",
    }
    assert said[lang] in section(LESSON, lang, "new-means-wrong")


@both
def test_cards_are_enough(lang):
    """13 word cards and 2 empty ones make the set of 15, and no sentence needs a card twice."""
    sheet = bullets(section(LESSON, lang, "task-cards"))
    assert set(cards(lang)) == {word for sentence in book(lang) for word in sentence}
    assert (len(cards(lang)), len(sheet)) == (13, 15)
    assert all(len(set(one)) == 3 for one in sentences(lang))
    said = {
        "ja": ("13枚、何も書いていないカードは2枚", "1組(15枚)。30人なら10組"),
        "en": (
            "13 word cards and 2 empty ones",
            "one set of 15 for each group of three, so ten sets for 30 pupils",
        ),
    }
    assert said[lang][0] in section(LESSON, lang, "answer-cards")
    assert said[lang][1] in section(LESSON, lang, "materials")


@both
def test_sides_of_the_dice_for_no_legs(lang):
    """Four sides of the dice give "no legs" and two give "two legs", as the teacher is told to say."""
    rows = rule_table(lang)
    row = rows[{"ja": "足が", "en": "have"}[lang]]
    assert (2 * row.count(cards(lang)[11]), 2 * row.count(cards(lang)[12])) == (4, 2)
    said = {
        "ja": "「ない」は1・2・3・4の四つ、「二本ある」は5・6の二つ",
        "en": '"no legs" comes on 1, 2, 3 and 4, four sides; "two legs" on 5 and 6, two sides',
    }
    assert said[lang] in section(LESSON, lang, "make-table")
    assert tables(section(LESSON, lang, "board-2"))[0][1][1:] == row


@both
def test_stretch_two_cards_copy_the_book(lang):
    """Whoever looks at the last two cards finds one ending for each pair: only the book comes out."""
    endings = Counter(sentence[:2] for sentence in book(lang))
    assert set(endings.values()) == {1}


@both
def test_stretch_same_first_and_third_roll_gives_the_book(lang):
    """Where the first and the third roll fall into the same box, the sentence is one of the book."""
    rows = rule_table(lang)
    for box, middle in product(range(3), range(3)):
        first = rows[None][box]
        second = rows[first][middle]
        assert (first, second, rows[second][box]) in book(lang)


@both
def test_every_machine_sentence_quoted_in_the_lesson_can_come_out(lang):
    """A sentence that the lesson quotes as the machine's is one that the cards can give."""
    listed = answer_rows(lang)
    openings = {IN_A_SENTENCE[lang].join(one[:2]) for one in sentences(lang)}
    begin, end = {"ja": "「」", "en": '""'}[lang]
    quoted = [part.split(end)[0] for part in page(LESSON, lang).split(begin)[1:]]
    whole = [one for one in quoted if any(one.startswith(opening) for opening in openings)]
    whole = [one for one in whole if one.endswith(("。", "."))]
    assert len(whole) >= 5
    assert set(whole) <= set(listed)


@both
def test_time_for_the_dice_adds_up(lang):
    """Two minutes of showing and six sentences of a minute and a half fill the activity; three fit the short cut."""
    full, short = minutes(LESSON)["run-dice"], minutes(LESSON, "short")["run-dice"]
    assert full >= 2 + 6 * 1.5
    assert short >= 2 + 3 * 1.5
    said = {
        "ja": ("2分で終える", "1文に1分半", "6文(1人2文)", "1人1文、グループで3文"),
        "en": (
            "in two minutes",
            "a minute and a half",
            "six sentences, two each",
            "one sentence each, three for a group",
        ),
    }[lang]
    assert all(part in section(LESSON, lang, "run-dice") for part in said[:3])
    assert said[3] in section(LESSON, lang, "short")


def test_quiz_counts_the_sides():
    """Two of three boxes say "fly", so four sides of the dice give it."""
    item = quiz(LESSON)["count-sides"]
    boxes = {
        "ja": re.findall(r"(\d)・(\d)の目[はも]「(.*?)」", item["ja"]["stem"]),
        "en": re.findall(r'(\d) or (\d) gives "(.*?)"', item["en"]["stem"]),
    }
    for lang, fly in (("ja", "とぶ。"), ("en", "fly.")):
        sides = [int(side) for *box, word in boxes[lang] if word == fly for side in box]
        assert len(boxes[lang]) == 3
        assert item["key"]["value"] == len(sides) == 4
        assert numbers(item[lang]["explain"])[: len(sides)] == sides


def test_quiz_key_of_the_three_marks():
    """The small book of the quiz says the same, something different, or nothing, as the key has it."""
    item = quiz(LESSON)["sort-three-marks"]
    for lang, ends in (("ja", ("「", "」")), ("en", ('"', '"'))):
        said = [part.split(ends[1])[0] for part in item[lang]["stem"].split(ends[0])[1:]]
        for option, target in item["key"].items():
            claim = item[lang]["options"][option]
            subject = claim.split(IN_A_SENTENCE[lang])[0]
            about = [one for one in said if one.startswith(subject)]
            if target == "same":
                assert claim in said
            elif target == "different":
                assert claim not in said
                assert about
            else:
                assert claim not in said


def test_lesson_time():
    """The activities fill the hour and the short cut."""
    lesson = facts(LESSON)
    assert sum(minutes(LESSON).values()) == lesson["minutes"]["full"] == 45
    assert sum(minutes(LESSON, "short").values()) == lesson["minutes"]["short"] == 20


@both
def test_small_numbers_around_the_book(lang):
    """Nine numbered sentences, two of them with "no legs", three rolls, 27 ways: wherever the page says so."""
    labels = re.findall(r"^(\d+)\. ", section(LESSON, lang, "task-table"), re.M)
    assert [int(label) for label in labels] == list(range(1, len(book(lang)) + 1))
    no_legs = [number for number, sentence in enumerate(book(lang), 1) if sentence[2] == cards(lang)[11]]
    said = {
        "ja": (
            ("answer-table", f"本の{no_legs[0]}番と{no_legs[1]}番"),
            ("answer-sentences", "さいころを3回使い"),
            ("predict", "小さな本(9文)"),
            ("background", "9文の表の代わりに"),
        ),
        "en": (
            ("answer-table", f"numbers {no_legs[0]} and {no_legs[1]} in the book"),
            ("answer-sentences", "three rolls"),
            ("predict", "small book of nine sentences"),
            ("background", "a table from nine sentences"),
        ),
    }
    for place, words in said[lang]:
        assert words in section(LESSON, lang, place)
    assert numbers(tables(section(LESSON, lang, "answer-sentences"))[0][0][1]) == [
        sum(sentences(lang).values())
    ]


@both
def test_boxes_of_the_dice_are_the_same_everywhere(lang):
    """Board and stretch task divide the six sides into the boxes of the worksheet."""
    boxes = [numbers(head) for head in tables(section(LESSON, lang, "task-table"))[0][0][1:]]
    assert [numbers(head) for head in tables(section(LESSON, lang, "board-2"))[0][0][1:]] == boxes
    pair = {"ja": "{}・{}", "en": "{} or {}"}[lang]
    written = {"ja": "、", "en": ", "}[lang].join(pair.format(*box) for box in boxes)
    assert f"({written})" in section(LESSON, lang, "stretch")
    assert {
        "ja": f"{pair.format(*boxes[2])}の目をそのカードに",
        "en": f"the box for {pair.format(*boxes[2])}",
    }[lang] in section(LESSON, lang, "stretch")


@both
def test_board_asks_the_worksheet_question(lang):
    """The three predictions on the board are the worksheet's, in its order."""
    asked = bullets(section(LESSON, lang, "task-predict"))
    counted = bullets(section(LESSON, lang, "board-1"))
    assert len(asked) == len(counted) == 3
    if lang == "ja":
        for choice, line in zip(asked, counted, strict=True):
            assert choice.removesuffix("になる。").removesuffix("。") in line
