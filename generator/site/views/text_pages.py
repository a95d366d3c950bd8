"""Pages that explain: method, accessibility, not found; the site map; the full index of the search page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from generator.figures import DistrictReport, Overview, Standing, TargetFigure, TaskFigures
from generator.model import TargetKind, addresses
from generator.site.views.card_views import TargetView, make_target_view
from generator.site.views.page_view import Dates, Head, Link, Page, PageKind, make_page
from generator.site.views.prose import find_headings, render_markdown
from generator.site.views.site_frame import Frame, make_head
from generator.wording import (
    Words,
    format_amount,
    format_number,
    format_percent,
    format_plain_number,
    format_standing,
    format_task_number,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextView:
    """A page of running text."""

    head: Head
    body: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A computation shown with real figures."""

    target: TargetView
    task: Link
    district: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodView:
    """How every figure is made."""

    head: Head
    body: Markup
    contents: tuple[Link, ...]
    """The headings of ``body``."""
    examples: tuple[Example, ...]
    standings: tuple[tuple[Standing, str, str], ...]
    """Standing, its word and what it means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundView:
    """404.html."""

    head: Head


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A link of the site map with those below it."""

    link: Link
    below: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapView:
    """Every page, in the order of the site."""

    head: Head
    general: tuple[Link, ...]
    districts: tuple[Branch, ...]
    """Each with its own pages but tasks and departments, which stand in its catalogue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexGroup:
    """Tasks below one heading of the index."""

    heading: Link
    tasks: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictIndex:
    """One district's tasks twice over: by section, by body."""

    sections: tuple[IndexGroup, ...]
    has_sections: bool
    """False when the table groups nothing: then the only group holds all tasks."""
    departments: tuple[IndexGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueView:
    """Everything of one district, readable without script: its tasks and its pages."""

    head: Head
    index: DistrictIndex
    branches: tuple[Branch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """The search page; without script it leads to the catalogues."""

    head: Head
    catalogues: tuple[Link, ...]


def make_text_pages(frame: Frame) -> list[Page]:
    """method, accessibility and 404."""
    return [_make_method(frame), _make_accessibility(frame), _make_not_found(frame)]


def _head(frame: Frame, name: str, url: str, *, scripts: tuple[str, ...] = ()) -> Head:
    words = frame.words
    return make_head(
        frame,
        url=url,
        heading=words(f"pages.{name}.heading"),
        kind=PageKind.COLUMN,
        column=words(f"pages.nav.{name}"),
        column_type=words("pages.meta.guide_type"),
        description=words(f"pages.{name}.description", site=frame.config.title),
        dates=Dates(made=frame.config.edition, newest=frame.newest),
        scripts=scripts,
    )


def _make_method(frame: Frame) -> Page:
    words = frame.words
    points = format_plain_number(frame.config.on_schedule_points)
    view = MethodView(
        head=_head(frame, "method", addresses.METHOD),
        body=(body := render_markdown(words("method", points=points))),
        contents=tuple(
            Link(label=label, url=f"{addresses.METHOD}#{anchor}") for anchor, label in find_headings(body)
        ),
        examples=tuple(_find_examples(frame)),
        standings=tuple(
            (s, format_standing(s, words), words(f"pages.meaning.{s.value}", points=points)) for s in Standing
        ),
    )
    return make_page("pages/method.html", view)


def _find_examples(frame: Frame) -> list[Example]:
    """The first real target of each sort: behind, ahead, a rate, a quarter's figure alone."""
    found: list[Example] = []
    pairs = [
        (district, task, figure)
        for district in frame.report.districts
        if district.newest
        for task in district.newest.tasks
        for figure in task.targets
    ]
    wanted: tuple[Callable[[TargetFigure], bool], ...] = (
        lambda f: f.is_scheduled and f.standing is Standing.BEHIND,
        lambda f: f.is_scheduled and f.standing in (Standing.AHEAD, Standing.DONE),
        lambda f: f.target.kind is TargetKind.GROWTH and f.met is not None,
    )
    for want in wanted:
        match = next((pair for pair in pairs if want(pair[2])), None)
        if match:
            found.append(_make_example(*match, frame))
    return found


def _make_example(district: DistrictReport, task: TaskFigures, figure: TargetFigure, frame: Frame) -> Example:
    words = frame.words
    view = make_target_view(figure, words)
    actual = figure.actual
    values = {
        "metric": figure.target.metric,
        "goal": view.goal,
        "amount": format_amount(figure.target.value, figure.target.unit, figure.target.value_max),
        "actual": view.actual or "",
        "completion": view.percent or "",
        "schedule": format_percent(figure.schedule),
        "standing": view.judgement,
        "gap": view.gap or "",
        "value": format_number(actual.value) if actual else "",
    }
    sort = "completion" if figure.completion is not None else "rate"
    steps = [words(f"pages.example.{sort}", **values)]
    if figure.completion is not None and figure.gap_points is not None:
        side = "above" if figure.gap_points > 0 else "below" if figure.gap_points < 0 else "even"
        steps.append(words(f"pages.example.{side}", **values))
    elif view.note:
        steps.append(view.note)
    link = Link(label=f"{format_task_number(task.task, words)} {task.task.title}", url=view.url)
    return Example(target=view, task=link, district=district.district.name, steps=tuple(steps))


def _make_accessibility(frame: Frame) -> Page:
    view = TextView(
        head=_head(frame, "accessibility", addresses.ACCESSIBILITY),
        body=render_markdown(frame.words("accessibility")),
    )
    return make_page("pages/text.html", view)


def _make_not_found(frame: Frame) -> Page:
    return make_page(
        "pages/not_found.html", NotFoundView(head=_head(frame, "not_found", addresses.NOT_FOUND))
    )


def make_sitemap_pages(frame: Frame, pages: Sequence[Page]) -> list[Page]:
    """sitemap.html and the catalogue of each district: all pages but the not-found page stand in one."""
    words, catalogues, districts = frame.words, [], []
    for district in frame.report.districts:
        found = district.district
        own = [page for page in pages if page.view.head.district == found.id]
        branches = _make_branches(own, found.id, words)
        near = next((branch.below for branch in branches if branch.link.url is None), ())
        if district.newest is not None:
            index = _make_index(district, district.newest, words)
            head = _catalogue_head(frame, district)
            catalogues.append(
                make_page("pages/catalogue.html", CatalogueView(head=head, index=index, branches=branches))
            )
            near = (Link(label=head.heading, url=head.url), *near)
        link = Link(label=found.name, url=addresses.district_url(found.id))
        districts.append(Branch(link=link, below=near))
    general = tuple(
        Link(label=page.view.head.heading, url=page.url)
        for page in pages
        if page.view.head.district is None and page.url != addresses.NOT_FOUND
    )
    data = Link(label=words("pages.nav.data"), url=addresses.DATA)
    view = SitemapView(
        head=_head(frame, "sitemap", addresses.SITEMAP), general=(*general, data), districts=tuple(districts)
    )
    return [*catalogues, make_page("pages/sitemap.html", view)]


def _catalogue_head(frame: Frame, district: DistrictReport) -> Head:
    words, found = frame.words, district.district
    return make_head(
        frame,
        url=addresses.district_sitemap_url(found.id),
        heading=words("pages.search.index", district=found.name),
        kind=PageKind.COLUMN,
        column=words("pages.search.catalogue"),
        column_type=words("pages.meta.guide_type"),
        description=words("pages.sitemap.description_of", district=found.name),
        dates=Dates(made=frame.config.edition, newest=frame.newest),
        district=district,
    )


def _make_branches(pages: Sequence[Page], district: str, words: Words) -> tuple[Branch, ...]:
    """A district's pages by folder: its own, its bodies, its tasks."""
    folders = {
        "": "own",
        "changes": "own",
        "departments": "departments",
        "tasks": "tasks",
        "briefs": "briefs",
        "places": "places",
    }
    groups: dict[str, list[Link]] = {}
    for page in pages:
        folder = page.url.removeprefix(f"{district}/").rpartition("/")[0]
        label = page.view.head.heading
        if page.template == "pages/task.html":
            label = f"{getattr(page.view, 'number_word', '')} {label}"
        groups.setdefault(folders.get(folder, "own"), []).append(Link(label=label, url=page.url))
    starts = {
        "departments": addresses.departments_url(district),
        "tasks": addresses.district_url(district) + "#tasks",
        "places": addresses.places_url(district),
    }
    return tuple(
        Branch(
            link=Link(label=words(f"pages.sitemap.{name}"), url=starts.get(name)),
            below=tuple(links),
        )
        for name, links in groups.items()
    )


def make_search_page(frame: Frame) -> Page:
    """search.html."""
    view = SearchView(
        head=replace(
            _head(frame, "search", addresses.SEARCH, scripts=("static/search.js",)), body_class="is-search"
        ),
        catalogues=tuple(
            Link(
                label=frame.words("pages.search.index", district=each.district.name),
                url=addresses.district_sitemap_url(each.district.id),
            )
            for each in frame.report.districts
            if each.newest
        ),
    )
    return make_page("pages/search.html", view)


def _make_index(district: DistrictReport, overview: Overview, words: Words) -> DistrictIndex:
    found = district.district
    tasks = [task.task for task in overview.tasks]
    links = {
        t.id: Link(label=f"{format_task_number(t, words)} {t.title}", url=addresses.task_url(t.id))
        for t in tasks
    }
    has_sections = any(task.section for task in tasks)
    rest = words("pages.search.no_section" if has_sections else "pages.search.all_tasks")
    sections: dict[str, list[Link]] = {}
    for task in tasks:
        sections.setdefault(task.section or rest, []).append(links[task.id])
    bodies = []
    for load in overview.departments:
        address = addresses.department_url(found.id, load.department.slug)
        own = [task.task.id for group in (load.led, load.joined, load.unstated) for task in group]
        bodies.append(
            IndexGroup(
                heading=Link(label=load.department.name, url=address), tasks=tuple(links[i] for i in own)
            )
        )
    return DistrictIndex(
        sections=tuple(IndexGroup(heading=Link(label=n), tasks=tuple(t)) for n, t in sections.items()),
        has_sections=has_sections,
        departments=tuple(bodies),
    )
