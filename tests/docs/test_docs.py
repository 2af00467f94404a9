"""What the documents say of the program is true."""

import ast
import re
from pathlib import Path

import pytest

from komainu import cli
from komainu.problem import LANGUAGES

ROOT = Path(__file__).parents[2]
MODULES = sorted(p.stem for p in (ROOT / "src/komainu").glob("*.py") if not p.stem.startswith("__"))


def page(name: str, lang: str) -> str:
    return (ROOT / "docs" / lang / f"{name}.md").read_text("utf-8")


def module_table(lang: str) -> list[str]:
    """The modules of the developers' page, in the order of its table."""
    section = page("developers", lang).split("{#modules}")[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    return [name for row in rows for name in re.findall(r"`([a-z_]+)`", row)]


def imports(module: str) -> set[str]:
    """The modules of komainu that a module imports, at its top or inside a function."""
    tree = ast.parse((ROOT / "src/komainu" / f"{module}.py").read_text("utf-8"))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "komainu":
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("komainu."):
            found.add(node.module.split(".")[1])
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
    """A module that is not `cli` says what it has to say with values."""
    wrong = []
    for module in MODULES:
        for node in ast.walk(ast.parse((ROOT / "src/komainu" / f"{module}.py").read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in ("print", "exit", "_exit"):
                wrong.append(module)
    assert set(wrong) <= {"cli"}


def test_no_module_grows_past_400_lines():
    """Where a file passes 400 lines there is a second idea in it."""
    long = {m: n for m in MODULES if (n := (ROOT / f"src/komainu/{m}.py").read_text("utf-8").count("\n")) > 400}
    assert long == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_command_and_option_is_documented(lang):
    """A command that the help lists is explained on the developers' page."""
    actions = next(a for a in cli._parser()._actions if a.choices and "check" in a.choices)
    text = page("developers", lang)
    for name, parser in actions.choices.items():
        assert f"run.py {name}" in text, name
        for action in parser._actions:
            for option in action.option_strings:
                if option.startswith("--") and option != "--help":
                    assert f"`{option}" in text, f"{name} {option}"


def test_the_readme_gives_the_two_commands_and_the_workflow():
    """README names the commands that CI and the publishing workflow really run."""
    readme = (ROOT / "README.md").read_text("utf-8")
    ci = (ROOT / ".ci/run").read_text("utf-8")
    for text, wanted in ((readme, "python3 run.py serve"), (readme, "python3 run.py test"), (ci, "python3 run.py test")):
        assert wanted in text
    assert ".github/workflows/publish.yml" in readme
    assert (ROOT / ".github/workflows/publish.yml").is_file()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_source_format_is_documented(lang):
    """Each schema's file stands in the table of formats."""
    text = page("developers", lang)
    for schema in (ROOT / "src/komainu/schemas").glob("*.json"):
        assert f"{schema.stem}.yml`" in text, schema.stem


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_layer_of_tests_is_documented(lang):
    """Each folder of tests that exists is in the table of layers, and none that does not."""
    section = page("developers", lang).split("{#tests}")[1].split("\n## ")[0]
    named = set(re.findall(r"`tests/([a-z]+)/`", section))
    there = {p.name for p in (ROOT / "tests").iterdir() if p.is_dir() and not p.name.startswith(("_", "."))}
    assert named == there
