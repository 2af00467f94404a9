"""Byte-pair encoding against a naive reference, and the tax on words (E9)."""

import random
import time
from itertools import pairwise
from pathlib import Path

import pytest

from smallmachines.tokens import encode, premium, readable, single_bytes, train

# Our own pairs, only for this test.
PAIRS = [
    (
        "今日はとても暑いので、水をたくさん飲みましょう。",
        "It is very hot today, so let us drink a lot of water.",
    ),
    ("図書館は午後五時に閉まります。", "The library closes at five in the afternoon."),
    ("弟は毎朝、犬を散歩に連れて行きます。", "My brother takes the dog for a walk every morning."),
    ("雨が降り始めたので、急いで家に帰りました。", "It began to rain, so we hurried home."),
    ("この川には昔、大きな橋がかかっていました。", "There used to be a large bridge over this river."),
    ("先生は黒板に大きな地図を書きました。", "The teacher drew a large map on the blackboard."),
    (
        "祖母の作る味噌汁は、世界で一番おいしいです。",
        "The miso soup that my grandmother makes is the best in the world.",
    ),
    ("駅の前に新しいパン屋ができました。", "A new bakery has opened in front of the station."),
    ("私たちの学校では、九月に運動会があります。", "Our school has its sports day in September."),
    ("窓を開けると、海のにおいがしました。", "When I opened the window, I could smell the sea."),
    ("彼女は三年前からバイオリンを習っています。", "She has been learning the violin for three years."),
    (
        "この本は少し難しいけれど、とても面白いです。",
        "This book is a little difficult, but it is very interesting.",
    ),
    (
        "電車が遅れたので、会議に間に合いませんでした。",
        "The train was late, so I did not make it to the meeting.",
    ),
    ("冬になると、山は雪で真っ白になります。", "In winter the mountains turn white with snow."),
    ("妹は誕生日に自転車をもらいました。", "My sister was given a bicycle for her birthday."),
    ("夕食の前に宿題を終わらせなさい。", "Finish your homework before dinner."),
    ("この町には古い神社が三つあります。", "There are three old shrines in this town."),
    ("魚は水の中で息をすることができます。", "Fish can breathe in the water."),
    ("明日の朝は、六時に起きなければなりません。", "I have to get up at six tomorrow morning."),
    ("友だちと一緒に、公園でお弁当を食べました。", "I ate lunch in the park with my friends."),
    ("その質問に答えられる人は、一人もいませんでした。", "Nobody was able to answer that question."),
    ("父は毎週日曜日に庭の手入れをします。", "My father looks after the garden every Sunday."),
    ("私はコーヒーよりお茶のほうが好きです。", "I like tea better than coffee."),
    ("飛行機は予定より早く着きました。", "The plane arrived earlier than planned."),
    ("その猫は一日中、日なたで寝ています。", "The cat sleeps in the sun all day."),
    ("道に迷ったので、警察官に聞きました。", "I lost my way, so I asked a police officer."),
    ("春になると、校庭の桜が咲きます。", "In spring the cherry trees in the school yard bloom."),
    ("この時計は祖父からもらったものです。", "This watch was given to me by my grandfather."),
    ("地球は一年かけて太陽のまわりを回ります。", "The earth takes one year to go around the sun."),
    ("手紙を書いたけれど、まだ出していません。", "I have written a letter but have not posted it yet."),
    ("その店では新鮮な野菜を安く売っています。", "That shop sells fresh vegetables at a low price."),
    ("静かにしてください、赤ちゃんが眠っています。", "Please be quiet, the baby is sleeping."),
    ("昨日の夜、空にたくさんの星が見えました。", "Last night we could see many stars in the sky."),
    ("この箱は重すぎて、一人では運べません。", "This box is too heavy for one person to carry."),
    (
        "母は仕事から帰ると、すぐに夕食を作ります。",
        "My mother makes dinner as soon as she comes home from work.",
    ),
    ("私たちは夏休みに北海道へ行くつもりです。", "We are going to Hokkaido in the summer holidays."),
    ("歩きながら電話を見るのは危険です。", "It is dangerous to look at your phone while walking."),
    ("その映画は何度見ても飽きません。", "I never get tired of that film, however often I see it."),
    ("あの橋を渡ると、左に病院があります。", "If you cross that bridge, there is a hospital on the left."),
    ("新しい先生の名前をまだ覚えていません。", "I have not yet learned the new teacher's name."),
]


def naive(texts, merges):
    """The textbook algorithm on hex texts: slow, and written in another way, as the reference."""
    words = [
        " ".join(f"{byte:02x}" for byte in b"".join(word)) for text in texts for word in single_bytes(text)
    ]
    found = []
    for _ in range(merges):
        pairs = {}
        for word in words:
            symbols = word.split()
            for one, two in pairwise(symbols):
                pairs[one, two] = pairs.get((one, two), 0) + 1
        if not pairs:
            break
        top = max(pairs.values())
        one, two = min(pair for pair, times in pairs.items() if times == top)
        found.append((bytes.fromhex(one), bytes.fromhex(two)))
        words = [
            f" {word} ".replace(f" {one} {two} ", f" {one}{two} ")
            .replace(f" {one} {two} ", f" {one}{two} ")
            .strip()
            for word in words
        ]
    return found


def mix(share, seed=0, size=30, hidden=10):
    """Training texts with this share of Japanese, and pairs that are not among them."""
    shuffled = random.Random(seed).sample(PAIRS, len(PAIRS))
    seen, unseen = shuffled[hidden:], shuffled[:hidden]
    japanese = round(size * share)
    return [ja for ja, _ in seen[:japanese]] + [en for _, en in seen[japanese:]], unseen


def test_merges_are_those_of_the_naive_reference():
    """The first 60 merges are the textbook's, in order, in Japanese, in English and mixed."""
    for texts in (
        [ja for ja, _ in PAIRS[:12]],
        [en for _, en in PAIRS[:12]],
        [text for pair in PAIRS[:8] for text in pair],
    ):
        assert list(train(texts, 60)) == naive(texts, 60)


def test_nothing_is_lost():
    """The tokens of any text, joined, are its bytes, however odd the text."""
    table = train([text for pair in PAIRS for text in pair], 200)
    for text in [
        *(text for pair in PAIRS for text in pair),
        "",
        " ",
        "  a  b ",
        "改行\nと\tタブ",
        "🐕‍🦺 犬",
        "aaaa" * 9,
    ]:
        assert b"".join(encode(text, table)) == text.encode()
        assert all(isinstance(readable(token), str) for token in encode(text, table))


def test_a_training_text_is_encoded_as_training_left_it():
    """Encoding applies the merges in the order in which they were learned."""
    texts = ["banana bandana", "an anagram"]
    table = train(texts, 6)
    for text in texts:
        words = single_bytes(text)
        for one, two in table:
            for at, word in enumerate(words):
                new = []
                for token in word:
                    fits = new and (new[-1], token) == (one, two)
                    new[-1:] = [one + two] if fits else [*new[-1:], token]
                words[at] = tuple(new)
        assert encode(text, table) == [token for word in words for token in word]


def test_japanese_pays_a_tax_that_japanese_training_removes():
    """E9: premium over 2 without Japanese, under 1.5 with half, falling all the way (mean of 3 mixes, unseen pairs)."""
    means = []
    for share in (0, 0.1, 0.25, 0.5, 0.75, 1.0):
        found = []
        for seed in range(3):
            texts, unseen = mix(share, seed)
            found.append(premium(unseen, train(texts, 300)))
        means.append(sum(found) / 3)
    assert means[0] > 2
    assert means[3] < 1.5
    assert means == sorted(means, reverse=True)


def test_the_tax_on_the_exercises_own_pairs():
    """E9 on the pairs of word-tax: the same assertions, 50 pairs held out (mean of 3 mixes)."""
    path = Path(__file__).resolve().parents[2] / "notebooks" / "word-tax" / "data" / "pairs.tsv"
    pairs = [tuple(line.split("\t")) for line in path.read_text("utf-8").splitlines()[1:]]
    means = []
    for share in (0, 0.1, 0.5, 1.0):
        found = []
        for seed in range(3):
            shuffled = random.Random(seed).sample(pairs, len(pairs))
            seen, cut = shuffled[50:], round((len(pairs) - 50) * share)
            found.append(
                premium(
                    shuffled[:50], train([ja for ja, _ in seen[:cut]] + [en for _, en in seen[cut:]], 300)
                )
            )
        means.append(sum(found) / 3)
    assert means[0] > 2
    assert means[2] < 1.5
    assert means == sorted(means, reverse=True)


def test_fewer_signs_but_more_tokens():
    """The surprise of the lesson: Japanese needs fewer signs and, cut by an English cutter, more tokens."""
    signs = sum(len(ja) for ja, _ in PAIRS) / sum(len(en) for _, en in PAIRS)
    texts, unseen = mix(0)
    assert signs < 0.6
    assert premium(unseen, train(texts, 300)) > 2


def test_300_merges_on_200_sentences_take_under_two_seconds():
    """Fast enough for a class, with 200 different sentences."""
    rng = random.Random(1)
    halves = [ja.split("、") for ja, _ in PAIRS]
    texts = [f"{rng.choice(halves)[0]}、{rng.choice(halves)[-1]}" for _ in range(100)]
    texts += [f"{rng.choice(PAIRS)[1]} {rng.choice(PAIRS)[1]}" for _ in range(100)]
    start = time.perf_counter()
    table = train(texts, 300)
    assert len(table) == 300
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda: train("one text"), "文字列のリスト"),
        (lambda: train(["a"], merges=-1), "merges は 0 から"),
        (lambda: encode(3, {}), "文字列を一つ"),
        (lambda: encode("犬", 300), "train"),
        (lambda: premium([], {}), "組のリスト"),
        (lambda: premium([("犬", "")], {}), "組のリスト"),
    ],
)
def test_wrong_input_is_told_in_one_sentence(act, words):
    """A pupil's mistake gets a sentence that says what to do."""
    with pytest.raises((TypeError, ValueError), match=words):
        act()
