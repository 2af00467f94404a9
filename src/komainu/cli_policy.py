"""The commands about a school's policy: new, render, check, update.

In:  arguments.   Out: files, sentences and an exit code.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from komainu.problem import LANGUAGES, Report, Unable
from komainu.telling import FINE, PROBLEMS, load_sources, print_report, today


def add(commands) -> None:
    """The parser of `komainu policy`."""
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


def _policy(options: argparse.Namespace) -> dict[str, dict]:
    """The classroom policy, prepared for the renderers, by language."""
    from komainu.policy.data import prepared

    curriculum, report = load_sources(options)
    own = Report([p for p in report if p.path.startswith(("classroom_policy/", "lessons/skillset.yml")) and p.level == "error"])
    if own or curriculum.policy is None or not curriculum.policy.whole:
        print_report(own, LANGUAGES)
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
