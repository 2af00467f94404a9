"""The list of an edition and the zip of a site."""

import hashlib
import json
import subprocess
import sys
import zipfile
from io import BytesIO
from urllib.request import urlopen

import pytest

from komainu import cli, site
from komainu.offline import TOP, bundle, write_edition

SITE = {
    "index.html": "<h1>狛犬</h1>", "en/index.html": "<h1>Komainu</h1>", "404.html": "", "service-worker.js": "", "sitemap.xml": "",
    "engine/0a/worker.js": "import './pyodide.js';", "engine/0a/pyodide.asm.wasm": "\0asm", "engine/0a/machines.zip": "PK",
    "exercises/pets/pets-ja.zip": "PK", "exercises/pets/data/犬.csv": "name\nポチ\n", "pagefind/pagefind.js": "",
    "quizzes/index.html": "<h1>小テスト</h1>", "quizzes/pets/pets.ja.gift.txt": "::", "apart/service-worker.js": "", "apart/page.html": "",
    "model/parts/0a.bin": "GGUF",
}  # fmt: skip


@pytest.fixture
def small(tree):
    """A site of a few files."""
    return tree({f"build/site/{name}": text for name, text in SITE.items()}) / "build" / "site"


def edition(folder) -> dict:
    write_edition(folder)
    return json.loads((folder / "edition.json").read_text("utf-8"))


def test_an_edition_names_what_a_copy_needs(small):
    """Pages, engine and data with digest and size; not the search, downloads, parts of the real model, or a folder with a worker of its own."""
    found = edition(small)
    assert sorted(found["files"]) == [
        "en/index.html", "engine/0a/machines.zip", "engine/0a/pyodide.asm.wasm", "engine/0a/worker.js", "exercises/pets/data/犬.csv", "index.html",
        "quizzes/index.html",
    ]  # fmt: skip
    page = (small / "index.html").read_bytes()
    assert found["files"]["index.html"] == [hashlib.sha256(page).hexdigest()[:16], len(page)]


def test_an_edition_is_another_when_a_file_is(small):
    """The same files have the same name each time, one changed letter another."""
    first = edition(small)
    assert edition(small) == first
    (small / "index.html").write_text("<h1>狛狗</h1>", "utf-8")
    assert edition(small)["edition"] != first["edition"]


def test_the_zip_is_the_same_each_time_and_holds_the_whole_site(small):
    """Every file is in it as it is, with a readme in both languages and a server."""
    first = bundle(small)
    for file in small.rglob("*"):
        file.touch()
    assert bundle(small) == first
    with zipfile.ZipFile(BytesIO(first)) as archive:
        assert archive.testzip() is None
        assert set(archive.namelist()) == {f"{TOP}/README.txt", f"{TOP}/serve.py", *(f"{TOP}/site/{name}" for name in SITE)}
        assert all(archive.read(f"{TOP}/site/{name}").decode() == text for name, text in SITE.items())
        readme = archive.read(f"{TOP}/README.txt").decode("utf-8-sig")
    assert "\r\n" in readme
    assert all(word in readme for word in ("serve.py", "通信なしで使う", "Without a connection", "file://"))


def test_its_server_gives_the_types_that_browsers_ask_for(small, tmp_path):
    """Whatever the table of the computer says; and it shows nothing above the site."""
    with zipfile.ZipFile(BytesIO(bundle(small))) as archive:
        archive.extractall(tmp_path)
    server = subprocess.Popen([sys.executable, tmp_path / TOP / "serve.py", "0"], stdout=subprocess.PIPE, encoding="utf-8")
    try:
        address = server.stdout.readline().split()[0]
        for path, kind in {"engine/0a/worker.js": "text/javascript", "engine/0a/pyodide.asm.wasm": "application/wasm", "en/": "text/html"}.items():
            with urlopen(address + path) as answer:
                assert answer.headers.get_content_type() == kind
        with pytest.raises(OSError, match="404"):
            urlopen(address + "../README.txt")
    finally:
        server.terminate()
        server.wait(10)
        server.stdout.close()


def test_build_offline_says_where_the_zip_is_and_how_large(small, tmp_path, capsys, monkeypatch):
    """`komainu build offline` writes the zip beside the site; `komainu build` does not."""
    monkeypatch.setattr(cli, "load_sources", lambda options: (None, []))
    monkeypatch.setattr(site, "build_site", lambda curriculum, step, **more: small)
    file = tmp_path / "build" / "komainu-offline.zip"
    assert cli.main(["--root", str(tmp_path), "build"]) == 0
    assert not file.exists()
    assert cli.main(["--root", str(tmp_path), "build", "offline"]) == 0
    assert file.read_bytes() == bundle(small)
    assert capsys.readouterr().out.count(f"{file}") == 2
    assert [p.name for p in file.parent.iterdir() if p.suffix == ".new"] == []
