"""`esar`: score scorecards, write templates, read and compare the rules."""

from __future__ import annotations

import gc
import sys
from importlib import import_module

import click

GARBAGE = 200_000  # objects before it is looked for: a command lives for a moment and keeps most
COMMANDS = {
    "forecast": "esar.exchange.cli.forecast:forecast",
    "replay": "esar.exchange.cli.replay:replay_command",
    "rules": "esar.exchange.cli.rules:rules",
    "score": "esar.exchange.cli.score:score_command",
    "template": "esar.exchange.cli.template:template_command",
    "witness": "esar.exchange.cli.witness:witness",
}


class Commands(click.Group):
    """A group whose commands are imported when they are asked for; `places` says where they are.

    One scorecard is scored in less time than all that the other commands need takes to import.
    """

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self.places = dict(COMMANDS)

    def list_commands(self, _context: click.Context) -> list[str]:
        return sorted(self.places)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        if name not in self.places:
            return None
        module, attribute = self.places[name].split(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command


@click.group(
    cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="open-esar", prog_name="esar")
def main() -> None:
    """Open e-SAR: คิดคะแนนจากหลักเกณฑ์ที่มีที่มา พร้อมอธิบายทุกขั้นตอน

    Score agencies from dated, cited rules, and explain every figure.
    """
    gc.set_threshold(GARBAGE)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A file's name, or half a letter in JSON, may be no text that can be written.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    main()
