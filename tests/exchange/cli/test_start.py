"""What the command imports: only what the question asked needs."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from tests.exchange.cli.run import esar

WEIGHTY = {"django", "holidays", "numpy", "openpyxl", "rich", "rich.progress", "statsmodels"}
PROGRAM = f"""
import json, sys
from esar.config.command import main
main(sys.argv[1:], standalone_mode=False)
print(json.dumps(sorted({WEIGHTY!r} & set(sys.modules))))
"""


@pytest.mark.parametrize(
    ("arguments", "imported"),
    [
        (("score", "samples/dit-2567.json", "--json"), []),
        (("score", "samples/dit-2567.json"), ["rich"]),
        (("score", "samples/dit-2567.csv", "--json"), []),
        (("rules", "check", "2567"), ["rich"]),
        (("rules", "holidays", "2568"), ["holidays"]),
    ],
)
def test_a_command_imports_what_it_needs(arguments: tuple[str, ...], imported: list[str]) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments], capture_output=True, text=True, check=True
    )

    assert json.loads(answer.stdout.splitlines()[-1]) == imported


def test_the_help_names_every_command() -> None:
    from esar.config.command import main

    names = [
        "audit",
        "check",
        "checkpoint",
        "doctor",
        "forecast",
        "replay",
        "rules",
        "score",
        "tables",
        "template",
        "witness",
    ]
    lines = CliRunner().invoke(main, ["--help"]).output.split("Commands:")[1].splitlines()

    assert [line.split()[0] for line in lines if line.strip()] == names


def test_a_command_that_is_none_is_refused_with_those_there_are() -> None:
    result = esar("scores")

    assert (result.exit_code, "No such command 'scores'" in result.output) == (2, True)
