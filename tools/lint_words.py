"""Refuse Thai in the strings of Python: what people read stands in esar/kernel/wording by code.

    python -m tools.lint_words            the strings that are refused, with file and line
    python -m tools.lint_words --count    how many stand in files that still wait to be cleaned

Docstrings may be in any language, and `esar/demo` invents what people would type. Files of
[tool.esar.words] `data` hold letters that are data: the alphabet, what people type, the headings
by which a table is known. Those that `wait` hold sentences still; one that is clean leaves the
list, none joins.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

THAI = re.compile("[\u0e01-\u0e5b]")
ROOT = Path("esar")
INVENTED = ROOT / "demo"
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def thai_strings(source: str) -> list[tuple[int, str]]:
    """Line and text of each string with Thai letters that is no docstring."""
    tree = ast.parse(source)
    docstrings = set(_docstrings(tree))
    return sorted(
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docstrings
        and THAI.search(node.value)
    )


def _docstrings(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, DOCUMENTED) and node.body and isinstance(node.body[0], ast.Expr):
            yield id(node.body[0].value)


def modules() -> list[Path]:
    return sorted(
        path
        for path in ROOT.rglob("*.py")
        if INVENTED not in path.parents and "migrations" not in path.parts
    )


def problems(data: list[str], wait: list[str]) -> list[str]:
    """What is refused: Thai in a module that is neither listed, and names listed in vain."""
    refused = []
    texts = {str(path): thai_strings(path.read_text("utf-8")) for path in modules()}
    for name, strings in texts.items():
        if name not in data and name not in wait:
            refused += [f"{name}:{line}: {text[:40]!r} needs a code" for line, text in strings]
    refused += [f"{name} has no Thai string: strike it out" for name in wait if not texts.get(name)]
    refused += [f"{name} has no Thai string: strike it out" for name in data if not texts.get(name)]
    return refused


def main(arguments: list[str]) -> int:
    settings = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["tool"]["esar"]["words"]
    if arguments == ["--count"]:
        for name in settings["wait"]:
            print(f"{len(thai_strings(Path(name).read_text('utf-8'))):5} {name}")
        return 0
    refused = problems(settings["data"], settings["wait"])
    print("\n".join(refused), end="\n" if refused else "")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
