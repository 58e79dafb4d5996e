"""`esar template`: the empty workbook of a year, for one class of body."""

from __future__ import annotations

from pathlib import Path

import click

from esar.exchange.cli.output import Answer, answering, writable
from esar.exchange.files.template import write_template
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import both


@click.command("template")
@click.argument("year", type=int)
@click.option("--kind", default="department", show_default=True, help="department | province")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help=both("cli.help.file_to_write_default_esar"),
)
@click.option("--force", is_flag=True, help=both("cli.help.overwrite"))
@answering
def template_command(answer: Answer, year: int, kind: str, out: Path | None, force: bool) -> None:
    """เขียนแบบฟอร์มเปล่าของปีงบประมาณ (พ.ศ.) / Write a fiscal year's empty workbook."""
    book = answer.book(year)
    if kind not in book.body_kinds():
        figures = {"kind": kind, "year": year, "known": ", ".join(book.body_kinds())}
        raise Refused([Problem("score.unknown_body_kind", figures)])
    path = writable(out or Path(f"esar-{year}-{kind}.xlsx"), force)
    write_template(book, kind, path)
    if answer.as_json:
        answer.json({"written": str(path), "year": year, "kind": kind})
    else:
        answer.print(answer.words("cli.written", path=path))
