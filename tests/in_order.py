"""What whoever runs the site asks it, in one process: `python -m tests.in_order`."""

from __future__ import annotations

import sys

from click.testing import CliRunner

from esar.config.command import main

COMMANDS = (["doctor"], ["audit", "verify"])


def out_of_order() -> str:
    """What the doctor and the log's verification find; empty where all is in order."""
    answers = [CliRunner().invoke(main, words) for words in COMMANDS]
    return "".join(f"{answer.output}{answer.exception!r}" for answer in answers if answer.exit_code)


if __name__ == "__main__":
    sys.exit(out_of_order() or 0)
