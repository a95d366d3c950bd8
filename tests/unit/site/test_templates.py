"""Templates against the views: every field that a template reads is there, every field of a view is read."""

from __future__ import annotations

from functools import cache
from typing import Any

import jinja2
import pytest

from generator.app import conductors, inspection
from generator.base import disk
from generator.figures import make_report
from generator.site.feeds import Feed
from generator.site.received import read_received
from generator.site.rendering import make_environment
from generator.site.sitemap import MappedPage
from generator.site.views import SiteView, make_pages
from generator.site.views.data_page import DataView
from generator.site.views.page_view import View
from generator.site.views.place_pages import PlacesView, PlaceView
from generator.site.views.pointer_pages import PointerView
from generator.site.views.single_page import SingleView
from generator.wording import make_words
from tests.paths import SAMPLE, TEMPLATES
from tests.unit.site.template_reads import TemplateReads, reached, vars_of

LONGEST = 140
FRAME = "base.html"
APART = {
    "pages/data.html": DataView,
    "pages/place.html": PlaceView,
    "pages/places.html": PlacesView,
    "pages/pointer.html": PointerView,
    "pages/single.html": SingleView,
}
"""Pages planned when the others are finished, and those that the invented district has not."""
VIEWS = ("generator.site.views", Feed.__module__, MappedPage.__module__)
READ_BY_CODE = {
    *("BriefBody.lines", "BriefChange.lines", "BriefLine.lines", "BriefTask.lines"),  # what fits on the sheet
    *("DepartmentRow.kind", "DepartmentRow.slug"),  # groups of the directory, options of the filters
    "Head.description",  # the meta tags
    "FeedEntry.date",  # the order of the feed
    *("DataFile.sha256", "DataFile.size", "QualityLine.key"),  # the data catalogue
}
"""Fields that other code reads of a view, and no template."""


@cache
def view_kinds() -> dict[str, type]:
    """Template of each page → class of its view, as the invented district's pages have it."""
    site = inspection.read_site(SAMPLE)[0]
    templates = disk.read_program_templates()
    received = {
        key: file
        for district in site.districts
        for key, file in read_received(site, conductors.read_tables(SAMPLE, district)).items()
        if file.district == district.id
    }
    pages = make_pages(make_report(site), {}, make_words(templates, language="zh-CN"), received)
    kinds: dict[str, type] = {page.template: type(page.view) for page in pages}
    return kinds | APART


@cache
def followed() -> TemplateReads:
    """All templates followed with the classes of their views."""
    templates = disk.read_program_templates()
    reads = TemplateReads(make_environment(templates, make_words(templates, language="zh-CN")))
    for template, view in view_kinds().items():
        reads.follow(template, {"site": SiteView, "page": view})
    reads.follow(FRAME, {"site": SiteView, "page": View, "content": str})
    reads.follow("feed.xml", {"feed": Feed})
    reads.follow("sitemap.xml", {"pages": tuple[MappedPage, ...]})
    return reads


def test_every_template_is_read_by_a_page() -> None:
    files = {
        path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.*ml") if path.suffix != ".yaml"
    }
    assert followed().followed == files


def test_templates_read_nothing_that_no_view_has() -> None:
    assert sorted(followed().faults) == []


def test_every_field_of_a_view_is_read() -> None:
    roots = (SiteView, *view_kinds().values(), Feed, MappedPage)
    views = [kind for kind in reached(roots) if kind.__module__.startswith(VIEWS)]
    assert len(views) > 40
    unread = {
        f"{kind.__name__}.{name}"
        for kind in views
        for name in vars_of(kind)
        if (kind, name) not in followed().reads
    }
    assert unread == READ_BY_CODE


CASES = {
    "a field of no view": ("{{ page.head.gone }}", "has no gone"),
    "in a loop": ("{% for link in page.head.breadcrumb %}{{ link.gone }}{% endfor %}", "Link has no gone"),
    "in a branch that is never taken": ("{% if false %}{{ page.gone }}{% endif %}", "has no gone"),
    "in a macro": ("{% macro m(x) %}{{ x.gone }}{% endmacro %}{{ m(page.head.dates) }}", "Dates has no gone"),
    "a name that nothing binds": ("{{ gone }}", "no name gone"),
    "a macro with a wrong argument": ("{% macro m(x) %}{% endmacro %}{{ m(y=1) }}", "m takes"),
    "a macro that is not there": ("{% from 'm.html' import gone %}", "m.html has no gone"),
}


@pytest.mark.parametrize("name", CASES)
def test_the_follower_finds(name: str) -> None:
    text, fault = CASES[name]
    loader: Any = jinja2.DictLoader({"x.html": text, "m.html": "{% macro m() %}{% endmacro %}"})
    reads = TemplateReads(jinja2.Environment(loader=loader))
    reads.follow("x.html", {"page": View})
    assert any(fault in each for each in reads.faults), reads.faults


def test_lines_of_templates_can_be_read_in_a_diff() -> None:
    long = [
        f"{path.relative_to(TEMPLATES)}:{number}"
        for path in TEMPLATES.rglob("*.html")
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1)
        if len(line) > LONGEST
    ]
    assert long == []


def test_imported_macros_take_what_they_need_as_arguments() -> None:
    assert [
        p.name for p in TEMPLATES.rglob("*.html") if "with context" in p.read_text(encoding="utf-8")
    ] == []
