"""What a package is told: its edition, and each released result with what cannot be recomputed.

`releases.json` keeps these facts a second time beside the tables, so that a figure changed in
one place only is seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from esar.exchange.packaging.text import Json, decimal_or_none
from esar.kernel.problems import Problem, Refused
from esar.kernel.release import program
from esar.law.rules.text import Text
from esar.law.scoring.facts import Scorecard

SHA256 = re.compile(r"[0-9a-f]{64}")
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
# How a package is written. Since 2 a KPI that is not applicable has no weight in the tables; since
# 3 the descriptor says the form, and the program is named with its commit. Since 4 a year with
# results under several rulebooks has each in a folder of its own. Since 5 each KPI has its kind.
# Since 6 what bodies that evaluate themselves gave stands beside the results, computed by nobody.
WITH_KINDS, WITH_SELF_EVALUATIONS = 5, 6
FORM = WITH_SELF_EVALUATIONS
FIRST_YEAR, LAST_YEAR = 2500, 2700  # B.E.; results of other years there are none
Key = tuple[str, str]  # (code of the body, round)


@dataclass(frozen=True)
class Licence:
    """A licence by its short name, its page and its title."""

    name: str
    path: str
    title: str


CC_BY = Licence(
    "CC-BY-4.0",
    "https://creativecommons.org/licenses/by/4.0/",
    "Creative Commons Attribution 4.0 International",
)


@dataclass(frozen=True)
class Edition:
    """One package: the fiscal year (B.E.), its names, who publishes it, where and on which day.

    `site` is the address of the page that offers the package; empty when there is none.
    `program` is what computed it: another version may say the same step in other words.
    """

    year: int
    title: Text
    publisher: Text
    issued: date
    site: str = ""
    licence: Licence = CC_BY
    program: str = field(default_factory=program)
    form: int = FORM


@dataclass(frozen=True)
class Body:
    """A body as the results name it; `parent` is the code of its ministry or cluster."""

    code: str
    kind: str
    name: Text
    parent: str = ""


@dataclass(frozen=True)
class Release:
    """How a result was released. `number` counts from 1; above 1 it is a correction, with reason.

    The totals of the three stages are decimals as text; None where a stage was not held.
    `rulebook_sha256` is that of its rules where they are not the register's.
    """

    code: str
    round: str
    number: int
    reason: str
    released_on: date
    is_demo: bool
    self_total: str | None
    assessed_total: str | None
    final_total: str | None
    rulebook_sha256: str = ""

    @property
    def key(self) -> Key:
        return (self.code, self.round)

    @property
    def stem(self) -> str:
        """How the result's files are called."""
        return f"{self.code}-{self.round}"


@dataclass(frozen=True)
class Entry:
    """One released result as the site gives it: the facts, the kept explanation, the release.

    `explanation` is what `esar.law.scoring.wire.score_as_json` gave when the result was computed.
    """

    scorecard: Scorecard
    explanation: Mapping[str, Any]
    released_on: date
    name: Text
    number: int = 1
    reason: str = ""
    is_demo: bool = False
    self_total: str | None = None
    assessed_total: str | None = None
    final_total: str | None = None
    kind: str = ""
    parent: str = ""

    @property
    def release(self) -> Release:
        return Release(
            self.scorecard.code,
            self.scorecard.round,
            self.number,
            self.reason,
            self.released_on,
            self.is_demo,
            self.self_total,
            self.assessed_total,
            self.final_total,
        )

    @property
    def body(self) -> Body:
        kind = self.kind or self.scorecard.body_kind
        return Body(self.scorecard.code, kind, self.name, self.parent)


@dataclass(frozen=True)
class SelfEvaluated:
    """What a body that evaluates itself gave, put to the Prime Minister on a day.

    `total` and `scale` are decimals as text, the body's own as `grade` is; `total` is None where it
    gave none. It is no result: nothing recomputes it, and nothing is computed from it.
    """

    code: str
    round: str
    name: Text
    total: str | None
    scale: str | None
    grade: str
    put_on: date
    is_demo: bool

    @property
    def key(self) -> Key:
        return (self.code, self.round)


@dataclass(frozen=True)
class Register:
    """Everything `releases.json` holds, sorted by code and round."""

    edition: Edition
    rulebook_sha256: str
    bodies: tuple[Body, ...]
    releases: tuple[Release, ...]
    self_evaluations: tuple[SelfEvaluated, ...] = ()


def registered(
    edition: Edition,
    rulebook_sha256: str,
    bodies: Iterable[Body],
    releases: Iterable[Release],
    self_evaluations: Iterable[SelfEvaluated] = (),
) -> Register:
    """The register in its one order, whatever the order given."""
    return Register(
        edition,
        rulebook_sha256,
        tuple(sorted(bodies, key=lambda body: body.code)),
        tuple(sorted(releases, key=lambda release: release.key)),
        tuple(sorted(self_evaluations, key=lambda row: row.key)),
    )


def register_as_json(register: Register) -> Json:
    edition = register.edition
    licence = edition.licence
    return {
        "edition": {
            "year": edition.year,
            "title": _text(edition.title),
            "publisher": _text(edition.publisher),
            "issued": edition.issued.isoformat(),
            "site": edition.site,
            "program": edition.program,
            "licence": {"name": licence.name, "path": licence.path, "title": licence.title},
            **({"form": edition.form} if edition.form > 1 else {}),
        },
        "rulebook_sha256": register.rulebook_sha256,
        "bodies": [
            {"code": body.code, "kind": body.kind, "name": _text(body.name), "parent": body.parent}
            for body in register.bodies
        ],
        "releases": [_release(release) for release in register.releases],
        **(
            {"self_evaluations": [_self_evaluated(row) for row in register.self_evaluations]}
            if edition.form >= WITH_SELF_EVALUATIONS
            else {}
        ),
    }


def _self_evaluated(row: SelfEvaluated) -> Json:
    return {
        "body": row.code,
        "round": row.round,
        "name": _text(row.name),
        "total": row.total,
        "scale": row.scale,
        "grade": row.grade,
        "put_on": row.put_on.isoformat(),
        "is_demo": row.is_demo,
    }


def _text(text: Text) -> Json:
    return {"th": text.th, "en": text.en}


def _release(release: Release) -> Json:
    return {
        "body": release.code,
        "round": release.round,
        "number": release.number,
        "reason": release.reason,
        "released_on": release.released_on.isoformat(),
        "is_demo": release.is_demo,
        "self_total": release.self_total,
        "assessed_total": release.assessed_total,
        "final_total": release.final_total,
        **({"rulebook_sha256": release.rulebook_sha256} if release.rulebook_sha256 else {}),
    }


def read_register(value: Any) -> Register:
    """The register from parsed JSON.

    Errors: Refused for a form that only a later program reads; ValueError, KeyError or TypeError
    for anything else that is no register.
    """
    edition = value["edition"]
    form = _form(edition.get("form", 1), edition)
    licence = edition["licence"]
    return registered(
        Edition(
            year=_year(edition["year"]),
            title=_read_text(edition["title"]),
            publisher=_read_text(edition["publisher"]),
            issued=date.fromisoformat(edition["issued"]),
            site=_is(str, edition["site"]),
            program=_is(str, edition["program"]),
            licence=Licence(*(_is(str, licence[key]) for key in ("name", "path", "title"))),
            form=form,
        ),
        _is(str, value["rulebook_sha256"]),
        [_read_body(one) for one in _once(value["bodies"], ("code",))],
        [_read_release(one) for one in _once(value["releases"], ("body", "round"))],
        [_read_self_evaluated(row) for row in _once(value["self_evaluations"], ("body", "round"))]
        if form >= WITH_SELF_EVALUATIONS
        else (),
    )


def _once(elements: Any, key: Sequence[str]) -> list[Any]:
    """The list itself. Errors: ValueError when a key stands twice in it."""
    keys = [tuple(_is(str, one[name]) for name in key) for one in _is(list, elements)]
    if len(set(keys)) != len(keys):
        raise ValueError(key)
    return elements  # type: ignore[no-any-return]


def _is(kind: type, value: Any) -> Any:
    if type(value) is not kind:
        raise TypeError(kind)
    return value


def _year(value: Any) -> int:
    if not FIRST_YEAR <= _is(int, value) <= LAST_YEAR:
        raise ValueError(value)
    return value  # type: ignore[no-any-return]


def _form(value: Any, edition: Any) -> int:
    """Read first: what else stands in a form of tomorrow nobody knows."""
    if _is(int, value) < 1:
        raise ValueError(value)
    if value > FORM:
        figures = {"form": value, "most": FORM, "program": str(edition.get("program", "–"))[:80]}
        raise Refused([Problem("package.newer_form", figures)])
    return value  # type: ignore[no-any-return]


def _code(value: Any) -> str:
    if not CODE.fullmatch(_is(str, value)):
        raise ValueError(value)
    return value  # type: ignore[no-any-return]


def _sha256(value: Any) -> str:
    if not SHA256.fullmatch(_is(str, value)):
        raise ValueError(value)
    return value  # type: ignore[no-any-return]


def _read_text(value: Any) -> Text:
    return Text(_is(str, value["th"]), _is(str, value["en"]))


def _read_body(value: Any) -> Body:
    name = _read_text(value["name"])
    return Body(_code(value["code"]), _is(str, value["kind"]), name, _is(str, value["parent"]))


def _read_release(value: Any) -> Release:
    return Release(
        _code(value["body"]),
        _code(value["round"]),
        _is(int, value["number"]),
        _is(str, value["reason"]),
        date.fromisoformat(value["released_on"]),
        _is(bool, value["is_demo"]),
        decimal_or_none(value["self_total"]),
        decimal_or_none(value["assessed_total"]),
        decimal_or_none(value["final_total"]),
        _sha256(value["rulebook_sha256"]) if "rulebook_sha256" in value else "",
    )


def _read_self_evaluated(value: Any) -> SelfEvaluated:
    return SelfEvaluated(
        _code(value["body"]),
        _code(value["round"]),
        _read_text(value["name"]),
        decimal_or_none(value["total"]),
        decimal_or_none(value["scale"]),
        _is(str, value["grade"]),
        date.fromisoformat(value["put_on"]),
        _is(bool, value["is_demo"]),
    )
