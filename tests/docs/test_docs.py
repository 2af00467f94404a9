"""What the documents say of the program is true."""

import ast
import json
import re
from pathlib import Path

import pytest
import yaml

from komainu import cli
from komainu.problem import LANGUAGES

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "komainu"
ELSEWHERE = ("guest", "data", "web")  # what runs inside the walls, skeletons, and what a school's server runs
FOUND = {".".join(p.relative_to(PACKAGE).with_suffix("").parts): p for p in PACKAGE.rglob("*.py") if not p.stem.startswith("__")}
MODULES = sorted(name for name in FOUND if name.split(".")[0] not in ELSEWHERE)


def page(name: str, lang: str) -> str:
    return (ROOT / "docs" / lang / f"{name}.md").read_text("utf-8")


def module_table(lang: str) -> list[str]:
    """The modules of the developers' page, in the order of its table."""
    section = page("developers", lang).split("{#modules}")[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    return [name for row in rows for name in re.findall(r"`([a-z0-9_.]+)`", row)]


def imports(module: str) -> set[str]:
    """The modules of komainu that a module imports, at its top or inside a function."""
    found = set()
    for node in ast.walk(ast.parse(FOUND[module].read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "komainu":
            inside = node.module.removeprefix("komainu").removeprefix(".")
            found |= {inside, *(f"{inside}.{alias.name}".removeprefix(".") for alias in node.names)}
    return found & set(MODULES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_names_every_module_once(lang):
    """Whoever reads the developers' page knows every room of the house."""
    assert sorted(module_table(lang)) == MODULES


def test_modules_import_only_from_above():
    """The order of the table is the order of imports: no circle, no way back. `problem` may be met early by a reader."""
    order = module_table("ja")
    assert order == module_table("en")
    wrong = [(m, other) for m in order for other in imports(m) if order.index(other) >= order.index(m)]
    assert wrong == []


def test_only_the_command_line_prints_or_exits():
    """A module that is not the command line says what it has to say with values; `cage` is a process of its own, and its output is its answer."""
    wrong = []
    for module in MODULES:
        for node in ast.walk(ast.parse(FOUND[module].read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in ("print", "exit", "_exit"):
                wrong.append(module)
    assert set(wrong) <= {"cli", "cli_llm", "cli_policy", "telling", "cage"}


def test_no_module_grows_past_400_lines():
    """Where a file passes 400 lines there is a second idea in it."""
    long = {m: n for m in MODULES if (n := FOUND[m].read_text("utf-8").count("\n")) > 400}
    assert long == {}


def options(parser) -> set[str]:
    """The long options of a command and of the commands below it."""
    found = {option for action in parser._actions for option in action.option_strings if option.startswith("--")}
    inner = [one for action in parser._actions if isinstance(action.choices, dict) for one in action.choices.values()]
    return found.union(*map(options, inner)) - {"--help"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_command_and_option_is_documented(lang):
    """A command that the help lists is explained on the developers' page."""
    actions = next(a for a in cli._parser()._actions if a.choices and "check" in a.choices)
    text = page("developers", lang)
    for name, parser in actions.choices.items():
        assert f"run.py {name}" in text, name
        for option in options(parser):
            assert f"`{option}" in text, f"{name} {option}"
    for command in ("policy", "llm"):
        for name in next(a for a in actions.choices[command]._actions if a.choices).choices:
            assert f"run.py {command} {name}" in text, name


def test_the_readme_gives_the_two_commands_and_the_workflow():
    """README names the commands that CI and the publishing workflow really run."""
    readme = (ROOT / "README.md").read_text("utf-8")
    ci = (ROOT / ".ci/run").read_text("utf-8")
    for text, wanted in ((readme, "python3 run.py serve"), (readme, "python3 run.py test"), (ci, "python3 run.py test")):
        assert wanted in text
    assert ".github/workflows/publish.yml" in readme
    assert (ROOT / ".github/workflows/publish.yml").is_file()


NUMBERS = (("五", "Five"), ("六", "Six"), ("七", "Seven"), ("八", "Eight"), ("九", "Nine"))
"""How the documents write a number of lessons, from 5 on."""


def test_the_number_of_lessons_is_right():
    """README lists each lesson in both languages, and says with the schools' page how many there are."""
    lessons = sorted(file.parent.name for file in ROOT.glob("lessons/*/lesson.yml"))
    readme = (ROOT / "README.md").read_text("utf-8").split("## English")
    ja, en = NUMBERS[len(lessons) - 5]
    for half, text, wanted in ((readme[0], page("schools", "ja"), f"{ja}つの授業"), (readme[1], page("schools", "en"), f"{en} lessons")):
        assert [lesson for lesson in lessons if f"`{lesson}`" not in half] == []
        assert wanted in half
        assert wanted in text


def test_the_numbers_of_the_policy_are_right():
    """How many clauses there are, and with how many questions a school begins, is what the sources say."""
    clauses = len(list(ROOT.glob("classroom_policy/clauses/*.yml")))
    first = len(yaml.safe_load((ROOT / "classroom_policy/questions.yml").read_text("utf-8"))["short"])
    readme = (ROOT / "README.md").read_text("utf-8")
    for text, said in ((readme, f"{clauses}の条項"), (readme, f"{clauses} clauses"), (page("schools", "ja"), f"{clauses}の条項"), (page("schools", "en"), f"{clauses} clauses")):
        assert said in text
    for text, said in ((page("schools", "ja"), f"まず{first}問"), (page("schools", "en"), f"The first {first} questions")):
        assert said in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_source_format_is_documented(lang):
    """Each schema's file, which is its title, stands in the table of formats."""
    text = page("developers", lang)
    for schema in (ROOT / "src/komainu/schemas").glob("*.json"):
        assert f"{json.loads(schema.read_text('utf-8'))['title']}`" in text, schema.stem


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_layer_of_tests_is_documented(lang):
    """Each folder of tests that exists is in the table of layers, and none that does not."""
    section = page("developers", lang).split("{#tests}")[1].split("\n## ")[0]
    named = set(re.findall(r"`tests/([a-z]+)/`", section))
    there = {p.name for p in (ROOT / "tests").iterdir() if p.is_dir() and not p.name.startswith(("_", "."))}
    assert named == there
