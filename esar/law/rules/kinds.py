"""The kinds of rule there are. A year's folder may hold any number of each; a new year is data.

Each dataclass is the schema of one kind's value: its fields are the YAML keys, and an unknown
key is refused. `FIELD_LABELS` in `esar.kernel.wording.rules` names every field in Thai and English.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Literal, TypeVar

from esar.kernel.units import bounds_of
from esar.law.rules.records import record
from esar.law.rules.text import Text

Shape = TypeVar("Shape")

# The name that a rulebook writes → the dataclass of its value, and back.
KINDS: dict[str, type[object]] = {}
NAMES: dict[type[object], str] = {}


def _kind(name: str) -> Callable[[type[Shape]], type[Shape]]:
    def register(shape: type[Shape]) -> type[Shape]:
        KINDS[name] = shape
        NAMES[shape] = name
        return shape

    return register


@record
class Item:
    """One numbered thing in a list: a ground, a type, a kind of innovation, a power."""

    id: str
    label: Text
    detail: Text | None = None


@_kind("regime")
@record
class Regime:
    """What the year's evaluation is called and how many bodies it covers."""

    name: Text
    bodies: Mapping[str, int]
    evaluators: tuple[Text, ...] = ()


@_kind("statement")
@record
class Statement:
    """A rule in words, with a list of items when it has one."""

    text: Text
    items: tuple[Item, ...] = ()


@_kind("threshold")
@record
class Threshold:
    """An amount at or above which something follows."""

    at_least: Decimal
    unit: Text
    effect: Text


# --- What is evaluated -------------------------------------------------------------------------


@_kind("component")
@record
class Component:
    """Part of a scorecard. `weight` is in per cent of the whole; none when the regime has none."""

    number: str
    parent: str | None = None
    weight: Decimal | None = None
    evaluated: bool = True
    aspects: tuple[Item, ...] = ()


@_kind("kpi_group")
@record
class KpiGroup:
    """A group of kinds of KPI within a component, such as 1.1 and 1.2."""

    number: str
    component: str


@_kind("kpi_kind")
@record
class KpiKind:
    """A kind of KPI that a body may, or must, have in a component; `group` is a `kpi_group`."""

    component: str
    compulsory: bool = False
    group: str | None = None


@record
class Ask:
    """One thing that the form of a kind asks, and in which form it is told.

    `bodies` are codes of bodies that are evaluated too, for whom it is checked that they say the
    same (`partners`); `index` is the code of one of OPDC's register of international indexes. What
    is not `needed` may be left empty.
    """

    id: str
    label: Text
    detail: Text | None = None
    answer: Literal["text", "day", "yes_no", "bodies", "index"] = "text"
    needed: bool = True


@_kind("kpi_form")
@record
class KindForm:
    """What a KPI of these kinds says of itself when it is proposed.

    `asks` are told of every such KPI. Where an assessor gives its points, `targets` are what is
    aimed at, a figure each in the KPI's unit, and its result is reported of the round, or of
    `every` quarter and added up by `accumulation`. `ground` is the ground of a change that is for
    these kinds alone, an item of the year's grounds.
    """

    kinds: tuple[str, ...]
    targets: tuple[Item, ...] = ()
    asks: tuple[Ask, ...] = ()
    every: Literal["round", "quarter"] = "round"
    accumulation: Literal["last", "sum", "mean", "max"] = "last"
    ground: str | None = None


@_kind("kpi_list")
@record
class KpiList:
    """The KPIs that OPDC lists for a kind of body, which chooses among them.

    Of each what a source says: whose data it is (`data_owner`), of which `kpi_kind` it is and which
    bodies it is meant for, by their codes (none: nothing is said). Without a `direction` whoever
    takes it chooses one; none is assumed.
    """

    @record
    class Kpi:
        id: str
        label: Text
        theme: Literal["economic", "social", "environment"]
        unit: Text | None = None
        direction: Literal["higher", "lower"] | None = None
        data_owner: Text | None = None
        kpi_kind: str | None = None
        meant_for: tuple[str, ...] = ()

    text: Text
    items: tuple[KpiList.Kpi, ...]


@_kind("kpi_count")
@record
class KpiCount:
    """How many KPIs a component should hold; outside it is a warning, never an error."""

    component: str
    least: int
    most: int


@_kind("indicator")
@record
class Indicator:
    """A named indicator of the framework, with the method (an entry's id) that scores it."""

    number: str
    component: str
    method: str
    definition: Text | None = None


@_kind("agenda")
@record
class Agenda:
    """A Joint KPI agenda with its main indicators, and the bodies that drive it.

    A target or the number of sub-indicators is none while they are still to be set.

    `national_targets` are those of the master plans; `stages` its value chain, from start to end.
    `lead_codes` are the leads by their codes in the registry, the one that speaks for all first.
    """

    @record
    class MainIndicator:
        label: Text
        unit: Text
        target: Decimal | None = None

    number: int
    main_indicators: tuple[Agenda.MainIndicator, ...]
    sub_indicators: int | None = None
    bodies: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    leads: tuple[Text, ...] = ()
    national_targets: tuple[Item, ...] = ()
    stages: tuple[Item, ...] = ()
    lead_codes: tuple[str, ...] = ()
    policy_committees: tuple[Text, ...] = ()


@_kind("agenda_follow_up")
@record
class AgendaFollowUp:
    """How often an agenda's leads tell how it goes, and in how many days after it."""

    every: Literal["quarter"]
    days: int


@_kind("agenda_duties")
@record
class AgendaDuties:
    """Who drives Joint KPIs in which bodies, and sends OPDC their results when the year is over.

    A body is driven by the first duty that has its class. `driver` is a code in the registry; none
    where each body sends its own.
    """

    @record
    class Duty:
        id: str
        label: Text
        drives: tuple[
            Literal[
                "department",
                "province",
                "state_enterprise",
                "organisation_of_2542",
                "organisation_outside_fund",
                "organisation_in_fund",
                "fund",
                "local",
                "university",
                "other",
            ],
            ...,
        ]
        driver: str | None = None

    text: Text
    duties: tuple[AgendaDuties.Duty, ...]


@_kind("self_evaluation")
@record
class SelfEvaluating:
    """The bodies that evaluate themselves, which OPDC asks for what came of it.

    `codes` are theirs; a ministry's stands for every department under it. `papers` is what those of
    the `rounds` must hold to be complete.
    """

    codes: tuple[str, ...]
    rounds: tuple[str, ...]
    papers: tuple[
        Literal["frame", "evaluators", "total", "scale", "grade", "letter", "documents"], ...
    ]


@_kind("joint_counts")
@record
class JointCounts:
    """How many agendas, Joint KPIs and national targets a year had, where only that is known."""

    fiscal_year: int
    agendas: int
    indicators: int
    national_targets: int


@_kind("strategic_kpis")
@record
class StrategicKpis:
    """The strategic KPIs of ministries: which years, whose word, and what becomes of them.

    `opinion_by` and `approved_by` are committees; the level-2 committee of a host then cascades
    each or gives one of `reasons`. A department's KPI of one of `joint_kinds` is counted as joint,
    whatever else it is. `scored`: whether results count in the year; they come with `reported_in`.
    """

    first_year: int
    last_year: int
    opinion_by: str
    approved_by: str
    cascade_compulsory: bool
    every_one_decided: bool
    reasons: tuple[Item, ...]
    joint_kinds: tuple[str, ...]
    scored: bool
    reported_in: str


@_kind("printed")
@record
class Printed:
    """What a document prints in a table of the nation's indicators: a check, never a source.

    `figures` are texts as printed, by their path in the table's JSON ("rows/water/0"); `why` says
    of a path why the figure there is not what the system counts.
    """

    table: str
    figures: Mapping[str, str]
    why: Mapping[str, Text] = field(default_factory=lambda: MappingProxyType({}))


@_kind("road")
@record
class Road:
    """The steps by which a year's evaluation was decided, in order of their days."""

    @record
    class Step:
        day: date
        who: Text
        what: Text
        meeting: str = ""  # its number in the calendar year, where it was a meeting

    steps: tuple[Road.Step, ...]


# --- How a result becomes points ---------------------------------------------------------------


@_kind("ladder")
@record
class Ladder:
    """Targets, one per entry of `points`, lowest first; straight lines between them."""

    points: tuple[Decimal, ...]
    levels: tuple[Text, ...]
    below: Decimal


@_kind("milestones")
@record
class Milestones:
    """Level n needs steps 1..n done; `points` has one entry per step."""

    points: tuple[Decimal, ...]
    below: Decimal


@_kind("weighted_items")
@record
class WeightedItems:
    """Σ(item weight × item points) / Σ weights; each item scored on the year's ladder."""

    places: int


@_kind("share_of_plan")
@record
class ShareOfPlan:
    """Outputs achieved as planned × `full` / outputs planned; passes at `pass_mark`.

    An output counts when it came by the end of its round, or only in the month it was planned for.
    """

    full: Decimal
    pass_mark: Decimal
    achieved: Literal["in_its_round", "in_its_month"] = "in_its_round"


@_kind("given_score")
@record
class GivenScore:
    """Points computed by another owner and given to us.

    `entered_by` says who types them where no central owner gives them: whoever reports, or the
    assessor alone, while the body reports what it achieved in the KPI's own unit.
    """

    least: Decimal
    most: Decimal
    entered_by: Literal["reporter", "assessor"] = "reporter"


@_kind("missing_result")
@record
class MissingResult:
    """The points of a KPI that is due but was not reported."""

    points: Decimal


@_kind("rounding")
@record
class Rounding:
    """Where a figure is rounded. Half up means away from zero at the half."""

    figure: Literal["kpi_points", "total", "result"]
    places: int
    mode: Literal["half_up"]


@_kind("redistribution")
@record
class Redistribution:
    """Where the weight of a KPI that is not applicable goes."""

    among: Literal["component"]
    share: Literal["in_proportion"]
    places: int


@_kind("round_targets")
@record
class RoundTargets:
    """What a round that ends before the year holds its KPIs to.

    `own_only` are the ways of adding up whose results the year's targets cannot measure yet: such
    a KPI is measured in the round against targets of the round's own, or not at all.
    """

    own_only: tuple[Literal["last", "sum", "mean", "max", "ratio"], ...]


@_kind("total")
@record
class Total:
    """How a body's figure is formed: the weighted sum of its KPIs, or one indicator's."""

    rule: Literal["weighted_sum", "indicator"]
    scale: Decimal
    indicator: str | None = None


@_kind("late_deduction")
@record
class LateDeduction:
    """Points taken off the total for each working day a report is late."""

    rate: Decimal
    unit: Literal["points"]
    per: Literal["working_day"]
    rounds: tuple[str, ...]
    floor: Decimal
    most: Decimal | None
    due_on_holiday: Literal["stands", "moves"]


@_kind("grades")
@record
class Grades:
    """Bands of the rounded total, highest first, both ends included.

    `nothing_due` says what becomes of a round in which nothing that forms the total is due, and
    `verdict` by which share one that fails its pass mark is graded. The defaults are those of
    rulebooks that did not say; results under them are recomputed as they were.
    """

    @record
    class Band:
        id: str
        label: Text
        least: Decimal
        most: Decimal

    bands: tuple[Grades.Band, ...]
    nothing_due: Literal["graded", "ungraded"] = "graded"
    verdict: Literal["rounded", "exact"] = "rounded"


# --- When --------------------------------------------------------------------------------------


@_kind("round")
@record
class Round:
    """A reporting round: the days it covers, what it scores, whether it ends in a grade."""

    number: int
    first: date
    last: date
    components: tuple[str, ...]
    graded: bool
    reports: tuple[Literal["sar", "card"], ...]
    due: date | None = None


@_kind("deadline")
@record
class Deadline:
    """The last day for something; counted to its end in Asia/Bangkok."""

    due: date
    who: Text
    what: Text


@_kind("window")
@record
class Window:
    """Days between which something may, or will, be done; both included.

    From `warn_from`, those who have not done it yet are told that the days run out.
    """

    first: date
    last: date
    who: Text
    what: Text
    warn_from: date | None = None


@_kind("duty")
@record
class Duty:
    """Something due again and again: every month, quarter or year."""

    every: Literal["month", "quarter", "year"]
    first: date
    last: date
    due: Text
    who: Text
    what: Text
    last_day_of_month: int | None = None


@_kind("holidays")
@record
class Holidays:
    """Days that are not working days. `provinces` (ISO 3166-2) limits a day to them.

    `last` is the last day that the list speaks of; a day after it can be counted by nobody.
    """

    @record
    class Holiday:
        day: date
        label: Text
        provinces: tuple[str, ...] = ()

    days: tuple[Holidays.Holiday, ...] = ()
    working: tuple[Holidays.Holiday, ...] = ()
    last: date | None = None  # of rulebooks before it was asked for: not told


# --- Who and how -------------------------------------------------------------------------------


@_kind("committee")
@record
class Committee:
    """A committee or working group: who sits on it, what it may do, when it may decide.

    `number_of` is how many such committees there are; `quorum` and `majority` are shares of the
    members (more than). Whoever is invited for one sitting and comes sits there as a member, who
    counts and votes, or as an adviser. Sittings are numbered anew each year, of which kind
    `numbered_by` says.
    """

    @record
    class Seat:
        role: Literal[
            "chair", "vice_chair", "member", "member_secretary", "member_assistant_secretary"
        ]
        who: Text
        most: int | None = None

    level: int
    number_of: int
    appointed_by: Text
    seats: tuple[Committee.Seat, ...]
    powers: tuple[Text, ...]
    may_invite: bool
    quorum: Decimal | None = None
    majority: Decimal | None = None
    invited_sit_as: Literal["members", "advisers"] = "advisers"
    numbered_by: Literal["calendar_year", "fiscal_year"] = "fiscal_year"


@_kind("route")
@record
class Route:
    """The way something travels to its decision, step by step.

    `act` is what the system has done at a step, and `level` whose committee does it (0 is the
    sub-commission); a step without `act` is told in words only. A step that is `only` for
    "unlisted" is passed by when every KPI stands on OPDC's list as it was approved. What is to
    "present" is recorded with the number and day of the meeting; "release" waits for every act
    before it. `rounds` limits the route of results to these rounds; none named: to all.
    """

    @record
    class Step:
        id: str
        who: Text
        does: Text
        committee: str | None = None
        when: Text | None = None
        act: (
            Literal[
                "opinion",
                "decide",
                "tell",
                "collect",
                "acknowledge",
                "inform",
                "sign",
                "present",
                "release",
            ]
            | None
        ) = None
        level: int | None = None
        only: Literal["unlisted"] | None = None

    steps: tuple[Route.Step, ...]
    rounds: tuple[str, ...] = ()

    @property
    def acts(self) -> tuple[Route.Step, ...]:
        """The steps at which something must be done in the system, in order."""
        return tuple(step for step in self.steps if step.act)

    @property
    def before_release(self) -> tuple[Route.Step, ...]:
        """What must be recorded before a result is released, in order; nothing by other routes."""
        acts = [step.act for step in self.acts]
        return self.acts[: acts.index("release")] if "release" in acts else ()


@_kind("publication")
@record
class Publication:
    """How many days after it comes into force something is public."""

    what: Literal["agreement"]
    days_after: int


@_kind("reporting")
@record
class Reporting:
    """When a round's report may be sent in, and which sending of it is held against the due day."""

    opens: Literal["after_round"]
    counts: Literal["first", "last"]
    due_on_holiday: Literal["stands", "moves"]


@_kind("central_data")
@record
class CentralData:
    """KPIs whose results one owner (a body's code) gives for every body.

    They are those of a component, or the listed indicators; bodies may object for so many days.
    `rounds` limits them to these rounds; none named: to every round that scores them.
    """

    owner: str
    objection_days: int
    component: str | None = None
    listed: tuple[str, ...] = ()
    rounds: tuple[str, ...] = ()


@_kind("assessment")
@record
class Assessment:
    """Who assesses a report, each on top of the one before."""

    @record
    class Level:
        id: str
        who: Text
        office: Literal["opdc", "minister", "prime_minister"]

    levels: tuple[Assessment.Level, ...]


@_kind("sampling")
@record
class Sampling:
    """Which bodies are looked at more closely: `share` of them, by the sum of their risks.

    `gap` is in points of the total, `jump` in per cent of the year before.
    """

    @record
    class Risk:
        id: Literal["gap", "jump", "late", "reused"]
        label: Text
        weight: Decimal

    share: Decimal
    gap: Decimal
    jump: Decimal
    risks: tuple[Sampling.Risk, ...]


@_kind("appeal")
@record
class Appeal:
    """Days to appeal after release, on which grounds, and how many decide it."""

    days: int
    panel: int
    decide_days: int
    grounds: tuple[Item, ...]


@_kind("impartiality")
@record
class Impartiality:
    """How many months a former role at a body keeps a person from deciding about it.

    `lent_days` is how many days a role may be lent to a stand-in at a time.
    """

    months_after: int
    lent_days: int


@_kind("early_warning")
@record
class EarlyWarning:
    """A KPI is warned of when missing target number `level` (1 is the lowest) is this likely.

    `bounds` are units, besides per cent, of which a year cannot end outside some values: those that
    begin so.
    """

    @record
    class Bound:
        unit: str
        least: Decimal
        most: Decimal

    level: int
    miss_at_least: Decimal
    plan_days: int
    bounds: tuple[EarlyWarning.Bound, ...] = ()

    def of_unit(self, unit: str) -> tuple[Decimal | None, Decimal | None]:
        """The least and the most that a result in this unit can be; None where nothing bounds."""
        if share := bounds_of(unit):
            return share
        bound = next((bound for bound in self.bounds if unit.startswith(bound.unit)), None)
        return (bound.least, bound.most) if bound else (None, None)


@_kind("change_rules")
@record
class ChangeRules:
    """What a change request may and may not do.

    `windows` says what must happen within the calendar's windows for changes: that a change is
    asked for, or that OPDC is told what the committee decided.
    """

    components: tuple[str, ...]
    may_change: tuple[Text, ...]
    fields: tuple[
        Literal[
            "name",
            "definition",
            "formula",
            "scope",
            "conditions",
            "data_source",
            "collection",
            "weight",
            "targets",
            "evidence_plan",
        ],
        ...,
    ]
    new_kpi: bool
    target_may_equal_achieved: bool
    cancelled_weight: Literal["redistributed"]
    windows: Literal["asked", "told"] = "asked"


@_kind("kpi_templates")
@record
class KpiTemplates:
    """Which fields of a KPI's template are due with the proposal, and which once it is in force.

    `due` and `result` are the calendar's entries: when bodies send them, and when OPDC answers.
    """

    with_proposal: tuple[str, ...]
    with_template: tuple[str, ...]
    due: str
    result: str


@_kind("proposal_fields")
@record
class ProposalFields:
    """Which fields of its template a KPI needs to be proposed, where all of it is due then.

    `given` are those of a KPI that is not computed: its points are given.
    """

    computed: tuple[str, ...]
    given: tuple[str, ...]


@_kind("linkage")
@record
class Linkage:
    """What the appraisal of heads of agencies takes from which round.

    `whom` are the heads who are so appraised, `dimension` the part of it that this becomes.
    """

    @record
    class Take:
        number: int
        first: date
        last: date
        round: str
        components: tuple[str, ...]

    rounds: tuple[Linkage.Take, ...]
    whom: tuple[Text, ...] = ()
    dimension: Text | None = None


@_kind("signing")
@record
class Signing:
    """Who signs an agreement with whom."""

    signs: Text
    signs_with: tuple[Text, ...]


# --- The twelve-activity plan (indicator 4.2, fiscal year 2561) --------------------------------


@_kind("activity_plan")
@record
class ActivityPlan:
    """How many activities a plan holds and how they start."""

    activities: int
    new_each_month: bool


@_kind("activity_form")
@record
class ActivityForm:
    """What a plan's form asks of each activity, and what of a plan may no longer change.

    `ended_round`: outputs of a round that is over stay as they are; `reported`: an activity with an
    output that was reported as done keeps what was said of it.
    """

    needed: tuple[Literal["name", "type", "start", "outputs", "office"], ...]
    first_month: date
    last_month: date
    outputs_a_month: int
    output_after_start: bool
    ended_round: Literal["stands"]
    reported: Literal["stands"]
    decided_by: Text
    also_needed: tuple[Literal["office"], ...] = ()  # what no form asks for, and the system does


@_kind("activity_groups")
@record
class ActivityGroups:
    """Activity types in groups, and how many activities must come from one of them."""

    @record
    class Group:
        id: str
        types: tuple[str, ...]
        label: Text

    groups: tuple[ActivityGroups.Group, ...]
    from_group: str
    at_least: int


@_kind("ordered_topics")
@record
class OrderedTopics:
    """Topics ordered by the Prime Minister: when each starts and how it is reported."""

    @record
    class Topic:
        id: str
        label: Text
        start_first: date
        start_last: date
        reported_until: Text
        all_year: bool | None = None  # else until all its outputs are there
        saving_at_least: Decimal | None = None

    topics: tuple[OrderedTopics.Topic, ...]
    others: int
    new_each_month: bool  # whether a plan that counts them must still start one every month
