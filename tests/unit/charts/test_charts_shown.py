"""What is drawn is shown on a page, and what a page asks for is drawn or has nothing to show."""

from __future__ import annotations

from collections.abc import Mapping

from generator.charts import Chart, plan_charts
from generator.figures import DistrictReport, Overview, Report
from generator.figures.shared_measures import make_measures
from generator.model import addresses
from generator.site.views import make_pages
from tests.builders import words_of
from tests.chart_cases import draw_all, make_invented_report


class AskedCharts(dict[str, Chart]):
    """Charts that remember which of them pages asked for."""

    def __init__(self, charts: Mapping[str, Chart]) -> None:
        super().__init__(charts)
        self.asked: set[str] = set()

    def get(self, key: str, default: Chart | None = None) -> Chart | None:  # type: ignore[override]
        """As of a dictionary."""
        self.asked.add(key)
        return super().get(key, default)


def measured(overview: Overview, tasks: set[str]) -> int:
    return sum(f.completion is not None for t in overview.tasks if t.task.id in tasks for f in t.targets)


def absent(report: Report) -> set[str]:
    """Charts of which there is nothing to show: told from the figures, not from the plan."""
    found = {
        addresses.compare_chart(measure.key)
        for measure in make_measures(report)
        if len({e.overview.district.id for e in measure.entries if e.figure.standing is not None}) < 2
    }
    for district in report.districts:
        found |= set(absent_of(district))
    return found


def absent_of(district: DistrictReport) -> list[str]:
    name, found = district.district.id, []
    for overview in district.overviews:
        count = measured(overview, {task.task.id for task in overview.tasks})
        found += [addresses.overview_chart(name, overview.period, "targets")] * (count < 1)
        found += [addresses.overview_chart(name, overview.period, "distribution")] * (count < 2)
    newest = district.overviews[-1]
    for department in district.district.departments:
        load = next((load for load in newest.departments if load.department == department), None)
        tasks = {t.task.id for t in (*load.led, *load.joined, *load.unstated)} if load else set()
        if measured(newest, tasks) < 3:
            found.append(addresses.department_chart(name, department.slug, newest.period))
    for task in district.district.tasks:
        for target in task.targets:
            figures = [
                f
                for o in district.overviews
                for t in o.tasks
                for f in t.targets
                if (t.task.id, f.target.id) == (task.id, target.id) and f.standing and f.actual
            ]
            if len({figure.schedule for figure in figures}) < 2:
                found.append(addresses.history_chart(task.id, target.id))
    return found


def check_use(report: Report) -> AskedCharts:
    words = words_of()
    charts = AskedCharts(draw_all(plan_charts(report, words)).charts)
    pages = make_pages(report, charts, words)
    assert pages
    assert charts.keys() - charts.asked == set(), "drawn for no page"
    assert charts.asked - charts.keys() <= absent(report), "asked for and not drawn"
    return charts


def test_every_drawing_is_on_a_page_and_every_page_has_its_drawing() -> None:
    charts = check_use(make_invented_report())
    kinds = {chart.kind for chart in charts.values()}
    assert kinds == {"standing", "targets", "departments", "distribution", "history", "compare", "rates"}


def test_a_department_with_less_than_three_comparable_targets_has_cards_and_no_chart() -> None:
    charts = check_use(make_invented_report(6))
    assert not [key for key in charts if "-department-" in key]
    assert [key for key in charts.asked if "-department-" in key]


def test_two_charts_never_share_a_name() -> None:
    """A department may be called as a kind of chart is, a measure as a district's folder."""
    period = make_invented_report().districts[0].overviews[0].period
    names = [addresses.overview_chart("jia", period, kind) for kind in ("standing", "targets")]
    names += [addresses.department_chart("jia", slug, period) for slug in ("standing", "targets")]
    names += [addresses.history_chart("jia-2025-001", "t1"), addresses.compare_chart("t1")]
    assert len(set(names)) == len(names)
