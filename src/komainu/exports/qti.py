"""Quiz items and tests of QTI, in the vocabulary of 2.1; qti21 and qti3 write them down.

In:  a QuizSet.   Out: Elements: one item for each question, a test that puts them in order, a manifest.
Scores are those of `scoring`: shares of one point, by a mapping where parts of it can be had.
An explanation is shown when an answer was given; what was wrong with the chosen option stands before it.
Left out on purpose: names of files and editions (qti21, qti3), and places of schemas, for a reader need not fetch them.
"""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from komainu.exports.elements import Element, element, leaf, prose
from komainu.exports.quiz_set import NO_FURIGANA, QuizSet
from komainu.exports.scoring import JUDGEMENTS, judgement_share
from komainu.exports.wording import (
    number,
    option_id,
    options_shown,
    short_spellings,
    target_id,
    targets_shown,
    visible,
)
from komainu.quiz import Question
from komainu.words import say

SLACK = Decimal("1e-9")
"""What scoring adds to a tolerance, so that its ends count in binary figures too."""

RESPONSE = {"identifier": "RESPONSE"}
EXPLAIN = "EXPLAIN"
CARDINALITIES = {"multiple": "multiple", "match": "multiple", "order": "ordered"}
TYPES = {"match": "directedPair", "number": "float", "short": "string"}


def item_id(question: Question) -> str:
    """An item's identifier within its package."""
    return f"item-{question.id}"


def item(quiz: QuizSet, question: Question, with_ruby: bool) -> Element:
    """One question as an assessmentItem."""
    say_it = partial(prose, furigana=quiz.furigana if with_ruby else NO_FURIGANA)
    title = say(quiz.lang, "quiz_item", n=quiz.questions.index(question) + 1)
    about = {"identifier": item_id(question), "title": title, "xml:lang": quiz.lang, "adaptive": False, "timeDependent": False}
    return element(
        "assessmentItem", about, _response(quiz, question), _outcome("SCORE", "float", 0), _outcome("MAXSCORE", "float", 1),
        _outcome("FEEDBACK", "identifier"), _body(quiz, question, say_it), _processing(quiz, question), *_feedback(quiz, question, say_it),
    )  # fmt: skip


# --- what is asked -------------------------------------------------------------------------------

def _body(quiz: QuizSet, question: Question, say_it) -> Element:
    """The kind of the item, its text, and the interaction."""
    kind = element("p", {}, *say_it(say(quiz.lang, f"quiz_kind_{question.kind}")))
    stem = say_it(question.words[quiz.lang]["stem"])
    if question.kind in ("number", "short"):
        entry = element("textEntryInteraction", {"responseIdentifier": "RESPONSE", "expectedLength": 20})
        return element("itemBody", {}, kind, element("p", {}, *stem), element("p", {}, entry))
    return element("itemBody", {}, kind, _interaction(quiz, question, element("prompt", {}, *stem), say_it))


def _interaction(quiz: QuizSet, question: Question, prompt: Element, say_it) -> Element:
    words = question.words[quiz.lang]
    if question.kind == "match":
        count = len(question.options)
        sets = [
            _match_set([option_id(name) for name in question.options], [words["options"][name] for name in question.options], 1, say_it),
            _match_set([target_id(name) for name in targets_shown(question)], [words["targets"][name] for name in targets_shown(question)], count, say_it),
        ]
        return element("matchInteraction", {"class": "qti-match-tabular", "responseIdentifier": "RESPONSE", "shuffle": False, "maxAssociations": count}, prompt, *sets)
    choices = [element("simpleChoice", {"identifier": name}, *say_it(text)) for name, text in _choices(quiz, question)]
    if question.kind == "order":
        return element("orderInteraction", {"responseIdentifier": "RESPONSE", "shuffle": False, "orientation": "vertical"}, prompt, *choices)
    most = 0 if question.kind == "multiple" else 1
    return element("choiceInteraction", {"responseIdentifier": "RESPONSE", "shuffle": False, "maxChoices": most, "orientation": "vertical"}, prompt, *choices)


def _choices(quiz: QuizSet, question: Question) -> list[tuple[str, str]]:
    """Identifier and text of each choice."""
    if question.kind == "confidence":
        return [(option_id(one.id), say(quiz.lang, f"quiz_{one.id}")) for one in JUDGEMENTS]
    texts = question.words[quiz.lang]["options"]
    return [(option_id(name), texts[name]) for name in options_shown(question)]


def _match_set(names: list[str], texts: list[str], most: int, say_it) -> Element:
    pairs = zip(names, texts, strict=True)
    return element("simpleMatchSet", {}, *(element("simpleAssociableChoice", {"identifier": name, "matchMax": most}, *say_it(text)) for name, text in pairs))


# --- what counts ---------------------------------------------------------------------------------

def _response(quiz: QuizSet, question: Question) -> Element:
    """The declaration of the answer: its type, the right one, and what parts of it earn."""
    kind = question.kind
    about = RESPONSE | {"cardinality": CARDINALITIES.get(kind, "single"), "baseType": TYPES.get(kind, "identifier")}
    right = element("correctResponse", {}, *(leaf("value", value) for value in _right(quiz, question)))
    shares = _shares(question)
    if not shares:
        return element("responseDeclaration", about, right)
    entries = [element("mapEntry", {"mapKey": key, "mappedValue": share}) for key, share in shares.items()]
    return element("responseDeclaration", about, right, element("mapping", {"lowerBound": 0, "upperBound": 1, "defaultValue": 0}, *entries))


def _right(quiz: QuizSet, question: Question) -> list[str]:
    key = question.key
    if question.kind == "confidence":
        return [option_id("true-certain" if key else "false-certain")]
    if question.kind == "number":
        return [number(key["value"])]
    if question.kind == "short":
        return [visible(key[quiz.lang][0])]
    return list(_pairs(question)) if question.kind == "match" else [option_id(name) for name in key]


def _pairs(question: Question) -> tuple[str, ...]:
    return tuple(f"{option_id(option)} {target_id(question.key[option])}" for option in question.options)


def _shares(question: Question) -> dict[str, float]:
    """What each choice or pair earns by itself, for the kinds that can be partly right."""
    if question.kind == "confidence":
        return {option_id(one.id): judgement_share(one, question.key) for one in JUDGEMENTS}
    if question.kind == "match":
        return dict.fromkeys(_pairs(question), 1 / len(question.options))
    if question.kind == "multiple":
        right, wrong = 1 / len(question.key), -1 / (len(question.options) - len(question.key))
        return {option_id(name): right if name in question.key else wrong for name in question.options}
    return {}


def _outcome(name: str, base: str, value: int | None = None) -> Element:
    default = [] if value is None else [element("defaultValue", {}, leaf("value", value))]
    return element("outcomeDeclaration", {"identifier": name, "cardinality": "single", "baseType": base}, *default)


# --- from the answer to the score ----------------------------------------------------------------

def _processing(quiz: QuizSet, question: Question) -> Element:
    """No answer earns nothing and is told nothing; any other gets its score and its explanation."""
    unanswered = element("responseIf", {}, element("isNull", {}, element("variable", RESPONSE)), _set("SCORE", _base("float", 0)))
    told = element("variable", RESPONSE) if question.kind == "single" else _base("identifier", EXPLAIN)
    feedback = _set("FEEDBACK", told)
    if _shares(question):
        rest = [element("responseElse", {}, _set("SCORE", element("mapResponse", RESPONSE)), feedback)]
    else:
        full, nothing = _set("SCORE", _base("float", 1)), _set("SCORE", _base("float", 0))
        rest = [element("responseElseIf", {}, _is_right(quiz, question), full, feedback), element("responseElse", {}, nothing, feedback)]
    return element("responseProcessing", {}, element("responseCondition", {}, unanswered, *rest))


def _is_right(quiz: QuizSet, question: Question) -> Element:
    given = element("variable", RESPONSE)
    if question.kind == "number":
        width = f"{Decimal(str(question.key['tolerance'])) + SLACK:f}"
        mode = {"toleranceMode": "absolute", "tolerance": f"{width} {width}", "includeLowerBound": True, "includeUpperBound": True}
        return element("equal", mode, element("correct", RESPONSE), given)
    if question.kind == "short":
        accepted = [_base("string", text) for text in short_spellings(question.key[quiz.lang])]
        return element("or", {}, *(element("stringMatch", {"caseSensitive": False}, given, text) for text in accepted))
    return element("match", {}, given, element("correct", RESPONSE))


def _set(name: str, value: Element) -> Element:
    return element("setOutcomeValue", {"identifier": name}, value)


def _base(kind: str, value: object) -> Element:
    return element("baseValue", {"baseType": kind}, str(value))


# --- what is said afterwards ---------------------------------------------------------------------

def _feedback(quiz: QuizSet, question: Question, say_it) -> list[Element]:
    """What follows an answer: for each option of a single choice its own, for the others one for all."""
    words = question.words[quiz.lang]
    why, explain = words.get("why", {}), element("p", {}, *say_it(words["explain"]))
    if question.kind == "single":
        told = {name: [element("p", {}, *say_it(why[name]))] if name in why else [] for name in question.options}
        return [_modal(option_id(name), [*hint, explain]) for name, hint in told.items()]
    hints = [element("p", {}, *say_it(f"{words['options'][name]}: {why[name]}")) for name in question.options if name in why]
    return [_modal(EXPLAIN, [explain, *hints])]


def _modal(name: str, paragraphs: list[Element]) -> Element:
    about = {"outcomeIdentifier": "FEEDBACK", "showHide": "show", "identifier": name}
    return element("modalFeedback", about, element("contentBody", {}, *paragraphs))


# --- the whole quiz ------------------------------------------------------------------------------

def test(quiz: QuizSet, places: dict[str, str]) -> Element:
    """The quiz as an assessmentTest of one part and one section; `places` names each item's file by its identifier."""
    refs = [element("assessmentItemRef", {"identifier": name, "href": href, "fixed": True}) for name, href in places.items()]
    lines = [element("p", {}, visible(text)) for text in (quiz.instructions, quiz.credit) if text]
    rubric = [element("rubricBlock", {"view": "candidate"}, element("contentBody", {}, *lines))] if lines else []
    section = element("assessmentSection", {"identifier": "section-1", "title": visible(quiz.title), "visible": True}, *rubric, *refs)
    told = element("itemSessionControl", {"maxAttempts": 1, "showFeedback": True})
    part = element("testPart", {"identifier": "part-1", "navigationMode": "nonlinear", "submissionMode": "individual"}, told, section)
    total = element("sum", {}, element("testVariables", {"variableIdentifier": "SCORE"}))
    about = {"identifier": f"test-{quiz.id}", "title": visible(quiz.title)}
    return element(
        "assessmentTest", about, _outcome("SCORE", "float", 0), _outcome("MAXSCORE", "float", len(quiz.questions)), part,
        element("outcomeProcessing", {}, _set("SCORE", total)),
    )  # fmt: skip


def manifest(quiz: QuizSet, places: dict[str, str], edition: dict[str, str]) -> Element:
    """The list of what is in the package; `edition` has the namespace, schema, version and the two types of resource."""
    items = [_resource(name, edition["item"], href) for name, href in places.items()]
    whole = _resource(f"test-{quiz.id}", edition["test"], "assessment.xml", *(element("dependency", {"identifierref": name}) for name in places))
    metadata = element("metadata", {}, leaf("schema", edition["schema"]), leaf("schemaversion", edition["version"]))
    about = {"xmlns": edition["xmlns"], "identifier": f"manifest-{quiz.id}-{quiz.lang}"}
    return element("manifest", about, metadata, element("organizations"), element("resources", {}, whole, *items))


def _resource(name: str, kind: str, href: str, *more: Element) -> Element:
    return element("resource", {"identifier": name, "type": kind, "href": href}, element("file", {"href": href}), *more)
