"""The pages do not need MkDocs: another builder, with its own theme, makes the same headings and tables of them.

mkdocs-material ends in May 2027. This test is the way out, kept open.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from run import ROOT

from built import environment, html


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_pages_build_under_zensical(lang: str, world: Path, site: Path) -> None:
    """Every page is there with the same heading, as many tables, table cells and headings, and no theme of ours."""
    shutil.rmtree(world / "notebooks")
    shutil.copytree(ROOT / "notebooks", world / "notebooks")
    if (ROOT / "build" / "cache").is_dir():  # what the notebooks showed a moment ago, when the site was built
        shutil.copytree(ROOT / "build" / "cache", world / "build" / "cache")
    code = (
        "import sys; from datetime import date; from pathlib import Path; from komainu.load import load; from komainu import executed, lab, site\n"
        "from komainu.handouts.build import handouts\n"
        "root, lang = Path(sys.argv[1]), sys.argv[2]; curriculum, report = load(root, date.today()); assert not report\n"
        "site.write_pages(curriculum, lang, root / 'build' / 'pages' / lang, executed.execute(curriculum), lab.engine(root), papers=handouts(curriculum))\n"
        "import yaml; config = site.mkdocs_config(root, lang, f'pages/{lang}'); config['theme'].pop('custom_dir')\n"
        "(root / 'build' / f'zensical.{lang}.yml').write_text(yaml.safe_dump(config, allow_unicode=True))"
    )
    subprocess.run([sys.executable, "-c", code, world, lang], env=environment(), check=True, timeout=240)
    config = world / "build" / f"zensical.{lang}.yml"
    zensical = shutil.which("zensical", path=str(Path(sys.executable).parent)) or "zensical"
    done = subprocess.run(
        [zensical, "build", "--clean", "--config-file", config],
        cwd=world / "build", env=environment(), capture_output=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    folder = world / "build" / yaml.safe_load(config.read_text("utf-8"))["site_dir"]
    ours = site if lang == "ja" else site / "en"
    for file in sorted(ours.rglob("index.html")):
        path = file.relative_to(ours)
        if lang == "ja" and path.parts[0] == "en":
            continue
        one, other = html(file), html(folder / path)
        assert other.h1.replace("¶", "") == one.h1, path
        for tag in ("table", "td", "ruby", "h2", "h3"):
            assert len(other.all(tag)) == len(one.all(tag)), (path, tag)
