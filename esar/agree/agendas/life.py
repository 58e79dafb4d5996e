"""The life of a Cabinet resolution that adds a Joint KPI: enacted, its bodies hold it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from esar.agree.agendas.models import AdditionBody, Holder, MandatedAddition
from esar.agree.agendas.queries import closed_on
from esar.agree.agendas.states import ADDITION_MOVES
from esar.kernel.problems import Problem
from esar.law.rules.years import FiscalYear
from esar.platform.lifecycle.life import Act, Life
from esar.platform.organisations.models import Body


class AdditionLife(Life[MandatedAddition]):
    """Written by OPDC from the resolution's text, enacted by another of its officers."""

    name, model, page, body_at = "addition", MandatedAddition, "agendas:addition", ""
    moves, related = ADDITION_MOVES, ("sub_indicator",)
    written_by = ("addition.written",)

    def visible(self, person: Any, day: date) -> QuerySet[Any]:
        """OPDC's people see all of them; the door lets no others in. One query."""
        return MandatedAddition.objects.select_related("sub_indicator")

    def decided_about(self, thing: MandatedAddition) -> Collection[Body]:
        return list(Body.objects.filter(pk__in=[row.body_id for row in thing.bodies.all()]))

    def content(self, thing: MandatedAddition) -> Mapping[str, Any]:
        rows = thing.bodies.order_by("body__code").values_list("body__code", "when")
        return {
            "sub_indicator": thing.sub_indicator.code,
            "resolution": thing.resolution,
            "resolved_on": f"{thing.resolved_on}",
            "bodies": [list(row) for row in rows],
        }

    def check(self, act: Act[MandatedAddition]) -> Iterator[Problem]:
        if act.name == "drop":
            return
        addition = act.thing
        sub = addition.sub_indicator
        year = FiscalYear(sub.fiscal_year)
        if not year.first_day <= addition.resolved_on <= year.last_day:
            yield Problem("addition.day_outside", {"first": year.first_day, "last": year.last_day})
        elif (closed := closed_on(sub.fiscal_year, sub.agenda)) and addition.resolved_on <= closed:
            yield Problem("addition.not_in_mid_year", {"day": closed})
        if act.name == "enact":
            yield from self._twice(addition)

    def _twice(self, addition: MandatedAddition) -> Iterator[Problem]:
        """The bodies that are to hold it now and hold it already."""
        now = addition.bodies.filter(when=AdditionBody.When.NOW)
        if not now:
            yield Problem("addition.no_body")
        holders = Holder.objects.filter(sub_indicator=addition.sub_indicator, last_day=None)
        there = holders.filter(body__in=now.values("body")).order_by("body__code")
        if codes := tuple(there.values_list("body__code", flat=True)):
            yield Problem("addition.holds_already", {"bodies": codes})

    def carry_out(self, act: Act[MandatedAddition]) -> None:
        if act.name == "begin":
            AdditionBody.objects.bulk_create(
                AdditionBody(addition=act.thing, body=body, when=when)
                for body, when in act.given["bodies"]
            )
        if act.name == "enact":
            addition = act.thing
            now = addition.bodies.filter(when=AdditionBody.When.NOW)
            Holder.objects.bulk_create(
                Holder(
                    sub_indicator=addition.sub_indicator,
                    body_id=body_id,
                    addition=addition,
                    first_day=addition.resolved_on,
                    is_demo=addition.is_demo,
                )
                for body_id in now.values_list("body_id", flat=True)
            )


ADDITION_LIFE = AdditionLife()
