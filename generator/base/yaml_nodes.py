"""Strict reading of YAML: one document, no repeated keys, no anchors, no tags, every value with its line.

PyYAML's ``safe_load`` keeps the last of two equal keys in silence and turns ``no`` into False, ``12:30`` into
750 and ``010`` into 8; here a scalar is what the schema asks for, or a problem with file, line and field.
"""

from __future__ import annotations

import contextlib
import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from generator.base.errors import NO_HINT, Problem, Severity
from generator.base.messages import Message
from generator.base.places import Place
from generator.base.yaml_faults import explain

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_KINDS = {
    "str": Message("文字"),
    "int": Message("数字"),
    "float": Message("数字"),
    "bool": Message("真假值"),
    "timestamp": Message("日期"),
    "null": Message("空值"),
    "map": Message("一组“键: 值”"),
    "seq": Message("列表"),
    "value": Message("文字"),
    "merge": Message("文字"),
}
"""Last part of a YAML tag → what it is called."""


_MANY = 200
"""Words that a misspelt one is compared with letter by letter."""
_DEEPEST, _SHALLOW, _MOST = 64, 200, 2_000_000
"""Levels a document may have; levels that need no look; values, as far as marks can tell."""
_CUT = re.compile(r"[ \t]+#[^\s#].*")
_MAYBE_CUT = re.compile(r"\S[ \t]+#[^\s#]")
_INDICATORS = re.compile(r"^[ \t?:-]*", re.M)

TextTree: TypeAlias = "dict[str, str | TextTree]"
"""Keys and texts, at any depth."""


class Invalid(Exception):
    """A value is not what the schema asks for; the problem has been written down already."""


@dataclass(slots=True)
class Findings:
    """Collects the problems of one file while it is being decoded."""

    path: str
    problems: list[Problem] = field(default_factory=list)

    def add(self, node: yaml.Node | None, name: str, what: Message, hint: Message = NO_HINT) -> None:
        """Write down one problem of the field ``name`` at the node's line."""
        line = node.start_mark.line + 1 if node is not None else 0
        place = Place(file=self.path, line=line, field=name)
        self.problems.append(Problem(place=place, what=what, hint=hint))

    def warn(self, node: yaml.Node, name: str, what: Message, hint: Message) -> None:
        """Write down a doubt, which stops nothing."""
        place = Place(file=self.path, line=node.start_mark.line + 1, field=name)
        self.problems.append(Problem(place=place, what=what, hint=hint, level=Severity.WARNING))

    def fail(self, node: yaml.Node | None, name: str, what: Message, hint: Message = NO_HINT) -> Invalid:
        """Write down one problem and give the exception to raise."""
        self.add(node, name, what, hint)
        return Invalid()

    def refuse(self, line: int, what: Message, hint: Message) -> Invalid:
        """Write down what is wrong with the whole text and give the exception to raise; line 0 for none."""
        self.problems.append(Problem(place=Place(file=self.path, line=line), what=what, hint=hint))
        return Invalid()


def compose(text: str, report: Findings) -> yaml.Node | None:
    """The document's root node; None for an empty document.

    Raises: Invalid when the text is not one plain YAML document.
    """
    _check_size(text, report)
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        report.problems.append(explain(error, report.path, text))
        raise Invalid from error
    if node is not None:
        _check_plain(text, report)
        if _MAYBE_CUT.search(text):
            _warn_of_cut(node, "", text.splitlines(), report)
    return node


def _warn_of_cut(node: yaml.Node, name: str, lines: list[str], report: Findings) -> None:
    """Warn where words behind a sign # are taken for a remark: ``title: 建 #1楼`` → the title is 建."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            _warn_of_cut(value, joined(name, str(key.value)), lines, report)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _warn_of_cut(value, f"{name}[{index}]", lines, report)
    elif not is_quoted(node) and node.end_mark.line < len(lines):
        cut = _CUT.match(lines[node.end_mark.line], node.end_mark.column)
        if cut:
            what = Message("“{words}”没有读入：空格和 # 后面的都算注释", words=cut[0].strip())
            report.warn(node, name, what, Message("是文字的，整段加引号；是注释的，在 # 后空一格"))


def _check_size(text: str, report: Findings) -> None:
    """Refuse what no clerk writes before the parser, which calls itself at every level, sees it."""
    if text.startswith("\ufeff"):
        raise report.refuse(1, Message("文件开头有两个 BOM"), Message("另存为不带 BOM 的 UTF-8"))
    opening = text.count("[") + text.count("{")
    if opening + text.count(",") + text.count("\n") > _MOST:
        raise report.refuse(0, Message("内容太多，不像是手写的文件"), Message("拆成几个文件"))
    deepest = max((len(found[0]) for found in _INDICATORS.finditer(text)), default=0)
    if opening + deepest <= _SHALLOW:
        return
    depth = 0
    with contextlib.suppress(yaml.YAMLError):
        for event in yaml.parse(text, Loader=_LOADER):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                what = Message("层次太深，超过{most}层", most=_DEEPEST)
                raise report.refuse(_line(event), what, Message("检查括号和缩进"))


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


def _check_plain(text: str, report: Findings) -> None:
    """Refuse anchors, aliases and explicit tags: a clerk's file needs none, and they hide values."""
    if not any(mark in text for mark in ("&", "*", "!")):
        return
    for event in yaml.parse(text, Loader=_LOADER):
        explicit = isinstance(event, yaml.NodeEvent) and (
            event.anchor is not None or getattr(event, "tag", None) is not None
        )
        if explicit:
            hint = Message("以 & * ! 开头的文字要加引号")
            raise report.refuse(_line(event), Message("不支持锚点（&、*）和标签（!）"), hint)


def mapping(node: yaml.Node, name: str, report: Findings) -> dict[str, tuple[yaml.Node, yaml.Node]]:
    """Keys of a mapping with their key and value nodes.

    Raises: Invalid when it is no mapping, or a key is repeated or not plain text.
    """
    if not isinstance(node, yaml.MappingNode):
        raise report.fail(node, name, Message("这里应是一组“键: 值”，现在是{found}", found=kind_of(node)))
    found: dict[str, tuple[yaml.Node, yaml.Node]] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            what = Message("键应是文字，现在是{found}", found=kind_of(key_node))
            raise report.fail(key_node, name, what, Message("写成“键: 值”"))
        key = str(key_node.value)
        if key in found:
            first = found[key][0].start_mark.line + 1
            what = Message("键写了两次（第一次在第{line}行）", line=first)
            report.add(key_node, joined(name, key), what, Message("留下一处"))
        found[key] = (key_node, value_node)
    if len(found) < len(node.value):
        raise Invalid
    return found


def items(node: yaml.Node, name: str, report: Findings) -> list[yaml.Node]:
    """Elements of a sequence. Raises: Invalid when it is no sequence."""
    if not isinstance(node, yaml.SequenceNode):
        what = Message("这里应是列表（每项一行，以 - 开头），现在是{found}", found=kind_of(node))
        raise report.fail(node, name, what)
    return list(node.value)


def scalar(node: yaml.Node, name: str, wanted: Message, report: Findings) -> str:
    """Raw characters of a scalar. Raises: Invalid when it is a list, a mapping or empty."""
    if not isinstance(node, yaml.ScalarNode) or is_null(node):
        what = Message("这里应是{wanted}，现在是{found}", wanted=wanted, found=kind_of(node))
        raise report.fail(node, name, what)
    return str(node.value)


def texts(node: yaml.Node, name: str, report: Findings) -> TextTree:
    """A tree of keys whose leaves are texts, every scalar as it is written: ``no`` is "no".

    Raises: Invalid for a list or a repeated key.
    """
    tree: TextTree = {}
    for key, (_, value) in mapping(node, name, report).items():
        inside = joined(name, key)
        leaf = isinstance(value, yaml.ScalarNode)
        tree[key] = str(value.value) if leaf else texts(value, inside, report)
    return tree


def parse_texts(text: str, path: str) -> tuple[TextTree, tuple[Problem, ...]]:
    """A catalogue file, and what is wrong with it; the tree is empty then."""
    report = Findings(path)
    try:
        node = compose(text, report)
        return (texts(node, "", report) if node else {}), tuple(report.problems)
    except Invalid:
        return {}, tuple(report.problems)


def is_quoted(node: yaml.Node) -> bool:
    """Whether a scalar stands in quotes or as a block."""
    return isinstance(node, yaml.ScalarNode) and node.style in ("'", '"', "|", ">")


def is_null(node: yaml.Node) -> bool:
    """Whether the value is null or left empty."""
    return node.tag == "tag:yaml.org,2002:null"


def kind_of(node: yaml.Node) -> Message:
    """What a node is, in words for people."""
    words = _KINDS.get(node.tag.rpartition(":")[2], Message("别的东西"))
    if isinstance(node, yaml.ScalarNode) and not is_null(node):
        return Message("{kind}“{text}”", kind=words, text=shorten(str(node.value)))
    return words


def shorten(text: str) -> str:
    """The beginning of a long text, for a message."""
    return text if len(text) <= 24 else text[:24] + "…"


def joined(name: str, key: str) -> str:
    """Field path: ``targets[0]`` and ``unit`` is ``targets[0].unit``."""
    return f"{name}.{key}" if name else key


def line_of(root: yaml.Node, name: str) -> int:
    """Line (1-based) of the field at ``targets[0].unit``, or of the last part of the way that exists."""
    node, line = root, root.start_mark.line + 1
    for match in re.finditer(r"[^.\[\]]+", name):
        found = _step(node, match[0]) or _step(node, name[match.start() :])
        if found is None:
            break
        node, line = found
    return line


def _step(node: yaml.Node, part: str) -> tuple[yaml.Node, int] | None:
    if isinstance(node, yaml.SequenceNode) and part.isdigit() and int(part) < len(node.value):
        child = node.value[int(part)]
        return child, child.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == part:
                return value, key.start_mark.line + 1
    return None


def nearest(word: str, allowed: Iterable[str]) -> str | None:
    """The allowed word that is most like ``word``; None when none is near."""
    signs, options = set(word), sorted(allowed)
    if len(options) > _MANY:
        options = [each for each in options if 2 * len(signs & set(each)) > len(signs)][:_MANY]
    near = difflib.get_close_matches(word, options, n=1, cutoff=0.6)
    return near[0] if near else None


def suggest(word: str, allowed: Iterable[str]) -> Message:
    """``你是想写 X 吗？`` for the nearest allowed word, or the list when it is short."""
    options = list(allowed)
    near = nearest(word, options)
    if near:
        return Message("你是想写“{word}”吗？", word=near)
    return Message("可以写：{options}", options=tuple(options)) if len(options) <= 24 else NO_HINT
