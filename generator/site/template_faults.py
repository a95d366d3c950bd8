"""What Jinja says of a template that it cannot print, in words for people, with its own words in brackets."""

from __future__ import annotations

import re

from generator.base.messages import Message, restore

_ELSE = Message("模板的写法 Jinja 读不懂")
_REASONS = (
    (r"'(?P<name>[^']+)' is undefined", Message("没有叫 {name} 的变量")),
    (r"does not export the requested name '(?P<name>[^']+)'", Message("引入的模板里没有 {name}")),
    (r"has no (?:attribute|element) '?(?P<name>[^']+)'?", Message("没有 {name} 这一项")),
    (r"No filter named '(?P<name>[^']+)'", Message("没有叫 {name} 的过滤器")),
    (r"No test named '(?P<name>[^']+)'", Message("没有叫 {name} 的判断")),
    (
        r"unknown tag '(?P<tag>[^']+)'.* that needs to be closed is '(?P<block>[^']+)'",
        Message("这里不能写标签 {tag}：还没有结束的块是 {block}"),
    ),
    (r"unknown tag '(?P<tag>[^']+)'", Message("这里不能写标签 {tag}")),
    (
        r"end of template.* needs to be closed is '(?P<block>[^']+)'",
        Message("到模板末尾，{block} 块还没有结束"),
    ),
    (r"[Uu]nexpected end of template", Message("到模板末尾还没有写完")),
    (r"Missing end of comment", Message("注释没有结束")),
    (
        r"expected token '(?P<wanted>[^']+)', got '(?P<found>[^']+)'",
        Message("这里应是 {wanted}，写的却是 {found}"),
    ),
    (r"Expected an expression, got '(?P<found>[^']+)'", Message("这里缺一个值，写的却是 {found}")),
    (r"unexpected (?:char )?(['\"])(?P<found>.+?)\1", Message("这里不能写 {found}")),
    (r"block '(?P<name>[^']+)' defined twice", Message("块 {name} 写了两次")),
)
"""Pattern → what is wrong; the pattern's groups are the message's values."""
_TOKENS = {
    "begin of print statement": "{{",
    "end of print statement": "}}",
    "begin of statement block": "{%",
    "end of statement block": "%}",
    "end of template": Message("模板末尾"),
    "name": Message("名称"),
}
"""What Jinja calls a piece of a template → how it is written."""


def explain_template(original: str) -> Message:
    """``'haed' is undefined`` → 没有叫 haed 的变量（Jinja：'haed' is undefined）."""
    said = original.rstrip(".")
    for pattern, what in _REASONS:
        if match := re.search(pattern, original, re.DOTALL):
            values = {name: _TOKENS.get(value, value) for name, value in match.groupdict().items()}
            return Message("{what}（Jinja：{said}）", what=restore(what.template, values), said=said)
    return Message("{what}（Jinja：{said}）", what=_ELSE, said=said)
