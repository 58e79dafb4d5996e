"""The mutants of a module: its syntax tree with one thing in it changed.

What is changed is what a person gets wrong: a comparison at its edge or turned round, a guard left
out of `and` or `or`, a `not`, a role or state missing in a table, a flag, a number, a sum, a step
left out, a yes for a no. Sentences, codes and types are no behaviour that is looked for here.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_SUMS: dict[type[ast.operator], type[ast.operator]] = {ast.Add: ast.Sub, ast.Sub: ast.Add}
_ASKED_AS_THEY_ARE = (ast.Name, ast.Call, ast.Attribute, ast.NamedExpr)
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Mutant:
    """One change of a module. `function` is the qualified name around it, "" for a table."""

    path: str
    line: int
    function: str
    before: str
    after: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """What it is called where survivors are explained: without its line, which moves."""
        return f"{self.path}::{self.function or 'table'}: {self.before} → {self.after}"

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.function or 'table'}: {self.before} → {self.after}"


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Every mutant of a module, in the order of its lines."""
    text = path.read_text("utf-8")
    count = 0
    while True:
        changer = _Changer(count)
        changed = ast.fix_missing_locations(changer.visit(ast.parse(text)))
        if changer.change is None:
            return
        line, function, before, after = changer.change
        yield Mutant(path.as_posix(), line, function, before, after, changed)
        count += 1


class _Changer(ast.NodeTransformer):
    """Makes the change with a number. `change` tells what it was; None when there is none."""

    def __init__(self, number: int) -> None:
        self.left = number
        self.change: tuple[int, str, str, str] | None = None
        self._around: list[str] = []
        self._functions = 0

    def _choose(self, node: ast.AST, alternatives: list[tuple[ast.AST, str, str]]) -> ast.AST:
        for alternative, before, after in alternatives:
            if self.left == 0 and self.change is None:
                line = getattr(node, "lineno", 0)
                self.change = (line, ".".join(self._around), before, after)
                return ast.copy_location(alternative, node)
            self.left -= 1
        return node

    def visit(self, node: ast.AST) -> ast.AST:
        """Nothing is looked for once the change is made, nor in types and decorators."""
        if self.change is not None:
            return node
        changed: ast.AST = super().visit(node)
        return changed

    # --- Where to look ----------------------------------------------------------------------

    def _inside(self, node: Function) -> ast.AST:
        outermost = self._functions == 0
        self._functions += 1
        if outermost:
            self._around.append(node.name)
        node.body = self._statements(node.body)
        node.args.defaults = [self.visit(default) for default in node.args.defaults]
        self._functions -= 1
        if outermost:
            self._around.pop()
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._inside(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        """Choices and frozen columns of a class are named in its table; the rest is looked at."""
        if node.name == "Meta" or any("Choices" in ast.unparse(base) for base in node.bases):
            return node
        self._around.append(node.name)
        for place, statement in enumerate(node.body):
            if not isinstance(statement, ast.AnnAssign) and not _is_column(statement):
                node.body[place] = self.visit(statement)  # type: ignore[assignment]
        self._around.pop()
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        if node.value is not None:
            node.value = self.visit(node.value)  # type: ignore[assignment]
        return node

    def _statements(self, body: list[ast.stmt]) -> list[ast.stmt]:
        return [self.visit(statement) for statement in body]  # type: ignore[misc]

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        return node if _text(node.value) == "Literal" else self.generic_visit(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        return node

    # --- What to change ---------------------------------------------------------------------

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        """A call for what it does, left out."""
        if isinstance(node.value, ast.Constant):
            return node
        alternatives: list[tuple[ast.AST, str, str]] = []
        if isinstance(node.value, ast.Call):
            alternatives.append((ast.Pass(), _text(node), "nothing"))
        return self._or_deeper(node, alternatives)

    def visit_Raise(self, node: ast.Raise) -> ast.AST:
        return self._choose(node, [(ast.Pass(), _text(node), "nothing")])

    def visit_Return(self, node: ast.Return) -> ast.AST:
        text = _text(node)
        if isinstance(node.value, ast.Name) and node.value.id == "ALLOWED":
            no = ast.parse("denied('mutant')", mode="eval").body
            return self._choose(node, [(ast.Return(no), text, "return denied(…)")])
        if isinstance(node.value, ast.Call) and _text(node.value.func) == "denied":
            yes = ast.Return(ast.Name("ALLOWED", ast.Load()))
            return self._choose(node, [(yes, text, "return ALLOWED")])
        if isinstance(node.value, ast.Name | ast.Call | ast.Attribute | ast.Subscript):
            none = ast.Return(ast.Constant(None))
            return self._or_deeper(node, [(none, text, "return None")])
        return self._or_deeper(node, [])

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        alternatives: list[tuple[ast.AST, str, str]] = []
        for place, operator in enumerate(node.ops):
            for opposite in _COMPARISONS[type(operator)]:
                changed = copy.deepcopy(node)
                changed.ops[place] = opposite()
                alternatives.append((changed, _text(node), _text(changed)))
        return self._or_deeper(node, alternatives)

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        """Each of the conditions left out."""
        alternatives: list[tuple[ast.AST, str, str]] = []
        for place in range(len(node.values)):
            rest = [value for at, value in enumerate(node.values) if at != place]
            changed = rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)
            alternatives.append((copy.deepcopy(changed), _text(node), _text(changed)))
        return self._or_deeper(node, alternatives)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        if isinstance(node.op, ast.Not):
            alternatives = [(node.operand, _text(node), _text(node.operand))]
            return self._or_deeper(node, alternatives)
        return self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        opposite = _SUMS.get(type(node.op))
        if opposite is None or _is_text_or_tuple(node):
            return self.generic_visit(node)
        changed = ast.BinOp(node.left, opposite(), node.right)
        return self._or_deeper(node, [(changed, _text(node), _text(changed))])

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        opposite = _SUMS.get(type(node.op))
        alternatives: list[tuple[ast.AST, str, str]] = [(ast.Pass(), _text(node), "nothing")]
        if opposite is not None and isinstance(node.value, ast.Call | ast.Constant):
            changed = ast.AugAssign(node.target, opposite(), node.value)
            alternatives.append((changed, _text(node), _text(changed)))
        return self._or_deeper(node, alternatives)

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        changed: ast.AST
        if isinstance(node.value, bool):
            changed = ast.Constant(not node.value)
        elif isinstance(node.value, int):
            changed = ast.Constant(node.value + 1)
        else:
            return node
        return self._choose(node, [(changed, _text(node), _text(changed))])

    def _asked(self, node: ast.If | ast.IfExp | ast.While) -> ast.AST:
        """What is asked as it is (`if verdict:`), turned round."""
        if isinstance(node.test, _ASKED_AS_THEY_ARE):
            changed = ast.UnaryOp(ast.Not(), node.test)
            before, after = f"if {_text(node.test)}", f"if {_text(changed)}"
            node.test = self._choose(node.test, [(changed, before, after)])  # type: ignore[assignment]
        return self.generic_visit(node)

    def visit_If(self, node: ast.If) -> ast.AST:
        return self._asked(node)

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        return self._asked(node)

    def visit_While(self, node: ast.While) -> ast.AST:
        return self._asked(node)

    def visit_Tuple(self, node: ast.Tuple) -> ast.AST:
        """Each of several roles, states or verbs left out."""
        alternatives: list[tuple[ast.AST, str, str]] = []
        if isinstance(node.ctx, ast.Load) and all(map(_is_named, node.elts)):
            for place in range(len(node.elts)):
                rest = [element for at, element in enumerate(node.elts) if at != place]
                changed = ast.Tuple(rest, ast.Load())
                alternatives.append((changed, _text(node), _text(changed)))
        return self._or_deeper(node, alternatives)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """A row of a table of moves: to where it came from, and on one's own work."""
        alternatives: list[tuple[ast.AST, str, str]] = []
        if _text(node.func) == "Move" and len(node.args) >= 2:
            sources = node.args[0]
            if isinstance(sources, ast.Tuple) and sources.elts:
                stays = copy.deepcopy(node)
                stays.args[1] = copy.deepcopy(sources.elts[0])
                if _text(stays) != _text(node):
                    alternatives.append((stays, _text(node.args[1]), "no other state"))
            for place, argument in enumerate(node.args):
                if _text(argument) in ("OwnWork.NOT_WRITTEN", "OwnWork.NOT_SENT"):
                    may = copy.deepcopy(node)
                    may.args[place] = ast.parse("OwnWork.ALLOWED", mode="eval").body
                    alternatives.append((may, _text(argument), "OwnWork.ALLOWED"))
        return self._or_deeper(node, alternatives)

    def _or_deeper(self, node: ast.AST, alternatives: list[tuple[ast.AST, str, str]]) -> ast.AST:
        chosen = self._choose(node, alternatives)
        return chosen if self.change is not None else self.generic_visit(node)


def _text(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 120 else f"{text[:117]}…"


def _is_named(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute | ast.Constant | ast.Starred) and not (
        isinstance(node, ast.Constant) and not isinstance(node.value, str)
    )


def _is_text_or_tuple(node: ast.BinOp) -> bool:
    return any(
        isinstance(side, ast.Constant | ast.JoinedStr | ast.Tuple | ast.List)
        and not isinstance(getattr(side, "value", None), int)
        for side in (node.left, node.right)
    )


def _is_column(statement: ast.stmt) -> bool:
    """A column of a table of the database: migrations tell when it changes."""
    value = getattr(statement, "value", None)
    return isinstance(value, ast.Call) and _text(value.func).startswith("models.")
