"""Site paths, and the relative link from page to page. Every address of the site is made here."""

from __future__ import annotations

import posixpath
from functools import lru_cache

from generator.base.paths import parse_task_id
from generator.model import Period

HOME = "index.html"
COMPARE = "compare.html"
SEARCH = "search.html"
METHOD = "method.html"
SITEMAP = "sitemap.html"
ACCESSIBILITY = "accessibility.html"
NOT_FOUND = "404.html"
DATA = "data/index.html"


def district_url(district_id: str) -> str:
    """Overview of the newest period."""
    return f"{district_id}/index.html"


def period_url(district_id: str, period: Period) -> str:
    """Frozen overview of one period."""
    return f"{district_id}/{period}.html"


def changes_url(district_id: str, period: Period) -> str:
    """What changed since the period before."""
    return f"{district_id}/changes/{period}.html"


def source_url(district_id: str, period: Period, number: int = 1, part: int = 1) -> str:
    """A received table; ``number`` counts the tables of a period, ``part`` the pages of a long one."""
    several = f"-{number}" if number > 1 else ""
    return f"{district_id}/sources/{period}{several}{f'-p{part}' if part > 1 else ''}.html"


def period_data_url(district_id: str, period: Period) -> str:
    """The canonical data of a published period, whose checksum its overview prints."""
    return f"data/periods/{district_id}-{period}.json"


def corrections_url(district_id: str) -> str:
    """Later changes to published periods."""
    return f"{district_id}/corrections.html"


def calendar_url(district_id: str) -> str:
    """The dates that next steps name."""
    return f"{district_id}/calendar/index.html"


def calendar_file_url(district_id: str) -> str:
    """The same for calendar programs."""
    return f"{district_id}/calendar/{district_id}.ics"


def groups_url(district_id: str, axis: str) -> str:
    """Tasks by ``axis``: leaders, sections, standings."""
    return f"{district_id}/{axis}/index.html"


def group_url(district_id: str, axis: str, slug: str) -> str:
    """One group of an axis."""
    return f"{district_id}/{axis}/{slug}.html"


def ledger_url(district_id: str) -> str:
    """Who reported in which period."""
    return f"{district_id}/ledger.html"


def year_url(district_id: str, year: int) -> str:
    """What became of a year's promises."""
    return f"{district_id}/years/{year}.html"


def term_url(district_id: str, first: int, last: int) -> str:
    """What became of the promises of a term of office."""
    return f"{district_id}/terms/{first}-{last}.html"


def task_url(task_id: str) -> str:
    """Page of one task: ``shizhong-2025-093`` is shizhong/tasks/2025-093.html."""
    key = parse_task_id(task_id)
    return f"{key.district}/tasks/{key.year}-{key.digits}.html"


def departments_url(district_id: str) -> str:
    """Department directory."""
    return f"{district_id}/departments/index.html"


def department_url(district_id: str, slug: str) -> str:
    """One department."""
    return f"{district_id}/departments/{slug}.html"


def places_url(district_id: str) -> str:
    """Places that the texts name."""
    return f"{district_id}/places/index.html"


def place_url(district_id: str, slug: str) -> str:
    """One place."""
    return f"{district_id}/places/{slug}.html"


def brief_url(district_id: str) -> str:
    """The leaders' brief of the newest period."""
    return f"{district_id}/brief.html"


def district_sitemap_url(district_id: str) -> str:
    """Every page of a district, and its tasks by section and department."""
    return f"{district_id}/sitemap.html"


def department_brief_url(district_id: str, slug: str) -> str:
    """One department's brief, one page."""
    return f"{district_id}/briefs/{slug}.html"


def bundle_url(name: str, period: Period) -> str:
    """Offline zip; ``name`` is a district's id, or ``all``."""
    return f"offline/{name}-{period}.zip"


def single_url(district_id: str, period: Period) -> str:
    """Single-file edition of a district."""
    return f"offline/{district_id}-{period}.html"


def overview_chart(district_id: str, period: Period, kind: str) -> str:
    """Chart of a whole district; ``kind`` is standing, targets, distribution or departments.

    A chart's name is the path of its downloads without suffix: ``shizhong/charts/2025Q2-standing``.
    """
    return f"{district_id}/charts/{period}-{kind}"


def department_chart(district_id: str, slug: str, period: Period) -> str:
    """Chart of the targets of one department."""
    return f"{district_id}/charts/{period}-department-{slug}"


def history_chart(task_id: str, target_id: str) -> str:
    """Chart of one target over the periods: ``shizhong/charts/2025-093-t1``."""
    key = parse_task_id(task_id)
    return f"{key.district}/charts/{key.year}-{key.digits}-{target_id}"


def compare_url(key: str) -> str:
    """compare/<measure>.html, where all measures together are too many for one page."""
    return f"compare/{key}.html"


def compare_chart(measure_key: str) -> str:
    """Chart of one measure in several districts."""
    return f"charts/{measure_key}"


def feed_url(district_id: str | None = None) -> str:
    """Atom feed of a district, or of all."""
    return f"{district_id}/feed.xml" if district_id else "feed.xml"


def own_feed_url(page_url: str) -> str:
    """Atom feed of what one page is about, beside it: ``shizhong/tasks/2025-093.xml``."""
    return f"{page_url.removesuffix('.html')}.xml"


def relative_url(source: str, target: str) -> str:
    """Relative link from the page at ``source`` to ``target`` (which may carry a #fragment)."""
    path, mark, fragment = target.partition("#")
    if mark and path == source:
        return f"#{fragment}"
    folder, _, name = path.rpartition("/")
    return f"{_find_way(source.rpartition('/')[0], folder)}{name}{mark}{fragment}"


@lru_cache(maxsize=1 << 12)
def _find_way(source: str, target: str) -> str:
    """From folder to folder: ``("a/tasks", "a/departments")`` → ``../departments/``."""
    way = posixpath.relpath(target or ".", source or ".")
    return "" if way == "." else f"{way}/"
