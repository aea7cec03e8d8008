"""What can be altered in a piece of Python, so that a test should notice."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

FLIPS: dict[type, type] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Mod: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr, ast.And: ast.Or,
    ast.Or: ast.And,
}  # fmt: skip
WORD = re.compile(r"[!-~]{2,40}")  # text for machines; what people read is not counted here
ROUNDING = (
    1e-5  # a number below it is room for the rounding of sums, and twice as much does as well
)
SMALL = 20  # a number whose neighbour does another thing
# Said to people or to type checkers, or without effect where the code is right.
UNSEEN_ARGUMENTS = {"strict", "message", "hint", "help", "description", "title", "summary"}
COMMUTATIVE = {"max", "min", "gcd", "isclose"}
DROPPABLE = ast.Expr | ast.AugAssign | ast.Raise | ast.Continue | ast.Break

Change = tuple[ast.AST, str, str]  # what is replaced, by which operator, with what source


def changes(tree: ast.Module) -> Iterator[Change]:
    """Yield every alteration of a module, in the order of its source."""
    pending: list[ast.AST] = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        yield from _of_expression(node) if isinstance(node, ast.expr) else _of_statement(node)
        pending += reversed(_looked_into(node))


def _looked_into(node: ast.AST) -> list[ast.AST]:
    """Return what of a node may be altered: no annotation, decorator, docstring or message."""
    if isinstance(node, ast.AnnAssign):
        return [node.value] if node.value else []
    if isinstance(node, ast.FunctionDef):
        return [*node.args.defaults, *filter(None, node.args.kw_defaults), *node.body]
    if isinstance(node, ast.ClassDef | ast.Module):
        return list(node.body)
    if isinstance(node, ast.Raise):
        return []
    if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]).startswith("__"):
        return []
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return []
    if isinstance(node, ast.keyword) and node.arg in UNSEEN_ARGUMENTS:
        return []
    if isinstance(node, ast.JoinedStr | ast.Import | ast.ImportFrom):
        return []
    return list(ast.iter_child_nodes(node))


def _of_statement(node: ast.AST) -> Iterator[Change]:
    if isinstance(node, DROPPABLE) and not _is_bare_text(node):
        yield node, "dropped statement", "pass"
    elif isinstance(node, ast.Return) and node.value and not _is_none(node.value):
        yield node.value, "returned nothing", "None"
    elif isinstance(node, ast.If | ast.While):
        yield node.test, "negated condition", f"(not ({ast.unparse(node.test)}))"


def _of_expression(node: ast.expr) -> Iterator[Change]:
    if isinstance(node, ast.Compare) and type(node.ops[0]) in FLIPS:
        flipped = ast.Compare(
            node.left, [FLIPS[type(node.ops[0])](), *node.ops[1:]], node.comparators
        )
        yield node, "flipped comparison", f"({ast.unparse(flipped)})"
    elif isinstance(node, ast.BinOp) and type(node.op) in FLIPS:
        other = ast.BinOp(node.left, FLIPS[type(node.op)](), node.right)
        yield node, "other arithmetic", f"({ast.unparse(other)})"
    elif isinstance(node, ast.BoolOp):
        joined = ast.BoolOp(FLIPS[type(node.op)](), node.values)
        yield node, "and for or", f"({ast.unparse(joined)})"
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node, "dropped not", f"({ast.unparse(node.operand)})"
    elif isinstance(node, ast.IfExp):
        swapped = ast.IfExp(node.test, node.orelse, node.body)
        yield node, "swapped choice", f"({ast.unparse(swapped)})"
    elif isinstance(node, ast.Constant):
        yield from _of_constant(node)
    elif isinstance(node, ast.Call):
        yield from _of_call(node)


def _of_constant(node: ast.Constant) -> Iterator[Change]:
    if isinstance(node.value, bool):
        yield node, "other constant", repr(not node.value)
    elif isinstance(node.value, int | float):
        for operator, other in _other_numbers(node.value):
            yield node, operator, f"({other!r})"
    elif isinstance(node.value, str) and WORD.fullmatch(node.value):
        yield node, "other text", repr(f"{node.value}x")


def _other_numbers(value: float) -> Iterator[tuple[str, float]]:
    """Yield the neighbours of a small number; of a measure, which is good or not, other ones."""
    if 0 < value < ROUNDING:
        return
    if value == 0 or (isinstance(value, int) and abs(value) < SMALL):
        yield "one more", value + 1
        yield "one less", value - 1
    else:
        yield "doubled", value * 2
        yield "halved", value // 2 if isinstance(value, int) else value / 2


def _of_call(node: ast.Call) -> Iterator[Change]:
    if ast.unparse(node.func) in COMMUTATIVE:
        return
    first, second = (*node.args, None, None)[:2]
    if first is None or second is None or ast.dump(first) == ast.dump(second):
        return
    if not any(isinstance(argument, ast.Starred) for argument in (first, second)):
        swapped = ast.Call(node.func, [second, first, *node.args[2:]], node.keywords)
        yield node, "swapped arguments", ast.unparse(swapped)


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _is_bare_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
