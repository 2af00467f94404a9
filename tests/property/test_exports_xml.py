"""Whatever an author writes, a package holds it and nothing else."""

import html
import json
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from komainu.exports import cartridge, qti3, qti21, scorm
from komainu.exports.quiz_set import QuizSet
from komainu.exports.wording import visible
from komainu.quiz import Question
from packages import files, parsed

TEXTS = st.text(st.characters() | st.sampled_from("<>&\"'`*[]()\\\n\t]]>{}"), min_size=1, max_size=40)


def made(stem: str, option: str) -> QuizSet:
    words = {"stem": stem, "options": {"a": option, "b": "x", "c": "y"}, "why": {"b": option}, "explain": stem}
    item = Question("item", "single", "skill", ("a", "b", "c"), (), ["a"], {"ja": words, "en": words}, "quiz.yml", 1)
    return QuizSet("quiz", stem, "en", (item,), option, option)


def seen(node) -> str:
    """The text of an element, a line break where it has one."""
    return "".join("\n" if one.tag.endswith("br") else "" for one in [node]) + (node.text or "") + "".join(seen(one) + (one.tail or "") for one in node)


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_every_text_comes_back_out_of_qti(stem, option):
    """Stem and option are read back from both editions as a reader of the site sees them."""
    for writer, names in ((qti3, ("qti-prompt", "qti-simple-choice")), (qti21, ("prompt", "simpleChoice"))):
        item = parsed(files(writer.write(made(stem, option)))["items/item.xml"])
        assert seen(item.find(f".//{{*}}{names[0]}")) == visible(stem)
        assert seen(item.find(f".//{{*}}{names[1]}")) == visible(option)


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_every_text_comes_back_out_of_a_cartridge(stem, option):
    """Unpacked once as XML and once as HTML, the words are the author's."""
    tree = parsed(files(cartridge.write(made(stem, option)))[cartridge.PLACE])
    for path, wanted in (("{*}presentation/{*}material", stem), ("{*}presentation//{*}response_label/{*}material", option)):
        text = tree.findtext(f".//{path}/{{*}}mattext")
        assert html.unescape(text[3:-4].replace("<br/>", "\n") if text != "<p/>" else "") == visible(wanted)


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_no_text_breaks_out_of_the_page(stem, option):
    """The page of a SCORM package has the tags that we wrote, whatever the words; its data are whole."""
    page = files(scorm.write(made(stem, option)))["index.html"].decode()
    plain = files(scorm.write(made("x", "x")))["index.html"].decode()
    count = {tag: len(re.findall(f"<{tag}[ >]", page)) for tag in ("script", "form", "input", "label", "b", "style")}
    assert count == {tag: len(re.findall(f"<{tag}[ >]", plain)) for tag in count}
    data = json.loads(re.search(r'<script type="application/json" id="k-quiz">(.*?)</script>', page, re.DOTALL)[1])
    assert html.unescape(data["items"][0]["why"][0][1].replace("<br/>", "\n")) == visible(option)
