"""`esar rules`: check, show, compare and print the rulebooks."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from esar.exchange.cli.output import Answer, answering, fiscal_year, not_written_over
from esar.exchange.files.whole import written_whole
from esar.kernel import spelling
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import Phrase, both
from esar.law.rules.book import Rule, Rulebook, Version
from esar.law.rules.changes import Change, changes
from esar.law.rules.document import (
    Line,
    Names,
    assumption_words,
    bodies_words,
    cite_words,
    describe,
    is_under,
)
from esar.law.rules.holidays import holidays_yaml
from esar.law.rules.proofs import prove_for_use
from esar.law.rules.reading import years_in
from esar.law.rules.reference import reference
from esar.law.rules.years import BUDDHIST_OFFSET


@click.group()
def rules() -> None:
    """อ่าน ตรวจ และเปรียบเทียบหลักเกณฑ์ / Read, check and compare the rulebooks."""


def day_given(_context: click.Context, _option: click.Parameter, value: Any) -> Any:
    """One or several Gregorian days; a Buddhist-era year gets a hint instead of a wrong answer."""
    if value is None:
        return None
    return [_read_day(text) for text in value] if isinstance(value, tuple) else _read_day(value)


def _read_day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(both("cli.not_a_day", text=text)) from None
    if day.year >= 2400:
        hint = f"{day.year - BUDDHIST_OFFSET}{text[4:]}"
        raise click.BadParameter(both("cli.buddhist_day", text=text, hint=hint))
    return day


def _years(answer: Answer, years: tuple[int, ...]) -> list[int]:
    if years:
        return list(years)
    years_at_hand = years_in(answer.rulebook) if answer.rulebook.is_dir() else []
    if not years_at_hand:
        raise Refused([Problem("cli.no_rulebooks", {"path": answer.rulebook})])
    return years_at_hand


@rules.command()
@click.argument("years", type=int, nargs=-1)
@answering
def check(answer: Answer, years: tuple[int, ...]) -> None:
    """อ่านและพิสูจน์หลักเกณฑ์ทุกปี (หรือปีที่ระบุ) / Read and prove the rulebooks."""
    books: list[Rulebook] = []
    problems: list[Problem] = []
    for year in _years(answer, years):
        try:
            book = answer.book(year)
            problems += prove_for_use(book)
            books.append(book)
        except Refused as refused:
            problems += refused.problems
    if problems:
        raise Refused(problems)
    if answer.as_json:
        answer.json([_summary(book) for book in books])
        return
    for book in books:
        counts = {
            name: Phrase(f"cli.count.{name}", {"count": count})
            for name, count in _summary(book).items()
            if name in ("entries", "sources", "assumptions")
        }
        answer.print(answer.words("cli.checked", **_summary(book) | counts))


def _summary(book: Rulebook) -> dict[str, Any]:
    return {
        "year": book.year.buddhist,
        "entries": len(book.entries),
        "sources": len(book.sources),
        "assumptions": len(list(book.assumptions())),
        "sha256": book.sha256,
    }


@rules.command()
@click.argument("year", type=int)
@click.argument("name", required=False)
@click.option("--on", "day", callback=day_given, help=both("cli.help.the_day_that_counts_yyyy"))
@click.option("--kind", "body_kind", help="department | province")
@answering
def show(
    answer: Answer, year: int, name: str | None, day: date | None, body_kind: str | None
) -> None:
    """แสดงหลักเกณฑ์ที่มีผลในวันหนึ่ง / Show what binds on a day (default: the year's last)."""
    book = answer.book(year)
    name = spelling.code(name) if name else None
    on = day or book.year.last_day
    binding_rules = [
        rule
        for rule in book.on(on, body_kind).by_id.values()
        if name is None or is_under(rule, name)
    ]
    is_known = any(entry == name or entry.startswith(f"{name}.") for entry in book.entries)
    if name is not None and not is_known:
        figures = {"name": name, "year": year, "known": ", ".join(book.entries)}
        raise Refused([Problem("cli.no_such_rule", figures)])
    if answer.as_json:
        answer.json([_rule_json(rule, book.names()) for rule in binding_rules])
        return
    answer.heading(answer.words("cli.binding", year=year, day=on))
    for rule in binding_rules:
        _show_rule(rule, answer, book.names())
    if not binding_rules:
        answer.print(answer.words("cli.nothing_binds", name=name or "", day=on))


def _show_rule(rule: Rule[object], answer: Answer, names: Names) -> None:
    language = answer.language
    answer.heading(f"\n{rule.id} · {rule.label.say(language)}")
    kind, bodies = (
        answer.words(f"kind.{rule.entry.kind_name}"),
        bodies_words(rule.entry.bodies, language),
    )
    since = answer.words("cli.since", day=rule.version.first_day)
    answer.print(f"  {kind} · {bodies} · {since}")
    for line in describe(rule.value, language, names):
        answer.print(f"  {_indented(line)}")
    if rule.entry.note:
        answer.print(f"  {rule.entry.note.say(language)}")
    _show_grounds(rule.version, answer)


def _indented(line: Line) -> str:
    return f"{'  ' * line.depth}{line.label}: {line.text}".rstrip().rstrip(":")


def _show_grounds(version: Version[object], answer: Answer) -> None:
    for cite in version.cites:
        answer.print(f"  ◆ {cite_words(cite, answer.language)}")
    for words in assumption_words(version, answer.language):
        answer.print(f"  ◇ {answer.words('cli.assumed')} {words}")


def _rule_json(rule: Rule[object], names: Names) -> dict[str, Any]:
    return {
        "id": rule.id,
        "kind": rule.entry.kind_name,
        "bodies": list(rule.entry.bodies),
        "label": {"th": rule.label.th, "en": rule.label.en},
        "since": rule.version.first_day.isoformat(),
        "th": [_indented(line) for line in describe(rule.value, "th", names)],
        "en": [_indented(line) for line in describe(rule.value, "en", names)],
        "cites": [
            {
                "source": cite.source.id,
                "clause": cite.clause,
                "th": cite_words(cite, "th"),
                "en": cite_words(cite, "en"),
            }
            for cite in rule.cites
        ],
        "assumed": [
            {"field": a.field, "th": a.reason.th, "en": a.reason.en} for a in rule.version.assumed
        ],
    }


@rules.command()
@click.argument("years", type=int, nargs=-1, required=True)
@click.option(
    "--on", "days", multiple=True, callback=day_given, help=both("cli.help.give_twice_from_to")
)
@answering
def diff(answer: Answer, years: tuple[int, ...], days: list[date]) -> None:
    """เปรียบเทียบสองปี หรือปีเดียวสองวัน / Compare two years, or one year on two days."""
    two_years = len(years) == 2 and not days
    two_days = len(years) == 1 and len(days) == 2
    if not (two_years or two_days):
        raise click.UsageError(both("cli.help.give_two_years_or_one"))
    books = [answer.book(year) for year in (years if two_years else years * 2)]
    on = days if two_days else [book.year.last_day for book in books]
    before, after = (book.on(day) for book, day in zip(books, on, strict=True))
    differences = changes(before, after, answer.language)
    if answer.as_json:
        answer.json([_change_json(change) for change in differences])
        return
    answer.heading(answer.words("cli.diff", before=on[0], after=on[1]))
    for change in differences:
        _show_change(change, answer)
    if not differences:
        answer.print(answer.words("cli.no_difference"))


def _show_change(change: Change, answer: Answer) -> None:
    rule, language = change.rule, answer.language
    words = answer.words(f"cli.change.{change.what}")
    answer.heading(f"\n{rule.id} · {rule.label.say(language)}: {words}")
    if change.what == "begins":
        for line in describe(rule.value, language):
            answer.print(f"  + {_indented(line)}")
    for old, new in change.lines:
        if old is not None:
            answer.print(f"  - {_indented(old)}")
        if new is not None:
            answer.print(f"  + {_indented(new)}")
    _show_grounds((_ending(change) or rule.version), answer)


def _ending(change: Change) -> Version[object] | None:
    """For a rule that ended: the version that ended it, whose clause is the reason."""
    if change.what != "ends":
        return None
    ends = [version for version in change.rule.entry.versions if version.value is None]
    return ends[-1] if ends else None


def _change_json(change: Change) -> dict[str, Any]:
    version = _ending(change) or change.rule.version
    return {
        "id": change.rule.id,
        "what": change.what,
        "label": {"th": change.rule.label.th, "en": change.rule.label.en},
        "lines": [
            {"before": _indented(old) if old else None, "after": _indented(new) if new else None}
            for old, new in change.lines
        ],
        "cites": [cite_words(cite, "th") for cite in version.cites],
    }


@rules.command()
@click.argument("years", type=int, nargs=-1)
@answering
def assumptions(answer: Answer, years: tuple[int, ...]) -> None:
    """สิ่งที่ไม่มีเอกสารใดระบุ และเหตุผลที่กำหนดไว้ / What no source gives, and why it stands so."""
    assumed_fields = [
        (book.year.buddhist, entry, version, assumed)
        for book in map(answer.book, _years(answer, years))
        for entry, version, assumed in book.assumptions()
    ]
    if answer.as_json:
        answer.json(
            [
                {
                    "year": year,
                    "entry": entry.id,
                    "field": assumed.field,
                    "since": version.first_day.isoformat(),
                    "th": assumed.reason.th,
                    "en": assumed.reason.en,
                }
                for year, entry, version, assumed in assumed_fields
            ]
        )
        return
    names = ("year", "entry", "field", "reason")
    rows = [
        (
            str(year),
            entry.id,
            _field_name(assumed.field, answer),
            assumed.reason.say(answer.language),
        )
        for year, entry, _, assumed in assumed_fields
    ]
    answer.table([answer.words(f"cli.column.{name}") for name in names], rows, right=set())
    answer.print(answer.words("cli.assumption_count", count=len(rows)))


def _field_name(field: str, answer: Answer) -> str:
    return answer.words("cli.whole_entry") if field == "*" else answer.words(f"field.{field}")


@rules.command()
@click.argument("year", type=int)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help=both("cli.help.file_to_write")
)
@click.option("--force", is_flag=True, help=both("cli.help.overwrite"))
@answering
def document(answer: Answer, year: int, out: Path | None, force: bool) -> None:
    """หลักเกณฑ์ทั้งปีเป็นเอกสาร Markdown / The year's rules as a Markdown document."""
    path = not_written_over(out, force) if out else None
    text = reference(answer.book(year), answer.language)
    if path:
        with written_whole(path) as half:
            half.write_text(text, encoding="utf-8")
        answer.print(answer.words("cli.written", path=path))
    elif answer.as_json:
        answer.json({"year": year, "language": answer.language, "markdown": text})
    else:
        click.echo(text, nl=False)


@rules.command()
@click.argument("year", type=int)
@answering
def holidays(answer: Answer, year: int) -> None:
    """ร่าง holidays.yaml ของปีใหม่จากชุดข้อมูล holidays / Draft a new year's holidays.yaml."""
    text = holidays_yaml(fiscal_year(year))
    answer.json({"year": year, "yaml": text}) if answer.as_json else click.echo(text, nl=False)
