"""The life of a report and of a pack of its evidence, each as one table."""

from __future__ import annotations

from django.db import models

from esar.platform.lifecycle.moves import AT_THE_BODY, Move, OwnWork, drafting
from esar.platform.organisations.models import Role


class ReportState(models.TextChoices):
    """Where a report is."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    SUBMITTED = "submitted"


class ClaimStatus(models.TextChoices):
    """What a report says of a KPI. Zero is a result, and none of the last three."""

    REPORTED = "reported"
    NOT_REPORTED = "not_reported"
    NO_DATA = "no_data"
    NOT_APPLICABLE = "not_applicable"


class PackState(models.TextChoices):
    """Where a zip of a report's evidence is."""

    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"


REPORT_MOVES: dict[str, Move] = {
    **drafting(
        (ReportState.DRAFT,),
        ReportState.PROPOSED,
        ReportState.SUBMITTED,
        tells=(Role.ASSESSOR, Role.ANALYST),
    ),
    # By the assessment, which returns the report; see esar.judge.assessments.
    "return": Move(
        (ReportState.SUBMITTED,),
        ReportState.DRAFT,
        (Role.ASSESSOR,),
        OwnWork.NOT_SENT,
        needs_reason=True,
        by_system=True,
        tells=AT_THE_BODY,
    ),
}
# Writing in a report is no move: it stays in its state.
REPORT_EDITS: dict[str, Move] = {
    "edit": Move((ReportState.DRAFT,), ReportState.DRAFT, (Role.REPORTER,)),
    "attach": Move((ReportState.DRAFT,), ReportState.DRAFT, (Role.REPORTER,)),
}
