"""`esar forecast`: how good the projections behind early warnings are."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import click

from esar.exchange.cli.output import Answer, answering
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import both
from esar.law.forecasting.invented import made_years
from esar.law.forecasting.skill import Measures, Skill, skill
from esar.law.rules.kinds import EarlyWarning
from esar.law.rules.reading import years_in

COLUMNS = (
    "rule",
    "warned",
    "hit_rate",
    "hit_range",
    "false_alarm_rate",
    "precision",
    "balanced",
    "brier",
)


@click.group()
def forecast() -> None:
    """วัดความแม่นของการคาดการณ์ / How good the projections are."""


@forecast.command("skill")
@click.option(
    "--seed",
    type=int,
    default=2567,
    show_default=True,
    help=both("cli.help.seed_of_the_invented_years"),
)
@answering
def skill_command(answer: Answer, seed: int) -> None:
    """วัดย้อนหลังด้วยข้อมูลสมมติ เทียบกับ “เหมือนปีก่อน” / Backtest on invented years."""
    rule = _rule(answer)
    backtest = skill(made_years(seed), level=rule.level, warn_at=rule.miss_at_least)
    if answer.as_json:
        answer.json({"seed": seed, "is_demo": True, **skill_as_json(backtest)})
        return
    answer.heading(
        answer.words(
            "forecast.skill",
            cases=backtest.cases,
            missed=backtest.missed,
            first=backtest.years[0],
            last=backtest.years[-1],
        )
    )
    headings = [answer.words(f"forecast.column.{name}") for name in COLUMNS]
    rows = [_row(name, one, answer) for name, one in backtest.rules.items()]
    answer.table(headings, rows, right=set(range(1, len(COLUMNS))))
    inside = _percent(backtest.inside)
    answer.print(
        answer.words("forecast.inside", inside=inside),
        answer.words("forecast.how_to_read"),
        answer.words("forecast.is_demo", seed=seed),
    )


def _rule(answer: Answer) -> EarlyWarning:
    """The newest rulebook's rule of warning: which target, and from which probability."""
    for year in reversed(years_in(answer.rulebook) if answer.rulebook.is_dir() else []):
        book = answer.book(year)
        rule = book.on(book.year.last_day).the(EarlyWarning)
        if rule is not None:
            value: EarlyWarning = rule.value
            return value
    raise Refused([Problem("cli.no_rulebooks", {"path": answer.rulebook})])


def _row(name: str, measures: Measures, answer: Answer) -> list[str]:
    between = measures.hit_range()
    hit_range = "–" if between is None else "–".join(_percent(edge) for edge in between)
    return [
        answer.words(f"forecast.rule.{name}"),
        str(measures.hits + measures.false_alarms),
        _percent(measures.hit_rate),
        hit_range,
        _percent(measures.false_alarm_rate),
        _percent(measures.precision),
        _percent(measures.balanced),
        "–" if measures.brier is None else f"{measures.brier:f}",
    ]


def _percent(share: Decimal | None) -> str:
    return "–" if share is None else f"{share * 100:.1f}"


def skill_as_json(backtest: Skill) -> dict[str, Any]:
    """Shares are 0 to 1 as decimal strings; null where nothing could be counted."""
    return {
        "cases": backtest.cases,
        "missed": backtest.missed,
        "years": list(backtest.years),
        "inside": _text(backtest.inside),
        "rules": {name: _measures(one) for name, one in backtest.rules.items()},
    }


def _measures(measures: Measures) -> dict[str, Any]:
    between = measures.hit_range()
    return {
        "hits": measures.hits,
        "overlooked": measures.overlooked,
        "false_alarms": measures.false_alarms,
        "left_alone": measures.left_alone,
        "hit_rate": _text(measures.hit_rate),
        "hit_range": None if between is None else [_text(edge) for edge in between],
        "false_alarm_rate": _text(measures.false_alarm_rate),
        "precision": _text(measures.precision),
        "balanced": _text(measures.balanced),
        "brier": _text(measures.brier),
    }


def _text(share: Decimal | None) -> str | None:
    return None if share is None else f"{share:f}"
