"""Print the figures by which the house is judged, each beside its aim.

    python -m tools.figures                        those of this checkout
    python -m tools.figures --at COMMIT            those of a commit beside them (may be repeated)
    python -m tools.figures --at COMMIT --format   the same, its Python formatted first, so that
                                                   lines are compared with lines

What is counted:

- generic names: the share of assigned names that `tools.lint_names` refuses (assignments, `for`,
  `with`, `except`, `:=`; not those of comprehensions and classes), and of parameters.
- functions of the lives: functions at the top of a module of an app that name a table of moves or
  of edits (`*_MOVES`, `*_EDITS`, `EDIT*`), that update a `state`, that are called `move…`,
  `may_move…`, `_may`, `_moves`, `_target` or `_tell…`, or that are given to a `Move` or a `Life`;
  and the methods of a class that is a kind of `Life`. The engine itself, the package `lifecycle`,
  has a line of its own.
- lines of Python: all of esar/ with its migrations, without the modules of `messages` or
  `wording` that hold sentences.
- one-off modules: those of apps whose name the contract "Inside an app" of pyproject.toml does
  not know, or that only one or two apps have. Left aside are `__init__`, what Django or the app's
  start asks for by name (`apps`, `signals`, `admin`), migrations, commands and template tags.
- private helpers: functions and methods `_so`, and those of them named once in their module.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import subprocess
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.lint_names import is_generic, is_generic_parameter, modules, parameters, variables
from tools.mutation.groups import GROUPS
from tools.mutation.results import read

FMT_MARK = re.compile(r"#\s*fmt:\s*(skip|off|on)")
MOVES_TABLE = re.compile(r"^[A-Z_]*(MOVES|EDITS)$|^EDIT(_(?!SESSION)[A-Z]+)?$")
OF_A_LIFE = re.compile(r"^_?(may_)?moves?(_|$)|^_may$|^_target|^_tell|^_check_move|_moves$")
NOT_IN_THE_CONTRACT = {"__init__", "apps", "signals", "admin"}
NOT_OF_THE_SHAPE = {"migrations", "management", "templatetags"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def parsed(root: Path) -> Iterator[tuple[Path, ast.Module]]:
    """Every module of esar/ but the migrations."""
    for path in modules(root / "esar"):
        yield path, ast.parse(path.read_text("utf-8"))


def settings_of(root: Path) -> dict[str, Any]:
    return tomllib.loads((root / "pyproject.toml").read_text("utf-8"))


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} % ({part:,} of {whole:,})" if whole else "none"


# Names and marks


def fmt_marks(root: Path) -> str:
    """`# fmt: skip`, `off` and `on`; a pair of off and on counts as two."""
    counts = []
    for folder in ("esar", "tests", "tools", "benchmarks"):
        texts = [path.read_text("utf-8") for path in (root / folder).rglob("*.py")]
        # This script and its test name the marks.
        counts.append(sum(len(FMT_MARK.findall(text)) for text in texts if "FMT_MARK" not in text))
    return f"{sum(counts):,} ({counts[0]} in esar)"


def generic_variables(root: Path) -> str:
    names = [name for _, tree in parsed(root) for name, _ in variables(tree)]
    return share(sum(is_generic(name) for name in names), len(names))


def generic_parameters(root: Path) -> str:
    names = [name for _, tree in parsed(root) for name, _ in parameters(tree)]
    return share(sum(is_generic_parameter(name) for name in names), len(names))


# Apps and lives


def contract_of_apps(root: Path) -> tuple[list[Path], set[str]]:
    """The folders of the apps and the kinds of modules that an app may have."""
    for contract in settings_of(root)["tool"]["importlinter"]["contracts"]:
        layers = {
            name.strip("() ") for row in contract.get("layers", []) for name in row.split("|")
        }
        if "models" in layers:
            folders = [name.replace(".", "/") for name in contract["containers"]]
            return [folder for name in folders for folder in sorted(root.glob(name))], layers
    return [], set()


def app_modules(root: Path) -> dict[Path, Path]:
    """The modules of apps and the app of each: the innermost, where one holds another."""
    owners: dict[Path, Path] = {}
    for folder in sorted(contract_of_apps(root)[0]):
        owners |= dict.fromkeys(modules(folder), folder)
    return {path: folder for path, folder in owners.items() if not NOT_OF_THE_SHAPE & {*path.parts}}


def one_off_modules(root: Path) -> tuple[int, int]:
    """How many module names of apps are one-off, and how many of these the contract lacks."""
    contract = contract_of_apps(root)[1]
    apps_with: dict[str, set[Path]] = {}
    for path, folder in app_modules(root).items():
        if path.stem not in NOT_IN_THE_CONTRACT:
            apps_with.setdefault(path.stem, set()).add(folder)
    unknown = sum(len(apps) for name, apps in apps_with.items() if name not in contract)
    rare = sum(len(apps) for name, apps in apps_with.items() if name in contract and len(apps) < 3)
    return unknown + rare, unknown


def functions_of_lives(tree: ast.Module) -> set[str]:
    """Names of a module's functions that make or serve the moves of a life."""
    declared = {
        leaf.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and called_name(node) in ("Move", "Life")
        for leaf in ast.walk(node)
        if isinstance(leaf, ast.Name)
    }
    names = {
        node.name
        for node in tree.body
        if isinstance(node, Function)
        and (node.name in declared or OF_A_LIFE.search(node.name) or serves_a_move(node))
    }
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and is_a_life(node):
            names |= {
                f"{node.name}.{inner.name}" for inner in node.body if isinstance(inner, Function)
            }
    return names


def is_a_life(node: ast.ClassDef) -> bool:
    return any(re.search(r"Life(\[.*\])?$", ast.unparse(base)) for base in node.bases)


def called_name(call: ast.Call) -> str:
    function = call.func
    return getattr(function, "attr", "") or getattr(function, "id", "")


def serves_a_move(function: Function) -> bool:
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and MOVES_TABLE.match(node.id):
            return True
        if isinstance(node, ast.Call) and called_name(node) == "update":
            arguments = {keyword.arg for keyword in node.keywords}
            if "state" in arguments:
                return True
    return False


def lives(root: Path) -> str:
    engine = set(modules(root / "esar/platform/lifecycle"))
    trees = [ast.parse(path.read_text("utf-8")) for path in set(app_modules(root)) - engine]
    return str(sum(len(functions_of_lives(tree)) for tree in trees))


def functions_of_the_engine(root: Path) -> str:
    trees = [
        ast.parse(path.read_text("utf-8")) for path in modules(root / "esar/platform/lifecycle")
    ]
    return str(sum(isinstance(node, Function) for tree in trees for node in ast.walk(tree)))


# Lines


def holds_sentences(path: Path) -> bool:
    """A module of sentences: in `messages` or `wording`, with Thai in it."""
    if not {"messages", "wording"} & {*path.parts}:
        return False
    return re.search("[ก-ฮ]", path.read_text("utf-8")) is not None


def python_lines(root: Path) -> str:
    paths = [path for path in (root / "esar").rglob("*.py") if not holds_sentences(path)]
    return f"{sum(len(path.read_text('utf-8').splitlines()) for path in paths):,}"


def template_texts(root: Path) -> list[str]:
    paths = [path for path in (root / "esar").rglob("*") if "templates" in path.parts]
    return [path.read_text("utf-8") for path in paths if path.is_file()]


def long_template_lines(root: Path) -> str:
    lines = [line for text in template_texts(root) for line in text.splitlines()]
    return f"{sum(len(line) > 120 for line in lines)} of {len(lines):,}"


def asked_for_roles(root: Path) -> str:
    return str(sum(len(re.findall(r"\bin (\w+\.)*roles", text)) for text in template_texts(root)))


# Types


def strict_files(root: Path) -> str:
    """Files of esar/ that mypy's strict settings reach, of all."""
    config = settings_of(root)["tool"]["mypy"]
    every = sorted(path.relative_to(root) for path in (root / "esar").rglob("*.py"))
    roots = [
        name.replace(".", "/") for name in config.get("packages", []) + config.get("modules", [])
    ]
    roots += [str(name).rstrip("/") for name in config.get("files", [])]
    loose = [
        name.removesuffix(".*").replace(".", "/")
        for override in config.get("overrides", [])
        if override.get("ignore_errors") or override.get("strict") is False
        for name in modules_of_override(override)
    ]
    exclude = config.get("exclude", [])
    exclude = [exclude] if isinstance(exclude, str) else exclude
    strict = [
        path
        for path in every
        if config.get("strict")
        and any(is_below(path, name) for name in roots)
        and not any(is_below(path, name) for name in loose)
        and not any(re.search(pattern, str(path)) for pattern in exclude)
    ]
    migrations = sum("migrations" in path.parts for path in every)
    return f"{len(strict)} of {len(every)}, {migrations} of them migrations"


def modules_of_override(override: dict[str, Any]) -> list[str]:
    names = override.get("module", [])
    return [names] if isinstance(names, str) else names


def is_below(path: Path, name: str) -> bool:
    """Whether a file is a module or package, `*` standing for one of its folders."""
    pattern = re.escape(name).replace(r"\*", "[^/]+")
    return re.fullmatch(rf"{pattern}(\.py|/.*)?", str(path)) is not None


# Shape


def complex_functions(root: Path) -> str:
    ruff = [".venv/bin/ruff", "check", "--isolated", "--select", "C901", "--exit-zero"]
    options = ["--config", "lint.mccabe.max-complexity=10", "--output-format", "json"]
    answer = subprocess.run(
        [*ruff, *options, str(root / "esar")], capture_output=True, text=True, check=True
    )
    return str(len(json.loads(answer.stdout)))


def private_helpers(root: Path) -> tuple[str, str]:
    """Share of private functions, and share of these that are named once in their module."""
    functions = private = once = 0
    for _, tree in parsed(root):
        mentions = Counter(
            getattr(node, "id", "") or getattr(node, "attr", "")
            for node in ast.walk(tree)
            if isinstance(node, ast.Name | ast.Attribute)
        )
        for node in ast.walk(tree):
            if isinstance(node, Function):
                is_private = node.name.startswith("_") and not node.name.startswith("__")
                functions += 1
                private += is_private
                once += is_private and mentions[node.name] <= 1
    return share(private, functions), share(once, private)


def class_names_twice(root: Path) -> str:
    """Class names given twice or more; `Meta` and `Command` are Django's own."""
    classes = Counter(
        node.name
        for _, tree in parsed(root)
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    )
    return str(sum(count > 1 for name, count in classes.items() if name not in ("Meta", "Command")))


def csv_by_hand(root: Path) -> str:
    """Calls in apps of what makes a CSV answer from rows that the caller has put together."""
    calls = [
        node
        for path, tree in parsed(root)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and called_name(node) == "csv_answer"
    ]
    return str(len(calls))


# Measured by others


def mutants_killed(root: Path) -> str:
    """Of the groups that were played here, the named mutants among them."""
    groups = read(root / "var/mutants.json")
    if not groups:
        return "not run"
    killed, counted = (sum(group[key] for group in groups.values()) for key in ("killed", "all"))
    return f"{share(killed, counted)} in {len(groups)} of {len(GROUPS) + 1} groups"


def suite_time(root: Path) -> str:
    path = root / "var/suite-seconds"
    if not path.exists():
        return "not measured"
    minutes, seconds = divmod(int(path.read_text("utf-8")), 60)
    return f"{minutes} min {seconds:02} s"


def figures(root: Path, formatted: bool = False) -> dict[str, str]:
    """Every figure of a tree by its name. `formatted` formats the tree's Python: a copy only."""
    marks = fmt_marks(root)
    if formatted:
        format_tree(root)
    one_off, unknown = one_off_modules(root)
    private, private_once = private_helpers(root)
    return {
        "fmt: skip / off": marks,
        "generic names, assigned": generic_variables(root),
        "generic names, parameters": generic_parameters(root),
        "template lines over 120 letters": long_template_lines(root),
        "functions of the lives": lives(root),
        "… and of their engine": functions_of_the_engine(root),
        "Python lines of esar/ without sentences": python_lines(root),
        "mypy strict, files": strict_files(root),
        "one-off module names in apps": str(one_off),
        "… of them not named in the contract": str(unknown),
        "mutants killed": mutants_killed(root),
        "suite on two cores": suite_time(root),
        "functions of complexity over 10": complex_functions(root),
        "private functions": private,
        "… of them with one caller": private_once,
        "class names twice or more": class_names_twice(root),
        '"… in roles" in templates': asked_for_roles(root),
        "CSV by hand": csv_by_hand(root),
    }


AIMS = {
    "fmt: skip / off": "0",
    "generic names, assigned": "< 0.5 %",
    "generic names, parameters": "< 0.5 %",
    "template lines over 120 letters": "0",
    "functions of the lives": "≤ 40",
    "… and of their engine": "one engine",
    "Python lines of esar/ without sentences": "≤ 42,000, formatted",
    "mypy strict, files": "all",
    "one-off module names in apps": "≤ 20",
    "… of them not named in the contract": "0",
    "mutants killed": "≥ 95 %",
    "suite on two cores": "≤ 10 min",
    "functions of complexity over 10": "0",
    "private functions": "5–9 % in the models",
    '"… in roles" in templates': "0",
}


def format_tree(root: Path) -> None:
    """Take the fmt marks away and let ruff format what is left."""
    for path in root.rglob("*.py"):
        text = path.read_text("utf-8")
        path.write_text(re.sub(r" *#\s*fmt:\s*(skip|off|on)[^\n]*", "", text), "utf-8")
    subprocess.run([".venv/bin/ruff", "format", "--quiet", str(root)], check=True)


def figures_at(commit: str, formatted: bool) -> dict[str, str]:
    archive = subprocess.run(["git", "archive", commit], capture_output=True, check=True)
    with tempfile.TemporaryDirectory() as folder:
        tar = ["tar", "--extract", "--directory", folder]
        subprocess.run(tar, input=archive.stdout, check=True)
        return figures(Path(folder), formatted)


def table(columns: dict[str, dict[str, str]]) -> str:
    """A table in Markdown: a row a figure, a column a tree, the aim last."""
    names = list(next(iter(columns.values())))
    head = ["", *columns, "aim"]
    rows = [
        [name, *(column[name] for column in columns.values()), AIMS.get(name, "–")]
        for name in names
    ]
    widths = [max(len(row[place]) for row in [head, *rows]) for place in range(len(head))]
    lines = [head, ["-" * width for width in widths], *rows]
    return "\n".join(
        "| "
        + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        + " |"
        for line in lines
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--at", action="append", default=[], metavar="COMMIT")
    parser.add_argument("--format", action="store_true", help="format the commits' Python first")
    options = parser.parse_args()
    columns = {commit: figures_at(commit, options.format) for commit in options.at}
    columns["now"] = figures(Path())
    print(table(columns))


if __name__ == "__main__":
    main()
