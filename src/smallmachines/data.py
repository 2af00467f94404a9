"""The tables beside a notebook, read into lists.

In:  the name of a file in the folder data/ beside the notebook.   Out: its rows, lines or facts.
Left out on purpose: the internet. What is not in the folder is not read.
"""

import csv
import json
from pathlib import Path

from smallmachines.words import add, expect, short

add(
    {
        "data-name": {
            "ja": 'data フォルダーの中のファイル名を書いてください({found} が来ました)。例: "capitals.csv"',
            "en": 'Give the name of a file in the folder data (got {found}), for example "capitals.csv".',
        },
        "data-missing": {
            "ja": "data フォルダーに {found} がありません。ノートブックと data を同じ場所に置いてください。",
            "en": "There is no {found} in the folder data. Keep the notebook and data in the same place.",
        },
    }
)
FOLDER = Path("data")
held = {}
"""Texts by file name that are there without a folder, where there are no files: {"capitals.csv": "…"}."""


def text(name):
    r"""The whole text of a file.

    >>> held["two.txt"] = "犬\n猫\n"
    >>> text("two.txt")
    '犬\n猫\n'
    """
    fine = isinstance(name, str) and name and not set(name) & set("/\\\\:")
    expect(fine, "data-name", found=short(name))
    if name in held:
        return held[name]
    expect((FOLDER / name).is_file(), "data-missing", found=name)
    return (FOLDER / name).read_text("utf-8")


def lines(name):
    r"""The lines of a file, empty ones left out.

    >>> held["two.txt"] = "犬\n猫\n"
    >>> lines("two.txt")
    ['犬', '猫']
    """
    return [line for line in text(name).splitlines() if line.strip()]


def rows(name):
    r"""The rows of a table (.csv, or .tsv with tabs), each a dict with the heads as keys.

    >>> held["pets.csv"] = "name,kind\nポチ,犬\n"
    >>> rows("pets.csv")
    [{'name': 'ポチ', 'kind': '犬'}]
    """
    return list(csv.DictReader(text(name).splitlines(), delimiter="\t" if name.endswith(".tsv") else ","))


def facts(name):
    """What a .json file holds.

    >>> held["facts.json"] = '{"犬": ["ポチ"]}'
    >>> facts("facts.json")
    {'犬': ['ポチ']}
    """
    return json.loads(text(name))
