"""The invented nation has as many KPIs as the Cabinet was told of."""

from __future__ import annotations

from collections import Counter

import pytest
from django.core.management import call_command
from django.db.models import QuerySet

from esar.agree.scorecards.models import Kpi, ScorecardVersion
from esar.demo.nation_plan import JOINT_KIND, agendas_of_kpis, sample
from esar.demo.national import make_nation
from tests.make import AT

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
    call_command("load_registry", verbosity=0)
    make_nation(at=AT, progress=lambda *_: None, in_force=True, past_years=0)


@pytest.mark.usefixtures("nation")
def test_the_605_kpis_of_departments_are_218_cascaded_120_joint_and_267_others() -> None:
    kpis = Kpi.objects.filter(scorecard__body__kind="department", component=PERFORMANCE)
    joint = kpis.filter(kind=JOINT_KIND)
    cascaded = kpis.exclude(kind=JOINT_KIND).exclude(template__strategic_link="")
    assert (kpis.count(), cascaded.count(), joint.count()) == (605, 218, 120)


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
