"""A quiz as an IMS Common Cartridge 1.3: a manifest and one assessment in its profile of QTI 1.2.1.

In:  a QuizSet.   Out: the bytes of a zip: imsmanifest.xml, quiz/assessment.xml.
The profile knows choices, true or false, and words to fill in; it has no order, pairs, tolerance or shares of a point.
What is lost: an order is one choice among orders, a row of a match one choice each (they count as one item together),
several right options earn all or nothing, a number has to be met exactly, and a statement is true or not, without how sure.
Left out on purpose: shares by `setvar`, though the profile allows them: known readers take any of them for fully right.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from math import lcm

from komainu.exports.elements import Element, element, leaf, prose, text_of, xml_file
from komainu.exports.quiz_set import QuizSet
from komainu.exports.wording import (
    number_spellings,
    option_id,
    options_shown,
    short_spellings,
    target_id,
    targets_shown,
    visible,
)
from komainu.quiz import Question
from komainu.words import say
from komainu.zips import packed

MANIFEST = {
    "xmlns": "http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1",
    "xmlns:lomimscc": "http://ltsc.ieee.org/xsd/imsccv1p3/LOM/manifest",
}
ASSESSMENT = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
TYPE = "imsqti_xmlv1p2/imscc_xmlv1p3/assessment"
PLACE = "quiz/assessment.xml"
PROFILE = {"cc_profile": "cc.exam.v0p1", "qmd_assessmenttype": "Examination", "qmd_scoretype": "Percentage", "qmd_feedbackpermitted": "Yes"}
HEAVIEST = 99
"""The profile takes weights from 1 to this."""

ORDERS = 4
"""How many orders stand to choice, where there are so many."""

LETTERS = {"ja": "アイウエオカキクケコサシスセソ", "en": "ABCDEFGHIJKLMNO"}
EXPLAIN = "explain"


@dataclass(frozen=True)
class Choice:
    """One item of the profile with options: which of them are right, and what is said of the others."""

    id: str
    stem: str
    options: dict[str, str]
    right: tuple[str, ...]
    explain: str
    several: bool = False
    """Whether more than one may be ticked."""
    parts: int = 1
    """How many items stand for one question of ours."""
    why: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Blank:
    """One item of the profile with words to fill in."""

    id: str
    stem: str
    accepted: tuple[str, ...]
    explain: str
    parts: int = 1


def write(quiz: QuizSet) -> bytes:
    """The cartridge, the same each time."""
    return packed({"imsmanifest.xml": xml_file(_manifest(quiz)), PLACE: xml_file(_assessment(quiz))})


# --- our questions as the profile's items ----------------------------------------------------------

def items(quiz: QuizSet) -> list[Choice | Blank]:
    """The questions as the nearest items that the profile has."""
    return [item for question in quiz.questions for item in _nearest(quiz, question)]


def _nearest(quiz: QuizSet, question: Question) -> Iterator[Choice | Blank]:
    words, key = question.words[quiz.lang], question.key
    stem, explain = words["stem"], words["explain"]
    if question.kind in ("single", "multiple"):
        options = {option_id(name): words["options"][name] for name in options_shown(question)}
        why = {option_id(name): text for name, text in words.get("why", {}).items()}
        yield Choice(question.id, stem, options, tuple(map(option_id, key)), explain, question.kind == "multiple", why=why)
    elif question.kind == "order":
        yield _order(quiz, question)
    elif question.kind == "match":
        targets = {target_id(name): words["targets"][name] for name in targets_shown(question)}
        for option in question.options:
            asked = f"{stem}\n{words['options'][option]}"
            yield Choice(f"{question.id}.{option}", asked, targets, (target_id(key[option]),), explain, parts=len(question.options))
    elif question.kind == "confidence":
        answers = {name: say(quiz.lang, f"quiz_{name}") for name in ("true", "false")}
        yield Choice(question.id, stem, answers, ("true" if key else "false",), explain)
    else:
        accepted = number_spellings(key["value"]) if question.kind == "number" else short_spellings(key[quiz.lang])
        yield Blank(question.id, stem, accepted, explain)


def _order(quiz: QuizSet, question: Question) -> Choice:
    """One choice among a few orders: the right one, and others in which neighbours have changed places."""
    words, shown = question.words[quiz.lang], options_shown(question)
    letters = dict(zip(shown, LETTERS[quiz.lang], strict=False))
    listed = "\n".join(f"{letters[name]}. {words['options'][name]}" for name in shown)
    orders = {option_id("-".join(order)): " → ".join(letters[name] for name in order) for order in _orders(question)}
    by_letters = dict(sorted(orders.items(), key=lambda one: one[1]))
    return Choice(question.id, f"{words['stem']}\n{listed}", by_letters, (option_id("-".join(question.key)),), words["explain"])


def _orders(question: Question) -> list[tuple[str, ...]]:
    key = tuple(question.key)
    swapped = [(*key[:at], key[at + 1], key[at], *key[at + 2 :]) for at in range(len(key) - 1)]
    others = sorted({*swapped, key[::-1]} - {key}, key=lambda order: sha256(" ".join(order).encode()).digest())
    return [key, *others[: ORDERS - 1]]


# --- the assessment --------------------------------------------------------------------------------

def _assessment(quiz: QuizSet) -> Element:
    made = items(quiz)
    whole = lcm(*(item.parts for item in made))
    rubric = "\n".join(text for text in (quiz.instructions, quiz.credit) if text)
    section = element("section", {"ident": "section-1"}, *(_item(quiz, item, whole) for item in made))
    about = {"ident": f"assessment-{quiz.id}", "title": visible(quiz.title), "xml:lang": quiz.lang}
    said = [element("rubric", {}, _material(rubric, quiz))] if rubric else []
    return element("questestinterop", {"xmlns": ASSESSMENT}, element("assessment", about, _metadata(PROFILE), *said, section))


def _metadata(values: dict[str, str]) -> Element:
    return element("qtimetadata", {}, *(element("qtimetadatafield", {}, leaf("fieldlabel", label), leaf("fieldentry", entry)) for label, entry in values.items()))


def _material(text: str, quiz: QuizSet) -> Element:
    """A text as HTML within XML, which is what readers of cartridges expect."""
    html = text_of(element("p", {}, *prose(text, quiz.furigana)))
    return element("material", {}, element("mattext", {"texttype": "text/html", "charset": "UTF-8"}, html))


def _item(quiz: QuizSet, item: Choice | Blank, whole: int) -> Element:
    values = {"cc_profile": f"cc.{_profile(item)}.v0p1"} | ({"cc_weighting": str(whole // item.parts)} if 1 < whole <= HEAVIEST else {})
    shown = element("presentation", {}, _material(item.stem, quiz), _asked(quiz, item))
    outcomes = element("outcomes", {}, element("decvar", {"varname": "SCORE", "vartype": "Decimal", "minvalue": 0, "maxvalue": 100}))
    conditions = [*_told(item), *(_condition("No", test, element("setvar", {"action": "Set", "varname": "SCORE"}, "100")) for test in _right(item))]
    feedback = [_feedback(EXPLAIN, item.explain, quiz), *(_feedback(_why_id(name), text, quiz) for name, text in _why(item).items())]
    return element("item", {"ident": item.id}, element("itemmetadata", {}, _metadata(values)), shown, element("resprocessing", {}, outcomes, *conditions), *feedback)


def _profile(item: Choice | Blank) -> str:
    """The profile's name of the kind of item; it asks for three options at least where one is to be chosen."""
    if isinstance(item, Blank):
        return "fib"
    if set(item.options) == {"true", "false"}:
        return "true_false"
    return "multiple_response" if item.several or len(item.options) < 3 else "multiple_choice"


def _asked(quiz: QuizSet, item: Choice | Blank) -> Element:
    if isinstance(item, Blank):
        blank = element("render_fib", {"rows": 1, "columns": 20}, element("response_label", {"ident": "answer"}))
        return element("response_str", {"ident": "response", "rcardinality": "Single"}, blank)
    labels = [element("response_label", {"ident": name}, _material(text, quiz)) for name, text in item.options.items()]
    cardinality = "Multiple" if _profile(item) == "multiple_response" else "Single"
    return element("response_lid", {"ident": "response", "rcardinality": cardinality}, element("render_choice", {"shuffle": "No"}, *labels))


def _right(item: Choice | Blank) -> list[Element]:
    """The tests that a right answer passes, one of them at least."""
    if isinstance(item, Blank):
        return [element("varequal", {"respident": "response", "case": "No"}, text) for text in item.accepted]
    if _profile(item) != "multiple_response":
        return [_is(item.right[0])]
    ticked = [_is(name) if name in item.right else element("not", {}, _is(name)) for name in item.options]
    return [element("and", {}, *ticked)]


def _is(name: str) -> Element:
    return element("varequal", {"respident": "response"}, name)


def _condition(goes_on: str, test: Element, then: Element) -> Element:
    return element("respcondition", {"continue": goes_on}, element("conditionvar", {}, test), then)


def _told(item: Choice | Blank) -> Iterator[Element]:
    """What is shown after an answer: the explanation after any, and what was wrong with an option after that one."""
    yield _condition("Yes", element("other"), element("displayfeedback", {"feedbacktype": "Response", "linkrefid": EXPLAIN}))
    for name in _why(item):
        yield _condition("Yes", _is(name), element("displayfeedback", {"feedbacktype": "Response", "linkrefid": _why_id(name)}))


def _why(item: Choice | Blank) -> dict[str, str]:
    return item.why if isinstance(item, Choice) else {}


def _why_id(name: str) -> str:
    return f"why-{name}"


def _feedback(name: str, text: str, quiz: QuizSet) -> Element:
    return element("itemfeedback", {"ident": name}, element("flow_mat", {}, _material(text, quiz)))


# --- the package -----------------------------------------------------------------------------------

def _manifest(quiz: QuizSet) -> Element:
    resource = f"resource-{quiz.id}"
    quiz_entry = element("item", {"identifier": f"item-{quiz.id}", "identifierref": resource}, leaf("title", visible(quiz.title)))
    tree = element("organization", {"identifier": "organization-1", "structure": "rooted-hierarchy"}, element("item", {"identifier": "root"}, quiz_entry))
    files = element("resource", {"identifier": resource, "type": TYPE}, element("file", {"href": PLACE}))
    return element(
        "manifest", MANIFEST | {"identifier": f"cartridge-{quiz.id}-{quiz.lang}"}, _about(quiz),
        element("organizations", {}, tree), element("resources", {}, files),
    )  # fmt: skip


def _about(quiz: QuizSet) -> Element:
    """Title and licence, as the manifest's metadata has them."""
    general = _lom("general", _lom("title", _in_language(quiz, quiz.title)))
    restricted = _lom("copyrightAndOtherRestrictions", _lom("value", "yes"))
    rights = _lom("rights", restricted, _lom("description", _in_language(quiz, quiz.credit)))
    return element("metadata", {}, leaf("schema", "IMS Common Cartridge"), leaf("schemaversion", "1.3.0"), _lom("lom", general, rights))


def _lom(name: str, *inside: Element | str) -> Element:
    return element(f"lomimscc:{name}", {}, *inside)


def _in_language(quiz: QuizSet, text: str) -> Element:
    return element("lomimscc:string", {"language": quiz.lang}, visible(text))
