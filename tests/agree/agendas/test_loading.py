"""OPDC loads the sub-indicators of a year from a file: whole, or not at all."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from esar.agree.agendas.actions import end_sub_indicator, load_file, name_kpi, save_main_value
from esar.agree.agendas.checks import shortfall
from esar.agree.agendas.models import Holder, MainIndicatorValue, SubIndicator
from esar.agree.agendas.queries import holders_on, sub_indicators_on
from esar.agree.indicators.models import Indicator
from esar.kernel.problems import Refused
from esar.kernel.wording import problem_sentence
from esar.platform.organisations.models import Body
from esar.platform.ui import clock
from tests.agree.agendas.make import (
    AT,
    AT_JULY,
    DUST,
    GOOD,
    HEAD,
    JULY,
    ON,
    WATER,
    YEAR,
    enterprise,
    holders,
    load,
    sub,
)
from tests.make import World

pytestmark = pytest.mark.django_db
TAKES = "1-01,water,supply,access,จำนวนแหล่งน้ำ,แห่ง,higher,80,yes,"


@pytest.fixture
def loaded(world: World) -> World:
    enterprise()
    assert not load(world).problems
    return world


def codes(world: World, text: str) -> list[tuple[str, int | None]]:
    """What is wrong with a file's rows: each code with its row."""
    problems = load(world, text).problems
    return [(problem.code, problem.place.row if problem.place else None) for problem in problems]


@pytest.mark.usefixtures("loaded")
def test_a_file_makes_sub_indicators_and_their_holders() -> None:
    assert holders("1-01") == [("DIT", ["70", "75", "80"]), ("TAT", ["5"])]
    assert holders("5-01") == [("TH-74", ["26", "24", "22"])]
    assert (sub("1-01").agenda, sub("1-01").stage, sub("1-01").adds) == ("water", "access", True)
    assert sub("1-01").first_day == ON


def test_the_same_file_again_changes_nothing_and_another_target_is_a_change(
    loaded: World,
) -> None:
    again = load(loaded)
    changed = load(loaded, GOOD.replace("70,75,80", "71,75,80"))

    assert (again.new, again.changed, again.same) == (0, 0, 5)
    assert (changed.new, changed.changed, changed.same) == (0, 1, 4)
    assert holders("1-01")[0] == ("DIT", ["71", "75", "80"])


def test_another_text_is_a_new_version(loaded: World) -> None:
    load(loaded, GOOD.replace("จำนวนแหล่งน้ำ", "จำนวนแหล่งน้ำที่ฟื้นฟู"))

    assert (sub("1-01").name, sub("1-01").version) == ("จำนวนแหล่งน้ำที่ฟื้นฟู", 2)


@pytest.mark.parametrize(
    ("rows", "problems"),
    [
        ("," + DUST.partition(",")[2], [("agenda.no_code", 2)]),
        (DUST.replace("dust", "peace"), [("agenda.unknown_agenda", 2)]),
        (DUST.replace(",air,", ",fire,"), [("agenda.unknown_target", 2)]),
        (DUST.replace(",start,", ",middle,"), [("agenda.unknown_stage", 2)]),
        (DUST.replace(",lower,", ",down,"), [("file.not_a_direction", 2)]),
        (DUST.replace(",no,", ",perhaps,"), [("agenda.not_yes_or_no", 2)]),
        (DUST.replace("TH-74", "TH-99"), [("agenda.unknown_body", 2)]),
        (DUST.replace(",TH-74,", ",,"), [("agenda.targets_of_nobody", 2)]),
        (DUST.replace("26,24,22", "26,24,"), [("agenda.targets_count", 2)]),
        (DUST.replace("26,24,22", "22,24,26"), [("agenda.targets_order", 2)]),
        (DUST.replace("26,24,22", "26,26,22"), [("agenda.targets_order", 2)]),
        (DUST.replace("26,", "many,"), [("file.not_a_number", 2), ("agenda.targets_count", 2)]),
        (DUST.replace("26,", "26.00001,"), [("form.too_many_decimals", 2)]),
        ("5-01,dust,air,,,,lower,,,TH-74,,,\n", [("agenda.row_incomplete", 2)]),
        (DUST + DUST, [("agenda.holder_twice", 2), ("agenda.holder_twice", 3)]),
        (DUST + DUST.replace("TH-74", "DIT").replace("start", "end"), [("agenda.row_differs", 3)]),
        (DUST.replace("PM2.5", "P" * 300), [("file.too_long", 2)]),
        (DUST.replace("5-01", "5-0123456789012345678901"), [("file.too_long", 2)]),
        (TAKES + "TAT,5,6,7\n", [("agenda.targets_count", 2)]),
    ],
)
def test_what_is_wrong_with_a_row_is_told_and_nothing_is_taken_in(
    world: World, rows: str, problems: list[tuple[str, int | None]]
) -> None:
    enterprise()

    told = codes(world, HEAD + rows)

    assert told[: len(problems)] == problems
    assert not SubIndicator.objects.exists()
    for problem in load(world, HEAD + rows).problems:
        for language in ("th", "en"):
            assert "{" not in problem_sentence(problem, language)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file.empty"),
        (b"one,two\n1,2\n", "agenda.no_header"),
        (HEAD.encode(), "file.no_rows"),
        ((HEAD + DUST * 5001).encode(), "agenda.too_many_rows"),
    ],
)
def test_a_file_without_a_table_is_refused(world: World, data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        load(world, data.decode())

    assert [problem.code for problem in refusal.value.problems] == [code]


def test_after_the_commission_approved_it_nothing_is_added_by_a_file(loaded: World) -> None:
    more = HEAD + "5-02,dust,air,end,จุดความร้อน,จุด,lower,,no,TH-74,30,20,10\n"
    later = load(loaded, more, on=JULY)
    other = load(loaded, HEAD + DUST.replace("TH-74", "DIT"), on=JULY)

    for refused in (later, other):
        assert [problem.code for problem in refused.problems] == ["agenda.only_by_cabinet"]
    assert not load(loaded, GOOD.replace("26,24,22", "25,24,22"), on=JULY).problems


def test_an_agenda_that_is_loaded_late_was_in_force_since_it_was_approved(world: World) -> None:
    load(world, HEAD + DUST, on=JULY)

    assert sub("5-01").first_day == date(2023, 11, 8)
    assert Holder.objects.get().first_day == date(2023, 11, 8)


def test_only_opdc_loads_the_list(world: World) -> None:
    for person in (world.reporter, world.approver):
        with pytest.raises(Refused) as refusal:
            load_file(GOOD.encode(), "list.csv", YEAR, by=person, at=AT, on=ON)
        assert [problem.code for problem in refusal.value.problems] == ["access.wrong_role"]


def test_targets_that_do_not_add_up_are_warned_of(loaded: World) -> None:
    both = list(Holder.objects.filter(sub_indicator=sub("1-01")))
    assert shortfall(sub("1-01"), both) is None  # 75 and 5 are 80

    load(loaded, GOOD.replace("TAT,5", "TAT,4"))
    both = list(Holder.objects.filter(sub_indicator=sub("1-01")))
    problem = shortfall(sub("1-01"), both)
    assert problem is not None
    assert problem_sentence(problem, "en") == (
        "The holders’ targets add up to 79, not to the main target of 80 แห่ง."
    )


def test_a_sub_indicator_is_merged_or_cut_with_a_reason(loaded: World) -> None:
    load(loaded, HEAD + WATER.replace("1-01", "1-02"))
    by_at_on = {"by": loaded.analyst, "at": AT, "on": ON}
    last = date(2023, 11, 7)

    merged = end_sub_indicator(
        sub("1-02"), into=sub("1-01"), reason="ลดภาระ", last_day=last, **by_at_on
    )
    cut = end_sub_indicator(sub("5-01"), into=None, reason="ตัดออก", last_day=last, **by_at_on)

    assert [(one.ending, one.last_day) for one in (merged, cut)] == [
        ("merged", last),
        ("cut", last),
    ]
    assert sub_indicators_on(YEAR, ON).count() == 3
    assert [one.code for one in sub_indicators_on(YEAR, date(2023, 11, 8))] == ["1-01"]
    assert {one.sub_indicator.code for one in holders_on(YEAR, date(2023, 11, 8))} == {"1-01"}
    for into, reason, code in (
        (None, "อีก", "agenda.left_already"),
        (sub("5-01"), "อีก", "agenda.left_already"),
    ):
        with pytest.raises(Refused) as refusal:
            end_sub_indicator(sub("1-02"), into=into, reason=reason, last_day=last, **by_at_on)
        assert refusal.value.problems[0].code == code


@pytest.mark.parametrize(
    ("into", "reason", "code"),
    [(None, "  ", "form.no_reason"), ("5-01", "รวม", "agenda.not_mergeable")],
)
def test_what_is_no_ending_is_refused(
    loaded: World, into: str | None, reason: str, code: str
) -> None:
    other = sub(into) if into else None
    with pytest.raises(Refused) as refusal:
        end_sub_indicator(
            sub("1-01"),
            into=other,
            reason=reason,
            last_day=ON,
            by=loaded.analyst,
            at=AT,
            on=ON,
        )

    assert [problem.code for problem in refusal.value.problems] == [code]


def test_a_value_of_a_main_indicator_is_written_and_replaced(loaded: World) -> None:
    source = Body.objects.get(code="TAT")
    by_at_on = {"by": loaded.analyst, "at": AT_JULY, "on": JULY}

    for value in ("61.2", "61.5"):
        save_main_value(YEAR, "water", 1, 2, Decimal(value), source, **by_at_on)

    row = MainIndicatorValue.objects.get()
    assert (row.place, row.quarter, row.value) == (1, 2, Decimal("61.5"))
    with pytest.raises(Refused):
        save_main_value(YEAR, "water", 3, 2, Decimal("1"), source, **by_at_on)


@pytest.mark.parametrize(
    ("quarter", "over"),
    [
        (1, date(2024, 1, 1)),
        (2, date(2024, 4, 1)),
        (4, date(2024, 10, 1)),
        (None, date(2024, 10, 1)),
    ],
)
def test_a_main_indicator_has_no_value_of_what_is_not_over(
    loaded: World, quarter: int | None, over: date
) -> None:
    source, by_at = Body.objects.get(code="TAT"), {"by": loaded.analyst, "at": AT}
    with pytest.raises(Refused) as refusal:
        save_main_value(
            YEAR,
            "water",
            1,
            quarter,
            Decimal("61"),
            source,
            on=over - timedelta(days=1),
            **by_at,
        )

    assert [problem.code for problem in refusal.value.problems] == ["agenda.period_not_over"]
    assert save_main_value(YEAR, "water", 1, quarter, Decimal("61"), source, on=over, **by_at)


def test_the_reporter_of_a_holder_names_its_kpi_and_nobody_else(loaded: World) -> None:
    holder = Holder.objects.get(body=loaded.province)
    indicator = Indicator.objects.create(code="TH-74-001", body=loaded.province)
    by_at_on = {"at": AT, "on": ON}

    named = name_kpi(holder, indicator, by=loaded.reporter, **by_at_on)

    assert named.indicator == indicator
    with pytest.raises(Refused):
        name_kpi(holder, None, by=loaded.analyst, **by_at_on)


def test_the_database_knows_no_body_outside_that_is_evaluated(world: World) -> None:  # noqa: ARG001
    with pytest.raises(IntegrityError), transaction.atomic():
        Body.objects.filter(pk=enterprise().pk).update(evaluated_from=ON)


def test_the_page_tells_row_by_row_and_answers_422_where_nothing_was_taken_in(
    world: World,
) -> None:
    enterprise()
    clock.pretend(ON)
    client = Client()
    client.force_login(world.analyst)
    client.cookies["language"] = "en"

    def send(text: str) -> tuple[int, str]:
        file = SimpleUploadedFile("list.csv", text.encode())
        answer = client.post(f"/sub-indicators/load/{YEAR}/", {"file": file})
        return answer.status_code, answer.content.decode()

    status, page = send(GOOD.replace(",start,", ",middle,"))
    assert (status, "This agenda has no stage “middle”" in page) == (422, True)
    status, page = send("one,two\n1,2\n")
    assert (status, "No header was found" in page) == (422, True)
    status, page = send(GOOD)
    assert (status, "Taken in: 5 new" in page) == (200, True)
    sent_back = client.get(f"/joint-kpis/holders.csv?year={YEAR}").content.decode("utf-8-sig")
    status, page = send(sent_back)
    assert (status, "0 new, 0 changed, 5 as before" in page) == (200, True)


@pytest.mark.parametrize(("unit", "taken"), [("ร้อยละ", ["70", "75", "80"]), ("แห่ง", [])])
def test_targets_of_a_file_may_carry_the_sign_of_their_unit(
    world: World, unit: str, taken: list[str]
) -> None:
    per_cent = WATER.replace("แห่ง", unit).replace(",80,yes", ",80%,yes")
    load(world, HEAD + per_cent.replace("70,75,80", "70%,75 %,๘๐%"))

    assert [holder.targets for holder in Holder.objects.all()] == ([taken] if taken else [])
