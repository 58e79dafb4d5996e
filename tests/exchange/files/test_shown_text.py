"""The text that an .ods cell shows, against the number that it stores."""

from __future__ import annotations

from decimal import Decimal

import pytest

from esar.exchange.files.shown_text import as_shown
from esar.exchange.files.values import Figure, Flaw


@pytest.mark.parametrize(
    ("full", "words", "is_rounded"),
    [
        ("92", "92.00%", False),
        ("92", "92", False),
        ("92", "๙๒.๐๐", False),
        ("1150.4", "1,150.40 บาท", False),
        ("1150.4", "1 150,40", False),
        ("1150.4", "1.150,40", False),
        ("79.996", "80.00", True),
        ("79.5", "79,5", False),
        ("-5", "-5.00", False),
        ("-5", "(5.00)", False),
        ("-5", "\u22125", False),
        ("1150", "1.15E+03", False),
        ("0.25", "1/4", False),
        ("1.25", "1 1/4", False),
        ("0.3333", "1/3", True),
        ("0", "-", True),
    ],
)
def test_the_figure_is_the_one_stored(full: str, words: str, is_rounded: bool) -> None:
    figure = as_shown(Decimal(full), "", words)

    assert isinstance(figure, Figure)
    assert (figure, figure.is_rounded) == (full, is_rounded)


@pytest.mark.parametrize(
    ("full", "words"),
    [("90", "0.090"), ("1150", "1.150"), ("-5", "5.00"), ("5", "-5"), ("5", "500"), ("92", "ผ่าน")],
)
def test_text_that_shows_another_figure_is_refused(full: str, words: str) -> None:
    assert as_shown(Decimal(full), "", words) == Flaw("file.format_changes_figure", words)


def test_no_text_is_a_hidden_figure() -> None:
    assert as_shown(Decimal(92), "", " ") == Flaw("file.invisible_value", "92")
