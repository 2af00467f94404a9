"""A lesson's Markdown as blocks."""

from komainu.handouts.sheet import blocks, line, text_of

TEXT = """### 1 予想しよう {#task}

下の**小さな本**は、[本当](glossary:x)です。
続きます。

{choices}
- 全部
- 半分

{write 2}

{cards 3}
- くじら
- 足

{break}

| 前 | 後 |
| --- | :---: |
| 一 |  |

![絵](images/a.svg)
"""


def test_every_kind_of_block():
    """Directives, lists, tables and pictures come in order, each as what it is for."""
    found = blocks(TEXT, "ja")
    assert [block["k"] for block in found] == ["sub", "p", "tick", "write", "cards", "page", "table", "picture"]
    assert text_of(found[0]["runs"]) == "1 予想しよう"
    assert found[1]["runs"] == [{"t": "下の"}, {"t": "小さな本", "b": 1}, {"t": "は、本当です。続きます。"}]
    assert found[4]["columns"] == 3
    assert found[6] == {"k": "table", "head": [[{"t": "前"}], [{"t": "後"}]], "rows": [[[{"t": "一"}], []]], "align": ["", "center"]}
    assert found[7] == {"k": "picture", "src": "images/a.svg", "alt": "絵"}


def test_furigana_by_year():
    """Words above the year carry their reading, bold ones too; the others and English text carry none."""
    assert line("**予想**する", "ja", 2) == [{"t": "予想", "b": 1, "r": "よそう"}, {"t": "する"}]
    assert line("予想する", "ja", 9) == [{"t": "予想する"}]
    assert line("Guess\nfirst", "en", 2) == [{"t": "Guess first"}]


def test_bold_beside_brackets():
    """Bold begins and ends where its marks stand, whatever stands beside them."""
    assert line("**「予想」**を", "ja", 2) == [{"t": "「", "b": 1}, {"t": "予想", "r": "よそう", "b": 1}, {"t": "」", "b": 1}, {"t": "を"}]


def test_lists_within_lists():
    """An item keeps the items below it, and its second line stays with its first."""
    (found,) = blocks("- 一つ\n  つづき\n  - 中\n", "ja")
    assert found == {"k": "list", "items": [{"runs": [{"t": "一つつづき"}], "items": [{"runs": [{"t": "中"}], "items": []}]}]}


def test_signs_that_are_no_marks():
    """What looks like a tag or a mark in a text stays text."""
    assert text_of(line("5 < 7 & `<b>` \\*", "en")) == "5 < 7 & <b> *"
