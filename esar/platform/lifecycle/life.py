"""The one engine of every life: who may move a thing, and a move that is made whole or not at all.

A life is a table of moves (`states.py` of its app) and, in a subclass of `Life`, what is special to
it. What must hold for every move stands here once: the right state and role, not one's own work,
no interest in the body, a reason, a resolution, assent to what was seen, of two at once one wins,
its event in the history, and notices to those whose turn it is and their stand-ins.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from operator import attrgetter
from typing import Any, ClassVar, Generic, TypeVar

from django.db import IntegrityError, models, transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.module_loading import autodiscover_modules

from esar.kernel.access import ALLOWED, Verdict, denied, require
from esar.kernel.chain import digest
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import Word, has_sentence
from esar.platform.history.actions import is_by_request, record
from esar.platform.history.frozen import Frozen
from esar.platform.history.models import Event
from esar.platform.lifecycle.moves import AT_THE_BODY, Move, OwnWork
from esar.platform.lifecycle.seen import changed_parts, seen_token
from esar.platform.notices.actions import tell, turn_is_over
from esar.platform.organisations.beginnings import begun_already
from esar.platform.organisations.interest import without_interest
from esar.platform.organisations.models import Body, Person
from esar.platform.organisations.queries import (
    ByAtOn,
    acting_only_by,
    held,
    holds,
    of_own_bodies,
    of_own_person,
    people_with,
)

Thing = TypeVar("Thing", bound=models.Model)
MAX_REASON = 2000  # letters


@dataclass(frozen=True)
class Notice:
    """Whom to tell of a move, by which sentence, with which figures."""

    people: Iterable[Person]
    code: str
    figures: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Act(Generic[Thing]):
    """One move while it is made. `thing` is locked; `given` is what else came with the move.

    `before` and `after` are what the history tells beside the states; a life adds to them.
    `content` is what it is to freeze, where that is known before the state changes; `version` what
    it froze.
    """

    thing: Thing
    name: str
    move: Move
    by: Person | None
    at: datetime
    on: date
    reason: str = ""
    resolution: str = ""
    given: Mapping[str, Any] = field(default_factory=dict)
    old: str = ""
    new: str = ""
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    content: Any = None
    version: Any = None

    @property
    def person(self) -> Person:
        """Who makes it, where only a person may."""
        assert self.by is not None, "a move of the system has no person"
        return self.by

    @property
    def by_at_on(self) -> ByAtOn:
        """The same of what it makes besides: `extend(…, **act.by_at_on)`."""
        return {"by": self.person, "at": self.at, "on": self.on}


@dataclass(frozen=True)
class PossibleMove:
    """A move that a person may make now: its name, and whether it must say why."""

    name: str
    needs_reason: bool
    bound: bool


class Life(Generic[Thing]):
    """The life of one kind of thing. Subclasses say what is special; none overrides `move`.

    `name` begins its codes: "report" has report.wrong_state, report-state.draft, report.submit.
    `written_by` and `sent_by` are the verbs of the history by which somebody wrote or sent it; one
    that ends in a point stands for all that begin with it.
    """

    name: ClassVar[str]
    model: ClassVar[type[models.Model]]
    page: ClassVar[str] = ""  # the name of its page's address
    body_at: ClassVar[str] = "body"  # the path to the body whose work it is; "" of what is OPDC's
    people_at: ClassVar[tuple[str, ...]] = ()  # of what is about people and no body: the paths
    year_at: ClassVar[str] = ""  # the path to its fiscal year, where its notices say it
    moves: ClassVar[Mapping[str, Move]]
    edits: ClassVar[Mapping[str, Move]] = {}
    related: ClassVar[tuple[str, ...]] = ()
    written_by: ClassVar[tuple[str, ...]] = ()
    sent_by: ClassVar[tuple[str, ...]] = ()
    wrong_state: ClassVar[str] = ""  # codes of refusals, where they are not of the life's name
    already_moved: ClassVar[str] = ""
    no_reason: ClassVar[str] = "form.no_reason"
    lifted_by: ClassVar[
        Mapping[str, str]
    ] = {}  # code of a refusal → the edit by which one lifts it
    notices_as: ClassVar[Mapping[str, str]] = {}  # move → the end of its notice's code, if another
    max_reason: ClassVar[int] = MAX_REASON
    keeps_since: ClassVar[bool] = True  # the column `since` is the moment of its last new state

    _every: ClassVar[dict[str, Life[Any]]] = {}

    def __init__(self) -> None:
        self._every[self.name] = self
        self.state_words, self.action_words = f"{self.name}-state", f"{self.name}-action"
        self.move_page = f"{self.page}-move"  # the name of the address that its buttons post to

    # --- What a life says of itself ---------------------------------------------------------

    def body_of(self, thing: Thing) -> Body | None:
        """The body whose work it is; None for what is OPDC's."""
        body: Body | None = attrgetter(self.body_at)(thing) if self.body_at else None
        return body

    def decided_about(self, thing: Thing) -> Collection[Body]:
        """The bodies that a decision on it is about: by default the one whose work it is."""
        body = self.body_of(thing)
        return () if body is None else (body,)

    def body_code(self, thing: Thing) -> str:
        """The code of that body, for the history; empty for what is OPDC's."""
        body = self.body_of(thing)
        return body.code if body else ""

    def address(self, thing: Thing) -> str:
        """Where its page is; notices lead there. Empty for what has none: nobody is told of it."""
        return reverse(self.page, args=[thing.pk]) if self.page else ""

    def visible(self, person: Any, day: date) -> QuerySet[Any]:
        """The things that a person sees: OPDC all, a body's own people theirs. One query.

        Of what is about people, administrators and auditors see all, anyone their own.
        """
        rows = self.model._default_manager.select_related(*self.related)
        if self.people_at:
            return of_own_person(rows, person, day, *self.people_at)
        return of_own_bodies(rows, person, day, self.body_at.replace(".", "__"))

    def whose_work(self, thing: Thing) -> tuple[Life[Any], Any]:
        """The thing whose writing is one's own work here, with its life: this one, or another."""
        return self, thing

    def recorded_on(self, thing: Thing) -> models.Model:
        """What the history tells its moves of: itself, or what it is a part of."""
        return thing

    def figures(self, thing: Thing) -> Mapping[str, object]:
        """What a refusal calls it by, where many are moved at once."""
        return {}

    def has_role(self, person: Any, role: str, thing: Thing, day: date) -> bool:
        """Whether the person has a role here: the body's count at the body, OPDC's anywhere."""
        body = self.body_of(thing)
        if role in AT_THE_BODY:
            return body is not None and holds(person, day, role, body=body.pk)
        return holds(person, day, role)

    def keeps_out(self, person: Any, thing: Thing, name: str) -> Verdict:
        """What keeps out whoever stands in for a person: that it is their own work."""
        move = self.moves.get(name) or self.edits[name]
        is_own = self.is_own_work(person, thing, move.own_work)
        return denied("access.own_work") if is_own else ALLOWED

    def bars(self, person: Any, thing: Thing, name: str, day: date) -> Verdict:
        """What else stands in the way of a move or edit: a window, a day, another thing."""
        return ALLOWED

    def content(self, thing: Thing) -> Mapping[str, Any]:
        """What its page shows and people assent to: part → JSON."""
        raise NotImplementedError

    def assents_to(self, name: str) -> tuple[str, ...]:
        """The parts of the content that a bound move assents to; none stands for all of them."""
        return ()

    def check(self, act: Act[Thing]) -> Iterable[Problem]:
        """Everything that is wrong with making the move now."""
        return ()

    def target(self, act: Act[Thing]) -> str:
        """The state that a move leads to."""
        return act.move.target

    def changes(self, act: Act[Thing]) -> Mapping[str, Any]:
        """Columns that change with the state."""
        return {}

    def carry_out(self, act: Act[Thing]) -> None:
        """What a move does beside the state, before it is recorded: what it freezes or applies."""

    def follow(self, act: Act[Thing]) -> None:
        """What comes of a move downstream, after it is recorded: signals."""

    def notices(self, act: Act[Thing]) -> Iterable[Notice]:
        """Whom to tell: by default whom the table names. Whoever made the move is never told."""
        if act.move.tells:
            code = f"notice.{self.name}_{self.notices_as.get(act.name, act.name)}"
            figures = {**self.notice_figures(act.thing), "reason": act.reason}
            yield Notice(self.people_told(act), code, figures)

    def people_told(self, act: Act[Thing]) -> Iterable[Person]:
        """Who has the roles that a move tells: the body's own at the body, OPDC's anywhere."""
        body, roles = self.body_of(act.thing), set(act.move.tells)
        if body is not None:
            yield from people_with(act.on, *roles & set(AT_THE_BODY), body=body)
        yield from people_with(act.on, *roles - set(AT_THE_BODY))

    def notice_figures(self, thing: Thing) -> Mapping[str, Any]:
        """What a notice of a move calls the thing by."""
        body = self.body_of(thing)
        figures: dict[str, Any] = {"body": body.name_th} if body else {}
        return figures | ({"year": attrgetter(self.year_at)(thing)} if self.year_at else {})

    def verb(self, act: Act[Thing]) -> str:
        """What the history calls a move."""
        return f"{self.name}.{act.move.begins or act.name}"

    # --- What holds for all of them ---------------------------------------------------------

    def may(self, person: Any, thing: Thing, name: str, day: date) -> Verdict:
        """Whether a person may make a move or an edit.

        State, role, own work, an interest in the body, and what else bars it.
        """
        move = self.moves.get(name) or self.edits[name]
        state = thing.state  # type: ignore[attr-defined]
        if state not in move.sources:
            code = self.wrong_state or f"{self.name}.wrong_state"
            word = Word(f"{self.name}-state.{state}")
            return denied(code, state=word, **self.figures(thing))
        roles = [role for role in move.roles if self.has_role(person, role, thing, day)]
        if not roles:
            return denied(
                "access.wrong_role", roles=tuple(Word(f"role.{role}") for role in move.roles)
            )

        def acts(actor: Any) -> bool:
            return any(self.has_role(actor, role, thing, day) for role in roles)

        return (
            self._not_kept_out(person, thing, name, day, acts)
            and self._without_interest(person, thing, move, roles, day, acts)
            and self.bars(person, thing, name, day)
        )

    def could(self, person: Any, thing: Thing, name: str, day: date) -> bool:
        """Whether a person may make a move, or may once they did themselves what it wants first."""
        verdict = self.may(person, thing, name, day)
        lifts = self.lifted_by.get(verdict.problem.code) if verdict.problem else None
        return bool(verdict) or bool(lifts and self.may(person, thing, lifts, day))

    def _not_kept_out(
        self, person: Any, thing: Thing, name: str, day: date, acts: Callable[[Any], bool]
    ) -> Verdict:
        """Own work keeps out, and so does what keeps out whoever lent the role one acts by."""
        move = self.moves.get(name) or self.edits[name]
        if self.is_own_work(person, thing, move.own_work):
            return denied("access.own_work")
        lenders = {
            role.appointment_id: role.for_person
            for role in held(person, day)
            if role.lender is not None and not self.keeps_out(role.lender, thing, name)
        }
        free = [role for role in held(person, day) if role.appointment_id not in lenders]
        if not lenders or acts(acting_only_by(person, free)):
            return ALLOWED
        return denied("access.lender_kept_out", name=next(iter(lenders.values())))

    def _without_interest(
        self,
        person: Any,
        thing: Thing,
        move: Move,
        roles: list[str],
        day: date,
        acts: Callable[[Any], bool],
    ) -> Verdict:
        """What the body's own people do is the body's; who decides on it has no interest in it."""
        if not move.decides or not set(roles).isdisjoint(AT_THE_BODY):
            return ALLOWED
        return without_interest(person, self.decided_about(thing), day, *roles, acts=acts)

    def is_own_work(self, person: Any, thing: Thing, rule: OwnWork) -> bool:
        """Whether a rule on one's own work keeps the person out, by the history. One query."""
        if rule == OwnWork.ALLOWED:
            return False
        life, work = self.whose_work(thing)
        verbs = life.written_by + (life.sent_by if rule == OwnWork.NOT_SENT else ())
        return life.events_of(work, *verbs).filter(actor_id=person.pk).exists()

    def events_of(self, thing: Thing, *verbs: str) -> QuerySet[Event]:
        """The events of a thing by one of the verbs; one that ends in a point is a beginning."""
        condition = Q(verb__in=[verb for verb in verbs if not verb.endswith(".")])
        for verb in verbs:
            if verb.endswith("."):
                condition |= Q(verb__startswith=verb)
        subject = self.recorded_on(thing)
        kind = subject._meta.model_name
        return Event.objects.filter(condition, subject_kind=kind, subject_id=str(subject.pk))

    def sent_back(self, thing: Thing) -> Event | None:
        """Who sent a draft back and why, until it goes on again. One query."""
        return self.returns_of([thing]).get(thing.pk)

    def returns_of(self, drafts: Sequence[Thing]) -> dict[int, Event]:
        """Each thing that was sent back and has not gone on since: who did, and why. One query."""
        if not drafts:
            return {}
        subjects = {str(self.recorded_on(thing).pk): thing.pk for thing in drafts}
        kind = self.recorded_on(drafts[0])._meta.model_name
        events = Event.objects.filter(
            subject_kind=kind,
            subject_id__in=subjects,
            verb__in=[f"{self.name}.{name}" for name in self.moves],
        )
        last = {subjects[event.subject_id]: event for event in events.order_by("number")}
        returns = {f"{self.name}.{name}" for name, move in self.moves.items() if move.needs_reason}
        return {thing: event for thing, event in last.items() if event.verb in returns}

    def possible_moves(self, person: Any, thing: Thing, day: date) -> list[PossibleMove]:
        """The moves that have a button for a person today, in the table's order."""
        return [
            PossibleMove(name, move.needs_reason, move.bound)
            for name, move in self.moves.items()
            if move.has_button and self.may(person, thing, name, day)
        ]

    def seen(self, thing: Thing, content: Mapping[str, Any] | None = None) -> str:
        """The token that a page carries of what it shows; `content` where the page has it."""
        return seen_token(self.content(thing) if content is None else content)

    def locked(self, thing: Thing) -> Thing:
        """The thing read anew, its row locked until the transaction ends."""
        rows: Any = self.model._default_manager.select_for_update(of=("self",))
        locked: Thing = rows.select_related(*self.related).get(pk=thing.pk)
        return locked

    @transaction.atomic
    def move(
        self,
        thing: Thing,
        name: str,
        *,
        by: Person | None,
        at: datetime,
        on: date,
        reason: str = "",
        resolution: str = "",
        seen: str | None = None,
        parts: tuple[str, ...] = (),
        **details: Any,
    ) -> Act[Thing]:
        """Make one move: permission, checks, state, history and notices, or nothing.

        `by` is None only where the system moves it. `seen` is the token of the page that a person
        acted on; None where no page is behind it, which is refused to a request. `parts` are those
        that it showed, where it was a row of a list. `resolution` names the sitting whose
        resolution this is. A move that begins is made of a thing that is not saved yet. Errors:
        Refused, with every reason. Of two at once, one wins.
        """
        locked = thing if self.moves[name].begins else self.locked(thing)
        act = Act(locked, name, self.moves[name], by, at, on, reason.strip(), resolution, details)
        self._require(act, seen, parts or self.assents_to(name))
        if act.move.begins and (there := self._begun_already(act)):
            return replace(act, thing=there)
        act.old, act.new = locked.state, self.target(act)  # type: ignore[attr-defined]
        changes: dict[str, Any] = {"state": act.new}
        if self.keeps_since and (act.new != act.old or act.move.begins):
            changes["since"] = at
        changes |= self.changes(act)
        if act.move.begins:
            self._insert(act, changes)
        else:
            self._write(act, changes, thing)
        self.carry_out(act)
        record(
            self.verb(act),
            self.recorded_on(locked),
            by=by,
            at=at,
            body=self.body_code(locked),
            before=({} if act.move.begins else {"state": act.old}) | act.before,
            after={"state": act.new} | act.after,
            reason=act.reason,
        )
        self.follow(act)
        self._tell(act)
        return act

    def _require(self, act: Act[Thing], seen: str | None, parts: tuple[str, ...]) -> None:
        """Errors: Refused where it may not be, was not seen, or is not ready to be moved."""
        move = act.move
        if bool(move.begins) != act.thing._state.adding:
            raise Refused([self._moved_already(act.thing)])
        if seen is not None and act.thing.state not in move.sources:  # type: ignore[attr-defined]
            self._require_not_done_already(act)
        if act.by is not None or not move.by_system:
            require(self.may(act.by, act.thing, act.name, act.on))
        elif act.thing.state not in move.sources:  # type: ignore[attr-defined]
            raise Refused([self._moved_already(act.thing)])
        # What a committee resolved is bound by what lay on its table.
        if move.bound and (seen is not None or (act.by and not act.resolution)):
            self.require_seen(act.thing, seen, parts)
        problems = []
        if move.needs_resolution and not act.resolution:
            problems.append(Problem("life.needs_a_sitting"))
        if move.needs_reason and not act.reason:
            problems.append(Problem(self.no_reason))
        problems += self.check(act)
        if problems:
            raise Refused(problems)

    def _require_not_done_already(self, act: Act[Thing]) -> None:
        """Errors: Refused to whoever made this very move last: a second press is not another's."""
        moves = [f"{self.name}.{name}" for name in self.moves]
        last = self.events_of(act.thing, *moves, self.verb(act)).order_by("-number").first()
        if last and act.by and (last.actor_id, last.verb) == (act.by.pk, self.verb(act)):
            done_at = datetime.fromisoformat(last.at)
            raise Refused([Problem("life.done_already", {"at": done_at})])

    def require_seen(
        self,
        thing: Thing,
        seen: str | None,
        parts: tuple[str, ...] = (),
        content: Mapping[str, Any] | None = None,
    ) -> None:
        """Errors: Refused, naming what has changed since the page was shown; of `parts` or all.

        `seen` is None where no page is behind the act, which none may say that a request makes.
        `content` where it is known, or where that page shows other parts than the thing's own.
        """
        if seen is None:
            if is_by_request():
                raise Refused([Problem("life.not_seen", {"parts": ()})])
            return
        now = self.content(thing) if content is None else content
        changed = changed_parts(seen, now, parts)
        if changed is not None:
            code = "life.changed_since" if changed else "life.not_seen"
            raise Refused([Problem(code, {"parts": tuple(map(self.part_name, changed))})])

    def part_name(self, part: str) -> str:
        """What people call a part of the content: its own word, or the number that it is."""
        codes = (f"part.{self.name}.{part}", f"label.{part}")
        words = [Word(code) for code in codes if has_sentence(code)]
        return words[0] if words else part or Word("part.whole")

    def _write(self, act: Act[Thing], changes: Mapping[str, Any], original: Thing) -> None:
        """Change the row while it is in its old state. Errors: Refused where it no longer is."""
        rows = self.model._default_manager.filter(pk=act.thing.pk, state=act.old)
        try:
            with transaction.atomic():
                written = rows.update(**changes)
        except IntegrityError as error:
            raise Refused([self.refused_by_database(act)]) from error
        if not written:
            raise Refused([self._moved_already(act.thing)])
        for column, value in changes.items():
            setattr(act.thing, column, value)
            setattr(original, column, value)

    def _begun_already(self, act: Act[Thing]) -> Thing | None:
        """What says exactly the same and has not set out: sent twice, a thing is begun once."""
        of_the_life = {self.model._meta.pk.name, "state", "since"}
        words = {
            field.name: getattr(act.thing, field.name)
            for field in self.model._meta.concrete_fields
            if field.name not in of_the_life
        }
        there: Any = self.model._default_manager.filter(state=self.target(act))
        begun: Thing | None = begun_already(there, by=act.person, **words)
        return begun

    def _insert(self, act: Act[Thing], changes: Mapping[str, Any]) -> None:
        """Write the row of a thing that begins; the history tells what it began as."""
        for column, value in changes.items():
            setattr(act.thing, column, value)
        try:
            with transaction.atomic():
                act.thing.save(force_insert=True)
        except IntegrityError as error:
            raise Refused([self.refused_by_database(act)]) from error
        act.after |= self.content(act.thing)

    def refused_by_database(self, act: Act[Thing]) -> Problem:
        """What a constraint that refused the row means to people."""
        return self._moved_already(act.thing)

    def _moved_already(self, thing: Thing) -> Problem:
        return Problem(self.already_moved or f"{self.name}.already_moved", self.figures(thing))

    def _tell(self, act: Act[Thing]) -> None:
        path = self.address(act.thing)
        if path and act.old != act.new and not act.move.begins:
            turn_is_over(path, at=act.at)
        for notice in self.notices(act):
            people = [person for person in notice.people if person != act.by]
            key = f"{self.name}:{act.thing.pk}:{notice.code}:{act.at.isoformat()}"
            tell(people, notice.code, path=path, key=key, at=act.at, **notice.figures)


Version = TypeVar("Version", bound=Frozen)


def freeze(version: type[Version], act: Act[Any], content: Any, **columns: Any) -> Version:
    """Keep what was sent in or came into force, and have the history tell its number and hash."""
    frozen = version(content=content, sha256=digest(content), **columns)
    frozen.save(force_insert=True)
    act.version = frozen
    act.after |= {"number": frozen.number, "sha256": frozen.sha256}
    return frozen


def life_named(name: str) -> Life[Any]:
    """The life of a name. Errors: KeyError where no app has it."""
    return Life._every.get(name) or every_life()[name]


def every_life() -> dict[str, Life[Any]]:
    """Every life of the product, by name: the `life.py` of each app."""
    autodiscover_modules("life")
    return dict(sorted(Life._every.items()))
