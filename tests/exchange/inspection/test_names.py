"""Names lose what a disk or an eye could misread, and keep what people wrote."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esar.exchange.inspection.names import MAX_BYTES, MAX_CHARACTERS, safe_name, suffix_of
from tests.exchange.inspection.hostile import NAMES


@pytest.mark.parametrize(("name", "safe"), NAMES, ids=[ascii(name)[:40] for name, _ in NAMES])
def test_a_name_is_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(max_size=300))
def test_any_name_becomes_one_that_stays_as_it_is(name: str) -> None:
    safe = safe_name(name)

    assert 0 < len(safe) <= MAX_CHARACTERS
    assert len(safe.encode()) <= MAX_BYTES
    assert safe_name(safe) == safe
    assert not set(safe) & set('/\\:\0\u202e<>"|?*')
    assert safe not in (".", "..")
    assert safe[0] not in ". "
    assert safe[-1] not in ". "


def test_the_extension_that_counts_is_the_last_one() -> None:
    names = ["a.pdf\0.exe", "A.PDF", "a", ".pdf", "a.tar.gz", "รายงาน.pdf "]

    assert [suffix_of(name) for name in names] == [".exe", ".pdf", "", "", ".gz", ".pdf"]
