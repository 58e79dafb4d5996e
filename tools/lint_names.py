"""Refuse variables that are called by a pronoun or a participle: what needs "one" needs its noun.

    python -m tools.lint_names             the clean folders of [tool.esar.names] must stay clean
    python -m tools.lint_names --count     how many there are in each package, most first
    python -m tools.lint_names FOLDER …    those of these folders

A variable is what an assignment, `for`, `with`, `except`, `:=` or a parameter binds. Those of
comprehensions and lambdas live for one line and are let be, and so are the fields of a class: they
are read behind a noun (`duty.who`), and called as the rulebook and the database call them; a view's
parameters are called as its address calls them, and `other` as Python does in `__eq__`. Not refused
are participles that name a state (`locked`, `changed`, `missing`, `expected`, `received`,
`sent`), `seen` (the digest that a page showed), and `thing` as a parameter: what serves any life
knows no narrower noun.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

GENERIC = re.compile(
    "_*(ones?|others?|another|things?|it|them|they|this|that|these|those|some|someone|anything"
    "|something|nothing|everything|what|which|who|whom|whose|me|mine|ours|theirs"
    "|asked|brought|called|done|drawn|found|given|gone|got|held|kept|known|listed|made|named|put"
    "|said|shown|taken|told|wanted)_*"
)


def is_generic(name: str) -> bool:
    return GENERIC.fullmatch(name) is not None


def is_generic_parameter(name: str) -> bool:
    return is_generic(name) and name != "thing"


def variables(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Name and line of all that is assigned, outside comprehensions, lambdas and fields."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(tree, ast.ClassDef) and isinstance(node, ast.Assign | ast.AnnAssign):
            continue
        if isinstance(node, ast.comprehension):
            yield from variables(node.iter)
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno
        elif isinstance(node, ast.ExceptHandler) and node.name:
            yield node.name, node.lineno
        yield from variables(node)


def parameters(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Name and line of all parameters that we name; those of lambdas are let be."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not is_named_elsewhere(
            node
        ):
            for leaf in ast.walk(node.args):
                if isinstance(leaf, ast.arg) and leaf.arg not in ("self", "cls"):
                    yield leaf.arg, leaf.lineno


def is_named_elsewhere(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether Python or an address names the parameters: `__eq__`, or a view with its door."""
    first = function.args.args[0].arg if function.args.args else ""
    is_view = bool(function.decorator_list) and first == "request"
    return is_view or (function.name.startswith("__") and function.name != "__init__")


def generic_names(source: str) -> list[tuple[int, str]]:
    """Line and name of each variable or parameter of a module that is refused."""
    tree = ast.parse(source)
    refused = [(line, name) for name, line in variables(tree) if is_generic(name)]
    refused += [(line, name) for name, line in parameters(tree) if is_generic_parameter(name)]
    return sorted(refused)


def modules(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.py") if "migrations" not in path.parts)


def count_by_package() -> Counter[str]:
    counts: Counter[str] = Counter()
    for path in modules(Path("esar")) + modules(Path("tests")):
        refused = generic_names(path.read_text("utf-8"))
        if refused:
            counts["/".join(path.parent.parts[:3])] += len(refused)
    return counts


def main(arguments: list[str]) -> int:
    if arguments == ["--count"]:
        for package, count in count_by_package().most_common():
            print(f"{count:5} {package}")
        return 0
    settings = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))
    folders = arguments or settings["tool"]["esar"]["names"]["clean"]
    refused = [f"{folder} is no folder" for folder in folders if not Path(folder).is_dir()]
    refused += [
        f"{path}:{line}: {name} is no noun of the field"
        for folder in folders
        for path in modules(Path(folder))
        for line, name in generic_names(path.read_text("utf-8"))
    ]
    print("\n".join(refused), end="\n" if refused else "")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
