"""Packages for tests: the demo year as released results, and packages changed on purpose."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from esar.exchange.files.reading import read_scorecards
from esar.exchange.packaging.build import build, packed
from esar.exchange.packaging.edition import Edition, Entry
from esar.exchange.packaging.replay import Report, replay_bytes
from esar.law.rules.reading import read_rulebook
from esar.law.rules.text import Text
from esar.law.scoring.facts import Scorecard
from esar.law.scoring.scorecard import score
from esar.law.scoring.wire import score_as_json
from tests.law.scoring.make import book

RULEBOOK = Path("rulebook")
EDITION = Edition(
    2567,
    Text("ผลการประเมิน (สาธิต) 2567", "Results 2567 (demo)"),
    Text("สำนักงานตัวอย่าง", "An example office"),
    date(2025, 1, 31),
    "https://esar.example.go.th/data/2567/",
)


def entry(card: Scorecard, **more: Any) -> Entry:
    """A released result of `card`, computed as the site computes it."""
    result = score(card, book(card.year))
    fields: dict[str, Any] = {
        "released_on": date(2025, 1, 15),
        "name": Text(card.body, f"Body {card.code}"),
        "is_demo": True,
        "final_total": f"{result.total:f}",
        "self_total": "88.88",
        "assessed_total": "77.77",
        "parent": "OPM",
    }
    return Entry(card, score_as_json(result), **{**fields, **more})


@cache
def demo_cards() -> list[Scorecard]:
    return read_scorecards(Path("samples/national-2567-demo.json"))


@cache
def demo_entries() -> tuple[Entry, ...]:
    return tuple(entry(card) for card in demo_cards())


@cache
def few_entries() -> tuple[Entry, ...]:
    """Three results; the second is a corrected one."""
    first, second, third = (entry(card) for card in demo_cards()[:3])
    return first, replace(second, number=2, reason="แก้ผลตัวชี้วัด 1.1"), third


@cache
def demo_package() -> bytes:
    return packed(EDITION, demo_entries(), RULEBOOK)


@cache
def few_files() -> Mapping[str, bytes]:
    return dict(build(EDITION, few_entries(), RULEBOOK))


def older_rulebook(folder: Path) -> Path:
    """The years' rules as they stood before 2567 was written anew: the same rules, another text."""
    shutil.copytree(RULEBOOK / "2567", folder / "2567", ignore=shutil.ignore_patterns("cases"))
    (folder / "2567" / "schema.yaml").unlink()
    return folder


def under_two_rulebooks(folder: Path) -> dict[str, bytes]:
    """Three results, the second computed before the rulebook was written anew."""
    before = read_rulebook(older_rulebook(folder), 2567)
    first, second, third = few_entries()
    explanation = score_as_json(score(second.scorecard, before))
    entries = (first, replace(second, explanation=explanation), third)
    return dict(build(EDITION, entries, RULEBOOK, older=[folder]))


EARLIER = "open-esar 0.1.0 (earlier)"


@cache
def few_files_of_an_earlier_release() -> Mapping[str, bytes]:
    return dict(build(replace(EDITION, program=EARLIER), few_entries(), RULEBOOK))


def zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def rehashed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files with a descriptor whose hashes and sizes are made again, as a forger would."""
    descriptor = json.loads(files["datapackage.json"])
    for resource in descriptor["resources"]:
        data = files[resource["path"]]
        resource["bytes"], resource["hash"] = (
            len(data),
            f"sha256:{hashlib.sha256(data).hexdigest()}",
        )
    text = json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n"
    return {**files, "datapackage.json": text.encode()}


def replayed(files: Mapping[str, bytes]) -> Report:
    return replay_bytes(zipped(files), "package.zip")
