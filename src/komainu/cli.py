"""The `komainu` command: arguments in, sentences and exit codes out. With cli_policy, cli_llm and telling the only one that prints.

0: fine.  1: problems in the sources.  2: unable to go on.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from komainu import __version__, cli_llm, cli_policy
from komainu.problem import LANGUAGES, Report, Unable
from komainu.telling import FINE, PROBLEMS, UNABLE, load_sources, print_report, step

PARTS = ("lab", "llm", "offline", "pdf")
APART = ("handouts", "quizzes", "grader")
"""What `build` makes apart from the site; alone, there is no site."""


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
    commands = parser.add_subparsers(required=True, metavar="check | build | serve | run | grade | policy | llm | new")
    check = commands.add_parser("check", help="資料のまちがいを全部出す / report every mistake in the sources")
    check.add_argument("--format", choices=("plain", "json"), default="plain")
    check.add_argument("--complete", action="store_true", help="授業のないスキルもまちがいとする / gaps count as mistakes")
    check.add_argument("--lang", choices=LANGUAGES, help="片方の言語だけで出す / print one language only")
    check.set_defaults(run=_check)
    build = commands.add_parser("build", help="サイトを build/site に作る / build the site into build/site")
    more = "lab: ノートブックの実験室も入れる。llm: 本物のモデルも入れる。offline: サイト全体を一つの zip にもする。pdf: 配るものをPDFでも / lab: with the notebook lab; llm: with the real model; offline: also as one zip; pdf: handouts as PDF too"
    apart = "handouts: 配るものだけを build/handouts に。quizzes: 小テストのファイルを build/quizzes に。grader: 採点用のPython / handouts, quizzes: only these, into a folder of their own; grader: Python for marking"
    build.add_argument("what", nargs="*", type=_part_or_apart, metavar="lab | llm | offline | pdf | handouts | quizzes | grader", help=f"{more}。{apart}")
    build.set_defaults(run=_build)
    serve = commands.add_parser("serve", help="サイトを作り、この機械で見せる / build the site and serve it on this machine")
    serve.add_argument("what", nargs="*", type=_part, metavar="lab | llm | offline | pdf", help=more)
    serve.add_argument("--port", type=int, default=8000)
    serve.set_defaults(run=_serve)
    run = commands.add_parser("run", help="演習を実行して確かめる / execute exercises and check what they promise")
    run.add_argument("ids", nargs="*", metavar="ID", help="演習の id。なければ全部 / ids of exercises; all when none is given")
    run.add_argument("--format", choices=("plain", "json"), default="plain")
    run.add_argument("--lang", choices=LANGUAGES, help="片方の言語だけで出す / print one language only")
    run.set_defaults(run=_run)
    grade = commands.add_parser("grade", help="提出物を採点する / mark what was handed in")
    grade.add_argument("submissions", type=Path, help="フォルダーか zip / a folder or a zip")
    grade.add_argument("--exercise", dest="ids", nargs=1, required=True, metavar="ID", help="演習の id / id of the exercise")
    grade.add_argument("--out", type=Path, help="置くフォルダー。なければ build/grades/<id> / folder")
    grade.add_argument("--seed", help="隠れた検査の数を決める言葉。同じなら同じ採点 / word that draws the hidden inputs")
    grade.add_argument("--workers", type=int, default=0, help="同時に採点する数 / how many at a time")
    grade.add_argument("--scheduler", metavar="ADDRESS", help="Dask のクラスターで採点する / mark on a Dask cluster, such as tls://host:8786")
    grade.add_argument("--lang", choices=LANGUAGES, default="ja", help="先生用のページの言語 / language of the teacher's pages")
    grade.set_defaults(run=_grade)
    cli_policy.add(commands)
    cli_llm.add(commands)
    new = commands.add_parser("new", help="ひな型や生徒用ノートブックを書く / write a skeleton, or the pupils' notebooks")
    new.add_argument("kind", choices=("lesson", "exercise", "notebooks"))
    new.add_argument("ids", nargs="*", metavar="ID", help="英小文字とハイフン / lower-case letters and hyphens")
    new.add_argument("--stage", choices=("es-lower", "es-upper", "jhs", "hs"), default="jhs")
    new.set_defaults(run=_new)
    return parser


def _part(text: str) -> str:
    """What a site can be built with, besides what it always has."""
    if text not in PARTS:
        raise argparse.ArgumentTypeError(" | ".join(PARTS))
    return text


def _part_or_apart(text: str) -> str:
    """The same, or what is made apart from a site: the handouts, the quizzes as files, the grader's own Python."""
    if text not in (*PARTS, *APART):
        raise argparse.ArgumentTypeError(" | ".join((*PARTS, *APART)))
    return text



def _check(options: argparse.Namespace) -> int:
    _, report = load_sources(options)
    if options.format == "json":
        print(json.dumps([p.as_dict() for p in report], ensure_ascii=False, indent=1))
    else:
        print_report(report, [options.lang] if options.lang else LANGUAGES)
    failed = bool(report) or (options.complete and report.level("gap"))
    return PROBLEMS if failed else FINE


def _build(options: argparse.Namespace) -> int:
    if "grader" in options.what:
        from komainu import component

        component.build(options.root.resolve(), lambda ja, en: print(f"{ja} / {en}", flush=True))
        if set(options.what) == {"grader"}:
            return FINE
    printer = _printer(options)
    with step("資料を読んで確かめる", "read and check the sources"):
        curriculum, report = load_sources(options)
    if report:
        print_report(report, LANGUAGES)
        return PROBLEMS
    if "quizzes" in options.what:
        _quizzes(curriculum)
    if "handouts" in options.what:
        _handouts(options, curriculum, printer)
    only_apart = set(options.what) & set(APART) and not set(options.what) & {"lab", "offline"}
    return FINE if only_apart else _site(options, curriculum, printer)


def _quizzes(curriculum) -> None:
    from komainu.exports.formats import diagnosis_quizzes, quiz_files

    folder = curriculum.root / "build" / "quizzes"
    files = quiz_files(curriculum) | diagnosis_quizzes(curriculum)
    shutil.rmtree(folder, ignore_errors=True)
    for path, data in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    print(f"できました: {folder}({len(files)} ファイル)\nDone: {folder} ({len(files)} files)")


def _site(options: argparse.Namespace, curriculum, printer: str) -> int:
    from komainu.site import build_site

    site = build_site(curriculum, step, notebooks="lab" in options.what, model="llm" in options.what, printer=printer)
    pages = sum(1 for _ in site.rglob("index.html"))
    print(f"できました: {site}({pages} ページ)\nDone: {site} ({pages} pages)")
    return _offline(site) if "offline" in options.what else FINE


def _printer(options: argparse.Namespace) -> str:
    """The browser that prints the handouts, where PDFs are asked for."""
    from komainu.printing import browser

    return browser() if "pdf" in options.what else ""


def _handouts(options: argparse.Namespace, curriculum, printer: str) -> None:
    """The handouts of all lessons, into a folder of their own."""
    from komainu.handouts.build import handouts
    from komainu.policy.files import write

    folder = options.root.resolve() / "build" / "handouts"
    with step("配るものを作る", "make the handouts"):
        count = write(folder, ((f"{lang}/{path}", data) for lang, files in handouts(curriculum, printer).items() for path, data in files.items()))
    print(f"できました: {folder}({count} 件)\nDone: {folder} ({count} files)")


def _offline(site: Path) -> int:
    from komainu.offline import bundle

    file, new = site.with_name("komainu-offline.zip"), site.with_name("komainu-offline.zip.new")
    with step("一つの zip にまとめる", "pack it into one zip"):
        new.write_bytes(bundle(site))
        new.replace(file)
    size = f"{file.stat().st_size / 1e6:.1f} MB"
    print(f"できました: {file}({size})\nDone: {file} ({size})")
    return FINE


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


def _run(options: argparse.Namespace) -> int:
    from komainu import running

    root = options.root.resolve()
    exercises, report = _chosen(options)
    runs = running.examine(exercises, running.in_child(root), report)
    languages = [options.lang] if options.lang else LANGUAGES
    if options.format == "json":
        found = {"problems": [p.as_dict() for p in report], "runs": [running.as_dict(run) for run in runs]}
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        for run in runs:
            print(running.timetable(run))
        print_report(report, languages)
    return PROBLEMS if report else FINE


def _chosen(options: argparse.Namespace):
    """The exercises that were named, or all, and the problems of their folders."""
    curriculum, report = load_sources(options)
    unknown = [ident for ident in options.ids if ident not in curriculum.exercises]
    if unknown:
        known = ", ".join(curriculum.exercises)
        raise Unable(
            f"演習 {', '.join(unknown)} がないか、読めません(あるもの: {known})。komainu check で確かめてください。",
            f"No exercise {', '.join(unknown)}, or it cannot be read (there are: {known}). See komainu check.",
        )
    exercises = [curriculum.exercises[ident] for ident in options.ids or curriculum.exercises]
    folders = tuple(f"{exercise.folder}/" for exercise in exercises) if options.ids else ("notebooks/",)
    return exercises, Report([p for p in report if p.path.startswith(folders)])


def _new(options: argparse.Namespace) -> int:
    from komainu.new import new_exercise, new_lesson, new_notebooks

    root = options.root.resolve()
    if options.kind == "notebooks":
        return _new_notebooks(options, root, new_notebooks)
    if len(options.ids) != 1:
        raise Unable("id を一つ書いてください。", "Give one id.")
    folder = (new_lesson if options.kind == "lesson" else new_exercise)(root, options.ids[0], options.stage)
    print(f"作りました: {folder}\nWritten: {folder}")
    return FINE


def _new_notebooks(options: argparse.Namespace, root: Path, write) -> int:
    exercises, report = _chosen(options)
    others = Report([p for p in report if p.rule != "notebook-stale"])
    if others:
        print_report(others, LANGUAGES)
        return PROBLEMS
    for file in write(root, exercises):
        print(file.relative_to(root).as_posix())
    return FINE


def _grade(options: argparse.Namespace) -> int:
    from komainu.grading.run import grade

    root = options.root.resolve()
    (exercise,), report = _chosen(options)
    if report:
        print_report(report, LANGUAGES)
        return PROBLEMS
    out = options.out or root / "build" / "grades" / exercise.id
    with _marker(options, exercise, root) as how:
        data = grade(
            exercise, options.submissions, out, root=root, seed=options.seed, lang=options.lang, **how,
            progress=lambda done, total, name: print(f"{done}/{total} {name}", flush=True),
        )  # fmt: skip
    counts = Counter(one["status"] for one in data["submissions"])
    said = f"{counts.total()}: " + ", ".join(f"{status} {count}" for status, count in sorted(counts.items()))
    print(f"できました: {out}\nDone: {out}\nファイル / files {said}")
    return FINE


@contextmanager
def _marker(options: argparse.Namespace, exercise, root: Path) -> Iterator[dict]:
    """What runs the pupils' programs: workers on this machine, or those of a cluster."""
    if options.scheduler:
        from komainu.grading.cluster import check_installed, cluster

        check_installed()
        yield {"execute": None, "marking": cluster(options.scheduler, exercise)}
    else:
        from komainu.sandbox import workers

        count = options.workers or os.cpu_count() or 1
        with workers(root, count) as pool:
            yield {"execute": pool.execute, "workers": count}
