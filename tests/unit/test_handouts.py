"""Handouts: what goes on which paper, how large it is, and how it is written."""

import re
import zipfile
from datetime import date
from io import BytesIO

import pytest

from komainu.cli import main
from komainu.handouts import looks, papers, plan
from komainu.handouts.build import documents, handouts
from komainu.handouts.buttons import buttons
from komainu.handouts.page import page
from komainu.handouts.sheet import blocks, text_of
from komainu.handouts.told import Told
from komainu.handouts.word import word
from komainu.load import load
from komainu.writing import Here
from world import TODAY, world

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 48" width="960" height="480"></svg>'
COURSE = "lessons/cards/ja.md"


@pytest.fixture
def told(tmp_path):
    """The small world's lesson, in Japanese."""
    curriculum, report = load(world(tmp_path), TODAY)
    assert not report
    return Told(curriculum, curriculum.lessons["cards"], "ja")


def png(svg: bytes, wide_mm: float) -> bytes:
    """Stands for the drawing program."""
    return b"PNG" + f"{wide_mm:.0f}".encode()


def document_xml(content: bytes) -> str:
    return zipfile.ZipFile(BytesIO(content)).read("word/document.xml").decode()


def table(text: str) -> dict:
    return blocks(text, "ja")[0]


# --- sizes ---------------------------------------------------------------------------------------


def test_columns_share_the_width():
    """Together the columns take the whole width; one for sentences gets more than one for ticks."""
    found = looks.shares(table("| 文 | ○× | わけ |\n| --- | :---: | --- |\n| 犬が走る |  |  |"), 47)
    assert sum(found) == pytest.approx(1)
    assert found[2] > found[1]
    assert found[2] > found[0]


def test_a_word_is_not_cut_by_its_column():
    """Each column has room for its longest Latin word, however little is left for the others."""
    block = table("| Confidence | B |\n| --- | --- |\n| x | " + "あ" * 300 + " |")
    assert looks.shares(block, 20)[0] * 20 >= looks.em("Confidence")


def test_a_table_with_too_many_columns_is_overfull():
    """Eight columns of a word fit on A4, forty do not."""
    def wide(count: int) -> dict:
        return table("| " + " | ".join(["言葉"] * count) + " |\n| " + " | ".join(["---"] * count) + " |")

    assert not looks.overfull(wide(8), 47)
    assert looks.overfull(wide(40), 47)


@pytest.mark.parametrize(
    ("rows", "least"),
    [("| 答え | |\n", 17), ("| 答え | |\n" * 4, 9), ("| 答え | |\n" * 9, 8), ("| 答え | 決まり |\n", 0)],
    ids=["one sentence", "a few", "many", "nothing to write"],
)
def test_empty_cells_are_high_enough_to_write_in(rows, least):
    """A row to write in is as high as a line to write on, and higher where there are few; a row of text is as high as its text."""
    block = table("| 問い | 答え |\n| --- | --- |\n" + rows)
    assert looks.row_mm(block, block["rows"][0], looks.PUPIL) >= least
    assert bool(looks.row_mm(block, block["rows"][0], looks.PUPIL)) == bool(least)


def test_lines_to_write_on_are_as_far_apart_as_children_need():
    """9 mm up to the end of elementary school, 8 mm after it."""
    assert looks.LOOKS["pupil-es"].write >= 9
    assert looks.LOOKS["pupil"].write >= 8


def test_a_poster_is_as_large_as_it_can_be():
    """Few words are set larger than many; too many do not fit at all."""
    short = looks.poster_points(["本を", "見よう。"], [["見る"], ["聞く"]], ["たしかめよう。"], "ja")
    long = looks.poster_points(["文を", "読んだら、", "かならず", "たしかめよう。"], [["だれが", "いつ", "書いたかを", "言う"]] * 4, ["それから", "つたえよう。"], "ja")
    assert short > long >= min(looks.POSTER_PT)
    assert looks.poster_points(["あ" * 10] * 4, [["あ" * 11] * 2] * 5, ["あ" * 10] * 4, "ja") == 0


def test_lines_of_a_poster_are_about_equally_long():
    """No more lines than there is room for, and not one word alone on the last."""
    phrases = ["本当の", "ことか", "どうかを", "本で", "調べる"]
    counts = looks.broken(phrases, 12)
    assert sum(counts) == len(phrases)
    assert len(counts) == 2
    assert counts[-1] > 1
    assert looks.broken(phrases, 99) == [5]


def test_cards_with_words_are_larger_than_cards_with_sentences():
    """A word stands on one line; a sentence is set small enough for its card, and a chapter fits none."""
    size = (60, 40)
    assert looks.card_points(["くじらは", "足が"], size) > looks.card_points(["くじらは海の中で息をしないで、水の上でします。"], size) > 0
    assert looks.card_points(["長" * 400], size) == 0


def test_a_picture_is_made_smaller_but_not_larger():
    """A picture keeps its shape and its size unless the page is smaller; a sheet of cards fills the width."""
    small = SVG.replace(b"960", b"96").replace(b"480", b"48")
    assert looks.picture_mm(small, looks.PUPIL) == pytest.approx((25.4, 12.7))
    wide, high = looks.picture_mm(SVG, looks.PUPIL)
    assert wide == pytest.approx(looks.PUPIL.width)
    assert wide == pytest.approx(2 * high)
    assert looks.picture_mm(small, looks.LOOKS["cards"])[0] == pytest.approx(looks.LOOKS["cards"].width)


# --- what goes where -----------------------------------------------------------------------------


def test_sheets_to_cut_up_become_cards(tmp_path):
    """What follows a break is a card sheet when it has cards or a picture to cut; other sheets stay with the worksheet."""
    sheets = "\n\n{break}\n\n切って使います。\n\n![犬のカードが二まいならぶ絵](images/dog.svg)\n\n{break}\n\nよく見ましょう。\n"
    found = papers.worksheet, papers.cards
    curriculum, _ = load(world(tmp_path, {COURSE: {"find": "| 犬が走る |  |", "replace": f"| 犬が走る |  |{sheets}"}}), TODAY)
    told = Told(curriculum, curriculum.lessons["cards"], "ja")
    worksheet, cards = (paper(told)["blocks"] for paper in found)
    assert [block["k"] for block in cards] == ["p", "picture"]
    assert "よく見ましょう。" in [text_of(block["runs"]) for block in worksheet if block["k"] == "p"]
    assert "切って使います。" not in [text_of(block["runs"]) for block in worksheet if block["k"] == "p"]


def test_a_lesson_without_card_sheets_has_no_cards(told):
    """The small world's cards stand among its tasks, so there is no paper of cards."""
    assert papers.cards(told) is None
    assert "cards" in [block["k"] for block in papers.worksheet(told)["blocks"]]


def test_a_worksheet_has_name_aim_tasks_and_exit_in_this_order(told):
    """A pupil writes the name first and hands in the exit ticket last."""
    kinds = [block["k"] for block in papers.worksheet(told)["blocks"]]
    assert kinds[:3] == ["name", "box", "h"]
    heads = [text_of(block["runs"]) for block in papers.worksheet(told)["blocks"] if block["k"] == "h"]
    assert heads == ["1 自分の文", "2 カードの文", "出口チケット"]


def test_a_poster_keeps_its_words_together(told):
    """A line of the poster ends between phrases, and its pieces are the line."""
    block = papers.poster(told)["blocks"][0]
    assert "".join(text_of(line) for line in block["first"]) == "文を読んだら、たしかめましょう。"
    assert ["".join(text_of(part) for part in line) for line in block["lines"]] == ["本を見る", "大人に聞く"]
    assert not any(text_of(line).startswith(("、", "。")) for line in block["first"])


def test_the_plan_is_in_the_order_of_its_country(told):
    """In Japanese the unit, then the hour, numbered; in English objectives first and the unit last."""
    heads = [text_of(block["runs"]) for block in plan.full(told)["blocks"] if block["k"] == "h"]
    assert [head.split()[0] for head in heads] == [str(number) for number in range(1, 8)]
    assert [head.split()[1][:2] for head in heads[:6]] == ["単元", "単元", "単元", "単元", "指導", "本時"]
    english = Told(told.curriculum, told.lesson, "en")
    heads = [text_of(block["runs"]) for block in plan.full(english)["blocks"] if block["k"] == "h"]
    assert heads.index("Objectives") < heads.index("Success criteria") < heads.index("Timeline") < heads.index("Misconceptions") < heads.index("The lesson in its unit")


def test_the_hour_is_told_by_phase(told):
    """Opening, main part and close stand once each, where they begin; every activity has its minutes, questions and answers."""
    grid = next(block for block in plan.full(told)["blocks"] if block["k"] == "grid")
    when = ["".join(text_of(block["runs"]) for block in row[0]) for row in grid["rows"]]
    assert [re.sub(r"\d+分", "", one) for one in when] == ["導入", "展開", "終末"]
    assert all("分" in one for one in when)
    marks = [[block["mark"] for block in row[1] if block["k"] == "marked"] for row in grid["rows"]]
    assert marks == [["T", "C"]] * 3


def test_the_short_plan_asks_one_question_for_each_activity(told):
    """What fits on one page: the first question and the first thing to mind."""
    grid = next(block for block in plan.short(told)["blocks"] if block["k"] == "grid")
    assert all(len(block["items"]) == 1 for row in grid["rows"] for cell in row[1:3] for block in cell if block["k"] == "marked")


def test_a_viewpoint_is_set_off(told):
    """The viewpoint of an assessment stands in brackets, and the rest is as written."""
    runs = plan._viewpoint([{"t": "知識・技能：手順を書いているか。"}])
    assert runs == [{"t": "【知識・技能】", "b": 1}, {"t": "手順を書いているか。"}]
    assert plan._viewpoint([{"t": "Knowledge and skills: does it."}])[0] == {"t": "Knowledge and skills: ", "b": 1}
    assert plan._viewpoint([{"t": "本とくらべているかを見る。"}]) == [{"t": "本とくらべているかを見る。"}]


def test_a_lesson_without_unit_and_poster_still_has_papers(told):
    """Sources that a check would refuse break nothing here: what is not there is left out."""
    sections = told.lesson.prose["ja"].sections
    for ident in ("unit", "poster", "home", "board"):
        sections.pop(ident)
    found = documents(told.curriculum, told.lesson, "ja")
    assert set(found) == {"plan", "plan-short", "worksheet", "answers"}
    assert all(word(document, png) for document in found.values())


# --- how it is written ---------------------------------------------------------------------------


def test_word_and_page_say_the_same(told):
    """Every paper holds the same words as a page to print and as a Word file."""
    for document in documents(told.curriculum, told.lesson, "ja").values():
        html = re.sub(r"<(style|title)>.*?</\1>|<rp>.*?</rp>", "", page(document, {}), flags=re.S)
        printed = re.sub(r"\s", "", re.sub(r"<rt>.*?</rt>|<[^>]*>", "", html))
        written = re.sub(r"<w:rt>.*?</w:rt>", "", document_xml(word(document, png)))
        written = re.sub(r"\s", "", "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", written)))
        assert sorted(re.sub(r"[T C○・0-9]", "", printed)) == sorted(re.sub(r"[T C○・0-9]", "", written)), document["form"]


def test_page_is_complete_in_itself(told):
    """Nothing is fetched, and nothing runs: pictures and letters are in the page."""
    for document in documents(told.curriculum, told.lesson, "ja").values():
        html = page(document, {400: b"font"})
        assert "<script" not in html
        assert all(address.startswith("data:") for address in re.findall(r'(?:src="|url\()([^")]*)', html))
        assert f"size: {looks.look_of(document).page[0]}mm" in html


def test_a_word_picture_has_its_words_and_its_size(told):
    """The alternative text goes with the picture, and its PNG is in the file."""
    content = word(papers.worksheet(told), png)
    names = zipfile.ZipFile(BytesIO(content)).namelist()
    assert "word/media/1.png" in names
    assert 'descr="二ひきのこまいぬがならぶ絵"' in document_xml(content)
    relations = zipfile.ZipFile(BytesIO(content)).read("word/_rels/document.xml.rels").decode()
    assert 'Target="media/1.png"' in relations


def test_a_list_that_goes_on_keeps_its_number():
    """Steps after something else go on with their own number, in Word and on the page."""
    found = blocks("1. 一つ目\n\n文です。\n\n2. 二つ目\n", "ja")
    document = {"lang": "ja", "form": "answers", "title": [{"t": "題"}], "foot": "題", "licence": "", "furigana": False, "pictures": {}, "blocks": found}
    numbering = zipfile.ZipFile(BytesIO(word(document, png))).read("word/numbering.xml").decode()
    assert re.findall(r'startOverride w:val="(\d+)"', numbering) == ["1", "2"]
    assert '<ol start="2">' in page(document, {})


def test_a_sheet_begins_on_a_page_of_its_own(told):
    """A break becomes a paragraph that opens a page, so that a full page before it leaves no empty one."""
    text = document_xml(word(papers.worksheet(told), png))
    assert text.count("<w:pageBreakBefore/>") == 1
    assert 'w:br w:type="page"' not in text


# --- files and buttons ---------------------------------------------------------------------------


@pytest.fixture
def no_drawing(monkeypatch):
    """Neither the drawing program nor the slides, which have tests of their own."""
    monkeypatch.setattr("komainu.handouts.build.png", lambda root, svg, wide: png(svg, wide))
    monkeypatch.setattr("komainu.handouts.build.OTHERS", (lambda curriculum, lesson, lang: {"slides.html": b"slides"},))


def test_a_lesson_that_nobody_changed_is_not_written_again(tmp_path, no_drawing, monkeypatch):
    """The second time the files come out of the cache; one word more makes that lesson's anew, and no other's."""
    root = world(tmp_path)
    written = []
    monkeypatch.setattr("komainu.handouts.build.word", lambda document, draw: written.append(document["foot"]) or document["foot"].encode())
    first = handouts(load(root, TODAY)[0])
    count = len(written)
    assert count == sum(path.endswith(".docx") for found in first.values() for path in found)
    assert handouts(load(root, TODAY)[0]) == first
    assert len(written) == count
    file = root / "lessons/votes/ja.md"
    file.write_text(file.read_text("utf-8").replace("どの文も認めます。", "どの文もよいとします。"), "utf-8")
    handouts(load(root, TODAY)[0])
    assert len(written) == count + sum(path.startswith("votes/") and path.endswith(".docx") for path in first["ja"])


def test_the_command_writes_the_handouts_without_a_site(tmp_path, no_drawing, capsys):
    """`build handouts` puts the files of all lessons into a folder by language and lesson, and builds nothing else."""
    root = world(tmp_path)
    assert main(["--root", str(root), "build", "handouts"]) == 0
    assert "build/handouts" in capsys.readouterr().out.replace("\\", "/")
    assert (root / "build/handouts/ja/cards/plan.docx").is_file()
    assert (root / "build/handouts/en/votes/slides.html").is_file()
    assert not list((root / "build").rglob("*.pdf"))
    assert not (root / "build/site").exists()


def test_pdf_without_a_browser_says_what_to_do(tmp_path, monkeypatch, capsys):
    """Whoever asks for PDFs on a machine without a browser is told so before anything is made."""
    monkeypatch.delenv("KOMAINU_CHROMIUM", raising=False)
    monkeypatch.setattr("komainu.printing.shutil.which", lambda name: None)
    monkeypatch.setattr("komainu.printing.PLACES", ())
    assert main(["--root", str(world(tmp_path)), "build", "handouts", "pdf"]) == 2
    assert "KOMAINU_CHROMIUM" in capsys.readouterr().err
    assert not (tmp_path / "build/handouts").exists()


def test_the_page_offers_what_there_is(tmp_path):
    """Each file has a link with its size that says what it is when it is read alone; without PDFs the page says how to get one."""
    curriculum, _ = load(world(tmp_path), date(2026, 11, 23))
    here, lesson = Here(curriculum, "en", "lessons/cards/"), curriculum.lessons["cards"]
    sizes = {"plan.docx": 15_400, "worksheet.docx": 9_000, "slides.html": 70_000, "slides.pptx": 200_000}
    text = buttons(here, lesson, sizes)
    assert '<a href="../../handouts/cards/plan.docx" download="cards-en-plan.docx" aria-label="Word (15 kB): Lesson plan">Word (15 kB)</a>' in text
    assert 'href="../../handouts/cards/slides.html" aria-label=' in text
    assert "Save as PDF" in text
    assert "Answer key" not in text
    with_pdf = buttons(here, lesson, sizes | {"plan.pdf": 300_000})
    assert "PDF (300 kB)" in with_pdf
    assert "Save as PDF" not in with_pdf
    assert buttons(here, lesson, {}) == ""
