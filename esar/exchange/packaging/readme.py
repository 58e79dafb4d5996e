"""The README of a package, in Thai and English."""

from __future__ import annotations

from esar.exchange.packaging.edition import Register
from esar.exchange.packaging.tables import tables_of

README = "README.md"

_TEXT = """# {title_th}

{title_en}

## ไทย

ผลคะแนนที่เผยแพร่ของปีงบประมาณ พ.ศ. {year} จำนวน {count} ผล โดย{publisher_th}
เผยแพร่ {issued} สัญญาอนุญาต {licence}
{demo_th}
คะแนนทุกตัวคำนวณซ้ำได้จากชุดข้อมูลนี้ ด้วยโปรแกรม Open e-SAR โดยไม่ต้องมีฐานข้อมูลหรืออินเทอร์เน็ต:

    esar replay PACKAGE
    esar replay PACKAGE --sha256 HEX

คำสั่งแรกคำนวณคะแนนทุกตัวใหม่จาก inputs และ rulebook แล้วเทียบกับทุกไฟล์ ถ้าต่างกันจะบอกไฟล์ แถว และช่อง
คำสั่งที่สองเทียบชุดข้อมูลทั้งไฟล์กับค่า SHA-256 ที่ผู้เผยแพร่ประกาศไว้ต่างหาก
ซึ่งจำเป็น เพราะถ้าทุกไฟล์ถูกแก้ให้สอดคล้องกัน จะตรวจจากภายในไม่พบ

{files_th}

ไฟล์ CSV เป็น UTF-8 ไม่มี BOM ตาม RFC 4180 ช่องว่างคือไม่มีค่า ซึ่งไม่ใช่ศูนย์ และคอลัมน์ status บอกว่าเพราะเหตุใด
ข้อความที่ขึ้นต้นเหมือนสูตรมีเครื่องหมาย ' นำหน้า โปรแกรมตารางจึงไม่ทำตามสูตรนั้น วันเป็นปฏิทินเกรกอเรียน
คะแนนประเมินตนเองและคะแนนที่ผู้ประเมินให้เป็นข้อมูลที่บันทึกไว้ คำนวณซ้ำจากชุดข้อมูลนี้ไม่ได้

## English

The {count} released results of fiscal year {year} (B.E.), by {publisher_en},
issued {issued}. Licence: {licence}.
{demo_en}
Every score can be recomputed from this package with the program Open e-SAR, without a database
or a network:

    esar replay PACKAGE
    esar replay PACKAGE --sha256 HEX

The first computes every score again from inputs and rulebook, compares it with every file, and
names the file, row and field of each difference. The second also compares the whole package with
the SHA-256 that its publisher announced elsewhere. That is needed, because files changed so that
all of them agree cannot be told from inside.

{files_en}

CSV files are UTF-8 without a byte order mark, RFC 4180. An empty cell is no value, which is not
zero; the column status says why. Text that begins like a formula has an apostrophe before it.
Days are Gregorian. Self-assessed and assessed totals are facts as they were kept: this package
does not hold what they were computed from.
"""

_FILES = (
    (
        "inputs/",
        "ข้อมูลนำเข้าของแต่ละผล ใช้กับ esar score ได้",
        "what each result was computed from; `esar score` reads it",
    ),
    (
        "explanations/",
        "ที่มาของคะแนนทุกขั้นตอน",
        "every step of every score, with its clause",
    ),
    ("rulebook/", "หลักเกณฑ์ของปี", "the year's rules"),
    (
        "releases.json",
        "สิ่งที่คำนวณซ้ำไม่ได้: ชื่อ วันเผยแพร่ เหตุผลที่แก้ไข",
        "what cannot be recomputed: names, days, reasons",
    ),
    (
        "datapackage.json",
        "คำอธิบายทุกคอลัมน์ และ SHA-256 ของทุกไฟล์",
        "every column explained, and each file's SHA-256",
    ),
    ("dcat.jsonld", "สำหรับบัญชีข้อมูล", "for data catalogues"),
)
_CHECKPOINT = (
    "checkpoint.txt",
    "ประวัติของระบบที่ลงนามไว้เมื่อเผยแพร่ `esar replay PACKAGE --key KEY` ตรวจลายมือชื่อ",
    "the history as it was signed at the release; `esar replay PACKAGE --key KEY` checks it",
)


def readme(register: Register, *, with_checkpoint: bool = False) -> str:
    """The text; what it counts are the results released."""
    edition = register.edition
    demo = any(release.is_demo for release in register.releases)
    demo = demo or any(row.is_demo for row in register.self_evaluations)
    tables = [(table.path, table.title.th, table.title.en) for table in tables_of(edition.form)]
    files = [*tables, *_FILES, *([_CHECKPOINT] if with_checkpoint else [])]
    return _TEXT.format(
        title_th=edition.title.th,
        title_en=edition.title.en,
        year=edition.year,
        count=len(register.releases),
        publisher_th=edition.publisher.th,
        publisher_en=edition.publisher.en,
        issued=edition.issued.isoformat(),
        licence=edition.licence.name,
        demo_th="\n**มีข้อมูลสาธิต ไม่ใช่ผลการประเมินจริง**\n" if demo else "",
        demo_en="\n**Holds demo data, not real results.**\n" if demo else "",
        files_th="\n".join(f"- `{path}` {thai}" for path, thai, _ in files),
        files_en="\n".join(f"- `{path}`: {english}" for path, _, english in files),
    )
