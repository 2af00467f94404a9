"""The `komainu` command: arguments in, sentences and exit codes out. The only module that prints or exits.

0: fine.  1: problems in the sources.  2: unable to go on.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from komainu import __version__
from komainu.problem import LANGUAGES, Report, Unable

FINE, PROBLEMS, UNABLE = 0, 1, 2
COUNTS = {"ja": "まちがい {} 件、注意 {} 件、授業のないところ {} 件", "en": "{} errors, {} warnings, {} gaps"}


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except Unable as unable:
        print(f"{unable.ja}\n{unable}", file=sys.stderr)
        return UNABLE
    except KeyboardInterrupt:
        print("中断しました。前のサイトはそのままです。\nInterrupted. The last good site is untouched.", file=sys.stderr)
        return UNABLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="komainu", description="AIリテラシー教材キット / AI-literacy classroom toolkit")
    parser.add_argument("--version", action="version", version=f"komainu {__version__}")
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="資料のフォルダー / folder of the sources")
    commands = parser.add_subparsers(required=True, metavar="check | build | serve | new")
    check = commands.add_parser("check", help="資料のまちがいを全部出す / report every mistake in the sources")
    check.add_argument("--format", choices=("plain", "json"), default="plain")
    check.add_argument("--complete", action="store_true", help="授業のないスキルもまちがいとする / gaps count as mistakes")
    check.add_argument("--lang", choices=LANGUAGES, help="片方の言語だけで出す / print one language only")
    check.set_defaults(run=_check)
    build = commands.add_parser("build", help="サイトを build/site に作る / build the site into build/site")
    build.set_defaults(run=_build)
    serve = commands.add_parser("serve", help="サイトを作り、この機械で見せる / build the site and serve it on this machine")
    serve.add_argument("--port", type=int, default=8000)
    serve.set_defaults(run=_serve)
    new = commands.add_parser("new", help="新しい授業のひな型を作る / write the skeleton of a lesson")
    new.add_argument("kind", choices=("lesson",))
    new.add_argument("id", help="英小文字とハイフン / lower-case letters and hyphens")
    new.add_argument("--stage", choices=("es-lower", "es-upper", "jhs", "hs"), default="jhs")
    new.set_defaults(run=_new)
    return parser


def today() -> date:
    """The day sources are compared with: SOURCE_DATE_EPOCH when set, so that a build can be repeated."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else date.today()
    except (ValueError, OverflowError, OSError) as error:
        raise Unable(
            f"SOURCE_DATE_EPOCH が {epoch} です。1970年からの秒数にするか、消してください。",
            f"SOURCE_DATE_EPOCH is {epoch}. Make it a number of seconds since 1970, or unset it.",
        ) from error


def _load(options: argparse.Namespace):
    from komainu.load import load

    return load(options.root.resolve(), today())


def _check(options: argparse.Namespace) -> int:
    _, report = _load(options)
    if options.format == "json":
        print(json.dumps([p.as_dict() for p in report], ensure_ascii=False, indent=1))
    else:
        _print_report(report, [options.lang] if options.lang else LANGUAGES)
    failed = bool(report) or (options.complete and report.level("gap"))
    return PROBLEMS if failed else FINE


def _print_report(report: Report, languages) -> None:
    for problem in report:
        print(f"{problem.path}:{problem.line}  {problem.rule} ({problem.level})")
        for lang in languages:
            print(f"  {problem.sentence(lang)}")
    counts = [len(report.level(level)) for level in ("error", "warning", "gap")]
    for lang in languages:
        print(COUNTS[lang].format(*counts))


def _build(options: argparse.Namespace) -> int:
    from komainu.site import build_site

    with _step("資料を読んで確かめる", "read and check the sources"):
        curriculum, report = _load(options)
    if report:
        _print_report(report, LANGUAGES)
        return PROBLEMS
    site = build_site(curriculum, _step)
    pages = sum(1 for _ in site.rglob("index.html"))
    print(f"できました: {site}({pages} ページ)\nDone: {site} ({pages} pages)")
    return FINE


@contextmanager
def _step(ja: str, en: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    print(f"{time.perf_counter() - start:6.1f} s  {ja} / {en}", flush=True)


def _serve(options: argparse.Namespace) -> int:
    code = _build(options)
    if code != FINE:
        return code
    from komainu.serve import serve

    with serve(options.root.resolve() / "build" / "site", options.port) as address:
        print(f"\n  {address}  日本語\n  {address}en/  English\n\n止めるには Ctrl+C / Ctrl+C stops it", flush=True)
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            print("\n止めました / stopped")
    return FINE


def _new(options: argparse.Namespace) -> int:
    from komainu.new import new_lesson

    folder = new_lesson(options.root.resolve(), options.id, options.stage)
    print(f"作りました: {folder}\nWritten: {folder}")
    return FINE
