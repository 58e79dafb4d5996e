"""Lines in which what a register lists is looked up by its name: what is kept is its code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from esar.kernel import spelling
from esar.platform.ui.forms import lazy_say

Choices = Mapping[str, str]  # code → name
_PARTED = re.compile(r"[,;\n]+")
MOST_COMMAS = 4  # in the name of a body


class _Picker:
    """What may be chosen: as it is, or worked out when the line is drawn."""

    choices: Choices | Callable[[], Choices] = MappingProxyType({})

    def offered(self) -> Choices:
        """Code → name of what may be chosen."""
        return self.choices() if callable(self.choices) else self.choices


class CodesInput(_Picker, forms.TextInput):
    """A line of text with what may be chosen; the browser looks it up by code and by name."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        list_id = f"{name}-choices"
        line = super().render(name, value, {**(attrs or {}), "list": list_id}, renderer)
        return format_html("{}{}", line, _listed(list_id, self.offered().items()))


class CodesArea(_Picker, forms.Textarea):
    """Room for several, and a line that adds one by its code or name.

    Fields that offer the same have one `list_id`; only that which `lists` draws what is offered.
    """

    list_id, lists = "", True

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        area_id, list_id = (attrs or {}).get("id", name), self.list_id or f"{name}-choices"
        written = [(with_code(code, name_), "") for code, name_ in self.offered().items()]
        return format_html(
            '{}<span class="adding" hidden><label for="{id}-adding">{}</label>'
            '<input id="{id}-adding" list="{}" data-adds-to="{id}"></span>{}',
            super().render(name, value, attrs, renderer),
            lazy_say("label.add_by_name"),
            list_id,
            _listed(list_id, written) if self.lists else "",
            id=area_id,
        )


def with_code(code: str, name: str) -> str:
    """One of a register as it is written out: its name, and its code in brackets."""
    return f"{name} ({code})"


def _listed(list_id: str, options: Iterable[tuple[str, str]]) -> SafeString:
    lines = format_html_join("", '<option value="{}">{}</option>', options)
    return format_html('<datalist id="{}">{}</datalist>', list_id, lines)


class Register:
    """Codes by whatever names one of a register: its code, a name of it, or both, in any order."""

    def __init__(self, rows: Iterable[tuple[str, ...]]) -> None:
        """`rows` are a code each, and the names that it goes by."""
        self._codes: dict[str, str] = {}
        by_name: dict[str, set[str]] = {}
        for code, *names in rows:
            self._codes[spelling.register_code(code)] = code
            for name in filter(None, names):
                for written in (name, f"{code} {name}", with_code(code, name)):
                    by_name.setdefault(spelling.key(written), set()).add(code)
        self._names = {name: codes.pop() for name, codes in by_name.items() if len(codes) == 1}

    def code_of(self, typed: str) -> str | None:
        """The code that was named; None where nothing, or more than one, has that name."""
        code = self._codes.get(spelling.register_code(typed))
        return code or self._names.get(spelling.key(typed))

    def codes_of(self, typed: str) -> tuple[list[str], list[str]]:
        """The codes of several, each once, and the words that name none.

        Commas or lines part them, and blanks where all are codes; a name may have commas in it.
        """
        parts = [part.strip() for part in _PARTED.split(typed) if part.strip()]
        codes: list[str] = []
        unknown: list[str] = []
        while parts:
            joined = [(", ".join(parts[:count]), count) for count in range(MOST_COMMAS, 0, -1)]
            candidates = ((self.code_of(words), count) for words, count in joined)
            code, count = next(((code, count) for code, count in candidates if code), (None, 1))
            if code is None:
                code_words = parts[0].split()
                word_codes = [self._codes.get(spelling.register_code(word)) for word in code_words]
                if any(word_codes) or all(word.isascii() for word in code_words):
                    codes += [code for code in word_codes if code]
                    unknown += [
                        word for word, code in zip(code_words, word_codes, strict=True) if not code
                    ]
                else:
                    unknown.append(parts[0])
            else:
                codes.append(code)
            parts = parts[count:]
        return list(dict.fromkeys(codes)), unknown


class PickedCode(forms.CharField):
    """The code of one of some things, typed as a code, as a name, or as both after each other."""

    widget = CodesInput

    def to_python(self, value: Any) -> str:
        typed = spelling.normal(str(super().to_python(value) or ""))
        return Register(self.offered().items()).code_of(typed) or typed

    def offered(self) -> Choices:
        """What the line offers."""
        picker: Any = self.widget
        choices: Choices = picker.offered()
        return choices
