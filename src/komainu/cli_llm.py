"""The commands about the real model: does it run here, and record its answers anew.

In:  arguments.   Out: sentences, data/recordings.json, and an exit code.
"""

from __future__ import annotations

import argparse

from komainu.telling import FINE, PROBLEMS, today


def add(commands) -> None:
    """The parser of `komainu llm`."""
    llm = commands.add_parser("llm", help="本物の言語モデルをこの機械で動かす / run the real language model on this machine")
    actions = llm.add_subparsers(required=True, metavar="check | record")
    check = actions.add_parser("check", help="動くか、決めたファイルか、速さを調べる / does it run, is it the agreed file, how fast")
    check.set_defaults(run=_llm_check)
    record = actions.add_parser("record", help="授業で使う答えを記録し直す / record the answers that the lessons use anew")
    record.set_defaults(run=_llm_record)


def _llm_check(options: argparse.Namespace) -> int:
    from komainu.llm.check import check
    from realmodel import laptop

    found = check()
    print(f"モデル / model    {laptop.NAME}({laptop.BYTES / 1e6:.0f} MB)\nファイル / file   {found.file}")
    print(f"照合 / digest     SHA-256 {laptop.SHA256}\n部品 / runs on    {found.binding}({found.machine})")
    print(f"読み込み / load   {found.load_s:.1f} s\n読む / reads      {found.read_per_s:.0f} tokens/s\n書く / writes     {found.written_per_s:.0f} tokens/s")
    print(f"記録と同じ答え / answers as recorded  {found.same}/{found.asked}")
    return FINE if found.same == found.asked else PROBLEMS


def _llm_record(options: argparse.Namespace) -> int:
    from komainu.llm.check import ready
    from komainu.llm.record import FILE, record

    root = options.root.resolve()
    text, unseen = record(ready(), root, today(), lambda prompt: print(f"・{prompt}", flush=True))
    (root / FILE).write_text(text, "utf-8", newline="\n")
    print(f"書きました: {FILE.as_posix()}(一覧にないので「ほかの語」に入れたトークン {len(unseen)} 個)")
    print(f"Written: {FILE.as_posix()} ({len(unseen)} tokens are not on the list and count as other)")
    return FINE
