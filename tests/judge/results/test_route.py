"""Results of 2554 are released after the steps of the year's own route, each with its day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from esar.judge.results.actions import record_step, release
from esar.judge.results.models import Result, RouteStep
from esar.judge.results.route import results_route
from esar.kernel.problems import Refused
from esar.kernel.wording import problem_sentence
from esar.platform.history.models import Event
from esar.platform.ui import clock
from tests.agree.scorecards.make_in_force import DECEMBER, at_noon, computed_2554
from tests.judge.results.make import released
from tests.judge.results.make_route import presented
from tests.make import World

FLOOD_WEEK = date(2011, 11, 2)
PAGE = "/release/route/2554/12m/"
STEPS = ("sub-commission", "commission", "cabinet")


@pytest.fixture(autouse=True)
def _own_day(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    clock.pretend(FLOOD_WEEK)


def computed(world: World) -> Result:
    result = computed_2554(world, FLOOD_WEEK, "92.5")
    clock.pretend(DECEMBER)
    return result


def released_now(world: World, result: Result) -> int:
    chosen = Result.objects.filter(pk=result.pk)
    return release(chosen, by=world.analyst, at=at_noon(DECEMBER), on=DECEMBER)


def client_of(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def record(world: World, step: str, day: date, meeting: str = "ครั้งที่ 3/2554") -> RouteStep:
    when: Any = {"by": world.analyst, "at": at_noon(DECEMBER), "on": DECEMBER}
    return record_step(2554, "12m", step, meeting=meeting, day=day, **when)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_a_release_waits_for_every_step_that_the_year_names(world: World) -> None:
    result = computed(world)

    with pytest.raises(Refused) as refused:
        released_now(world, result)
    sentences = [problem_sentence(problem, "en") for problem in refused.value.problems]
    assert [sentence.split(" (")[0] for sentence in sentences] == [
        f"The results of 2554, 12-month round, wait for a step of their route: “{does}”"
        for does in (
            "Presents the summary to the sub-commission",
            "Presents the summary to the commission",
            "Presents it to the Cabinet for acknowledgement",
        )
    ]
    assert Result.objects.get(pk=result.pk).state == "computed"


@pytest.mark.parametrize("missing", STEPS)
def test_each_step_is_waited_for(world: World, missing: str) -> None:
    result = computed(world)
    presented(world, 2554, day=DECEMBER)
    RouteStep.objects.filter(step=missing).delete()

    with pytest.raises(Refused) as refused:
        released_now(world, result)
    assert codes(refused) == ["route.step_missing"]


def test_after_the_last_step_it_is_released(world: World) -> None:
    result = computed(world)
    presented(world, 2554, day=DECEMBER)

    assert released_now(world, result) == 1


def test_a_year_whose_rules_name_no_such_step_waits_for_none(world: World) -> None:
    assert released(world).state == "released"
    assert client_of(world.analyst).get("/release/route/2567/6m/").status_code == 404


def test_rounds_that_the_route_is_not_of_wait_for_none() -> None:
    routes = [results_route(2554, round_id) for round_id in ("6m", "9m", "12m")]

    assert [route and route.id for route in routes] == [None, None, "results-route"]


@pytest.mark.parametrize(
    ("step", "day", "code"),
    [
        ("commission", DECEMBER, "route.step_before"),
        ("sub-commission", DECEMBER + timedelta(days=1), "route.day_to_come"),
        ("sub-commission", date(2011, 9, 29), "route.day_too_early"),
        ("analyse", DECEMBER, "route.no_such_step"),
        ("nothing", DECEMBER, "route.no_such_step"),
    ],
)
def test_a_step_is_recorded_in_its_order_and_on_a_day_that_can_be(
    world: World, step: str, day: date, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        record(world, step, day)
    assert (codes(refused), RouteStep.objects.count()) == ([code], 0)


def test_a_step_is_not_before_the_one_before_it_nor_after_the_next(world: World) -> None:
    record(world, "sub-commission", date(2011, 12, 10))
    with pytest.raises(Refused) as early:
        record(world, "commission", date(2011, 12, 9))
    record(world, "commission", date(2011, 12, 12))
    with pytest.raises(Refused) as late:
        record(world, "sub-commission", date(2011, 12, 13))

    assert (codes(early), codes(late)) == (["route.day_too_early"], ["route.day_too_late"])


def test_a_step_that_was_recorded_wrongly_is_recorded_anew_and_the_history_tells_both(
    world: World,
) -> None:
    record(world, "sub-commission", date(2011, 12, 10))
    record(world, "sub-commission", date(2011, 12, 11), "ครั้งที่ 4/2554")
    record(world, "sub-commission", date(2011, 12, 11), "ครั้งที่ 4/2554")

    events = Event.objects.filter(verb="result.step_recorded").order_by("number")
    first = {"step": "sub-commission", "meeting": "ครั้งที่ 3/2554", "day": "2011-12-10"}
    second = first | {"meeting": "ครั้งที่ 4/2554", "day": "2011-12-11"}
    assert [(event.before, event.after) for event in events] == [(None, first), (first, second)]
    assert RouteStep.objects.get().meeting == "ครั้งที่ 4/2554"


def test_only_an_analyst_records(world: World) -> None:
    computed(world)
    mark = client_of(world.analyst).get(PAGE).context["form"]["seen"].value()
    typed = {"step": "sub-commission", "meeting": "ครั้งที่ 3/2554", "day": "2011-12-10"}
    typed["seen"] = mark

    statuses = [
        client_of(person).post(PAGE, typed).status_code
        for person in (world.assessor, world.administrator, world.reporter, world.analyst)
    ]
    assert (statuses, RouteStep.objects.count()) == ([403, 403, 404, 302], 1)


def test_of_two_who_record_a_step_neither_writes_over_what_they_did_not_see(world: World) -> None:
    computed(world)
    client = client_of(world.analyst)
    mark = client.get(PAGE).context["form"]["seen"].value()
    record(world, "sub-commission", date(2011, 12, 10))
    typed = {"step": "sub-commission", "meeting": "ครั้งที่ 9/2554", "day": "2011-12-11"}
    without = client.post(PAGE, typed)
    late = client.post(PAGE, typed | {"seen": mark})

    assert (without.status_code, late.status_code) == (422, 422)
    assert RouteStep.objects.get().meeting == "ครั้งที่ 3/2554"
    form = late.context["form"]
    assert [row[1:] for row in form.kept_beside] == [
        ("ครั้งที่ 3/2554", "ครั้งที่ 9/2554"),
        ("2011-12-10", "2011-12-11"),
    ]
    assert form["meeting"].value() == "ครั้งที่ 9/2554"
    again = client.post(PAGE, typed | {"seen": form["seen"].value()})
    assert (again.status_code, RouteStep.objects.get().meeting) == (302, "ครั้งที่ 9/2554")


def test_the_page_tells_what_is_missing_and_keeps_what_was_typed(world: World) -> None:
    computed(world)
    client = client_of(world.analyst)
    shown = client.get(PAGE)
    typed = {"step": "cabinet", "meeting": "", "day": "2011-12-24"}
    answer = client.post(PAGE, typed)

    form = answer.context["form"]
    assert [step["record"] for step in shown.context["steps"]] == [None, None, None]
    assert (answer.status_code, sorted(form.errors)) == (422, ["meeting"])
    assert (form["day"].value(), form["step"].value()) == ("2011-12-24", "cabinet")
    assert 'href="/release/route/2554/12m/"' in client.get("/release/").content.decode()
    assert client.get("/release/route/2554/9m/").status_code == 404
