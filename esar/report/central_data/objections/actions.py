"""Writes: a body objects to a value of central data. The life of objections has the rest."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.platform.history.actions import record
from esar.platform.notices.actions import tell
from esar.platform.organisations.models import Body, Person, Role
from esar.platform.organisations.queries import people_with
from esar.report.central_data import permissions
from esar.report.central_data.life import OBJECTION_LIFE, figures_of, in_log
from esar.report.central_data.models import CentralValue, Objection
from esar.report.central_data.queries import counting, set_of
from esar.report.central_data.states import ObjectionState


@transaction.atomic
def object_to(value: CentralValue, text: str, *, by: Person, at: datetime, on: date) -> Objection:
    """Object to the value that counts, with the reason, and tell the owner.

    `on` is the day in Asia/Bangkok; the last day counts to its end.
    Errors: Refused for another's value, too late, a value that counts no more, no reason, or an
    objection that is open or decided already.
    """
    require(permissions.may_object(by, value, on))
    data_set = set_of(value)
    assert data_set is not None, "one may object only to what the rulebook has"
    problems = [] if text.strip() else [Problem("form.no_reason")]
    if not counting().filter(pk=value.pk).exists():
        problems.append(Problem("central.superseded"))
    if problems:
        raise Refused(problems)
    try:
        with transaction.atomic():
            objection = Objection.objects.create(
                central_value=value, text=text.strip(), by=by, at=at
            )
    except IntegrityError as error:
        stands = Objection.objects.exclude(state=ObjectionState.WITHDRAWN)
        there = OBJECTION_LIFE.address(stands.get(central_value=value))
        raise Refused([Problem("central.objected_already", there=there)]) from error
    code = value.body.code
    record("central.objected", objection, by=by, at=at, body=code, after=in_log(value), reason=text)
    owner = Body.objects.get(code=data_set.owner)
    tell(
        people_with(on, Role.CENTRAL_OWNER, body=owner),
        "notice.central_objection",
        path=OBJECTION_LIFE.address(objection),
        key=f"central-objection:{objection.pk}:objection",
        at=at,
        **figures_of(value),
    )
    return objection
