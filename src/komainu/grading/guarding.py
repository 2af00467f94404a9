"""Whether an answer reaches for what it was not asked to touch: names the checks rely on, and Python's own insides.

In:  a pupil's code, the names that its checks rely on.   Out: what a person should look at, before a mark is given.
It looks at the writing only and accuses nobody: `mean = 3` is mostly a slip. The child process is the wall; this is the lamp.
Left out on purpose: proof. What is hidden well enough is not seen here, and gains nothing from expectations it cannot know.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from komainu.grading.syntax import bound, parse

REACHING = {
    "globals", "locals", "vars", "setattr", "delattr", "getattr", "exec", "eval", "compile", "open", "breakpoint", "help", "memoryview",
    "exit", "quit", "__builtins__", "__import__", "__loader__", "__spec__",
}  # fmt: skip
CHANGING = {
    "append", "clear", "extend", "insert", "pop", "remove", "sort", "reverse", "update", "setdefault", "popitem", "add", "discard",
    "learn", "hear",
}  # fmt: skip
HARMLESS = {
    "math", "random", "statistics", "collections", "itertools", "functools", "string", "re", "fractions", "decimal", "datetime",
    "unicodedata", "operator", "realmodel", "smallmachines",
}  # fmt: skip
"""Modules that an answer may import and nobody need look at."""


def reached(source: str, relied: set[str]) -> set[str]:
    r"""The names, of those that checks rely on, that this code binds or changes; and the insides it reaches for.

    >>> sorted(reached("mean = 3\nguesses.clear()\nimport sys", {"mean", "guesses"}))
    ['guesses', 'mean', 'sys']
    >>> reached("def f(guesses):\n    guesses.sort()\n    return guesses[0]", {"guesses"})
    set()
    """
    tree = parse(source)
    try:
        return (bound(tree) & relied) | set(_inside(tree, relied, set())) if tree else set()
    except RecursionError:
        return {"?"}


def _inside(node: ast.AST, relied: set[str], local: set[str]) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        local = local | _locals(node)
    yield from _one(node, relied - local, local)
    for child in ast.iter_child_nodes(node):
        yield from _inside(child, relied, local)


def _locals(function: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> set[str]:
    """The names of a function's own: its arguments, and what it binds without saying global."""
    arguments = function.args
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, *filter(None, (arguments.vararg, arguments.kwarg))]
    body = function.body if isinstance(function.body, list) else []
    shared = {name for node in ast.walk(function) if isinstance(node, ast.Global | ast.Nonlocal) for name in node.names}
    return {argument.arg for argument in named} | (bound(ast.Module(body, [])) - shared)


def _one(node: ast.AST, relied: set[str], local: set[str]) -> Iterator[str]:
    """What one node of the tree reaches for."""
    if isinstance(node, ast.Name) and node.id in REACHING - local:
        yield node.id
    elif isinstance(node, ast.Attribute) and node.attr.startswith("_"):
        yield node.attr
    elif isinstance(node, ast.Global):
        yield from relied & {*node.names}
    elif isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names if alias.name.split(".")[0] not in HARMLESS)
    elif isinstance(node, ast.ImportFrom):
        yield from [node.module or "."] if (node.module or "").split(".")[0] not in HARMLESS else []
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGING:
        yield from {_root(node.func)} & relied
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store | ast.Del) and _root(node) not in local:
        yield _root(node) or node.attr
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
        yield from {_root(node)} & relied


def _root(node: ast.expr) -> str:
    """The name at which a chain of dots and brackets begins."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""
