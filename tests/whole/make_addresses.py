"""Every address with something in its blanks."""

from __future__ import annotations

import re

SAMPLES = {
    "int:pk": "1",
    "int:year": "2567",
    "int:number": "1",
    "int:size": "1",
    "int:item": "1",
    "int:appointment": "1",
    "int:delegation": "1",
    "int:pack": "1",
    "int:attachment": "1",
    "int:page": "1",
    "int:recipient": "1",
    "int:enclosure": "1",
    "int:paper": "1",
    "int:finding": "1",
    "int:change": "1",
    "int:result": "1",
    "slug:token": "x",
    "slug:what": "remove",
    "slug:sha256": "x",
    "slug:code": "TH-74",
    "str:code": "L2-P",
    "slug:name": "propose",
    "str:number": "1.1",
    "slug:round_id": "12m",
    "slug:bodies": "province",
    "slug:key": "x",
    "str:codes": "TH-74",
    "slug:language": "th",
    "str:token": "x",
    "str:month": "2018-01",
    "int:quarter": "1",
    "table:kind": "csv",
}


def filled(path: str) -> str:
    """An address as a person would open it."""
    return re.sub(r"<([^>]+)>", lambda blank: SAMPLES[blank[1]], path)
