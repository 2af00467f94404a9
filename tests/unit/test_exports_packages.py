"""Packages of quizzes as files: QTI 3.0, QTI 2.1, Common Cartridge 1.3, SCORM 1.2."""

import html
import re

import pytest
import run

from komainu.exports import cartridge, qti3, qti21, scorm
from komainu.exports.quiz_set import QuizSet
from komainu.problem import Report
from komainu.quiz import read_quiz
from packages import complaints, files, grammar, parsed, wrong_with_manifest
from quiz_answers import GIVEN, NASTY, QUESTIONS, quiz, share

WRITERS = {"qti3": qti3, "qti21": qti21, "cartridge": cartridge, "scorm": scorm}
MADE = {name: files(writer.write(quiz())) for name, writer in WRITERS.items()}


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("name", WRITERS)
def test_the_manifest_tells_what_is_there(name, lang):
    """Every file is named in the manifest and every name is a file; no id stands twice or leads nowhere."""
    assert wrong_with_manifest(files(WRITERS[name].write(quiz(lang)))) == []


@pytest.mark.parametrize("name", WRITERS)
def test_the_same_quiz_makes_the_same_bytes(name):
    """A package does not depend on the day it was made."""
    assert WRITERS[name].write(quiz()) == WRITERS[name].write(quiz())


@pytest.mark.parametrize(
    ("name", "schema", "version", "types"),
    [
        ("qti3", "QTI Package", "3.0.0", {"imsqti_test_xmlv3p0", "imsqti_item_xmlv3p0"}),
        ("qti21", "QTIv2.1 Package", "1.0.0", {"imsqti_test_xmlv2p1", "imsqti_item_xmlv2p1"}),
        ("cartridge", "IMS Common Cartridge", "1.3.0", {"imsqti_xmlv1p2/imscc_xmlv1p3/assessment"}),
        ("scorm", "ADL SCORM", "1.2", {"webcontent"}),
    ],
)
def test_the_manifest_names_its_edition(name, schema, version, types):
    """A platform reads from the manifest which edition of which standard the package is, and what each file is."""
    manifest = parsed(MADE[name]["imsmanifest.xml"])
    assert manifest.findtext("{*}metadata/{*}schema") == schema
    assert manifest.findtext("{*}metadata/{*}schemaversion") == version
    assert {one.get("type") for one in manifest.iterfind(".//{*}resource")} == types


@pytest.mark.parametrize("name", ["qti3", "qti21", "cartridge"])
def test_no_file_sends_its_reader_elsewhere(name):
    """The only addresses in a package are names of vocabularies; nothing points to a schema, a page or a picture of another host."""
    for path, data in MADE[name].items():
        tree = parsed(data)
        vocabularies = {uri for one in tree.iter("{*}*") for uri in one.nsmap.values()}
        found = set(re.findall(r"https?://[^\"'\s<]+", data.decode()))
        assert found <= vocabularies, path
        assert b"schemaLocation" not in data


# --- QTI -----------------------------------------------------------------------------------------

QTI21 = grammar("qti21")


@pytest.mark.parametrize("path", [path for path in MADE["qti21"] if path != "imsmanifest.xml"])
def test_every_element_of_qti_21_stands_where_it_may(path):
    """Items and test follow the content models of QTI 2.1."""
    assert complaints(QTI21, parsed(MADE["qti21"][path])) == []


def test_the_grammar_of_qti_21_refuses_what_is_wrong():
    """An item without its body, and one with an element of 3.0, are not let through."""
    data = MADE["qti21"]["items/steps.xml"].decode()
    for worse in (re.sub("<itemBody>.*</itemBody>", "", data, flags=re.DOTALL), data.replace("orderInteraction", "qti-order-interaction")):
        assert complaints(QTI21, parsed(worse.encode()))


def shape(node) -> list:
    """An element's name and attributes and what is in it, in the vocabulary of 3.0; what came with 3.0 is left out."""
    name = node.tag.rpartition("}")[2]
    kebab = re.sub("[A-Z]", lambda letter: f"-{letter[0].lower()}", name)
    named = kebab if kebab.startswith("qti-") or name in ("p", "br") else f"qti-{kebab}"
    attributes = {re.sub("[A-Z]", lambda letter: f"-{letter[0].lower()}", key): value for key, value in node.attrib.items()}
    inside = [one for child in node for one in (child if child.tag.endswith("qti-content-body") else [child])]
    return [named, attributes, (node.text or "").strip(), (node.tail or "").strip(), [shape(one) for one in inside]]


@pytest.mark.parametrize("path", [path for path in MADE["qti21"] if path != "imsmanifest.xml"])
def test_both_editions_of_qti_say_the_same(path):
    """What the player of 3.0 proves of an item holds for 2.1: they differ in the spelling of names alone."""
    assert shape(parsed(MADE["qti21"][path])) == shape(parsed(MADE["qti3"][path]))


def test_furigana_goes_into_30_only():
    """3.0 has elements for readings, 2.1 has none."""
    of_both = {name: files(WRITERS[name].write(quiz(furigana=0)))["items/steps.xml"] for name in ("qti3", "qti21")}
    assert b"<ruby>" in of_both["qti3"]
    assert b"ruby" not in of_both["qti21"]
    assert complaints(QTI21, parsed(of_both["qti21"])) == []


# --- Common Cartridge ----------------------------------------------------------------------------

ASSESSMENT = parsed(MADE["cartridge"][cartridge.PLACE])
ITEMS = {one.get("ident"): one for one in ASSESSMENT.iterfind(".//{*}item")}
MADE_OF = {item.id: [made for made in cartridge.items(quiz()) if made.id.split(".")[0] == item.id] for item in QUESTIONS}


def field(item, label: str) -> str:
    return next(one.findtext("{*}fieldentry") for one in item.iterfind(".//{*}qtimetadatafield") if one.findtext("{*}fieldlabel") == label)


def test_every_element_of_the_cartridge_stands_where_it_may():
    """The assessment follows the content models of the profile."""
    assert complaints(grammar("cartridge"), ASSESSMENT) == []


@pytest.mark.parametrize("item", ITEMS.values(), ids=list(ITEMS))
def test_each_item_keeps_the_rules_of_its_kind(item):
    """The profile's own rules: cardinality and number of options by kind, answers that exist, feedback that is called."""
    kind = field(item, "cc_profile").removeprefix("cc.").removesuffix(".v0p1")
    labels = [one.get("ident") for one in item.iterfind(".//{*}render_choice/{*}response_label")]
    wanted = {"multiple_choice": ("Single", 3, 99), "multiple_response": ("Multiple", 2, 99), "true_false": ("Single", 2, 2), "fib": ("Single", 0, 0)}
    cardinality, least, most = wanted[kind]
    asked = item.find("{*}presentation")[1]
    assert asked.get("rcardinality") == cardinality
    assert least <= len(labels) <= most
    assert len(set(labels)) == len(labels)
    assert (asked.tag.endswith("response_str")) == (kind == "fib")
    tested = list(item.iterfind(".//{*}varequal"))
    assert {one.get("respident") for one in tested} == {asked.get("ident")}
    assert kind == "fib" or {one.text for one in tested} <= set(labels)
    called = {one.get("linkrefid") for one in item.iterfind(".//{*}displayfeedback")}
    assert called == {one.get("ident") for one in item.iterfind("{*}itemfeedback")}


def test_ids_of_items_are_their_own():
    """No two items of the assessment have one id."""
    assert len(ITEMS) == len(list(ASSESSMENT.iterfind(".//{*}item")))


def test_a_question_in_parts_weighs_as_much_as_another():
    """The rows of a match are items of their own, and count as one question together."""
    weights = {name: sum(int(field(ITEMS[made.id], "cc_weighting")) for made in parts) for name, parts in MADE_OF.items()}
    assert set(weights.values()) == {3}
    assert len(MADE_OF["pairs"]) == 3


def earned(item, given: set[str]) -> float:
    """The score of an answer by the rules of QTI 1.2: conditions in their order, the first that holds and does not go on is the last."""
    score = 0.0
    for condition in item.iterfind(".//{*}respcondition"):
        if all(holds(test, given) for test in condition.find("{*}conditionvar")):
            score = float(condition.findtext("{*}setvar") or score)
            if condition.get("continue") == "No":
                break
    return score


def holds(test, given: set[str]) -> bool:
    name = test.tag.rpartition("}")[2]
    if name == "varequal":
        return test.text.casefold() in {one.casefold() for one in given}
    return {"other": lambda: True, "not": lambda: not holds(test[0], given), "and": lambda: all(holds(one, given) for one in test)}[name]()


def as_given(item, made, given) -> set[str]:
    """An answer of ours as the cartridge's item takes it."""
    if item.kind == "match":
        return {f"t-{given[made.id.split('.')[1]]}"} if made.id.split(".")[1] in given else set()
    if item.kind == "order":
        return {"o-" + "-".join(given)}
    if item.kind == "confidence":
        return {given.partition("-")[0]}
    return {f"o-{one}" for one in given} if isinstance(given, list) else {str(given)}


@pytest.mark.parametrize(("name", "given"), [(name, given) for name, answers in GIVEN.items() for given in answers], ids=str)
def test_what_is_right_here_is_right_there(name, given):
    """Wholly right answers earn the point; a part of several options nothing, each right pair its part; a number has to be met."""
    item = next(one for one in QUESTIONS if one.id == name)
    found = [earned(ITEMS[made.id], as_given(item, made, given)) for made in MADE_OF[name]]
    ours = share(item, given)
    if item.kind == "match":
        assert sum(found) / len(found) == pytest.approx(100 * ours)
    elif item.kind == "confidence":
        assert found == [100 * given.startswith("true" if item.key else "false")]
    elif item.kind == "number":
        assert found == [100 * (given == item.key["value"])]
    else:
        assert found == [100 if ours == 1 else 0]


def test_an_order_stands_among_others():
    """An order becomes one choice among four; its parts are listed with letters, and all of them are in each order."""
    made = MADE_OF["steps"][0]
    assert len(made.options) == 4
    for text in made.options.values():
        assert sorted(text.split(" → ")) == ["ア", "イ", "ウ", "エ"]
    first = made.options[made.right[0]].split(" → ")[0]
    assert f"{first}. toriiの文 {NASTY}" in made.stem


def test_the_words_of_a_cartridge_are_html():
    """Readers of cartridges take its texts for HTML; unpacked twice, the signs are as they were."""
    text = ITEMS["one-of-four"].findtext(".//{*}presentation/{*}material/{*}mattext")
    assert html.unescape(re.sub("<br/>", "\n", text)).startswith(f"<p>one-of-fourを問う。 {NASTY}\n二行目の言葉")


# --- the lessons' own ----------------------------------------------------------------------------

@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("path", sorted(run.ROOT.glob("lessons/*/quiz.yml")), ids=lambda path: path.parent.name)
def test_the_quizzes_of_the_lessons_are_whole(path, lang):
    """Every quiz of this repository makes packages that keep all these rules."""
    report = Report()
    questions = read_quiz(run.ROOT, path.relative_to(run.ROOT).as_posix(), report)
    own = QuizSet(path.parent.name, "Title", lang, questions, "CC BY 4.0", furigana=2 if lang == "ja" else 9)
    of = {name: files(writer.write(own)) for name, writer in WRITERS.items()}
    assert [wrong for package in of.values() for wrong in wrong_with_manifest(package)] == []
    assert [wrong for name, data in of["qti21"].items() if name != "imsmanifest.xml" for wrong in complaints(QTI21, parsed(data))] == []
    assert complaints(grammar("cartridge"), parsed(of["cartridge"][cartridge.PLACE])) == []
    assert len(of["qti3"]) == len(questions) + 2


# --- SCORM ---------------------------------------------------------------------------------------

def test_the_platform_finds_the_page_to_start():
    """The default organisation leads to one item, the item to the one page that reports."""
    manifest = parsed(MADE["scorm"]["imsmanifest.xml"])
    organisation = manifest.find("{*}organizations/{*}organization")
    assert manifest.find("{*}organizations").get("default") == organisation.get("identifier")
    resource = manifest.find("{*}resources/{*}resource")
    assert organisation.find("{*}item").get("identifierref") == resource.get("identifier")
    assert resource.get("{http://www.adlnet.org/xsd/adlcp_rootv1p2}scormtype") == "sco"
