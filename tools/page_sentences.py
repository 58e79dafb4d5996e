"""Bring the pages' catalogue up to the templates: new sentences in, those that no page says out.

    python -m tools.page_sentences           # write esar/locale/th/LC_MESSAGES/django.po
    python -m tools.page_sentences --check   # name what is missing there or left over

The English of a sentence stands in its template; the catalogue holds the Thai.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent / "esar"
CATALOGUE = ROOT / "locale" / "th" / "LC_MESSAGES" / "django.po"
HEAD = """\
# What the pages say, in Thai. The English stands in the templates: esar/**/templates.
# `python -m tools.page_sentences` brings new sentences here and takes out what no page says.
msgid ""
msgstr ""
"Language: th\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""
TEXT = r'"((?:[^"\\]|\\.)*)"'
SHORT = re.compile(rf"{{%\s*translate {TEXT}(?: context {TEXT})?[^%]*%}}")
ARGUMENT = re.compile(rf"_\({TEXT}\)")
LONG = re.compile(
    r"{%\s*blocktranslate\b((?:(?!%}).)*)%}(.*?){%\s*endblocktranslate\s*%}", re.DOTALL
)
PLURAL = re.compile(r"{%\s*plural\s*%}")

# context, singular, plural: empty where there is none.
Sentence = tuple[str, str, str]


def sentences_of(page: str) -> Iterator[Sentence]:
    """Every sentence that a template translates, as Django looks it up."""
    for text, context in SHORT.findall(page):
        yield context, text.replace("%", "%%"), ""
    for text in ARGUMENT.findall(page):
        yield "", text.replace("%", "%%"), ""
    for options, body in LONG.findall(page):
        context = re.search(rf"context {TEXT}", options)
        forms = [_trimmed(form) for form in PLURAL.split(body)]
        yield context[1] if context else "", forms[0], forms[1] if len(forms) > 1 else ""


def _trimmed(body: str) -> str:
    lines = (line.strip() for line in body.replace("%", "%%").splitlines())
    return re.sub(r"{{ (\w+) }}", r"%(\1)s", " ".join(line for line in lines if line))


def sentences() -> set[Sentence]:
    """Those of every template."""
    pages = ROOT.glob("**/templates/**/*.html")
    return {sentence for page in pages for sentence in sentences_of(page.read_text("utf-8"))}


def translations() -> dict[Sentence, str]:
    """The catalogue: each sentence with its Thai."""
    if not CATALOGUE.exists():
        return {}
    with CATALOGUE.open("rb") as file:
        catalog: Catalog = read_po(file)
    thai = {}
    for message in catalog:
        if message.id:
            forms = message.id if isinstance(message.id, tuple) else (message.id, "")
            text = message.string if isinstance(message.string, str) else message.string[0]
            thai[message.context or "", forms[0], forms[1]] = text
    return thai


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def written(thai: dict[Sentence, str]) -> str:
    """The catalogue as text, sorted by its English."""
    entries = [HEAD]
    for context, singular, plural in sorted(thai, key=lambda sentence: sentence[1:] + sentence[:1]):
        lines = [f"msgctxt {_quoted(context)}"] if context else []
        lines.append(f"msgid {_quoted(singular)}")
        if plural:
            lines.append(f"msgid_plural {_quoted(plural)}")
        lines.append(f"msgstr{'[0]' if plural else ''} {_quoted(thai[context, singular, plural])}")
        entries.append("\n".join(lines) + "\n")
    return "\n".join(entries)


def blanks(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)s", text))


def faults() -> Iterator[str]:
    """What keeps the catalogue from saying every page in Thai."""
    pages, thai = sentences(), translations()
    yield from (f"missing: {sentence}" for sentence in sorted(pages - set(thai)))
    yield from (f"left over: {sentence}" for sentence in sorted(set(thai) - pages))
    yield from (f"not translated: {sentence}" for sentence in sorted(thai) if not thai[sentence])
    for sentence in sorted(thai):
        if thai[sentence] and blanks(thai[sentence]) != blanks(sentence[2] or sentence[1]):
            yield f"other blanks: {sentence}: {thai[sentence]}"


def main() -> int:
    if "--check" not in sys.argv:
        thai = translations()
        catalogue = {sentence: thai.get(sentence, "") for sentence in sentences()}
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        CATALOGUE.write_text(written(catalogue), "utf-8")
    problems = list(faults())
    print("\n".join(problems), end="\n" if problems else "")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
