"""Every sentence has two languages with the same blanks; every code has a use and a sentence."""

from __future__ import annotations

import ast
import dataclasses
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from esar.kernel.wording import Word, codes, figure, has_sentence, say, thai_date
from esar.kernel.wording.catalogue import FOLDER, catalogue, parsed
from esar.law.rules.kinds import KINDS

THAI = re.compile("[\u0e00-\u0e7f]")
CODE = re.compile(r"[a-z_\-]+(\.[a-z0-9_\-]+)+")

# The link to the other language is written in that language.
OTHER_WAY_ROUND = {"page.other_language"}


def blanks(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def faults(code: str) -> list[str]:
    """What is wrong with the sentence of a code, in words."""
    thai, english = (catalogue(language).texts(code) for language in ("th", "en"))
    forms = catalogue("en").sentences[code]
    deciding = {forms[0]} if isinstance(forms, list) else set()
    checks = {
        "no Thai": not all(thai),
        "no English": not all(english),
        "forms of plural": (len(thai), len(english)) != (1, 2 if deciding else 1),
        "other blanks": len({frozenset(blanks(text)) for text in (*thai, *english)}) > 1,
        "no blank that decides": not deciding <= blanks(english[0]),
        "Thai in the English": any(map(THAI.search, english)) and code not in OTHER_WAY_ROUND,
    }
    return [fault for fault, holds in checks.items() if holds]


def test_both_languages_are_there_with_the_same_blanks() -> None:
    faulty_codes = {code: faults(code) for code in codes() if faults(code)}

    assert len(codes()) > 1500
    assert set(codes()) == set(catalogue("en").sentences)
    assert faulty_codes == {}


def test_the_catalogues_are_sorted_by_code() -> None:
    for language in ("th", "en"):
        lines = (FOLDER / f"{language}.po").read_text("utf-8").splitlines()
        keys = [line for line in lines if line.startswith("msgid ")]
        assert keys == sorted(keys)


def test_what_is_compiled_is_what_the_catalogues_say() -> None:
    for language in ("th", "en"):
        content = parsed((FOLDER / f"{language}.po").read_bytes())
        assert content["sentences"] == catalogue(language).sentences


@cache
def sources() -> list[tuple[Path, ast.Module]]:
    paths = Path("esar").rglob("*.py")
    return [(path, ast.parse(path.read_text("utf-8"))) for path in paths]


def codes_in_source() -> set[str]:
    """Text constants that look like codes and stand as first argument of a call."""
    found = set()
    for _, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args:
                first = node.args[0]
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if (
                    name in ("Problem", "step", "say", "words", "_problem", "_refuse", "Word")
                    and isinstance(first, ast.Constant)
                    and isinstance(first.value, str)
                ):
                    found.add(first.value)
    return found


def test_every_code_in_the_source_has_a_sentence() -> None:
    assert {code for code in codes_in_source() if "." in code and not has_sentence(code)} == set()


def pattern(text: ast.JoinedStr) -> str:
    """What an f-string may become: any code in the place of each value."""
    parts = (
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w.\-]+"
        for part in text.values
    )
    return "".join(parts)


SAY_A_CODE = (
    "code",
    "code_words",
    "state_mark",
    "state_column",
    "state_field",
)  # by a prefix of it


def prefix_of(call: ast.Call) -> str:
    """The prefix of the codes that a list says, where the call names it."""
    if not isinstance(call.func, ast.Name) or call.func.id not in SAY_A_CODE or not call.args:
        return ""
    prefix = call.args[0]
    return str(prefix.value) if isinstance(prefix, ast.Constant) else ""


def uses() -> tuple[set[str], list[str]]:
    """Every text constant of Python and of a template, and the patterns that texts are made by."""
    texts, patterns = set(), set()
    for _, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
            if isinstance(node, ast.Call) and (prefix := prefix_of(node)):
                patterns.add(rf"{re.escape(prefix)}\.[\w.\-]+")
            if isinstance(node, ast.JoinedStr):
                fixed = "".join(str(p.value) for p in node.values if isinstance(p, ast.Constant))
                if re.search(r"\w{4,}", fixed) and re.search(r"[.\-]", fixed) and " " not in fixed:
                    patterns.add(pattern(node))
    for path in Path("esar").rglob("templates/**/*.html"):
        page = path.read_text("utf-8")
        texts |= set(re.findall(r'"([^"\s]*)"', page))
        prefixes = re.findall(r'\|say_(?:code|thai):"([^"]+)"', page)
        prefixes += re.findall(r'{% (?:moves|state|route) [^%]*?"([\w-]+)"', page)
        patterns |= {rf"{re.escape(prefix)}\.[\w.\-]+" for prefix in prefixes}
    return texts, sorted(patterns)


def test_every_sentence_has_a_use() -> None:
    texts, patterns = uses()
    made = re.compile("|".join(patterns))

    assert {code for code in codes() if code not in texts and not made.fullmatch(code)} == set()


def figures_of(call: ast.Call) -> Iterator[ast.expr]:
    """What fills blanks in a call: the values of keywords, and of a dict that is given."""
    yield from (keyword.value for keyword in call.keywords if keyword.arg not in NO_FIGURE)
    for argument in call.args:
        if isinstance(argument, ast.Dict):
            yield from argument.values


# Keywords that take a code to say it themselves, or to write it down.
NO_FIGURE = {"code", "verb", "verb__in", "key", "label", "help_text", "path", "path__startswith"}
SAYS = {"Problem", "denied", "step", "say", "tell", "flash", "lazy_say", "refused", "add", "Phrase"}


def test_a_code_that_fills_a_blank_is_a_word() -> None:
    """A figure is never taken for a code, so a code among figures would be read as it stands."""
    bare = []
    first_parts = {code.split(".")[0] for code in codes()}
    for path, tree in sources():
        for call in ast.walk(tree):
            name = getattr(getattr(call, "func", None), "id", "")
            if not isinstance(call, ast.Call) or name not in SAYS:
                continue
            for value in figures_of(call):
                texts = [value, *(value.elts if isinstance(value, ast.Tuple) else [])]
                texts += [value.args[0].elt] if is_generated(value) else []
                bare += [f"{path}:{text.lineno}" for text in texts if is_code(text, first_parts)]

    assert bare == []


def is_generated(value: ast.expr) -> bool:
    return (
        isinstance(value, ast.Call)
        and len(value.args) == 1
        and isinstance(value.args[0], ast.GeneratorExp)
    )


def is_code(text: ast.AST, first_parts: set[str]) -> bool:
    if isinstance(text, ast.Constant):
        return isinstance(text.value, str) and has_sentence(text.value)
    if not isinstance(text, ast.JoinedStr) or not isinstance(text.values[0], ast.Constant):
        return isinstance(text, ast.JoinedStr) and "-state." in pattern(text)
    beginning = str(text.values[0].value)
    return "." in beginning and beginning.split(".")[0] in first_parts


def test_a_figure_that_equals_a_code_stays_as_it_is() -> None:
    assert figure("page.home", "th") == "page.home"
    assert figure(Word("status.not_due"), "en") == say("status.not_due", {}, "en")


def test_english_has_a_singular() -> None:
    said = [say("notice.looked", {"year": 2567, "many": many}, "en") for many in (1, 3)]

    done = "The look ahead at 2567 is done"
    assert said == [f"{done}: 1 KPI", f"{done}: 3 KPIs"]


def test_every_kind_and_field_of_a_rule_has_a_label() -> None:
    fields: set[str] = set()
    waiting = list(KINDS.values())
    while waiting:
        shape = waiting.pop()
        fields |= {field.name for field in dataclasses.fields(shape)}
        waiting += [
            inner
            for inner in vars(shape).values()
            if isinstance(inner, type) and dataclasses.is_dataclass(inner)
        ]

    kinds = {code.removeprefix("kind.") for code in codes() if code.startswith("kind.")}
    assert kinds == set(KINDS)
    assert {field for field in fields if not has_sentence(f"field.{field}")} == set()


def test_the_months_are_right() -> None:
    from datetime import date

    assert [thai_date(date(2024, month, 1)).split()[1] for month in (1, 6, 12)] == [
        "มกราคม",
        "มิถุนายน",
        "ธันวาคม",
    ]
