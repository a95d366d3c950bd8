"""Every chart of a site, planned as plain data."""

from __future__ import annotations

from collections.abc import Iterator

from generator.charts.chart_types import ChartRequest
from generator.charts.kinds.compare_chart import plan_compare
from generator.charts.kinds.departments_chart import plan_departments
from generator.charts.kinds.distribution_chart import plan_distribution
from generator.charts.kinds.history_chart import make_points, plan_history
from generator.charts.kinds.standing_chart import plan_standing
from generator.charts.kinds.targets_chart import plan_department_targets, plan_targets
from generator.charts.theme import ChartTheme
from generator.figures import DistrictReport, Overview, Report, TargetFigure, TaskFigures
from generator.figures.shared_measures import make_measures
from generator.wording import Words


def plan_charts(report: Report, words: Words, theme: ChartTheme) -> tuple[ChartRequest, ...]:
    """Requests for all charts that have something to show: district by district, then the comparisons."""
    requests: list[ChartRequest | None] = []
    for district in report.districts:
        for overview in district.overviews:
            requests += _plan_overview(overview, words, theme)
        if district.newest is not None:
            requests += _plan_newest(district.newest, words, theme)
        requests += _plan_histories(district, words, theme)
    requests += [plan_compare(measure, words, theme) for measure in make_measures(report)]
    return tuple(request for request in requests if request is not None)


def _plan_overview(overview: Overview, words: Words, theme: ChartTheme) -> Iterator[ChartRequest | None]:
    yield plan_standing(overview, words, theme)
    yield plan_targets(overview, words, theme)
    yield plan_distribution(overview, words, theme)


def _plan_newest(overview: Overview, words: Words, theme: ChartTheme) -> Iterator[ChartRequest | None]:
    """Charts of the department pages, which show the newest period alone."""
    yield plan_departments(overview, words, theme)
    for load in overview.departments:
        yield plan_department_targets(overview, load, words, theme)


def _plan_histories(
    district: DistrictReport, words: Words, theme: ChartTheme
) -> Iterator[ChartRequest | None]:
    overviews = {overview.period: overview for overview in district.overviews}
    for track in district.tracks.values():
        reported: dict[str, list[tuple[Overview, TaskFigures, TargetFigure]]] = {}
        for task in track.figures:
            if task.period in overviews:
                for figure in task.targets:
                    entry = (overviews[task.period], task, figure)
                    reported.setdefault(figure.target.id, []).append(entry)
        for entries in reported.values():
            yield plan_history(make_points(entries), words, theme)
