"""The sentences that the machines say themselves, in Japanese and in English.

In:  a key and its values.   Out: one sentence in the language of the notebook.
A machine that cannot go on raises an error with one of these sentences: what it got, and what to do.
"""

_TABLE = {
    "language": {
        "ja": '言語は "ja" か "en" を選んでください({found} は使えません)。',
        "en": 'Choose the language "ja" or "en" ({found} is not one of them).',
    },
    "contexts": {
        "ja": "手がかりは、大まかなものから細かいものへ順にならべたリストで渡してください({found} が来ました)。",
        "en": "Give the clues as a list, from the coarse one to the fine one (got {found}).",
    },
    "unseen": {
        "ja": "この手がかり {contexts} では、まだ何も学んでいません。先に learn で例を見せてください。",
        "en": "Nothing has been learned yet under {contexts}. Show examples with learn first.",
    },
    "not-negative": {
        "ja": "{name} は 0 以上の数にしてください({found} が来ました)。",
        "en": "{name} must be a number of 0 or more (got {found}).",
    },
    "between": {
        "ja": "{name} は {low} から {high} までの数にしてください({found} が来ました)。",
        "en": "{name} must be a number from {low} to {high} (got {found}).",
    },
    "whole": {
        "ja": "{name} は {low} から {high} までの整数にしてください({found} が来ました)。",
        "en": "{name} must be a whole number from {low} to {high} (got {found}).",
    },
    "function": {
        "ja": "{name} には関数を、かっこを付けずに渡してください({found} が来ました)。",
        "en": "Give {name} a function, without brackets after it (got {found}).",
    },
    "rng": {
        "ja": "rng には random.Random(1) のような「くじ」を渡してください({found} が来ました)。",
        "en": "Give rng something to draw lots with, such as random.Random(1) (got {found}).",
    },
    "verdict": {
        "ja": "judge は True, False, None のどれかを return してください({found} が来ました)。print ではなく return です。",
        "en": "judge must return True, False or None (got {found}). Use return, not print.",
    },
    "sentences": {
        "ja": "make_world や talk で作った文のリストを渡してください({found} が来ました)。",
        "en": "Give a list of sentences made by make_world or talk (got {found}).",
    },
    "guesses": {
        "ja": "(確信度, 正しかったか) の組のリストを渡してください({found} が来ました)。例: [(0.9, True), (0.4, False)]",
        "en": "Give a list of pairs (confidence, was it right) (got {found}), for example [(0.9, True), (0.4, False)].",
    },
    "answers": {
        "ja": "二つ以上の答えのリストを渡してください({found} が来ました)。",
        "en": "Give a list of at least two answers (got {found}).",
    },
    "same-length": {
        "ja": "二つのリストを同じ長さにしてください({one} 個と {two} 個が来ました)。",
        "en": "Make the two lists equally long (got {one} and {two} things).",
    },
    "table": {
        "ja": "まず table = train(文のリスト) で表を作り、それを渡してください({found} が来ました)。",
        "en": "First make a table with table = train(list of texts), then hand it over (got {found}).",
    },
    "texts": {
        "ja": '文字列のリストを渡してください({found} が来ました)。例: ["一つ目の文", "二つ目の文"]',
        "en": 'Give a list of texts (got {found}), for example ["the first one", "the second one"].',
    },
    "text": {
        "ja": '文字列を一つ渡してください({found} が来ました)。例: "出雲大社"',
        "en": 'Give one text in quotation marks (got {found}), for example "Izumo".',
    },
    "pairs": {
        "ja": '(問い, 答え) の組のリストを渡してください({found} が来ました)。例: [("青森県", "青森市")]',
        "en": 'Give a list of pairs (question, answer) (got {found}), for example [("Aomori-ken", "Aomori-shi")].',
    },
    "place": {
        "ja": "{found} は、この機械が学んだ場所の中にありません。places で一覧を見てください。",
        "en": "{found} is not among the places this machine has learned. See the list in places.",
    },
    "learn-first": {
        "ja": "まだ何も学んでいません。先に例を学ばせてください。",
        "en": "Nothing has been learned yet. Let the machine learn examples first.",
    },
    "both-kinds": {
        "ja": "正しい答えとまちがった答えが、どちらも一つ以上必要です。",
        "en": "At least one right and one wrong answer are needed.",
    },
}
_now = {"language": "ja"}


def language(lang=None):
    """The language of the machines' sentences, after changing it to `lang` if one is given.

    >>> language("en")
    'en'
    >>> language("ja")
    'ja'
    """
    if lang is not None:
        if lang not in ("ja", "en"):
            raise kindly(ValueError(say("language", found=repr(lang))))
        _now["language"] = lang
    return _now["language"]


def say(key, **values):
    """The sentence called `key`, in the language of the notebook, with its gaps filled.

    >>> print(say("not-negative", name="temperature", found=-1))
    temperature は 0 以上の数にしてください(-1 が来ました)。
    """
    return _TABLE[key][language()].format(**values)


def add(sentences):
    """Take in more sentences, each in both languages: {key: {"ja": …, "en": …}}.

    >>> add({"hello": {"ja": "{name}さん、こんにちは。", "en": "Hello, {name}."}})
    >>> print(say("hello", name="はな"))
    はなさん、こんにちは。
    """
    for key, sentence in sentences.items():
        if _TABLE.setdefault(key, sentence) != sentence or set(sentence) != {"ja", "en"}:
            raise ValueError(f"words.add: {key!r} is taken, or is not given in exactly ja and en")


def knows(key):
    """Whether there is a sentence of this name.

    >>> knows("learn-first"), knows("learn-last")
    (True, False)
    """
    return key in _TABLE


def expect(fine, key, **values):
    """Nothing when all is fine; otherwise a kind error with the sentence called `key`.

    >>> expect(3 > 2, "learn-first")
    >>> expect(2 > 3, "learn-first")
    Traceback (most recent call last):
    ValueError: まだ何も学んでいません。先に例を学ばせてください。
    """
    if not fine:
        raise kindly(ValueError(say(key, **values)))


def kindly(error):
    """The error, marked as one whose sentence is written for a pupil and needs no explaining (see `kind`).

    >>> kindly(ValueError("16 行で書いてください。")).kind
    True
    """
    error.kind = True
    return error


def short(thing):
    """How a thing looks in a sentence: at most 40 signs of it.

    >>> short([1, 2, 3])
    '[1, 2, 3]'
    """
    try:
        text = "..." if thing is ... else repr(thing)
    except Exception:  # a number of 5000 digits, or a class that a pupil wrote
        text = f"<{type(thing).__name__}>"
    return text if len(text) <= 40 else text[:39] + "…"
