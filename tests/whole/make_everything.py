"""One of every kind of thing that has an address, all of one body's, made by the real actions.

Whoever belongs to another body or committee, or to none, finds none of it.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from esar.agree.agendas.models import Holder
from esar.agree.changes import actions as changes
from esar.agree.changes.life import CHANGE_LIFE
from esar.agree.committees.models import AgendaItem
from esar.agree.committees.orders import record_order
from esar.agree.scorecards.actions import open_scorecard, save_kpi
from esar.agree.strategic_kpis.models import ResultFile, StrategicResult
from esar.judge.appeals import actions as appeals
from esar.judge.appeals.life import AppealText
from esar.judge.assessments import visits
from esar.judge.assessments.life import VISIT_LIFE
from esar.judge.assessments.models import Finding
from esar.judge.early_warning import actions as warnings
from esar.judge.early_warning.models import EarlyWarning
from esar.platform.calendars.actions import extend
from esar.platform.dual_control.life import DUAL_LIFE
from esar.platform.dual_control.models import DualAct
from esar.platform.evidence import actions as files
from esar.platform.evidence.models import StoredFile
from esar.platform.evidence.storage import storage
from esar.platform.organisations import actions as organisations
from esar.platform.organisations.actions import appoint, record_office_holder
from esar.platform.organisations.models import (
    Appointment,
    Jurisdiction,
    Person,
    Portfolio,
    Role,
)
from esar.report.activity_plans import actions as plans
from esar.report.activity_plans.monthly.models import MonthlyEvidence
from esar.report.extensions.life import EXTENSION_LIFE
from esar.report.extensions.models import ExtensionRequest
from esar.report.follow_ups.models import FollowUp
from esar.report.letters import actions as letter_actions
from esar.report.letters.life import LETTER_LIFE
from esar.report.letters.models import Enclosure, Letter, Recipient
from esar.report.reports import writing
from esar.report.reports.models import Attachment, Progress, Report
from esar.report.reports.packs import ask_for_pack, make_pack
from esar.report.self_evaluations.models import SelfEvaluation, SelfEvaluationPaper
from esar.show.privacy.life import CORRECTION_LIFE
from esar.show.privacy.models import Correction
from tests.agree.agendas import make as agendas
from tests.agree.indexes import make as indexes
from tests.agree.scorecards import make as agreements
from tests.agree.scorecards.make_kpi_templates import fill, go
from tests.agree.strategic_kpis import make as strategic
from tests.exchange.inspection.good import pdf
from tests.judge.results.make import fresh, released
from tests.make import (
    AT,
    FEBRUARY,
    ITEMS,
    ON,
    SINCE,
    World,
    fields,
    kpi,
    open_sitting,
    person,
    request_fields,
    submitted,
)
from tests.platform.role_offers.make import delegate, lending_offer
from tests.report.activity_plans.make import NEW_RULES, moment, sent_in
from tests.report.activity_plans.monthly.make import report as monthly_report
from tests.report.central_data import make as central
from tests.report.letters import make as letters
from tests.report.self_evaluations import make as self_evaluations
from tests.show.public.make import department, province

MAY = date(2024, 5, 15)
AT_MAY = datetime(2024, 5, 15, 3, 0, tzinfo=UTC)
JUNE = date(2024, 6, 3)
NEW_YEAR = 2568
APRIL_2018 = date(2018, 4, 10)

# A list is everyone's own; the file of it has its rows.
FILE_OF_A_LIST = "<table:kind>"

# What is no thing of its own: a move's name, a KPI's number. By the start of the address.
NAMES = {
    ("/", "<slug:name>"): "propose",
    ("/", "<str:number>"): "1.1",
    ("/", "<slug:what>"): "public",
    ("/", FILE_OF_A_LIST): "csv",
    ("/", "<int:page>"): "1",
    ("/visits/", "<slug:name>"): "answer",
    ("/appeals/", "<slug:name>"): "file",
    ("/sittings/", "<slug:name>"): "close",
    ("/assessments/", "<slug:name>"): "pass_on",
    ("/warnings/", "<slug:name>"): "send_plan",
    ("/extensions/", "<slug:name>"): "send",
    ("/dual-acts/", "<slug:name>"): "withdraw",
    ("/role-offers/", "<slug:name>"): "withdraw",
    ("/corrections/", "<slug:name>"): "answer",
    ("/additions/", "<slug:name>"): "enact",
    ("/follow-ups/", "<slug:name>"): "send",
    ("/self-evaluations/", "<slug:name>"): "send",
    ("/strategic/", "<slug:name>"): "submit",
    ("/strategic/results/", "<slug:name>"): "send",
    ("/ranking/", "<slug:bodies>"): "province",
    ("/ranking/", "<slug:name>"): "map",
    ("/explore/", "<slug:key>"): "none",
    ("/compare/", "<str:codes>"): "TH-74+TH-10",
}

DAYS = {
    "/": MAY,
    "/plan": date(2018, 4, 10),
    "/central/": date(2024, 10, 21),
    "/warnings/": JUNE,
    "/letters/": date(2017, 10, 11),
}


def longest(table: dict[str, Any], path: str) -> Any:
    """What a table holds for the longest start of an address that it knows."""
    return table[max((start for start in table if path.startswith(start)), key=len)]


class Everything:
    """The things of TH-74, and `pieces`: the part of an address that names one → which one.

    A piece is of the addresses that begin with its key's first half: ("/reports/", "<int:pk>").
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.reporter, self.approver = world.reporter, world.approver
        self.elsewhere = province("TH-50")
        self.pieces: dict[tuple[str, str], object] = {}
        # Years in their order: builders of 2561 let roles begin in 2017.
        self._agreement_of_2554()
        self._agreement_to_sign()
        self._plan_of_2561()
        self._year_2567()
        self._central_data()
        self._letters()
        self._extension()
        self._agendas()
        self._indexes()
        self._self_evaluation()
        self._appointing_order()
        self._people()
        self._before_the_committee()
        self._strategic()

    def address(self, path: str, names: dict[tuple[str, str], Any]) -> str:
        """An address with the things of the world in it; `names` are of what is no thing."""
        pieces = {**names, **self.pieces}

        def piece(placeholder: re.Match[str]) -> str:
            fitting = {
                start: what for (start, name), what in pieces.items() if name == placeholder[0]
            }
            return str(longest(fitting, path))

        return re.sub(r"<[^>]+>", piece, path)

    def _agreement_of_2554(self) -> None:
        card = agreements.in_force(self.world)
        fill(self.world, card)
        go(card, "propose", self.reporter)
        self.pieces["/scorecards/<int:pk>/templates/", "<int:pk>"] = card.pk
        self.pieces["/scorecards/<int:pk>/action-plan/", "<int:pk>"] = card.pk

    def _plan_of_2561(self) -> None:
        plan = sent_in(self.world, on=NEW_RULES)
        change = plans.ask_change(plan, by=self.reporter, at=moment(APRIL_2018), on=APRIL_2018)
        version = monthly_report(self.world, plan, date(2017, 12, 1), (1, "2017-12", True))
        evidence = MonthlyEvidence.objects.select_related("file").filter(report=version.report)[0]
        storage().save(evidence.file.path, ContentFile(pdf()))
        self.stored = evidence.file
        self.pieces |= {
            ("/plans/", "<int:pk>"): plan.pk,
            ("/plans/", "<str:month>"): "2017-12",
            ("/plans/", "<int:number>"): 1,
            ("/plans/", "<int:attachment>"): evidence.pk,
            ("/plan-changes/", "<int:pk>"): change.pk,
            ("/plan-usage/", "<int:year>"): 2561,
            ("/plan-usage/", "<slug:code>"): self.world.province.code,
            ("/plan-usage/", "<slug:name>"): "paper",
        }

    def _year_2567(self) -> None:
        result = released(self.world)
        assessment: Any = result.assessment
        card = assessment.report.scorecard
        # 1.3 fell after the round that was released: it may still miss, and is warned of.
        for number, month, value in (
            ("1.1", date(2023, 10, 1), 82),
            ("1.3", date(2024, 4, 1), 60),
        ):
            Progress.objects.create(
                scorecard=card,
                number=number,
                month=month,
                value=Decimal(value),
                by=self.reporter,
                at=AT,
            )
        plea = AppealText("evidence", ["1.1"], "หลักฐานข้อ 1.1 ไม่ได้รับการพิจารณา")
        appeal = appeals.begin(result, plea, by=self.reporter, at=AT_MAY, on=MAY)
        warnings.warn(2567, on=JUNE, at=AT, by=self.world.analyst)
        warning = EarlyWarning.objects.filter(scorecard=card)[0]
        visit = visits.plan(
            assessment, held_on=MAY, place="ศาลากลาง", by=self.world.analyst, at=AT_MAY, on=MAY
        )
        VISIT_LIFE.move(
            visit, "done", by=self.world.analyst, at=AT_MAY, on=MAY, took_part="คณะผู้ประเมิน"
        )
        visits.add_finding(
            visit,
            number="1.1",
            text="หลักฐานไม่ครบ",
            follow_up="ส่งเพิ่ม",
            due=JUNE,
            by=self.world.analyst,
            at=AT_MAY,
            on=MAY,
        )
        self.pieces |= {
            ("/scorecards/", "<int:pk>"): card.pk,
            ("/scorecards/", "<int:number>"): 1,
            ("/assessments/", "<int:pk>"): assessment.pk,
            ("/visits/", "<int:pk>"): visit.pk,
            ("/visits/", "<int:finding>"): Finding.objects.get(visit=visit).pk,
            ("/appeals/", "<int:pk>"): appeal.pk,
            ("/appeals/new/", "<int:pk>"): result.pk,
            ("/warnings/", "<int:pk>"): warning.pk,
        }
        self._changes_and_sitting(card)
        self._draft_of_the_next_year()
        self._report_in_hand(card)
        sent_in = assessment.report.pk
        self.pieces["/reports/<int:pk>/versions/", "<int:pk>"] = sent_in
        self.pieces["/reports/<int:pk>/versions/", "<int:number>"] = 1

    def _changes_and_sitting(self, card: Any) -> None:
        """A request still being written, and one on the table of the committee."""
        fields = request_fields(achieved=Decimal(86), targets=["88", "90", "95"])
        draft, tabled = (
            changes.ask(card, kpi(card, number), fields, by=self.reporter, at=AT, on=FEBRUARY)
            for number in ("1.1", "1.2")
        )
        CHANGE_LIFE.move(tabled, "propose", by=self.reporter, at=AT, on=FEBRUARY)
        CHANGE_LIFE.move(tabled, "submit", by=self.approver, at=AT, on=FEBRUARY)
        sitting = open_sitting(self.world, self.world.level2, tabled, on=FEBRUARY)
        self.pieces |= {
            ("/changes/", "<int:pk>"): draft.pk,
            ("/sittings/", "<int:pk>"): sitting.pk,
            ("/sittings/", "<int:item>"): AgendaItem.objects.get(sitting=sitting).pk,
        }

    def _draft_of_the_next_year(self) -> None:
        card = open_scorecard(self.world.province, NEW_YEAR, by=self.reporter, at=AT_MAY, on=MAY)
        average = {"method": "items", "targets": [], "items": ITEMS}
        values = fields("1.1", name="ยังเป็นร่าง", weight=Decimal(10), **average)
        saved = save_kpi(card, values, by=self.reporter, at=AT_MAY, on=MAY)
        self.pieces |= {
            ("/scorecards/<int:pk>/move/", "<int:pk>"): card.pk,
            ("/scorecards/<int:pk>/reuse/", "<int:pk>"): card.pk,
            ("/scorecards/<int:pk>/library/", "<int:pk>"): card.pk,
            ("/scorecards/<int:pk>/kpis/", "<int:pk>"): card.pk,
            ("/indicators/", "<str:code>"): saved.template.indicator.code,
        }
        in_force = self.pieces["/scorecards/", "<int:pk>"]
        self.pieces["/scorecards/<int:pk>/kpis/<str:number>/change/", "<int:pk>"] = in_force

    def _report_in_hand(self, card: Any) -> None:
        """A draft with a file, a file on its way, and a zip."""
        report = Report.objects.get(scorecard=card, round_id="12m")
        upload = files.begin("a.pdf", len(pdf()), subject="test", by=self.reporter, at=AT_MAY)

        def attach(stored: StoredFile) -> None:
            name = "หลักฐาน.pdf"
            writing.attach(report, "1.1", stored, name, by=self.reporter, at=AT_MAY, on=MAY)

        files.append(upload, 0, pdf())
        files.finish(upload, at=AT_MAY, then=attach)
        attachment = Attachment.objects.select_related("file").get(claim__report=report)
        self.file = attachment.file
        waiting = files.begin(
            "b.txt", 100, subject=f"report:{report.pk}:1.1", by=self.reporter, at=AT_MAY
        )
        pack = ask_for_pack(report, by=self.reporter, at=AT_MAY)
        make_pack.func(pack.pk)
        self.pieces |= {
            ("/reports/", "<int:pk>"): report.pk,
            ("/reports/", "<int:attachment>"): attachment.pk,
            ("/reports/", "<slug:token>"): waiting.token,
            ("/reports/", "<int:pack>"): pack.pk,
        }

    def _central_data(self) -> None:
        code, name = "OPDC", "สำนักงาน ก.พ.ร. ทดสอบ"
        self.central_owner = person("opdc-owner", (Role.CENTRAL_OWNER, department(code, name)))
        central.published(self.central_owner)
        value = central.value_of(self.world.province)
        objection = central.objected(self.world)
        waiting = central.sent(self.central_owner, rule="central-data.pmqa")
        self.pieces |= {
            ("/central/values/", "<int:pk>"): value.pk,
            ("/central/objections/", "<int:pk>"): objection.pk,
            ("/central/deliveries/", "<int:pk>"): waiting.pk,
            ("/central/sets/", "<int:year>"): central.YEAR,
            ("/central/sets/", "<slug:round_id>"): central.ROUND,
            ("/central/sets/", "<str:code>"): central.RULE,
        }

    def _letters(self) -> None:
        """A letter of the province to an office and to another body; and one still a draft."""
        when = letters.when(self.world)
        self.receiver = person("receiver", (Role.REPORTER, self.elsewhere))
        draft = letters.draft(self.world, "คลังจังหวัด", number="2")
        letter = letters.draft(self.world, "คลังจังหวัด", number="1")
        letter_actions.address(letter, [self.elsewhere], [], **when)
        for unsent in (draft, letter):
            letter_actions.enclose(unsent, self.file, "แนบ.pdf", **when)
        self._send(letter)
        office, body = (
            Recipient.objects.get(letter=letter, body=to) for to in (None, self.elsewhere)
        )
        edited = Recipient.objects.get(letter=draft)
        self.pieces |= {
            ("/letters/", "<int:pk>"): letter.pk,
            ("/letters/", "<int:enclosure>"): Enclosure.objects.get(letter=letter).pk,
            ("/letters/", "<int:recipient>"): office.pk,
            (RECEIVE, "<int:recipient>"): body.pk,
            (f"{LETTER}edit/", "<int:pk>"): draft.pk,
            (f"{LETTER}recipients/", "<int:pk>"): draft.pk,
            (f"{LETTER}recipients/<int:recipient>/", "<int:pk>"): letter.pk,
            (f"{LETTER}recipients/<int:recipient>/remove/", "<int:pk>"): draft.pk,
            (f"{LETTER}recipients/<int:recipient>/remove/", "<int:recipient>"): edited.pk,
            (TAKE_OUT, "<int:pk>"): draft.pk,
            (TAKE_OUT, "<int:enclosure>"): Enclosure.objects.get(letter=draft).pk,
        }

    def _appointing_order(self) -> None:
        """Of a committee, and of an office that is in charge of a body."""
        holder = record_office_holder(
            self.world.province, name="–", post="–", first_day=ON, by=None, at=AT, on=ON
        )
        portfolio = Portfolio.objects.create(
            holder=holder, body=self.world.department, first_day=ON, order="1/2566"
        )
        self.pieces["/portfolios/", "<int:pk>"] = portfolio.pk
        order = record_order(
            self.world.level2,
            SimpleUploadedFile("คำสั่ง.txt", b"order"),
            letter="1/2566",
            day=ON,
            appointed_by="-",
            by=self.world.secretaries["L2-P"],
            at=AT,
            on=ON,
        )
        self.pieces |= {
            ("/committees/", "<str:code>"): self.world.level2.code,
            ("/committees/<str:code>/orders/", "<int:pk>"): order.pk,
        }

    def _self_evaluation(self) -> None:
        """Of a body that is evaluated: whose it is matters here, not how it came about."""
        thing = SelfEvaluation.objects.create(
            body=self.world.province, fiscal_year=2567, round_id="12m", since=AT
        )
        self_evaluations.attach(thing, self.reporter)
        paper = SelfEvaluationPaper.objects.get()
        self.pieces |= {
            ("/self-evaluations/", "<int:pk>"): thing.pk,
            ("/self-evaluations/", "<int:paper>"): paper.pk,
            ("/self-evaluations/", "<int:year>"): 2567,
        }

    def _indexes(self) -> None:
        """An index of OPDC's register with an edition; everyone who signs in reads it."""
        index = indexes.listed(self.world)
        edition = indexes.with_edition(self.world, index)
        self.pieces |= {
            ("/indexes/", "<str:code>"): index.code,
            ("/indexes/", "<int:pk>"): edition.pk,
            ("/indexes/", "<int:change>"): indexes.host_did(self.world, index).pk,
        }

    def _agendas(self) -> None:
        """Sub-indicators are everyone's; what the Cabinet adds is kept by OPDC."""
        agendas.load(self.world, agendas.HEAD + agendas.DUST)
        addition = agendas.addition(self.world.analyst, (self.world.department, "now"))
        outside = Holder.objects.create(
            sub_indicator=agendas.sub("5-01"),
            body=agendas.enterprise(kind="other"),  # of whom OPDC takes in the result itself
            first_day=agendas.ON,
        )
        told = FollowUp.objects.create(
            body=self.world.province, fiscal_year=2567, agenda="dust", quarter=1, since=AT
        )
        self.pieces |= {
            ("/follow-ups/", "<int:pk>"): told.pk,
            ("/follow-ups/", "<str:code>"): self.world.province.code,
            ("/follow-ups/", "<int:year>"): 2567,
            ("/outside-results/", "<int:pk>"): outside.pk,
            ("/outside-results/", "<int:year>"): 2567,
            ("/province-kpis/", "<int:year>"): 2567,
            ("/joint-kpis/", "<int:pk>"): Holder.objects.get(body=self.world.province).pk,
            ("/sub-indicators/", "<int:pk>"): agendas.sub("5-01").pk,
            ("/sub-indicators/", "<int:year>"): 2567,
            ("/additions/", "<int:pk>"): addition.pk,
            ("/additions/", "<int:year>"): 2567,
            ("/agendas/", "<int:year>"): 2567,
            ("/agendas/", "<slug:code>"): "dust",
        }

    def _extension(self) -> None:
        moment: Any = {"by": self.reporter, "at": AT_MAY, "on": MAY}
        entry, day, reason = "report-due.12m", date(2024, 12, 31), "น้ำท่วม"
        fields = {"rule_id": entry, "last_day": day, "reason": reason}
        extension = ExtensionRequest(body=self.world.province, fiscal_year=2567, **fields)
        EXTENSION_LIFE.move(extension, "begin", **moment)
        administrator: Any = {"by": self.world.administrator, "at": AT_MAY, "on": MAY}
        for_all = extend(2567, entry, last_day=day, reason=reason, **administrator)
        self.pieces |= {
            ("/calendar/", "<int:pk>"): for_all.pk,
            ("/calendar/", "<int:year>"): 2567,
            ("/extensions/", "<int:pk>"): extension.pk,
            ("/extensions/", "<str:code>"): self.world.province.code,
            ("/extensions/", "<int:year>"): 2567,
        }

    def _strategic(self) -> None:
        """A draft of OPDC, and what a sitting of the provinces' committee has before it."""
        draft_of_opdc = strategic.drafted(self.world, code="SK-1", host=self.world.department)
        self.pieces |= {
            ("/strategic/", "<int:pk>"): draft_of_opdc.pk,
            ("/strategic/hosts/", "<str:code>"): draft_of_opdc.host.code,
            ("/strategic/sittings/", "<int:pk>"): self.pieces["/sittings/", "<int:pk>"],
            ("/strategic/sittings/", "<int:number>"): strategic.told(self.world, code="SK-2").pk,
        }
        result = StrategicResult.objects.create(
            body=self.world.province,
            fiscal_year=2567,
            strategic=draft_of_opdc,
            value=71,
            since=AT,
        )
        attached = ResultFile.objects.create(
            result=result, file=self.stored, name="หลักฐาน.pdf", by=self.reporter, at=AT
        )
        self.pieces |= {
            ("/ministers/", "<str:code>"): "MOI",
            ("/ministers/", "<int:year>"): 2567,
            ("/nation/", "<int:year>"): 2567,
            ("/nation/", "<slug:round_id>"): "6m",
            ("/strategic/results/", "<int:pk>"): result.pk,
            ("/strategic/results/", "<int:attachment>"): attached.pk,
            ("/strategic/results/", "<str:code>"): self.world.province.code,
            ("/strategic/results/", "<int:year>"): 2567,
        }

    def _send(self, letter: Letter) -> None:
        LETTER_LIFE.move(letter, "propose", **letters.when(self.world))
        LETTER_LIFE.move(letter, "send", **letters.when(self.world, self.approver))

    def _agreement_to_sign(self) -> None:
        """Of another province, which is the same people's: they are its insiders too."""
        world, home = self.world, self.world.province
        for name in ("reporter", "approver"):
            appoint(getattr(world, name), name, by=None, at=AT, on=SINCE, body=self.elsewhere)
            fresh(getattr(world, name))
        for of in (world.level1, world.level2, world.negotiation):
            Jurisdiction.objects.create(committee=of, body=self.elsewhere)
        world.province = self.elsewhere
        self.pieces["/scorecards/<int:pk>/signing/", "<int:pk>"] = agreements.to_sign(world).pk
        world.province = home

    def _before_the_committee(self) -> None:
        """The other province's scorecard of 2567, which waits for the opinion of level 1."""
        world, home = self.world, self.world.province
        world.province = self.elsewhere
        card = submitted(world)
        world.province = home
        self.pieces["/scorecards/<int:pk>/kpis/<str:number>/offer/", "<int:pk>"] = card.pk

    def _people(self) -> None:
        role = Appointment.objects.get(person=self.approver, body=self.world.province)
        self.deputy = person("deputy")
        delegation = delegate(
            role,
            self.deputy,
            by=Person.objects.get(pk=self.approver.pk),
            at=AT_MAY,
            on=MAY,
            first_day=MAY,
            last_day=JUNE,
            reason="ลา",
        )
        offer = lending_offer(
            role,
            self.deputy,
            by=Person.objects.get(pk=self.approver.pk),
            at=AT_MAY,
            on=MAY,
            first_day=JUNE,
            last_day=JUNE,
            reason="ลา",
        )
        invited = organisations.invite(
            email="invited@example.test",
            name="ผู้ได้รับเชิญ",
            role=Role.ANALYST,
            by=self.world.administrator,
            at=AT_MAY,
            on=MAY,
        )
        Authenticator.objects.create(user=self.reporter, type="totp", data={"secret": "x"})
        lost = DualAct(person=self.reporter, kind="second_step", reason="โทรศัพท์หาย")
        DUAL_LIFE.move(lost, "begin", by=self.world.administrator, at=AT_MAY, on=MAY)
        wrong = Correction(person=self.reporter, text="ชื่อสะกดผิด")
        CORRECTION_LIFE.move(wrong, "begin", by=self.reporter, at=AT_MAY, on=MAY)
        self.pieces |= {
            ("/dual-acts/", "<int:pk>"): lost.pk,
            ("/role-offers/", "<int:pk>"): offer.pk,
            ("/corrections/", "<int:pk>"): wrong.pk,
            ("/people/", "<int:pk>"): self.approver.pk,
            ("/people/<int:pk>/send-again/", "<int:pk>"): invited.pk,
            ("/people/<int:pk>/withdraw/", "<int:pk>"): invited.pk,
            ("/people/", "<int:appointment>"): role.pk,
            ("/account/", "<int:appointment>"): role.pk,
            ("/account/", "<int:delegation>"): delegation.pk,
        }


LETTER = "/letters/<int:pk>/"
RECEIVE = f"{LETTER}recipients/<int:recipient>/receive/"
TAKE_OUT = f"{LETTER}files/<int:enclosure>/remove/"
