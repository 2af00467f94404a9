"""The sentences and names of the picture machines, in Japanese and in English.

In:  nothing.   Out: nothing; reading this module makes `words.say` know them.
"""

from smallmachines.words import add

TITLES = {
    "shrine": {"ja": "神社", "en": "shrine"},
    "temple": {"ja": "中国のお寺", "en": "Chinese temple"},
    "church": {"ja": "教会", "en": "church"},
    "castle": {"ja": "城", "en": "castle"},
    "house": {"ja": "家", "en": "house"},
}
"""What the buildings are called; a pupil may use either language."""

add(TITLES)
add(
    {
        "gallery": {
            "ja": "絵(SVGの文字列)のリストを渡してください({found} が来ました)。",
            "en": "Give a list of pictures, each the text of an SVG (got {found}).",
        },
        "drawing-lines": {
            "ja": "絵は 16 行で書いてください({found} 行ありました)。",
            "en": "Write a drawing in 16 lines (found {found}).",
        },
        "drawing-letters": {
            "ja": "{line} 行目を 16 文字にしてください({found} 文字ありました)。",
            "en": "Make line {line} 16 letters long (found {found}).",
        },
        "drawing-colour": {
            "ja": "{line} 行目の {column} 文字目を R W Y G K . のどれかにしてください({found} は使えません)。",
            "en": "In line {line}, make letter {column} one of R W Y G K . ({found} is not a colour).",
        },
        "drawing": {
            "ja": "ここには、絵を 1 枚入れてください({found} がありました)。絵は draw や parse で作れます。",
            "en": "Give one drawing (got {found}); draw and parse make drawings.",
        },
        "drawings-text": {
            "ja": "絵の集まりの文字を、\"\"\" と \"\"\" の間にはり付けてください({found} がありました)。",
            "en": "Give the text of a file of drawings (got {found}).",
        },
        "drawings-format": {
            "ja": "一行目に komainu drawings 1 がありません({found} がありました)。全部をコピーし直してください。",
            "en": "Give the whole text, with komainu drawings 1 in its first line (found {found}).",
        },
        "drawings-version": {
            "ja": "この絵のファイルは別の版({found})です。読めるのは版 1 です。教材を新しくしてください。",
            "en": "This file of drawings has another version ({found}); only version 1 can be read. Update the kit.",
        },
        "drawings-gap": {
            "ja": "一行目のあとと、絵と絵の間に、空の行を入れてください({found} がありました)。",
            "en": "Put an empty line after the first line and between drawings (found {found}).",
        },
        "drawings-none": {
            "ja": "絵が一枚もありません。ことばを 1 行、その下に絵を 16 行書いてください。",
            "en": "There is no drawing yet. Write a line with the word and 16 lines with the drawing below it.",
        },
        "drawings-word": {
            "ja": "{n} 枚目の絵の上に、何の絵かを 1〜20 文字で 1 行書いてください({found} がありました)。",
            "en": "Above drawing {n}, write in one line what it shows, 1 to 20 letters (found {found}).",
        },
        "drawings-place": {"ja": "{n} 枚目の絵({word}): {what}", "en": "Drawing {n} ({word}): {what}"},
        "drawings": {
            "ja": "[ ] の中に、絵をならべてください({found} がありました)。例: [draw(ことば, seed=1), draw(ことば, seed=2)]",
            "en": "Give a list of drawings (got {found}), for example [draw(word, seed=1), draw(word, seed=2)].",
        },
        "examples": {
            "ja": "[ ] の中に、(ことば, 絵) の組をならべてください({found} がありました)。collect で作れます。",
            "en": "Give a list of pairs (word, drawing) (got {found}); collect makes one.",
        },
        "artist": {
            "ja": "{found} をかく画家はいません。{known} の中から選んでください。",
            "en": "There is no artist for {found}. Choose one of {known}.",
        },
        "amounts": {
            "ja": '{{"神社": 3, "家": 97}} のように、ことばと 0 から 5000 までの枚数を書いてください({found} がありました)。',
            "en": 'Give words with how many drawings of each, 0 to 5000, as in {{"shrine": 3, "house": 97}} (got {found}).',
        },
        "unknown-word": {
            "ja": "機械は {found} ということばの絵をまだ学んでいません。{known} の中から選んでください。",
            "en": "The machine has not learned the word {found}. Choose one of {known}.",
        },
        "trials": {
            "ja": '{{"前": few, "後": many}} のように、try_out の結果に名前を付けてください({found} がありました)。',
            "en": 'Give results of try_out with names, as in {{"before": few, "after": many}} (got {found}).',
        },
        "amount-dots": {
            "ja": "「{word}」の枚数が、まだ ... のままです。... を消して、数を書いてください。",
            "en": "The number for “{word}” is still ... . Replace ... by a number.",
        },
        "amount-text": {
            "ja": '「{word}」の枚数は、" " を付けずに、数だけを書いてください({found} がありました)。',
            "en": "Write the number for “{word}” without quotation marks (found {found}).",
        },
        "trial-judge": {"ja": "判定器の答え", "en": "What the judge says"},
        "trial-tested": {
            "ja": "この判定器は、画家の新しい絵 {n} 枚のうち {right} 枚で正解しました。",
            "en": "This judge was right on {right} of {n} fresh drawings by the artists.",
        },
        "trial-word": {"ja": "何の絵か", "en": "It shows"},
        "trial-of": {"ja": "{n} 枚のうち", "en": "Of {n}"},
        "trial-variety": {"ja": "絵のちがい", "en": "How different they are"},
        "trial-once": {
            "ja": "1 台の機械が出した同じ絵は、何枚あっても 1 枚と数えます。",
            "en": "When one machine draws the same thing many times, it counts once.",
        },
        "trial-distinct": {"ja": "ちがう絵", "en": "Different drawings"},
        "trial-copied": {"ja": "集まりにある絵とまったく同じ絵", "en": "Exactly as in the collection"},
        "labels": {
            "ja": "絵の名前を、絵と同じ {n} 個ならべてください({found} がありました)。",
            "en": "Give a list of {n} labels, as many as there are drawings (got {found}).",
        },
        "chart": {
            "ja": "名前と数を組にして書いてください({found} がありました)。例: {example}",
            "en": "Give names with numbers (got {found}), for example {example}.",
        },
        "grouped": {
            "ja": "[ ] の中に、(グループ, 絵, True か False) の組をならべてください({found} がありました)。",
            "en": "Give a list of (group, drawing, True or False) (got {found}).",
        },
        "yes": {
            "ja": '答えが True になることばを ["神社", "教会"] のように、[ ] の中にならべてください({found} がありました)。',
            "en": 'Give the words whose answer is True as a list, as in ["shrine", "church"] (got {found}).',
        },
        "weights": {
            "ja": "重みは、例と同じ個数だけ、0 以上の数でならべてください({found} がありました)。",
            "en": "Give one weight of 0 or more for every example (got {found}).",
        },
        "shares": {
            "ja": "グループ別のまちがいと、グループごとの枚数を入れてください({found} がありました)。",
            "en": "Give the errors by group, and how many there are of each of these groups (got {found}).",
        },
        "colour .": {"ja": "空", "en": "sky"},
        "colour R": {"ja": "赤", "en": "red"},
        "colour K": {"ja": "黒", "en": "dark"},
        "colour W": {"ja": "白", "en": "white"},
        "colour G": {"ja": "緑", "en": "green"},
        "colour Y": {"ja": "黄", "en": "yellow"},
        "row": {"ja": "行", "en": "row"},
        "colours": {"ja": "色", "en": "colours"},
        "picture": {"ja": "絵", "en": "drawing"},
        "pictures": {"ja": "絵 {n} 枚", "en": "{n} drawings"},
        "read-on": {
            "ja": "絵の下の「ことばで読む」に、行ごとの色があります。",
            "en": "The colours of every row are under the drawing, in words.",
        },
        "in-words": {"ja": "ことばで読む", "en": "Read it in words"},
        "name": {"ja": "名前", "en": "name"},
        "value": {"ja": "数", "en": "number"},
        "line": {"ja": "系列", "en": "series"},
    }
)
