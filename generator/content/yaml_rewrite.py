"""Rewriting a YAML file that people edit: only what changed is touched; comments, order and style stay.

First the text is cut along its YAML nodes (``cuts``), so that lines without a change stay byte for byte.
Where a file is laid out in a way that cannot be cut (a comment inside brackets, everything in brackets),
ruamel.yaml writes it: comments and order stay, spacing may not. Either way the result is read again and
must say what was asked for, with every comment of before.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from generator.base import yaml_nodes
from generator.base.errors import ContentError, Problem
from generator.base.messages import Message
from generator.base.places import NOWHERE, Place
from generator.base.yaml_nodes import Findings, Invalid
from generator.content import schema
from generator.content.schema import CorrectionsFile, DistrictFile, RecordSpec
from generator.content.yaml_patch import CannotCut, Cutter, align, apply_edits, find_comments
from generator.content.yaml_writer import format_data
from generator.model import Correction, Task

_BOM = "\ufeff"


def rewrite_task(text: str, old: Task, new: Task) -> str:
    """A task file that said ``old`` and now says ``new``; untouched lines stay byte for byte.

    Raises: ContentError when the text does not say ``old``.
    """
    return rewrite_record(text, schema.TASK, old, new)


def rewrite_district(text: str, old: DistrictFile, new: DistrictFile) -> str:
    """district.yaml that said ``old`` and now says ``new``. Raises: ContentError as ``rewrite_task``."""
    return rewrite_record(text, schema.DISTRICT, old, new)


def rewrite_corrections(text: str, old: tuple[Correction, ...], new: tuple[Correction, ...]) -> str:
    """corrections.yaml that held ``old`` and now holds ``new``. Raises: ContentError as ``rewrite_task``."""
    return rewrite_record(
        text, schema.CORRECTIONS, CorrectionsFile(corrections=old), CorrectionsFile(corrections=new)
    )


def rewrite_record(text: str, record: RecordSpec, old: Any, new: Any) -> str:
    """Any content file by its record. Raises: ContentError when the text does not say ``old``."""
    if _decode(text, record) != old:
        what = Message("文件在此期间被改动过，没有写入")
        raise ContentError(Problem(place=Place(part=record.title), what=what, hint=Message("重新运行一次")))
    if old == new:
        return text
    before, after = record.encode(old), record.encode(new)
    return _rewrite(text, before, after, lambda result: bool(_decode(result, record) == new))


def _rewrite(text: str, before: Any, after: Any, is_right: Callable[[str], bool]) -> str:
    """Cut where possible, otherwise through ruamel.yaml; the result must be right."""
    bare = text.removeprefix(_BOM)
    if _has_crlf_only(bare):
        bare = bare.replace("\r\n", "\n")
    comments = _comment_words(bare)
    for edit in (_cut, _reflow):
        try:
            result = edit(bare, before, after)
            right = is_right(result) and sorted(_comment_words(result)) == sorted(comments)
        except (CannotCut, ContentError, yaml.YAMLError):
            continue
        if right:
            return _dressed(text, result)
    what = Message("这个文件的写法太特别，无法只改动其中一部分")
    raise ContentError(
        Problem(place=NOWHERE, what=what, hint=Message("照 docs/content.md 的样子整理它的缩进和括号后重试"))
    )


def _dressed(original: str, result: str) -> str:
    """The result with the byte order mark and line ends of the original."""
    if _has_crlf_only(original):
        result = result.replace("\n", "\r\n")
    return _BOM + result if original.startswith(_BOM) else result


def _has_crlf_only(text: str) -> bool:
    return "\r\n" in text and text.count("\r\n") == text.count("\n")


def _comment_words(text: str) -> list[str]:
    return [text[a:b].rstrip() for a, b in find_comments(text)] if "#" in text else []


def _cut(text: str, before: Any, after: Any) -> str:
    return apply_edits(text, Cutter(text).change(_compose(text), before, after))


def _compose(text: str) -> yaml.Node:
    report = Findings("")
    try:
        node = yaml_nodes.compose(text.removeprefix(_BOM), report)
    except Invalid:
        raise ContentError(report.problems) from None
    if node is None:
        raise ContentError(Problem(place=NOWHERE, what=Message("文件是空的")))
    return node


def _decode(text: str, record: RecordSpec) -> Any:
    report = Findings("")
    node = _compose(text)
    try:
        return record.decode(node, "", report)
    except Invalid:
        raise ContentError(report.problems) from None


def _reflow(text: str, before: Any, after: Any) -> str:
    """The text through ruamel.yaml's round trip."""
    dumper = YAML()
    dumper.preserve_quotes = True
    dumper.width = 2**31 - 1
    dumper.allow_unicode = True
    dumper.indent(mapping=2, sequence=4, offset=2)
    data = dumper.load(text)
    _alter(data, before, after)
    stream = io.StringIO()
    dumper.dump(data, stream)
    return stream.getvalue()


def _alter(data: CommentedMap, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Make a round-trip mapping that says ``before`` say ``after``."""
    for key in [key for key in data if key in before and key not in after]:
        del data[key]
    changed = {key for key, value in after.items() if key not in before or before[key] != value}
    for place, (key, value) in enumerate(after.items()):
        if key in changed and key in data:
            data[key] = _altered(data[key], before.get(key), value)
        elif key in changed:
            data.insert(min(place, len(data)), key, _fresh(value))


def _alter_list(data: CommentedSeq, before: list[Any], after: list[Any]) -> None:
    """Make a round-trip list that says ``before`` say ``after``."""
    pairs = [(a, b) for a, b in align(before, after) if b is not None]
    held = list(data)
    wanted = [_fresh(after[b]) if a is None else _altered(held[a], before[a], after[b]) for a, b in pairs]
    _refill(data, wanted, [a for a, _ in pairs])


def _altered(held: Any, before: Any, after: Any) -> Any:
    """Round-trip data that says ``after``: what is held, changed, or fresh where that has another shape."""
    if before == after:
        return held
    if isinstance(held, CommentedMap) and isinstance(before, dict) and isinstance(after, dict) and after:
        _alter(held, before, after)
        return held
    if isinstance(held, CommentedSeq) and isinstance(before, list) and isinstance(after, list):
        if len(held) != len(before):
            return _fresh(after)
        _alter_list(held, before, after)
        return held
    return _fresh(after)


def _refill(data: CommentedSeq, wanted: list[Any], origins: list[int | None]) -> None:
    """Give a round-trip list new items; the comments of items that stay move along."""
    comments = dict(data.ca.items)
    data.ca.items.clear()
    del data[:]
    for place, (item, origin) in enumerate(zip(wanted, origins, strict=True)):
        data.append(item)
        if origin is not None and origin in comments:
            data.ca.items[place] = comments[origin]


def _fresh(value: Any) -> Any:
    """Round-trip data of a value in the house style."""
    loader = YAML()
    loader.preserve_quotes = True
    return loader.load(format_data({"value": value}))["value"]
