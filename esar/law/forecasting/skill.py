"""How good the projections were: past years projected in June, beside what then happened.

Four rules are held against the same cases:

- `ours`: warn when the projection gives missing the target at least the rulebook's probability;
- `last_year`: warn when last year's value would miss this year's target (the naive rule);
- `in_proportion`: warn when the months so far, carried on evenly, miss it (what people do by hand);
- `base_rate`: always say the share of earlier years' cases that missed; what knowing nothing of
  the KPI is worth. It warns of everyone or of no one.

Fair measures. The hit rate alone is won by warning everyone, the false-alarm rate alone by warning
no one; so both are shown, and balanced accuracy joins them. The Brier score looks at the
probabilities themselves: 0 is perfect, always saying "half" gives 0.25; rules that only say yes
or no pay for their certainty there, so it is fair mainly between `ours` and `base_rate`. All
figures are shown, whoever they flatter. On invented years they show that the method works on
paths of that make, not how it will do on a country's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import Any, Protocol

from esar.law.forecasting.paths import MONTHS, Direction, PastYear, Unknown
from esar.law.forecasting.projecting import project
from esar.law.rules.numbers import round_half_up
from esar.law.scoring.accumulation import How

KNOWN_IN_JUNE = 8  # October to May
YEARS_BEFORE = 3
RULES = ("ours", "last_year", "in_proportion", "base_rate")


class History(Protocol):
    """The past of one KPI, years in order; each year with the targets it had."""

    @property
    def rule(self) -> How: ...
    @property
    def direction(self) -> Direction: ...
    @property
    def years(self) -> tuple[PastYear, ...]: ...


@dataclass(frozen=True)
class Case:
    """One KPI in one past year: what each rule gave for missing, and whether it missed."""

    year: int
    missed: bool
    inside: bool  # whether it ended between the projection's low and high
    said: dict[str, float]


@dataclass(frozen=True)
class Measures:
    """How one rule did. Shares are 0 to 1, 4 decimals; None where nothing could be counted."""

    hits: int
    overlooked: int
    false_alarms: int
    left_alone: int
    brier: Decimal | None

    @property
    def hit_rate(self) -> Decimal | None:
        """Of those that missed, the share that was warned."""
        return _share(self.hits, self.hits + self.overlooked)

    @property
    def false_alarm_rate(self) -> Decimal | None:
        """Of those that reached their target, the share that was warned all the same."""
        return _share(self.false_alarms, self.false_alarms + self.left_alone)

    @property
    def precision(self) -> Decimal | None:
        """Of those that were warned, the share that missed."""
        return _share(self.hits, self.hits + self.false_alarms)

    @property
    def balanced(self) -> Decimal | None:
        """The mean of the hit rate and of the share rightly left alone; a coin gives 0.5."""
        if self.hit_rate is None or self.false_alarm_rate is None:
            return None
        return round_half_up((self.hit_rate + 1 - self.false_alarm_rate) / 2, 4)

    def hit_range(self) -> tuple[Decimal, Decimal] | None:
        """Where the hit rate lies 95 times in a hundred (Wilson), were cases independent."""
        return _between(self.hits, self.hits + self.overlooked)


@dataclass(frozen=True)
class Skill:
    """Every rule on the same cases. `inside`: the share that ended within the projected range."""

    cases: int
    missed: int
    inside: Decimal | None
    years: tuple[int, ...]
    rules: dict[str, Measures]

    def as_json(self) -> dict[str, Any]:
        """What is counted, so that `skill_of_json` gives the same again."""
        return {
            "cases": self.cases,
            "missed": self.missed,
            "inside": _text(self.inside),
            "years": list(self.years),
            "rules": {
                name: {**asdict(one), "brier": _text(one.brier)} for name, one in self.rules.items()
            },
        }


def skill_of_json(data: dict[str, Any]) -> Skill:
    """The skill that `Skill.as_json` wrote."""
    rules = {
        name: Measures(**{**one, "brier": _decimal(one["brier"])})
        for name, one in data["rules"].items()
    }
    return Skill(
        data["cases"], data["missed"], _decimal(data["inside"]), tuple(data["years"]), rules
    )


def _text(share: Decimal | None) -> str | None:
    return None if share is None else f"{share:f}"


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def skill(histories: Iterable[History], *, level: int = 1, warn_at: Decimal) -> Skill:
    """Project each past year that has at least three before it, as in June of that year.

    `level` is the target's number (1 the lowest), `warn_at` the probability from which one warns.
    """
    cases = [case for one in histories for case in _cases(one, level)]
    cases = _with_base_rate(cases)
    return Skill(
        len(cases),
        sum(case.missed for case in cases),
        _share(sum(case.inside for case in cases), len(cases)),
        tuple(sorted({case.year for case in cases})),
        {rule: measured(cases, rule, float(warn_at)) for rule in RULES},
    )


def _cases(history: History, level: int) -> Iterable[Case]:
    for place, year in enumerate(history.years):
        before = [one for one in history.years[:place] if one.value is not None]
        if len(before) < YEARS_BEFORE or year.value is None or len(year.targets) < level:
            continue
        path = {m: value for m, value in year.path.items() if m <= KNOWN_IN_JUNE}
        projection = project(
            before,
            path,
            year=year.year,
            direction=history.direction,
            targets=year.targets,
            level=level,
            rule=history.rule,
        )
        if isinstance(projection, Unknown):
            continue
        misses = _missing(history.direction, year.targets[level - 1])
        probabilities = {
            "ours": float(projection.miss),
            "last_year": float(misses(before[-1].value or Decimal(0))),
            "in_proportion": float(misses(_evenly(history.rule, path, before))),
        }
        inside = projection.low <= year.value <= projection.high
        yield Case(year.year, misses(year.value), inside, probabilities)


def _missing(direction: Direction, target: Decimal) -> Callable[[Decimal], bool]:
    if direction == "higher":
        return lambda value: value < target
    return lambda value: value > target


def _evenly(rule: How, path: dict[int, Decimal], before: Sequence[PastYear]) -> Decimal:
    """The year's end if it went on evenly; last year's value where no month is known."""
    if not path:
        return before[-1].value or Decimal(0)
    month = max(path)
    return path[month] * MONTHS / month if rule == "sum" else path[month]


def _with_base_rate(cases: list[Case]) -> list[Case]:
    """Each case with the share that missed in years before it; half where there were none."""
    completed = []
    for case in cases:
        earlier = [one.missed for one in cases if one.year < case.year]
        share = sum(earlier) / len(earlier) if earlier else 0.5
        completed.append(replace(case, said=case.said | {"base_rate": share}))
    return completed


def measured(cases: Sequence[Case], rule: str, warn_at: float) -> Measures:
    """One rule's counts and Brier score over the cases."""
    counts = {(warned, missed): 0 for warned in (True, False) for missed in (True, False)}
    for case in cases:
        counts[case.said[rule] >= warn_at, case.missed] += 1
    brier = None
    if cases:
        wrong = sum((case.said[rule] - case.missed) ** 2 for case in cases) / len(cases)
        brier = round_half_up(Decimal(repr(wrong)), 4)
    return Measures(
        counts[True, True], counts[False, True], counts[True, False], counts[False, False], brier
    )


def _share(part: int, whole: int) -> Decimal | None:
    return round_half_up(Decimal(part) / whole, 4) if whole else None


def _between(part: int, whole: int) -> tuple[Decimal, Decimal] | None:
    if not whole:
        return None
    from statsmodels.stats.proportion import (  # type: ignore[import-untyped]
        proportion_confint,
    )

    low, high = proportion_confint(part, whole, method="wilson")
    return (
        round_half_up(Decimal(repr(float(low))), 4),
        round_half_up(Decimal(repr(float(high))), 4),
    )
