"""A pupil's own notes: predictions made before a run, and sentences in their own words.

In:  a prediction, then what really happened; or a text.   Out: cards, the prediction beside the result.
They stay in the notebook, where the teacher reads them. Nothing here gives marks.
Left out on purpose: any judgement. A prediction that missed is a good start for a question.
"""

import unicodedata

from smallmachines.cards import card
from smallmachines.words import add, expect, say, short

add(
    {
        "name-first": {
            "ja": 'はじめに "{example}" のような名前を書いてください({found} が来ました)。',
            "en": 'First give a name such as "{example}" (got {found}).',
        },
        "predict-first": {
            "ja": 'まず予想を書きましょう。... を消して、数か、"" で囲んだことばを書き、もう一度実行します。',
            "en": 'First write your prediction: replace ... by a number, or by words in "", and run the cell again.',
        },
        "no-prediction": {
            "ja": "「{name}」の予想がまだありません。先に、上の予想のセルを書いて実行しましょう。",
            "en": "There is no prediction “{name}” yet. First fill in and run the prediction cell above.",
        },
        "own-words-first": {
            "ja": '""" と """ の間に、自分のことばで書きましょう。それから、もう一度実行します。',
            "en": 'Write in your own words between """ and """, then run the cell again.',
        },
        "your-prediction": {"ja": "予想", "en": "Your prediction"},
        "the-result": {"ja": "結果", "en": "The result"},
        "difference": {"ja": "差", "en": "Difference"},
        "compare-later": {
            "ja": "結果が出たら比べます。予想はあとから変えません。",
            "en": "Compare it when the result is there. Do not change it afterwards.",
        },
        "same": {"ja": "予想と結果は同じです。", "en": "Prediction and result are the same."},
        "lower": {"ja": "結果は予想より小さくなりました。", "en": "The result is lower than the prediction."},
        "higher": {
            "ja": "結果は予想より大きくなりました。",
            "en": "The result is higher than the prediction.",
        },
        "other": {"ja": "結果は予想とちがいました。", "en": "The result is not what was predicted."},
        "ask-why": {"ja": "なぜでしょう。", "en": "Why might that be?"},
        "own-words": {"ja": "自分のことば", "en": "In my own words"},
        "teacher-reads": {"ja": "先生が読みます。", "en": "Your teacher will read it."},
    }
)
_predictions = {}


def predict(name, value):
    """Note a prediction under a name: a number, or words.

    >>> predict("share-of-lies", 10)
    【予想】
    10
    結果が出たら比べます。予想はあとから変えません。
    """
    expect(isinstance(name, str), "name-first", example="share", found=short(name))
    fine = isinstance(value, int | float) or (isinstance(value, str) and value.strip())
    expect(fine, "predict-first")
    _predictions[name] = value
    return card(say("your-prediction"), [str(value), say("compare-later")])


def compare(name, result):
    """The prediction of this name beside what really happened.

    >>> card = predict("share-of-lies", 10)
    >>> compare("share-of-lies", 8)
    【予想 / 結果】
    結果は予想より小さくなりました。 なぜでしょう。
    予想 | 結果 | 差
    10   | 8    | -2
    """
    expect(isinstance(name, str), "name-first", example="share", found=short(name))
    expect(name in _predictions, "no-prediction", name=name)
    guess = _predictions[name]
    heads, row = [say("your-prediction"), say("the-result")], [guess, result]
    if _numbers(guess, result):
        heads, row = [*heads, say("difference")], [*row, round(result - guess, 6)]
    return card(" / ".join(heads[:2]), [_remark(guess, result)], [heads, row])


def _numbers(*things):
    return all(isinstance(thing, int | float) and not isinstance(thing, bool) for thing in things)


def bare(text):
    """A text without spaces, marks and the size of letters: what a pupil meant, however it was typed.

    >>> bare("A, b・Ｃ"), bare("愛知 市")
    ('abc', '愛知市')
    """
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())


def _remark(guess, result):
    if guess == result or (isinstance(guess, str) and isinstance(result, str) and bare(guess) == bare(result)):
        return say("same")
    way = ("lower" if result < guess else "higher") if _numbers(guess, result) else "other"
    return f"{say(way)} {say('ask-why')}"


def explain(name, text):
    """Keep a text in one's own words for the teacher.

    >>> explain("why", "見た目が似ているものの場所を使ったからだと考えます。")
    【自分のことば】
    見た目が似ているものの場所を使ったからだと考えます。
    先生が読みます。
    """
    expect(isinstance(name, str), "name-first", example="why", found=short(name))
    expect(isinstance(text, str) and len(text.split()) + len(text.strip()) > 3, "own-words-first")
    return card(say("own-words"), [*filter(None, map(str.strip, text.splitlines())), say("teacher-reads")])
