"""What Python code binds, reads and says, by its writing alone; nothing is run, and what is no Python is None.

In:  the source of a cell.   Out: its tree, the names it binds and reads, the literals it notes.
Left out on purpose: what the names stand for.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Callable
from functools import lru_cache

LONGEST = 50_000


@lru_cache(1024)
def parse(source: str) -> ast.Module | None:
    """The tree of a cell, or None when it is no Python or too much of it."""
    if len(source) > LONGEST:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
        ast.dump(tree)  # what is nested too deeply for this is too deep for everything below
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return tree


def compact(source: str) -> str:
    """A source without spaces and line ends, for comparing."""
    return "".join(source.split())


def bound(tree: ast.Module | None) -> set[str]:
    """The names that a cell binds at its top: variables, functions, classes, imports."""
    return {name for statement in (tree.body if tree else ()) for name in _bound(statement)}


def _bound(statement: ast.stmt) -> set[str]:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {statement.name}
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return {(alias.asname or alias.name).split(".")[0] for alias in statement.names}
    nodes = list(_outside_functions(statement))
    names = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store | ast.Del)}
    inner = {name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom) and node is not statement for name in _bound(node)}
    return names | inner


def _outside_functions(statement: ast.stmt):
    """The nodes of a statement, without the insides of functions, classes and comprehensions."""
    todo: list[ast.AST] = [statement]
    while todo:
        node = todo.pop()
        yield node
        closed = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.comprehension)
        todo += [] if isinstance(node, closed) else list(ast.iter_child_nodes(node))


def needed(tree: ast.Module | None) -> set[str]:
    """The names that a cell reads anywhere in it."""
    nodes = ast.walk(tree) if tree else ()
    return {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}


def without(source: str, drop: Callable[[ast.stmt], bool]) -> str:
    """The source without some of the statements at its top, its lines as they were; unchanged when it is no Python."""
    tree = parse(source)
    if tree is None:
        return source
    gone = [one for one in tree.body if drop(one)]
    if not gone:
        return source
    kept = [ast.get_source_segment(source, one, padded=True) or "" for one in tree.body if one not in gone]
    return "\n".join(_with_decorators(source, one, text) for one, text in zip([o for o in tree.body if o not in gone], kept, strict=True))


def _with_decorators(source: str, statement: ast.stmt, text: str) -> str:
    decorators = getattr(statement, "decorator_list", ())
    lines = source.splitlines()
    return "\n".join([*lines[decorators[0].lineno - 1 : statement.lineno - 1], text]) if decorators else text


def said_in(source: str, verb: str = "") -> list:
    """The literal arguments of the first call of `verb` (or of predict or explain): its name, then what was noted.

    >>> said_in('explain("why", "because")'), said_in('predict("share", 1 / 2)')
    (['why', 'because'], ['share'])
    """
    verbs = (verb,) if verb else ("predict", "explain")
    tree = parse(source)
    calls = (n for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id in verbs) if tree else ()
    call = next(iter(calls), None)
    return [value for value in map(_literal, call.args) if value is not ...] if call else []


def _literal(node: ast.expr) -> object:
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, RecursionError, MemoryError):
        return ...
