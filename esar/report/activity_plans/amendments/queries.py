"""What an amendment of the rules changes for one plan, in sentences with the clauses cited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from esar.kernel.problems import Place, Problem
from esar.kernel.wording import problem_words, say
from esar.law.rules.book import Entry, Source
from esar.law.scoring.checks import clause
from esar.report.activity_plans.checks import check, in_groups, month_words
from esar.report.activity_plans.frozen import PlanContent, first_of
from esar.report.activity_plans.law import Law, law_on


@dataclass(frozen=True)
class Amendment:
    """An amendment and what it means for a plan. `letters` are the documents it came with."""

    day: date
    lines: list[Problem]
    letters: list[Source]

    def letter_words(self, language: str) -> str:
        """Who issued it, its number and its date."""
        letters = []
        for letter in self.letters:
            dated = say("rules.dated", {"day": letter.day}, language) if letter.day else ""
            letters.append(
                " ".join(
                    part
                    for part in (letter.issuer.say(language), letter.number or "", dated)
                    if part
                )
            )
        return "; ".join(letters)

    def words(self, language: str) -> str:
        """Every line as one paragraph."""
        return "; ".join(problem_words(one, language) for one in self.lines)


def amendment(content: PlanContent, year: int, kind: str, day: date) -> Amendment | None:
    """What the amendment of `day` changes for a content; None where no law bound before it."""
    before = law_on(year, kind, day - timedelta(days=1))
    after = law_on(year, kind, day)
    if before is None or after is None:
        return None
    lines = [
        *_groups(content, before, after),
        *_topics(content, before, after),
        *_due(before, after),
        *_checked(content, before, after),
    ]
    return Amendment(day, lines, _letters(before, after, day))


def _letters(before: Law, after: Law, day: date) -> list[Source]:
    """The documents that the amendment rests on and the law did not before."""
    source_ids = {cite.source.id for rule in before.rules() for cite in rule.cites}
    sources: dict[str, Source] = {}
    entries: dict[str, Entry[object]] = {r.id: r.entry for r in (*before.rules(), *after.rules())}
    for entry in entries.values():
        for version in entry.versions:
            if version.first_day == day:
                sources |= {one.source.id: one.source for one in version.cites}
    return [source for name, source in sources.items() if name not in source_ids]


def _groups(content: PlanContent, before: Law, after: Law) -> Iterator[Problem]:
    if before.groups is None or after.groups is not None:
        return
    ended = next(one for one in before.groups.entry.versions if one.first_day == after.day)
    cited, value = "; ".join(map(str, ended.cites)), before.groups.value
    group = next(one for one in value.groups if one.id == value.from_group)
    figures: dict[str, object] = {"group": group.label, "needed": value.at_least}
    yield Problem("plan-amended.groups_ended", figures, clause=cited)
    numbers = in_groups(content, before)[value.from_group]
    if numbers:
        figures = {"numbers": tuple(map(str, numbers)), "group": group.label}
        yield Problem("plan-amended.groups_yours", figures)


def _topics(content: PlanContent, before: Law, after: Law) -> Iterator[Problem]:
    if before.topics is not None or after.topics is None:
        return
    value, cited = after.topics.value, clause(after.topics)
    figures: dict[str, object] = {"count": len(value.topics), "others": value.others}
    yield Problem("plan-amended.topics_began", figures, clause=cited)
    seasons: dict[tuple[date, date], list[object]] = {}
    for topic in value.topics:
        seasons.setdefault((topic.start_first, topic.start_last), []).append(topic.label)
    for (first, last), labels in seasons.items():
        figures = {
            "topics": tuple(labels),
            "first": month_words(first),
            "last": month_words(last),
            "numbers": tuple(
                str(one.number)
                for one in content.activities
                if one.start and first <= first_of(one.start) <= last
            ),
        }
        same = f"{first:%Y-%m}" == f"{last:%Y-%m}"
        yield Problem(f"plan-amended.topics_{'month' if same else 'season'}", figures)


def _due(before: Law, after: Law) -> Iterator[Problem]:
    old, new = (one.due.value.due if one.due else None for one in (before, after))
    if old != new and old and new:
        yield Problem("plan-amended.due", {"old": old, "new": new}, clause=clause(after.due))


def _checked(content: PlanContent, before: Law, after: Law) -> Iterator[Problem]:
    """What was wrong and is no longer; what is wrong now; or that the plan may stay as it is."""
    old, new = check(content, before).problems, check(content, after).problems
    for problem in old:
        if problem.code not in {other.code for other in new}:
            yield Problem("plan-amended.now_well", {"said": _both(problem)}, problem.place)
    for problem in new:
        yield Problem(
            "plan-amended.to_mend", {"said": _both(problem)}, Place(row=problem.place.row)
        )
    if not new:
        yield Problem("plan-amended.may_stay")


def _both(problem: Problem) -> dict[str, str]:
    return {language: problem_words(problem, language) for language in ("th", "en")}
