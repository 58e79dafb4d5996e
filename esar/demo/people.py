"""Demo people: one account for each role, for one province and one department. Said to be demo."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from esar.platform.organisations.actions import appoint
from esar.platform.organisations.models import Body, Committee, Person, Role

PASSWORD = "demo-esar-2567"
SINCE = date(2010, 9, 1)  # before the first year that can be tried

# (account, name, role, code of the body or committee, seat)
ACCOUNTS = (
    ("reporter", "ผู้รายงาน จังหวัดสมุทรสาคร", Role.REPORTER, "TH-74", ""),
    ("approver", "ผู้อนุมัติ จังหวัดสมุทรสาคร", Role.APPROVER, "TH-74", ""),
    ("reporter-dit", "ผู้รายงาน กรมการค้าภายใน", Role.REPORTER, "DIT", ""),
    ("approver-dit", "ผู้อนุมัติ กรมการค้าภายใน", Role.APPROVER, "DIT", ""),
    ("reporter-73", "ผู้รายงาน จังหวัดนครปฐม (ตัวชี้วัดมีผลแล้ว)", Role.REPORTER, "TH-73", ""),
    ("approver-73", "ผู้อนุมัติ จังหวัดนครปฐม", Role.APPROVER, "TH-73", ""),
    ("reporter-dbd", "ผู้รายงาน กรมพัฒนาธุรกิจการค้า (ตัวชี้วัดมีผลแล้ว)", Role.REPORTER, "DBD", ""),
    ("approver-dbd", "ผู้อนุมัติ กรมพัฒนาธุรกิจการค้า", Role.APPROVER, "DBD", ""),
    ("reporter-moc", "ผู้รายงาน กระทรวงพาณิชย์ (ตัวชี้วัดเชิงยุทธศาสตร์)", Role.REPORTER, "MOC", ""),
    ("approver-moc", "ผู้อนุมัติ กระทรวงพาณิชย์", Role.APPROVER, "MOC", ""),
    (
        "secretary-l1p",
        "เลขานุการ คณะทำงานจังหวัด (ระดับ 1)",
        Role.SECRETARY,
        "L1-P",
        "กรรมการและเลขานุการ",
    ),
    (
        "secretary-l1d",
        "เลขานุการ คณะทำงานส่วนราชการ (ระดับ 1)",
        Role.SECRETARY,
        "L1-D",
        "กรรมการและเลขานุการ",
    ),
    (
        "secretary-l2p",
        "เลขานุการ คณะกรรมการจังหวัด (ระดับ 2)",
        Role.SECRETARY,
        "L2-P",
        "กรรมการและเลขานุการ",
    ),
    (
        "secretary-moc",
        "เลขานุการ คณะกรรมการกระทรวงพาณิชย์ (ระดับ 2)",
        Role.SECRETARY,
        "L2-MOC",
        "กรรมการและเลขานุการ",
    ),
    ("secretary-sub", "เลขานุการ อ.ก.พ.ร.", Role.SECRETARY, "SUB", "เลขานุการ"),
    (
        "secretary-neg",
        "เลขานุการ คณะกรรมการเจรจาข้อตกลงฯ (ปี 2554)",
        Role.SECRETARY,
        "NEG-P",
        "เลขานุการ",
    ),
    ("member", "กรรมการ คณะกรรมการจังหวัด (ระดับ 2)", Role.MEMBER, "L2-P", "กรรมการ"),
    ("analyst", "นักวิเคราะห์ สำนักงาน ก.พ.ร.", Role.ANALYST, "", ""),
    ("administrator", "ผู้ดูแลระบบ สำนักงาน ก.พ.ร.", Role.ADMINISTRATOR, "", ""),
    ("assessor", "ผู้ประเมิน", Role.ASSESSOR, "", ""),
    ("minister", "สำนักงานรัฐมนตรี กระทรวงพาณิชย์", Role.MINISTERS_OFFICE, "MOC", ""),
    ("assessor-2", "ผู้ประเมิน คนที่ 2", Role.ASSESSOR, "", ""),
    ("assessor-3", "ผู้ประเมิน คนที่ 3", Role.ASSESSOR, "", ""),
    ("assessor-4", "ผู้ประเมิน คนที่ 4", Role.ASSESSOR, "", ""),
    ("interior", "สำนักงานรัฐมนตรี กระทรวงมหาดไทย", Role.MINISTERS_OFFICE, "MOI", ""),
    ("prime", "สำนักนายกรัฐมนตรี (นายกฯ/รองนายกฯ)", Role.MINISTERS_OFFICE, "PMO", ""),
    ("owner", "เจ้าภาพข้อมูลกลาง", Role.CENTRAL_OWNER, "OPDC", ""),
    ("statistics", "สำนักงานสถิติแห่งชาติ (ผลสำรวจ ปี 2554)", Role.CENTRAL_OWNER, "NSO", ""),
    ("energy-73", "สำนักงานพลังงานจังหวัดนครปฐม (ปี 2561)", Role.CENTRAL_OWNER, "TH-73", ""),
    ("auditor", "ผู้ตรวจสอบ", Role.AUDITOR, "", ""),
)
BODIES = (
    "TH-70",
    "TH-71",
    "TH-72",
    "TH-75",
    "DFT",
)  # that no account is for: their papers are under way
COMMITTEES = ("SUB", "L1-P", "L1-D", "L2-P", "L2-MOC", "NEG-P")


@transaction.atomic
def make_demo_people(*, at: datetime) -> list[tuple[str, str]]:
    """Make the accounts that are missing, with a chair and a member for each committee, and who
    reports and approves for the bodies whose papers are under way.

    Gives (e-mail, name) of each account. Again changes nothing.
    """
    accounts = []
    for account, name, role, code, seat in ACCOUNTS:
        email = f"demo-{account}@example.test"
        accounts.append((email, name))
        _one(email, name, role, code, seat, at=at, password=PASSWORD)
    for code in BODIES:
        for role, name in ((Role.REPORTER, "ผู้รายงาน"), (Role.APPROVER, "ผู้อนุมัติ")):
            email = f"{role.value}-{code.lower()}@example.test"
            _one(email, f"{name} {code} (สาธิต)", role, code, "", at=at, password=None)
    for code in COMMITTEES:
        for number, seat in enumerate(("ประธาน", "กรรมการ"), start=1):
            email = f"seat-{code.lower()}-{number}@example.test"
            _one(email, f"{seat} {code} (สาธิต)", Role.MEMBER, code, seat, at=at, password=None)
    return accounts


def _one(
    email: str, name: str, role: str, code: str, seat: str, *, at: datetime, password: str | None
) -> None:
    if Person.objects.filter(email=email).exists():
        return
    person = Person.objects.create_user(email, name, password)
    Person.objects.filter(pk=person.pk).update(is_demo=True, mail=Person.Mail.NONE)
    body = Body.objects.filter(code=code).first() if code else None
    committee = Committee.objects.filter(code=code).first() if code else None
    appoint(person, role, by=None, at=at, on=SINCE, body=body, committee=committee, seat=seat)
