"""Inputs as Django draws them, letter by letter, but without its templates.

A field to type in took three templates and an option of a choice two: three hundred for a form of
sixty fields (ADR 34). What is not drawn here has Django's own template.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.formats import localize
from django.utils.safestring import SafeData

FOLDER = "django/forms/widgets/"
TYPED_IN = (
    *("checkbox", "color", "date", "datetime", "email", "file", "hidden", "number"),
    *("password", "search", "tel", "text", "time", "url"),
)


class FormRenderer(DjangoTemplates):
    """Draws what is in DRAWN, and gives the rest to Django's templates."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        draw = DRAWN.get(template_name)
        if draw is None or not _is_plain(context["widget"]):
            return super().render(template_name, context, request)
        return draw(context["widget"])


def _is_plain(widget: Mapping[str, Any]) -> bool:
    """Whether the options of a choice have no template of their own."""
    groups: Iterable[Any] = widget.get("optgroups", ())
    return all(
        option["template_name"] == f"{FOLDER}select_option.html"
        for _name, options, _place in groups
        for option in options
    )


def _written(value: Any) -> str:
    return value if isinstance(value, SafeData) else escape(str(value))  # type: ignore[return-value]


def _named(label: Any) -> str:
    """A label as a template writes it: figures and days in the reader's language."""
    return _written(label if isinstance(label, str) else localize(label))


def _attributes(widget: Mapping[str, Any]) -> str:
    return "".join(
        f" {_written(name)}" if value is True else f' {_written(name)}="{_written(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _input(widget: Mapping[str, Any]) -> str:
    value = "" if widget["value"] is None else f' value="{_written(widget["value"])}"'
    start = f'<input type="{_written(widget["type"])}" name="{_named(widget["name"])}"'
    return f"{start}{value}{_attributes(widget)}>"


def _textarea(widget: Mapping[str, Any]) -> str:
    value = _named(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{_named(widget["name"])}"{_attributes(widget)}>\n{value}</textarea>'


def _select(widget: Mapping[str, Any]) -> str:
    parts = [f'<select name="{_named(widget["name"])}"{_attributes(widget)}>']
    for group, options, _place in widget["optgroups"]:
        if group:
            parts.append(f'\n  <optgroup label="{_named(group)}">')
        parts += [
            f'\n  <option value="{_written(option["value"])}"{_attributes(option)}>'
            f"{_named(option['label'])}</option>\n"
            for option in options
        ]
        if group:
            parts.append("\n  </optgroup>")
    return "".join([*parts, "\n</select>"])


DRAWN: dict[str, Callable[[Mapping[str, Any]], str]] = {
    **{f"{FOLDER}{kind}.html": _input for kind in TYPED_IN},
    f"{FOLDER}textarea.html": _textarea,
    f"{FOLDER}select.html": _select,
}
