"""The tables of a package: their columns with type, constraints and words in two languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from esar.exchange.packaging import rows
from esar.exchange.packaging.edition import WITH_KINDS, WITH_SELF_EVALUATIONS, Register
from esar.exchange.packaging.rows import FORMS, LEVELS, Books, Rows, Scores
from esar.law.rules.text import Text, worded


@dataclass(frozen=True)
class Column:
    """A column with its Frictionless type and constraints, titled in Thai and English."""

    name: str
    type: str
    title: Text
    about: Text
    constraints: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A table; `links` are (columns here, table there, columns there).

    One that `is_told` lists what the steps of the explanations cite: as they, and no figure.
    """

    name: str
    title: Text
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    links: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...]
    rows: Callable[[Register, Scores, Books], Rows]
    is_told: bool = False

    @property
    def path(self) -> str:
        return f"data/{self.name}.csv"

    @property
    def header(self) -> list[str]:
        return [column.name for column in self.columns]


def _column(name: str, kind: str, label: str, about: str, **constraints: Any) -> Column:
    """A column by the codes of its heading and of what it holds."""
    return Column(name, kind, worded(label), worded(about), constraints)


BODY = _column(
    "body",
    "string",
    "package-column.body",
    "package-column.body_about",
    required=True,
)
ROUND = _column(
    "round",
    "string",
    "package-column.round",
    "package-column.round_about",
    required=True,
)
_AT_LEAST_0 = {"minimum": 0}

IS_DEMO = _column(
    "is_demo",
    "boolean",
    "package-column.is_demo",
    "package-column.is_demo_about",
    required=True,
)
RESULTS = Table(
    "results",
    worded("package-table.the_total_of_each_body"),
    (
        BODY,
        ROUND,
        _column(
            "total",
            "number",
            "package-column.total",
            "package-column.total_about",
            required=True,
            minimum=0,
        ),
        _column(
            "out_of",
            "number",
            "package-column.out_of",
            "package-column.out_of_about",
            required=True,
            minimum=0,
        ),
        _column(
            "grade",
            "string",
            "package-column.grade",
            "package-column.grade_about",
        ),
        _column("grade_th", "string", "package-column.grade_th", "package-column.grade_th_about"),
        _column(
            "grade_en",
            "string",
            "package-column.grade_en",
            "package-column.grade_en_about",
        ),
        _column(
            "self_total",
            "number",
            "package-column.self_total",
            "package-column.self_total_about",
            **_AT_LEAST_0,
        ),
        _column(
            "assessed_total",
            "number",
            "package-column.assessed_total",
            "package-column.assessed_total_about",
            **_AT_LEAST_0,
        ),
        _column(
            "final_total",
            "number",
            "package-column.final_total",
            "package-column.final_total_about",
            **_AT_LEAST_0,
        ),
        _column(
            "result_number",
            "integer",
            "package-column.result_number",
            "package-column.result_number_about",
            required=True,
            minimum=1,
        ),
        _column(
            "correction_reason",
            "string",
            "package-column.correction_reason",
            "package-column.correction_reason_about",
        ),
        _column(
            "released_on",
            "date",
            "package-column.released_on",
            "package-column.released_on_about",
            required=True,
        ),
        IS_DEMO,
    ),
    ("body", "round"),
    ((("body",), "bodies", ("code",)),),
    rows.results,
)

KIND_COLUMNS = tuple(
    _column(name, "string", f"package-column.{name}", f"package-column.{name}_about")
    for name in ("kpi_kind", "kpi_kind_th", "kpi_kind_en", "kpi_group")
)
KPIS = Table(
    "kpis",
    worded("package-table.each_kpi_with_its_points"),
    (
        BODY,
        ROUND,
        _column(
            "kpi",
            "string",
            "package-column.kpi",
            "package-column.kpi_about",
            required=True,
        ),
        _column("name", "string", "package-column.name", "package-column.name_about"),
        _column(
            "component",
            "string",
            "package-column.component",
            "package-column.component_about",
        ),
        *KIND_COLUMNS,
        _column(
            "weight",
            "number",
            "package-column.weight",
            "package-column.weight_about",
            **_AT_LEAST_0,
        ),
        _column("unit", "string", "package-column.unit", "package-column.unit_about"),
        _column(
            "form",
            "string",
            "package-column.form",
            "package-column.form_about",
            required=True,
            enum=list(FORMS.values()),
        ),
        _column(
            "direction",
            "string",
            "package-column.direction",
            "package-column.direction_about",
            enum=["higher", "lower"],
        ),
        *(
            Column(
                f"target_{level}",
                "number",
                worded("package-column.target", level=level),
                worded("package-column.target_about"),
                {},
            )
            for level in range(1, LEVELS + 1)
        ),
        _column(
            "actual",
            "number",
            "package-column.actual",
            "package-column.actual_about",
        ),
        _column(
            "status",
            "string",
            "package-column.status",
            "package-column.status_about",
            required=True,
            enum=["reported", "not_reported", "not_due", "not_applicable"],
        ),
        _column("points", "number", "package-column.points", "package-column.points_about"),
        _column(
            "weighted",
            "number",
            "package-column.weighted",
            "package-column.weighted_about",
        ),
        _column(
            "points_lost",
            "number",
            "package-column.points_lost",
            "package-column.points_lost_about",
        ),
    ),
    ("body", "round", "kpi"),
    ((("body", "round"), "results", ("body", "round")),),
    rows.kpis,
)

BODIES = Table(
    "bodies",
    worded("package-table.the_bodies"),
    (
        _column(
            "code",
            "string",
            "package-column.code",
            "package-column.code_about",
            required=True,
            unique=True,
        ),
        _column(
            "kind",
            "string",
            "package-column.kind",
            "package-column.kind_about",
            required=True,
        ),
        _column(
            "name_th",
            "string",
            "package-column.name_th",
            "package-column.name_th_about",
            required=True,
        ),
        _column(
            "name_en",
            "string",
            "package-column.name_en",
            "package-column.name_en_about",
        ),
        _column(
            "parent",
            "string",
            "package-column.parent",
            "package-column.parent_about",
        ),
    ),
    ("code",),
    (),
    rows.bodies,
)

RULES_CITED = Table(
    "rules_cited",
    worded("package-table.the_rules_and_clauses_the"),
    (
        _column(
            "rule",
            "string",
            "package-column.rule",
            "package-column.rule_about",
            required=True,
        ),
        _column(
            "source",
            "string",
            "package-column.source",
            "package-column.source_about",
            required=True,
        ),
        _column(
            "clause",
            "string",
            "package-column.clause",
            "package-column.clause_about",
            required=True,
        ),
        _column("title_th", "string", "package-column.title_th", "package-column.title_th_about"),
        _column(
            "title_en",
            "string",
            "package-column.title_en",
            "package-column.title_en_about",
        ),
        _column(
            "number",
            "string",
            "package-column.number",
            "package-column.number_about",
        ),
        _column(
            "day",
            "date",
            "package-column.day",
            "package-column.day_about",
        ),
    ),
    ("rule", "source", "clause"),
    (),
    rows.rules_cited,
    is_told=True,
)

SELF_EVALUATIONS = Table(
    "self_evaluations",
    worded("package-table.self_evaluations"),
    (
        _column(
            "body",
            "string",
            "package-column.body",
            "package-column.self_evaluated_body_about",
            required=True,
        ),
        ROUND,
        _column("name_th", "string", "package-column.name_th", "package-column.name_th_about"),
        _column("name_en", "string", "package-column.name_en", "package-column.name_en_about"),
        _column(
            "total",
            "number",
            "package-column.total",
            "package-column.self_evaluated_total_about",
            **_AT_LEAST_0,
        ),
        _column(
            "scale",
            "number",
            "package-column.out_of",
            "package-column.self_evaluated_scale_about",
            **_AT_LEAST_0,
        ),
        _column(
            "grade", "string", "package-column.grade", "package-column.self_evaluated_grade_about"
        ),
        _column(
            "put_on",
            "date",
            "package-column.put_on",
            "package-column.put_on_about",
            required=True,
        ),
        IS_DEMO,
    ),
    ("body", "round"),
    (),
    rows.self_evaluations,
)
TABLES = (RESULTS, KPIS, BODIES, RULES_CITED, SELF_EVALUATIONS)
_KPIS_WITHOUT_KINDS = replace(
    KPIS, columns=tuple(column for column in KPIS.columns if column not in KIND_COLUMNS)
)


def tables_of(form: int) -> tuple[Table, ...]:
    """The tables as a package of that form has them."""
    tables = TABLES if form >= WITH_SELF_EVALUATIONS else TABLES[:-1]
    if form >= WITH_KINDS:
        return tables
    return tuple(_KPIS_WITHOUT_KINDS if table is KPIS else table for table in tables)
