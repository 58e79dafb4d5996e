"""What the browser sent → clean Python. The rulebook gives the choices and the levels."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language

from esar.agree.agendas.models import Holder
from esar.agree.agendas.queries import JOINT_KIND
from esar.agree.indexes.queries import offered_indexes
from esar.agree.indicators.models import TEMPLATE_FIELDS, IndicatorVersion
from esar.agree.scorecards.checks import components_with_kinds, kinds_for, methods_of, weighs
from esar.agree.scorecards.content import agreed_kpi, kpi_content
from esar.agree.scorecards.item_fields import ItemFields
from esar.agree.scorecards.kpi_forms import asks_for_index
from esar.agree.scorecards.models import NUMBER_FORM, Kpi
from esar.agree.scorecards.round_targets import early_rounds
from esar.agree.scorecards.strategic_code import offer
from esar.kernel import spelling
from esar.kernel.figures import shortened
from esar.kernel.problems import Problem
from esar.kernel.wording import figure, is_per_cent
from esar.law.rules.book import Rule, Rules
from esar.law.rules.kinds import Ask, KindForm, Ladder
from esar.law.rules.numbers import trimmed
from esar.platform.lifecycle.drafts import mark_of
from esar.platform.lifecycle.forms import DraftForm
from esar.platform.organisations.fields import BodiesText
from esar.platform.organisations.queries import evaluated_bodies
from esar.platform.ui.forms import DayText, DecimalText, Form, WeightText, lazy_say
from esar.platform.ui.picking import CodesArea, CodesInput, PickedCode, with_code

LONG = (
    "definition",
    "formula",
    "scope",
    "conditions",
    "data_source",
    "collection",
    "evidence_plan",
)


YEARS_OF_BASELINE = 3


HELD_TO_CHOICES = [(name, lazy_say(f"choice.held-to-{name}")) for name in ("round", "year", "none")]


PER = ("100", "1", "1000", "10000", "100000")


def choices_of(*names: str, empty: bool = False) -> list[tuple[str, Any]]:
    choices = [(name, lazy_say(f"choice.{name}")) for name in names]
    return [("", "–"), *choices] if empty else choices


def label_of(text: Any) -> str:
    return figure(text, get_language() or "th")


def text_field(field: str, *, required: bool = False) -> forms.CharField:
    widget = forms.Textarea if field in LONG else forms.TextInput
    return forms.CharField(required=required, max_length=4000, widget=widget)


BESIDE_TARGETS = {"score.targets": "target_1", "score.number_of_targets": "target_1"}


class TargetFields(Form):
    """The target levels of the year's ladder: target_1, target_2, …"""

    def add_targets(self, rules: Rules, targets: list[str], unit: str) -> None:
        ladder = rules.the(Ladder)
        self.levels = len(ladder.value.points) if ladder else 0
        for place in range(self.levels):
            label = label_of(ladder.value.levels[place]) if ladder else ""
            points = trimmed(ladder.value.points[place]) if ladder else ""
            field = DecimalText(
                required=False, label=f"{label} ({points})", share=is_per_cent(unit)
            )
            if place < len(targets):
                field.initial = targets[place]
            self.fields[f"target_{place + 1}"] = field

    def leave_targets_out(self) -> None:
        """Where the items have the targets."""
        for name in self.target_names:
            del self.fields[name]
        self.levels = 0

    @property
    def target_names(self) -> list[str]:
        return [f"target_{place + 1}" for place in range(self.levels)]

    def targets(self) -> list[str]:
        """The targets as decimal strings, none when all are empty.

        Adds an error at the first that is empty when others are filled.
        """
        typed = {name: self.cleaned_data.get(name) for name in self.target_names}
        targets = [f"{target:f}" for target in typed.values() if target is not None]
        if len(targets) == self.levels:
            return targets
        if targets and not self.errors.keys() & typed.keys():
            empty = next(name for name, target in typed.items() if target is None)
            self.add_error(empty, lazy_say("kpi.targets_incomplete"))
        return []


class RoundFields(Form):
    """What each round that ends before the year holds the KPI to: held_6m, round_6m_1, …"""

    def add_rounds(self, rules: Rules, rounds: list[dict[str, Any]], unit: str) -> None:
        ladder = rules.the(Ladder)
        levels = ladder.value.levels if ladder else ()
        agreed = {one["round"]: one for one in rounds}
        self.rounds_of_year = early_rounds(rules) if ladder else []
        for rule in self.rounds_of_year:
            name, own = rule.id.removeprefix("round."), agreed.get(rule.id.removeprefix("round."))
            choices = [("", lazy_say("choice.held-to-rules")), *HELD_TO_CHOICES]
            label = lazy_say("label.held_to", (("round", label_of(rule.label)),))
            held_to = forms.ChoiceField(
                choices=choices,
                required=False,
                label=label,
                initial=own["held_to"] if own else "",
                help_text=lazy_say("page.held_to_help"),
            )
            self.fields[f"held_{name}"] = held_to
            targets = own.get("targets", []) if own else []
            for place, level in enumerate(levels):
                field = DecimalText(
                    required=False,
                    label=f"{label_of(level)} {label_of(rule.label)}",
                    share=is_per_cent(unit),
                )
                if place < len(targets):
                    field.initial = targets[place]
                self.fields[f"round_{name}_{place + 1}"] = field
        self.round_levels = len(levels)

    def _field_of(self, problem: Problem) -> str | None:
        """What is wrong with a round stands beside the fields of that round."""
        round_named = problem.figures.get("round")
        for rule in self.rounds_of_year:
            name = rule.id.removeprefix("round.")
            if round_named is not None and round_named in (name, rule.label):
                is_of_targets = "target" in problem.code
                field = f"round_{name}_1" if is_of_targets else f"held_{name}"
                return field if field in self.fields else None
        return super()._field_of(problem)

    @property
    def round_names(self) -> list[str]:
        """The fields of the rounds, each round's choice before its targets."""
        names = [rule.id.removeprefix("round.") for rule in self.rounds_of_year]
        levels = range(1, self.round_levels + 1)
        return [
            field
            for name in names
            for field in (f"held_{name}", *(f"round_{name}_{level}" for level in levels))
        ]

    def initial_of(self, rounds: list[dict[str, Any]]) -> dict[str, str]:
        """What the fields show where this is said of the rounds; empty where nothing is."""
        values = dict.fromkeys(self.round_names, "")
        for agreed in rounds:
            values[f"held_{agreed['round']}"] = agreed["held_to"]
            for level, target in enumerate(agreed.get("targets", []), start=1):
                values[f"round_{agreed['round']}_{level}"] = target
        return values

    def leave_rounds_out(self) -> None:
        """Where nothing may be said of them."""
        for name in self.round_names:
            del self.fields[name]
        self.rounds_of_year = []

    def rounds(self) -> list[dict[str, Any]]:
        """What was said of the rounds, nothing of those left to the rules.

        Targets that are typed are meant: then the round is held to its own.
        """
        rounds = []
        for rule in self.rounds_of_year:
            name = rule.id.removeprefix("round.")
            fields = [f"round_{name}_{place + 1}" for place in range(self.round_levels)]
            typed = [self.cleaned_data.get(field) for field in fields]
            unread = self.errors.keys() & set(fields)
            targets = [f"{target:f}" for target in typed if target is not None]
            held_to = self.cleaned_data.get(f"held_{name}") or ("round" if targets else "")
            if targets and held_to != "round":
                self.add_error(f"held_{name}", lazy_say("kpi.targets_of_no_round"))
            elif held_to == "round" and len(targets) < self.round_levels and not unread:
                self.add_error(f"held_{name}", lazy_say("kpi.round_targets_missing"))
            elif held_to and not unread:
                rounds.append(
                    {"round": name, "held_to": held_to}
                    | ({"targets": targets} if held_to == "round" else {})
                )
        return rounds


def _names_in(form: KindForm) -> list[str]:
    """The fields of a kind's form."""
    aims = [f"aim_{aim.id}" for aim in form.targets]
    return [*aims, *(f"answer_{ask.id}" for ask in form.asks)]


class IndexCode(PickedCode):
    """An international index of OPDC's register; gives its code and its name."""

    def __init__(self, offered: Mapping[str, str], **options: Any) -> None:
        super().__init__(**options)
        self.widget.choices = offered

    def clean(self, value: Any) -> tuple[str, str] | None:
        code = str(super().clean(value))
        if not code:
            return None
        indexes = self.offered()
        if code not in indexes:
            figures = (("index", shortened(code)),)
            raise forms.ValidationError(lazy_say("kpi.no_such_index", figures))
        return code, indexes[code]


def _field_of_ask(ask: Ask, indexes: Mapping[str, str]) -> forms.Field:
    """The field that an answer of its form is typed in."""
    label = label_of(ask.label)
    if ask.answer == "day":
        day = DayText(required=False, label=label)
        return day
    if ask.answer == "yes_no":
        choices = [("", "–"), *choices_of("yes", "no")]
        widget = forms.Select()
        return forms.ChoiceField(required=False, label=label, choices=choices, widget=widget)
    if ask.answer == "bodies":
        lines = CodesArea(attrs={"rows": 2})
        return BodiesText(evaluated_bodies, required=False, label=label, widget=lines)
    if ask.answer == "index":
        line = CodesInput()
        return IndexCode(indexes, required=False, max_length=400, label=label, widget=line)
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(required=False, max_length=4000, label=label, widget=area)


def _told(ask: Ask, value: Any) -> dict[str, Any]:
    """What was told, as a KPI keeps it."""
    if ask.answer == "bodies":
        names = ", ".join(with_code(body.code, body.name_th) for body in value)
        return {"text": names, "answer": ask.answer, "codes": [body.code for body in value]}
    if ask.answer == "index":
        code, name = value
        return {"text": with_code(code, name), "answer": ask.answer, "codes": [code]}
    if ask.answer == "text":
        return {"text": value.strip()}
    return {"text": value.isoformat() if ask.answer == "day" else value, "answer": ask.answer}


class AnswerFields(Form):
    """What the year's form of a kind of KPI asks: a target each (aim_year), words (answer_problem).

    Before a kind is chosen, every form's fields are there, each with the kinds that it is for. Then
    what was typed in those of another kind stays there too, to be asked about: `unused_names`.
    """

    def add_form(self, rules: Rules, kind: str, kpi: Kpi | None) -> None:
        self.kpi_forms = rules.of_kind(KindForm)
        stored = agreed_kpi(kpi).indexes if kpi else ()
        self.indexes = offered_indexes(stored) if asks_for_index(self.kpi_forms) else {}
        own = [rule for rule in self.kpi_forms if kind in rule.value.kinds]
        foreign = [rule for rule in self.kpi_forms if rule not in own and self._is_typed_in(rule)]
        self.aim_names: list[str] = []
        self.answer_names: list[str] = []
        for rule in own or self.kpi_forms:
            self._add_form_of(rule, rules, kpi, is_own=bool(own))
        own_names = {name for rule in own for name in _names_in(rule.value)}
        for rule in foreign if own else ():
            self._add_form_of(rule, rules, kpi, but=own_names)
        typed = [name for rule in foreign for name in _names_in(rule.value)]
        self.unused_names = [name for name in typed if name not in own_names]

    def _add_form_of(
        self,
        rule: Rule[KindForm],
        rules: Rules,
        kpi: Kpi | None,
        *,
        is_own: bool = False,
        but: Collection[str] = (),
    ) -> None:
        """The fields of one form, but for some that are there; of another kind's with its name."""
        kinds = ", ".join(label_of(rules.by_id[name].label) for name in rule.value.kinds)
        hint = "" if is_own else lazy_say("page.form_of", (("kinds", kinds),))
        targets = kpi.targets if is_own and kpi else []
        texts = {
            answer["id"]: ", ".join(codes) if answer.get("answer") == "index" else answer["text"]
            for answer in (kpi.answers if kpi else ())
            for codes in [answer.get("codes", ())]
        }
        for place, aim in enumerate(rule.value.targets):
            field = DecimalText(required=False, label=label_of(aim.label), help_text=hint)
            field.initial = targets[place] if place < len(targets) else None
            field.widget.attrs["data-kinds"] = " ".join(rule.value.kinds)
            self._add(self.aim_names, f"aim_{aim.id}", field, but)
        for ask in rule.value.asks:
            answer = _field_of_ask(ask, self.indexes)
            answer.help_text = hint or (label_of(ask.detail) if ask.detail else answer.help_text)
            answer.initial = texts.get(ask.id, "")
            answer.widget.attrs["data-kinds"] = " ".join(rule.value.kinds)
            self._add(self.answer_names, f"answer_{ask.id}", answer, but)

    def _add(self, names: list[str], name: str, field: forms.Field, but: Collection[str]) -> None:
        """One field for what several forms ask alike; then it is not one form's alone."""
        if name in but:
            return
        if name in names:
            kinds = self.fields[name].widget.attrs["data-kinds"]
            field.widget.attrs["data-kinds"] = f"{kinds} {field.widget.attrs['data-kinds']}"
            field.help_text = ""
        else:
            names.append(name)
        self.fields[name] = field

    def _is_typed_in(self, rule: Rule[KindForm]) -> bool:
        """Whether anything was sent in the fields of a form."""
        return any(str(self.data.get(name, "")).strip() for name in _names_in(rule.value))

    def refuse_another_form(self) -> None:
        """What was typed in the form of another kind than the chosen one: which of the two?"""
        if self.unused_names and "kind" in self.cleaned_data:
            self.refuse_unused("kind", *self.unused_names)

    def aims(self, kind: str) -> list[str]:
        """The targets that the form of a kind asks for, as decimal strings; all or none."""
        rule = self._form_of(kind)
        typed = [
            self.cleaned_data.get(f"aim_{aim.id}") for aim in (rule.value.targets if rule else ())
        ]
        figures = [f"{value:f}" for value in typed if value is not None]
        if figures and len(figures) < len(typed):
            self.add_error(None, lazy_say("kpi.targets_incomplete"))
            return []
        return figures

    def answers(self, kind: str) -> list[dict[str, Any]]:
        """What was told, of what the form of a kind asks."""
        rule = self._form_of(kind)
        return [
            {"id": ask.id, "label": {"th": ask.label.th, "en": ask.label.en}} | _told(ask, value)
            for ask in (rule.value.asks if rule else ())
            if (value := self.cleaned_data.get(f"answer_{ask.id}"))
        ]

    def accumulation_of(self, kind: str) -> str:
        """How results come together that are told more than once in a round."""
        rule = self._form_of(kind)
        return rule.value.accumulation if rule else "last"

    def _form_of(self, kind: str) -> Rule[KindForm] | None:
        return next((rule for rule in self.kpi_forms if kind in rule.value.kinds), None)


class BaselineFields(Form):
    """The results of the years before: baseline_2551, baseline_2552, …"""

    def add_baseline(self, year: int, rows: list[dict[str, Any]], unit: str) -> None:
        self.years = [year - back for back in range(YEARS_OF_BASELINE, 0, -1)]
        values = {int(row["year"]): row["value"] for row in rows}
        for back_year in self.years:
            label = lazy_say("page.baseline_value", (("year", back_year),))
            field = DecimalText(
                required=False,
                label=label,
                initial=values.get(back_year),
                share=is_per_cent(unit),
            )
            self.fields[f"baseline_{back_year}"] = field

    def baseline(self) -> list[dict[str, Any]]:
        return [
            {"year": one, "value": f"{value:f}"}
            for one in self.years
            if (value := self.cleaned_data.get(f"baseline_{one}")) is not None
        ]


class KpiNumber(forms.RegexField):
    """The number of a KPI, in whatever digits and with whatever blanks it is typed."""

    def __init__(self) -> None:
        super().__init__(
            rf"\A{NUMBER_FORM.pattern}\Z",
            max_length=10,
            error_messages={"invalid": lazy_say("kpi.number_form")},
        )

    def to_python(self, value: Any) -> str:
        """As it is kept: ๑. ๑ is 1.1."""
        return spelling.number(str(super().to_python(value)))


class KpiForm(TargetFields, RoundFields, ItemFields, AnswerFields, BaselineFields, DraftForm):
    """A KPI with its template, whole: the page of a step shows and sends a part of it.

    `sent` names the fields that came from the page; None where the whole form did.
    """

    number = KpiNumber()
    component = forms.ChoiceField()
    kind = forms.ChoiceField()
    name = forms.CharField(max_length=300, label=lazy_say("label.kpi_name"))
    method = forms.ChoiceField()
    unit = forms.CharField(max_length=60, required=False)
    direction = forms.ChoiceField(
        choices=choices_of("higher", "lower"), required=False, widget=forms.RadioSelect
    )
    accumulation = forms.ChoiceField(
        choices=choices_of("last", "sum", "mean", "max", "ratio"),
        required=False,
        help_text=lazy_say("page.accumulation_help"),
    )
    per = forms.ChoiceField(choices=[(n, n) for n in PER], required=False)
    weight = WeightText(required=False)
    definition = text_field("definition")
    formula = text_field("formula")
    scope = text_field("scope")
    conditions = text_field("conditions")
    data_source = text_field("data_source")
    collection = text_field("collection")
    owner = forms.CharField(max_length=200, required=False)
    owner_phone = forms.CharField(max_length=50, required=False)
    evidence_plan = text_field("evidence_plan")
    strategic_kpi = PickedCode(max_length=300, required=False)
    strategic_link = forms.ChoiceField(
        choices=choices_of("same", "cascade", "proxy", empty=True), required=False
    )
    sdg = forms.CharField(max_length=60, required=False)
    international_index = forms.CharField(max_length=200, required=False)
    dimension = forms.ChoiceField(
        choices=choices_of("economic", "social", "environment", empty=True), required=False
    )

    beside: ClassVar = {
        "kpi.number_taken": "number",
        "kpi.strategic": "strategic_kpi",
        "kpi.strategic_link": "strategic_link",
    }

    def __init__(
        self,
        *args: Any,
        rules: Rules,
        year: int,
        kpi: Kpi | None = None,
        template: IndicatorVersion | None = None,
        strategic: Mapping[str, str] | None = None,
        holdings: Sequence[Holder] = (),
        sent: Collection[str] | None = None,
        **kwargs: Any,
    ) -> None:
        source = kpi.template if kpi else template
        self.sent = sent
        methods = methods_of(rules)
        initial: dict[str, Any] = {"method": methods[0]}
        if source is not None:
            initial |= {field: getattr(source, field) for field in TEMPLATE_FIELDS}
        if kpi is not None:
            initial |= {
                "number": kpi.number,
                "component": kpi.component,
                "kind": kpi.kind,
                "evidence_plan": kpi.evidence_plan,
                "weight": "" if kpi.weight is None else f"{trimmed(kpi.weight):f}",
                "seen": mark_of(kpi_content(kpi)),
            }
        super().__init__(*args, initial=initial | kwargs.pop("initial", {}), **kwargs)
        self.template_version = source
        homes = components_with_kinds(rules)
        component: Any = self.fields["component"]
        component.choices = [(rule.id, label_of(rule.label)) for rule in homes]
        kind_field: Any = self.fields["kind"]
        kind_field.choices = [
            (kind.id, label_of(kind.label))
            for rule in homes
            for kind in kinds_for(rules, rule.id).values()
        ]
        method: Any = self.fields["method"]
        method.choices = choices_of(*methods)
        if not rules.the(Ladder):  # points are given: nothing is measured
            for name in ("direction", "accumulation", "per"):
                del self.fields[name]
        if not weighs(rules):
            del self.fields["weight"]
        unit = str(self.data.get("unit", source.unit if source else ""))
        self.add_targets(rules, kpi.targets if kpi else [], unit)
        self.add_rounds(rules, kpi.rounds if kpi else [], unit)
        self.add_items(rules, kpi.items if kpi else [], unit, get_language() or "th", may_name=True)
        self.add_form(rules, str(self.data.get("kind", kpi.kind if kpi else "")), kpi)
        self.add_baseline(year, source.baseline if source else [], unit)
        offer(self, strategic or {}, source.strategic_kpi if source else "")
        self.add_holdings(holdings, kpi)

    def add_holdings(self, holdings: Sequence[Holder], kpi: Kpi | None) -> None:
        """Which of the body's sub-indicators a joint KPI by agenda reports, where it holds any."""
        self.holdings = {str(holder.pk): holder for holder in holdings}
        indicator = kpi.template.indicator_id if kpi else None
        self.holding_before = next(
            (holder for holder in holdings if indicator and holder.indicator_id == indicator), None
        )
        if holdings:
            names = [(key, str(holder.sub_indicator)) for key, holder in self.holdings.items()]
            self.fields["sub_indicator"] = forms.ChoiceField(
                required=False,
                label=lazy_say("label.sub_indicator"),
                choices=[("", "–"), *names],
                widget=forms.Select(attrs={"data-kinds": JOINT_KIND}),
            )
            if self.holding_before is not None:
                self.initial["sub_indicator"] = str(self.holding_before.pk)

    @property
    def holding(self) -> Holder | None:
        """The sub-indicator that was chosen for a joint KPI by agenda."""
        is_joint = self.cleaned_data.get("kind") == JOINT_KIND
        return self.holdings.get(self.cleaned_data.get("sub_indicator", "")) if is_joint else None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        kind = str(data.get("kind") or "")
        data["targets"] = self.targets() or self.aims(kind)
        data["rounds"] = self.rounds()
        data["items"] = self.items()
        self._one_method(data)
        data["answers"] = self.answers(kind)
        self.refuse_another_form()
        if kind and kind != JOINT_KIND:
            self.refuse_unused("kind", "sub_indicator")
        data["accumulation"] = data.get("accumulation") or self.accumulation_of(kind)
        data["per"] = data.get("per") or "100"
        data["direction"] = self._direction(data)
        data.setdefault("weight", None)
        data["baseline"] = self.baseline()
        data["template"] = self.template_version
        return data

    def _direction(self, data: Mapping[str, Any]) -> str:
        """Nobody chooses it but its writer: a ladder has none until the step that asks is sent."""
        direction = str(data.get("direction") or "")
        if direction or "direction" not in self.fields or data.get("method") != "ladder":
            return direction or "higher"
        if self.sent is None or "method" in self.sent:
            self.add_error("direction", lazy_say("kpi.no_direction"))
        return ""

    def with_sent(self, sent: QueryDict) -> QueryDict:
        """What the whole form would send: what came from a step's page over what is kept.

        The mark is the page's own, or none.
        """
        whole = QueryDict(mutable=True)
        for name in self.fields:
            value = self[name].value()
            if name != "seen" and value is not None:
                whole[name] = str(value)
        for name, values in sent.lists():
            whole.setlist(name, values)
        return whole

    def _one_method(self, data: dict[str, Any]) -> None:
        """Targets are a ladder's and items a weighted average's: what is typed is never dropped."""
        methods, method = IndicatorVersion.Method, data.get("method")
        unused = {"kpi.items_of_no_average": self.item_names if method != methods.ITEMS else []}
        if method == methods.ITEMS:
            unused["kpi.targets_of_items"] = self.target_names
        elif method == methods.MILESTONES:
            unused["kpi.targets_of_milestones"] = self.target_names
        for code, names in unused.items() if method else ():
            typed = [name for name in names if data.get(name) not in (None, "", "higher", "lower")]
            if typed:
                self.add_error(typed[0], lazy_say(code))

    def part(self, *names: str) -> list[Any]:
        return [self[name] for name in names if name in self.fields]

    @property
    def shows_conditions(self) -> bool:
        """Whether conditions are written, or how results add up is wrong."""
        names = {"conditions", "accumulation", "per"}
        return bool(self["conditions"].value() or self.errors.keys() & names)

    @property
    def target_fields(self) -> list[Any]:
        """The targets that the KPI's method or its kind asks for."""
        is_ladder = self["method"].value() == IndicatorVersion.Method.LADDER
        wrong = self.errors.keys() & set(self.target_names)
        return self.part(*(self.target_names if is_ladder or wrong else ()), *self.aim_names)

    @property
    def answer_fields(self) -> list[Any]:
        """What the form of its kind asks in words."""
        is_joint = self["kind"].value() == JOINT_KIND
        return self.part(*(("sub_indicator",) if is_joint else ()), *self.answer_names)

    @property
    def round_fields(self) -> list[tuple[Any, list[Any]]]:
        """Each round's choice, and the fields of its targets."""
        levels = range(1, self.round_levels + 1)
        names = [rule.id.removeprefix("round.") for rule in self.rounds_of_year]
        return [
            (self[f"held_{name}"], self.part(*(f"round_{name}_{level}" for level in levels)))
            for name in names
        ]

    @property
    def shows_rounds(self) -> bool:
        """Whether something is said of a round, or is wrong with it."""
        is_said = any(self[name].value() for name in self.round_names)
        return is_said or bool(self.errors.keys() & set(self.round_names))

    @property
    def baseline_fields(self) -> list[Any]:
        return self.part(*(f"baseline_{one}" for one in self.years))


class OfferForm(TargetFields, RoundFields, ItemFields):
    """The committee's counter-offer for one KPI."""

    beside: ClassVar = {"form.no_reason": "why", **BESIDE_TARGETS}
    weight = WeightText(required=False)

    def __init__(self, *args: Any, rules: Rules, kpi: Kpi, **kwargs: Any) -> None:
        weight = "" if kpi.weight is None else f"{trimmed(kpi.weight):f}"
        super().__init__(*args, initial={"weight": weight}, **kwargs)
        self.add_targets(rules, kpi.targets, kpi.template.unit)
        self.add_rounds(rules, kpi.rounds, kpi.template.unit)
        self.add_items(rules, kpi.items, kpi.template.unit, get_language() or "th", may_name=False)
        if kpi.items:
            self.leave_targets_out()
        widget = forms.Textarea(attrs={"rows": 3})
        self.fields["why"] = forms.CharField(
            widget=widget,
            max_length=2000,
            label=lazy_say("label.why"),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        data["targets"] = self.targets()
        data["rounds"] = self.rounds()
        data["items"] = self.items()
        return data

    @property
    def terms(self) -> dict[str, Any]:
        """What is offered, of whatever could be read."""
        data = self.cleaned_data
        return {
            "weight": data.get("weight"),
            "targets": data["targets"],
            "rounds": data["rounds"],
            "items": data["items"],
            "why": data.get("why", ""),
        }

    def sure(self, problems: list[Problem]) -> list[Problem]:
        """Those that hold whatever is meant by the figures that could not be read."""
        terms = {"weight", *self.target_names, *self.round_names, *self.item_names}
        unread = terms & self.errors.keys()
        return [one for one in problems if not unread or one.code != "offer.nothing_new"]
