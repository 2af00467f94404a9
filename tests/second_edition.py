"""A second edition of the classroom policy, made up for the tests: the real one with four changes.

In:  the prepared policy of the real, first edition.   Out: the prepared policy of edition 1.1.0.
detectors: a phrase of its rule is new; verify: its pupils' words are new; smartwatches: a new clause; reliance: removed.
"""

from copy import deepcopy

VERSION = "1.1.0"
REASON = {"ja": "調査の結果が変わったため。", "en": "Because the findings changed."}
SOURCE = {"id": "made-up", "title": "A made-up source", "url": "https://example.org/made-up"}
NEW = {
    "ja": {"rule": ["児童生徒は、試験の間、腕時計型の端末を外す。", "校長は、例外を認めることができる。"], "staff": ["試験の前に、腕時計型の端末を外すよう伝えます。"]},
    "en": {"rule": ["Pupils shall take off smart watches during tests.", "The head may allow exceptions."], "staff": ["Ask pupils to take off smart watches before a test."]},
}


def change(lang: str, **more: object) -> dict:
    """An entry of a change log, as the prepared policy has it."""
    return {"version": VERSION, "date": "2027-05-01", "text": REASON[lang], "sources": [SOURCE], **more}


def clause_of(prepared: dict, ident: str) -> dict:
    """A clause by its id."""
    return next(one for one in prepared["clauses"] if one["id"] == ident)


def second(first: dict) -> dict:
    """Edition 1.1.0 in the same language."""
    found, lang = deepcopy(first), first["lang"]
    found["version"] = VERSION
    detectors, verify = clause_of(found, "detectors"), clause_of(found, "verify")
    for clause, name in ((detectors, "rule"), (verify, "pupil.secondary")):
        clause["changes"].insert(0, change(lang, was=deepcopy(clause["text"])))
        clause["text"][name] = [reworded(part, lang) for part in clause["text"][name]]
    clause_of(found, "reliance")["removed"] = change(lang)
    found["clauses"].append({
        "id": "smartwatches", "section": detectors["section"], "decided_by": "school", "laws": [], "skills": [], "lessons": [],
        "title": {"ja": "腕時計型の端末", "en": "Smart watches"}[lang], "decisions": deepcopy(detectors["decisions"][:1]),
        "text": {**NEW[lang], "pupil.elementary": [], "pupil.secondary": []}, "changes": [change(lang)],
    })  # fmt: skip
    found["clauses"][-1]["decisions"][0]["id"] = "smartwatches"
    return found


def reworded(part: object, lang: str) -> object:
    """A part with one phrase more at its end."""
    if isinstance(part, dict):
        return part | {"say": reworded(part["say"], lang)}
    return part.rstrip("。.") + {"ja": "(第二版)。", "en": " (second edition)."}[lang]
