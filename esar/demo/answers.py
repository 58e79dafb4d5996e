"""What a demo KPI answers to the form of its kind; everything is invented."""

from __future__ import annotations

from typing import Any

from esar.agree.scorecards.kpi_forms import form_of_kind
from esar.law.rules.book import Rules
from esar.law.rules.kinds import Ask

PUBLISHED = "2023-06-20"
INDEX_CODE, INDEX_NAME = "DEMO-INDEX", "ดัชนีชี้วัดสากล (สาธิต)"
INDEX = f"{INDEX_NAME} ({INDEX_CODE})"
WORDS = {"day": PUBLISHED, "yes_no": "no"}


def demo_answers(
    kind: str, rules: Rules, partners: dict[str, str] | None = None
) -> list[dict[str, Any]]:
    """An answer to all that the form of a kind asks; `partners` are names of bodies by code."""
    form = form_of_kind(kind, rules)
    asks = form.value.asks if form else ()
    return [
        {"id": ask.id, "label": {"th": ask.label.th, "en": ask.label.en}}
        | _answer(ask, partners or {})
        for ask in asks
        if ask.answer != "bodies" or partners
    ]


def _answer(ask: Ask, partners: dict[str, str]) -> dict[str, Any]:
    if ask.answer == "bodies":
        names = ", ".join(f"{name} ({code})" for code, name in partners.items())
        return {"text": names, "answer": ask.answer, "codes": list(partners)}
    if ask.answer == "index":
        return {"text": INDEX, "answer": ask.answer, "codes": [INDEX_CODE]}
    if ask.answer == "text":
        return {"text": f"{ask.label.th} (สาธิต)"}
    return {"text": WORDS[ask.answer], "answer": ask.answer}
