"""The invented international index that demo KPIs name; its rows say demo."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from esar.agree.indexes.actions import edition_text, index_text
from esar.agree.indexes.models import HostChange, IndexEdition, InternationalIndex
from esar.agree.indexes.signals import tell_of
from esar.demo.answers import INDEX_CODE, INDEX_NAME
from esar.platform.history.actions import record

CHANGED_ON = date(2023, 9, 28)  # before every day that the demo begins on
DETAILS = "ผู้จัดทำดัชนีปรับวิธีคำนวณและมาตรวัด ค่าของฉบับก่อนเทียบกับฉบับใหม่ไม่ได้ (สาธิต)"
SOURCE = "หนังสือแจ้งของผู้จัดทำดัชนี (สาธิต)"
EDITIONS = (("2566", date(2023, 6, 20), 30, "74.5"), ("2565", date(2022, 6, 15), 33, "72.1"))


def make_demo_index(*, at: datetime) -> InternationalIndex:
    """The index with its editions, once."""
    index, is_new = InternationalIndex.objects.get_or_create(
        code=INDEX_CODE,
        defaults={
            "name": INDEX_NAME,
            "host": "องค์การระหว่างประเทศ (สาธิต)",
            "scale": "0–100 คะแนน จาก 64 เขตเศรษฐกิจ",
            "is_demo": True,
        },
    )
    if is_new:
        record("index.listed", index, by=None, at=at, after=index_text(index))
        for edition, published_on, rank, score in EDITIONS:
            written = IndexEdition.objects.create(
                index=index,
                edition=edition,
                published_on=published_on,
                rank=rank,
                score=Decimal(score),
            )
            record("index.edition", index, by=None, at=at, after=edition_text(written))
        _change(index, at)
    return index


def _change(index: InternationalIndex, at: datetime) -> None:
    """What its host did: whoever holds a KPI that names it is told, and may ask for a change."""
    change = HostChange.objects.create(
        index=index,
        what=HostChange.What.CHANGED,
        day=CHANGED_ON,
        details=DETAILS,
        source=SOURCE,
        recorded_at=at,
    )
    after = {"host_change": change.what, "day": CHANGED_ON.isoformat(), "details": DETAILS}
    record("index.host_changed", index, by=None, at=at, after=after | {"source": SOURCE})
    tell_of(change, at=at, on=timezone.localdate(at))
