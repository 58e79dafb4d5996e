"""`esar`: score scorecards, write templates, read and compare the rules."""

from __future__ import annotations

import sys

import click

from esar.exchange.cli.forecast import forecast
from esar.exchange.cli.replay import replay_command
from esar.exchange.cli.rules import rules
from esar.exchange.cli.score import score_command
from esar.exchange.cli.template import template_command


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="open-esar", prog_name="esar")
def main() -> None:
    """Open e-SAR: คิดคะแนนจากหลักเกณฑ์ที่มีที่มา พร้อมอธิบายทุกขั้นตอน

    Score agencies from dated, cited rules, and explain every figure.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")


main.add_command(score_command)
main.add_command(template_command)
main.add_command(rules)
main.add_command(replay_command)
main.add_command(forecast)

if __name__ == "__main__":
    main()
