"""The circular letter of Samut Sakhon of 11 October 2560 to its 29 heads of offices, as a demo.

The letter and its list are the real ones; that some have received it is made up.
"""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from esar.demo.sittings import person
from esar.platform.evidence import actions as files
from esar.platform.evidence.models import StoredFile
from esar.platform.organisations.models import Body
from esar.report.letters import actions, offices
from esar.report.letters.life import LETTER_LIFE
from esar.report.letters.models import Enclosure, Letter
from esar.report.letters.queries import in_order
from esar.report.letters.receipts import actions as receipts

WORDS, LIST = "letter-skn.json", "letter-recipients-skn.csv"
SUMMARY = "letter-summary-skn.txt"
ON_PAPER, BY_LINK = slice(0, 7), slice(7, 12)  # of the list: who has received it


def make_demo_letters(*, at: datetime) -> None:
    """Write, sign and send the letter once, with the receipts of some; again changes nothing."""
    sender = Body.objects.get(code="TH-74")
    if Letter.objects.filter(sender=sender, is_demo=True).exists():
        return
    words = json.loads((settings.SAMPLES / WORDS).read_text("utf-8"))
    words["dated"] = on = date.fromisoformat(words["dated"])
    reporter, approver = person("reporter"), person("approver")
    letter = actions.write(sender, words, by=reporter, at=at, on=on)
    Letter.objects.filter(pk=letter.pk).update(is_demo=True)
    _enclose(letter, at, on)
    offices_of_list = offices.read((settings.SAMPLES / LIST).read_text("utf-8-sig"), LIST)
    actions.address(letter, [], offices_of_list, by=reporter, at=at, on=on)
    LETTER_LIFE.move(letter, "propose", by=reporter, at=at, on=on)
    LETTER_LIFE.move(letter, "send", by=approver, at=at, on=on)
    _receive(letter, at, on + timedelta(days=1))


def _enclose(letter: Letter, at: datetime, on: date) -> None:
    reporter = person("reporter")
    sent = SimpleUploadedFile("สรุปผลการประชุม.txt", (settings.SAMPLES / SUMMARY).read_bytes())

    def then(stored: StoredFile, name: str) -> Enclosure:
        return actions.enclose(letter, stored, name, by=reporter, at=at, on=on)

    files.receive(sent, subject=f"letter:{letter.pk}", by=reporter, at=at, then=then)


def _receive(letter: Letter, at: datetime, on: date) -> None:
    name = "เจ้าหน้าที่ธุรการ (สาธิต)"
    recipients = list(in_order(letter).select_related("letter__sender"))
    for recipient in recipients[ON_PAPER]:
        receipts.receive_on_paper(recipient, name, on, by=person("reporter"), at=at, on=on)
    for recipient in recipients[BY_LINK]:
        receipts.receive_by_link(recipient, name, at=at, on=on)
