"""The single-file edition of a district: its pages' contents in one page that needs nothing beside it.

The contents are printed for this edition, without what only makes sense on a page of its own. Each becomes a
section: its ids get the section's name in front, its headings stand two levels lower, its links to pages in
the file lead to their sections, and other pages are named without a link.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from markupsafe import Markup

from generator.figures import DistrictReport, Overview, Report
from generator.model import addresses
from generator.site.editions.markup_copy import Attributes, copy_markup
from generator.site.finished_page import find_anchors
from generator.site.rendering import Renderer, tidy
from generator.site.views import Page, SiteView, make_frame
from generator.site.views.single_page import Chapter, Section, make_single_page
from generator.wording import Words, format_task_number

_REFERENCES = ("id", "for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "headers")
_LINKS = ("href", "xlink:href")
_OUTSIDE = ("http:", "https:", "tel:", "mailto:", "data:")
_LOWER = {f"h{level}": f"h{min(level + 2, 6)}" for level in range(1, 6)}
_BEGIN = (
    "window.taizhangSearch=function(name,value){window.taizhangSearch.parts[name]=value};"
    "window.taizhangSearch.parts={};"
)


def make_single_file(
    report: Report,
    words: Words,
    pages: Iterable[Page],
    files: Mapping[str, bytes],
    *,
    renderer: Renderer,
    view: SiteView,
) -> dict[str, bytes]:
    """The single-file edition of the report's only district: site path → page; nothing without a table.

    pages: the district's. files: its offline site, of which the style sheet and the search index are taken.
    view: of the profile for single files.
    """
    each = report.districts[0]
    overview = each.newest
    if overview is None:
        return {}
    chapters = _plan_chapters(each, overview, words)
    anchors = {path: anchor for _, _, sections in chapters for path, anchor, _ in sections}
    contents = renderer.render_contents((page for page in pages if page.url in anchors), view)
    index = (data for path, data in sorted(files.items()) if path.startswith("search/"))
    scripts = (*index, renderer.templates["static/search.js"])
    page = make_single_page(
        make_frame(report, words),
        each,
        overview,
        style=_inside(files["static/site.css"]),
        chapters=tuple(
            Chapter(
                anchor=f"chapter-{name}",
                title=words(f"publish.single.{name}"),
                contents=is_listed,
                sections=tuple(
                    Section(anchor=anchor, title=title, body=_make_section(path, contents[path], anchors))
                    for path, anchor, title in sections
                ),
            )
            for name, is_listed, sections in chapters
        ),
        scripts=(_inside(_BEGIN.encode()), *map(_inside, scripts)),
    )
    return renderer.render_document(page, view)


def _inside(data: bytes) -> Markup:
    """A style sheet or script as the page will carry it to the letter: its policy names it by its hash."""
    return Markup(tidy(data.decode("utf-8")))


def _plan_chapters(
    each: DistrictReport, overview: Overview, words: Words
) -> list[tuple[str, bool, list[tuple[str, str, str]]]]:
    """Chapters: name, whether they list their sections, and (path, anchor, title) of each section."""
    district = each.district
    tasks = [
        (addresses.task_url(t.task.id), t.task.id, f"{format_task_number(t.task, words)} {t.task.title}")
        for t in overview.tasks
    ]
    departments = [
        (
            addresses.department_url(district.id, load.department.slug),
            load.department.slug,
            load.department.name,
        )
        for load in overview.departments
    ]
    home = (addresses.district_url(district.id), "overview", words("publish.single.overview"))
    method = (addresses.METHOD, "method", words("publish.single.method"))
    return [
        ("overview", False, [home]),
        ("tasks", True, tasks),
        ("departments", True, departments),
        ("method", False, [method]),
    ]


def _make_section(path: str, content: Markup, anchors: Mapping[str, str]) -> Markup:
    """The content of the page at ``path`` as a section of the file.

    anchors: site path of every page in the file → name of its section.
    """
    name, own = anchors[path], find_anchors(content)

    def prefix(value: str) -> str:
        return " ".join(f"{name}--{one}" if one in own else one for one in value.split())

    def lead(address: str) -> str | None:
        """An anchor of this file; None when the page is not in it."""
        if address.startswith(_OUTSIDE):
            return address
        target, _, fragment = address.partition("#")
        fragment = "" if "=" in fragment else fragment  # a list's filter, kept in the address
        if not target and fragment:
            return f"#{prefix(fragment)}"
        page = (
            posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(target))) if target else path
        )
        if page not in anchors:
            return None
        return f"#{anchors[page]}--{fragment}" if fragment else f"#{anchors[page]}"

    def change(tag: str, found: Attributes) -> Attributes:
        changed = {k: prefix(v) if k in _REFERENCES and v else v for k, v in found.items()}
        links = {key: lead(changed[key] or "") for key in _LINKS if key in changed}
        changed |= links
        if tag == "details":
            changed.setdefault("open", None)
        return {key: value for key, value in changed.items() if key not in links or value is not None}

    return Markup(copy_markup(content, change, lambda tag: _LOWER.get(tag, tag)))
