"""A year's rulebook as a document: every entry, every version, every clause. Markdown."""

from __future__ import annotations

from esar.kernel.wording import say
from esar.law.rules.book import Entry, Rulebook, Source, Version
from esar.law.rules.document import Names, assumption_words, bodies_words, cite_words, describe


def reference(book: Rulebook, language: str) -> str:
    """The document in "th" or "en". Generated: `docs/reference` is compared with it by a test."""
    year = {"year": book.year.buddhist}
    lines = [
        f"# {say('reference.title', year, language)}",
        "",
        say("reference.generated", year, language),
        "",
    ]
    files: dict[str, list[Entry[object]]] = {}
    for entry in book.entries.values():
        files.setdefault(entry.place.file, []).append(entry)
    for file, entries in files.items():
        lines += [f"## {file}", ""]
        for entry in entries:
            lines += _entry(entry, language, book.names())
    lines += [f"## {say('reference.sources', {}, language)}", ""]
    lines += [_source(source, language) for source in book.sources.values()]
    return "\n".join(lines) + "\n"


def _entry(entry: Entry[object], language: str, names: Names) -> list[str]:
    kind = say(f"kind.{entry.kind_name}", {}, language)
    lines = [
        f"### `{entry.id}` {entry.label.say(language)}",
        "",
        f"*{kind} · {bodies_words(entry.bodies, language)}*",
        "",
    ]
    if entry.note:
        lines += [entry.note.say(language), ""]
    for version in entry.versions:
        lines += _version(version, language, names)
    return lines


def _version(version: Version[object], language: str, names: Names) -> list[str]:
    day = {"day": version.first_day}
    if version.value is None:
        lines = [f"**{say('reference.ends', day, language)}**", ""]
    else:
        lines = [f"**{say('cli.since', day, language)}**", ""]
        for line in describe(version.value, language, names):
            lines.append(f"{'  ' * line.depth}- {line.label}: {line.text}".rstrip().rstrip(":"))
        lines.append("")
    lines += [f"> ◆ {cite_words(cite, language)}  " for cite in version.cites]
    lines += [
        f"> ◇ {say('cli.assumed', {}, language)} {words}  "
        for words in assumption_words(version, language)
    ]
    return [*lines, ""]


def _source(source: Source, language: str) -> str:
    parts = [f"`{source.id}`", source.title.say(language), source.issuer.say(language)]
    if source.number:
        parts.append(source.number)
    if source.day:
        parts.append(say("rules.dated", {"day": source.day}, language))
    if source.link:
        parts.append(f"<{source.link}>")
    if source.note:
        parts.append(source.note.say(language))
    return f"- {' · '.join(parts)}"
