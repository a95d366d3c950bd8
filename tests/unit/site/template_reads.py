"""What templates read of their views, followed through Jinja's syntax tree with the views' types.

A value is a set of types (its union). Loops give the type of the elements, macros are followed with the types
of their arguments, conditions through both arms. Nothing is rendered, so that no branch is left out.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, is_dataclass
from enum import Enum
from typing import Any

import jinja2
from jinja2 import nodes

Type = Any
"""A class, or what typing writes of one: tuple[X, ...], Mapping[str, X]."""
Value = frozenset[Type]
ATOM: Value = frozenset({str})
"""A text, a number, a date: what has no fields to be read."""
BUILT_IN = ("loop", "caller")


@dataclass(frozen=True)
class Macro:
    """A macro with the names that it sees."""

    node: nodes.Macro
    template: str
    scope: Mapping[str, Any]


@dataclass
class TemplateReads:
    """The reads of a set of templates, and what is wrong with them."""

    environment: jinja2.Environment
    reads: set[tuple[type, str]] = field(default_factory=set)
    """Class and name of a field or property of it."""
    faults: set[str] = field(default_factory=set)
    followed: set[str] = field(default_factory=set)
    """Templates."""
    _calls: set[Any] = field(default_factory=set)
    _trees: dict[str, nodes.Template] = field(default_factory=dict)

    def follow(self, template: str, names: Mapping[str, Type]) -> None:
        """Read a template that sees ``names``, each of one type."""
        self._follow_body(self._parse(template).body, {k: value_of(v) for k, v in names.items()}, template)

    def _parse(self, template: str) -> nodes.Template:
        if template not in self._trees:
            loader = self.environment.loader
            assert loader
            self._trees[template] = self.environment.parse(loader.get_source(self.environment, template)[0])
        self.followed.add(template)
        return self._trees[template]

    def _follow_body(self, body: Sequence[nodes.Node], scope: dict[str, Any], template: str) -> None:
        for node in body:
            follow = getattr(self, f"_follow_{type(node).__name__.lower()}", None)
            assert follow, f"{template}:{node.lineno}: {type(node).__name__} is not followed"
            follow(node, scope, template)

    def _follow_output(self, node: nodes.Output, scope: dict[str, Any], template: str) -> None:
        for each in node.nodes:
            self._value(each, scope, template)

    def _follow_if(self, node: nodes.If, scope: dict[str, Any], template: str) -> None:
        self._value(node.test, scope, template)
        for body in (node.body, node.elif_, node.else_):
            self._follow_body(body, scope, template)

    def _follow_for(self, node: nodes.For, scope: dict[str, Any], template: str) -> None:
        inner = dict(scope)
        self._bind(node.target, elements(self._value(node.iter, scope, template)), inner)
        if node.test:
            self._value(node.test, inner, template)
        self._follow_body(node.body, inner, template)
        self._follow_body(node.else_, scope, template)

    def _follow_assign(self, node: nodes.Assign, scope: dict[str, Any], template: str) -> None:
        self._bind(node.target, self._value(node.node, scope, template), scope)

    def _follow_macro(self, node: nodes.Macro, scope: dict[str, Any], template: str) -> None:
        scope[node.name] = Macro(node, template, scope)

    def _follow_fromimport(self, node: nodes.FromImport, scope: dict[str, Any], template: str) -> None:
        assert isinstance(node.template, nodes.Const)
        module: dict[str, Any] = {}
        self._follow_body(self._parse(node.template.value).body, module, node.template.value)
        for name in node.names:
            assert isinstance(name, str)
            if name not in module:
                self.faults.add(f"{template}:{node.lineno}: {node.template.value} has no {name}")
            scope[name] = module.get(name, ATOM)

    def _follow_include(self, node: nodes.Include, scope: dict[str, Any], _: str) -> None:
        assert isinstance(node.template, nodes.Const)
        self._follow_body(self._parse(node.template.value).body, dict(scope), node.template.value)

    def _follow_callblock(self, node: nodes.CallBlock, scope: dict[str, Any], template: str) -> None:
        self._value(node.call, scope, template)
        self._follow_body(node.body, dict(scope), template)

    def _bind(self, target: nodes.Node, value: Value, scope: dict[str, Any]) -> None:
        if isinstance(target, nodes.Name):
            scope[target.name] = value
            return
        assert isinstance(target, nodes.Tuple)
        for place, item in enumerate(target.items):
            self._bind(
                item, frozenset().union(*(elements(frozenset({each}), place) for each in value)), scope
            )

    def _value(self, node: nodes.Node, scope: Mapping[str, Any], template: str) -> Any:
        """The types that an expression may have; all that it reads on the way is noted."""
        match node:
            case nodes.Name():
                if node.name not in scope and node.name not in BUILT_IN:
                    self.faults.add(f"{template}:{node.lineno}: no name {node.name}")
                return scope.get(node.name, frozenset({Any}))
            case nodes.Getattr():
                return self._read(
                    self._value(node.node, scope, template), node.attr, f"{template}:{node.lineno}"
                )
            case nodes.Getitem():
                place = node.arg.value if isinstance(node.arg, nodes.Const) else None
                value = self._value(node.node, scope, template)
                self._value(node.arg, scope, template)
                return value if isinstance(node.arg, nodes.Slice) else elements(value, place)
            case nodes.Call():
                return self._call(node, scope, template)
            case nodes.Filter():
                return self._filter(node, scope, template)
            case nodes.Or() | nodes.And():
                return self._value(node.left, scope, template) | self._value(node.right, scope, template)
            case nodes.CondExpr():
                self._value(node.test, scope, template)
                arms = [node.expr1, *([node.expr2] if node.expr2 else [])]
                return frozenset().union(*(self._value(arm, scope, template) for arm in arms))
            case nodes.Tuple() | nodes.List():
                for item in node.items:
                    self._value(item, scope, template)
                return frozenset({tuple[Any, ...]})
        for child in node.iter_child_nodes():
            self._value(child, scope, template)
        return ATOM

    def _read(self, value: Value, name: str, place: str) -> Value:
        found: set[Type] = set()
        for each in value:
            if each is type(None) or each is Any:
                continue
            hint = hint_of(each, name)
            if hint is None:
                self.faults.add(f"{place}: {getattr(each, '__name__', each)} has no {name}")
                continue
            if isinstance(each, type) and is_dataclass(each):
                self.reads |= {(base, name) for base in each.__mro__ if name in vars_of(base)}
            found |= value_of(hint)
        return frozenset(found)

    def _call(self, node: nodes.Call, scope: Mapping[str, Any], template: str) -> Value:
        given = [self._value(each, scope, template) for each in node.args]
        named = {each.key: self._value(each.value, scope, template) for each in node.kwargs}
        if isinstance(node.node, nodes.Name) and isinstance(macro := scope.get(node.node.name), Macro):
            self._call_macro(macro, given, named, f"{template}:{node.lineno}")
        elif isinstance(node.node, nodes.Getattr):
            self._value(node.node.node, scope, template)
        return ATOM

    def _call_macro(self, macro: Macro, given: list[Value], named: dict[str, Value], place: str) -> None:
        names = [each.name for each in macro.node.args]
        optional = names[len(names) - len(macro.node.defaults) :]
        inner = dict(macro.scope)
        for name, default in zip(optional, macro.node.defaults, strict=True):
            inner[name] = self._value(default, macro.scope, macro.template)
        own = dict(zip(names, given, strict=False)) | named
        if len(given) > len(names) or not set(names) - set(optional) <= set(own) <= set(names):
            self.faults.add(f"{place}: {macro.node.name} takes {names}")
        key = (macro.template, macro.node.name, tuple(sorted((k, str(v)) for k, v in own.items())))
        if key not in self._calls:
            self._calls.add(key)
            self._follow_body(macro.node.body, inner | own, macro.template)

    def _filter(self, node: nodes.Filter, scope: Mapping[str, Any], template: str) -> Value:
        assert node.node
        value = self._value(node.node, scope, template)
        for each in (*node.args, *(pair.value for pair in node.kwargs)):
            self._value(each, scope, template)
        for pair in node.kwargs:
            if node.name == "map" and pair.key == "attribute":
                assert isinstance(pair.value, nodes.Const)
                self._read(elements(value), pair.value.value, f"{template}:{node.lineno}")
        return ATOM


def vars_of(kind: type) -> set[str]:
    """Fields and properties that a class itself has."""
    return {
        *getattr(kind, "__annotations__", {}),
        *(k for k, v in vars(kind).items() if isinstance(v, property)),
    }


def hint_of(kind: Type, name: str) -> Type | None:
    """Type of a field, property or method of a class; None when it has none of that name."""
    if is_dataclass(kind) or getattr(kind, "_is_protocol", False):
        hints = typing.get_type_hints(kind)
        found = getattr(kind, name, None)
        if isinstance(found, property) and found.fget:
            return typing.get_type_hints(found.fget)["return"]
        return hints.get(name)
    return str if isinstance(kind, type) and hasattr(kind, name) else None


def value_of(hint: Type) -> Value:
    """The types of a union, one by one."""
    origin: Any = typing.get_origin(hint)
    if origin in (types.UnionType, typing.Union):
        return frozenset(each for part in typing.get_args(hint) for each in value_of(part))
    return frozenset({hint})


def elements(value: Value, place: object = None) -> Value:
    """Types of what a loop over the value gives, or of its part at ``place``."""
    found: set[Type] = set()
    for each in value:
        origin: Any = typing.get_origin(each)
        parts = typing.get_args(each)
        if origin is None:
            found |= {each} & {str, Any}
        elif origin is tuple and parts[-1] is not Ellipsis:
            chosen = [parts[place]] if isinstance(place, int) else parts
            found |= {kind for part in chosen for kind in value_of(part)}
        else:
            found |= value_of(parts[-1] if issubclass(origin, Mapping) else parts[0])
    return frozenset(found)


def reached(kinds: Sequence[Type]) -> Iterator[type]:
    """Every dataclass that can be reached from the given ones by their fields and properties."""
    seen: set[type] = set()
    todo: list[Type] = list(kinds)
    while todo:
        kind = todo.pop()
        todo += typing.get_args(kind)
        if isinstance(kind, type) and is_dataclass(kind) and kind not in seen and not issubclass(kind, Enum):
            seen.add(kind)
            yield kind
            todo += [hint for base in kind.__mro__ for name in vars_of(base) if (hint := hint_of(kind, name))]
