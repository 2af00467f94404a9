"""A quiz as a QTI 2.1 package, for older platforms and for TAO.

In:  a QuizSet.   Out: the bytes of a zip: imsmanifest.xml, assessment.xml, items/.
Left out on purpose: furigana, for which 2.1 has no elements.
"""

from __future__ import annotations

from komainu.exports import qti
from komainu.exports.elements import Element, xml_file
from komainu.exports.quiz_set import QuizSet
from komainu.zips import packed

XMLNS = "http://www.imsglobal.org/xsd/imsqti_v2p1"
EDITION = {
    "xmlns": "http://www.imsglobal.org/xsd/imscp_v1p1",
    "schema": "QTIv2.1 Package",
    "version": "1.0.0",
    "item": "imsqti_item_xmlv2p1",
    "test": "imsqti_test_xmlv2p1",
}


def write(quiz: QuizSet) -> bytes:
    """The package, the same each time."""
    places = {qti.item_id(question): f"items/{question.id}.xml" for question in quiz.questions}
    files = {
        "imsmanifest.xml": xml_file(qti.manifest(quiz, places, EDITION)),
        "assessment.xml": xml_file(_root(qti.test(quiz, places))),
        **{places[qti.item_id(question)]: xml_file(_root(qti.item(quiz, question, with_ruby=False))) for question in quiz.questions},
    }
    return packed(files)


def _root(node: Element) -> Element:
    unwrapped = _unwrapped(node)
    return Element(unwrapped.name, {"xmlns": XMLNS, **unwrapped.attributes}, unwrapped.inside)


def _unwrapped(node: Element) -> Element:
    """Without `contentBody`, which came with 3.0: what is in it stands in its place."""
    inside: list[Element | str] = []
    for one in node.inside:
        plain = one if isinstance(one, str) else _unwrapped(one)
        inside += plain.inside if isinstance(plain, Element) and plain.name == "contentBody" else [plain]
    return Element(node.name, node.attributes, tuple(inside))
