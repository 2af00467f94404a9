"""Round trips of readings: whatever the text, nothing is lost and nothing is said twice."""

import re

from hypothesis import given
from hypothesis import strategies as st

from komainu.level import level_findings
from komainu.mdscan import pieces
from komainu.reading import kanji_year, ruby_html, ruby_markdown, runs

WORDS = ["神社", "学習", "読む", "引き出し", "3本", "一人", "何", "です。", "！", "龘", "、", "12", "日", "月", "々", "〇", "A", "ー"]
MARKS = ["\n", "\n\n", "# ", "## ", "- ", "1. ", "> ", "|", "**", "`", "```\n", "[", "](x:y)", "![", "{#a}", "{write 3}", "<b>", "</b>", "<!--", "-->", "---\n", "&amp;", "\\*", "    ", "!!! note \"神社\"\n", "「", "」", "<ruby>", "</ruby>"]
JAPANESE = st.lists(st.sampled_from(WORDS) | st.text(max_size=3), max_size=12).map("".join)
MARKDOWN = st.lists(st.sampled_from(WORDS + MARKS) | st.text(max_size=2), max_size=20).map("".join)


def bare(html: str) -> str:
    """The text without the furigana and the labels that were added."""
    html = re.sub(r'<ruby class="y\d">(.*?)<rp>（</rp><rt>.*?</rt><rp>）</rp></ruby>', r"\1", html)
    return re.sub(r' \{data-toc-label="[^\n]*"\}|(?<=[^ ]) data-toc-label="[^\n]*"(?=\})', "", html)


@given(JAPANESE)
def test_bases_are_the_text(text):
    """The runs together are the text, kanji or not, sound or not."""
    found = runs(text)
    assert "".join(run.base for run in found) == text
    assert all(run.base for run in found)
    assert all(run.year == max(map(kanji_year, run.base)) for run in found)


@given(JAPANESE)
def test_readings_are_hiragana(text):
    """A reading never holds kanji, katakana or digits."""
    assert all(re.fullmatch("[ぁ-ゖー]*", run.reading) for run in runs(text))


@given(JAPANESE)
def test_ruby_can_be_taken_off_again(text):
    """Without the furigana the text is as it was."""
    assert bare(ruby_html(text)) == text


@given(MARKDOWN)
def test_ruby_markdown_can_be_taken_off_again(text):
    """Furigana adds to a Markdown source and changes nothing else, save blanks after a heading."""
    lines = [line.rstrip(" \t") for line in bare(ruby_markdown(text)).split("\n")]
    assert lines == [line.rstrip(" \t") for line in text.split("\n")]


@given(MARKDOWN)
def test_ruby_markdown_twice_is_once(text):
    """What has furigana gets no second one."""
    once = ruby_markdown(text)
    assert ruby_markdown(once) == once


@given(MARKDOWN)
def test_pieces_and_findings_stand_in_the_text(text):
    """Every piece lies in the source in order, and every finding names a line of it."""
    spans = [span for piece in pieces(text) for span in piece.spans]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(1 <= finding.line <= text.count("\n") + 1 for finding in level_findings(text, max_year=1, max_sentence=5))
