"""What the browser sent → clean Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from esar.agree.committees.resolutions import Resolution
from esar.agree.committees.states import Outcome
from esar.kernel.problems import Problem
from esar.platform.ui.forms import CountText, DayText, Form, MomentText, lazy_say

MOST_LETTERS = 2000


class CallForm(Form):
    """When and where a sitting is to be."""

    beside: ClassVar[Mapping[str, str]] = {
        "calendar.too_late": "held_at",
        "sitting.day_is_past": "held_at",
        "sitting.not_its_year": "held_at",
    }

    held_at = MomentText()
    place = forms.CharField(max_length=200)


class OrderForm(Form):
    """The order that appoints a committee: letter, day, by whom, and its file."""

    beside: ClassVar[Mapping[str, str]] = {
        "committee_order.later": "day",
        "committee_order.is_there": "letter",
        "evidence.": "file",
    }

    letter = forms.CharField(max_length=200, label=lazy_say("label.order_letter"))
    day = DayText(label=lazy_say("label.order_day"))
    appointed_by = forms.CharField(max_length=300, label=lazy_say("label.appointed_by"))
    file = forms.FileField(label=lazy_say("label.order_file"))


class VotesForm(Form):
    """The votes of a resolution: both figures, or neither when no one spoke against."""

    beside: ClassVar[Mapping[str, str]] = {
        "sitting.too_many_votes": "votes_for",
        "sitting.no_majority": "votes_for",
    }

    votes_for = CountText(required=False)
    votes_against = CountText(required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        is_one_alone = (data.get("votes_for") is None) != (data.get("votes_against") is None)
        if is_one_alone and not self._wrong_votes():
            self.add_error("votes_for", lazy_say("sitting.votes_incomplete"))
        return data

    def votes_problems(self) -> list[Problem]:
        """That the votes are no two counts, for a page that says it in a line."""
        return [Problem("sitting.votes_incomplete")] if self._wrong_votes() else []

    def _wrong_votes(self) -> set[str]:
        return {"votes_for", "votes_against"} & self.errors.keys()

    @property
    def votes(self) -> tuple[int, int] | None:
        data = self.cleaned_data
        if data["votes_for"] is None:
            return None
        return data["votes_for"], data["votes_against"] or 0


class ResolveForm(VotesForm):
    """A resolution on one or many items."""

    outcome = forms.ChoiceField(choices=[(outcome, "") for outcome in Outcome.values])
    reason = forms.CharField(max_length=MOST_LETTERS, required=False)
    correction = forms.CharField(max_length=MOST_LETTERS, required=False)

    def problems(self, chosen: Sequence[Any]) -> list[Problem]:
        """What is wrong with the form, or with what was chosen of the agenda."""
        is_incomplete = not chosen or "outcome" in self.errors
        codes = ["sitting.nothing_chosen"] if is_incomplete else []
        problems = [Problem(code) for code in codes] + self.votes_problems()
        if {"reason", "correction"} & self.errors.keys():
            problems.append(Problem("form.too_long", {"most": MOST_LETTERS}))
        return problems

    @property
    def resolution(self) -> Resolution:
        data = self.cleaned_data
        return Resolution(data["outcome"], data["reason"], self.votes, data["correction"])
