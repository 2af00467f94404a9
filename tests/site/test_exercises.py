"""The exercises on the site: a page, an executed notebook and a zip for each, and nothing on them that is hidden."""

import gzip
import json
import re
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from functools import cache
from html import unescape
from pathlib import Path

import pytest
from run import ROOT

from built import html
from komainu import executed, running
from komainu.curriculum import Curriculum
from komainu.exercise import notebook_bytes
from komainu.given import given
from komainu.load import load
from komainu.packing import packages
from komainu.problem import Unable

IDS = sorted(file.parent.name for file in ROOT.glob("notebooks/*/exercise.yml"))
LANGUAGES = {"ja": "", "en": "en/"}
NOTEBOOK_LIMIT_BYTES = 150_000
"Of a notebook's page under gzip."
ZIP_LIMIT_BYTES = 230_000
"The heaviest has a map of 1,900 words (86 kB); without it, it would be like the others."

each = pytest.mark.parametrize("ident", IDS)
each_language = pytest.mark.parametrize("lang", LANGUAGES)


@cache
def curriculum() -> Curriculum:
    return load(ROOT, date.today())[0]


def page(site: Path, lang: str, path: str) -> Path:
    return site / LANGUAGES[lang] / path / "index.html"


def links(file: Path, folder: str) -> set[str]:
    """The names below a folder of the site to which a page links."""
    return {m[1] for a in html(file).all("a") if (m := re.search(rf"(?:^|/){folder}/([a-z0-9-]+)/$", a.get("href") or ""))}


def text(file: Path) -> str:
    """What a page says, without its tags."""
    return unescape(re.sub(r"<[^>]+>", "", file.read_text("utf-8")))


@each_language
def test_every_exercise_can_be_found(lang: str, site: Path) -> None:
    """The list leads to each; lessons, skills, sources and the White Paper lead to those that belong to them."""
    assert links(page(site, lang, "exercises"), "exercises") >= set(IDS)
    exercises = curriculum().exercises.values()
    skills = page(site, lang, "skills").read_text("utf-8")
    for exercise in exercises:
        for skill in exercise.skills:
            part = skills.split(f'id="{skill}"')[1].split('class="k-skill"')[0]
            assert f"exercises/{exercise.id}/" in part, (exercise.id, skill)
    cited = {e.id for e in exercises if e.sources}
    assert links(page(site, lang, "sources"), "exercises") >= cited
    named = {x for point in curriculum().reference.points.values() for x in point.exercises} & set(IDS)
    assert links(page(site, lang, "white-paper"), "exercises") >= named
    for lesson in curriculum().lessons.values():
        there = {lesson.exercise} & set(IDS)
        assert links(page(site, lang, f"lessons/{lesson.id}"), "exercises") >= there
        for ident in there:
            assert lesson.id in links(page(site, lang, f"exercises/{ident}"), "lessons")


@each_language
@each
def test_the_notebook_shows_what_ran(ident: str, lang: str, site: Path) -> None:
    """Every text and every piece of code is there, what pupils fill in is marked, and no error is shown; it is light."""
    exercise = curriculum().exercises[ident]
    file = page(site, lang, f"exercises/{ident}/notebook")
    shown, cells = html(file), exercise.cells[lang]
    code = [cell for cell in cells if cell.kind == "code"]
    assert len([d for d in shown.all("div") if d.get("class") == "highlight"]) == len(code)
    assert {f"cell-{c.id}" for c in code if c.fill or c.check} | {s.id for s in exercise.steps} <= set(shown.ids)
    assert [d for d in shown.all("div") if d.get("class") == "k-output"]
    assert "Traceback" not in text(file)
    assert not re.search(r"^\s*[A-Z]\w+Error", text(file), re.M)
    assert all(svg.get("aria-label") and svg.get("role") == "img" for svg in shown.all("svg") if "shape-rendering" in svg or "width" in svg)
    assert len(gzip.compress(file.read_bytes(), 6)) < NOTEBOOK_LIMIT_BYTES


@each
def test_pages_for_elementary_pupils_have_furigana(ident: str, site: Path) -> None:
    """Year 4 to 6 read the notebook with the readings of their stage; its outputs too."""
    file = page(site, "ja", f"exercises/{ident}/notebook")
    young = "es-upper" in curriculum().exercises[ident].stages
    assert bool(html(file).all("ruby")) == young
    if young:
        cards = re.findall(r'class="k-card".*?</div>', file.read_text("utf-8"), re.S)
        assert any("<ruby" in card for card in cards)


@each_language
@each
def test_the_zip_runs_where_there_is_nothing_but_python(ident: str, lang: str, site: Path, tmp_path: Path) -> None:
    """Notebook, tables and machines lie side by side; the notebook is the pupils', and finds machines and tables there."""
    base = f"exercises/{ident}"
    archive = zipfile.ZipFile(site / LANGUAGES[lang] / base / f"{ident}-{lang}.zip")
    names, data = archive.namelist(), sorted(p.name for p in (ROOT / "notebooks" / ident / "data").glob("*"))
    machines = given(*packages(curriculum().exercises[ident], lang))
    wanted = ["README.txt", *(f"data/{name}" for name in data), f"{ident}.ipynb", *machines]
    assert sorted(names) == sorted(f"{ident}/{name}" for name in wanted)
    assert archive.read(f"{ident}/{ident}.ipynb") == notebook_bytes(curriculum().exercises[ident], lang)
    archive.extractall(tmp_path)
    code = "import smallmachines.data as d; print(d.__file__)" + "".join(f"; assert d.text({name!r})" for name in data)
    done = subprocess.run([sys.executable, "-S", "-c", code], cwd=tmp_path / ident, capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()).is_relative_to(tmp_path), "the machines beside the notebook, not the installed ones"
    assert (site / LANGUAGES[lang] / base / f"{ident}-{lang}.zip").stat().st_size < ZIP_LIMIT_BYTES
    for name in data:
        assert (site / LANGUAGES[lang] / base / "data" / name).read_bytes() == (ROOT / "notebooks" / ident / "data" / name).read_bytes()


@each
def test_hidden_checks_stay_hidden(ident: str, site: Path) -> None:
    """Not one call of a hidden check stands on the site or in what it hands out."""
    hidden = {check.call.get(lang, "") for q in curriculum().exercises[ident].questions for check in q.hidden for lang in LANGUAGES}
    seen = {check.call.get(lang, "") for q in curriculum().exercises[ident].questions for check in q.visible for lang in LANGUAGES}
    for lang in LANGUAGES:
        folder = site / LANGUAGES[lang] / "exercises" / ident
        texts = [text(file) for file in folder.rglob("*.html")]
        notebook = zipfile.ZipFile(folder / f"{ident}-{lang}.zip").read(f"{ident}/{ident}.ipynb")
        texts += ["".join(cell["source"]) for cell in json.loads(notebook)["cells"]]
        for call in hidden - seen - {""}:
            found = [shown for shown in texts if re.search(rf"(?<![\w(]){re.escape(call)}", shown)]
            assert not found or call in "".join(c.teacher for c in curriculum().exercises[ident].cells[lang]), call


# --- execution -----------------------------------------------------------------------------------

def executed_jobs(world: Path) -> tuple[int, dict]:
    """How many notebooks had to be run, and what they showed."""
    found, report = load(world, date.today())
    assert [p for p in report.level("error") if p.rule not in ("notebook-stale", "link-unknown")] == []
    run, jobs = running.in_child(world), []

    def counted(exercise, cells):
        jobs.append(exercise.id)
        return run(exercise, cells)

    done = executed.execute(found, counted)
    return len(jobs), done


def test_what_was_run_is_not_run_again(world: Path) -> None:
    """The second time nothing runs and the outputs are the same; a changed cell or table runs what depends on it."""
    for other in (world / "notebooks").iterdir():
        if other.name != "pets":
            shutil.rmtree(other)
    count, first = executed_jobs(world)
    assert count == 2
    count, second = executed_jobs(world)
    assert (count, second) == (0, first)
    file = world / "notebooks" / "pets" / "ja.py"
    file.write_text(file.read_text("utf-8").replace("犬が多いと考えます。", "ねこが多いと考えます。"), "utf-8")
    count, third = executed_jobs(world)
    assert count == 1
    assert third["pets"].outputs["en"] == first["pets"].outputs["en"]
    assert "ねこが多い" in str(third["pets"].outputs["ja"]["my-idea"])
    (world / "notebooks" / "pets" / "data" / "pets.csv").write_text("name,kind\nタマ,猫\n", "utf-8")
    assert executed_jobs(world)[0] == 2


def test_a_build_says_that_it_runs_the_exercises(world: Path, build) -> None:
    """The step has its line, and the second build is as quick about it as about nothing."""
    assert "演習を実行する / execute the exercises" in build(world).stdout
    again = re.search(r"([\d.]+) s  演習を実行する", build(world).stdout)
    assert float(again[1]) < 1


def test_a_notebook_that_fails_stops_the_build(world: Path, build) -> None:
    """Exit 2, the exercise, the cell and the remedy in both languages; the last good site stays."""
    site = world / "build" / "site"
    site.mkdir(parents=True)
    (site / "good.html").write_text("the last good site", "utf-8")
    for lang, number in (("ja", "1"), ("en", "one")):
        file = world / "notebooks" / "pets" / f"{lang}.py"
        file.write_text(file.read_text("utf-8").replace('predict("guess", 0.5)', f'predict("guess", int("{number}"))'), "utf-8")
    done = build(world, code=2)
    for said in ("演習 pets の教師用ノートブック(en)が、セル guess で止まりました", "stopped at cell guess", "komainu run pets", "notebooks/pets/en.py"):
        assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert (site / "good.html").is_file()


def test_a_run_that_breaks_off_is_said(world: Path) -> None:
    """Whatever ends a child before its time, the sentence names the last cell that was reached."""
    found, _ = load(world, date.today())
    with pytest.raises(Unable, match=r"stopped at cell start: 180 s"):
        executed.execute(found, lambda exercise, cells: ([{"id": "start", "outputs": [], "error": None}], "180 s"))
