"""Makes the files of data/ from the packages, or tells whether they are still what the packages give.

In:  `python notebooks/no-word-for-shrine/make --packages FOLDER [--check]`.   Out: the files, or a line for each.
Exit code 0: made, or all as it is.  1: a file differs.  2: a part did not run, because a package or a tool is missing.
"""

import argparse
import csv
from pathlib import Path

import counts
import lists
import pictures
import vectors
from packages import NotHere, Shelf

DATA = Path(__file__).resolve().parents[1] / "data"
PARTS = {"lists": lists.made, "pictures": pictures.made, "vectors": vectors.made, "counts": counts.made}
NEAR = 0.02
"""How far a probability may move from one computer to another."""


def main():
    """Each part on its own: what is missing for one does not stop the others."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--packages", required=True, help="the folder with the files that pip and npm handed out")
    parser.add_argument("--check", action="store_true", help="write nothing; say what differs and what did not run")
    given = parser.parse_args()
    states = [state for name, make in PARTS.items() for state in _part(name, make, Shelf(given.packages), given.check)]
    return max(states)


def _part(name, make, shelf, check):
    try:
        files = make(shelf)
    except NotHere as missing:
        print(f"{name}: did not run, for want of {missing}")
        return [2]
    return [_one(DATA / file, data, check) for file, data in files.items()]


def _one(path, data, check):
    if not check:
        path.write_bytes(data)
        print(f"{path.name}: {len(data)} bytes written")
        return 0
    same = path.is_file() and (path.read_bytes() == data or path.name == "answers.csv" and _nearly(path, data))
    print(f"{path.name}: {'as it is' if same else 'differs'}")
    return 0 if same else 1


def _nearly(path, data):
    """Whether two tables of answers agree on every first answer, its probability within NEAR."""
    old, new = (list(csv.DictReader(text.splitlines())) for text in (path.read_text("utf-8"), data.decode()))
    firsts = [[row for row in rows if row["rank"] == "1"] for rows in (old, new)]
    return len(old) == len(new) and all(
        {**a, "probability": ""} == {**b, "probability": ""} and abs(float(a["probability"]) - float(b["probability"])) <= NEAR
        for a, b in zip(*firsts, strict=True)
    )


if __name__ == "__main__":
    raise SystemExit(main())
