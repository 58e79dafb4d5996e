"""`esar replay`: a published package → every score computed again, and what differs."""

from __future__ import annotations

import re
from pathlib import Path

import click

from esar.exchange.cli.output import Answer, answering
from esar.exchange.packaging.replay import Report, replay
from esar.exchange.witnessing.keys import text_of_key
from esar.exchange.witnessing.notes import Key, as_base64, read_key
from esar.kernel.problems import Problem, Refused
from esar.kernel.release import program
from esar.kernel.wording import both, problem_sentence
from esar.law.scoring.wire import problem_as_json

DIFFERENT = 1
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")


@click.command("replay")
@click.argument("package", type=click.Path(path_type=Path))
@click.option(
    "--sha256",
    metavar="HEX",
    default="",
    help=both("cli.help.the_package_s_sha_256"),
)
@click.option(
    "--key", "key_text", metavar="KEY", default="", help=both("cli.help.public_key_or_its_file")
)
@answering
def replay_command(answer: Answer, package: Path, sha256: str, key_text: str) -> None:
    """คำนวณคะแนนทุกตัวในชุดข้อมูลที่เผยแพร่ซ้ำ / Recompute every score of a published package.

    Exit code 0: every figure is the same; 1: one differs; 2: it cannot be read.
    """
    if sha256 and not _SHA256.fullmatch(sha256):
        raise click.BadParameter("64 × 0-9 a-f", param_hint="--sha256")
    key = _key(key_text) if key_text else None
    report = replay(package, sha256=sha256, key=key)
    rules = _rules_here(report, answer)
    if answer.as_json:
        answer.json(_as_json(report, rules, key))
    else:
        _show(report, rules, bool(sha256), answer)
        _show_checkpoint(report, key, answer)
    if not report.same_figures:
        raise SystemExit(DIFFERENT)


def _key(text: str) -> Key:
    """Errors: Refused when it is no public key, nor a file of it."""
    try:
        return read_key(text_of_key(text))
    except (OSError, ValueError):
        raise Refused([Problem("key.not_a_key", {"key": f"“{ascii(text)[1:-1][:120]}”"})]) from None


def _show_checkpoint(report: Report, key: Key | None, answer: Answer) -> None:
    if checkpoint := report.checkpoint:
        code = "package.checkpoint_signed" if key else "package.checkpoint"
        figures = {"origin": checkpoint.origin, "size": checkpoint.size}
        answer.print(answer.words(code, **figures))


def _rules_here(report: Report, answer: Answer) -> Problem | None:
    """Whether the rules inside are those of this copy; None when the copy has no such year."""
    if not report.rulebook_sha256:
        return None
    try:
        here = answer.book(report.year).sha256
    except Refused:
        return None
    if here == report.rulebook_sha256:
        return Problem("package.same_rules", {"year": report.year})
    figures = {"year": report.year, "found": report.rulebook_sha256, "here": here}
    return Problem("package.other_rules", figures)


def _as_json(report: Report, rules: Problem | None, key: Key | None) -> dict[str, object]:
    checkpoint = report.checkpoint
    return {
        "sha256": report.sha256,
        "computed_with": report.program,
        "replayed_with": program(),
        "year": report.year,
        "results": report.results,
        "recomputed": report.recomputed,
        "same_figures": report.same_figures,
        "identical": report.identical,
        "rulebook_sha256": report.rulebook_sha256,
        "rules_are_those_of_this_copy": rules.code == "package.same_rules" if rules else None,
        "checkpoint": checkpoint
        and {
            "origin": checkpoint.origin,
            "size": checkpoint.size,
            "root": as_base64(checkpoint.root),
            "signed_by": str(key) if key else None,
        },
        "problems": [problem_as_json(problem) for problem in report.problems],
        "words": [problem_as_json(problem) for problem in report.words],
    }


def _show(report: Report, rules: Problem | None, published: bool, answer: Answer) -> None:
    for problem in report.problems:
        text = problem_sentence(problem, answer.language)
        answer.errors.print(text, style="red", markup=False, highlight=False)
    answer.print(answer.words("package.sha256", sha256=report.sha256))
    if not published:
        answer.print(answer.words("package.compare_it"))
    elif not any(problem.code == "package.other_sha256" for problem in report.problems):
        answer.print(answer.words("package.as_published"))
    if rules:
        answer.print(problem_sentence(rules, answer.language))
    if report.words or (report.program != program() and not report.same_figures):
        answer.print(answer.words("package.other_program", there=report.program, here=program()))
    counts = {"year": report.year, "recomputed": report.recomputed, "results": report.results}
    if report.words:
        files = {problem.place.file for problem in report.words}
        answer.print(answer.words("package.other_words", count=len(files)))
    if not report.same_figures:
        answer.heading(answer.words("package.differs", count=len(report.problems), **counts))
    else:
        code = "package.identical" if report.identical else "package.same_figures"
        answer.heading(answer.words(code, **counts))
