"""The `komainu` command: arguments in, sentences and exit codes out. The only module that prints or exits.

0: fine.  1: problems in the sources.  2: unable to go on.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import Counter
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
    commands = parser.add_subparsers(required=True, metavar="check | build | serve | run | grade | policy | new")
    check = commands.add_parser("check", help="資料のまちがいを全部出す / report every mistake in the sources")
    check.add_argument("--format", choices=("plain", "json"), default="plain")
    check.add_argument("--complete", action="store_true", help="授業のないスキルもまちがいとする / gaps count as mistakes")
    check.add_argument("--lang", choices=LANGUAGES, help="片方の言語だけで出す / print one language only")
    check.set_defaults(run=_check)
    build = commands.add_parser("build", help="サイトを build/site に作る / build the site into build/site")
    more = "lab: ノートブックの実験室も入れる。offline: サイト全体を一つの zip にもする / lab: with the notebook lab; offline: also as one zip"
    build.add_argument("what", nargs="*", type=_part_or_grader, metavar="lab | offline | grader", help=f"{more}。grader: 採点用のPython / grader: Python for marking")
    build.set_defaults(run=_build)
    serve = commands.add_parser("serve", help="サイトを作り、この機械で見せる / build the site and serve it on this machine")
    serve.add_argument("what", nargs="*", type=_part, metavar="lab | offline", help=more)
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
    _policy_parser(commands)
    new = commands.add_parser("new", help="ひな型や生徒用ノートブックを書く / write a skeleton, or the pupils' notebooks")
    new.add_argument("kind", choices=("lesson", "exercise", "notebooks"))
    new.add_argument("ids", nargs="*", metavar="ID", help="英小文字とハイフン / lower-case letters and hyphens")
    new.add_argument("--stage", choices=("es-lower", "es-upper", "jhs", "hs"), default="jhs")
    new.set_defaults(run=_new)
    return parser


def _policy_parser(commands) -> None:
    policy = commands.add_parser("policy", help="学校の生成AI方針を作る、確かめる、新しくする / make, check and update a school's policy")
    actions = policy.add_subparsers(required=True, metavar="new | render | check | update")
    new = actions.add_parser("new", help="ひな型の回答を書く / write answers to start from")
    new.add_argument("profile", help="jp-public-school など。? で一覧 / such as jp-public-school; ? lists them")
    new.add_argument("-o", "--out", type=Path, required=True, help="書くファイル(.yml か .json) / file to write")
    new.set_defaults(run=_policy_new)
    render = actions.add_parser("render", help="回答から文書を作る / make the documents")
    render.add_argument("answers", type=Path, help="回答(.yml か .json) / answers")
    render.add_argument("--to", default="docx,html,md", help="md, html, docx, pdf をコンマで / with commas")
    render.add_argument("--lang", choices=LANGUAGES, help="片方の言語だけ / one language only")
    render.add_argument("--document", action="append", default=[], metavar="ID", help="その文書だけ / only this document")
    render.add_argument("--out", type=Path, help="置くフォルダー。なければ build/policy/<名前> / folder")
    render.set_defaults(run=_policy_render)
    check = actions.add_parser("check", help="回答の食い違いや抜けを出す / report what does not fit together")
    check.add_argument("answers", type=Path, help="回答(.yml か .json) / answers")
    check.add_argument("--board", type=Path, help="設置者の回答。それより弱いところも出す / the board's answers, to compare with")
    check.add_argument("--format", choices=("plain", "json"), default="plain")
    check.add_argument("--lang", choices=LANGUAGES, help="片方の言語だけで出す / print one language only")
    check.set_defaults(run=_policy_check)
    update = actions.add_parser("update", help="手直しした方針を今の版に合わせる / bring an edited policy to this edition")
    update.add_argument("files", nargs="+", type=Path, help="手直しした .docx、または回答(.yml か .json) / edited .docx, or answers")
    update.add_argument("--choices", type=Path, help="決めたこと(.json): 条項の名前 -> yours、fresh、または文のリスト / what was decided")
    update.add_argument("--out", type=Path, help="置くフォルダー。なければ build/policy/<名前>-update / folder")
    update.set_defaults(run=_policy_update)


def _part(text: str) -> str:
    """What a site can be built with, besides what it always has."""
    if text not in ("lab", "offline"):
        raise argparse.ArgumentTypeError("lab | offline")
    return text


def _part_or_grader(text: str) -> str:
    """The same, or the grader's own Python, which is no part of a site."""
    if text not in ("lab", "offline", "grader"):
        raise argparse.ArgumentTypeError("lab | offline | grader")
    return text


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
    if "grader" in options.what:
        from komainu import component

        component.build(options.root.resolve(), lambda ja, en: print(f"{ja} / {en}", flush=True))
        options.what = [one for one in options.what if one != "grader"]
        if not options.what:
            return FINE
    from komainu.site import build_site

    with _step("資料を読んで確かめる", "read and check the sources"):
        curriculum, report = _load(options)
    if report:
        _print_report(report, LANGUAGES)
        return PROBLEMS
    site = build_site(curriculum, _step, notebooks="lab" in options.what)
    pages = sum(1 for _ in site.rglob("index.html"))
    print(f"できました: {site}({pages} ページ)\nDone: {site} ({pages} pages)")
    return _offline(site) if "offline" in options.what else FINE


def _offline(site: Path) -> int:
    from komainu.offline import bundle

    file, new = site.with_name("komainu-offline.zip"), site.with_name("komainu-offline.zip.new")
    with _step("一つの zip にまとめる", "pack it into one zip"):
        new.write_bytes(bundle(site))
        new.replace(file)
    size = f"{file.stat().st_size / 1e6:.1f} MB"
    print(f"できました: {file}({size})\nDone: {file} ({size})")
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
        _print_report(report, languages)
    return PROBLEMS if report else FINE


def _chosen(options: argparse.Namespace):
    """The exercises that were named, or all, and the problems of their folders."""
    curriculum, report = _load(options)
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
        _print_report(others, LANGUAGES)
        return PROBLEMS
    for file in write(root, exercises):
        print(file.relative_to(root).as_posix())
    return FINE


def _grade(options: argparse.Namespace) -> int:
    from komainu.grading.run import grade

    root = options.root.resolve()
    (exercise,), report = _chosen(options)
    if report:
        _print_report(report, LANGUAGES)
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


# --- the classroom policy ------------------------------------------------------------------------


def _policy(options: argparse.Namespace) -> dict[str, dict]:
    """The classroom policy, prepared for the renderers, by language."""
    from komainu.policy.data import prepared

    curriculum, report = _load(options)
    own = Report([p for p in report if p.path.startswith(("classroom_policy/", "lessons/skillset.yml")) and p.level == "error"])
    if own or curriculum.policy is None or not curriculum.policy.whole:
        _print_report(own, LANGUAGES)
        raise Unable("classroom_policy を読めません。komainu check で確かめてください。", "The classroom policy cannot be read. See komainu check.")
    return {lang: prepared(curriculum.policy, curriculum.reference, lang) for lang in LANGUAGES}


def _policy_new(options: argparse.Namespace) -> int:
    from komainu.policy.files import profile

    if options.out.exists():
        raise Unable(f"{options.out} はもうあります。上書きしません。", f"{options.out} is already there and is not overwritten.")
    text = profile(options.root.resolve(), options.profile, options.out.suffix)
    try:
        options.out.write_text(text, "utf-8")
    except OSError as error:
        raise Unable(f"{options.out} に書けません({error.strerror})。", f"{options.out} cannot be written ({error.strerror}).") from error
    print(f"作りました: {options.out}\nWritten: {options.out}")
    return FINE


def _policy_render(options: argparse.Namespace) -> int:
    from komainu.policy.files import kinds_of, read_answers, rendered, write
    from komainu.policy.lint import findings, usable
    from komainu.printing import browser, pdf

    kinds = kinds_of(options.to)
    given, data = read_answers(options.answers), _policy(options)
    answers, _ = usable(data["ja"], given)
    program = browser() if "pdf" in kinds else ""
    languages = [options.lang] if options.lang else LANGUAGES
    chosen = {lang: data[lang] for lang in languages}
    made = rendered(chosen, answers, kinds, lambda page: pdf(page, program), tuple(options.document))
    folder = options.out or options.root.resolve() / "build" / "policy" / options.answers.name.split(".")[0]
    count = write(folder, made)
    print(f"できました: {folder}({count} 件)\nDone: {folder} ({count} files)")
    left = [one for one in findings(data["ja"], given, today()) if one["level"] == "error"]
    if left:
        print(f"食い違いが {len(left)} 件あります。komainu policy check で見てください。\n{len(left)} contradictions are left; see komainu policy check.")
    return FINE


def _policy_check(options: argparse.Namespace) -> int:
    from komainu.policy.files import read_answers
    from komainu.policy.lint import findings

    answers = read_answers(options.answers)
    board = read_answers(options.board) if options.board else None
    found = {lang: findings(data, answers, today(), board) for lang, data in _policy(options).items()}
    if options.format == "json":
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        _print_findings(found, [options.lang] if options.lang else list(LANGUAGES))
    return PROBLEMS if any(one["level"] == "error" for one in found["ja"]) else FINE


def _print_findings(found: dict[str, list[dict]], languages: list[str]) -> None:
    for numbered in zip(*(found[lang] for lang in languages), strict=True):
        one = numbered[0]
        print(f"{one['id']} ({one['level']})  {', '.join(one['clauses'])}")
        for words in numbered:
            print(f"  {words['what']} {words['why']} {words['do']}")
    counts = [sum(one["level"] == level for one in found[languages[0]]) for level in ("error", "warning", "note")]
    print("まちがい {} 件、注意 {} 件、確認 {} 件 / {} errors, {} warnings, {} notes".format(*counts, *counts))


def _policy_update(options: argparse.Namespace) -> int:
    from komainu.policy.files import read_answers, read_choices, read_word, write
    from komainu.policy.tracked import updated
    from komainu.policy.update import undecided, update

    words = [path for path in options.files if path.suffix.lower() in (".docx", ".docm")]
    others = [path for path in options.files if path not in words]
    if len(others) > 1:
        raise Unable("回答のファイルは一つだけにしてください。", "Give one file of answers at most.")
    data = _policy(options)
    found = update(data, read_answers(others[0]) if others else None, [read_word(path) for path in words])
    choices = read_choices(options.choices) if options.choices else {}
    folder = options.out or options.root.resolve() / "build" / "policy" / f"{options.files[0].name.split('.')[0]}-update"
    count = write(folder, updated(data, found, [path.stem for path in words], today().isoformat(), choices))
    waiting = undecided(found, choices)
    print(f"できました: {folder}({count} 件)\nDone: {folder} ({count} files)")
    for row in waiting:
        print(f"  {row.name}  {row.title}")
    print(f"まだ決めていないところ: {len(waiting)} / still to decide: {len(waiting)}")
    return PROBLEMS if waiting else FINE
