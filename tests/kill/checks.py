"""After a kill: everything that was acknowledged is there, and nothing is half done."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.conf import settings
from django.db.models import Count

from esar.judge.assessments.models import Assessment
from esar.judge.results.models import Result
from esar.platform.evidence.models import StoredFile, Upload
from esar.platform.evidence.storage import names, storage
from esar.platform.history.models import Event
from esar.report.central_data.models import CentralValue, Delivery
from esar.report.reports.models import Attachment, Claim, Pack, Report, ReportVersion
from tests.kill.clients import Known
from tests.kill.prepare import OF_A_GROUP, Ground


class Checker:
    """Counts the promises that it looked at, and gives every one that was broken."""

    def __init__(self, ground: Ground, known: Known) -> None:
        self.ground, self.known, self.looked_at = ground, known, 0

    def findings(self) -> list[str]:
        return [
            *self._claims(),
            *self._reports(),
            *self._files(),
            *self._uploads(),
            *self._deliveries(),
            *self._releases(),
            *self._packs(),
        ]

    def _claims(self) -> Iterator[str]:
        """What was typed is there, or what was on its way; never another figure or revision."""
        kept = {
            one.number: (one.revision, f"{one.actual:.2f}")
            for one in Claim.objects.filter(report=self.ground.draft).exclude(actual=None)
        }
        for number, thing in self.known.claims.items():
            found = kept.get(number, (0, ""))
            self.looked_at += 1
            if not thing.may_be(found):
                yield f"claim {number}: {found}, but {thing}"
            thing.sure, thing.maybe = found, None

    def _reports(self) -> Iterator[str]:
        """Submitted ⇔ its version ⇔ its assessment ⇔ its event, as often as it was sent."""
        for pk, assessment, _ in self.ground.cycles:
            thing, report = self.known.reports[pk], Report.objects.get(pk=pk)
            found = (report.state, report.sent)
            self.looked_at += 1
            if not thing.may_be(found):
                yield f"report {pk}: {found}, but {thing}"
            thing.sure, thing.maybe = found, None
            sent = list(range(1, report.sent + 1))
            versions = ReportVersion.objects.filter(report=pk).order_by("number")
            if list(versions.values_list("number", flat=True)) != sent:
                yield f"report {pk}: sent {report.sent}, versions {list(versions)}"
            one = Assessment.objects.select_related("version").get(pk=assessment)
            stage = "preliminary" if report.state == "submitted" else "returned"
            if (one.version.number, one.state) != (report.sent, stage):
                yield f"report {pk} {found}: assessment {one.version.number} {one.state}"
            events = Event.objects.filter(subject_kind="report", subject_id=str(pk))
            if events.filter(verb="report.submit").count() != report.sent:
                yield f"report {pk}: sent {report.sent}, and not as many events"
            moved = events.filter(verb__startswith="report.", after__has_key="state")
            last = moved.order_by("-number")[0]
            if last.after["state"] != report.state:
                yield f"report {pk}: {report.state}, and its last event says {last.after}"

    def _files(self) -> Iterator[str]:
        """An upload that was acknowledged is attached with its file; one taken off is not."""
        there = Attachment.objects.filter(claim__report=self.ground.files)
        kept = {
            (one.claim.number, one.file.sha256): one.file
            for one in there.select_related("claim", "file")
        }
        for key, thing in list(self.known.files.items()):
            self.looked_at += 1
            found = key in kept
            if not thing.may_be(found):
                yield f"file {key}: attached {found}, but {thing}"
            thing.sure, thing.maybe = found, None
            if not found:
                del self.known.files[key]
        for key in set(kept) - set(self.known.files):
            yield f"file {key}: attached, and nobody sent it"
        for key, file in kept.items():
            is_infected = file.sha256 in self.known.infected
            is_there = storage().exists(file.path)
            if file.state not in self._states(is_infected=is_infected):
                yield f"file {key}: attached, and {file.state}"
            if not is_there and not is_infected:
                yield f"file {key}: attached, and not in the store"

    def _states(self, *, is_infected: bool) -> tuple[str, ...]:
        """Those in which a file may be; nothing that was not scanned is given out."""
        if not settings.CLAMD:
            return ("kept",)
        return ("held", "infected") if is_infected else ("held", "clean")

    def settled(self) -> Iterator[str]:
        """Once the worker has had its time: all is scanned, and no virus is in the store."""
        for one in StoredFile.objects.exclude(state="arriving"):
            is_infected = one.sha256 in self.known.infected
            is_there = storage().exists(one.path)
            self.looked_at += 1
            state = self._states(is_infected=is_infected)[-1]
            if (one.state, is_there) != (state, not is_infected):
                yield f"file {one}: {one.state}, there {is_there}, but {state}"

    def _uploads(self) -> Iterator[str]:
        """An upload is done with all its bytes, or open with its received parts in the store.

        Of a virus that was found while its sender waited for the answer, it is refused.
        """
        for one in Upload.objects.exclude(state="open"):
            is_infected = one.name.removesuffix(".txt") in self.known.infected
            if one.state == "refused" and is_infected:
                continue
            if (one.state, one.received) != ("done", one.size):
                yield f"upload {one.token}: {one.state}, {one.received} of {one.size}"
        for one in Upload.objects.filter(state="open"):
            sizes = {name: storage().size(name) for name in names(f"uploads/{one.token}")}
            at = 0
            while at < one.received and sizes.get(one.part(at)):
                at += sizes[one.part(at)]
            if at != one.received:
                yield f"upload {one.token}: received {one.received}, parts {sizes}"

    def _deliveries(self) -> Iterator[str]:
        """A published delivery has every value that it brought, any other has none."""
        counts = dict(CentralValue.objects.order_by().values_list("delivery").annotate(Count("pk")))
        for one in Delivery.objects.only("pk", "state"):
            expected = len(self.ground.bodies) if one.state == "published" else 0
            if counts.get(one.pk, 0) != expected:
                yield f"delivery {one.pk}: {one.state}, and {counts.get(one.pk, 0)} values"
        states = dict(Delivery.objects.values_list("pk", "state"))
        for pk, thing in list(self.known.deliveries.items()):
            found = states.get(pk)
            self.looked_at += 1
            # A file that waits gives way to the next one.
            if not thing.may_be(found) and (thing.sure, found) != ("checking", "discarded"):
                yield f"delivery {pk}: {found}, but {thing}"
            if found == "published":
                yield from self._values(pk)
            if found != "checking":
                del self.known.deliveries[pk], self.known.figures[pk]

    def _values(self, pk: int) -> Iterator[str]:
        kept = dict(CentralValue.objects.filter(delivery=pk).values_list("body", "value"))
        said = {body: Decimal(text) for body, text in self.known.figures[pk].items()}
        # Of a figure that a body has already there is no second row: then `_deliveries` has it.
        if kept != said:
            yield f"delivery {pk}: the values are not those of the file"

    def _releases(self) -> Iterator[str]:
        """Of the results released together all are released, or none."""
        for group, thing in list(self.known.releases.items()):
            states = Result.objects.filter(pk__in=group).values_list("state", "released_at")
            released = {at is not None for _, at in states}
            self.looked_at += 1
            if len(states) != OF_A_GROUP or len(released) != 1:
                yield f"results {group}: {list(states)}"
                continue
            found = released.pop()
            if not thing.may_be(found):
                yield f"results {group}: released {found}, but {thing}"
            if {state for state, _ in states} != {"released" if found else "computed"}:
                yield f"results {group}: {list(states)}"
            del self.known.releases[group]
        for group in self.ground.groups:
            for body in group:
                if Result.objects.filter(body=body, state="released").count() != 1:
                    yield f"body {body}: not one released result"

    def _packs(self) -> Iterator[str]:
        """A pack that is ready is in the store, whole."""
        for one in Pack.objects.filter(state="ready"):
            if not storage().exists(one.path) or storage().size(one.path) != one.size:
                yield f"pack {one.pk}: ready, and not in the store as it should be"
        self.looked_at += 1
        if self.known.packs and not Pack.objects.exists():
            yield "packs were asked for, and there is none"
