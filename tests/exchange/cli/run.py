"""The command, run as a person runs it."""

from __future__ import annotations

import json
from typing import Any

from click.testing import CliRunner, Result

from esar.exchange.cli.main import main


def esar(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


def answer(*arguments: str) -> Any:
    result = esar(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)
