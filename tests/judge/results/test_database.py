"""The database refuses impossible rows, and a kept result is not quietly changed."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from esar.judge.results.actions import load_results
from esar.judge.results.models import Result
from esar.kernel.problems import Refused
from esar.platform.history.models import Event
from esar.platform.organisations.models import Body, Committee, Jurisdiction
from esar.platform.organisations.registry import load_registry
from tests.show.public.make import AT, department, ministry, province, result

pytestmark = pytest.mark.django_db


@pytest.mark.each_database
@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"kind": "club", "parent": None}, "body_kind_is_known|body_department_has_a_parent"),
        ({"parent": None}, "body_department_has_a_parent"),
        ({"first_day": "2024-01-02", "last_day": "2024-01-01"}, "body_days_run_forward"),
        ({"name_th": ""}, "body_names_are_not_empty"),
    ],
)
def test_an_impossible_body_is_refused(changes: dict[str, object], constraint: str) -> None:
    body = department("D1")

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Body.objects.filter(pk=body.pk).update(**changes)


UNEXPLAINED = {"explanation": {}, "grade_id": ""}


@pytest.mark.each_database
@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"total": "100.0001"} | UNEXPLAINED, "result_total_is_on_a_scale"),
        ({"total": "-0.0001"} | UNEXPLAINED, "result_total_is_on_a_scale"),
        ({"total": "99.99"}, "result_total_is_explained"),
        ({"out_of": "70"}, "result_full_mark_is_explained"),
        ({"grade_id": "standard-basic"}, "result_grade_is_explained"),
        ({"grade_id": ""}, "result_grade_is_explained"),
        ({"fiscal_year": 2024}, "result_year_is_buddhist"),
    ],
)
def test_an_impossible_result_is_refused(changes: dict[str, object], constraint: str) -> None:
    recorded = result(department("D1"))

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Result.objects.filter(pk=recorded.pk).update(**changes)


def test_the_same_result_again_is_the_same_row() -> None:
    body = department("D1")

    assert result(body).pk == result(body).pk


def test_another_result_does_not_overwrite_the_first() -> None:
    body = department("D1")
    first = result(body, "95")

    with pytest.raises(Refused) as refused:
        result(body, "82")

    assert refused.value.problems[0].code == "result.already_recorded"
    assert Result.objects.get(body=body).total == first.total


def test_a_kept_score_comes_back_to_the_last_digit() -> None:
    recorded = result(province("TH-99"), "81", "33.3333")
    again = Result.objects.get(pk=recorded.pk)

    # 55 × 0.7 + 33.3333 × 0.2 + 100 × 0.1 = 55.16666, rounded once to two decimals.
    assert (again.total, again.explanation["total"]) == (Decimal("55.17"), "55.17")
    assert again.explanation == recorded.explanation


def test_the_registry_loads_twice_to_the_same_rows() -> None:
    counts = []
    for _ in range(2):
        loaded = load_registry(settings.REGISTRY, at=AT)
        kinds = list(Body.objects.values_list("kind", flat=True))
        by_kind = [kinds.count(kind) for kind in ("ministry", "department", "province", "cluster")]
        counts.append((loaded.new, loaded.changed, by_kind))

    # 20 ministries and Defence; 154 departments and the ten outside them; eight bodies of agendas
    assert Event.objects.filter(verb="registry.added", subject_kind="body").count() == 287
    assert counts == [(287, 0, [21, 164, 76, 18]), (0, 0, [21, 164, 76, 18])]


def test_the_registry_gives_every_body_of_2567_its_committees() -> None:
    load_registry(settings.REGISTRY, at=AT)
    day = "2023-10-01"
    bodies = Body.objects.filter(evaluated_from__lte=day)
    heard = Jurisdiction.objects.filter(body__in=bodies, committee__last_year=None)
    second = set(heard.filter(committee__level=2).values_list("committee__code", flat=True))
    rules = Committee.objects.filter(code__in=second).values_list("rule_id", flat=True)

    assert (bodies.count(), heard.filter(committee__level=2).count()) == (230, 230)
    assert [
        list(rules).count(f"committee.level2.{kind}")
        for kind in ("ministries", "single-bodies", "prime-ministers-office", "provinces")
    ] == [18, 19, 1, 1]


def test_a_row_of_the_registry_that_changes_is_told_in_the_log() -> None:
    load_registry(settings.REGISTRY, at=AT)
    Body.objects.filter(code="DIT").update(abbr_th="เก่า")
    loaded = load_registry(settings.REGISTRY, at=AT)

    event = Event.objects.get(verb="registry.changed")
    assert (loaded.changed, event.before, event.after) == (
        1,
        {"abbr_th": "เก่า"},
        {"abbr_th": "คน."},
    )


def test_a_body_with_results_cannot_be_deleted() -> None:
    body = department("D1")
    result(body)

    with pytest.raises(IntegrityError):
        body.delete()


def test_a_file_that_is_not_sound_keeps_nothing(tmp_path: Path) -> None:
    ministry()
    bad = tmp_path / "bad.json"
    bad.write_text('[{"year": 2567}]', encoding="utf-8")

    with pytest.raises(Refused):
        load_results(bad, settings.RULEBOOK, at=AT, progress=lambda *_: None)
    assert Result.objects.count() == 0


def test_both_databases_are_what_they_are_called() -> None:
    assert connection.vendor == ("postgresql" if "ESAR_DATABASE_URL" in os.environ else "sqlite")
