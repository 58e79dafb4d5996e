"""Nobody gets a role unseen: whoever is above its holder is told."""

from __future__ import annotations

from datetime import date, datetime
from typing import Unpack

from django.urls import reverse

from esar.kernel.wording import say
from esar.kernel.wording.catalogue import LANGUAGES
from esar.platform.notices.actions import tell
from esar.platform.notices.queries import ALWAYS_MAILED
from esar.platform.organisations.lending import superiors_of
from esar.platform.organisations.models import Appointment, Person, Role
from esar.platform.organisations.queries import Place


def role_words(role: str) -> dict[str, str]:
    """What a role is called, by language."""
    return {language: say(f"role.{role}", {}, language) for language in LANGUAGES}


def tell_of_new_role(
    person: Person, role: str, *, by: Person, at: datetime, on: date, **place: Unpack[Place]
) -> None:
    """Tell whoever is above the holder, but for who gave it; of an administrator by mail."""
    is_administrator = role == Role.ADMINISTRATOR
    above = superiors_of(Appointment(person=person, role=role, **place), on)
    tell(
        [superior for superior in above if superior != by],
        f"{ALWAYS_MAILED}administrator_made" if is_administrator else "notice.role_given",
        path=reverse("organisations:people"),
        key=f"role:{person.pk}:{role}:given:{at.isoformat()}",
        at=at,
        name=person.name,
        giver=by.name,
        role=role_words(role),
    )
