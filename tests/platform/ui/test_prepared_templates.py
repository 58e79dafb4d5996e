"""A prepared template gives the same markup, letter by letter, and draws once what is the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.template import Context, Engine, engines
from django.template.base import Template, render_value_in_context
from django.template.loader_tags import BlockNode
from django.urls import set_script_prefix
from django.utils import translation
from django.utils.safestring import SafeString

from esar.platform.ui import prepared
from esar.platform.ui.forms import lazy_say

TAGS = "{% load i18n words components %}"
SAME_FOR_ALL = (
    '{% translate "Find" %}',
    '{% translate "Year" context "fiscal" %}',
    '{% translate "100%% <b>" %}',
    "{% blocktranslate trimmed %}\n  Open\n  e-SAR\n{% endblocktranslate %}",
    '{% blocktranslate context "fiscal" %}Year{% endblocktranslate %}',
    '{% say "page.all" %}',
    '{% say "page.year" year=2567 %}',
    '{% url "public:home" %}',
)
EACH_ITS_OWN = (
    "{% translate text %}",
    '{% translate "Find"|upper %}',
    '{% translate "Find" as words %}{{ words }}',
    "{% blocktranslate %}About {{ text }}{% endblocktranslate %}",
    "{% blocktranslate with day=today|day %}On {{ day }}{% endblocktranslate %}",
    "{% blocktranslate count days=number %}{{ days }} day late{% plural %}{{ days }} days late"
    "{% endblocktranslate %}",
    "{% blocktranslate asvar words %}Year{% endblocktranslate %}{{ words }}",
    '{% say "page.year" year=number %}',
    '{% say "page.all" as words %}{{ words }}',
    '{% url "public:year" number %}',
    '{% url "public:home" as address %}{{ address }}',
    "{{ text }}|{{ safe }}|{{ nothing }}|{{ number }}|{{ decimal }}|{{ today }}|{{ lazy }}",
    "{{ at }}|{{ at|date:'H:i' }}",
    "{{ text|upper }}|{{ missing }}|{{ missing.part }}|{{ things.0 }}|{{ yes }}|{{ number|add:1 }}",
    "{% autoescape off %}{{ text }}{{ safe }}{{ lazy }}{% translate 'Find' %}{% endautoescape %}",
    "{% if number %}{% translate 'Find' %}{{ text }}{% else %}{{ safe }}{% endif %}",
    "{% if nothing %}{{ text }}{% elif text %}{{ safe }}{% translate 'Find' %}{% endif %}",
    "{% for thing in things %}{{ forloop.counter }}{{ thing }}{% empty %}–{% endfor %}",
    "{% with words=text %}{{ words }}{% translate 'Find' %}{% endwith %}",
    "{% language 'en' %}{% translate 'Find' %}{% say 'page.all' %}{% endlanguage %}",
    "{% filter upper %}{{ text }}{% translate 'Find' %}{% endfilter %}",
    "{% facts %}{% fact text %}{{ number }}{% endfact %}{% endfacts %}",
)


def values() -> dict[str, Any]:
    return {
        "text": "<ข้อ> & 'ความ'",
        "safe": SafeString("<b>หนา</b>"),
        "nothing": None,
        "number": 2567,
        "decimal": Decimal("1234.50"),
        "today": date(2024, 4, 30),
        "at": datetime(2024, 4, 30, 20, 0, tzinfo=UTC),
        "lazy": lazy_say("page.all"),
        "things": ["<1>", 2],
        "yes": True,
    }


def engine() -> Engine:
    engine: Engine = engines["django"].engine  # type: ignore[attr-defined]
    return engine


def plain_and_prepared(source: str) -> tuple[Template, Template]:
    plain, other = (
        Template(TAGS + source, engine=engine()),
        Template(TAGS + source, engine=engine()),
    )
    prepared.prepare(other)
    return plain, other


@pytest.mark.parametrize("source", [*SAME_FOR_ALL, *EACH_ITS_OWN])
def test_a_prepared_template_gives_the_same_in_each_language_however_often(source: str) -> None:
    plain, other = plain_and_prepared(source)

    for language in ("th", "en", "th"):
        for autoescape in (True, False):
            with translation.override(language):
                context = {"autoescape": autoescape}
                expected = plain.render(Context(values(), **context))
                assert other.render(Context(values(), **context)) == expected
                assert other.render(Context(values(), **context)) == expected


@pytest.mark.parametrize("source", SAME_FOR_ALL)
def test_what_has_no_blank_is_drawn_once_for_each_language(source: str) -> None:
    _, template = plain_and_prepared(source)

    [node] = [node for node in template.nodelist if isinstance(node, prepared.WordsNode)]
    for language in ("th", "en", "th", "en"):
        with translation.override(language):
            template.render(Context(values()))

    languages = 1 if isinstance(node, prepared.AddressNode) else 2
    assert len(node.drawn) == languages


@pytest.mark.parametrize("source", EACH_ITS_OWN[:11])
def test_what_has_a_blank_or_a_name_is_drawn_each_time(source: str) -> None:
    _, template = plain_and_prepared(source)

    assert [type(node) for node in template.nodelist if isinstance(node, prepared.WordsNode)] == []


def test_an_address_is_that_of_the_place_where_the_site_lies() -> None:
    _, template = plain_and_prepared('{% url "public:home" %}')

    assert template.render(Context()) == "/"
    set_script_prefix("/e-sar/")
    try:
        assert template.render(Context()) == "/e-sar/"
    finally:
        set_script_prefix("/")


def test_every_template_of_the_house_is_prepared_when_it_is_read() -> None:
    template = engine().get_template("ui/base.html")

    assert isinstance(template.nodelist, prepared.PreparedNodes)
    assert engine().get_template("ui/base.html") is template
    kinds = {type(node).__name__ for node in every_node(template.nodelist)}
    assert {"VariableNode", "LoadNode"} & kinds == set()
    assert {"ValueNode", "WordsNode", "AddressNode"} <= kinds


def test_what_a_page_extends_is_searched_for_its_blocks_once() -> None:
    nodes = engine().get_template("ui/base.html").nodelist

    assert [block.name for block in nodes.get_nodes_by_type(BlockNode)] == [
        "title",
        "about",
        "content",
    ]
    assert nodes.get_nodes_by_type(BlockNode) is nodes.get_nodes_by_type(BlockNode)


def every_node(nodes: Any) -> Iterator[Any]:
    for node in nodes:
        yield node
        for inner in prepared._inner_nodes(node):
            yield from every_node(inner)


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize(
    "value",
    [
        *map(
            Decimal, ("0", "-0.00", "62.50", "-1234567.8900", "1E+3", "1E-7", "0.1234567890123456")
        ),
        *(0, -1, 1234567, True, False),
    ],
)
def test_a_figure_is_written_as_django_writes_it(value: Decimal | int, language: str) -> None:
    with translation.override(language):
        expected = render_value_in_context(value, Context())
        template = Template("{{ value }}")
        prepared.prepare(template)

        assert template.render(Context({"value": value})) == str(expected)
