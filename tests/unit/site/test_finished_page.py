"""A finished page read back from its HTML."""

from __future__ import annotations

import pytest

from generator.site.finished_page import find_anchors, parse_page, parse_text

PAGE = b"""<!doctype html><html><head><title> a
 b</title><link rel="canonical" href="https://x.example/"><style>p { color: red }</style></head>
<body id="top"><a name="old" href="../c%20d.html?x=1#sec%E4%B8%80">t &amp; u</a><p style="top: 0">v</p>
<svg><title>w</title><use href="#m"/></svg><form action="s.html"></form><img srcset="a.png 1x, b.png 2x">
<script>var a = '<a href="no.html">';</script><script type="module" src="m.js"></script></body></html>"""


def test_a_page_is_read() -> None:
    page = parse_page("a/b.html", PAGE)
    assert page.title == "a b"
    assert page.anchors == {"top", "old"}
    told = parse_text(PAGE)
    assert told is not None
    assert " ".join(told.text.split()) == "t & u v w"
    assert told.scripts == ("var a = '<a href=\"no.html\">';", "")
    assert told.styles == ("p { color: red }", "top: 0")
    assert told.barred == ('<script type="module" src="m.js">',)


def test_a_page_without_anything_that_rules_bar_is_not_read_again() -> None:
    assert parse_text(b'<p>a &amp; b</p><use href="#m"/>') is None


def test_links_are_resolved_from_the_page() -> None:
    links = parse_page("a/b.html", PAGE).links
    assert [(link.element, link.target, link.fragment) for link in links] == [
        ("link", None, ""),
        ("use", "a/b.html", "m"),
        ("form", "a/s.html", ""),
        ("img", "a/a.png", ""),
        ("img", "a/b.png", ""),
        ("script", "a/m.js", ""),
        ("a", "c d.html", "sec一"),
    ]
    assert links[0].rel == "canonical"


def test_a_link_counts_as_often_as_it_stands() -> None:
    data = b"<a href='x.html'>1</a><a href='x.html'>2</a><a rel='nofollow' href='x.html'>3</a>"
    links = parse_page("a.html", data).links
    assert {(link.rel, link.target): link.times for link in links} == {
        ("", "x.html"): 2,
        ("nofollow", "x.html"): 1,
    }


@pytest.mark.parametrize("data", [b"", b"<!doctype html>", b"plain"])
def test_what_is_hardly_a_page_has_nothing(data: bytes) -> None:
    assert parse_page("a.html", data).links == ()


def test_anchors_of_a_piece() -> None:
    assert find_anchors('<p id="一"><a name="b">') == {"一", "b"}
