"""Five artists who draw with six colours: a shrine, a Chinese temple, a church, a castle, a house.

In:  which building, and the dice (rng).   Out: a drawing of 16 rows, each a word of 16 letters.
Every building is written down as its left half; the artist mirrors it, so that it stands straight.
A building is a pile of parts. Each part has a few forms, and some parts are repeated: that makes it
tall or low. A column may be left out: that makes it narrow. Then come the place, the trees and the sky.
Each is a good drawing of its own building; none is a failed drawing of another one.
Left out on purpose: everything that needs more than 16 x 16 cells, and every other way to build.
"""

from smallmachines.paper import SIZE, SKY

OPEN = ","  # in a part: open air, no scenery behind it; where SKY stands, the scenery shows through
# "a" is the paint of the day. A part is (its forms, repeated at least, at most); blanks separate rows.
BUILDINGS = {
    "shrine": {
        "parts": [
            (["K....... RKKKKKKK .RRRRRRR", "KK...... .RKKKKKK ..RRRRRR", ".KKKKKKK .RRRRRRR"], 1, 1),
            (["..RR,,,Y", "..RR,,,K"], 1, 1),
            ([".RRRRRRR"], 1, 1),
            (["..RR,,,,"], 4, 5),
            (["..RR,,,, ..KK,,,,", "..RR,,,,"], 1, 1),
        ],
        "paints": "R",
        "narrow": 5,
    },
    "temple": {
        "parts": [
            ([".......Y", ".......R ......YY", "......YY"], 1, 1),
            (["...a.aaa ....aaaa .....RRR", "..a..aaa ...aaaaa ....RWKW", "...aaaaa", "....aaaa"], 1, 1),
            (
                ["a....aaa .aaaaaaa ..RRRRRR", "a...aaaa .aaaaaaa .RRRRRRR", "a..aaaaa .aaaaaaa .RRRRRRR"],
                1,
                1,
            ),
            (["..RR,,,W", "..RR,,,K", "..RR,,,Y"], 1, 1),
            (["..RR,WRK", "..RR,RKK", "..RRWWKK"], 3, 4),
            ([".WWWWWWW", "..KK,WWW"], 0, 1),
        ],
        "paints": "YYYYG",
        "narrow": 5,
    },
    "church": {
        "parts": [
            ([".......Y ......YY .......Y"], 1, 1),
            ([".......K ......KK .....KKK", "......KK ......KK .....KKK", ".......K ......KK"], 1, 1),
            (["......WK ......WW", "......WY ......WY", ".....WWK .....WWW"], 1, 1),
            (["...KKWWW ..KKKWWW .KKKKWWY", "....KWWW ..KKKWWY .KKKWWYY"], 1, 1),
            (["..WWWWWW"], 0, 2),
            (["..WYWWWK ..WYWWKK ..WWWWKK", "..WWYWWK ..WWYWKK"], 1, 1),
        ],
        "paints": "K",
        "narrow": 3,
    },
    "castle": {
        "parts": [
            (["..RR.... ..RR.... ..K.....", "..R..... ..RR.... ..K.....", ".RR..... ..K....."], 1, 1),
            (["K.K.K... KKKKK...", ".KKK.... KKKKK..."], 1, 1),
            (["KKYKK...", "KKKKK..."], 1, 2),
            (["KKKKKK.K KKKKKKKK", "KYKKK.K. KKKKKKKK", "KKKKK.KK KKKKKKKK"], 1, 1),
            (["KKKKKKKK", "KKYKKKKK"], 1, 2),
            (["KKKKKKWW KKKKKWWW KKKKKWWW", "KKKKKKYY KKKKKYYY KKKKKYYY"], 1, 1),
        ],
        "paints": "K",
        "narrow": 1,
    },
    "house": {
        "parts": [
            ([".......a ......aa .....aaa ....aaaa", "....aaaa ...aaaaa", "......aa ....aaaa"], 1, 1),
            (["..aaaaaa .aaaaaaa", ".aaaaaaa aaaaaaaa"], 1, 1),
            (["..WWWWWW"], 1, 2),
            (["..WYYWWW ..WYYWWW", "..WYYWYY ..WYYWYY", "..WWWWWW ..WYWYWY ..WYWYWY"], 1, 1),
            (["..WWWWKK ..WWWWKK", "..WYYWKK ..WYYWKK ..WWWWKK", "..WWWWWK ..WYYWWK ..WWWWWK"], 1, 1),
        ],
        "paints": "KKGKGR",
        "narrow": 3,
    },
}
GROUND = ["GGGGGGGG", "GGGGGGYY", "YYYYYYYY", "WWWWWWWW"]
SCENERY = {  # (what to draw, lowest and highest place of its top-left corner: x0, x1, y0, y1)
    "sun": (["YY", "YY"], 0, 14, 0, 1),
    "cloud": ([".WWW.", "WWWWW"], -3, 13, 0, 4),
    "small cloud": (["WWW"], -1, 14, 0, 5),
    "tree": ([".GG.", "GGGG", "GGGG", ".KK."], -2, 14, 9, 12),
    "pine": ([".G.", "GGG", "GGG", ".K."], -1, 14, 9, 12),
    "bush": (["GG"], -1, 15, 13, 14),
}


def paint(kind, rng):
    """One new drawing of this building: 16 rows of 16 letters; other dice, another drawing.

    >>> import random
    >>> for row in paint("shrine", random.Random(5)): print(f"|{row}|")
    |................|
    |.YY..........WWW|
    |.YY.............|
    |................|
    |KK...........KK.|
    |.RKKKKKKKKKKKR..|
    |..RRRRRRRRRRR...|
    |..RR...K...RR...|
    |.RRRRRRRRRRRRR..|
    |..RR.......RR...|
    |..RR.......RR...|
    |..RR.......RR...|
    |..RR.......RR...|
    |GGRR.......RR...|
    |..RR.......RR...|
    |GGGGGGYYYYGGGGGG|
    """
    paper = [[SKY] * SIZE for _ in range(SIZE)]
    for name in rng.sample(list(SCENERY), rng.randint(1, 3)):
        rows, x0, x1, y0, y1 = SCENERY[name]
        _put(paper, rows, rng.randint(x0, x1), rng.randint(y0, y1))
    rows = [half + half[-2::-1] for half in _pile(BUILDINGS[kind], rng)]  # the mirror
    _put(paper, rows, (SIZE - len(rows[0])) // 2 + rng.randint(0, 1), SIZE - 1 - len(rows))
    ground = rng.choice(GROUND)
    paper[-1] = list(ground + ground[::-1])
    return tuple("".join(row) for row in paper)


def _pile(building, rng):
    rows = []
    for forms, least, most in building["parts"]:
        rows += rng.choice(forms).split() * rng.randint(least, most)
    without = rng.choice([SIZE, SIZE, building["narrow"]])  # no half has a column 16: two of three stay wide
    colour = rng.choice(building["paints"])
    return [(row[:without] + row[without + 1 :]).replace("a", colour) for row in rows]


def _put(paper, rows, left, top):
    for y, row in enumerate(rows, top):
        for x, cell in enumerate(row, left):
            if cell != SKY and 0 <= y < SIZE and 0 <= x < SIZE:
                paper[y][x] = SKY if cell == OPEN else cell
