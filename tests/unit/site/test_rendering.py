"""Rendering: what templates see, how links come out, how failures are told."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, cast

import pytest

from generator.base.errors import RenderError
from generator.site.rendering import Renderer, make_environment, render_static, tidy
from generator.site.views import Dates, Head, Page, PageKind, SiteView
from generator.wording import Words

WORDS = Words(
    language="zh-CN", entries={"a.hello": "你好，{name}", "format.date": "{year}年{month}月{day}日"}
)


def make_head(url: str) -> Head:
    return Head(
        url=url,
        kind=PageKind.COLUMN,
        heading="题",
        title="题",
        description="",
        breadcrumb=(),
        dates=Dates(),
        meta=(),
    )


@dataclass(frozen=True)
class FakeView:
    head: Head
    text: str = "<b>"
    ratio: Fraction = field(default=Fraction(15501, 20000))


def render(template: str, url: str = "a/b/c.html", more: Mapping[str, bytes] | None = None) -> str:
    page = Page(url=url, template="pages/x.html", view=FakeView(head=make_head(url)), kind=PageKind.COLUMN)
    templates = {"base.html": b"{{ content }}", "pages/x.html": template.encode(), **(more or {})}
    site: Any = object()
    return Renderer(templates, WORDS).render_pages([page], site)[url].decode()


def test_texts_are_escaped() -> None:
    assert render("{{ page.text }}") == "&lt;b&gt;\n"


@pytest.mark.parametrize(
    ("target", "link"),
    [
        ("index.html", "../../index.html"),
        ("a/b/d.html#x", "d.html#x"),
        ("a/b/c.html#x", "#x"),
        ("https://example.org/", "https://example.org/"),
        ("tel:0531-123", "tel:0531-123"),
    ],
)
def test_links_are_relative_to_the_page(target: str, link: str) -> None:
    assert render(f"{{{{ {target!r} | link(page.head.url) }}}}") == link + "\n"


def test_words_and_machine_values_come_through_filters() -> None:
    assert render(
        "{{ 'a.hello' | word(name='甲') }} {{ page.ratio | value }} {{ page.ratio | percent }}"
    ) == ("你好，甲 0.77505 77.5%\n")


def test_a_template_sees_site_and_page_alone() -> None:
    assert set(make_environment({}, WORDS).globals) == set()


def test_an_unknown_name_is_an_error_with_template_and_line() -> None:
    with pytest.raises(RenderError) as caught:
        render("一\n二\n{{ page.gone }}")
    assert str(caught.value).startswith("templates/pages/x.html:3: ")
    assert "出错的页面：a/b/c.html" in str(caught.value)


def test_a_syntax_error_names_its_line() -> None:
    with pytest.raises(RenderError, match=r"templates/pages/x\.html:2: "):
        render("一\n{% if %}")


def test_a_value_that_a_filter_cannot_take_names_its_line() -> None:
    with pytest.raises(RenderError, match=r"x\.html:2: 这里的值不能这样用（\w+Error: "):
        render("一\n{{ page.text | percent }}")


def test_a_missing_word_names_the_template_that_asked_for_it() -> None:
    with pytest.raises(RenderError, match=r"templates/parts/m\.html:2: .*a\.gone: 词条不存在"):
        render('{% include "parts/m.html" %}', more={"parts/m.html": b"\n{{ 'a.gone' | word }}"})


def test_a_missing_template_is_named() -> None:
    with pytest.raises(RenderError, match=r"没有模板 parts/gone\.html"):
        render('{% include "parts/gone.html" %}')


def test_problems_of_all_pages_are_told_at_once() -> None:
    pages = [
        Page(url=url, template=template, view=FakeView(head=make_head(url)), kind=PageKind.COLUMN)
        for url, template in (("a.html", "x.html"), ("b.html", "y.html"))
    ]
    site: Any = object()
    renderer = Renderer({"x.html": b"{{ gone }}", "y.html": b"{{ page.lost }}"}, WORDS)
    with pytest.raises(RenderError) as caught:
        renderer.render_pages(pages, site)
    assert len(caught.value.problems) == 2
    assert isinstance(caught.value.__cause__, ExceptionGroup)
    assert len(caught.value.__cause__.exceptions) == 2


def test_a_fault_of_our_own_code_keeps_its_traceback() -> None:
    with pytest.raises(RenderError) as caught:
        render("{{ page.text | date }}")
    cause = caught.value.__cause__
    assert isinstance(cause, AttributeError)
    frames = [frame.name for frame in traceback.extract_tb(cause.__traceback__)]
    assert frames[-1] == "format_date"


@dataclass(frozen=True)
class FakeSite:
    profile: str
    shared: str = "s"


def test_content_is_printed_once_for_profiles_that_it_does_not_ask_for() -> None:
    pages = [
        Page(
            url=f"{name}.html",
            template=f"{name}.html",
            view=FakeView(head=make_head(f"{name}.html")),
            kind=PageKind.COLUMN,
        )
        for name in ("same", "other")
    ]
    templates = {
        "base.html": b"{{ site.profile }}: {{ content }}",
        "same.html": b"{{ site.shared }}",
        "other.html": b"{{ site.profile }}",
    }
    renderer = Renderer(templates, WORDS)
    online, offline = (cast(SiteView, FakeSite(profile)) for profile in ("online", "offline"))
    first, second = renderer.render_contents(pages, online), renderer.render_contents(pages, offline)
    assert first["same.html"] is second["same.html"]
    assert (first["other.html"], second["other.html"]) == ("online\n", "offline\n")
    assert renderer.render_pages(pages, offline)["same.html"] == b"offline: s\n"


def test_a_document_is_printed_without_the_frame() -> None:
    page = Page(
        url="a.html", template="x.html", view=FakeView(head=make_head("a.html")), kind=PageKind.COLUMN
    )
    renderer = Renderer({"base.html": b"frame", "x.html": b"<p>{{ page.text }}"}, WORDS)
    assert renderer.render_document(page, cast(SiteView, FakeSite("single"))) == {"a.html": b"<p>&lt;b&gt;\n"}


def test_indents_and_blank_lines_go_but_nothing_inside_a_line() -> None:
    assert tidy("  <p>a  b</p>\n\n\t<i>&#10; c</i> \n") == "<p>a  b</p>\n<i>&#10; c</i>\n"


def test_styles_and_scripts_are_joined_in_the_order_of_their_names() -> None:
    files = {
        "static/css/20-b.css": b"b",
        "static/css/10-a.css": b"a",
        "static/js/10-c.js": b"c",
        "static/own.js": b"own",
        "static/own.css": b"own",
        "base.html": b"not static",
    }
    assert render_static(files, ":root{}") == {
        "static/own.css": b"own",
        "static/own.js": b"own",
        "static/site.css": b"a\nb\n:root{}",
        "static/site.js": b"c",
    }
