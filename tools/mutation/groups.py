"""Which modules are mutated, and which tests have to notice: the tests of the same app."""

from __future__ import annotations

from dataclasses import dataclass

# The tables of moves are also held against docs/reference: whoever changes one changes it there.
REFERENCE = "tests/operations/test_roles.py"


@dataclass(frozen=True)
class Group:
    """`modules` are patterns of paths; `tests` are files or folders."""

    name: str
    modules: tuple[str, ...]
    tests: tuple[str, ...]


def app(path: str, *more_tests: str) -> Group:
    """An app's permissions, states and life, with the tests of the app."""
    modules = tuple(f"esar/{path}/{name}.py" for name in ("permissions", "states", "life"))
    return Group(path.rpartition("/")[2], modules, (f"tests/{path}", REFERENCE, *more_tests))


def sharing(path: str, tests: str, *more_tests: str) -> Group:
    """An app whose tests stand with those of another."""
    modules = tuple(f"esar/{path}/{name}.py" for name in ("permissions", "states", "life"))
    return Group(path.rpartition("/")[2], modules, (tests, REFERENCE, *more_tests))


GUARDS = "tests/whole/test_guards.py"
DOORS = "tests/whole/test_doors.py"
ABUSE = "tests/whole/test_abuse.py"
LIVES = "tests/whole/test_lives.py"
AGREED = "tests/agree/scorecards"

GROUPS = (
    Group(
        "days",
        (
            "esar/law/rules/working_days.py",
            "esar/law/scoring/lateness.py",
            "esar/platform/calendars/received.py",
        ),
        (
            "tests/law/rules/test_holidays.py",
            "tests/law/scoring/test_lateness.py",
            "tests/show/public/test_late.py",
            "tests/platform/calendars",
        ),
    ),
    Group(
        "lifecycle",
        ("esar/platform/lifecycle/*.py",),
        (
            "tests/platform/test_lifecycle.py",
            "tests/report/reports",
            "tests/report/letters",
            "tests/report/central_data",
            GUARDS,
            REFERENCE,
        ),
    ),
    app("platform/organisations", ABUSE, DOORS),
    app("platform/dual_control"),
    app("platform/security"),
    app("platform/role_offers"),
    app("show/privacy"),
    sharing("platform/calendars", "tests/platform/calendars", "tests/platform/organisations"),
    app("platform/evidence"),
    app("report/reports", GUARDS),
    app("report/letters", GUARDS),
    app("report/activity_plans"),
    sharing("report/activity_plans/monthly", "tests/report/activity_plans"),
    app("report/central_data"),
    app("agree/agendas"),
    app("agree/indexes"),
    app("report/follow_ups"),
    app("report/outside_results"),
    app("report/self_evaluations"),
    app("report/extensions", "tests/platform/test_lifecycle.py"),
    app("judge/assessments", GUARDS),
    app("judge/results", "tests/judge/assessments"),
    app("judge/appeals"),
    app("judge/early_warning"),
    app("agree/scorecards", DOORS, ABUSE, LIVES),
    sharing("agree/committees", AGREED, DOORS, ABUSE, LIVES),
    app("agree/strategic_kpis"),
    sharing("agree/changes", AGREED, DOORS, ABUSE, LIVES),
    sharing("agree/kpi_definitions", AGREED),
    sharing("agree/agreements", AGREED),
    sharing("agree/library", AGREED, "tests/whole"),
    app("agree/province_kpis"),
)
