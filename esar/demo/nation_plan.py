"""Which KPIs the invented nation has in fiscal year 2567: counts as printed, names invented.

Read from `samples/nation-2567-demo.yaml` and always the same. A department's KPI is joint by agenda
(its kind is `kind.joint-agenda`, and `agenda` names which), else meant as cascaded from a strategic
KPI (it has a `strategic_link`), else neither. A province's KPI has its place in the list of 18.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product
from random import Random
from typing import Any

import yaml
from django.conf import settings

SAMPLE = "nation-2567-demo.yaml"
YEAR = 2567
PERFORMANCE = 70
JOINT_KIND = "kind.joint-agenda"
LINKS = ("same", "cascade", "cascade", "cascade", "proxy")
# Of ten KPIs that are cascaded, or are others, so many are of each kind.
STRATEGIC_KINDS = {"kind.agenda.department": 7, "kind.basic": 2, "kind.international": 1}
OTHER_KINDS = {"kind.agenda.department": 3, "kind.basic": 6, "kind.international": 1}
PAIRS = 30  # of departments of one ministry that have a KPI by function together
MOST_JOINT = 3  # joint KPIs of one department


@dataclass(frozen=True)
class PlannedKpi:
    """A KPI of the invented nation; `targets` are the lowest level first, in its unit."""

    name: str
    unit: str
    direction: str
    kind: str
    targets: tuple[str, ...]
    strategic_link: str = ""
    agenda: str = ""  # of a joint KPI of a department
    item: str = ""  # of a province: its place in the list of 18
    partner: str = ""  # of a joint KPI by function: the other department

    @property
    def dimension(self) -> str:
        """Of the three that the list of provinces' KPIs has."""
        return {"e": "economic", "s": "social", "n": "environment"}.get(self.item[:1], "")


def sample() -> dict[str, Any]:
    """What the sample says."""
    plan: dict[str, Any] = yaml.safe_load((settings.SAMPLES / SAMPLE).read_text("utf-8"))
    return plan


def plan_of_nation(
    parents: Mapping[str, str], provinces: Mapping[str, str], names: Mapping[str, str]
) -> dict[str, list[PlannedKpi]]:
    """Body's code → its KPIs.

    `parents` has each department's ministry, `provinces` each province's name, and `names` what
    the list calls each of the 18.
    """
    plan, random = sample(), Random(YEAR)
    kpis = _departments(plan, parents, random)
    for code in provinces:
        kpis[code] = list(_province(code, plan["provinces"], names, random))
    return kpis


def agendas_of_kpis(plan: Mapping[str, Any]) -> dict[str, list[str]]:
    """Department → the agendas that it has a KPI for: 120 of its 134 parts in them.

    Those with most parts go without a KPI for the last of them.
    """
    agendas: dict[str, list[str]] = defaultdict(list)
    for agenda, part in plan["agendas"].items():
        for code in part["departments"]:
            agendas[code].append(agenda)
    over = sum(map(len, agendas.values())) - plan["departments"]["joint"]
    for size in range(max(map(len, agendas.values())), 1, -1):
        for code in sorted(agendas):
            if over and len(agendas[code]) == size:
                agendas[code].pop()
                over -= 1
    return dict(agendas)


def _departments(
    plan: Mapping[str, Any], parents: Mapping[str, str], random: Random
) -> dict[str, list[PlannedKpi]]:
    """3 to 5 KPIs of each department, together as many of each class as the plan counts."""
    counted, agendas = plan["departments"], agendas_of_kpis(plan)
    codes = sorted(parents)
    places = _places(counted["kpis"], agendas, codes, random)
    free = {code: places[code] - len(agendas.get(code, ())) for code in codes}
    strategic = _strategic_places(counted["strategic"], free, random)
    names = {
        agenda: _names(plan["agendas"][agenda]["topics"], plan["joint_measures"], random)
        for agenda in plan["agendas"]
    }
    own_names = {
        parent: _names(topics, plan["measures"], random)
        for parent, topics in plan["topics"].items()
    }
    kpis: dict[str, list[PlannedKpi]] = {}
    for code in codes:
        joint = [
            replace(next(names[agenda]), kind=JOINT_KIND, agenda=agenda)
            for agenda in agendas.get(code, ())
        ]
        cascaded = [
            replace(
                next(own_names[parents[code]]),
                kind=_drawn(STRATEGIC_KINDS, random),
                strategic_link=random.choice(LINKS),
            )
            for _ in range(strategic[code])
        ]
        plain_kpis = [
            replace(next(own_names[parents[code]]), kind=_drawn(OTHER_KINDS, random))
            for _ in range(free[code] - strategic[code])
        ]
        kpis[code] = [*cascaded, *joint, *plain_kpis]
    _pair(kpis, parents)
    return kpis


def _drawn(kinds: Mapping[str, int], random: Random) -> str:
    return random.choices(tuple(kinds), tuple(kinds.values()))[0]


def _places(
    kpis: int, agendas: Mapping[str, list[str]], codes: list[str], random: Random
) -> dict[str, int]:
    """How many KPIs each department has: at least 3 and one besides its joint ones, at most 5."""
    places = {code: max(3, len(agendas.get(code, ())) + 1) for code in codes}
    while sum(places.values()) < kpis:
        code = random.choice(codes)
        places[code] = min(places[code] + 1, 5)
    return places


def _strategic_places(strategic: int, free: Mapping[str, int], random: Random) -> dict[str, int]:
    """How many of each department's other KPIs are cascaded; every twelfth department has none."""
    linked = [code for place, code in enumerate(sorted(free)) if place % 12]
    chosen = dict.fromkeys(free, 0) | dict.fromkeys(linked, 1)
    open_places = [code for code in linked for _ in range(free[code] - 1)]
    for code in random.sample(open_places, strategic - len(linked)):
        chosen[code] += 1
    return chosen


def _names(
    topics: Iterable[str], measures: Iterable[Mapping[str, Any]], random: Random
) -> Iterator[PlannedKpi]:
    """Every topic by every measure, each once, in an order that mixes them."""
    pairs = list(product(topics, measures))
    random.shuffle(pairs)
    for topic, measure in pairs:
        name = f"{measure['name'].format(topic=topic)} (สาธิต)"
        yield PlannedKpi(
            name, measure["unit"], measure["direction"], "", targets_of(measure, random)
        )


def targets_of(measure: Mapping[str, Any], random: Random) -> tuple[str, ...]:
    """Three levels about the usual one, the lowest first."""
    step = Decimal(str(measure["step"]))
    middle = Decimal(str(measure["middle"])) + step * random.randint(-3, 2)
    sign = 1 if measure["direction"] == "higher" else -1
    return tuple(f"{(middle + sign * step * place).normalize():f}" for place in (-1, 0, 1))


def _pair(kpis: dict[str, list[PlannedKpi]], parents: Mapping[str, str]) -> None:
    """Departments of one ministry have a KPI by function together, of one name.

    Every sixth pair has agreed on other targets: what a page warns of is there to be seen.
    """
    waiting: dict[str, list[str]] = defaultdict(list)
    for code in sorted(kpis):
        if _other_place(kpis[code]) is not None:
            waiting[parents[code]].append(code)
    pairs = [
        pair for codes in waiting.values() for pair in zip(codes[::2], codes[1::2], strict=False)
    ]
    for number, (first, second) in enumerate(pairs[:PAIRS]):
        place, mirror = _other_place(kpis[first]), _other_place(kpis[second])
        assert place is not None
        assert mirror is not None
        shared = replace(kpis[first][place], kind="kind.joint-function")
        targets = kpis[second][mirror].targets
        is_other = number % 6 == 5 and kpis[second][mirror].unit == shared.unit
        kpis[first][place] = replace(shared, partner=second)
        kpis[second][mirror] = replace(
            shared, partner=first, targets=targets if is_other else shared.targets
        )


def _other_place(kpis: list[PlannedKpi]) -> int | None:
    """Where the first KPI stands that is neither joint nor cascaded."""
    plain_places = [
        place for place, kpi in enumerate(kpis) if not kpi.agenda and not kpi.strategic_link
    ]
    return plain_places[0] if plain_places else None


def _province(
    code: str, measures: Mapping[str, Any], names: Mapping[str, str], random: Random
) -> Iterator[PlannedKpi]:
    """What every province of its sort has, and others up to 5 to 7."""
    fitting = {
        item: measure for item, measure in measures.items() if code in measure.get("only", (code,))
    }
    items = [item for item, measure in fitting.items() if measure.get("all")]
    rest = [item for item in fitting if item not in items]
    items += random.sample(rest, max(0, random.randint(5, 7) - len(items)))
    for item in sorted(items, key=list(measures).index):
        measure = measures[item]
        yield PlannedKpi(
            f"{names[item]} (สาธิต)",
            measure["unit"],
            measure["direction"],
            measure["kind"],
            targets_of(measure, random),
            item=item,
        )
