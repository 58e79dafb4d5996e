"""What the browser sent → clean Python."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from esar.agree.indexes.actions import edition_text, index_text
from esar.agree.indexes.models import HostChange, IndexEdition, InternationalIndex
from esar.kernel import spelling
from esar.platform.lifecycle.drafts import mark_of
from esar.platform.lifecycle.forms import DraftForm
from esar.platform.ui.forms import CountText, DayText, DecimalText, Form, lazy_say


class IndexForm(DraftForm):
    """An index: by which code KPIs name it, what it is called, whose it is, its scale."""

    beside: ClassVar = {"index.code_taken": "code"}
    code = forms.CharField(
        max_length=40,
        label=lazy_say("label.index_code"),
        help_text=lazy_say("page.index_code_help"),
    )
    name = forms.CharField(max_length=300, label=lazy_say("label.index_name"))
    host = forms.CharField(max_length=300, label=lazy_say("label.index_host"))
    scale = forms.CharField(
        max_length=300,
        label=lazy_say("label.index_scale"),
        help_text=lazy_say("page.index_scale_help"),
    )

    def __init__(self, *args: Any, index: InternationalIndex | None = None) -> None:
        text = index_text(index) if index else {}
        super().__init__(*args, initial=text | ({"seen": mark_of(text)} if index else {}))
        if index is not None:
            self.fields["code"].disabled = True  # KPIs name it

    def clean_code(self) -> str:
        return spelling.register_code(self.cleaned_data["code"])


class EditionForm(DraftForm):
    """What an edition of an index says: when it was published, the rank, the score."""

    beside: ClassVar = {
        "index.published_later": "published_on",
        "index.edition_says_nothing": "rank",
        "index.edition_is_there": "edition",
    }
    edition = forms.CharField(max_length=60, label=lazy_say("label.index_edition"))
    published_on = DayText(label=lazy_say("label.index_published_on"))
    rank = CountText(required=False, label=lazy_say("label.index_rank"))
    score = DecimalText(required=False, digits=12, label=lazy_say("label.index_score"))

    def __init__(self, *args: Any, edition: IndexEdition | None = None) -> None:
        initial: dict[str, Any] = {}
        if edition is not None:
            text = edition_text(edition)
            initial = {**text, "published_on": edition.published_on, "seen": mark_of(text)}
        super().__init__(*args, initial=initial)

    def clean_rank(self) -> int | None:
        rank: int | None = self.cleaned_data["rank"]
        if rank == 0:
            raise forms.ValidationError(lazy_say("index.rank_from_1"))
        return rank


class HostChangeForm(Form):
    """What the host did to an index, on which day, and where that is written."""

    beside: ClassVar = {"index.changed_later": "day"}
    what = forms.ChoiceField(
        label=lazy_say("label.host_change"),
        choices=[
            (what, lazy_say(f"host-change.{what}"))
            for what in (HostChange.What.CHANGED.value, HostChange.What.CANCELLED.value)
        ],
        widget=forms.RadioSelect,
    )
    day = DayText(label=lazy_say("label.host_change_day"))
    details = forms.CharField(
        max_length=2000, widget=forms.Textarea, label=lazy_say("label.host_change_details")
    )
    source = forms.CharField(
        max_length=2000, widget=forms.Textarea, label=lazy_say("label.host_change_source")
    )
