"""The page of a SCORM package: every item as a form, with its explanation, in one file that loads nothing.

In:  a QuizSet.   Out: HTML, with the keys as JSON for web/quiz/scorm.js, which is in it too.
Options have letters (a, b, …) and targets figures (1, 2, …) in the order shown, for SCORM 1.2 writes answers so.
Left out on purpose: hiding the keys; a pupil who reads the source finds them, as in every package that scores itself.
"""

from __future__ import annotations

import json
from importlib import resources
from string import ascii_lowercase

from komainu.exports.elements import Element, element, leaf, prose, text_of
from komainu.exports.quiz_set import QuizSet
from komainu.exports.scoring import JUDGEMENTS, judgement_share
from komainu.exports.wording import number, options_shown, short_spellings, targets_shown, visible
from komainu.quiz import Question
from komainu.words import say, starting_with

LETTERS = ascii_lowercase
TYPES = {"order": "sequencing", "match": "matching", "number": "numeric", "short": "fill-in"}
"""What SCORM calls the kinds; the others are choices."""

ASKS = {"order": "ask_places", "number": "ask_number", "short": "ask_text"}
LONGEST = 80
"""Characters of a written answer, so that all answers of a quiz fit into what a platform keeps."""

FRAME = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
<style>
{css}</style>
</head>
<body>
{body}
<script type="application/json" id="k-quiz">{data}</script>
<script>
{script}</script>
</body>
</html>
"""


def page(quiz: QuizSet) -> str:
    """The whole page."""
    values = {
        "lang": quiz.lang, "title": text_of(visible(quiz.title)), "css": _file("scorm.css"), "body": text_of(_body(quiz)),
        "data": json.dumps(_data(quiz), ensure_ascii=False).replace("<", "\\u003c"), "script": _file("scorm.js"),
    }  # fmt: skip
    return FRAME.format(**values)


def _file(name: str) -> str:
    return resources.files("komainu").joinpath(f"web/quiz/{name}").read_text("utf-8")


# --- the forms -------------------------------------------------------------------------------------

def _body(quiz: QuizSet) -> Element:
    note = element("p", {"id": "k-no-lms", "class": "k-note", "role": "status", "hidden": "hidden"}, *_said(quiz, "scorm_no_lms"))
    needs = element("noscript", {}, element("p", {}, *_said(quiz, "scorm_no_script")))
    told = [element("p", {}, *prose(quiz.instructions, quiz.furigana))] if quiz.instructions else []
    forms = [_form(quiz, question, index) for index, question in enumerate(quiz.questions)]
    total = element("p", {"id": "k-total", "role": "status"}, "")
    return element("main", {}, element("h1", {}, *prose(quiz.title, quiz.furigana)), *told, needs, note, *forms, total, element("footer", {}, visible(quiz.credit)))


def _said(quiz: QuizSet, name: str, **values: object) -> tuple[Element | str, ...]:
    return prose(say(quiz.lang, name, **values), quiz.furigana) or ("",)


def _form(quiz: QuizSet, question: Question, index: int) -> Element:
    legend = element("legend", {}, *_said(quiz, "quiz_item", n=index + 1))
    kind = element("p", {"class": "k-kind"}, *_said(quiz, f"quiz_kind_{question.kind}"))
    stem = element("p", {"class": "k-stem", "id": f"k-stem-{index}"}, *prose(question.words[quiz.lang]["stem"], quiz.furigana))
    asked = element("fieldset", {"aria-describedby": f"k-stem-{index}"}, legend, kind, stem, *_inputs(quiz, question, index))
    ask = element("p", {"class": "k-ask", "role": "status"}, "")
    button = element("p", {}, element("button", {"type": "submit"}, *_said(quiz, "scorm_answer")))
    return element("form", {"id": f"k-item-{index}", "novalidate": "novalidate"}, asked, ask, button, _told(quiz, question))


def _told(quiz: QuizSet, question: Question) -> Element:
    """What is shown after the answer; the script fills in the verdict and what was wrong with the chosen options."""
    key = element("p", {}, element("b", {}, *_said(quiz, "scorm_key")), ": ", *_key(quiz, question))
    explain = element("p", {}, *prose(question.words[quiz.lang]["explain"], quiz.furigana))
    parts = element("p", {"class": "k-verdict"}, ""), element("div", {"class": "k-why"}, ""), key, explain
    return element("div", {"class": "k-told", "tabindex": "-1", "role": "group", "hidden": "hidden"}, *parts)


def _inputs(quiz: QuizSet, question: Question, index: int) -> list[Element]:
    if question.kind in ("number", "short"):
        mode = "decimal" if question.kind == "number" else "text"
        about = {"type": "text", "name": "answer", "inputmode": mode, "maxlength": LONGEST, "autocomplete": "off", "aria-label": say(quiz.lang, "scorm_written")}
        return [element("p", {}, element("input", about))]
    if question.kind == "order":
        places = [(place, str(place)) for place in range(1, len(question.options) + 1)]
        return [_row(quiz, letter, text, places) for letter, text in _lettered(quiz, question)]
    if question.kind == "match":
        targets = [(n, question.words[quiz.lang]["targets"][name]) for n, name in enumerate(targets_shown(question), 1)]
        listed = element("ol", {}, *(element("li", {}, leaf("b", n), *prose(text, quiz.furigana)) for n, text in targets))
        return [listed, *(_row(quiz, letter, text, [(n, f"{n}. {visible(words)}") for n, words in targets]) for letter, text in _lettered(quiz, question))]
    about = {"type": "checkbox" if question.kind == "multiple" else "radio", "name": f"answer-{index}"}
    return [
        element("label", {}, element("input", about | {"value": letter}), element("span", {}, *prose(text, quiz.furigana)))
        for letter, text in _lettered(quiz, question)
    ]


def _row(quiz: QuizSet, letter: str, text: str, choices: list[tuple[int, str]]) -> Element:
    """One line that takes a number or a target."""
    none = element("option", {"value": ""}, say(quiz.lang, "scorm_choose"))
    select = element("select", {"name": letter}, none, *(element("option", {"value": n}, words) for n, words in choices))
    return element("label", {"class": "k-row"}, element("span", {}, *prose(text, quiz.furigana)), select)


def _lettered(quiz: QuizSet, question: Question) -> list[tuple[str, str]]:
    """Letter and text of each option, in the order shown."""
    if question.kind == "confidence":
        return [(letter, say(quiz.lang, f"quiz_{one.id}")) for letter, one in zip(LETTERS, JUDGEMENTS, strict=False)]
    texts = question.words[quiz.lang]["options"]
    return [(letter, texts[name]) for letter, name in zip(LETTERS, options_shown(question), strict=False)]


def _key(quiz: QuizSet, question: Question) -> list[Element | str]:
    """The right answer in words."""
    words, key = question.words[quiz.lang], question.key
    if question.kind == "confidence":
        return list(_said(quiz, "quiz_true" if key else "quiz_false"))
    if question.kind == "number":
        written = {"value": number(key["value"]), "tolerance": number(key["tolerance"])}
        return list(_said(quiz, "quiz_within", **written)) if key["tolerance"] else [written["value"]]
    if question.kind == "short":
        return [" / ".join(map(visible, key[quiz.lang]))]
    if question.kind == "match":
        lines = [f"{words['options'][option]} – {words['targets'][key[option]]}" for option in question.options]
    else:
        lines = [words["options"][name] for name in key]
    between = {"order": " → ", "match": "\n"}.get(question.kind, " / ")
    return list(prose(between.join(lines), quiz.furigana))


# --- the keys --------------------------------------------------------------------------------------

def _data(quiz: QuizSet) -> dict:
    words = {name: "".join(map(text_of, prose(text, quiz.furigana))) for name, text in starting_with(quiz.lang, "scorm_").items()}
    return {"words": words, "items": [_item(quiz, question) for question in quiz.questions]}


def _item(quiz: QuizSet, question: Question) -> dict:
    patterns = _patterns(quiz, question)
    about = {"id": question.id, "kind": question.kind, "type": TYPES.get(question.kind, "choice"), "ask": ASKS.get(question.kind, "ask"), "patterns": patterns}
    if question.kind == "number":
        return about | question.key
    if question.kind == "short":
        return about | {"accepted": sorted({text.lower() for text in short_spellings(question.key[quiz.lang])})}
    if question.kind == "confidence":
        return about | {"shares": {letter: judgement_share(one, question.key) for letter, one in zip(LETTERS, JUDGEMENTS, strict=False)}}
    why = question.words[quiz.lang].get("why", {})
    told = [(letter, why[name]) for letter, name in zip(LETTERS, options_shown(question), strict=False) if name in why]
    hints = [(letter, "".join(map(text_of, prose(text, quiz.furigana)))) for letter, text in told]
    return about | {"key": patterns[0].split(","), "count": len(question.options), "why": hints}


def _patterns(quiz: QuizSet, question: Question) -> list[str]:
    """The right answers as SCORM writes them."""
    if question.kind == "confidence":
        return [LETTERS[0] if question.key else LETTERS[len(JUDGEMENTS) - 1]]
    if question.kind == "number":
        return [number(question.key["value"])]
    if question.kind == "short":
        return [visible(text) for text in question.key[quiz.lang]]
    letter = dict(zip(options_shown(question), LETTERS, strict=False))
    if question.kind == "match":
        figure = {name: n for n, name in enumerate(targets_shown(question), 1)}
        return [",".join(f"{letter[name]}.{figure[question.key[name]]}" for name in question.options)]
    if question.kind == "order":
        return [",".join(letter[name] for name in question.key)]
    return [",".join(sorted(letter[name] for name in question.key))]
