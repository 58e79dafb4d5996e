"""Lay the templates out: one element a line, none over 120 letters, no space that was not there.

A line break between two words of a sentence is a space that a reader sees; Thai has none between
its words. So a line breaks only where a space stood already, or where none can show: beside the
edge of a block element, also through the Django tags around it, and between a tag's attributes.

    tools/format_templates.py           # write
    tools/format_templates.py --check   # name the files laid out otherwise, and every long line
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

WIDTH = 120
STEP = "  "
ROOT = Path(__file__).resolve().parent.parent / "esar"

DJANGO = r"{%.*?%}|{{.*?}}|{\#.*?\#}"
ATTRIBUTE_PART = rf"""{DJANGO}|"(?:{DJANGO}|[^"])*"|'(?:{DJANGO}|[^'])*'|[^<>"'{{]|{{"""
TOKEN = re.compile(
    rf"""(?P<verbatim><!--.*?-->|<(?P<raw>pre|textarea|script|style)\b(?:{ATTRIBUTE_PART})*>.*?</(?P=raw)>)"""
    rf"""|(?P<django>{DJANGO})"""
    rf"""|(?P<tag></?[a-zA-Z!](?:{ATTRIBUTE_PART})*>)"""
    r"""|(?P<space>\s+)"""
    r"""|(?P<text>(?:(?!{%|{{|{\#)[^\s<]|<(?![a-zA-Z/!]))+)""",
    re.DOTALL,
)
VOID = {"area", "br", "circle", "col", "hr", "img", "input", "line", "link", "meta", "polygon"}
VOID |= {"polyline", "rect", "source"}
# Beside their edges, on both sides, white space does not show.
BLOCK = set(
    re.findall(
        r"\S+",
        """
    address article aside base blockquote body br caption circle col colgroup datalist dd
    defs desc details div dl dt fieldset figcaption figure footer form g h1 h2 h3 h4 h5
    h6 head header hr html legend li line link main meta nav ol optgroup option p polygon
    polyline rect section summary svg table tbody td tfoot th thead title tr ul !doctype
""",
    )
)
INSIDE_ONLY = {
    "button",
    "select",
    "svg",
}  # in a line of text themselves; their inner edges are blocks'
BLOCK -= INSIDE_ONLY
REPLACED = {
    "img",
    "input",
    "select",
    "button",
    "svg",
}  # they are drawn themselves: a space beside them shows
STANDS_ALONE = BLOCK - {"br", "option", "summary", "title"} | {"select"}
OPENS = {
    "if": "endif",
    "for": "endfor",
    "with": "endwith",
    "block": "endblock",
    "filter": "endfilter",
    "blocktranslate": "endblocktranslate",
}
BRANCHES = {"elif", "else", "empty", "plural"}
# A sentence of several words is always trimmed: white space at its edges never shows.
TRIMMED_AFTER, TRIMMED_BEFORE = {"blocktranslate", "plural"}, {"plural", "endblocktranslate"}
SILENT = {"load", "csrf_token", "with", "endwith", "comment"}


@dataclass
class Token:
    kind: str
    source: str
    name: str = ""
    partner: int = -1  # for an opening or closing Django tag: the other end
    branches: list[int] = field(default_factory=list)  # for the opening one: its else, elif, empty

    @property
    def closes(self) -> bool:
        return self.kind == "tag" and self.source.startswith("</")


def tokens_of(text: str) -> list[Token]:
    tokens = []
    position = 0
    while position < len(text):
        match = TOKEN.match(text, position)
        if match is None:
            raise SystemExit(f"cannot read: {text[position : position + 60]!r}")
        kind = str(match.lastgroup if match.lastgroup != "raw" else "verbatim")
        source = match[0]
        name = ""
        if kind == "django":
            name = source[2:-2].split()[0] if source.startswith("{%") else source[:2]
        elif kind == "tag":
            name = re.sub(r"^</?(!?[a-zA-Z0-9]+).*", r"\1", source, flags=re.DOTALL).lower()
            source = re.sub(r"^(</\w+)\s+>$", r"\1>", source)
        elif kind == "verbatim":
            name = match["raw"] or "comment"
        tokens.append(Token(kind, source, name))
        position = match.end()
    pair(tokens)
    return tokens


def pair(tokens: list[Token]) -> None:
    """Tell each Django tag that opens, parts or closes a block where its other end is."""
    open_tags: list[int] = []
    for place, token in enumerate(tokens):
        if token.kind != "django":
            continue
        if token.name in OPENS:
            open_tags.append(place)
        elif token.name in BRANCHES:
            tokens[open_tags[-1]].branches.append(place)
            token.partner = open_tags[-1]
        elif token.name in OPENS.values():
            token.partner = open_tags.pop()
            tokens[token.partner].partner = place


@cache
def edges_of_include(name: str) -> tuple[bool, bool]:
    """Whether a template's output begins and ends with white space."""
    paths = list(ROOT.glob(f"**/templates/{name}"))
    if len(paths) != 1:
        return False, False
    tokens = tokens_of(paths[0].read_text())
    silent = ("load", "{#")
    first = next((token for token in tokens if token.name not in silent), None)
    return (first is not None and first.kind == "space"), tokens[-1].kind == "space"


class Gaps:
    """Between which tokens a line may break without a space that shows."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.extends = any(token.name == "extends" for token in tokens)
        self.memo: dict[tuple[str, int], bool] = {}

    def free(self, gap: int) -> bool:
        return self.after_edge(gap) or self.before_edge(gap)

    def after_edge(self, gap: int) -> bool:
        return self.asked("after", gap)

    def before_edge(self, gap: int) -> bool:
        return self.asked("before", gap)

    def asked(self, side: str, gap: int) -> bool:
        key = (side, gap)
        if key not in self.memo:
            self.memo[key] = True  # a loop that comes back here adds nothing
            look = self.look_back if side == "after" else self.look_on
            self.memo[key] = look(gap)
        return self.memo[key]

    def look_back(self, gap: int) -> bool:
        if gap == 0:
            return self.extends
        token = self.tokens[gap - 1]
        if token.kind == "space" or token.name in TRIMMED_AFTER:
            return True
        if token.kind == "tag":
            inner = not token.closes and token.name not in REPLACED and self.after_edge(gap - 1)
            return is_edge(token, after=True) or inner
        if token.name == "include":
            return edges_of_include(included(token))[1]
        if token.kind == "verbatim":
            return token.name in ("pre", "script")
        if token.name in SILENT or token.name == "{#" or token.name in ("if", "extends"):
            return self.after_edge(gap - 1)
        if token.name in BRANCHES:
            return self.after_edge(token.partner)
        if token.name == "for":
            return self.after_edge(gap - 1) and self.after_edge(token.partner)
        if token.name in ("endif", "endfor"):
            return self.end_of_branches(token, gap)
        return self.extends and (token.name == "endblock" or is_title(token))

    def ends_block(self, gap: int) -> bool:
        """Whether a block's edge follows: a space at the end of an inline element is not drawn."""
        while gap < len(self.tokens) and self.tokens[gap].kind == "space":
            gap += 1
        if gap == len(self.tokens) or self.tokens[gap].kind != "tag":
            return False
        token = self.tokens[gap]
        return is_edge(token, after=False) or (token.closes and self.ends_block(gap + 1))

    def end_of_branches(self, token: Token, gap: int) -> bool:
        opening = self.tokens[token.partner]
        ends = [*opening.branches, gap - 1]
        has_else = any(self.tokens[place].name in ("else", "empty") for place in opening.branches)
        return all(self.after_edge(end) for end in ends) and (
            has_else or self.after_edge(token.partner)
        )

    def look_on(self, gap: int) -> bool:
        if gap == len(self.tokens):
            return self.extends
        token = self.tokens[gap]
        if token.kind == "space" or token.name in TRIMMED_BEFORE:
            return True
        if token.kind == "tag":
            return is_edge(token, after=False) or (token.closes and self.ends_block(gap + 1))
        if token.name == "include":
            return edges_of_include(included(token))[0]
        if token.kind == "verbatim":
            return token.name in ("pre", "script")
        if token.name in SILENT or token.name == "{#" or token.name == "endif":
            return self.before_edge(gap + 1)
        if token.name in BRANCHES:
            return self.after_branch(token)
        if token.name in ("if", "for"):
            starts = [gap + 1, *(place + 1 for place in token.branches)]
            has_else = any(self.tokens[place].name in ("else", "empty") for place in token.branches)
            return all(self.before_edge(start) for start in starts) and (
                has_else or self.before_edge(token.partner + 1)
            )
        if token.name == "endfor":
            return self.before_edge(gap + 1) and self.before_edge(token.partner + 1)
        return self.extends and self.is_edge_of_block(token)

    def is_edge_of_block(self, token: Token) -> bool:
        ends_title = token.name == "endblock" and is_title(self.tokens[token.partner])
        return token.name == "block" or ends_title

    def after_branch(self, token: Token) -> bool:
        opening = self.tokens[token.partner]
        return self.before_edge(opening.partner + 1) and (
            opening.name == "if" or self.before_edge(token.partner + 1)
        )


def is_title(token: Token) -> bool:
    return (
        token.source == "{% block title %}"
    )  # base.html puts it into <title>, where space is trimmed


def included(token: Token) -> str:
    name = re.search(r'{% include "([^"]+)"', token.source)
    return name[1] if name else ""


def is_edge(token: Token, *, after: bool) -> bool:
    if token.name in BLOCK:
        return True
    return token.name in INSIDE_ONLY and token.closes != after


GLUE, SPACE, FREE, LINE, BLANK = range(5)


@dataclass
class Node:
    """An element or a Django block with its children, or a leaf; and the gap before it."""

    parts: list[Token]  # one opening or leaf token, then the branches, then the closing token
    gap: int
    bodies: list[list[Node]] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)  # before each part but the first

    @property
    def is_leaf(self) -> bool:
        return len(self.parts) == 1

    def flat(self) -> str:
        text = flat_token(self.parts[0])
        for body, part, gap in zip(self.bodies, self.parts[1:], self.gaps, strict=True):
            text += "".join(between(node.gap) + node.flat() for node in body)
            text += between(gap) + flat_token(part)
        return text

    def stands_alone(self) -> bool:
        """Whether it gets lines of its own: a block element, or what holds one."""
        if any(node.stands_alone() for body in self.bodies for node in body):
            return True
        first = self.parts[0]
        if first.kind == "verbatim":
            return first.name in ("script", "pre")
        return (first.kind == "tag" and first.name in STANDS_ALONE) or first.name in (
            "load",
            "{#",
            "extends",
            "include",
        )

    def must_open(self) -> bool:
        if self.parts[0].name in ("html", "body", "head", "select", "datalist") and any(
            self.bodies
        ):
            return True
        return any(node.stands_alone() for body in self.bodies for node in body)


def between(gap: int) -> str:
    return "" if gap in (GLUE, FREE) else " "


def flat_token(token: Token) -> str:
    if token.kind == "tag" and not token.closes:
        pieces = attributes(token.source)
        return " ".join(pieces)
    return token.source


def attributes(source: str) -> list[str]:
    """A tag's name and attributes, split at spaces outside quotes and Django blocks."""
    pieces = [""]
    depth = 0
    for part in re.findall(ATTRIBUTE_PART + "|[<>]", source, re.DOTALL):
        if re.match(r"{%\s*(if|for|with)\b", part):
            depth += 1
        elif re.match(r"{%\s*end", part):
            depth -= 1
        if part.isspace() and depth == 0:
            if pieces[-1]:
                pieces.append("")
        else:
            pieces[-1] += re.sub(r"\s+", " ", part) if part.isspace() else part
    if pieces[-1] in (">", "/>"):
        end = pieces.pop()
        pieces[-1] += end
    return pieces


def spread(source: str) -> list[str]:
    """The same for a tag over several lines: a condition and what it adds get their own line."""
    pieces = attributes(source)
    lines: list[str] = []
    for piece in pieces:
        joined = re.match(r"""(.*?["'\w])({% if .*? %}) (.*{% endif %})(/?>?)$""", piece, re.DOTALL)
        while (
            joined
            and joined[1].count('"') % 2 == 0
            and "{%" not in re.sub(r'"[^"]*"', "", joined[1])
        ):
            lines.append(joined[1])
            piece = joined[2] + joined[3] + joined[4]
            joined = None
        lines.append(piece)
    return lines


class Tree:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.gaps = Gaps(tokens)
        self.place = 0

    def gap(self, place: int) -> int:
        """The gap before the token at `place`, where white space may already have been read."""
        if place == 0:
            return GLUE
        before = self.tokens[place - 1]
        if before.kind != "space":
            return FREE if self.gaps.free(place) else GLUE
        if before.source.count("\n") > 1:
            return BLANK
        neighbours = [self.tokens[place - 2]] if place > 1 else []
        edge = any(token.kind == "tag" and is_edge(token, after=True) for token in neighbours)
        if place < len(self.tokens):
            token = self.tokens[place]
            edge = edge or (token.kind == "tag" and is_edge(token, after=False))
        if edge:
            return FREE
        return LINE if "\n" in before.source else SPACE

    def children(self, ends: tuple[str, ...]) -> list[Node]:
        nodes: list[Node] = []
        while self.place < len(self.tokens):
            token = self.tokens[self.place]
            if token.kind == "space":
                self.place += 1
                continue
            if token.kind == "django" and token.partner >= 0 and token.name not in OPENS:
                return nodes
            if token.closes and token.name in ends:
                return nodes
            nodes.append(self.node())
        return nodes

    def node(self) -> Node:
        start = self.place
        token = self.tokens[start]
        node = Node([token], self.gap(start))
        self.place += 1
        if token.kind == "django" and token.name in OPENS:
            while self.tokens[self.place - 1].name != OPENS[token.name] or len(node.parts) == 1:
                node.bodies.append(self.children(()))
                node.parts.append(self.tokens[self.place])
                node.gaps.append(self.gap(self.place))
                self.place += 1
                if node.parts[-1].name == OPENS[token.name]:
                    break
        elif self.opens_element(token):
            body = self.children((token.name,))
            closing = self.tokens[self.place] if self.place < len(self.tokens) else None
            if closing is not None and closing.closes and closing.name == token.name:
                node.bodies.append(body)
                node.gaps.append(self.gap(self.place))
                node.parts.append(closing)
                self.place += 1
            else:
                self.place = start + 1  # opened under a condition: a leaf
        return node

    def opens_element(self, token: Token) -> bool:
        return (
            token.kind == "tag"
            and not token.closes
            and token.name not in VOID
            and not token.name.startswith("!")
            and not token.source.endswith("/>")
        )


class Page:
    """The lines as they are written."""

    def __init__(self) -> None:
        self.lines = [""]

    @property
    def column(self) -> int:
        return len(self.lines[-1])

    def write(self, text: str) -> None:
        first, *rest = text.split("\n")
        self.lines[-1] += first
        self.lines += rest

    def new_line(self, indent: int, *, blank: bool = False) -> None:
        if blank and self.lines[-1]:
            self.lines.append("")
        if self.lines == [""]:
            return
        self.lines.append(STEP * indent)

    def put(self, node: Node, indent: int, tail: int) -> None:
        flat = node.flat()
        fits = self.column + len(flat) + tail <= WIDTH and "\n" not in flat
        if node.is_leaf:
            self.token(node.parts[0], indent, tail)
        elif fits and not node.must_open():
            self.write(flat)
        else:
            self.opened(node, indent, tail)

    def opened(self, node: Node, indent: int, tail: int) -> None:
        first = node.parts[0]
        start_of_body = head_length(node.bodies[0], node.gaps[0], node.parts[1])
        self.token(first, indent, start_of_body)
        for order, body in enumerate(node.bodies):
            part, gap = node.parts[order + 1], node.gaps[order]
            last = tail if order == len(node.bodies) - 1 else 0
            if order + 1 < len(node.bodies):
                last = head_length(
                    node.bodies[order + 1], node.gaps[order + 1], node.parts[order + 2]
                )
            closing = len(part.source) + last if gap == GLUE else 0
            inner = indent if first.name in ("html", "head", "body") else indent + 1
            inner = indent if first.name == "block" and indent == 0 else inner
            self.all(body, inner, closing, opened=True)
            if gap != GLUE and (body or order or len(node.bodies) > 1 or gap != FREE):
                self.new_line(indent)
            elif gap == GLUE and self.column + len(part.source) > WIDTH and part.closes:
                self.write(part.source[:-1])
                self.new_line(indent)
                self.write(">")
                continue
            self.write(part.source)

    def all(self, nodes: list[Node], indent: int, tail: int, *, opened: bool) -> None:
        for order, node in enumerate(nodes):
            rest = tail
            for later in nodes[order + 1 :]:
                if later.gap != GLUE:
                    rest = 0
                    break
                rest += shortest(later)
                if not later.is_leaf:
                    rest -= 0
                    break
            self.separate(node, nodes[order - 1] if order else None, indent, rest, opened=opened)
            self.put(node, indent, rest)

    def separate(
        self, node: Node, before: Node | None, indent: int, rest: int, *, opened: bool
    ) -> None:
        if node.gap == GLUE:
            return
        alone = node.stands_alone() or (before is None and opened)
        alone = alone or (before is not None and before.stands_alone())
        flat = node.flat() if not node.must_open() else "x" * WIDTH
        if node.gap in (LINE, BLANK) or alone or (node.gap == FREE and not text_like(node)):
            self.new_line(indent, blank=node.gap == BLANK and before is not None)
        elif self.column + 1 + min(len(flat), shortest(node)) + rest > WIDTH or (
            self.column + 1 + len(flat) + rest > WIDTH and not node.is_leaf
        ):
            self.new_line(indent)
        else:
            self.write(between(node.gap))

    def token(self, token: Token, indent: int, tail: int) -> None:
        flat = flat_token(token)
        if token.kind != "tag" or token.closes or self.column + len(flat) + tail <= WIDTH:
            if token.name == "{#" and self.column + len(flat) > WIDTH and not tail:
                self.comment(flat, indent)
            else:
                self.write(flat)
            return
        name, *pieces = spread(token.source)
        if not pieces:
            self.write(flat)
            return
        self.write(name)
        end = "/>" if pieces[-1].endswith("/>") else ">"
        pieces[-1] = pieces[-1].removesuffix(end)
        for piece in pieces:
            if piece:
                self.new_line(indent + 1)
                self.write(piece)
        self.new_line(indent)
        self.write(end)

    def comment(self, flat: str, indent: int) -> None:
        words = flat[2:-2].split()
        while words:
            line = "{#"
            while words and self.column + len(line) + len(words[0]) + 4 <= WIDTH:
                line += " " + words.pop(0)
            self.write(line + " #}")
            if words:
                self.new_line(indent)


def text_like(node: Node) -> bool:
    return node.parts[0].kind == "text" or node.parts[0].name == "{{"


def shortest(node: Node) -> int:
    """What must at least stand on the line that the node begins on."""
    if node.is_leaf:
        token = node.parts[0]
        return len(
            attributes(token.source)[0] if token.kind == "tag" else token.source.split("\n")[0]
        )
    if node.parts[0].kind == "tag":
        return min(len(node.flat()), len(attributes(node.parts[0].source)[0]))
    return len(node.parts[0].source) + head_length(node.bodies[0], node.gaps[0], node.parts[1])


def head_length(body: list[Node], gap: int, part: Token) -> int:
    if not body:
        return len(part.source) if gap == GLUE else 0
    return shortest(body[0]) if body[0].gap == GLUE else 0


def laid_out(text: str) -> str:
    for _ in range(8):
        tree = Tree(tokens_of(text))
        nodes = tree.children(())
        if tree.place != len(tree.tokens):
            raise SystemExit(f"left over: {tree.tokens[tree.place]}")
        page = Page()
        page.all(nodes, 0, 0, opened=False)
        lines = [line.rstrip() for line in page.lines]
        result = "\n".join(lines) + ("\n" if text.endswith("\n") else "")
        if result == text:
            return result
        text = result
    raise SystemExit(f"no rest: {text[:200]}")


def faults(path: Path, text: str, result: str) -> Iterator[str]:
    if result != text:
        yield f"{path}: would be laid out otherwise"
    for number, line in enumerate(result.splitlines(), 1):
        if len(line) > WIDTH:
            yield f"{path}:{number}: {len(line)} letters"


def main() -> int:
    check = "--check" in sys.argv
    paths = [Path(name) for name in sys.argv[1:] if not name.startswith("-")]
    problems: list[str] = []
    for path in paths or sorted(ROOT.glob("**/templates/**/*.html")):
        text = path.read_text()
        result = laid_out(text)
        if check:
            problems += faults(path, text, result)
        elif result != text:
            path.write_text(result)
    print("\n".join(problems), end="\n" if problems else "")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
