"""A school's Word file is read as it is meant, whatever program saved it; what would do harm is refused in one sentence."""

import base64
import dataclasses
import io
import json
import zipfile

import pytest

import word
from komainu.docx_reading import read_docx
from komainu.policy.data import labels
from komainu.problem import Unable
from mirror import ask
from policy_world import answers, made

NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OTHERS = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def file_of(body: str, names: str = NAMES, **more: str) -> bytes:
    """The smallest Word file with this body."""
    document = f"<w:document {names} {OTHERS}><w:body>{body}</w:body></w:document>"
    return word.packed({"word/document.xml": document.encode(), **{name.replace("__", "/") + ".xml": text.encode() for name, text in more.items()}})


def p(inner: str, shape: str = "") -> str:
    """A paragraph."""
    return f"<w:p>{shape}{inner}</w:p>"


def t(text: str) -> str:
    """A run of text."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


RUBY = '<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>がっこう</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>学校</w:t></w:r></w:rubyBase></w:ruby></w:r>'
BOX = f"<wps:txbx><w:txbxContent>{p(t('箱の中'))}</w:txbxContent></wps:txbx>"
TEXTS = {
    "furigana stays out": (p(RUBY + t("で使う")), ["学校で使う"]),
    "runs are put together": (p(t("生成") + t("AI") + t("を使う")), ["生成AIを使う"]),
    "what somebody inserted counts": (p(t("使") + f'<w:ins w:author="x">{t("わない")}</w:ins>'), ["使わない"]),
    "what somebody deleted does not": (p(t("使") + '<w:del><w:r><w:delText>わ</w:delText></w:r></w:del>' + t("う")), ["使う"]),
    "what was moved counts once": (p(f"<w:moveFrom>{t('甲')}</w:moveFrom>{t('乙')}") + p(f"<w:moveTo>{t('甲')}</w:moveTo>"), ["乙", "甲"]),
    "a deleted end of paragraph joins two": (p(t("一つ"), "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>") + p(t("目")), ["一つ目"]),
    "a deleted last end loses nothing": (p(t("終"), "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"), ["終"]),
    "a break within a paragraph parts two": (p(t("一") + "<w:r><w:br/></w:r>" + t("二")), ["一", "二"]),
    "a page break does not": (p(t("一") + '<w:r><w:br w:type="page"/></w:r>' + t("二")), ["一二"]),
    "tabs and strange blanks are one blank": (p(t("一") + "<w:r><w:tab/></w:r>" + t("　\u00a0二\n三")), ["一 二 三"]),
    "signs that nobody sees are left out": (p(t("生\u200b成\u00adAI\ufeff")), ["生成AI"]),
    "links": (p(f"<w:hyperlink>{t('こちら')}</w:hyperlink>"), ["こちら"]),
    "fields show their result": (p(f"<w:fldSimple>{t('3')}</w:fldSimple><w:r><w:instrText>PAGE</w:instrText></w:r>"), ["3"]),
    "content controls": (f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{p(t('中'))}</w:sdtContent></w:sdt>", ["中"]),
    "formulas": (p("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"), ["x"]),
    "a text box once": (
        p(t("外") + f'<w:r><mc:AlternateContent><mc:Choice>{BOX}</mc:Choice><mc:Fallback>{BOX}</mc:Fallback></mc:AlternateContent></w:r>'), ["外", "箱の中"]
    ),
    "a picture by what it is called": (p(t("図") + '<w:r><w:drawing><wp:inline><wp:docPr descr="校舎の写真"/></wp:inline></w:drawing></w:r>'), ["図", "校舎の写真"]),
    "tables by row": (f"<w:tbl><w:tr><w:tc>{p(t('甲'))}{p(t('乙'))}</w:tc><w:tc>{p('')}</w:tc></w:tr></w:tbl>", ["甲 乙"]),
    "a deleted row is gone": (f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{p(t('甲'))}</w:tc></w:tr><w:tr><w:tc>{p(t('乙'))}</w:tc></w:tr></w:tbl>", ["乙"]),
    "text without a paragraph": (t("裸"), ["裸"]),
    "empty paragraphs": (p("") + p(t(" 　")), []),
    "letters written as numbers": (p(t("&#x751F;&#25104;&amp;&lt;")), ["生成&<"]),
}


@pytest.mark.parametrize("name", TEXTS)
def test_text(name):
    """Each thing that Word can put into a paragraph is read as a person reads it."""
    body, wanted = TEXTS[name]
    assert [line.text for line in read_docx(file_of(body)).lines] == wanted


def test_strict_files():
    """Files in Word's strict form are read like others."""
    strict = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
    assert [line.text for line in read_docx(file_of(p(t("甲")), strict)).lines] == ["甲"]


def test_what_stands_beside_the_text():
    """Comments and notes come with the line they hang on; headers and footers without page numbers."""
    body = p(t("一行目")) + p(t("二行目") + '<w:r><w:commentReference w:id="7"/><w:footnoteReference w:id="2"/></w:r>')
    raw = file_of(
        body,
        word__comments=f'<w:comments {NAMES}><w:comment w:id="7">{p(t("意見"))}</w:comment></w:comments>',
        word__footnotes=f'<w:footnotes {NAMES}><w:footnote w:id="0">{p("")}</w:footnote><w:footnote w:id="2">{p(t("脚注"))}</w:footnote></w:footnotes>',
        word__header1=f"<w:hdr {NAMES}>{p(t('本校の規程'))}</w:hdr>", word__footer1=f"<w:ftr {NAMES}>{p(t('- 3 -'))}</w:ftr>",
    )  # fmt: skip
    beside = [(line.kind, line.text, line.at) for line in read_docx(raw).lines if line.kind != "p"]
    assert beside == [("comment", "意見", 1), ("footnote", "脚注", 1), ("header", "本校の規程", -1)]


def test_headings_in_any_language():
    """A heading is known by the name of its style, which is English in every Word, through styles based on it."""
    styles = (
        f'<w:styles {NAMES}><w:style w:styleId="2"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:styleId="a"><w:name w:val="見出し"/><w:basedOn w:val="2"/></w:style><w:style w:styleId="b"><w:basedOn w:val="b"/></w:style></w:styles>'
    )
    body = "".join(p(t("甲"), f'<w:pPr><w:pStyle w:val="{ident}"/></w:pPr>') for ident in ("2", "a", "b", "x"))
    body += p(t("乙"), '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>')
    assert [line.level for line in read_docx(file_of(body, word__styles=styles)).lines] == [2, 2, 0, 0, 1]


def test_what_the_file_remembers():
    """Edition, document and answers come back, however long the answers are."""
    given = answers() | {"own": {"detectors": {"ja.rule": ["長い文。" * 200, "𠮷野家 \"引用\" & <b>"]}}}
    found = read_docx(made("rules", given=given))
    assert (found.edition, found.document, found.answers, found.notes) == ("1.0.0", "rules/ja/", given, ())


def test_damaged_answers():
    """Answers of which a piece is missing are not used, and the file says so."""
    raw = made("rules")
    custom = word.parts(raw)["docProps/custom.xml"].replace(b"komainu.answers.2", b"komainu.gone")
    found = read_docx(word.packed(word.parts(raw) | {"docProps/custom.xml": custom}))
    assert (found.answers, found.notes) == (None, ("answers",))


# --- files that would do harm --------------------------------------------------------------------


def bomb() -> bytes:
    """Seventy megabytes in as many kilobytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", b" " * (70 * 1024 * 1024))
    return out.getvalue()


def liar() -> bytes:
    """A bomb that says it is small."""
    raw = bytearray(bomb())
    at = raw.find(b"PK\x01\x02") + 24
    raw[at : at + 4] = (1000).to_bytes(4, "little")
    return bytes(raw)


def many() -> bytes:
    """A file of very many files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for number in range(4100):
            file.writestr(f"{number}.xml", b"")
    return out.getvalue()


def locked() -> bytes:
    """A zip whose files say that they are encrypted."""
    raw = bytearray(file_of(p(t("甲"))))
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.find(sign) + place] |= 1
    return bytes(raw)


def entity(outside: str) -> bytes:
    """A document with an entity."""
    text = f'<!DOCTYPE x [<!ENTITY e {outside}>]><w:document {NAMES}><w:body>{p(t("&e;"))}</w:body></w:document>'
    return word.packed({"word/document.xml": text.encode()})


HOSTILE = {
    "nothing": (lambda: b"", "zip"),
    "a text": (lambda: "生成AI".encode() * 100, "zip"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(200), "zip"),
    "an old or locked file": (lambda: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000), "ole"),
    "half a file": (lambda: made("rules")[:9000], "zip"),
    "an encrypted zip": (locked, "zip"),
    "a spreadsheet": (lambda: word.packed({"xl/workbook.xml": b"<a/>"}), "document"),
    "too large": (lambda: bytes(21 * 1024 * 1024), "large"),
    "a bomb": (bomb, "bomb"),
    "a bomb that says it is small": (liar, "zip"),
    "a bomb of files": (many, "bomb"),
    "an entity": (lambda: entity('"x"'), "doctype"),
    "an entity from a file": (lambda: entity('SYSTEM "file:///etc/passwd"'), "doctype"),
    "an entity from the net": (lambda: entity('SYSTEM "http://127.0.0.1:9/x"'), "doctype"),
    "no XML": (lambda: word.packed({"word/document.xml": b"<w:document"}), "xml"),
    "an unknown prefix": (lambda: word.packed({"word/document.xml": b"<w:document/>"}), "xml"),
    "crossed tags": (lambda: file_of("<w:p><w:r></w:p></w:r>"), "xml"),
    "bytes that are no text": (lambda: word.packed({"word/document.xml": b"<a>\xff\xfe\xfd</a>"}), "xml"),
    "an unknown encoding": (lambda: word.packed({"word/document.xml": b'<?xml version="1.0" encoding="x-none"?><a>\xff</a>'}), "xml"),
    "nested without end": (lambda: file_of("<w:sdt>" * 5000 + "</w:sdt>" * 5000), "deep"),
    "a hundred thousand paragraphs": (lambda: file_of(p(t("長")) * 100_000), "long"),
    "half a million elements": (lambda: file_of("<w:p>" + "<w:r/>" * 450_000 + "</w:p>"), "long"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_refused(name):
    """A file that cannot be read, or would do harm, is refused in one sentence in each language."""
    make, why = HOSTILE[name]
    with pytest.raises(Unable) as caught:
        read_docx(make())
    words = labels()[f"refused-{why}"]
    assert (caught.value.ja, caught.value.en) == (words["ja"], words["en"])
    assert (caught.value.ja.count("。"), caught.value.en.rstrip(".").count(". ")) == (1, 0)


def test_macros_are_named_and_not_run():
    """Of a file with macros only the text is read, and it says so."""
    found = read_docx(word.packed(word.parts(made("rules")) | {"word/vbaProject.bin": b"macro"}))
    assert found.notes == ("macros",)
    assert found.lines == read_docx(made("rules")).lines


def test_embedded_documents_are_named():
    """A document inside the document is not read, and that is said."""
    assert read_docx(file_of(p(t("甲")) + '<w:altChunk w:id="1"/>')).notes == ("embedded",)


def test_javascript_reads_the_same():
    """The browser's reader gives the same lines and refuses the same files for the same reasons."""
    good = [*(file_of(body) for body, _ in TEXTS.values()), made("rules"), made("pupil", stage="jhs"), made("parents", "ja-plain")]
    bad = {name: make() for name, (make, _) in HOSTILE.items() if name != "too large"}
    calls = [["read", base64.b64encode(raw).decode()] for raw in [*good, *bad.values()]]
    found = ask(calls, modules=("update",))
    assert found[: len(good)] == [json.loads(json.dumps(dataclasses.asdict(read_docx(raw)))) for raw in good]
    expected = {name: HOSTILE[name][1] for name in bad} | {"a bomb that says it is small": "xml"}  # unpacked no further than it says
    assert {name: one.get("why", one) for name, one in zip(bad, found[len(good) :], strict=True)} == expected
