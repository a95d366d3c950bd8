"""What Jinja refuses is told in words for people: every case is a template that Jinja itself refuses."""

from __future__ import annotations

import jinja2
import pytest

from generator.site.template_faults import explain_template

FAULTS = {
    "{{ haed }}": "没有叫 haed 的变量",
    "{{ 'x'.haed }}": "没有 haed 这一项",
    "{{ [1][5] }}": "没有 5 这一项",
    "{{ 'x' | wrod }}": "没有叫 wrod 的过滤器",
    "{% if 'x' is gone %}{% endif %}": "没有叫 gone 的判断",
    "{% for a in 'b' %}": "到模板末尾，for 块还没有结束",
    "{% for a in 'b' %}{% endif %}": "这里不能写标签 endif：还没有结束的块是 for",
    "{% foo %}": "这里不能写标签 foo",
    "{{ a": "到模板末尾还没有写完",
    "{# a": "注释没有结束",
    "{% if %}x{% endif %}": "这里缺一个值，写的却是 %}",
    "{{ }}": "这里缺一个值，写的却是 }}",
    "{{ a b }}": "这里应是 }}，写的却是 b",
    "{% block 5 %}": "这里应是 名称，写的却是 integer",
    "{{ ) }}": "这里不能写 )",
    "{{ ? }}": "这里不能写 ?",
    "{{ a['b": "这里不能写 '",
    "{% block a %}{% endblock %}{% block a %}{% endblock %}": "块 a 写了两次",
    "{% from 'm.html' import gone %}{{ gone() }}": "引入的模板里没有 gone",
    "{% set 1 = 2 %}": "模板的写法 Jinja 读不懂",
}


@pytest.mark.parametrize(("template", "told"), FAULTS.items())
def test_a_fault_is_told_in_words_with_those_of_jinja_in_brackets(template: str, told: str) -> None:
    environment = jinja2.Environment(
        loader=jinja2.DictLoader({"m.html": ""}), undefined=jinja2.StrictUndefined, autoescape=True
    )
    with pytest.raises(jinja2.TemplateError) as caught:
        environment.from_string(template).render()
    original = caught.value.message or ""
    assert explain_template(original) == f"{told}（Jinja：{original.rstrip('.')}）"
