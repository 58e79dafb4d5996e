"""What the import contracts cannot see."""

from __future__ import annotations

import re
from pathlib import Path

from django.apps import apps
from django.urls import get_resolver

from tools.mutation.groups import GROUPS

# Data flows from left to right; a foreign key may only point left.
FLOW = [
    "history",
    "organisations",
    "notices",
    "security",
    "dual_control",
    "role_offers",
    "calendars",
    "evidence",
    "indexes",
    "scorecards",
    "agendas",
    "committees",
    "strategic",
    "letters",
    "extensions",
    "follow_ups",
    "outside_results",
    "self_evaluations",
    "plans",
    "plan_reports",
    "central",
    "reports",
    "assessments",
    "results",
    "appeals",
    "early_warning",
    "publishing",
    "desk",
    "privacy",
]


def test_foreign_keys_point_upstream_and_leave_no_name_behind() -> None:
    links = [
        field
        for model in apps.get_models()
        if model.__module__.startswith("esar.")
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created
    ]
    assert links
    for field in links:
        here, there = field.model._meta.app_label, field.related_model._meta.app_label
        assert FLOW.index(there) <= FLOW.index(here), f"{field} points downstream"
        assert field.remote_field.hidden or here == there, f"{field} needs related_name='+'"


ADDRESS = re.compile(r"""(?:\{% url |\breverse\(\s*|\bredirect\(\s*)["']([\w:-]+)["']""")


def test_every_address_that_is_named_in_code_or_a_template_exists() -> None:
    resolver = get_resolver()
    names = {str(name) for name in resolver.reverse_dict}
    for app, (_, inside) in resolver.namespace_dict.items():
        names |= {f"{app}:{name}" for name in inside.reverse_dict}

    files = [*Path("esar").rglob("*.py"), *Path("esar").rglob("*.html")]
    texts = {str(file): file.read_text("utf-8") for file in files}
    used = [(file, name) for file, text in texts.items() for name in ADDRESS.findall(text)]

    assert len(used) > 300
    assert [(file, name) for file, name in used if name not in names] == []


def test_no_test_imports_a_test() -> None:
    files = [*Path("tests").rglob("*.py"), *Path("benchmarks").rglob("*.py")]
    between = re.compile(r"from tests\.\S*\btest_")

    assert [str(file) for file in files if between.search(file.read_text("utf-8"))] == []


def test_every_module_that_decides_who_may_move_what_is_mutated() -> None:
    root = Path("esar")
    decides = {
        str(path)
        for name in ("permissions", "states", "life")
        for path in root.glob(f"**/{name}.py")
        if path.read_text("utf-8").strip()
    }
    mutated = {
        str(path) for group in GROUPS for pattern in group.modules for path in Path().glob(pattern)
    }

    assert decides - mutated == set()


def test_no_float_stands_in_the_rules_or_the_scoring() -> None:
    for package in ("rules", "scoring"):
        paths = list(Path("esar/law", package).glob("*.py"))
        assert paths
        for path in paths:
            assert "float(" not in path.read_text("utf-8"), path


def test_no_lock_file_names_a_host() -> None:
    for name in ("requirements.lock", "requirements-dev.lock", "package-lock.json"):
        assert "://" not in Path(name).read_text("utf-8"), name


def test_the_version_in_pyproject_is_the_one_the_readme_asks_for() -> None:
    assert 'requires-python = ">=3.11"' in Path("pyproject.toml").read_text("utf-8")
    assert "Python 3.11 or later" in Path("README.md").read_text("utf-8")


def test_every_command_of_ours_can_be_loaded() -> None:
    from django.core.management import get_commands, load_command_class

    own_commands = {
        name: app for name, app in get_commands().items() if str(app).startswith("esar")
    }
    assert len(own_commands) > 5
    for name, app in own_commands.items():
        load_command_class(str(app), name)
