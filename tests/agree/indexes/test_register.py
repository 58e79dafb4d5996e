"""OPDC keeps international indexes once: who may, what is refused, what the list and page show."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from esar.agree.indexes import actions
from esar.agree.indexes.models import HostChange, IndexEdition, InternationalIndex
from esar.kernel.problems import Refused
from esar.platform.history.queries import timeline
from esar.platform.lifecycle.drafts import Conflict, mark_of
from tests.agree.indexes.make import (
    EDITION,
    HOST_CHANGE,
    INDEX,
    host_did,
    listed,
    moment,
    with_edition,
)
from tests.agree.make_forms import browser, typed
from tests.make import FEBRUARY, World

pytestmark = pytest.mark.django_db


def refused(act: Callable[[], Any]) -> list[str]:
    with pytest.raises(Refused) as refusal:
        act()
    return [problem.code for problem in refusal.value.problems]


@pytest.mark.parametrize("role", ["reporter", "secretary", "administrator", "auditor", "nobody"])
def test_opdcs_analysts_alone_keep_the_register(world: World, role: str) -> None:
    index, who = listed(world), moment(world.by_role[role])

    assert refused(lambda: actions.save_index(INDEX, **who)) == ["access.wrong_role"]
    assert refused(lambda: actions.save_edition(index, EDITION, **who)) == ["access.wrong_role"]
    assert refused(lambda: actions.record_host_change(index, HOST_CHANGE, **who)) == [
        "access.wrong_role"
    ]


def test_a_code_stands_once_and_the_same_index_sent_twice_is_there_already(world: World) -> None:
    index = listed(world)

    assert listed(world) == index
    assert refused(lambda: listed(world, name="อื่น")) == ["index.code_taken"]


def test_of_two_who_change_an_index_the_later_does_not_win_unseen(world: World) -> None:
    index = listed(world)
    seen = mark_of(actions.index_text(index))
    analyst: dict[str, Any] = {**moment(world.analyst), "index": index}
    actions.save_index({**INDEX, "host": "ก", "seen": seen}, **analyst)
    with pytest.raises(Conflict):
        actions.save_index({**INDEX, "host": "ข", "seen": seen}, **analyst)

    assert InternationalIndex.objects.get().host == "ก"


def test_a_change_of_an_index_leaves_its_code(world: World) -> None:
    index = listed(world)
    analyst: dict[str, Any] = {**moment(world.analyst), "index": index}
    actions.save_index({**INDEX, "code": "OTHER", "name": "ชื่อใหม่"}, **analyst)
    stored = InternationalIndex.objects.get()

    assert (stored.code, stored.name) == ("WCR", "ชื่อใหม่")


def test_an_edition_says_rank_or_score_of_a_day_that_is_there_once(world: World) -> None:
    index = listed(world)
    edition = with_edition(world, index)

    assert with_edition(world, index) == edition
    assert refused(lambda: with_edition(world, index, rank=31)) == ["index.edition_is_there"]
    assert refused(
        lambda: with_edition(
            world, index, edition="2024", published_on=date(2024, 6, 1), rank=None, score=None
        )
    ) == ["index.published_later", "index.edition_says_nothing"]


def test_an_edition_is_corrected_and_the_history_tells_both(world: World) -> None:
    index = listed(world)
    edition = with_edition(world, index)
    seen = mark_of(actions.edition_text(edition))
    fields = {**EDITION, "rank": 31, "seen": seen}
    actions.save_edition(index, fields, **moment(world.analyst), edition=edition)
    event = timeline(index).first()

    assert IndexEdition.objects.get().rank == 31
    assert event is not None
    assert (event.verb, event.before["rank"], event.after["rank"]) == ("index.edition", 30, 31)


def test_what_a_host_did_is_of_a_day_that_is_there_and_ends_with_its_cancellation(
    world: World,
) -> None:
    index = listed(world)

    assert refused(lambda: host_did(world, index, day=date(2025, 1, 1))) == ["index.changed_later"]
    change = host_did(world, index, what="cancelled")
    assert host_did(world, index, what="cancelled") == change
    assert refused(lambda: host_did(world, index)) == ["index.is_cancelled"]
    assert HostChange.objects.count() == 1


def test_the_list_shows_the_newest_edition_and_is_narrowed_by_name_and_standing(
    world: World,
) -> None:
    index, other = listed(world), listed(world, code="GII", name="ดัชนีนวัตกรรม")
    with_edition(world, index)
    with_edition(world, index, edition="2022", published_on=date(2022, 6, 15), rank=33)
    host_did(world, other, what="cancelled")
    client, page = browser(world.reporter, FEBRUARY), reverse("indexes:indexes")

    def codes(query: str) -> list[str]:
        answer = client.get(f"{page}?{query}")
        return [line.row.code for line in answer.context["list"].lines]

    assert codes("") == ["WCR", "GII"]
    assert codes("q=นวัตกรรม") == ["GII"]
    assert codes("standing=False") == ["WCR"]
    assert codes("standing=True") == ["GII"]
    file = client.get(reverse("indexes:indexes-export", args=["csv"]))
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert [(row["code"], row["edition"], row["rank"], row["score"]) for row in rows] == [
        ("WCR", "2023", "30", "74.5"),
        ("GII", "", "", ""),
    ]
    assert client.get(reverse("indexes:indexes-export", args=["xlsx"])).status_code == 200


def test_an_analyst_keeps_an_index_by_its_pages(world: World) -> None:
    client = browser(world.analyst, FEBRUARY)
    new, page = reverse("indexes:index-new"), reverse("indexes:index", args=["WCR"])
    answer = client.post(new, typed(client.get(new), **INDEX | {"code": " wcr "}))
    assert (answer.status_code, answer["Location"]) == (302, page)

    address = reverse("indexes:edition-new", args=["WCR"])
    figures = {"edition": "2023", "published_on": "2023-06-20", "rank": "๓๐", "score": "74.50"}
    assert client.post(address, typed(client.get(address), **figures)).status_code == 302
    edition = IndexEdition.objects.get()
    assert (edition.rank, f"{edition.score:f}".rstrip("0")) == (30, "74.5")

    address = reverse("indexes:edition-edit", args=["WCR", edition.pk])
    assert client.post(address, typed(client.get(address), rank="31")).status_code == 302
    assert IndexEdition.objects.get().rank == 31

    address = reverse("indexes:index-edit", args=["WCR"])
    assert client.post(address, typed(client.get(address), host="ใหม่")).status_code == 302
    assert InternationalIndex.objects.get().host == "ใหม่"

    address = reverse("indexes:host-change", args=["WCR"])
    did = {**HOST_CHANGE, "day": "2024-01-15"}
    assert client.post(address, typed(client.get(address), **did)).status_code == 302
    assert [event.verb for event in client.get(page).context["events"]] == [
        "index.host_changed",
        "index.changed",
        "index.edition",
        "index.edition",
        "index.listed",
    ]


def test_all_that_is_wrong_with_an_edition_is_told_beside_its_fields(world: World) -> None:
    listed(world)
    client, address = browser(world.analyst, FEBRUARY), reverse("indexes:edition-new", args=["WCR"])
    page = client.get(address)
    wrong = typed(page, edition="2024", published_on="2024-06-01", rank="", score="")
    answer = client.post(address, wrong)

    assert (answer.status_code, answer.context["form"].errors) == (
        422,
        {
            "published_on": ["วันที่เผยแพร่ต้องไม่หลังวันนี้ (10 กุมภาพันธ์ 2567) โปรดแก้วันที่"],
            "rank": ["โปรดกรอกอันดับ คะแนน หรือทั้งสองอย่าง"],
        },
    )
    answer = client.post(address, {**wrong, "published_on": "2023-06-01", "rank": "0"})
    assert answer.context["form"].errors == {"rank": ["อันดับเริ่มที่ 1 โปรดแก้ไข หรือเว้นว่างหากไม่มีอันดับ"]}
