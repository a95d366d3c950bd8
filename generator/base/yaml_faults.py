"""What is wrong with a text that is no YAML: place, reason and remedy in words for people."""

from __future__ import annotations

import re

import yaml

from generator.base.errors import Problem
from generator.base.messages import Message
from generator.base.places import Place

_ELSE = (Message("写法不合 YAML 的规则"), Message("检查缩进、冒号后的空格和引号是否成对"))
_REASONS = (
    (
        r"expected ',' or '\]'",
        Message("方括号 [ ] 里缺逗号，或者没有写完"),
        Message("补上逗号或 ]；有逗号、冒号的文字加引号"),
    ),
    (
        r"expected ',' or '\}'",
        Message("花括号 { } 里缺逗号，或者没有写完"),
        Message("补上逗号或 }；有逗号、冒号的文字加引号"),
    ),
    (
        r"expected key|expected <block end>",
        Message("缩进和上面各行不一致，或者上面的引号没有成对"),
        Message("让同一级的键左边对齐"),
    ),
    (
        r"expected '-'|block sequence entries",
        Message("列表的 - 没有对齐，或者写在了不能写列表的地方"),
        Message("让各个 - 左边对齐"),
    ),
    (
        r"mapping values are not allowed",
        Message("同一行里有两个冒号，或者缩进不对"),
        Message("文字里有“: ”的，整段加引号"),
    ),
    (r"mapping keys are not allowed", Message("这里不能写键"), Message("检查缩进")),
    (
        r"could not find expected ':'|simple key",
        Message("键后面缺“:”，或者上面的引号没有成对"),
        Message("写成“键: 值”，冒号后空一格"),
    ),
    (
        r"end of stream|document separator",
        Message("引号没有成对，直到文件末尾也没有结束"),
        Message("补上另一半引号"),
    ),
    (r"tab character|'\\t'", Message("缩进里有制表符（Tab）"), Message("改成空格")),
    (r"cannot start any token", Message("有一个字符不能写在值的开头"), Message("整段文字加引号")),
    (
        r"escape character|escape sequence",
        Message("双引号里的反斜杠 \\ 写法不对"),
        Message("改用单引号，或者写成 \\\\"),
    ),
    (
        r"undefined alias|alphabetic or numeric|tag|URI",
        Message("以 & * ! 开头的文字没有加引号"),
        Message("整段文字加引号"),
    ),
    (
        r"block scalar|indentation indicat|comment or (?:a )?line break",
        Message("| 或 > 后面写法不对"),
        Message("| 后面直接换行"),
    ),
    (
        r"single document|document start",
        Message("一个文件里有两份内容，或者末尾多了东西"),
        Message("每个文件只写一份，删去 ---"),
    ),
    (r"directive|version", Message("% 开头的文字没有加引号"), Message("整段文字加引号")),
)
"""Pattern of the parser's own words → what it means, what to do."""
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def explain(error: yaml.YAMLError, path: str, text: str) -> Problem:
    """The fault with its line, and what is to be done."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return _explain_character(path, text)
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    said = f"{error.problem or ''} {error.context or ''}"
    what, hint = next(
        ((w, h) for pattern, w, h in _REASONS if re.search(pattern, error.problem or "")), _ELSE
    )
    if (what, hint) == _ELSE:
        what, hint = next(((w, h) for pattern, w, h in _REASONS if re.search(pattern, said)), _ELSE)
    start = error.context_mark.line + 1 if error.context_mark else line
    told = Message("不是合格的 YAML，读到第{column}列：{reason}", column=column, reason=what)
    if start < line:
        told = Message("{what}（从第{line}行开始）", what=told, line=start)
    return Problem(place=Place(file=path, line=line), what=told, hint=hint)


def _explain_character(path: str, text: str) -> Problem:
    found = _FORBIDDEN.search(text)
    line = text.count("\n", 0, found.start()) + 1 if found else 1
    what = Message("有 YAML 不允许的字符")
    if found:
        what = Message("有 YAML 不允许的字符（{code}）", code=f"U+{ord(found[0]):04X}")
    place = Place(file=path, line=line)
    return Problem(place=place, what=what, hint=Message("删去该字符后重试"))
