"""What the browser sent → the text of a list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language

from esar.exchange.files.listing import SUFFIXES
from esar.exchange.files.opening import MAX_BYTES
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import problem_sentence
from esar.platform.role_offers.lists.sheet import text_of_file
from esar.platform.ui.forms import Form, lazy_say

MAX_LETTERS = 200_000


class PeopleListForm(Form):
    """A list that is pasted, or comes as a file: then it is shown as if it had been pasted."""

    file = forms.FileField(
        required=False,
        label=lazy_say("people-list.file"),
        widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
    )
    rows = forms.CharField(
        required=False,
        strip=False,
        max_length=MAX_LETTERS,
        label=lazy_say("people-list.rows"),
        help_text=lazy_say("people-list.help"),
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    def text(self) -> str:
        """The rows as text. Errors: Refused for a file that cannot be read."""
        file: Any = self.cleaned_data.get("file")
        if not file:
            return str(self.cleaned_data["rows"])
        if file.size > MAX_BYTES:
            raise Refused([Problem("file.too_large", {"most": MAX_BYTES // 1_000_000})])
        text = text_of_file(file.read(), file.name)
        self.data = {**self.data.dict(), "rows": text}  # type: ignore[attr-defined]
        return text

    def refuse(self, problems: Iterable[Problem]) -> None:
        """With the place in the file, which the page does not show otherwise."""
        for problem in problems:
            self.add_error(None, problem_sentence(problem, get_language() or "th"))
