"""The figures of `make figures` and the lint of names count what they say."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

from tools import figures
from tools.lint_names import generic_names

PYPROJECT = """
[tool.mypy]
strict = true
packages = ["esar.kernel", "esar.agree.plans.states"]

[[tool.importlinter.contracts]]
containers = ["esar.agree.plans", "esar.agree.plans.monthly", "esar.report.*"]
layers = ["(urls)", "(views) | (tables)", "(models)"]
"""


def tree(root: Path, **sources: str) -> Path:
    """A checkout of modules, their dotted names written with two underscores for each dot."""
    (root / "pyproject.toml").write_text(PYPROJECT, "utf-8")
    for name, source in sources.items():
        path = root / "esar" / f"{name.replace('__', '/')}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, "utf-8")
    return root


@pytest.mark.parametrize(
    ("source", "refused"),
    [
        ("found = 1", ["found"]),
        ("_one: int = 1", ["_one"]),
        ("for one, row in rows: pass", ["one"]),
        ("with open(path) as it: pass", ["it"]),
        ("if (said := ask()): pass", ["said"]),
        ("try: pass\nexcept ValueError as what: pass", ["what"]),
        ("def tell(who, *others, told=None): pass", ["others", "told", "who"]),
        ("def move(thing): thing = thing.pk", ["thing"]),
        ("def move(thing, seen): locked = seen", []),
        ("rows = [one for one in listed]", []),
        ("rows = [x for x in (kept := listed)]", ["kept"]),
        ("key = lambda one: one.pk", []),
        ("class Row:\n  shown: bool", []),
        ("class Row:\n  def one(self): found = 1", ["found"]),
        ("class Row:\n  def __eq__(self, other): ...", []),
        ("class Row:\n  def __init__(self, other): ...", ["other"]),
        ("@signed_in()\ndef change(request, what): ...", []),
        ("def _page(request, one): ...", ["one"]),
        ("row.found = 1", []),
        ("row[one] = found", []),
        ("founder = madeira = none = 1", []),
    ],
)
def test_a_variable_called_by_a_pronoun_or_a_participle_is_refused(
    source: str, refused: list[str]
) -> None:
    assert [name for _, name in generic_names(source)] == refused


def test_the_share_of_generic_names_is_of_assigned_names(tmp_path: Path) -> None:
    root = tree(tmp_path, a="found = row = 1\nrows = [one for one in row]\ntext = ''")

    assert figures.generic_variables(root) == "25.0 % (1 of 4)"


def test_functions_of_the_lives_are_known_by_name_table_update_or_declaration() -> None:
    module = ast.parse(
        """
def move(plan): ...
def may_move_change(plan): ...
def _tell_members(plan): ...
def moved_off_holidays(day): ...
def target_of(kpi): ...
def buttons(plan): return [name for name in PLAN_MOVES]
def finish(rows): rows.filter(state="a").update(state="b")
def rename(rows): rows.update(name="b")
def is_ready(plan): ...
LIFE = Life(moves=(Move("submit", check=is_ready),))
class ReportLife(Life[Report]):
    def freeze(self): ...
class Row(Model):
    def move(self): ...
"""
    )

    assert figures.functions_of_lives(module) == {
        "move",
        "may_move_change",
        "_tell_members",
        "buttons",
        "finish",
        "is_ready",
        "ReportLife.freeze",
    }


def test_all_of_the_engine_counts_as_such(tmp_path: Path) -> None:
    engine = "class Life:\n  def move(self): ...\ndef mark(): ...\n"
    root = tree(tmp_path, platform__lifecycle__life=engine, agree__plans__states="x = 1")

    assert figures.functions_of_the_engine(root) == "2"
    assert figures.lives(root) == "0"


def test_a_module_is_one_off_where_the_contract_lacks_it_or_few_apps_have_it(
    tmp_path: Path,
) -> None:
    names = ["plans__models", "plans__monthly__models", "plans__tables", "plans__monthly__sheet"]
    root = tree(
        tmp_path,
        **{f"agree__{name}": "" for name in names},
        **{"report__letters__models": "", "report__letters__migrations__sheet": ""},
        **{"report__letters__apps": "", "report__letters__sheet": "", "kernel__sheet": ""},
    )

    # tables is in the contract and one app's; sheet is in two apps and not in the contract.
    assert figures.one_off_modules(root) == (3, 2)


def test_sentences_are_no_lines_of_python(tmp_path: Path) -> None:
    sentences = "SENTENCES = {\n  'a': ('ก', 'a'),\n}\n"
    root = tree(tmp_path, messages__plans=sentences, messages__reading="x = 1\n", plans="x = 1\n")

    assert figures.python_lines(root) == "2"


def test_mypy_reaches_the_packages_that_its_settings_name(tmp_path: Path) -> None:
    names = ["kernel__chain", "agree__plans__states", "agree__plans__models", "kernels"]
    root = tree(tmp_path, **dict.fromkeys(names, ""))

    assert figures.strict_files(root) == "2 of 4, 0 of them migrations"


def test_private_helpers_and_classes_named_twice_are_counted(tmp_path: Path) -> None:
    helpers = (
        "def a(): _b(); _c(); _c()\ndef _b(): ...\ndef _c(): ...\nclass Row:\n  class Meta: ..."
    )
    root = tree(tmp_path, a=helpers, b="class Row:\n  class Meta: ...\ndef __d__(): ...")

    assert figures.private_helpers(root) == ("50.0 % (2 of 4)", "50.0 % (1 of 2)")
    assert figures.class_names_twice(root) == "1"


def test_templates_are_read_for_long_lines_and_roles(tmp_path: Path) -> None:
    folder = tmp_path / "esar/plans/templates/plans"
    folder.mkdir(parents=True)
    text = '{% if "x" in roles or "y" in person.roles %}\n' + "a" * 121 + "\n" + "b" * 120
    (folder / "plan.html").write_text(text, "utf-8")

    assert figures.long_template_lines(tmp_path) == "1 of 3"
    assert figures.asked_for_roles(tmp_path) == "2"


def test_what_others_measure_is_read_or_said_to_be_missing(tmp_path: Path) -> None:
    assert figures.mutants_killed(tmp_path) == "not run"
    assert figures.suite_time(tmp_path) == "not measured"

    (tmp_path / "var").mkdir()
    (tmp_path / "var/mutants.json").write_text(
        json.dumps({"days": {"killed": 19, "all": 20}}), "utf-8"
    )
    (tmp_path / "var/suite-seconds").write_text("605\n", "utf-8")

    groups = len(figures.GROUPS) + 1  # the named mutants are one
    assert figures.mutants_killed(tmp_path) == f"95.0 % (19 of 20) in 1 of {groups} groups"
    assert figures.suite_time(tmp_path) == "10 min 05 s"


def test_the_table_has_a_row_a_figure_a_column_a_tree_and_the_aim_last() -> None:
    now = dict.fromkeys(figures.AIMS, "1") | {"other": "2"}

    lines = figures.table({"b943d35": now, "now": now}).splitlines()

    assert len(lines) == len(now) + 2
    assert [cell.strip() for cell in lines[2].split("|")[1:-1]] == [
        "fmt: skip / off",
        "1",
        "1",
        "0",
    ]
    assert [cell.strip() for cell in lines[-1].split("|")[1:-1]] == ["other", "2", "2", "–"]
