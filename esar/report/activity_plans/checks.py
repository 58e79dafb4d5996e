"""What is wrong in a plan under the rules of one day: all of it, each with its clause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from esar.kernel.problems import Place, Problem
from esar.kernel.wording import Word, month_and_year
from esar.law.rules.refusals import refusal
from esar.report.activity_plans.frozen import PlanContent, first_of
from esar.report.activity_plans.law import Law


@dataclass(frozen=True)
class Checked:
    """Problems, which stop a plan from being sent in, and warnings, which do not."""

    problems: list[Problem]
    warnings: list[Problem]

    def of(self, number: int) -> list[Problem]:
        """The problems of one activity."""
        return [one for one in self.problems if one.place.row == number]


def check(content: PlanContent, law: Law) -> Checked:
    """Everything in a plan that the rules of a day refuse, and what it should look at again."""
    problems = [*_count(content, law), *_each(content, law), *_groups(content, law)]
    warnings: list[Problem] = []
    counted = [one for one in content.activities if one.topic]
    if law.topics is not None:
        problems += _topics(content, law)
        if not counted:
            figures: dict[str, object] = {"topics": tuple(law.topic_labels.values())}
            warnings.append(refusal("plan.topics_elsewhere", law.topics, figures))
    elif counted:
        figures = {"numbers": tuple(str(one.number) for one in counted)}
        problems.append(Problem("plan.topics_not_yet", figures))
    freed = bool(counted and law.topics and not law.topics.value.new_each_month)
    (warnings if freed else problems).extend(_months(content, law))
    return Checked(problems, warnings)


def month_words(month: date) -> dict[str, str]:
    """A month in both languages, for a sentence."""
    return {language: month_and_year(month, language) for language in ("th", "en")}


def _count(content: PlanContent, law: Law) -> Iterator[Problem]:
    count, needed = len(content.activities), law.plan.value.activities
    if count != needed:
        figures = {"count": count, "needed": needed}
        yield refusal("plan.count", law.plan, figures)


def _months(content: PlanContent, law: Law) -> Iterator[Problem]:
    started = {one.start for one in content.activities}
    missing = [month for month in law.months if f"{month:%Y-%m}" not in started]
    if missing and law.plan.value.new_each_month:
        figures: dict[str, object] = {"months": tuple(month_words(month) for month in missing)}
        yield refusal("plan.months_without_start", law.plan, figures)


def _each(content: PlanContent, law: Law) -> Iterator[Problem]:
    """What each activity lacks or has in the wrong month."""
    months, form = {f"{month:%Y-%m}" for month in law.months}, law.form
    for activity in content.activities:
        number, place = activity.number, Place(row=activity.number)
        missing = tuple(
            Word(f"label.plan_{name}")
            for name in form.value.needed
            if not getattr(activity, name) and not (name == "type" and activity.topic)
        )
        if missing:
            figures: dict[str, object] = {"number": number, "missing": missing}
            yield refusal("plan.incomplete", form, figures, place)
        if "office" in form.value.also_needed and not activity.office:
            yield refusal("plan.no_office", form, {"number": number}, place)
        if activity.type and activity.type not in law.types:
            figures = {"number": number, "type": activity.type}
            yield refusal("plan.unknown_type", law.types_rule, figures, place)
        for output in activity.outputs:
            figures = {"number": number, "month": month_words(output.planned)}
            if activity.start and output.month < activity.start:
                yield refusal("plan.output_before_start", form, figures, place)
            if not output.what:
                yield refusal("plan.output_unnamed", form, figures, place)
        planned = [output.month for output in activity.outputs]
        for month in sorted({*planned, *([activity.start] if activity.start else [])}):
            if month not in months:
                figures = {"number": number, "month": month_words(first_of(month))}
                yield refusal("plan.outside_year", form, figures, place)


def in_groups(content: PlanContent, law: Law) -> dict[str, list[int]]:
    """Group → the numbers of its activities; empty while no groups bind."""
    if law.groups is None:
        return {}
    return {
        group.id: [one.number for one in content.activities if one.type in group.types]
        for group in law.groups.value.groups
    }


def _groups(content: PlanContent, law: Law) -> Iterator[Problem]:
    if law.groups is None:
        return
    value = law.groups.value
    numbers = in_groups(content, law)[value.from_group]
    if len(numbers) < value.at_least:
        group = next(one for one in value.groups if one.id == value.from_group)
        figures = {"group": group.label, "count": len(numbers), "needed": value.at_least}
        yield refusal("plan.too_few_of_group", law.groups, figures)


def _topics(content: PlanContent, law: Law) -> Iterator[Problem]:
    """Each topic once and started within its months; beside them as many others as the law has."""
    assert law.topics is not None
    value = law.topics.value
    topics = {topic.id: topic for topic in value.topics}
    counted = [activity for activity in content.activities if activity.topic]
    for activity in counted:
        place, topic = Place(row=activity.number), topics.get(activity.topic)
        if topic is None:
            figures: dict[str, object] = {"number": activity.number, "topic": activity.topic}
            yield refusal("plan.unknown_topic", law.topics, figures, place)
        elif (
            activity.start and not topic.start_first <= first_of(activity.start) <= topic.start_last
        ):
            figures = {
                "number": activity.number,
                "topic": topic.label,
                "first": month_words(topic.start_first),
                "last": month_words(topic.start_last),
            }
            yield refusal("plan.topic_out_of_season", law.topics, figures, place)
    for topic_id, times in Counter(activity.topic for activity in counted).items():
        if times > 1 and topic_id in topics:
            figures = {"topic": topics[topic_id].label, "count": times}
            yield refusal("plan.topic_twice", law.topics, figures)
    count_beside = len(content.activities) - len(counted)
    if counted and count_beside != value.others:
        figures = {"count": count_beside, "needed": value.others}
        yield refusal("plan.others", law.topics, figures)
