"""Every sentence of a page has its Thai with the same blanks, each entry a page that says it."""

from __future__ import annotations

import re
from pathlib import Path

from tools.page_sentences import CATALOGUE, faults, sentences_of, translations, written

THAI = re.compile("[\u0e00-\u0e7f]")
# Official letters are in Thai whatever the reader's language; their form is given.
LETTERS = {"_paper.html", "print.html"}
OTHER_LANGUAGE = {"_other_language.html"}  # its link to the other language is in that language


def test_every_sentence_of_a_page_is_in_the_catalogue_and_every_entry_on_a_page() -> None:
    assert list(faults()) == []
    assert len(translations()) > 800


def test_the_catalogue_is_as_the_tool_writes_it() -> None:
    assert CATALOGUE.read_text("utf-8") == written(translations())


def test_a_sentence_of_several_words_is_trimmed_so_that_a_line_may_break_in_it() -> None:
    pages = [page.read_text("utf-8") for page in Path("esar").glob("**/templates/**/*.html")]
    tags = [tag for page in pages for tag in re.findall(r"{% blocktranslate[^%]*%}", page)]

    assert len(tags) > 100
    assert [tag for tag in tags if " trimmed" not in tag] == []


def test_no_template_holds_a_sentence_in_thai_but_the_official_letters() -> None:
    pages = Path("esar").glob("**/templates/**/*.html")
    thai = [page.name for page in pages if THAI.search(page.read_text("utf-8"))]

    assert set(thai) <= LETTERS | OTHER_LANGUAGE


def test_the_tool_reads_what_django_looks_up() -> None:
    page = """
    {% translate "Due" context "report" %} {% include "x.html" with save=_("Sign") %}
    {% blocktranslate trimmed count days=late %}
      {{ days }} day
      late
    {% plural %}
      {{ days }} days, 5%
    {% endblocktranslate %}"""

    assert list(sentences_of(page)) == [
        ("report", "Due", ""),
        ("", "Sign", ""),
        ("", "%(days)s day late", "%(days)s days, 5%%"),
    ]
