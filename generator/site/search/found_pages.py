"""What search finds beside tasks: departments, places, and the site's own pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from generator.figures import DistrictReport, Report, make_findings
from generator.model import Department, District, addresses
from generator.site.named_places import NamedPlace, find_district_places
from generator.site.received import find_tables
from generator.site.task_groups import GroupAxis, find_task_groups
from generator.wording import Words, format_period

_MOST_PHONES = 3
_ON_OVERVIEW = frozenset({"overview", "unreported", "unmeasured", "kept"})


class PageSort(StrEnum):
    """What sort of page it is."""

    DEPARTMENT = "department"
    PLACE = "place"
    GROUP = "group"
    """Tasks of one leader in charge or of one section."""
    PAGE = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPage:
    """A page that a query finds by its names."""

    sort: PageSort
    district: int
    """NamedPlace of its district in the site's order; -1 for pages of the whole site."""
    names: tuple[str, ...]
    """What it is called; the first is shown."""
    url: str
    """Site path."""
    anchor: str = ""
    """Its section in the single-file edition; empty where it has none."""
    facts: str = ""
    """What is said of it in a line."""
    phones: str = ""
    """Whom to call."""
    tasks: frozenset[str] = frozenset()
    """Ids of the tasks that name it: who asks for the page is answered with them too."""

    @property
    def order(self) -> tuple[bool, int]:
        """By district, pages of the whole site last."""
        return (self.district < 0, self.district)


def list_pages(report: Report, words: Words) -> Iterator[FoundPage]:
    """Every page that follows from the report alone."""
    for place, district in enumerate(report.districts):
        for department in district.district.departments:
            yield _make_department(place, district.district, department, words)
        yield from _list_own(place, district, words)
        yield from _list_groups(place, district, words, names=not report.site.config.mask_names)
        yield from (
            _make_place(place, district.district, found, words) for found in find_district_places(district)
        )
    yield from _list_common(report, words)


def _make_department(place: int, district: District, department: Department, words: Words) -> FoundPage:
    own = [task for task in district.tasks if any(a.name == department.name for a in task.departments)]
    names = (department.name, *department.aliases)
    offices = {c.office: c.phones for task in own for c in task.contacts if c.office.startswith(names)}
    phones = [" ".join(department.phones), *(f"{office} {' '.join(n)}" for office, n in offices.items())]
    return FoundPage(
        sort=PageSort.DEPARTMENT,
        district=place,
        names=names,
        url=addresses.department_url(district.id, department.slug),
        anchor=department.slug,
        facts=f"{district.name} · {words('search.script.department_tasks', n=len(own))}",
        phones="；".join([phone for phone in phones if phone][:_MOST_PHONES]),
        tasks=frozenset(task.id for task in own),
    )


def _make_place(place: int, district: District, found: NamedPlace, words: Words) -> FoundPage:
    tasks = frozenset(mention.task.id for mention in found.mentions)
    said = words("search.script.department_tasks", n=len(tasks))
    return FoundPage(
        sort=PageSort.PLACE,
        district=place,
        names=(found.name,),
        url=addresses.place_url(district.id, found.slug),
        facts=f"{district.name} · {words(f'places.kind.{found.kind}')} · {said}",
        tasks=tasks,
    )


def _list_groups(place: int, district: DistrictReport, words: Words, *, names: bool) -> Iterator[FoundPage]:
    """Leaders in charge and sections of the newest period. names: whether persons may be named."""
    for axis, groups in find_task_groups(district, names=names).items():
        for group in groups if axis is not GroupAxis.STANDINGS else ():
            said = words("search.script.department_tasks", n=len(group.tasks))
            yield FoundPage(
                sort=PageSort.GROUP,
                district=place,
                names=(group.name,),
                url=addresses.group_url(district.district.id, axis, group.slug),
                facts=f"{district.district.name} · {words(f'groups.axis.{axis}')} · {said}",
                tasks=frozenset(figures.task.id for figures in group.tasks),
            )


def _list_own(place: int, district: DistrictReport, words: Words) -> Iterator[FoundPage]:
    name = district.district.name
    for key, url in _find_own(district):
        label = words(f"search.own.{key}.name")
        yield FoundPage(
            sort=PageSort.PAGE,
            district=place,
            names=(f"{name}{label}", *words(f"search.own.{key}.asked").split()),
            url=url,
            anchor="overview" if key in _ON_OVERVIEW else "",
        )
    found, overviews = district.district.id, district.overviews
    dated = [
        (addresses.period_url(found, each.period), format_period(each.period, words)) for each in overviews
    ]
    years = sorted({each.period.year for each in overviews}, reverse=True)
    dated += [(addresses.year_url(found, year), words("years.year", year=year)) for year in years]
    for url, label in dated:
        names = (f"{name}{label}", *words("search.own.period.asked").split())
        yield FoundPage(sort=PageSort.PAGE, district=place, names=names, url=url)


def _find_own(district: DistrictReport) -> Iterator[tuple[str, str]]:
    """A district's own pages and lists that have something to show: (key, address)."""
    found, overview = district.district.id, addresses.district_url(district.district.id)
    yield "overview", overview
    if district.newest is None:
        return
    lists = make_findings(district.newest.tasks)
    is_shown = {
        "unreported": lists.unreported,
        "unmeasured": lists.unmeasured,
        "kept": lists.kept,
    }
    yield from ((key, f"{overview}#{key}") for key, rows in is_shown.items() if rows)
    yield "departments", addresses.departments_url(found)
    yield "changes", addresses.changes_url(found, district.newest.period)
    yield "brief", addresses.brief_url(found)
    if find_district_places(district):
        yield "places", addresses.places_url(found)
    if any(result.step.due for results in district.steps.values() for result in results):
        yield "calendar", addresses.calendar_url(found)
    if len(district.overviews) > 1:
        yield "ledger", addresses.ledger_url(found)
    yield "standings", addresses.groups_url(found, GroupAxis.STANDINGS)
    if any(table.period == district.newest.period for table in find_tables(district.district)):
        yield "received", addresses.source_url(found, district.newest.period)
    yield "corrections", addresses.corrections_url(found)


def _list_common(report: Report, words: Words) -> Iterator[FoundPage]:
    names = {
        addresses.METHOD: "method",
        addresses.DATA: "data",
        addresses.ACCESSIBILITY: "accessibility",
        addresses.SITEMAP: "sitemap",
    }
    if len(report.districts) > 1:
        names[addresses.COMPARE] = "compare"
    for url, key in names.items():
        called = (words(f"pages.nav.{key}"), *words(f"search.own.{key}.asked").split())
        yield FoundPage(sort=PageSort.PAGE, district=-1, names=called, url=url)
