"""Components: what each makes of what it is given."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.template import Context, Template

from esar.platform.ui.templatetags.components import initials
from esar.show.worklist import entries

pytestmark = pytest.mark.usefixtures("strict_templates")
ESAR = Path(__file__).parents[3] / "esar"


@dataclass
class Move:
    name: str
    needs_reason: bool = False
    bound: bool = False


def drawn(template: str, **values: Any) -> str:
    text = Template("{% load components %}" + template).render(
        Context({"csrf_token": "t", **values})
    )
    return re.sub(r" ?(</?|/?>) ?", r"\1", " ".join(text.split()))  # where lines break is no matter


MOVES = (
    '{% moves possible "report-action" "reports:report-move" 7 seen="abc" confirm=ask'
    ' asks="send_back" %}'
    "{% endmoves %}"
)


def test_moves_are_buttons_that_carry_what_was_seen_where_it_binds() -> None:
    html = drawn(MOVES, possible=[Move("propose", bound=True), Move("withdraw")], ask="")

    assert html.count('<form method="post"') == html.count('name="csrfmiddlewaretoken"') == 2
    assert html.count('<input type="hidden" name="seen" value="abc">') == 1
    assert 'action="/reports/7/move/propose/"' in html
    assert '<button class="button button-main">' in html
    assert '<button class="button">' in html
    assert 'name="reason"' not in html


def test_a_move_that_needs_a_reason_asks_for_it_and_one_that_is_grave_asks_again() -> None:
    ask = 'Really "back"?'
    html = drawn(MOVES, possible=[Move("send_back", needs_reason=True)], ask=ask)

    assert '<label for="reason-send_back">เหตุผล (จำเป็นเมื่อส่งกลับผู้รายงาน)</label>' in html
    assert 'id="reason-send_back" name="reason" required>' in html
    assert 'data-confirm="Really &quot;back&quot;?"' in html


def test_the_line_for_a_reason_says_for_what_it_is_needed() -> None:
    """Beside a withdrawal it does not speak of sending back."""
    withdrawn = drawn(MOVES, possible=[Move("withdraw", needs_reason=True)], ask="")

    assert '<label for="reason-withdraw">เหตุผล (จำเป็นเมื่อถอนกลับมาแก้ไข)</label>' in withdrawn


def test_a_note_may_be_written_at_the_moves_that_take_one() -> None:
    template = (
        '{% moves possible "report-action" "reports:report-move" 7 note="Note" notes="submit" %}'
        "{% endmoves %}"
    )
    html = drawn(template, possible=[Move("submit"), Move("propose")])

    assert html.count('name="reason"') == 1
    assert '<label for="reason-submit">Note</label>' in html
    assert "required" not in html


def test_who_can_do_nothing_sees_no_box_for_it() -> None:
    assert drawn(MOVES, possible=[], ask="") == ""
    more = '{% moves possible "a" "b" 1 %}<a href="/x/">x</a>{% endmoves %}'
    assert '<a href="/x/">x</a>' in drawn(more, possible=[])


def test_an_act_posts_its_fields_and_says_what_it_is() -> None:
    html = drawn('{% act "/do/" main=True confirm="Sure?" body=3 %}Do <b>it</b>{% endact %}')

    assert '<input type="hidden" name="body" value="3">' in html
    assert '<button class="button button-main" data-confirm="Sure?">Do<b>it</b></button>' in html
    assert "reason" not in html
    asked = drawn('{% act "/do/it/" reason="Why" required=False %}Do{% endact %}')
    assert '<label for="reason-do-it">Why</label>' in asked
    assert "required" not in asked


def test_facts_stand_in_a_list_of_terms_and_what_is_said_is_escaped_once() -> None:
    html = drawn('{% facts %}{% fact "When" %}{{ day }}{% endfact %}{% endfacts %}', day="<1>")

    assert html == '<dl class="lines"><div><dt>When</dt><dd>&lt;1&gt;</dd></div></dl>'
    assert drawn("{% facts %} {% endfacts %}") == ""


def test_the_way_up_is_a_list_of_links() -> None:
    way = '{% crumb "letters:letter" pk anchor="files" %}{{ name }}{% endcrumb %}'
    of_a_year = '{% crumb "letters:letters" year=2567 %}All{% endcrumb %}'
    html = drawn("{% crumbs %}" + of_a_year + way + "{% endcrumbs %}", name="A&B", pk=7)

    assert '<a href="/letters/?year=2567">All</a>' in html
    assert '<a href="/letters/7/#files">A&amp;B</a>' in html


@pytest.mark.parametrize(("passed", "first"), [("passed=True", '<li class="past">✓'), ("", "<li>")])
def test_a_route_shows_where_a_thing_is(passed: str, first: str) -> None:
    template = '{% route stages "filed" "appeal-state" ' + passed + " %}"
    html = drawn(template, stages=["draft", "filed", "heard"])

    assert first in html
    assert html.count('<li class="now" aria-current="step">') == 1


@pytest.mark.parametrize(
    ("state", "has_link"), [("kept", True), ("held", False), ("infected", False)]
)
def test_a_file_is_given_out_only_after_it_was_looked_at(state: str, has_link: bool) -> None:
    stored = SimpleNamespace(state=state, size=2048, sha256="f" * 64)
    attachment = SimpleNamespace(name="<a>.pdf", file=stored)
    html = drawn('{% file attachment "/f/" %}{% endfile %}', attachment=attachment)

    assert ('href="/f/"' in html) == has_link
    assert "&lt;a&gt;.pdf" in html
    assert f"<code>{'f' * 64}</code>" in html


def test_a_state_is_said_in_words_and_may_look_like_another() -> None:
    plain = drawn('{% state "draft" "report-state" %}')

    assert plain == '<span class="state state-draft">กำลังจัดทำ</span>'
    assert 'class="state state-done"' in drawn('{% state "draft" "report-state" look="done" %}')


def test_files_are_given_by_a_form_that_works_without_a_script() -> None:
    html = drawn('{% upload "/up/" "Add" help="PDF" many=True %}{% endupload %}')

    assert 'enctype="multipart/form-data" action="/up/"' in html
    assert '<label for="file">Add</label>' in html
    assert 'name="file" multiple aria-describedby="file-help">' in html


def test_each_row_of_a_list_carries_the_token_of_what_it_showed() -> None:
    html = drawn("{% row_tokens tokens %}", tokens=[(7, "ab;แพร่ 2567=cd"), (8, 'x"<')])

    assert html == (
        '<input type="hidden" name="seen-7" value="ab;แพร่ 2567=cd">'
        '<input type="hidden" name="seen-8" value="x&quot;&lt;">'
    )


def test_every_icon_that_a_page_names_is_one_that_is_drawn() -> None:
    drawn = set(json.loads((ESAR / "platform/ui/icons.json").read_text("utf-8")))
    pages = [path.read_text("utf-8") for path in ESAR.rglob("*.html")]
    named = {name for page in pages for name in re.findall(r'{% icon "([^"]+)" %}', page)}
    named |= {entry.icon for entry in entries.RAIL}

    assert named <= drawn


def test_a_person_is_two_letters_without_the_title_and_leading_vowels() -> None:
    names = ["นางสาวกมลชนก สาธิต", "นายเอก ใจดี", "ผู้รายงาน จังหวัดสมุทรสาคร", "Jane Doe", "กรม", ""]

    assert [initials(name) for name in names] == ["กส", "อจ", "ผจ", "JD", "ก", ""]
