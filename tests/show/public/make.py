"""Bodies and results for tests, made by the same actions as the real ones."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from esar.judge.results.actions import record_result
from esar.judge.results.models import Result
from esar.law.scoring.facts import Given, Kpi, Scorecard
from esar.law.scoring.scorecard import score
from esar.platform.organisations.models import Body
from tests.law.scoring.make import book, measured
from tests.remembered import step

AT = datetime(2024, 11, 1, 9, 0, tzinfo=UTC)


@step
def ministry(code: str = "MOC") -> Body:
    fields = {
        "kind": "ministry",
        "name_th": f"กระทรวงทดสอบ {code}",
        "name_en": f"Ministry {code}",
        "source": "test",
    }
    return Body.objects.get_or_create(code=code, defaults=fields)[0]


@step
def department(code: str, name: str = "", parent: str = "MOC") -> Body:
    return Body.objects.create(
        code=code,
        kind="department",
        name_th=name or f"กรมทดสอบ {code}",
        name_en=f"Department {code}",
        abbr_th="ทส.",
        parent=ministry(parent),
        source="test",
        evaluated_from=date(2010, 10, 1),
    )


@step
def province(code: str, region: str = "เหนือ") -> Body:
    return Body.objects.create(
        code=code,
        kind="province",
        name_th=f"จังหวัดทดสอบ {code}",
        name_en=f"Province {code}",
        region_th=region,
        source="test",
        evaluated_from=date(2010, 10, 1),
    )


def card(body: Body, actual: str | None = "95", digital: str | None = "80") -> Scorecard:
    kpis = (
        Kpi("1", "performance", Decimal(70), measured("80 85 90", actual), "ตัวชี้วัดทดสอบ", "ร้อยละ"),
        Kpi("2.1", "digital", Decimal(20), Given(None if digital is None else Decimal(digital))),
        Kpi("2.2", "pmqa", Decimal(10), Given(Decimal(100))),
    )
    return Scorecard(2567, body.kind, body.name_th, "12m", kpis, code=body.code)


def result(body: Body, actual: str | None = "95", digital: str | None = "80") -> Result:
    one = score(card(body, actual, digital), book(2567))
    return record_result(body, one, is_demo=True, at=AT)
