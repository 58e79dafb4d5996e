"""The page of a year: what it is made of, and where each of its parts is to be found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from esar.kernel.wording import has_sentence
from esar.law.rules.kinds import Printed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]


def test_the_first_component_of_2567_has_its_two_groups_with_their_kinds(client: Client) -> None:
    groups = client.get("/years/2567/").context["groups"]

    assert [(group.value.number, group.value.component, len(kinds)) for group, kinds in groups] == [
        ("1.1", "performance", 7),
        ("1.2", "performance", 1),
    ]
    assert {bodies for _kind, bodies in groups[0][1]} == {"ส่วนราชการ", "จังหวัด"}
    assert {bodies for _kind, bodies in groups[1][1]} == {""}


@pytest.mark.parametrize(("year", "leads"), [(2561, 0), (2567, 1), (2568, 1)])
def test_the_page_leads_to_the_agendas_of_its_own_year(
    client: Client, year: int, leads: int
) -> None:
    page = client.get(f"/years/{year}/").content.decode()

    assert page.count(f'href="/agendas/{year}/"') == leads


def test_a_figure_that_a_document_prints_amends_nothing(client: Client) -> None:
    amendments = client.get("/years/2567/").context["amendments"]

    assert [one.day.isoformat() for one in amendments] == ["2023-11-08", "2024-02-07", "2024-06-25"]
    assert not any(
        isinstance(change.rule.value, Printed) for one in amendments for change, _ in one.changes
    )


@pytest.mark.parametrize("path", sorted(Path("rulebook").glob("2*/*.yaml")), ids=str)
def test_every_part_of_a_rulebook_has_a_name_in_words(path: Path) -> None:
    without = {"schema", "sources"}

    assert path.stem in without or has_sentence(f"section.{path.stem}")


def test_the_page_of_the_rules_has_no_heading_that_is_a_file(client: Client) -> None:
    page = client.get("/rules/2567/").content.decode()
    headings = re.findall(r'<h2 id="section-[a-z_]+">(.*?)</h2>', page)

    assert [heading for heading in headings if re.fullmatch(r"[a-z_]+", heading)] == []
