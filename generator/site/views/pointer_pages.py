"""Addresses that were published once and have no page of their own any more: each points on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.figures import DistrictReport
from generator.model import Department, addresses
from generator.site.views.page_view import Head, Link, Page, PageKind, make_page
from generator.site.views.site_frame import Frame, make_head


@dataclass(frozen=True, slots=True, kw_only=True)
class PointerView:
    """A page that says where its content is now."""

    head: Head
    target: Link


def make_pointer_pages(frame: Frame, published: Iterable[str], pages: Iterable[Page]) -> list[Page]:
    """Pointers of offices' former names, of briefs without tasks, of whatever else was ``published``."""
    taken = {page.url for page in pages}
    found: dict[str, Page] = {}
    for district in frame.report.districts:
        for url, department in _office_addresses(district) if district.newest else ():
            if url not in taken:
                found[url] = _point_to_office(frame, district, url, department)
    by_id = {each.district.id: each for each in frame.report.districts}
    for url in published:
        if url.endswith(".html") and url not in taken and url not in found:
            found[url] = _point_home(frame, by_id.get(url.partition("/")[0]), url)
    return list(found.values())


def _office_addresses(district: DistrictReport) -> Iterator[tuple[str, Department]]:
    """Every address that an office has or had, with the office that answers there now."""
    name = district.district.id
    for department in district.district.departments:
        heir = district.district.heir(department) or department
        yield addresses.department_brief_url(name, department.slug), heir
        for slug in department.former_slugs:
            yield addresses.department_url(name, slug), heir
            yield addresses.department_brief_url(name, slug), heir


def _point_to_office(frame: Frame, district: DistrictReport, url: str, department: Department) -> Page:
    words, found = frame.words, district.district
    is_brief = url.startswith(f"{found.id}/briefs/")
    slug = url.rpartition("/")[2].removesuffix(".html")
    kind = "brief" if is_brief else "pointer"
    head = make_head(
        frame,
        url=url,
        heading=words(f"years.pointer.{kind}", name=department.name, slug=slug),
        kind=PageKind.COLUMN,
        column=words("pages.pointer.column", slug=slug),
        title_column=words("pages.department.title_column", district=found.name),
        column_type=words("pages.meta.body_type"),
        description=words("pages.pointer.text", name=department.name),
        trail=(Link(label=words("pages.tabs.departments"), url=addresses.departments_url(found.id)),),
        district=district,
        tab="departments",
    )
    target = Link(label=department.name, url=addresses.department_url(found.id, department.slug))
    return make_page("pages/pointer.html", PointerView(head=head, target=target))


def _point_home(frame: Frame, district: DistrictReport | None, url: str) -> Page:
    words = frame.words
    name = district.district.name if district else frame.config.title
    head = make_head(
        frame,
        url=url,
        heading=words("years.pointer.page", url=url),
        kind=PageKind.COLUMN,
        column=url,
        column_type=words("pages.meta.work_type"),
        description=words("pages.pointer.text", name=name),
        district=district,
    )
    home = addresses.district_url(district.district.id) if district else addresses.HOME
    return make_page("pages/pointer.html", PointerView(head=head, target=Link(label=name, url=home)))
