"""How far each set of a year has come: what was delivered, to how many, what is objected to."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from esar.report.central_data.data_sets.queries import DataSet
from esar.report.central_data.models import CentralValue, Delivery, Objection
from esar.report.central_data.queries import bodies_expected, counting
from esar.report.central_data.states import DeliveryState


@dataclass(frozen=True)
class Progress:
    """One set with its newest delivery and how many bodies have what."""

    set: DataSet
    delivery: Delivery | None
    in_checking: Delivery | None
    with_value: int
    without_data: int
    expected: int
    open_objections: int

    @property
    def status(self) -> str:
        """`none`, `checking`, `published` or `objections`: the most pressing one."""
        if self.in_checking:
            return "checking"
        if self.open_objections:
            return "objections"
        return "published" if self.delivery else "none"

    @property
    def missing(self) -> int:
        """Bodies to which nothing was delivered."""
        return max(self.expected - self.with_value - self.without_data, 0)


Key = tuple[str, str]


def progress_of(sets: list[DataSet], year: int) -> list[Progress]:
    """How far each set of a year has come. Three queries and one for each set's bodies."""
    deliveries: dict[Key, dict[str, Delivery]] = defaultdict(dict)
    for sent in Delivery.objects.filter(fiscal_year=year).defer("rows", "problems"):
        deliveries[sent.rule_id, sent.round_id].setdefault(sent.state, sent)  # newest first
    values = _counted(counting().filter(fiscal_year=year))
    objections = {
        (row["central_value__rule_id"], row["central_value__round_id"]): row["many"]
        for row in Objection.objects.filter(state="open", central_value__fiscal_year=year)
        .values("central_value__rule_id", "central_value__round_id")
        .annotate(many=Count("pk"))
        .order_by()
    }
    return [_progress(one, deliveries, values, objections) for one in sets]


def _counted(values: QuerySet[CentralValue]) -> dict[Key, tuple[int, int]]:
    """(rule, round) → how many bodies have a value, how many a reason why not."""
    rows = values.values("rule_id", "round_id").annotate(
        with_value=Count("pk", filter=Q(value__isnull=False)), many=Count("pk")
    )
    return {
        (row["rule_id"], row["round_id"]): (row["with_value"], row["many"] - row["with_value"])
        for row in rows.order_by()
    }


def _progress(
    data_set: DataSet,
    deliveries: dict[Key, dict[str, Delivery]],
    values: dict[Key, tuple[int, int]],
    objections: dict[Key, int],
) -> Progress:
    key = (data_set.rule_id, data_set.round_id)
    sent = deliveries.get(key, {})
    with_value, without = values.get(key, (0, 0))
    return Progress(
        data_set,
        sent.get(DeliveryState.PUBLISHED),
        sent.get(DeliveryState.CHECKING),
        with_value,
        without,
        bodies_expected(data_set).count(),
        objections.get(key, 0),
    )
