"""The single-file edition of a district: its finished pages joined into one that needs nothing beside it.

Every page's content becomes a section. Ids get the section's name in front, links between the pages become
anchors, what only makes sense on its own page (breadcrumb, tools, filters, downloads) is left out.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from urllib.parse import unquote

from markupsafe import Markup

from generator.figures import DistrictReport, Overview, Report
from generator.model import addresses
from generator.site import rendering
from generator.site.editions.offline_bundle import mark_outside
from generator.site.views import SiteView, make_frame
from generator.site.views.single_page import Chapter, Section, make_single_page
from generator.wording import Words, format_task_number

_MAIN = re.compile(r"<main\b[^>]*>(.*)</main>", re.S)
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")
_SKIPPED = re.compile(
    r"""\sclass="(?:crumbs|tabs|jump|dates|periods|around|tools|downloads|filters|record)\b|\sdata-needs-script\b"""
    r"""|\sdownload\b|\sdata-search\b|\sclass="chart-spec\b"""
)
_SKIPPED_TAGS = frozenset({"script", "noscript", "form"})
_VOID = frozenset({"input", "br", "wbr", "img", "hr", "meta", "link", "col", "source"})
_IDS = re.compile(
    r'(\s(?:id|for|aria-labelledby|aria-describedby|aria-controls|aria-owns|headers|list)=")([^"]*)"'
)
_HREF = re.compile(r'(\s(?:xlink:)?href=")([^"]*)"')
_OUTSIDE = re.compile(r"(?:https?:|tel:|mailto:|data:)")
_BEGIN = (
    "window.taizhangSearch=function(name,value){window.taizhangSearch.parts[name]=value};"
    "window.taizhangSearch.parts={};"
)


def make_single_file(
    report: Report,
    words: Words,
    rendered: Mapping[str, bytes],
    search: Mapping[str, bytes],
    *,
    press: rendering.Press,
    view: SiteView,
) -> dict[str, bytes]:
    """The single-file edition of the report's only district: site path → page; nothing without a table.

    rendered: the district's pages and static files, of the profile for single files. search: the parts of its
    search index.
    """
    each = report.districts[0]
    overview = each.newest
    if overview is None:
        return {}
    plan = _plan_sections(each, overview, words)
    anchors = {path: anchor for _, _, sections in plan for path, anchor, _ in sections if path in rendered}
    chapters = tuple(
        Chapter(
            anchor=f"chapter-{name}",
            title=words(f"publish.single.{name}"),
            contents=contents,
            sections=tuple(
                Section(anchor=anchor, title=title, body=_make_body(path, rendered, anchors))
                for path, anchor, title in sections
                if path in rendered
            ),
        )
        for name, contents, sections in plan
    )
    script = press.templates["static/search.js"].decode("utf-8")
    parts = [data.decode("utf-8") for _, data in sorted(search.items())]
    style = rendered["static/site.css"].decode("utf-8")
    page = make_single_page(
        make_frame(report, words),
        each,
        overview,
        style=Markup(style),
        chapters=chapters,
        scripts=tuple(Markup(text) for text in (_BEGIN, *parts, script)),
    )
    files = rendering.render_pages([page], press, view)
    return {path: mark_outside(data, words) for path, data in files.items()}


def _plan_sections(
    each: DistrictReport, overview: Overview, words: Words
) -> list[tuple[str, bool, list[tuple[str, str, str]]]]:
    """Chapters: name, whether they list their sections, and (path, anchor, title) of each section."""
    district = each.district
    tasks = [
        (addresses.task_url(t.task.id), t.task.id, f"{format_task_number(t.task, words)} {t.task.title}")
        for t in overview.tasks
    ]
    bodies = [
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
        ("departments", True, bodies),
        ("method", False, [method]),
    ]


def _make_body(path: str, rendered: Mapping[str, bytes], anchors: Mapping[str, str]) -> Markup:
    """A page's content as a section of the file."""
    match = _MAIN.search(rendered[path].decode("utf-8"))
    text = _cut_skipped(match[1] if match else "")
    own = set(re.findall(r'\sid="([^"]*)"', text))
    anchor = anchors[path]
    return Markup(_TAG.sub(lambda tag: _rewrite_tag(tag, path, anchor, own, anchors), text))


def _cut_skipped(text: str) -> str:
    """The text without the elements that only make sense on a page of their own."""
    out: list[str] = []
    at = 0
    for tag in _TAG.finditer(text):
        if tag.start() < at or tag[1]:
            continue
        name = tag[2].lower()
        if name in _SKIPPED_TAGS or _SKIPPED.search(tag[3]):
            out.append(text[at : tag.start()])
            at = _find_end(text, tag)
    out.append(text[at:])
    return "".join(out)


def _find_end(text: str, opening: re.Match[str]) -> int:
    """Offset behind the element that begins with ``opening``."""
    name = opening[2].lower()
    if name in _VOID or opening[3].endswith("/"):
        return opening.end()
    depth = 1
    for tag in re.finditer(rf"<(/?){name}\b[^>]*>", text[opening.end() :], re.I):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return opening.end() + tag.end()
    return len(text)


def _rewrite_tag(
    tag: re.Match[str], path: str, anchor: str, own: set[str], anchors: Mapping[str, str]
) -> str:
    """One tag with its heading a level lower, its ids prefixed, its links turned into anchors."""
    slash, name, rest = tag[1], tag[2], tag[3]
    if len(name) == 2 and name[0] == "h" and name[1] in "12345":
        name = f"h{min(int(name[1]) + 2, 6)}"
    if not rest:
        return f"<{slash}{name}>"
    if name == "details" and "open" not in rest.split():
        rest += " open"
    rest = _IDS.sub(lambda found: f'{found[1]}{_prefix_ids(found[2], anchor, own)}"', rest)
    rest = _HREF.sub(lambda found: _rewrite_href(found, path, anchor, own, anchors), rest)
    return f"<{slash}{name}{rest}>"


def _prefix_ids(value: str, anchor: str, own: set[str]) -> str:
    return " ".join(f"{anchor}--{one}" if one in own else one for one in value.split())


def _rewrite_href(
    found: re.Match[str], path: str, anchor: str, own: set[str], anchors: Mapping[str, str]
) -> str:
    """The attribute with an anchor of this file; without an address when the page is not in it."""
    value = found[2]
    if _OUTSIDE.match(value):
        return found[0]
    address, _, fragment = value.partition("#")
    if not address and fragment and "=" not in fragment:
        return f'{found[1]}#{_prefix_ids(fragment, anchor, own)}"'
    target = (
        posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(address))) if address else path
    )
    if target not in anchors:
        return ""
    place = anchors[target]
    return f'{found[1]}#{place}--{fragment}"' if fragment and "=" not in fragment else f'{found[1]}#{place}"'
