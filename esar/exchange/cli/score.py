"""`esar score`: a file of scorecards → totals, grades, and on request every step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import click

from esar.exchange.cli.output import Answer, answering, writable
from esar.exchange.files import values
from esar.exchange.files.reading import read_scorecards
from esar.kernel import spelling
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import both, say
from esar.law.rules.book import Rulebook
from esar.law.rules.document import cite_words
from esar.law.rules.numbers import trimmed
from esar.law.scoring.facts import Scorecard
from esar.law.scoring.lateness import receipt_problem
from esar.law.scoring.scorecard import KpiScore, Score, rules_for, score
from esar.law.scoring.steps import Step
from esar.law.scoring.wire import score_as_json

MANY = 30


def round_typed(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    """A round as it may stand in a file too."""
    if value is not None and values.blank(value):
        raise click.BadParameter(both("cli.help.instead_of_the_file_s"))
    return None if value is None else values.round_id(value)


@click.command("score")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--round", "round_id", callback=round_typed, help=both("cli.help.instead_of_the_file_s")
)
@click.option("--explain", metavar="KPI", help=both("cli.help.show_how_a_kpi_was"))
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help=both("cli.help.write_a_xlsx_whose_formulas"),
)
@click.option("--force", is_flag=True, help=both("cli.help.overwrite"))
@answering
def score_command(
    answer: Answer,
    file: Path,
    round_id: str | None,
    explain: str | None,
    out: Path | None,
    force: bool,
) -> None:
    """คิดคะแนนจากไฟล์ .xlsx .ods .csv หรือ .json / Score a file of one or many scorecards."""
    path = writable(out, force) if out else None
    cards = read_scorecards(file)
    if round_id:
        cards = [replace(card, round=round_id) for card in cards]
    scores = score_all(cards, answer)
    explain = spelling.number(explain) if explain else None
    if explain and explain != "all":
        _require_kpi(explain, scores)
    if path:
        from esar.exchange.files.results import write_results

        write_results(scores, path, answer.rulebook)
    if answer.as_json:
        answer.json([score_as_json(card_score) for card_score in scores])
        return
    _show(scores, explain, answer)
    for card_score in scores:
        answer.warn(card_score.warnings)
    if path:
        answer.print(answer.words("cli.written", path=path))


def score_all(cards: list[Scorecard], answer: Answer) -> list[Score]:
    """Every scorecard scored, or every problem of all of them. Errors: Refused."""
    books: dict[int, Rulebook] = {}
    scores: list[Score] = []
    problems: list[Problem] = []
    for sent_card in _with_progress(cards, answer):
        card = sent_card
        try:
            if card.year not in books:
                books[card.year] = answer.book(card.year)
            if slips := _receipt_problems(card, books[card.year]):
                problems += slips
                card = replace(card, received=None)  # what else is wrong in it
            scores.append(score(card, books[card.year]))
        except Refused as refused:
            problems += [problem for problem in refused.problems if problem not in problems]
    problems += _same_body_twice(cards)
    if problems:
        raise Refused(problems)
    return scores


def _receipt_problems(card: Scorecard, book: Rulebook) -> list[Problem]:
    """Whether the day received can be that of the card's round."""
    if card.received is None:
        return []
    _, round_rule = rules_for(card, book)
    place = card.place.at(field="received")
    problem = receipt_problem(card.received, round_rule, place, extended=card.due)
    return [problem] if problem else []


def _same_body_twice(cards: list[Scorecard]) -> Iterator[Problem]:
    """A body has one scorecard in a round: of two totals nobody knows which counts."""
    first: dict[tuple[object, ...], Scorecard] = {}
    for card in cards:
        by_name = (card.year, card.round, card.body_kind, "name", spelling.key(card.body))
        by_code = (card.year, card.round, card.body_kind, "code", spelling.key(card.code))
        keys = [by_name, by_code] if card.code else [by_name]
        earlier = next((first[key] for key in keys if key in first), None)
        if earlier is not None:
            at = earlier.place
            figures = {"body": card.body, "first": at.row or at.field or at.line or "–"}
            yield Problem("score.body_twice", figures, card.place)
        for key in keys:
            first.setdefault(key, card)


def _with_progress(cards: list[Scorecard], answer: Answer) -> Iterable[Scorecard]:
    if len(cards) < MANY:
        return cards
    from rich.progress import track

    return track(cards, answer.words("cli.scoring"), console=answer.errors, transient=True)


def _require_kpi(name: str, scores: list[Score]) -> None:
    kpi_ids = sorted({kpi.kpi.id for one in scores for kpi in one.kpis})
    if name not in kpi_ids:
        figures = {"kpi": name, "known": ", ".join(kpi_ids)}
        raise Refused([Problem("cli.no_such_kpi", figures)])


def _show(scores: list[Score], explain: str | None, answer: Answer) -> None:
    if len(scores) < MANY:
        for card_score in scores:
            _show_card(card_score, answer)
    else:
        _show_many(scores, answer)
    if explain:
        for card_score in scores:
            _explain(card_score, explain, answer)


def _show_card(card_score: Score, answer: Answer) -> None:
    card = card_score.card
    heading = answer.words("cli.card", body=card.body, year=card.year, round=card_score.round.label)
    answer.heading(heading)
    headings = [answer.words(f"cli.column.{name}") for name in COLUMNS]
    answer.table(headings, [_row(kpi, answer) for kpi in card_score.kpis], right={2, 3, 4})
    if card.note:
        answer.print(card.note)
    answer.print(_total_line(card_score, answer), "")


COLUMNS = ("kpi", "name", "weight", "points", "weighted", "status")


def _row(kpi: KpiScore, answer: Answer) -> tuple[str, ...]:
    weight = "" if kpi.weight is None else f"{trimmed(kpi.weight):f}"
    figures = ["–" if figure is None else f"{figure:f}" for figure in (kpi.points, kpi.weighted)]
    status = answer.words(f"status.{kpi.status}")
    if kpi.passed is not None:
        status += " · " + answer.words("status.passed" if kpi.passed else "status.not_passed")
    return (kpi.kpi.id, kpi.kpi.label, weight, *figures, status)


def _total_line(card_score: Score, answer: Answer) -> str:
    blanks = {"total": _total(card_score), "out_of": trimmed(card_score.out_of)}
    return answer.words("cli.total", **blanks, grade=_grade(card_score, answer))


def _total(card_score: Score) -> str:
    """The total; none where nothing is due or nothing was reported, which is no zero."""
    return f"{card_score.total:f}" if card_score.status == "reported" else "–"


def _grade(card_score: Score, answer: Answer) -> object:
    if card_score.is_ungraded_for_now:
        return answer.words("cli.nothing_due", round=card_score.round.label)
    if card_score.status == "not_reported":
        return answer.words("status.not_reported")
    if card_score.grade:
        return card_score.grade.label
    return answer.words("cli.no_grade", round=card_score.round.label)


def _show_many(scores: list[Score], answer: Answer) -> None:
    headings = [answer.words(f"cli.column.{name}") for name in ("body", "round", "total", "grade")]
    rows = []
    for card_score in scores:
        grade = _grade_in_a_list(card_score, answer)
        label = card_score.round.label.say(answer.language)
        rows.append(
            (
                card_score.card.body,
                f"{card_score.card.year} {label}",
                _total(card_score),
                grade,
            )
        )
    answer.table(headings, rows, right={2})
    counts = Counter(_grade_in_a_list(card_score, answer) for card_score in scores)
    for note in sorted({card_score.card.note for card_score in scores if card_score.card.note}):
        answer.heading(note)
    grade_counts = ", ".join(f"{grade} {count}" for grade, count in counts.most_common())
    answer.print(answer.words("cli.counted", count=len(scores), grades=grade_counts))


def _grade_in_a_list(card_score: Score, answer: Answer) -> str:
    if card_score.status == "not_reported":
        return answer.words("status.not_reported")
    return card_score.grade.label.say(answer.language) if card_score.grade else "–"


def _explain(card_score: Score, name: str, answer: Answer) -> None:
    for kpi in card_score.kpis:
        if name in ("all", kpi.kpi.id):
            answer.heading(f"{card_score.card.body} · {kpi.kpi.id} {kpi.kpi.label}".rstrip())
            _steps(kpi.steps, answer)
    answer.heading(f"{card_score.card.body} · {answer.words('cli.column.total')}")
    _steps(card_score.steps, answer)


def _steps(steps: tuple[Step, ...], answer: Answer) -> None:
    for number, one_step in enumerate(steps, start=1):
        answer.print(f"  {number}. {one_step.text(answer.language)}")
        if one_step.formula:
            answer.print(f"     = {one_step.formula}")
        for cite in one_step.cites:
            answer.print(f"     [{one_step.rule}] {cite_words(cite, answer.language)}")
        for assumed in one_step.assumed:
            reason = assumed.reason.say(answer.language)
            answer.print(
                f"     [{one_step.rule}] {say('cli.assumed', {}, answer.language)} {reason}"
            )
    answer.print("")
