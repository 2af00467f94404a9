"""Figures about the world in the lessons stand beside a link to a source whose note holds the same figure."""

import re

import pytest
import yaml

from lesson_text import LANGUAGES, LESSONS, raw_page

# lesson, source, the place (a section's anchor is not needed: the link is), and the words for the figure per language,
# first as the lesson has it, then as the source's note has it.
FIGURES = [
    (
        "missing-torii",
        "timewell-column-2026",
        ("2026年1月21日", "2026年1月21日"),
        ("21 January 2026", "21 January 2026"),
    ),
    (
        "missing-torii",
        "timewell-column-2026",
        ("2023年の与党プロジェクトチーム", "2023年"),
        ("the 2023 white paper", "(2023)"),
    ),
    (
        "missing-torii",
        "timewell-column-2026",
        ("日本の神社を描けない", "日本の神社を描けない"),
        ("could not draw a Japanese shrine", "cannot draw a Japanese shrine"),
    ),
    ("missing-torii", "udandarao-2024", ("34のモデル", "34のモデル"), ("34 models", "34 models")),
    (
        "missing-torii",
        "udandarao-2024",
        ("けた違いに多くの例", "指数的に多い例"),
        ("many times more examples", "exponentially more examples"),
    ),
    (
        "missing-torii",
        "shi-2025",
        ("二つのモデルを分析", "二つのモデルの分析"),
        ("analysed two models", "Analysing two models"),
    ),
    (
        "missing-torii",
        "vartiainen-2025",
        ("6.7%から40.7%", "6.7%から40.7%"),
        ("6.7% to 40.7%", "6.7% to 40.7%"),
    ),
    (
        "missing-torii",
        "vartiainen-2025",
        ("小4・中1相当", "4年生と7年生"),
        ("grades 4 and 7", "grades 4 and 7"),
    ),
    (
        "next-word-cards",
        "kodansha-emperor-penguin",
        ("魚などを食べる", "食べものは魚"),
        ("fish among it", "eats fish"),
    ),
    (
        "next-word-cards",
        "chester-zoo-penguins",
        ("水の中では息ができない", "水中で呼吸できず"),
        ("cannot breathe under water", "cannot breathe underwater"),
    ),
    (
        "next-word-cards",
        "tokyo-zoo-tuna",
        ("水槽で産卵も見られている", "水槽内で産卵が観察"),
        ("spawning in an aquarium tank", "spawning was seen in a tank"),
    ),
    ("reasonable-lies", "puppart-aru-2025", ("52.1%", "52.1%"), ("52.1%", "52.1%")),
    (
        "reasonable-lies",
        "puppart-aru-2025",
        ("助言の半分がまちがって", "提案の半分が誤り"),
        ("half of the advice shown was wrong", "half of the suggestions wrong"),
    ),
    ("reasonable-lies", "puppart-aru-2025", ("エストニア", "エストニア"), ("Estonia", "Estonia")),
    (
        "reasonable-lies",
        "clerc-2026",
        ("13〜15歳の116人", "13〜15歳116人"),
        ("116 pupils aged 13 to 15", "116 pupils aged 13 to 15"),
    ),
    (
        "reasonable-lies",
        "clerc-2026",
        ("2時間の講習", "2時間の講座"),
        ("two-hour workshop", "two-hour workshop"),
    ),
    (
        "reasonable-lies",
        "kalai-vempala-2024",
        ("一度しか出てこない事実の割合", "一度だけ出る事実の割合"),
        ("share of facts that occur only once", "share of facts that occur exactly once"),
    ),
    ("reasonable-lies", "water-density-tanaka-2001", ("999.84g", "999.84"), ("999.84 g", "999.84")),
    (
        "reasonable-lies",
        "water-density-toyota",
        ("水は4℃", "水は4℃"),
        ("greatest density at 4 °C", "greatest density at 4 degrees"),
    ),
    (
        "reasonable-lies",
        "minamitorishima-jma",
        ("日本でいちばん東", "日本最東端"),
        ("easternmost in Japan", "easternmost island"),
    ),
    (
        "reasonable-lies",
        "koshien-encyclopedia",
        ("1924年に開場", "1924年に開場"),
        ("opened in 1924", "opened in 1924"),
    ),
    (
        "reasonable-lies",
        "koshien-nishinomiya",
        ("市立中学校の体育大会", "市立中学校の連合体育大会"),
        ("sports day", "sports day"),
    ),
    (
        "reasonable-lies",
        "leap-year-naoj",
        ("100で割り切れて400で割り切れない年", "100で割り切れて400で割り切れない年"),
        ("divided by 100 and not by 400", "divided by 100 and not by 400"),
    ),
    (
        "reasonable-lies",
        "leap-year-edict-1898",
        ("1898年(明治31年)", "100で割り切れて400で割り切れない年"),
        ("government in 1898", "divided by 100 and not by 400"),
    ),
    ("reasonable-lies", "kumano-taisha-ichinomiya", ("733年", "733年"), ("the year 733", "of 733")),
    (
        "reasonable-lies",
        "adulthood-report-2009",
        ("報告書(2009年)", "2009年の報告書"),
        ("Ministry of Justice (2009)", "report of 2009"),
    ),
    (
        "reasonable-lies",
        "civil-code-article-4",
        ("18歳になると成年", "18歳を成年"),
        ("become adults at 18", "adulthood at 18"),
    ),
    (
        "reasonable-lies",
        "adulthood-kitamoto",
        ("2022年4月から、成年年齢は20歳から18歳", "2022年4月から20歳から18歳"),
        (
            "in April 2022 the age of adulthood was lowered from 20 to 18",
            "lowered from 20 to 18 in April 2022",
        ),
    ),
    ("reasonable-lies", "perihelion-telescope-museum", ("1月3日", "1月3日"), ("3 January", "3 January")),
    ("reasonable-lies", "perihelion-telescope-museum", ("7月7日", "7月7日"), ("7 July", "7 July")),
    ("reasonable-lies", "perihelion-afp-2013", ("1月2日", "1月2日"), ("on 2 January", "on 2 January")),
    (
        "reasonable-lies",
        "perihelion-afp-2013",
        ("約500万km", "約500万km"),
        ("about 5 million km", "about 5 million km"),
    ),
    (
        "zero-for-i-dont-know",
        "openai-2025-hallucinate",
        ("| gpt-5-thinking-mini | 22 | 26 | 52 |", "正解22%・誤答26%・答えない52%"),
        ("| gpt-5-thinking-mini | 22 | 26 | 52 |", "22% right, 26% wrong, 52% no answer"),
    ),
    (
        "zero-for-i-dont-know",
        "openai-2025-hallucinate",
        ("| o4-mini | 24 | 75 | 1 |", "正解24%・誤答75%・答えない1%"),
        ("| o4-mini | 24 | 75 | 1 |", "24% right, 75% wrong, 1% no answer"),
    ),
    ("zero-for-i-dont-know", "wei-2024-simpleqa", ("4,326問", "4,326問"), ("4,326", "4,326")),
    (
        "zero-for-i-dont-know",
        "hickey-2014-sat",
        ("4分の1点", "4分の1点"),
        ("quarter of a point", "quarter of a point"),
    ),
    (
        "zero-for-i-dont-know",
        "kalai-2025",
        ("10種の[ベンチマーク](glossary:benchmark)では、9種", "10種のうち9種"),
        (
            "Of ten [benchmarks](glossary:benchmark) that the paper examined, nine",
            "Of ten evaluations examined, nine",
        ),
    ),
    (
        "zero-for-i-dont-know",
        "kalai-2025",
        ("t=0.75の減点を2", "t=0.75の減点を2"),
        ("for t = 0.75 as 2", "gives 2 for t = 0.75"),
    ),
    (
        "our-ai-rules",
        "rand-2026-policies",
        ("約3人に1人", "約3人に1人"),
        ("about 1 in 3 students", "about 1 in 3 students"),
    ),
    ("our-ai-rules", "archibugi-2017", ("25.5%", "25.5%"), ("25.5 per cent", "25.5 per cent")),
    (
        "our-ai-rules",
        "avery-2014",
        ("半年に3回", "半年に3回"),
        ("three deliberations in six months", "three deliberations in six months"),
    ),
    (
        "our-ai-rules",
        "nakano-2025",
        ("答えは全部合っていると思っていた", "回答はすべて合っていると思い"),
        ("all the answers were right", "all answers were right"),
    ),
    ("our-ai-rules", "jisc-ai-terms-2025", ("18歳以上", "18歳以上"), ("some are 18", "some being 18")),
    (
        "rules-on-trial",
        "liang-2023-detectors",
        ("91編について、七つの検出ツールが6割余り", "91編の61%余り"),
        ("a little over 60%", "a little over 61%"),
    ),
    (
        "rules-on-trial",
        "vanderbilt-2023-detector",
        ("75,000編", "75,000編"),
        ("75,000 papers", "75,000 papers"),
    ),
    ("rules-on-trial", "vanderbilt-2023-detector", ("約750編", "約750編"), ("about 750", "about 750")),
    (
        "rules-on-trial",
        "openai-classifier-2023",
        ("AIの文の26%を見つけ、人の文の9%", "AIの文の26%を見つけ、人の文の9%"),
        ("26% of AI-written text and wrongly flagged 9%", "26% of AI-written text and wrongly flagged 9%"),
    ),
    (
        "rules-on-trial",
        "jabarian-imas-2025",
        ("見逃しも誤判定もほぼ0", "見逃しも誤判定もほぼ0"),
        ("near-zero rates of both errors", "near-zero rates of both errors"),
    ),
]


@pytest.mark.parametrize("figure", FIGURES, ids=[f"{row[0]} {row[1]} {row[3][0]}" for row in FIGURES])
def test_figure_stands_in_the_note_of_its_source(figure):
    """The figure is in both pages, both pages link the source, and the source's note holds the figure too."""
    lesson, source, *words = figure
    noted = {
        one["id"]: one["note"]
        for one in yaml.safe_load((LESSONS / "sources.yml").read_text("utf-8"))["sources"]
    }
    for lang, (in_lesson, in_note) in zip(LANGUAGES, words, strict=True):
        page = raw_page(lesson, lang)
        assert in_lesson in page
        assert f"(source:{source})" in page
        assert in_note in noted[source][lang]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("lesson", sorted({row[0] for row in FIGURES}))
def test_every_line_with_a_study_year_links_it(lang, lesson):
    """Where a page speaks of a study, an article or a report of a year, that line carries the link."""
    kinds = r"(年の(研究|論文)|\d{4} (study|paper))"
    for line in raw_page(lesson, lang).splitlines():
        if re.search(kinds, line):
            assert "(source:" in line
