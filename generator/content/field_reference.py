"""The reference of content files (docs/content.md): schema and the model's own docstrings, as one page."""

from __future__ import annotations

import ast
import inspect
import itertools
import textwrap
from collections.abc import Iterator
from typing import Any

from generator.content import schema
from generator.content.schema import RecordSpec

_INTRO = """\
# 内容文件参考

由 `generator/content/schema.py` 和 `generator/model/` 生成
（`python -m generator.content.field_reference > docs/content.md`），
测试保证它与程序一致。缺键、多键、写错类型都会报错，不会被悄悄补上默认值；`null` 和不写这个键意思相同。
文件用 UTF-8 编码；以数字、true、no 等开头又当作文字用的值要加引号；不支持锚点（`&` `*`）和标签（`!`）。

    content/
      <区县代号>/district.yaml          区县：名称、来源表、单位名录
      <区县代号>/sources/<报告期>.<后缀>  收到的原表，一字不改
      <区县代号>/<年份>/<三位序号>.yaml   一项任务一个文件
      <区县代号>/corrections.yaml       已公布各期的更正，由程序写
      <区县代号>/review.yaml            拿不准的数字里人判定“不是”的，由程序写
    site.yaml                          站点设置
"""
_RECORDS: tuple[tuple[str, RecordSpec], ...] = (
    ("任务文件", schema.TASK),
    ("departments 的每一项", schema.ASSIGNMENT),
    ("contacts 的每一项", schema.CONTACT),
    ("targets 的每一项", schema.TARGET),
    ("任务的 parts 的每一项", schema.PART),
    ("updates 的每一项", schema.UPDATE),
    ("一期的 parts 的每一项", schema.PART_REPORT),
    ("actuals 的每一项", schema.ACTUAL),
    ("outcomes 的每一项", schema.STEP_DECISION),
    ("status", schema.STATUS),
    ("source", schema.SOURCE_REF),
    ("former", schema.FORMER),
    ("district.yaml", schema.DISTRICT),
    ("district.yaml 的 departments", schema.DEPARTMENT),
    ("district.yaml 的 sources", schema.SOURCE_TABLE),
    ("district.yaml 的 reading", schema.READING),
    ("reading 的 layouts 的每一项", schema.READING_HINTS),
    ("corrections.yaml 的每一项", schema.CORRECTION),
    ("site.yaml", schema.SITE),
    ("site.yaml 的 identity", schema.IDENTITY),
)


def format_reference() -> str:
    """The whole page as Markdown."""
    parts = [_INTRO]
    for title, record in _RECORDS:
        parts.append(f"## {title}\n\n" + "\n".join(_rows(record)) + "\n")
    return "\n".join(parts)


def _rows(record: RecordSpec) -> Iterator[str]:
    words = _attribute_docs(record.make)
    yield "| 键 | 必写 | 写什么 | Meaning |"
    yield "|---|---|---|---|"
    for each in record.fields:
        needed = "是" if each.required else ""
        meaning = words.get(each.name, "").replace("|", "\\|")
        yield f"| `{each.key}` | {needed} | {each.type.words} | {meaning} |"


def _attribute_docs(made: type[Any]) -> dict[str, str]:
    """Field of a dataclass → the string below it, on one line."""
    (node,) = ast.parse(textwrap.dedent(inspect.getsource(made))).body
    assert isinstance(node, ast.ClassDef)
    docs: dict[str, str] = {}
    for statement, after in itertools.pairwise(node.body):
        if (
            isinstance(statement, ast.AnnAssign)
            and isinstance(statement.target, ast.Name)
            and isinstance(after, ast.Expr)
            and isinstance(after.value, ast.Constant)
        ):
            docs[statement.target.id] = " ".join(str(after.value.value).split())
    return docs


if __name__ == "__main__":
    print(format_reference(), end="")
