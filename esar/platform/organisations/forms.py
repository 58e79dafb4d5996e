"""What the browser sent → clean Python."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib.auth import password_validation

from esar.platform.organisations.fields import BodiesText, CodeText
from esar.platform.organisations.models import (
    OF_A_BODY,
    OF_A_COMMITTEE,
    Body,
    Committee,
    OfficeHolder,
    Person,
    Role,
)
from esar.platform.ui.forms import DayText, Form, lazy_say

MAX_REASON = 500  # letters


class InviteForm(Form):
    email = forms.EmailField()
    name = forms.CharField(max_length=200)
    position = forms.CharField(max_length=200, required=False)
    role = forms.ChoiceField(choices=[(role, lazy_say(f"role.{role}")) for role in Role.values])
    body = CodeText(Body, required=False, help_text=lazy_say("page.body_help"))
    committee = CodeText(Committee, required=False, help_text=lazy_say("page.committee_help"))
    seat = forms.CharField(max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """A role keeps only the place that belongs to it."""
        data = super().clean() or self.cleaned_data
        if data.get("role") not in OF_A_BODY:
            data["body"] = None
        if data.get("role") not in OF_A_COMMITTEE:
            data["committee"] = None
        return data


class EndForm(Form):
    """Why a role ends, and with which day; at once where none is given."""

    reason = forms.CharField(max_length=MAX_REASON)
    last_day = DayText(required=False, help_text=lazy_say("page.last_day_help"))


class DelegateForm(Form):
    taker = forms.EmailField()
    first_day = DayText()
    last_day = DayText()
    reason = forms.CharField(max_length=300)


class MailForm(Form):
    mail = forms.ChoiceField(
        choices=[(kind, lazy_say(f"mail.choice_{kind}")) for kind in Person.Mail.values]
    )


class PasswordForm(Form):
    """The first password of a person who was invited."""

    password = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))
    password_again = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, again = data.get("password"), data.get("password_again")
        if first and again and first != again:
            self.add_error("password_again", str(lazy_say("form.passwords_differ")))
        elif first:
            try:
                password_validation.validate_password(first, self.person)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return data


class HolderForm(Form):
    name = forms.CharField(max_length=200)
    post = forms.CharField(max_length=200)
    first_day = DayText()


class PortfolioForm(Form):
    """Who is in charge of which bodies, from which day, by which order."""

    holder = forms.ModelChoiceField(OfficeHolder.objects.none(), label=lazy_say("label.holder"))
    bodies = BodiesText(
        Body.objects.all, label=lazy_say("label.bodies"), help_text=lazy_say("page.bodies_help")
    )
    first_day = DayText()
    order = forms.CharField(max_length=300, label=lazy_say("label.portfolio_order"))
    beside: ClassVar = {"portfolio.": "bodies", "portfolio.not_in_office": "first_day"}

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        holder: Any = self.fields["holder"]
        holder.queryset = (
            OfficeHolder.objects.filter(body__kind=Body.Kind.MINISTRY)
            .select_related("body")
            .order_by("body__name_key", "-first_day")
        )
        holder.label_from_instance = lambda row: f"{row.name} · {row.post}"


class OrderForm(Form):
    """The order of a portfolio as it should have been written down, and why."""

    order = forms.CharField(max_length=300, label=lazy_say("label.portfolio_order"))
    reason = forms.CharField(max_length=2000, label=lazy_say("label.reason"))
    seen = forms.CharField(max_length=300, widget=forms.HiddenInput)
    beside: ClassVar = {"portfolio.": "order"}


class HoldersForm(Form):
    """A list of holders as it is copied from a sheet."""

    rows = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 12}),
        max_length=500_000,
        strip=False,
        help_text=lazy_say("holders.help"),
        label=lazy_say("holders.rows"),
    )
