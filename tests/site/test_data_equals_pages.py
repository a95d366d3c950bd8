"""Open data and pages say the same of every target in every period, file against file, as built."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from lxml.etree import _Element as Element

from tests.audit.built import Built
from tests.audit.documents import Document, elements_at, text_of

Row = Mapping[str, Any]
TENTH, FOUR, SIX = Decimal("0.1"), Decimal("0.0001"), Decimal("0.000001")
GOALS = ".//*[contains(@class, 'target-goal') or @class='of']"
HALF_A_TENTH = Decimal("0.05") + FOUR


@pytest.fixture(params=["two_periods", "sample", "real"])
def site(request: pytest.FixtureRequest) -> Built:
    """Each site in turn, those with a target that changes between its periods first."""
    found: Built = request.getfixturevalue(request.param)
    return found


def read_rows(built: Built, name: str) -> list[Row]:
    """Rows of a JSON file, numbers as Decimal."""
    rows: list[Row] = json.loads(built.files[f"data/{name}.json"], parse_float=Decimal, parse_int=Decimal)
    return rows


def measures_of(built: Built) -> Mapping[tuple[str, str], Row]:
    """``<task>#<target>`` and period → row of the data set."""
    return {(f"{r['task']}#{r['target']}", r["period"]): r for r in read_rows(built, "measures")}


def newest_of(built: Built) -> Mapping[str, str]:
    """Task → its newest period, of those on which the data reports."""
    return {row["id"]: row["updates"][-1]["period"] for row in read_rows(built, "tasks") if row["updates"]}


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _near(one: Decimal | None, other: Decimal | None, places: Decimal) -> bool:
    return one == other if one is None or other is None else abs(one - other) <= places


def test_workings_work_out_what_the_measures_say(site: Built) -> None:
    text = site.files["data/workings.csv"].decode("utf-8-sig")
    workings = list(csv.DictReader(io.StringIO(text, newline="")))
    measures = measures_of(site)
    assert {(f"{r['task']}#{r['target']}", r["period"]) for r in workings} >= set(measures)
    for working in workings:
        row = measures.get((f"{working['task']}#{working['target']}", working["period"]))
        if row is None:
            assert not working["actual_value"]
            continue
        place = (working["task"], working["target"], working["period"])
        assert _number(working["target_value"]) == row["value"], place
        assert working["target_quote"] == row["target_quote"], place
        for name in ("schedule", "completion"):
            exact = None if row[name] is None else row[name] * 100
            assert _near(_number(working[name]), exact, FOUR), (place, name)
        assert _near(_number(working["gap_points"]), row["gap_points"], FOUR), place
        for name in ("standing", "reason", "basis", "metric", "kind", "decided_by"):
            assert (working[name] or None) == row[name], (place, name)
        assert working["met"] == ("" if row["met"] is None else str(row["met"]).lower()), place


def test_the_data_sets_agree_with_each_other(site: Built) -> None:
    measures, tasks = measures_of(site), {row["id"]: row for row in read_rows(site, "tasks")}
    updates = {(row["task"], row["period"]): row for row in read_rows(site, "updates")}
    seen = 0
    for name, task in tasks.items():
        for update in task["updates"]:
            derived, row = update["derived"], updates[name, update["period"]]
            assert {k: derived[k] for k in ("completion", "schedule", "standing")} == {
                k: row[k] for k in ("completion", "schedule", "standing")
            }
            for target, figure in derived["targets"].items():
                measure = measures[f"{name}#{target}", update["period"]]
                assert figure == {key: measure[key] for key in figure}, (name, target, update["period"])
                seen += 1
        if task["updates"]:
            newest = task["updates"][-1]
            assert task["derived"]["standing"] == newest["derived"]["standing"]
            for target in task.get("targets", []):
                assert target["derived"] == newest["derived"]["targets"].get(target["id"], target["derived"])
    assert seen == len(measures) > 0


def period_of(page: Document, element: Element) -> str | None:
    """The period that a figure on a page belongs to; None where it is each task's newest."""
    for up in (element, *element.iterancestors()):
        if up.get("data-period"):
            return up.get("data-period")
    if "/years/" in page.url or "/terms/" in page.url:
        return None
    name = page.url.rpartition("/")[2].removesuffix(".html")
    return name if re.fullmatch(r"20\d\d(?:[QHM]\d+)?", name) else None


def figures_on(built: Built) -> Iterator[tuple[str, Element, Row]]:
    """Every number that names its target: page, element, and the row of the data that it must equal."""
    measures, newest = measures_of(built), newest_of(built)
    for page in built.pages.values():
        for element in page.find("//data[@data-target]"):
            key = element.get("data-target") or ""
            period = period_of(page, element) or newest[key.partition("#")[0]]
            yield page.url, element, measures[key, period]


def test_every_number_on_a_page_is_that_of_its_period(site: Built) -> None:
    seen = 0
    for url, element, row in figures_on(site):
        value, text = Decimal(element.get("value") or "NaN"), text_of(element)
        place = (url, row["task"], row["target"], row["period"], text)
        share = re.fullmatch(r"(\d+\.\d)%", text)
        if share and row["completion"] is not None:
            assert abs(value - row["completion"]) <= SIX, place
            assert abs(Decimal(share[1]) - row["completion"] * 100) <= HALF_A_TENTH, place
        else:
            assert value == row["actual"], place
            assert f"{abs(row['actual']).normalize():f}" in text, place
        seen += 1
    assert seen > 30


def test_every_goal_beside_a_number_is_that_of_its_period(site: Built) -> None:
    seen = 0
    for url, element, row in figures_on(site):
        block = next(up for up in element.iterancestors() if up.tag in ("li", "section", "tr", "main"))
        alone = block.tag == "section" or len(elements_at(block, ".//data[@data-target]")) == 1
        for goal in elements_at(block, GOALS) if alone and block.tag != "main" else ():
            numbers = {Decimal(n) for n in re.findall(r"\d+(?:\.\d+)?", text_of(goal))}
            wanted = {abs(end) for end in (row["value"], row["value_max"]) if end is not None}
            assert numbers == wanted, (url, row["task"], row["target"], row["period"], text_of(goal))
            seen += 1
    assert seen > 10


def test_every_mark_of_a_task_is_its_standing_in_that_period(site: Built) -> None:
    updates = {(row["task"], row["period"]): row for row in read_rows(site, "updates")}
    newest, seen = newest_of(site), 0
    for page in site.pages.values():
        for element in page.find("//*[@data-task][@data-status][not(self::tr)]"):
            task = element.get("data-task") or ""
            if task in newest:
                row = updates[task, period_of(page, element) or newest[task]]
                assert element.get("data-status") == row["standing"], (page.url, task)
                seen += 1
    assert seen > 10


def test_the_tables_of_the_charts_are_those_of_the_data(site: Built) -> None:
    """A history's rows, oldest first, are the target's comparable periods; a period's bars are its shares."""
    measures, seen = measures_of(site), Counter[str]()
    for path, data in site.files.items():
        if not path.endswith(".csv") or "/charts/" not in path:
            continue
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        district, _, name = path.removesuffix(".csv").partition("/charts/")
        if match := re.fullmatch(r"(20\d\d)-(\d{3})-(t\d+)", name):
            key = f"{district}-{match[1]}-{match[2]}#{match[3]}"
            known = [r for (k, _), r in measures.items() if k == key and r["standing"] is not None]
            assert len(rows) == len(known), path
            for cells, row in zip(rows, known, strict=True):
                check_history_row(path, cells, row)
            seen["history"] += 1
        elif name.endswith("-targets"):
            period = name.removesuffix("-targets")
            of_period = [r for (_, p), r in measures.items() if p == period and r["district"] == district]
            barred = [r for r in of_period if r["completion"] is not None and r["standing"] is not None]
            shares = Counter((r["metric"], share_of(r)) for r in barred)
            assert Counter((cells["目标"], cells["完成率"]) for cells in rows) == shares, path
            measured = Counter((r["metric"], *measured_of(r)) for r in barred)
            assert Counter((cells["目标"], *read_measured(cells)) for cells in rows) == measured, path
            seen["targets"] += 1
    assert seen["targets"]
    told = Counter(key for (key, _), row in measures.items() if row["standing"] is not None)
    assert bool(seen["history"]) == any(number > 1 for number in told.values())


def check_history_row(path: str, cells: Mapping[str, str], row: Row) -> None:
    """One period of a history: the number, the goal, the share, in words and as bare numbers."""
    assert f"{abs(row['actual']):f}" in cells["完成值"].replace(" ", ""), (path, cells)
    assert f"{abs(row['value']):f}" in cells["目标值"], (path, cells)
    if row["completion"] is not None:
        assert cells["完成率"] == share_of(row), (path, cells)
    assert read_measured(cells) == measured_of(row), (path, cells)


def read_measured(cells: Mapping[str, str]) -> tuple[Decimal | str | None, ...]:
    """Number and unit of the figure and of the goal, and both shares in percent, of a row of a chart."""
    pairs = [(_number(cells[f"{name}（数值）"]), cells[f"{name}（单位）"]) for name in ("完成值", "目标值")]
    shares = [
        _number(cells[f"{name}（数值）"]) for name in ("完成率", "序时进度") if f"{name}（数值）" in cells
    ]
    return (*pairs[0], *pairs[1], *shares)


def measured_of(row: Row) -> tuple[Decimal | str | None, ...]:
    """The same of a row of the data set; a range has no single number, a target without shares has none."""
    goal = row["value"] if row["value_max"] is None else None
    shares = [row[name] for name in ("completion", "schedule") if row["completion"] is not None]
    tenths = [share if share is None else (share * 100).quantize(TENTH, ROUND_HALF_UP) for share in shares]
    return (row["actual"], row["actual_unit"] or "", goal, row["unit"] or "", *tenths)


def share_of(row: Row) -> str:
    """The completion of a row as pages print it."""
    return f"{(row['completion'] * 100).quantize(TENTH, ROUND_HALF_UP)}%"


def test_a_target_that_changed_is_told_apart_by_its_periods(two_periods: Built) -> None:
    measures = measures_of(two_periods)
    first, second = (measures["bing-2025-001#t1", period] for period in ("2025Q1", "2025Q2"))
    assert (first["value"], second["value"]) == (1013, 2027)
    assert (share_of(first), share_of(second)) == ("59.9%", "35.0%")
    assert (first["standing"], second["standing"]) == ("ahead", "behind")
