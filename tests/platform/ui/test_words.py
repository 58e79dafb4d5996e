"""Filters of the pages: what a reader sees, and nothing of the markup around it."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.utils.translation import override

PAGE = (
    "{% load words %}{% filter thai_digits %}"
    '<a href="/years/2554/" title="2">ปี 2554</a> &#x27;1.25&#x27; <code>cc8b4</code>'
    "{% endfilter %}"
)


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        (
            "th",
            '<a href="/years/2554/" title="2">ปี ๒๕๕๔</a> &#x27;๑.๒๕&#x27; <code>cc8b4</code>',
        ),
        (
            "en",
            '<a href="/years/2554/" title="2">ปี 2554</a> &#x27;1.25&#x27; <code>cc8b4</code>',
        ),
    ],
)
def test_thai_numerals_are_of_what_is_read_and_not_of_the_markup(language: str, shown: str) -> None:
    with override(language):
        assert Template(PAGE).render(Context()) == shown


def test_a_text_that_looks_like_markup_is_text() -> None:
    with override("th"):
        said = Template("{% load words %}{{ text|thai_digits }}").render(
            Context({"text": "<1> & 2"})
        )

    assert said == "&lt;๑&gt; &amp; ๒"


@pytest.mark.parametrize(
    ("kept", "shown"),
    [("2827053.00", "2,827,053"), ("27.50", "27.5"), ("-1250", "-1,250"), ("", "")],
)
def test_a_figure_for_the_eye_has_its_thousands_marked(kept: str, shown: str) -> None:
    assert Template("{% load words %}{{ kept|grouped }}").render(Context({"kept": kept})) == shown
