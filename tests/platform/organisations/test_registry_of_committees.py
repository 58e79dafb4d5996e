"""Committees are rows of data: whom they consider, in which years, and what no row may do."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db.models import Q

from esar.kernel.problems import Refused
from esar.platform.history.models import Event
from esar.platform.organisations.models import Body, Committee, Jurisdiction
from esar.platform.organisations.queries import committee_for
from esar.platform.organisations.registry import load_registry
from tests.make import AT, committee
from tests.show.public.make import department

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The registry's files, to be changed."""
    return Path(shutil.copytree(settings.REGISTRY, tmp_path / "registry"))


def add_row(folder: Path, row: str) -> None:
    with (folder / "committees.csv").open("a", encoding="utf-8") as file:
        file.write(f"{row}\n")


def drop_rows(folder: Path, code: str) -> None:
    path = folder / "committees.csv"
    rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(row for row in rows if not row.startswith(f"{code},")) + "\n")


def considered_in(year: int) -> dict[str, tuple[int, int]]:
    """Rule → (committees, bodies evaluated in the year that they consider)."""
    in_years = Q(first_year=None) | Q(first_year__lte=year)
    committees = Committee.objects.filter(in_years, Q(last_year=None) | Q(last_year__gte=year))
    evaluated = Body.objects.filter(evaluated_from__lte=f"{year - 543}-09-30")
    bodies = Jurisdiction.objects.filter(committee__in=committees, body__in=evaluated)
    counts = Counter(committees.values_list("rule_id", flat=True))
    per_rule = Counter(bodies.values_list("committee__rule_id", flat=True))
    return {rule_id: (count, per_rule[rule_id]) for rule_id, count in counts.items()}


def test_each_year_has_the_committees_of_its_source_and_no_other() -> None:
    load_registry(settings.REGISTRY, at=AT)
    mechanism = {
        "committee.sub-commission": (1, 0),
        "committee.level1.departments": (1, 154),
        "committee.level1.provinces": (1, 76),
        "committee.level2.ministries": (18, 132),
        "committee.level2.single-bodies": (19, 19),
        "committee.level2.prime-ministers-office": (1, 3),
        "committee.level2.provinces": (1, 76),
    }

    # 2567: 18 + 19 + 1 + 1 = 39 (opdc-mechanism-2567 ข้อ 2.1.1-2.2: without Defence, ISOC, Police
    # and MECC). 2568: those four come back with 5 + 1 + 1 + 1 bodies, and DOLE at Education.
    assert considered_in(2567) == mechanism
    assert considered_in(2568) == mechanism | {
        "committee.level1.departments": (1, 163),
        "committee.level2.ministries": (19, 138),
        "committee.level2.single-bodies": (22, 22),
    }
    assert (
        considered_in(2554)
        == considered_in(2558)
        == {
            "committee.sub-commission": (1, 0),
            "committee.negotiation": (1, 76),
        }
    )
    assert considered_in(2561) == considered_in(2566) == {"committee.sub-commission": (1, 0)}


def test_a_second_committee_for_a_body_in_a_year_is_refused_in_one_sentence(folder: Path) -> None:
    load_registry(folder, at=AT)
    before = list(Committee.objects.values_list("code", "last_year"))
    add_row(folder, "EXTRA,committee.level2.provinces,2,kind,province,คณะที่สอง,Second,2568,,test")

    with pytest.raises(Refused) as refused:
        load_registry(folder, at=AT)

    problems = refused.value.problems
    assert {problem.code for problem in problems} == {"registry.two_committees"}
    assert len(problems) == 76
    figures = problems[0].figures
    assert (str(figures["body"]), figures["level"], figures["committees"], figures["year"]) == (
        Body.objects.get(code="TH-11").name_th,
        2,
        ("EXTRA", "L2-P"),
        2568,
    )
    assert list(Committee.objects.values_list("code", "last_year")) == before


def test_a_second_sub_commission_of_a_year_is_refused(folder: Path) -> None:
    add_row(folder, "SUB-2,committee.sub-commission,0,nothing,,อ.ก.พ.ร. ที่สอง,Another,2568,,test")

    with pytest.raises(Refused) as refused:
        load_registry(folder, at=AT)

    problem, *others = refused.value.problems
    assert others == []
    assert (problem.figures["committees"], problem.figures["year"]) == (("SUB", "SUB-2"), 2568)


def test_committees_that_follow_each_other_are_no_two_of_a_year(folder: Path) -> None:
    add_row(folder, "OLD,committee.negotiation,2,kind,province,คณะเดิม,The former,2559,2566,test")

    load_registry(folder, at=AT)

    province = Body.objects.get(code="TH-74")
    codes = [committee_for(province, 2, year) for year in (2558, 2559, 2566, 2567)]
    assert [committee and committee.code for committee in codes] == ["NEG-P", "OLD", "OLD", "L2-P"]


def test_a_row_that_says_nothing_known_is_refused_with_every_fault_at_once(folder: Path) -> None:
    add_row(folder, "A,committee.level2.provinces,2,everyone,,ก,A,2568,,test")
    add_row(folder, "B,committee.level2.provinces,2,bodies,DIT NOWHERE,ข,B,2568,,test")

    with pytest.raises(Refused) as refused:
        load_registry(folder, at=AT)

    assert [(p.code, p.place.row) for p in refused.value.problems] == [
        ("registry.considers_unknown", 10),
        ("registry.body_unknown", 11),
    ]
    assert refused.value.problems[1].figures == {"codes": ("NOWHERE",)}
    assert not Committee.objects.exists()


def test_the_command_says_the_sentence_and_loads_nothing(folder: Path, settings: object) -> None:
    settings.REGISTRY = folder  # type: ignore[attr-defined]
    add_row(folder, "A,committee.level2.provinces,2,everyone,,ก,A,2568,,test")

    with pytest.raises(CommandError) as error:
        call_command("load_registry")

    assert str(error.value).splitlines()[1] == (
        "committees.csv, row 10: The column considers says “everyone”, which is not known. "
        "Use one of nothing, kind, bodies, each_body_of, each_ministry."
    )
    assert not Body.objects.exists()


def test_what_the_files_no_longer_hold_ends_and_is_told(folder: Path) -> None:
    load_registry(folder, at=AT)
    old = Committee.objects.get(code="NEG-P")
    drop_rows(folder, "L2-P")
    drop_rows(folder, "NEG-P")
    load_registry(folder, at=AT)
    events = Event.objects.filter(verb="registry.ended").count()
    load_registry(folder, at=AT)

    # AT is in fiscal year 2567: the committee considers nothing from that year on
    ended = Committee.objects.get(code="L2-P")
    old.refresh_from_db()
    assert (ended.last_year, old.last_year) == (2566, 2558)
    assert Jurisdiction.objects.filter(committee__in=(ended, old)).count() == 0
    assert committee_for(Body.objects.get(code="TH-74"), 2, 2567) is None
    assert events == 76 + 76 + 1
    assert Event.objects.filter(verb="registry.ended").count() == events


def test_a_body_that_leaves_a_committee_and_a_body_that_leaves_the_files_end(
    folder: Path,
) -> None:
    load_registry(folder, at=AT)
    path = folder / "committees.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("OPM PRD OCPB", "OPM PRD"))
    agencies = folder / "agencies_outside_154.csv"
    rows = agencies.read_text(encoding="utf-8").splitlines(keepends=True)
    agencies.write_text("".join(row for row in rows if not row.startswith("BPI,")))
    load_registry(folder, at=AT)

    def codes(committee: str) -> list[str]:
        rows = Jurisdiction.objects.filter(committee__code=committee)
        return sorted(rows.values_list("body__code", flat=True))

    assert codes("L2-PMO") == ["OPM", "PRD"]
    assert codes("L2-OCPB") == ["OCPB"]
    assert Body.objects.get(code="BPI").last_day is not None
    assert Event.objects.filter(verb="registry.ended").count() == 2


def test_two_committees_by_another_way_are_refused_and_not_picked_from() -> None:
    body = department("DIT")
    for code in ("A", "B"):
        committee(code, "committee.level2.ministries", 2, body, years=(2567, None))

    with pytest.raises(Refused) as refused:
        committee_for(body, 2, 2567)

    assert refused.value.problems[0].figures["committees"] == ("A", "B")
