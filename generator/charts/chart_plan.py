"""Every chart of a site, planned as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.charts.chart_types import ChartRequest
from generator.charts.kinds.compare_chart import plan_compare
from generator.charts.kinds.departments_chart import plan_departments
from generator.charts.kinds.distribution_chart import plan_distribution
from generator.charts.kinds.history_chart import Point, is_same_measure, make_points, plan_history
from generator.charts.kinds.standing_chart import plan_standing
from generator.charts.kinds.targets_chart import plan_department_targets, plan_targets
from generator.figures import DistrictReport, Overview, Report, TargetFigure, TaskFigures, Track
from generator.figures.shared_measures import make_measures
from generator.model import Period
from generator.wording import Words


def plan_charts(report: Report, words: Words) -> tuple[ChartRequest, ...]:
    """Requests for all charts that have something to show: district by district, then the comparisons."""
    requests: list[ChartRequest | None] = []
    for district in report.districts:
        for overview in district.overviews:
            requests += _plan_overview(overview, words)
        if district.newest is not None:
            requests += _plan_newest(district.newest, words)
        requests += _plan_histories(district, words)
    return (*(request for request in requests if request is not None), *plan_comparisons(report, words))


def plan_comparisons(report: Report, words: Words) -> tuple[ChartRequest, ...]:
    """Requests for the charts that join districts."""
    requests = (plan_compare(measure, words) for measure in make_measures(report))
    return tuple(request for request in requests if request is not None)


def _plan_overview(overview: Overview, words: Words) -> Iterator[ChartRequest | None]:
    yield plan_standing(overview, words)
    yield plan_targets(overview, words)
    yield plan_distribution(overview, words)


def _plan_newest(overview: Overview, words: Words) -> Iterator[ChartRequest | None]:
    """Charts of the department pages, which show the newest period alone."""
    yield plan_departments(overview, words)
    for load in overview.departments:
        yield plan_department_targets(overview, load, words)


def _plan_histories(district: DistrictReport, words: Words) -> Iterator[ChartRequest | None]:
    overviews = {overview.period: overview for overview in district.overviews}
    points = {name: _points_of(track, overviews) for name, track in district.tracks.items()}
    for name, track in district.tracks.items():
        before = [points[old] for old in track.task.carried_over_from if old in points]
        for own in points[name]:
            yield plan_history(own, words, _last_year(own, before))


def _points_of(track: Track, overviews: Mapping[Period, Overview]) -> list[list[Point]]:
    """The comparable figures of each target of a task that has some, oldest first."""
    reported: dict[str, list[tuple[Overview, TaskFigures, TargetFigure]]] = {}
    for task in track.figures:
        if task.period in overviews:
            for figure in task.targets:
                entry = (overviews[task.period], task, figure)
                reported.setdefault(figure.target.id, []).append(entry)
    return [found for entries in reported.values() if (found := make_points(entries))]


def _last_year(own: Sequence[Point], before: Sequence[Sequence[Sequence[Point]]]) -> Sequence[Point]:
    """The figures of the same measure in the one task of the year before that this goes on with."""
    target, year = own[-1].figure.target, own[-1].year
    same = [
        points
        for targets in before
        for points in targets
        if points[-1].year == year - 1 and is_same_measure(points[-1].figure.target, target)
    ]
    return same[0] if len(same) == 1 else ()
