"""A made-up bank for the diagnosis: every file of lessons/diagnosis, from a pattern, without a mistake.

In:  nothing.   Out: the files by path, as tests/world.py writes them.
Each text names its item, so that a case can find it. Keys and places are those that the real bank has.
"""

from functools import cache

VIEWPOINTS = ("use", "how", "verify", "bias", "think", "society", "protect")
LEVELS = ("es-upper", "jhs", "hs")
OPTIONS = ("ask", "look", "wait", "tell")
WORDS = ("low", "middle", "high")
KEYS = {
    "a": dict(zip(VIEWPOINTS, ("fix", "accept", "accept", "fix", "fix", "reject", "reject"), strict=True)),
    "b": dict(zip(VIEWPOINTS, ("fix", "fix", "reject", "reject", "accept", "fix", "accept"), strict=True)),
}
PLACES = {
    "a": dict(zip(VIEWPOINTS, (1, 3, 4, 2, 1, 3, 2), strict=True)),
    "b": dict(zip(VIEWPOINTS, (4, 2, 1, 3, 4, 2, 1), strict=True)),
}
ITEM = """\
  - id: {id}
    form: {form}
    kind: {kind}
{facts}    skills: {{es-upper: {viewpoint}-es-upper-a, jhs: {viewpoint}-jhs-a, hs: {viewpoint}-hs-a}}
    sources: []
    rationale: {{ja: "何が分かるか。", en: "What it finds out."}}
    exposure: {{since: 2026-11-26, pilot: null}}
    levels:
"""
LEVEL = """\
      {level}:
        ja:
          stem: "{id} {level} の場面です。"
{ja}          explain: "{id} {level} のわけです。"
        en:
          stem: "The scene of {id} {level}."
{en}          explain: "The reason of {id} {level}."
"""


def right(form: str, kind: str, viewpoint: str) -> str:
    """The key of an item."""
    return KEYS[form][viewpoint] if kind == "output" else OPTIONS[PLACES[form][viewpoint] - 1]


def _facts(form: str, kind: str, viewpoint: str) -> str:
    key = right(form, kind, viewpoint)
    half = ["reject"] * (key == "fix") if kind == "output" else [next(one for one in OPTIONS if one != key)]
    options = "" if kind == "output" else f"    options: [{', '.join(OPTIONS)}]\n"
    return f"{options}    key: {key}\n    half: [{', '.join(half)}]\n"


def _choices(ident: str, key: str, lang: str, level: str) -> str:
    says = {"ja": "{one}にすると{id}で答えます。", "en": "{one} for {id}."}[lang]
    why = {"ja": "{one}では足りません。", "en": "{one} is too little."}[lang]
    options = ", ".join(f'{one}: "{says.format(one=one, id=ident)}"' for one in OPTIONS)
    whys = ", ".join(f'{one}: "{why.format(one=one)}"' for one in OPTIONS if one != key)
    return f"          options: {{{options}}}\n          why: {{{whys}}}\n"


def _item(form: str, kind: str, viewpoint: str) -> str:
    ident, key = f"{viewpoint}-{form}-{kind}", right(form, kind, viewpoint)
    text = ITEM.format(id=ident, form=form, kind=kind, viewpoint=viewpoint, facts=_facts(form, kind, viewpoint))
    for level in LEVELS:
        if kind == "output":
            own = {"ja": f'          shown: "{ident} {level} の出力です。"\n', "en": f'          shown: "The output of {ident} {level}."\n'}
        else:
            own = {lang: _choices(ident, key, lang, level) for lang in ("ja", "en")}
        text += LEVEL.format(id=ident, level=level, **own)
    return text


def _words() -> str:
    told = {word: f'{{ja: "{{id}} {word} のことばです。", en: "{{id}} {word} remark."}}' for word in WORDS}
    rows = "".join(
        f"  {one}:\n    remark:\n" + "".join(f"      {word}: {text.replace('{id}', one)}\n" for word, text in told.items()) for one in VIEWPOINTS
    )
    said = "".join(f'  {name}: {{ja: "{name} のことばです。", en: "{name} remark."}}\n' for name in ("sure-wrong", "unsure-right", "fits"))
    return f"format: 1\nviewpoints:\n{rows}calibration:\n{said}"


@cache
def bank() -> dict[str, bytes]:
    """Every file of the bank: path -> content."""
    files = {
        f"lessons/diagnosis/{one}.yml": f"format: 1\nviewpoint: {one}\nitems:\n"
        + "".join(_item(form, kind, one) for form in "ab" for kind in ("output", "situation"))
        for one in VIEWPOINTS
    }
    return {path: text.encode() for path, text in (files | {"lessons/diagnosis/words.yml": _words()}).items()}
