"""A quiz as a SCORM 1.2 package: one page that scores itself and reports to the platform.

In:  a QuizSet.   Out: the bytes of a zip: imsmanifest.xml, index.html.
Left out on purpose: the schemas of SCORM, which may not be handed on and which players do not read.
"""

from __future__ import annotations

from komainu.exports.elements import Element, element, leaf, xml_file
from komainu.exports.quiz_set import QuizSet
from komainu.exports.scorm_page import page
from komainu.exports.wording import visible
from komainu.zips import packed

NAMES = {
    "version": "1.2",
    "xmlns": "http://www.imsproject.org/xsd/imscp_rootv1p1p2",
    "xmlns:adlcp": "http://www.adlnet.org/xsd/adlcp_rootv1p2",
}


def write(quiz: QuizSet) -> bytes:
    """The package, the same each time."""
    return packed({"imsmanifest.xml": xml_file(_manifest(quiz)), "index.html": page(quiz).encode()})


def _manifest(quiz: QuizSet) -> Element:
    title = leaf("title", visible(quiz.title))
    entry = element("item", {"identifier": f"item-{quiz.id}", "identifierref": f"page-{quiz.id}", "isvisible": True}, title)
    tree = element("organization", {"identifier": f"quiz-{quiz.id}"}, title, entry)
    about = {"identifier": f"page-{quiz.id}", "type": "webcontent", "adlcp:scormtype": "sco", "href": "index.html"}
    return element(
        "manifest", {"identifier": f"scorm-{quiz.id}-{quiz.lang}"} | NAMES,
        element("metadata", {}, leaf("schema", "ADL SCORM"), leaf("schemaversion", "1.2")),
        element("organizations", {"default": f"quiz-{quiz.id}"}, tree),
        element("resources", {}, element("resource", about, element("file", {"href": "index.html"}))),
    )  # fmt: skip
