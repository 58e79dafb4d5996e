"""The files of a draft that has a life: added, given out and taken off at addresses of their own.

To have them: a model that `RestsOn`, one `DraftFiles`, its `paths`, and `evidence/_files.html` on
the page of the thing. What may be written on may be given files: the life's edit says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST, require_safe

from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.platform.evidence import actions as files
from esar.platform.evidence.attachments import Attached, rest_on, tell_attached
from esar.platform.evidence.downloads import download_response
from esar.platform.evidence.models import StoredFile
from esar.platform.evidence.states import FileState
from esar.platform.history.actions import record
from esar.platform.lifecycle.life import Life
from esar.platform.lifecycle.posting import thing_or_404
from esar.platform.organisations.models import Person
from esar.platform.organisations.queries import by_at_on, person_of
from esar.platform.ui import clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.export_path import Door
from esar.platform.ui.telling import tell

EDIT = "edit"


@dataclass(frozen=True)
class DraftFiles(Generic[Attached]):
    """Those of one life's things: the model whose column `owner` names the thing, and how many."""

    life: Life[Any]
    model: type[Attached]
    owner: str
    most: int

    def of(self, thing: Any) -> QuerySet[Attached]:
        """The files of a thing. One query."""
        rows = self.model._default_manager.filter(**{self.owner: thing})
        files_of_thing: QuerySet[Attached] = rows.select_related("file")
        return files_of_thing

    def in_short(self, thing: Any) -> list[dict[str, Any]]:
        """Which files they are, for what its page's readers assent to. One query."""
        return [row.in_short() for row in self.of(thing)] if thing.pk else []

    def unfit(self, thing: Any) -> Iterator[Problem]:
        """Those that a virus was found in."""
        for row in self.of(thing):
            if row.file.state == FileState.INFECTED:
                yield Problem("evidence.attached_is_infected", {"name": row.name})

    @transaction.atomic
    def attach(
        self, thing: Any, file: StoredFile, name: str, *, by: Person, at: datetime, on: date
    ) -> Attached:
        """Rest a draft on a file. The same file again changes nothing. Errors: Refused."""
        locked = self.life.locked(thing)
        require(self.life.may(by, locked, EDIT, on))
        row, is_new = rest_on(
            self.of(locked),
            file,
            name,
            limit=self.most,
            too_many=Problem("evidence.too_many_attached", {"most": self.most}),
            by=by,
            at=at,
            **{self.owner: locked},
        )
        if is_new:
            self._record("attached", locked, by=by, at=at, after=row.in_short())
        return row

    @transaction.atomic
    def detach(self, thing: Any, row: Attached, *, by: Person, at: datetime, on: date) -> None:
        """Take a file off a draft; its content stays in the store. Errors: Refused."""
        locked = self.life.locked(thing)
        require(self.life.may(by, locked, EDIT, on))
        self._record("detached", locked, by=by, at=at, before=row.in_short())
        row.delete()

    def _record(self, verb: str, thing: Any, *, by: Person, at: datetime, **changes: Any) -> None:
        body, subject = self.life.body_code(thing), self.life.recorded_on(thing)
        record(f"{self.life.name}.{verb}", subject, by=by, at=at, body=body, **changes)

    # --- As pages

    def for_page(self, request: HttpRequest, thing: Any) -> dict[str, Any]:
        """What `evidence/_files.html` needs."""
        may = self.life.may(request.user, thing, EDIT, clock.today())
        return {"files": self.of(thing), "may_attach": bool(may), "files_at": self._name()}

    def _name(self) -> str:
        return f"{self.life.page}-file"

    def paths(self, route: str, door: Door) -> list[URLPattern]:
        """The addresses below that of a thing: `door` lets in whoever may read it."""
        life, writers = self.life, signed_in(*self.life.edits[EDIT].roles)

        @writers
        @require_POST
        def add(request: HttpRequest, pk: int) -> HttpResponse:
            draft, at, on = thing_or_404(request, life, pk), clock.now(), clock.today()
            person = person_of(request)
            require(life.may(person, draft, EDIT, on))
            if "file" not in request.FILES:
                raise Refused([Problem("evidence.nothing_in_it", {"name": ""})])

            def then(stored: StoredFile, name: str) -> Attached:
                return self.attach(draft, stored, name, by=person, at=at, on=on)

            sent: Any = request.FILES["file"]
            subject = f"{life.name}:{pk}"
            row = files.receive(sent, subject=subject, by=person, at=at, then=then)
            tell_attached(request, row, at)
            return redirect(life.address(draft))

        @door
        @require_safe
        def give(request: HttpRequest, pk: int, attachment: int) -> HttpResponse:
            row = get_object_or_404(self.of(thing_or_404(request, life, pk)), pk=attachment)
            download: Any = download_response(request, row.file, row.name)
            return download  # type: ignore[no-any-return]

        @writers
        @require_POST
        def remove(request: HttpRequest, pk: int, attachment: int) -> HttpResponse:
            draft = thing_or_404(request, life, pk)
            row = get_object_or_404(self.of(draft), pk=attachment)
            self.detach(draft, row, **by_at_on(request))
            tell(request, "page.file_removed", name=row.name)
            return redirect(life.address(draft))

        name = self._name().partition(":")[2]
        return [
            path(f"{route}files/", add, name=f"{name}-add"),
            path(f"{route}files/<int:attachment>/", give, name=name),
            path(f"{route}files/<int:attachment>/remove/", remove, name=f"{name}-remove"),
        ]
