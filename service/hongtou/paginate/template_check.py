"""Faults of a layout's templates, found by reading them: where each is, and what to write.

Nothing is set for it, so that what stands in a branch that no issue takes is found too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, cast

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.idtracking import VAR_LOAD_RESOLVE

from hongtou.bulletin.likeness import nearest
from hongtou.layouts import FILE, Layout
from hongtou.layouts.keys import TABLES
from hongtou.layouts.units import LENGTHS as UNITS_OF_LENGTH
from hongtou.paginate.markup import BULLETIN, STYLESHEET
from hongtou.paginate.plan_names import plan_names
from hongtou.paginate.written_text import written_faults

ROOTS: Mapping[str, frozenset[str]] = {  # templates that are asked for, with what they are given
    BULLETIN: frozenset({"plan"}),
    STYLESHEET: frozenset({"mm", "pt", "max_lines", "steps"}),
}
LENGTHS = frozenset(
    f"{name}.{key}"
    for name, table in TABLES.items()
    for key, declared in table.keys.items()
    if not set(declared.units).isdisjoint(UNITS_OF_LENGTH)
)
Reference = nodes.Include | nodes.Import | nodes.FromImport | nodes.Extends


class Fault(NamedTuple):
    """A fault of a file in a folder of layouts; ``line`` is 0 where it is the whole file's."""

    file: str
    line: int
    message: str

    @property
    def told(self) -> tuple[str, str]:
        """Return the file, and the line with the message."""
        return self.file, f"第 {self.line} 行：{self.message}" if self.line else self.message


@dataclass(slots=True)
class Template:
    """A template as it was read; ``given`` are the names that it may use."""

    name: str
    file: str
    source: str
    tree: nodes.Template
    given: frozenset[str]
    macros: Mapping[str, nodes.Macro] = field(default_factory=dict)


class Templates:
    """The templates that bulletins and stylesheets are made of, and their faults."""

    def __init__(self, folder: Path, environment: Environment) -> None:
        self._environment = environment
        self._folder = folder
        self._available = environment.list_templates(extensions=("j2",))
        self.found: dict[str, Template] = {}
        self.faults: list[Fault] = []
        for name, given in ROOTS.items():
            self._read(name, given)
        for template in self.found.values():
            self.faults += self._faults(template)

    def _read(self, name: str, given: frozenset[str]) -> None:
        """Read a template and those it names."""
        known = self.found.get(name)
        if known is not None:
            known.given |= given
            return
        source, path, _ = self._environment.loader.get_source(self._environment, name)  # type: ignore[union-attr]
        file = str(Path(path or name).relative_to(self._folder))
        try:
            tree = self._environment.parse(source, name, path)
        except TemplateSyntaxError as cause:
            self.faults.append(Fault(file, cause.lineno, f"写法不对：{cause.message}"))
            tree = nodes.Template([], lineno=1)
        macros = {macro.name: macro for macro in tree.find_all(nodes.Macro)}
        self.found[name] = template = Template(name, file, source, tree, given, macros)
        for node, target in _references(tree):
            if target in self._available:
                self._read(target, _passed_on(node, template))
            else:
                fault = f"没有 {target} 这个模板{_instead(target, self._available)}"
                self.faults.append(Fault(file, node.lineno, fault))

    def _faults(self, template: Template) -> Iterator[Fault]:
        found = [
            *self._unknown_names(template),
            *self._unknown_filters(template),
            *_unknown_attributes(template),
            *_unknown_lengths(template),
            *self._wrong_calls(template),
        ]
        if template.name.endswith(".html.j2"):
            found += written_faults(template.source, self._environment)
        yield from (Fault(template.file, line, message) for line, message in sorted(set(found)))

    def _unknown_names(self, template: Template) -> Iterator[tuple[int, str]]:
        known = template.given | self._environment.globals.keys()
        own = {*template.given, *template.macros, *_assigned(template.tree)}
        for name, line in _free_names(template, self._environment):
            if name not in known:
                instead = _instead(name, own)
                yield line, f"没有 {name} 这个名称{instead}"

    def _unknown_filters(self, template: Template) -> Iterator[tuple[int, str]]:
        filters, tests = self._environment.filters, self._environment.tests
        for used in template.tree.find_all(nodes.Filter):
            if used.name not in filters:
                yield used.lineno, f"没有 {used.name} 这个过滤器{_instead(used.name, filters)}"
        for test in template.tree.find_all(nodes.Test):
            if test.name not in tests:
                yield test.lineno, f"没有 {test.name} 这个判断{_instead(test.name, tests)}"

    def _wrong_calls(self, template: Template) -> Iterator[tuple[int, str]]:
        macros = dict(template.macros)
        for node in template.tree.find_all(nodes.FromImport):
            source = self.found.get(_constant(node.template))
            if source is None:
                continue
            for name, alias in _imported(node):
                if name in source.macros:
                    macros[alias] = source.macros[name]
                elif name not in _assigned(source.tree):
                    fault = f"{source.file} 里没有 {name} 这个宏{_instead(name, source.macros)}"
                    yield node.lineno, fault
        for call in template.tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name in macros:
                yield from _call_faults(call, macros[call.node.name])


class _FreeNames(CodeGenerator):
    """Notes every name that a template takes from what it is given."""

    def __init__(self, environment: Environment, name: str) -> None:
        super().__init__(environment, name, name)
        self.free: list[tuple[str, int]] = []

    def visit_Name(self, node: nodes.Name, frame: Frame) -> None:
        if node.ctx == "load":
            load = frame.symbols.find_load(frame.symbols.ref(node.name))
            if load is not None and load[0] == VAR_LOAD_RESOLVE:
                self.free.append((node.name, node.lineno))
        super().visit_Name(node, frame)


def _free_names(template: Template, environment: Environment) -> list[tuple[str, int]]:
    finder = _FreeNames(environment, template.name)
    with suppress(TemplateSyntaxError):  # an unknown filter, which is told of by itself
        finder.visit(template.tree)
    return finder.free


def _references(tree: nodes.Template) -> Iterator[tuple[Reference, str]]:
    """Yield every template that is named in another, where the name is written out."""
    for node in tree.find_all((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)):
        reference = cast("Reference", node)
        name = _constant(reference.template)
        if name and not getattr(reference, "ignore_missing", False):
            yield reference, name


def _constant(expression: nodes.Expr) -> str:
    value = expression.value if isinstance(expression, nodes.Const) else None
    return value if isinstance(value, str) else ""


def _passed_on(node: Reference, template: Template) -> frozenset[str]:
    """Return the names that a template passes on: an include sees all that stands around it."""
    if isinstance(node, nodes.Extends | nodes.Include) or node.with_context:
        return template.given | _assigned(template.tree)
    return frozenset()


def _assigned(tree: nodes.Template) -> frozenset[str]:
    """Return the names that a template gives something itself."""
    imported = (_imported(node) for node in tree.find_all(nodes.FromImport))
    return frozenset(
        (
            *(node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"),
            *(alias for names in imported for _, alias in names),
        )
    )


def _imported(node: nodes.FromImport) -> list[tuple[str, str]]:
    return [name if isinstance(name, tuple) else (name, name) for name in node.names]


def unused(layout: Layout, found: Mapping[str, Template]) -> Iterator[Fault]:
    """Yield the files of a layout's own folder that nothing asks for: a misspelt name, mostly."""
    for path in sorted(layout.folder.rglob("*")):
        name = str(path.relative_to(layout.folder))
        if path.is_dir() or name == FILE or name in found or _is_aside(path):
            continue
        instead = nearest(name, [FILE, *found])
        meant = f"，是否指 {instead}？" if instead else "；模板要由 bulletin.html.j2 等引入"
        yield Fault(f"{layout.name}/{name}", 0, f"没有用到{meant}不用的文件请移出目录")


def _is_aside(path: Path) -> bool:
    """Tell whether a file is for people or an editor's own: README.md, .DS_Store, copies with ~."""
    return path.suffix == ".md" or path.name.startswith(".") or path.name.endswith("~")


def _unknown_attributes(template: Template) -> Iterator[tuple[int, str]]:
    """Yield what is asked of the plan by a name that nothing in a plan has."""
    kept = {node.attr for node in template.tree.find_all(nodes.NSRef)}
    kept |= {node.key for node in template.tree.find_all(nodes.Keyword)}
    for node in template.tree.find_all(nodes.Getattr):
        if node.attr not in plan_names() and node.attr not in kept:
            yield node.lineno, f"没有 .{node.attr} 这一项{_instead(node.attr, plan_names())}"


def _unknown_lengths(template: Template) -> Iterator[tuple[int, str]]:
    """Yield the lengths of no layout that are asked for, as in ``mm["page.widht"]``."""
    for node in template.tree.find_all(nodes.Getitem):
        name = _constant(node.arg)
        is_length = isinstance(node.node, nodes.Name) and node.node.name in ("mm", "pt")
        if is_length and name not in LENGTHS:
            yield node.lineno, f"layout.toml 没有 {name} 这个长度{_instead(name, LENGTHS)}"


def _call_faults(call: nodes.Call, macro: nodes.Macro) -> Iterator[tuple[int, str]]:
    if call.dyn_args or call.dyn_kwargs:
        return
    used = {node.name for node in macro.find_all(nodes.Name)}
    names = [argument.name for argument in macro.args]
    given = {*names[: len(call.args)], *(keyword.key for keyword in call.kwargs)}
    wanted = names[: len(names) - len(macro.defaults)]
    of = f"宏 {macro.name}（{'、'.join(names)}）"
    if len(call.args) > len(names) and "varargs" not in used:
        yield call.lineno, f"{of}只有 {len(names)} 个参数，写了 {len(call.args)} 个"
    for name in sorted(given - set(names)):
        if "kwargs" not in used and name != "caller":
            yield call.lineno, f"{of}没有参数 {name}{_instead(name, names)}"
    for name in wanted:
        if name not in given:
            yield call.lineno, f"{of}缺参数 {name}"


def _instead(name: str, known: Any) -> str:
    near = nearest(name, known)
    return f"，最接近的是 {near}" if near else ""
