"""The invented nation has as many KPIs as the Cabinet was told of."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Count, QuerySet

from esar.agree.scorecards.models import Kpi, ScorecardVersion
from esar.agree.strategic_kpis.models import Cascade, CascadeDecision, StrategicKpi
from esar.demo.nation_plan import JOINT_KIND, agendas_of_kpis, sample
from esar.law.rules.reading import read_rulebook
from esar.show.nation.registry import AsOf, as_json, checked, table_of
from tests.demo.make import Nation

BOOK = read_rulebook(Path("rulebook"), 2567)

PERFORMANCE = "performance"
KINDS = ("department", "province")
LIST_OF_18 = {
    f"{group}{n}" for group, last in (("e", 6), ("s", 7), ("n", 5)) for n in range(1, last + 1)
}


def _sizes(kpis: QuerySet[Kpi]) -> set[int]:
    """How many of them a scorecard has."""
    return set(Counter(kpis.values_list("scorecard", flat=True)).values())


def _counted(kpis: QuerySet[Kpi], path: str) -> Counter[str]:
    return Counter(kpis.values_list(path, flat=True))


@pytest.fixture
def nation(db: None) -> None:  # noqa: ARG001 what it writes into
    Nation()


@pytest.mark.usefixtures("nation")
def test_the_605_kpis_of_departments_are_218_cascaded_120_joint_and_267_others() -> None:
    kpis = Kpi.objects.filter(scorecard__body__kind="department", component=PERFORMANCE)
    joint = kpis.filter(kind=JOINT_KIND)
    cascaded = kpis.exclude(kind=JOINT_KIND).exclude(template__strategic_link="")
    assert (kpis.count(), cascaded.count(), joint.count()) == (605, 218, 120)


@pytest.mark.usefixtures("nation")
def test_the_294_strategic_kpis_are_172_cascaded_and_122_not_each_by_its_committee() -> None:
    decisions = CascadeDecision.objects.all()
    hosts = Counter(StrategicKpi.objects.values_list("host", flat=True))

    assert (StrategicKpi.objects.count(), decisions.count()) == (294, 294)
    assert (decisions.filter(cascaded=True).count(), Cascade.objects.count()) == (172, 218)
    assert not decisions.filter(cascaded=False, reason="").exists()
    assert len(hosts) == 38
    assert len(set(StrategicKpi.objects.values_list("name", flat=True))) == 294


def figures_of(code: str) -> dict[str, Any]:
    as_of = AsOf(BOOK, BOOK.year.last_day)
    table = table_of(code, as_of.rules)
    assert table is not None
    return as_json(row.figure for row in checked(table, table.rows(as_of), as_of))


T1 = {"total": 294, "cascaded": 172, "not_cascaded": 122, "shares": ["58.50", "41.50"]}
T2 = {
    "total": 605,
    "strategic": 218,
    "joint": 120,
    "other": 267,
    "shares": ["36.03", "19.84", "44.13"],
}


@pytest.mark.usefixtures("nation")
def test_the_tables_of_the_nation_are_counted_and_move_with_one_link() -> None:
    """Nothing in them is typed in."""
    assert (figures_of("T1"), figures_of("T2")) == (T1, T2)

    alone = Cascade.objects.annotate(links=Count("decision__links")).filter(links=1).first()
    assert alone is not None
    alone.delete()

    assert figures_of("T1") == T1 | {
        "cascaded": 171,
        "not_cascaded": 123,
        "shares": ["58.16", "41.84"],
    }
    assert figures_of("T2") == T2 | {
        "strategic": 217,
        "other": 268,
        "shares": ["35.87", "19.83", "44.30"],
    }


@pytest.mark.usefixtures("nation")
def test_tables_cost_as_many_queries_for_a_nation_as_for_a_few(
    django_assert_num_queries: Any,
) -> None:
    as_of = AsOf(BOOK, BOOK.year.last_day)
    for code, queries in (("T1", 4), ("T2", 0)):  # T2 counts what T1 has read
        table = table_of(code, as_of.rules)
        assert table is not None
        with django_assert_num_queries(queries):
            checked(table, table.rows(as_of), as_of)


@pytest.mark.usefixtures("nation")
def test_departments_have_three_to_five_and_provinces_five_to_seven_kpis_of_their_own() -> None:
    own = Kpi.objects.filter(component=PERFORMANCE)
    sizes = {kind: _sizes(own.filter(scorecard__body__kind=kind)) for kind in KINDS}
    assert sizes == {"department": {3, 4, 5}, "province": {5, 6, 7}}


@pytest.mark.usefixtures("nation")
def test_provinces_choose_all_of_the_18_and_nothing_else() -> None:
    kpis = Kpi.objects.filter(scorecard__body__kind="province", component=PERFORMANCE)
    places = _counted(kpis, "template__indicator__listed_as")
    assert set(places) == {f"province-kpis/{item}" for item in LIST_OF_18}


@pytest.mark.usefixtures("nation")
def test_no_two_departments_have_a_kpi_of_one_name_but_by_function_together() -> None:
    kpis = Kpi.objects.filter(scorecard__body__kind="department", component=PERFORMANCE)
    names = _counted(kpis.exclude(kind="kind.joint-function"), "template__name")
    shared = _counted(kpis.filter(kind="kind.joint-function"), "template__name")
    assert set(names.values()) == {1}
    assert set(shared.values()) == {2}


@pytest.mark.usefixtures("nation")
def test_what_is_in_force_says_the_kind_of_each_kpi() -> None:
    kinds = Counter(
        kpi.kind
        for version in ScorecardVersion.objects.all()
        for kpi in version.agreed.kpis
        if kpi.component == PERFORMANCE
    )
    assert kinds == _counted(Kpi.objects.filter(component=PERFORMANCE), "kind")
    assert "" not in kinds


def test_81_departments_have_134_parts_in_the_agendas_and_120_kpis_for_them() -> None:
    parts = {agenda: part["departments"] for agenda, part in sample()["agendas"].items()}
    kpis = agendas_of_kpis(sample())
    assert {agenda: len(set(codes)) for agenda, codes in parts.items()} == {
        "water": 23,
        "greenhouse-gas": 28,
        "tourism": 29,
        "sme-otop": 31,
        "dust": 23,
    }
    assert set(kpis) == {code for codes in parts.values() for code in codes}
    assert (len(kpis), sum(map(len, kpis.values()))) == (81, 120)
