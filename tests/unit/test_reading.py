"""What a pupil sees above a kanji, and what an author is told about a text that is too hard."""

import re
import time
from pathlib import Path

import markdown
import pytest
import yaml

from komainu import reading
from komainu.level import Finding, level_findings
from komainu.reading import Override, Run, kanji_year, ruby_html, ruby_markdown, runs

DATA = Path(reading.__file__).parent / "data"
ROWS = yaml.safe_load((Path(__file__).parents[1] / "cases" / "reading.yml").read_text("utf-8"))["rows"]
ENTRIES = yaml.safe_load((DATA / "readings.yml").read_text("utf-8"))["words"]


def written(row: str) -> str:
    """The row without its readings."""
    return re.sub("《.*?》", "", row)


def shown(text: str) -> str:
    """The text with every reading behind its kanji, as the rows of the table have it."""
    return "".join(f"{run.base}《{run.reading}》" if run.reading else run.base for run in runs(text))


@pytest.mark.parametrize("row", ROWS)
def test_sentence_is_read_as_a_person_read_it(row):
    """Every sentence of the table gets the readings that a person wrote down."""
    assert shown(written(row)) == row


@pytest.mark.parametrize("entry", ENTRIES, ids=[f"{entry['word']} {entry['reading']}" for entry in ENTRIES])
def test_override_shows_itself_at_work(entry):
    """Every hand-made reading has an example in which it stands, and takes effect there."""
    found = [(run.base, run.reading) for run in runs(written(entry["example"])) if run.reading]
    for before, kana in re.findall("([^《》]+)《(.*?)》", entry["example"]):
        assert any(before.endswith(base) and kana == said for base, said in found), (before, kana, found)
    own = [(run.base, run.reading) for run in Override(entry["word"], entry["reading"]).runs() if run.reading]
    assert any(found[start : start + len(own)] == own for start in range(len(found)))


def test_years_are_the_table_of_the_course_of_study():
    """80, 160, 200, 202, 193 and 191 kanji, none twice, and the prefectures' kanji in year 4."""
    years = [line.split()[1] for line in (DATA / "kanji_years.txt").read_text("utf-8").splitlines() if line[0] != "#"]
    assert [len(kanji) for kanji in years] == [80, 160, 200, 202, 193, 191]
    assert len(set("".join(years))) == 1026
    assert {kanji_year(kanji) for kanji in "茨媛岡潟岐熊香佐埼崎滋鹿縄井沖栃奈梨阪阜賀群徳富城"} == {4}
    assert {kanji_year(kanji) for kanji in "囲紀喜救型航告殺士史象賞貯停堂得毒費粉脈歴"} == {5}
    assert {kanji_year(kanji) for kanji in "胃腸恩券承舌銭退敵俵預"} == {6}


def test_joyo_is_the_table_of_2010():
    """2,136 kanji, none twice, the school years' among them; the keyboards' forms of four count too."""
    joyo = "".join(line for line in (DATA / "joyo.txt").read_text("utf-8").splitlines() if line[0] != "#")
    years = "".join(line.split()[1] for line in (DATA / "kanji_years.txt").read_text("utf-8").splitlines() if line[0] != "#")
    assert len(joyo) == len(set(joyo)) == 2136
    assert joyo.startswith(years)
    assert {kanji_year(kanji) for kanji in "𠮟塡剝頰叱填剥頬鬱"} == {7}
    assert [kanji_year(char) for char in "嘘狛あア々1A"] == [8, 8, 0, 0, 0, 0, 0]


def test_runs_stop_at_okurigana_and_keep_compounds_whole():
    """Kanji get their own part of the reading; a compound is one run with the year of its hardest kanji."""
    assert runs("引き出しで学習") == (
        Run("引", "ひ", 2), Run("き", "", 0), Run("出", "だ", 1), Run("しで", "", 0), Run("学習", "がくしゅう", 3),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("６本と100本と1000本と5本", ["ぽん", "ぽん", "ぼん", "ほん"]),
        ("1.5分と10分と20分と3分の1", ["ふん", "ぷん", "ぷん", "ぶん"]),
        ("何本、何分、何匹、何人、何回", ["なんぼん", "なんぷん", "なんびき", "なんにん", "なんかい"]),
        ("一回、六本、八百人、十冊、四年生、三千円", ["いっかい", "ろっぽん", "はっぴゃくにん", "じゅっさつ", "よねんせい", "さんぜんえん"]),
        ("12日、2日、14日、20日、30日", ["にち", "か", "か", "はつか", "にち"]),
    ],
)
def test_counter_sounds_as_its_number_makes_it(text, expected):
    """本 is ほん, ぼん or ぽん by the number before it, in digits and in kanji."""
    assert [run.reading for run in runs(text) if run.year and run.base != "の"] == expected


def test_unknown_kanji_has_a_year_but_no_reading():
    """Nothing is invented for a kanji that the dictionary lacks."""
    assert Run("龘", "", 8) in runs("龘と書く。")


def test_ruby_is_one_line_of_html():
    """Furigana carries the year for the style sheet, and brackets for readers without ruby."""
    assert ruby_html("神社へ") == '<ruby class="y3">神社<rp>（</rp><rt>じんじゃ</rt><rp>）</rp></ruby>へ'
    assert ruby_html("神社へ行く", keep=3) == "神社へ行く"
    assert ruby_html("<b>&amp;</b> **A**") == "<b>&amp;</b> **A**"


UNTOUCHED = [
    "---\ntitle: 神社\n---\n",
    "```python\n神社 = 1\n```\n",
    "    ~~~\n    神社\n    ~~~\n",
    "`神社` と ``神`社`` \n",
    "![神社の絵](images/神社.svg){ title=\"神社\" }\n",
    "![神社[の]絵][神社]\n",
    "<https://example.org/神社> <span title=\"神社\">\n",
    "{write 3}\n",
    "{: .神社 }\n",
    "!!! note \"神社\"\n",
    "??? tip \"神社\"\n",
    "=== \"神社\"\n",
    "[神社]: https://example.org/ \"神社\"\n",
    "|---|:-:|\n",
    "<!-- 神社\n神社 -->\n",
    "<script>\nvar s = '神社';\n</script>\n",
    "<ruby>神社<rt>じんじゃ</rt></ruby>\n",
    "{{神社}}\n",
    "&copy; \\* \n",
]


PAGE = """## 調べる **神社** {#pupil .wide}

[鳥居](glossary:torii "鳥居")と*狛犬*を`見る`。
神社は![神社](a.svg)です。

- 一つ目
    - {write 3}
1. 二つ目

| 名前 | 数 |
|---|---:|
| 神社 | 3本 |

!!! note "神社"
    出力を確かめる。

<div class="k" markdown>

### 3 絵を見る

学習 &amp; <b>生成</b>

</div>
"""

@pytest.mark.parametrize("source", UNTOUCHED)
def test_markup_stays_as_it_is(source):
    """Nothing that is not prose gets furigana."""
    assert ruby_markdown(source) == source


@pytest.mark.parametrize(
    ("source", "rendered"),
    [
        ("[神社](glossary:shrine)へ", "[{神社}](glossary:shrine)へ"),
        ("**神社**へ", "**{神社}**へ"),
        ("| 神社 | a |\n|---|---|\n| b | 神社 |", "| {神社} | a |\n|---|---|\n| b | {神社} |"),
        ("- 神社\n1. 神社\n> 神社", "- {神社}\n1. {神社}\n> {神社}"),
        ("!!! note \"神社\"\n    神社", "!!! note \"神社\"\n    {神社}"),
        ("## 神社 {#pupil}", '## {神社} {#pupil data-toc-label="神社"}'),
        ("## **神社**と`x` A&amp;B", '## **{神社}**と`x` A&amp;B {data-toc-label="神社とx A&amp;B"}'),
        ("### 1 「神社」 { .a }", '### 1 「{神社}」 { .a data-toc-label="1 「神社」"}'),
        ("<p>神社</p>", "<p>{神社}</p>"),
    ],
)
def test_prose_gets_furigana_inside_its_markup(source, rendered):
    """Link texts, bold words, cells, items and headings are annotated, their markup is kept."""
    assert ruby_markdown(source) == rendered.replace("{神社}", ruby_html("神社"))


def test_word_cut_by_markup_is_read_in_its_sentence_or_in_parts():
    """A counter keeps its number across bold; a word that bold cuts in two is still annotated."""
    assert "ぼん" in ruby_markdown("3**本**")
    assert re.sub("<rp>.*?</ruby>|<ruby[^>]*>", "", ruby_markdown("神**社**の")) == "神**社**の"


def test_table_of_contents_shows_plain_text():
    """Python-Markdown lists a heading with furigana by its words alone, under its own id."""
    renderer = markdown.Markdown(extensions=["toc", "attr_list", "tables"])
    html = renderer.convert(ruby_markdown("## 神社と\"鳥居\" {#pupil}\n\n[神社](x)と**鳥居**\n\n| 神社 |\n|---|\n| 鳥居 |\n"))
    assert [(token["id"], token["name"]) for token in renderer.toc_tokens] == [("pupil", "神社と&quot;鳥居&quot;")]
    assert html.count("<ruby ") == 6
    assert "data-toc-label" not in html
    assert "&lt;" not in html


def test_a_numbered_heading_keeps_its_number_in_the_table_of_contents():
    """The steps of an exercise are numbered, and so they are listed."""
    renderer = markdown.Markdown(extensions=["toc", "attr_list"])
    renderer.convert(ruby_markdown("## 1. まず自分の考え {#own-idea}\n\n## 2. 予想\n"))
    assert [token["name"] for token in renderer.toc_tokens] == ["1. まず自分の考え", "2. 予想"]


def test_page_without_its_furigana_is_the_page():
    """Rendered with furigana, a text full of markup differs from the plain one by nothing but <ruby>."""
    extensions = ["admonition", "attr_list", "md_in_html", "sane_lists", "tables", "toc"]
    plain = markdown.markdown(PAGE, extensions=extensions)
    marked = markdown.markdown(ruby_markdown(PAGE), extensions=extensions)
    assert re.sub(r'<ruby class="y\d">(.*?)<rp>（</rp><rt>[ぁ-ー]+</rt><rp>）</rp></ruby>', r"\1", marked) == plain
    assert marked.count("<ruby ") == 19


def test_long_sentence_is_found_with_its_line():
    """Characters are counted without markup and link targets; the limit itself is allowed."""
    text = "\n[あいうえお](glossary:a-very-long-target)**かきくけこ**。\n"
    assert level_findings(text, max_year=6, max_sentence=11) == []
    assert level_findings(text, max_year=6, max_sentence=10) == [Finding("too-long", 2, "あいうえおかきくけこ。", 10)]


def test_quoted_sentences_count_as_part_of_theirs():
    """「…。…。」 does not end the sentence around it; without quotes each sentence counts alone."""
    assert level_findings("「はい。そうです。」とこたえる。", max_year=6, max_sentence=15)
    assert not level_findings("はい。そうです。とこたえる。", max_year=6, max_sentence=7)


def test_cells_of_a_table_are_sentences_of_their_own():
    """A row is not one long sentence."""
    assert not level_findings("| ああああ | いいいい |\n|---|---|\n| うううう | ええええ |", max_year=6, max_sentence=4)


def test_hard_words_are_found_once_a_line():
    """The whole word is named, with the year allowed, and a kanji without reading besides."""
    text = "---\na: 鬱\n---\n偏りと偏り\n龘\n`偏`"
    assert level_findings(text, max_year=6, max_sentence=40, first_line=11) == [
        Finding("kanji-above-stage", 14, "偏", 6),
        Finding("kanji-above-stage", 15, "龘", 6),
        Finding("no-reading", 15, "龘", 0),
    ]


def test_missing_analyser_is_said_in_both_languages(monkeypatch):
    """Without SudachiPy there is one clear sentence on what to do."""
    from komainu.problem import Unable

    monkeypatch.setitem(__import__("sys").modules, "sudachipy", None)
    reading._analyser.cache_clear()
    reading._sentence_runs.cache_clear()
    with pytest.raises(Unable, match="SudachiPy"):
        runs("神社")
    reading._analyser.cache_clear()


@pytest.mark.alone
def test_a_curriculum_is_read_in_seconds():
    """At least 20,000 characters in a second of processor time, on a busy machine too; an idle one does over 80,000."""
    reading._sentence_runs.cache_clear()
    runs("神社")
    text = "\n".join(f"{number}番、{written(row)}" for number in range(8) for row in ROWS)
    start = time.process_time()
    ruby_markdown(text)
    assert len(text) / (time.process_time() - start) > 20_000
