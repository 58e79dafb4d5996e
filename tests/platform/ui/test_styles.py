"""Style sheets: what they style is on a page, and colours stand in the tokens."""

from __future__ import annotations

import re
from pathlib import Path

ESAR = Path(__file__).parents[3] / "esar"
STYLES = ESAR / "platform/ui/styles"
SHEETS = {path.name: path.read_text("utf-8") for path in STYLES.glob("*.css")}
SOURCES = "\n".join(
    path.read_text("utf-8")
    for ending in ("html", "py", "js")
    for path in ESAR.rglob(f"*.{ending}")
    if "migrations" not in path.parts
)
WRITTEN = set(re.findall(r"[\w-]+", SOURCES))
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\brgba?\(", re.IGNORECASE)
# Shadows and what lies on the header; what is printed, and a page of a document, is paper anyhow.
COLOURS_OF_THEIR_OWN = {"frame.css", "layout.css", "form.css", "plan.css", "letters.css"}


def classes_of(sheet: str) -> set[str]:
    selectors = re.sub(r"/\*.*?\*/|\{[^{}]*\}|url\([^)]*\)", " ", sheet, flags=re.DOTALL)
    return set(re.findall(r"\.([a-z][\w-]*)", selectors))


def is_written(name: str) -> bool:
    """Whether a page has it whole, or composes it of a beginning and what it is at the time."""
    if name in WRITTEN:
        return True
    parts = re.split(r"(?<=-)|(?<=_)", name)
    starts = ("".join(parts[:count]) for count in range(len(parts) - 1, 0, -1))
    return any(f"{start}{{" in SOURCES for start in starts)


def test_every_class_of_a_style_sheet_is_on_a_page() -> None:
    unused = {
        (sheet, name)
        for sheet, text in SHEETS.items()
        for name in classes_of(text)
        if not is_written(name)
    }
    assert unused == set()


def test_a_class_that_no_page_has_is_seen() -> None:
    assert not is_written("class-of-no-page")
    assert is_written("state-done")


def test_colours_stand_in_the_tokens_alone() -> None:
    assert {name for name, text in SHEETS.items() if COLOUR.search(text)} <= {
        "tokens.css"
    } | COLOURS_OF_THEIR_OWN


RULE = re.compile(r"([^{}@;]+)\{([^{}]*)\}")


def rules_of(sheet: str) -> list[tuple[list[str], str]]:
    """The selectors of each rule, and what it says."""
    bare = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    return [
        ([one.strip() for one in re.split(r",(?![^()]*\))", many)], says)
        for many, says in RULE.findall(bare)
    ]


def test_no_rule_names_a_selector_twice_as_one_does_that_lost_its_middle() -> None:
    twice = {
        (sheet, selectors[0])
        for sheet, text in SHEETS.items()
        for selectors, _ in rules_of(text)
        if len(set(selectors)) < len(selectors)
    }
    assert twice == set()


def test_what_is_refused_is_red_and_what_is_told_is_not() -> None:
    said = {
        name: "".join(says for selectors, says in rules_of(SHEETS["note.css"]) if name in selectors)
        for name in (".refused", ".told", ".warned")
    }

    assert {name: "--late-soft" in says for name, says in said.items()} == {
        ".refused": True,
        ".told": False,
        ".warned": False,
    }
    assert ["padding" in says for says in said.values()] == [True, True, True]
