"""Invented orders that appoint the demo's committees, recorded by their secretaries."""

from __future__ import annotations

from datetime import date, datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from esar.agree.committees.models import AppointingOrder
from esar.agree.committees.orders import record_order
from esar.demo.sittings import SECRETARIES, person
from esar.demo.year import DAY
from esar.platform.organisations.models import Committee

DATED = date(2023, 9, 25)
SIGNED_BY = {
    "L2-MOC": "รัฐมนตรีว่าการกระทรวงพาณิชย์ (สาธิต)",
    "L2-P": "รัฐมนตรีว่าการกระทรวงมหาดไทย (สาธิต)",
}


@transaction.atomic
def make_demo_orders(*, at: datetime) -> None:
    """An order for each, once; again changes nothing."""
    for code, signer in SIGNED_BY.items():
        committee = Committee.objects.get(code=code)
        if AppointingOrder.objects.filter(committee=committee).exists():
            continue
        text = f"คำสั่งแต่งตั้ง{committee.name_th} เอกสารสาธิต ไม่ใช่คำสั่งจริง\n"
        order = record_order(
            committee,
            SimpleUploadedFile("คำสั่งแต่งตั้ง-สาธิต.txt", text.encode()),
            letter=f"คำสั่งที่ สาธิต/{code}",
            day=DATED,
            appointed_by=signer,
            by=person(SECRETARIES[code]),
            at=at,
            on=DAY,
        )
        AppointingOrder.objects.filter(pk=order.pk).update(is_demo=True)
