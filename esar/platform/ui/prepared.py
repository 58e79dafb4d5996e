"""Templates, prepared once when they are read (ADR 34): a page costs what is its own in it.

Words and addresses without a blank are drawn once for each language and not at every rendering;
text needs no look at how days and figures are written; what a page extends is searched for its
blocks once. A page's markup is the same, letter by letter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from html import escape
from typing import Any

from django.template.base import (
    FilterExpression,
    Node,
    NodeList,
    Template,
    TokenType,
    Variable,
    VariableNode,
    render_value_in_context,
)
from django.template.context import Context
from django.template.defaulttags import IfNode, LoadNode, URLNode
from django.template.library import SimpleNode
from django.template.loaders import cached
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from esar.platform.ui.templatetags import words
from esar.platform.ui.year_address import year_of_addresses

FIGURES = (Decimal, int)  # both languages write them alike: a point, and nothing between thousands
Drawable = Callable[[Any], bool]


class Loader(cached.Loader):
    """Reads templates as Django's cached loader does, and prepares each."""

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        template = super().get_template(template_name, skip)
        if not isinstance(template.nodelist, PreparedNodes):
            prepare(template)
        return template


def prepare(template: Template) -> None:
    """Put what is drawn once in the place of what is drawn at every rendering."""
    _prepare(template.nodelist)
    template.nodelist = PreparedNodes(template.nodelist)


def _prepare(nodes: NodeList) -> None:
    for node in nodes:
        for inner in _inner_nodes(node):
            _prepare(inner)
    nodes[:] = [_prepared(node) for node in nodes if type(node) is not LoadNode]


def _inner_nodes(node: Node) -> Iterator[NodeList]:
    if isinstance(node, IfNode):
        yield from (nodes for _condition, nodes in node.conditions_nodelists)
    yield from (nodes for nodes in vars(node).values() if isinstance(nodes, NodeList))


def _prepared(node: Node) -> Node:
    """What is drawn in its place; the node itself where it differs from rendering to rendering."""
    if type(node) is VariableNode:
        return _in_place_of(node, ValueNode(node.filter_expression))
    for kind, is_the_same, prepared_kind in DRAWN_ONCE:
        if type(node) is kind and is_the_same(node):
            return _in_place_of(node, prepared_kind(node))
    return node


def _in_place_of(node: Node, prepared: Node) -> Node:
    prepared.token = node.token
    prepared.origin = node.origin
    return prepared


class PreparedNodes(NodeList):
    """The nodes of a whole template; those of a kind are looked for once."""

    def __init__(self, nodes: NodeList) -> None:
        super().__init__(nodes)
        self.contains_nontext = nodes.contains_nontext
        self._by_type: dict[type[Node], list[Node]] = {}

    def get_nodes_by_type(self, nodetype: Any) -> Any:
        if nodetype not in self._by_type:
            self._by_type[nodetype] = super().get_nodes_by_type(nodetype)
        return self._by_type[nodetype]


class ValueNode(VariableNode):
    """A value: text goes out at once, anything else as Django writes it for the reader."""

    def render(self, context: Context) -> Any:
        try:
            value = self.filter_expression.resolve(context)
        except UnicodeDecodeError:
            return ""
        if type(value) is SafeString:
            return value
        if type(value) is str:
            return escape(value) if context.autoescape else value
        if type(value) in FIGURES and context.use_l10n is None:
            return f"{value:f}" if type(value) is Decimal else str(value)
        return render_value_in_context(value, context)


class WordsNode(Node):
    """Words without a blank, drawn once for each language."""

    child_nodelists = ()

    def __init__(self, node: Node) -> None:
        self.node = node
        self.drawn: dict[Any, Any] = {}

    def key(self) -> Any:
        return get_language()

    def render(self, context: Context) -> Any:
        key = (self.key(), context.autoescape)
        if key not in self.drawn:
            self.drawn[key] = self.node.render(context)
        return self.drawn[key]


class AddressNode(WordsNode):
    """The address of a page that is one for everybody, drawn once for each place and year."""

    def key(self) -> Any:
        return get_script_prefix(), year_of_addresses()


def _is_constant(value: FilterExpression | None) -> bool:
    """Whether a value stands in the template itself."""
    if value is None:
        return True
    is_literal = not isinstance(value.var, Variable) or value.var.lookups is None
    return is_literal and not value.filters


def _is_plain_sentence(node: BlockTranslateNode) -> bool:
    has_blank = node.extra_context or node.plural or node.asvar
    is_text = all(token.token_type == TokenType.TEXT for token in node.singular)
    return not has_blank and is_text and _is_constant(node.message_context)


def _is_plain_code(node: SimpleNode) -> bool:
    values = [*node.args, *node.kwargs.values()]
    return node.func is words.sentence and not node.target_var and all(map(_is_constant, values))


def _is_word(node: TranslateNode) -> bool:
    return (
        not node.asvar
        and _is_constant(node.filter_expression)
        and _is_constant(node.message_context)
    )


def _is_one_address(node: URLNode) -> bool:
    return not (node.args or node.kwargs or node.asvar) and _is_constant(node.view_name)


DRAWN_ONCE: tuple[tuple[type[Node], Drawable, type[WordsNode]], ...] = (
    (TranslateNode, _is_word, WordsNode),
    (BlockTranslateNode, _is_plain_sentence, WordsNode),
    (SimpleNode, _is_plain_code, WordsNode),
    (URLNode, _is_one_address, AddressNode),
)
