"""The teachers' page of the diagnosis: every item with its key and reason, in the wording of one reading level at a time.

In:  a Here.   Out: a block of Markdown; which level is seen is chosen without a script.
Left out on purpose: how to use the diagnosis in class, which stands on the page itself.
"""

from __future__ import annotations

from itertools import product

from komainu.diagnosis.bank import FORMS, LEVELS, Item
from komainu.diagnosis.quiz import set_id
from komainu.exports.formats import FORMATS, file_name
from komainu.writing import Here, literal


def diagnosis_key(here: Here) -> str:
    """All items by form; a sentence where the site has none."""
    bank = here.curriculum.diagnosis
    if not (bank and bank.whole):
        return here.say("diagnosing_none")
    parts = [_levels(here)]
    for form in FORMS:
        parts.append(f'## {here.say("key_form", form=form.upper())} {{#form-{form}}}')
        parts += [_item(here, number, one) for number, one in enumerate(bank.form(form), 1)]
    return "\n\n".join([*parts, _files(here)])


def _levels(here: Here) -> str:
    """Radio buttons; the style sheet shows the wording of the chosen level alone."""
    buttons = "".join(
        f'<label><input type="radio" name="filter-stage" id="filter-stage-{level}"{" checked" if level == "jhs" else ""}> '
        f"{here.say(f'diagnosing_level_{level}')}</label>"
        for level in LEVELS
    )
    legend = here.say("key_level")
    return f'<form class="k-switch k-filter k-noprint" data-pagefind-ignore="all"><fieldset><legend>{legend}</legend>{buttons}</fieldset></form>'


def _files(here: Here) -> str:
    """Both forms of each level in every format of quizzes, which join the site after MkDocs; what is seen follows the chosen level."""
    parts = [f'## {here.say("key_files")} {{#files}}']
    for level, form in product(LEVELS, FORMS):
        base, name = here.to("quizzes/diagnosis/"), set_id(form, level)
        links = [f'<a href="{base}{file_name(name, here.lang, one)}">{here.say(f"export_{one.id}")}</a>' for one in FORMATS]
        title = f"{here.say('key_form', form=form.upper())} ({here.say(f'diagnosing_level_{level}')})"
        listed = "\n".join(f"- {link}" for link in links)
        parts.append(f'<div data-stage="{level}" class="k-noprint" markdown>\n\n**{title}**\n\n{listed}\n\n</div>')
    return "\n\n".join(parts)


def _item(here: Here, number: int, item: Item) -> str:
    viewpoint = here.curriculum.reference.viewpoints[item.viewpoint].words[here.lang]["name"]
    kind = here.say(f"diagnosis_kind_{item.kind}")
    worded = "\n\n".join(_wording(here, item, level) for level in LEVELS)
    facts = [f"{here.say('key_why')}: {literal(item.rationale[here.lang])}", f"{here.say('key_pilot')}: {_pilot(here, item)}"]
    if item.sources:
        facts.append(", ".join(f"[{here.curriculum.reference.sources[one].title}](source:{one})" for one in item.sources))
    listed = "\n".join(f"- {fact}" for fact in facts)
    return f"### {item.form.upper()}{number}. {viewpoint} — {kind} {{#{item.id}}}\n\n{worded}\n\n{listed}"


def _wording(here: Here, item: Item, level: str) -> str:
    words = item.words[level][here.lang]
    lines = [literal(words["stem"])]
    if item.kind == "output":
        named = {one: here.say(f"diagnosis_{one}") for one in item.options}
        lines += [f"> {literal(words['shown'])}", _keyed(here, item, named)]
    else:
        lines.append("\n".join(_option(here, item, words, one) for one in item.options))
    skill = here.curriculum.reference.skills[item.skills[level]]
    lines += [f"{here.say('key_explain')}: {literal(words['explain'])}", f"{here.say('key_skill')}: [{skill.words[here.lang]['can']}](skill:{skill.id})"]
    body = "\n\n".join(lines)
    return f'<div data-stage="{level}" markdown>\n\n{body}\n\n</div>'


def _keyed(here: Here, item: Item, named: dict[str, str]) -> str:
    half = "".join(f" / {here.say('key_half')}: {named[one]}" for one in item.half)
    return f"**{here.say('key_key')}: {named[item.key]}**{half}"


def _option(here: Here, item: Item, words: dict, one: str) -> str:
    text = literal(words["options"][one])
    if one == item.key:
        return f"- **{here.say('key_key')}: {text}**"
    half = f" ({here.say('key_half')})" if one in item.half else ""
    return f"- {text}{half} — {literal(words['why'][one])}"


def _pilot(here: Here, item: Item) -> str:
    tried = item.exposure["pilot"]
    return here.say("key_pilot_is", **tried) if tried else here.say("key_pilot_none")
