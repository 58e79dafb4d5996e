"""The formulas of the results workbook: scoring said once more, in a spreadsheet's own words.

Each function answers with a formula without its "=". References are cell addresses like F7.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

HEALING_PLACES = 10


def figure(value: Decimal | int) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def rounded(expression: str, places: int) -> str:
    """Half up, once. The inner rounding heals binary fractions, so that a tie is seen as a tie."""
    return f"ROUND(ROUND({expression},{HEALING_PLACES}),{places})"


def on_ladder(
    actual: str, sign: str, targets: Sequence[str], points: Sequence[str], below: str
) -> str:
    """Points on a ladder: `below` under the first target, straight lines, flat above the last.

    `sign` is 1 where higher is better and -1 where lower is; targets may run either way.
    """
    inner = points[-1]
    for level in range(len(targets) - 2, -1, -1):
        low, high = targets[level], targets[level + 1]
        line = (
            f"{points[level]}+({points[level + 1]}-{points[level]})*({actual}-{low})/({high}-{low})"
        )
        inner = f"IF({sign}*{actual}<{sign}*{high},{line},{inner})"
    return f"IF({sign}*{actual}<{sign}*{targets[0]},{below},{inner})"


def by_milestones(flags: Sequence[str], points: Sequence[str], below: str) -> str:
    """The points of the last step before the first gap."""
    inner = points[-1]
    for step in range(len(flags) - 1, -1, -1):
        inner = f"IF({flags[step]}<>1,{points[step - 1] if step else below},{inner})"
    return inner


def unless_missing(test: str, missing: str, expression: str, places: int) -> str:
    """The points of a result that was not reported, or the rounded expression."""
    return f"IF({test},ROUND({missing},{places}),{rounded(expression, places)})"


def grade(total: str, bands: Sequence[tuple[Decimal, str]]) -> str:
    """The name of the first band, from the highest, whose least points the total reaches."""
    *upper, (_, lowest) = bands
    inner = quoted(lowest)
    for least, name in reversed(upper):
        inner = f"IF({total}>={figure(least)},{quoted(name)},{inner})"
    return inner


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
