"""A quiz as a QTI 3.0 package.

In:  a QuizSet.   Out: the bytes of a zip: imsmanifest.xml, assessment.xml, items/.
The vocabulary of 3.0 is that of 2.1 written otherwise: `choiceInteraction` is `qti-choice-interaction`, `maxChoices`
is `max-choices`; elements of HTML keep their names, furigana among them.
"""

from __future__ import annotations

import re

from komainu.exports import qti
from komainu.exports.elements import Element, xml_file
from komainu.exports.quiz_set import QuizSet
from komainu.zips import packed

XMLNS = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
EDITION = {
    "xmlns": "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
    "schema": "QTI Package",
    "version": "3.0.0",
    "item": "imsqti_item_xmlv3p0",
    "test": "imsqti_test_xmlv3p0",
}
HTML = frozenset({"p", "br", "ruby", "rp", "rt"})
_UPPER = re.compile("[A-Z]")


def write(quiz: QuizSet) -> bytes:
    """The package, the same each time."""
    places = {qti.item_id(question): f"items/{question.id}.xml" for question in quiz.questions}
    files = {
        "imsmanifest.xml": xml_file(qti.manifest(quiz, places, EDITION)),
        "assessment.xml": xml_file(_root(qti.test(quiz, places))),
        **{places[qti.item_id(question)]: xml_file(_root(qti.item(quiz, question, with_ruby=True))) for question in quiz.questions},
    }
    return packed(files)


def _root(node: Element) -> Element:
    renamed = _renamed(node)
    return Element(renamed.name, {"xmlns": XMLNS, **renamed.attributes}, renamed.inside)


def _renamed(node: Element) -> Element:
    name = node.name if node.name in HTML else f"qti-{_kebab(node.name)}"
    attributes = {_kebab(key): value for key, value in node.attributes.items()}
    return Element(name, attributes, tuple(one if isinstance(one, str) else _renamed(one) for one in node.inside))


def _kebab(name: str) -> str:
    return _UPPER.sub(lambda letter: f"-{letter[0].lower()}", name)
