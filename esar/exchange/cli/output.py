"""How the command answers: tables for people, `--json` for programs, problems on stderr.

`rich` is imported where something is shown to people: a program that asks for JSON waits for less.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from esar.exchange.files import values
from esar.exchange.files.values import Unfit
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import both, problem_sentence, say
from esar.law.rules.book import Rulebook
from esar.law.rules.reading import read_rulebook
from esar.law.scoring.wire import problem_as_json

if TYPE_CHECKING:
    from rich.console import Console

REFUSED = 2
RULEBOOK = Path(__file__).parents[3] / "rulebook"


class Answer:
    """Where a command writes: in one language, as tables or as JSON, from one rulebook folder."""

    def __init__(self, language: str, as_json: bool, rulebook: Path) -> None:
        self.language = language
        self.as_json = as_json
        self.rulebook = rulebook

    @cached_property
    def console(self) -> Console:
        return _console(soft_wrap=not sys.stdout.isatty())

    @cached_property
    def errors(self) -> Console:
        return _console(stderr=True, soft_wrap=True)

    def words(self, code: str, **figures: object) -> str:
        return say(code, figures, self.language)

    def book(self, year: int) -> Rulebook:
        """The rulebook of a fiscal year (B.E.). Errors: Refused."""
        return read_rulebook(self.rulebook, fiscal_year(year))

    def json(self, value: Any) -> None:
        click.echo(json.dumps(value, ensure_ascii=False, indent=1))

    def print(self, *lines: str) -> None:
        for line in lines:
            self.console.print(line, markup=False, highlight=False)

    def heading(self, text: str) -> None:
        self.console.print(text, style="bold", markup=False, highlight=False)

    def table(
        self, headings: Sequence[str], rows: Iterable[Sequence[str]], right: set[int]
    ) -> None:
        """A table; the columns named in `right` hold figures."""
        from rich.table import Table

        table = Table(header_style="bold", expand=False)
        for number, heading in enumerate(headings):
            table.add_column(
                heading,
                justify="right" if number in right else "left",
                no_wrap=number in right,
                overflow="fold",
            )
        for row in rows:
            table.add_row(*row)
        _console(width=None if sys.stdout.isatty() else 160).print(table, markup=False)

    def warn(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            text = f"{self.words('cli.warning')} {problem_sentence(problem, self.language)}"
            self.errors.print(text, style="yellow", markup=False, highlight=False)

    def refuse(self, problems: Sequence[Problem]) -> NoReturn:
        """Say every problem and leave with exit code 2."""
        if self.as_json:
            self.json({"problems": [problem_as_json(problem) for problem in problems]})
        else:
            for problem in problems:
                text = problem_sentence(problem, self.language)
                self.errors.print(text, style="red", markup=False, highlight=False)
            count = self.words("cli.problems", count=len(problems))
            self.errors.print(count, style="bold", markup=False, highlight=False)
        raise SystemExit(REFUSED)


def fiscal_year(typed: int) -> int:
    """The year if it is one (B.E.). Errors: Refused, with the Buddhist one of a Gregorian."""
    try:
        return values.year(typed)
    except Unfit as unfit:
        raise Refused([Problem(unfit.code, unfit.figures)]) from None


def _console(**options: Any) -> Console:
    """Where words are shown as they are: `:100:` in a name is no picture."""
    from rich.console import Console

    return Console(emoji=False, markup=False, **options)


def writable(path: Path, force: bool) -> Path:
    """The path of a workbook, if writing there loses nothing. Errors: Refused."""
    if path.suffix.lower() != ".xlsx":
        raise Refused([Problem("cli.only_xlsx", {"path": path})])
    return not_written_over(path, force)


def not_written_over(path: Path, force: bool) -> Path:
    """The path, if nothing is there or that was said. Errors: Refused."""
    if not path.parent.is_dir():
        raise Refused([Problem("cli.no_such_folder", {"path": path.parent})])
    if path.exists() and not force:
        raise Refused([Problem("cli.file_exists", {"path": path})])
    return path


def answering(command: Callable[..., None]) -> Callable[..., None]:
    """Adds --json, --lang and --rulebook to a command and turns Refused into sentences."""

    @click.option("--json", "as_json", is_flag=True, help=both("cli.help.answer_in_json"))
    @click.option(
        "--lang",
        type=click.Choice(["th", "en"]),
        default="th",
        envvar="ESAR_LANG",
        show_default=True,
        help=both("cli.help.language"),
    )
    @click.option(
        "--rulebook",
        type=click.Path(path_type=Path, file_okay=False),
        default=RULEBOOK,
        envvar="ESAR_RULEBOOK",
        help=both("cli.help.folder_of_the_rulebooks"),
    )
    @wraps(command)
    def run(*args: Any, as_json: bool, lang: str, rulebook: Path, **options: Any) -> None:
        answer = Answer(lang, as_json, rulebook)
        try:
            command(answer, *args, **options)
        except Refused as refused:
            answer.refuse(refused.problems)

    return run
