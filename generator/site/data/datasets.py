"""The rows of the open data sets, each read from the report once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from generator.base.csv_text import Cell
from generator.content import schema
from generator.figures import (
    DepartmentLoad,
    DistrictReport,
    Reason,
    Report,
    Standing,
    TargetFigure,
    TaskFigures,
    Track,
    find_movement,
    make_findings,
)
from generator.language.number_context import is_forecast
from generator.language.stated_shares import StatedShare, find_stated_shares
from generator.model import Actual, District, Role, Task, Update, addresses
from generator.site.data.data_tables import DataColumn, DataTable, comparator_word
from generator.wording import Words, round_number

_SOURCE = ("source_file", "source_row", "source_sha256", "source_url", "source_published")


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_KINDS = {
    "text": _names("commitment progress next_steps plan remarks target_quote actual_quote old new")
    + _names("unused_quote stated_shares step step_quote"),
    "integer": ["year", "number", "targets", "source_row", "tasks", "led", "joined", "unstated", *Standing],
    "number": _names("value value_max actual stated_completion completion schedule gap_points"),
    "date": ["as_of", "figure_as_of", "source_published", "date", "due"],
    "boolean": ["number_inferred", "met", "at_least", "expected"],
}
"""Column → kind; string where it stands in none."""

_TASK_COLUMNS = (
    *_names("task district district_name year number number_printed number_inferred section subsection"),
    *_names("title commitment deadline departments leads leaders contacts targets period as_of progress"),
    *_names("next_steps status status_quote standing completion schedule page"),
    *_SOURCE,
)
_UPDATE_COLUMNS = (
    *_names("task district district_name number title period as_of progress next_steps plan"),
    *_names("reported_status reported_completion remarks status status_quote standing movement completion"),
    "schedule",
    *_SOURCE,
)
_MEASURE_COLUMNS = (
    *_names("task district district_name number target metric kind comparator value value_max unit"),
    *_names("target_quote period as_of actual actual_unit basis actual_quote stated_completion"),
    *_names("completion schedule gap_points met standing reason decided_by figure_as_of at_least expected"),
    *_names("actual_note unused_quote unused_reason"),
    *_SOURCE,
)
_DEPARTMENT_COLUMNS = (
    *_names("district district_name department slug department_kind aliases phones period tasks"),
    *_names("led joined unstated"),
    *(standing.value for standing in Standing),
    *_names("ended_since became page"),
)
_PROMISE_COLUMNS = _names(
    "task district district_name period number title standing departments contacts page"
)
_UNREPORTED_COLUMNS = (*_PROMISE_COLUMNS, *_names("target metric value unit target_quote progress"))
_STEP_COLUMNS = _names(
    "task district district_name number title period step due outcome told_period step_quote decided_by page"
)
_CORRECTION_COLUMNS = _names("task district period date field old new reason")


def make_tables(report: Report, words: Words) -> tuple[DataTable, ...]:
    """The data sets in the order of the catalogue."""
    districts = report.districts
    corrections = (row for d in districts for row in _correction_rows(d.district))
    tasks = (_task_row(d.district, track) for d in districts for track in d.tracks.values())
    rows: dict[str, tuple[tuple[str, ...], Iterable[Mapping[str, Cell]]]] = {
        "tasks": (_TASK_COLUMNS, tasks),
        "updates": (_UPDATE_COLUMNS, _update_rows(report)),
        "measures": (_MEASURE_COLUMNS, _measure_rows(report)),
        "departments": (_DEPARTMENT_COLUMNS, (row for d in districts for row in _department_rows(d))),
        "corrections": (_CORRECTION_COLUMNS, corrections),
        "unreported": (_UNREPORTED_COLUMNS, (row for d in districts for row in _unreported_rows(d))),
        "steps": (_STEP_COLUMNS, (row for d in districts for row in _step_rows(d))),
        "unmeasured": (_PROMISE_COLUMNS, (row for d in districts for row in _unmeasured_rows(d))),
    }
    return tuple(
        DataTable(
            name=name,
            columns=tuple(
                DataColumn(name=c, kind=_kind_of(c), title=words(f"publish.columns.{c}")) for c in columns
            ),
            rows=tuple({c: row[c] for c in columns} for row in found),
        )
        for name, (columns, found) in rows.items()
    )


def _kind_of(column: str) -> str:
    return next((kind for kind, names in _KINDS.items() if column in names), "string")


def exact(ratio: Fraction | None) -> Decimal | None:
    """A ratio for machines, at most six decimals: the value of ``<data>`` on the pages."""
    if ratio is None:
        return None
    return round_number(ratio, 6)


def _task_row(district: District, track: Track) -> dict[str, Cell]:
    task, found = track.task, track.newest
    empty: dict[str, Cell] = dict.fromkeys(_TASK_COLUMNS)
    row = _base_row(district, task) | {
        "year": task.year,
        "number_printed": task.number_printed,
        "number_inferred": task.number_inferred,
        "section": task.section,
        "subsection": task.subsection,
        "commitment": task.commitment,
        "deadline": task.deadline,
        "departments": _joined(a.name for a in task.departments),
        "leads": _joined(a.name for a in task.departments if a.role is Role.LEAD),
        "leaders": _joined(task.leaders),
        "contacts": _joined(" ".join((c.office, *c.phones)).strip() for c in task.contacts),
        "targets": len(task.targets),
        "page": addresses.task_url(task.id),
        "standing": found.standing.value,
    }
    return empty | row | (_update_cells(district, found.update, found) if found.update else {})


def _base_row(district: District, task: Task) -> dict[str, Cell]:
    return {
        "task": task.id,
        "district": district.id,
        "district_name": district.name,
        "number": task.number,
        "title": task.title,
    }


def _joined(parts: Iterable[str]) -> str | None:
    return "；".join(parts) or None


def _update_cells(district: District, update: Update, found: TaskFigures) -> dict[str, Cell]:
    own: dict[str, Cell] = {
        "period": str(update.period),
        "as_of": update.as_of,
        "progress": update.progress,
        "next_steps": update.next_steps,
        "status": update.status.value.value,
        "status_quote": update.status.quote,
        "standing": found.standing.value,
        "completion": exact(found.weakest.completion) if found.weakest else None,
        "schedule": exact(found.schedule),
    }
    return own | _source_cells(district, update)


def _source_cells(district: District, update: Update) -> dict[str, Cell]:
    table = district.table_of(update.period, update.source.file)
    return {
        "source_file": update.source.file,
        "source_row": update.source.row,
        "source_sha256": update.source.sha256,
        "source_url": table.url if table else None,
        "source_published": table.published if table else None,
    }


def _reported(report: Report) -> Iterator[tuple[District, TaskFigures, Update, TaskFigures | None]]:
    """What every period says of every task, by task, with what the period before said."""
    for each in report.districts:
        for track in each.tracks.values():
            for before, found in pairwise((None, *track.reported)):
                if found and found.update:
                    yield each.district, found, found.update, before


def _update_rows(report: Report) -> Iterator[dict[str, Cell]]:
    for district, found, update, before in _reported(report):
        yield (
            _base_row(district, found.task)
            | _update_cells(district, update, found)
            | {
                "movement": find_movement(before, found),
                "plan": update.plan,
                "reported_status": update.reported_status,
                "reported_completion": update.reported_completion,
                "remarks": update.remarks,
                "stated_shares": "\n".join(s.words for s in _shares_of(update)) or None,
            }
        )


def _shares_of(update: Update) -> tuple[StatedShare, ...]:
    return find_stated_shares(update.progress or "")


def _measure_rows(report: Report) -> Iterator[dict[str, Cell]]:
    for district, found, update, _ in _reported(report):
        for figure in found.targets:
            yield _measure_row(district, found.task, update, figure)


def _measure_row(district: District, task: Task, update: Update, figure: TargetFigure) -> dict[str, Cell]:
    target, actual = figure.target, figure.actual
    return (
        _base_row(district, task)
        | {
            "target": target.id,
            "metric": target.metric,
            "kind": target.kind.value,
            "comparator": comparator_word(target.comparator),
            "value": target.value,
            "value_max": target.value_max,
            "unit": target.unit or None,
            "target_quote": target.quote,
            "period": str(update.period),
            "as_of": update.as_of,
            "completion": exact(figure.completion),
            "schedule": exact(figure.schedule),
            "gap_points": exact(figure.gap_points),
            "met": figure.met,
            "standing": figure.standing.value if figure.standing else None,
            "reason": figure.reason.value if figure.reason else None,
            "decided_by": target.by or (actual.by if actual else None),
            "figure_as_of": figure.as_of if actual else None,
            "at_least": figure.reason is Reason.QUARTER_ONLY if actual else None,
            "expected": is_forecast(actual.quotes, f"{abs(actual.value):f}") if actual else None,
            "actual_note": actual.note if actual else None,
            "unused_quote": "\n".join(q for each in figure.unused for q in each.quotes) or None,
            "unused_reason": _joined(each.reason for each in figure.unused),
        }
        | _actual_cells(actual)
        | _source_cells(district, update)
    )


def _actual_cells(actual: Actual | None) -> dict[str, Cell]:
    return {
        "actual": actual.value if actual else None,
        "actual_unit": actual.unit or None if actual else None,
        "basis": actual.basis.value if actual else None,
        "actual_quote": "\n".join(actual.quotes) if actual else None,
        "stated_completion": actual.stated_completion if actual else None,
    }


def _department_rows(each: DistrictReport) -> Iterator[dict[str, Cell]]:
    loads = {load.department.name: load for load in each.newest.departments} if each.newest else {}
    for body in each.district.departments:
        yield {
            "district": each.district.id,
            "district_name": each.district.name,
            "department": body.name,
            "slug": body.slug,
            "department_kind": body.kind.value,
            "aliases": _joined(body.aliases),
            "phones": _joined(body.phones),
            "period": str(each.newest.period) if each.newest else None,
            "ended_since": str(body.ended.since) if body.ended else None,
            "became": _joined(body.ended.into) if body.ended else None,
            "page": addresses.department_url(each.district.id, body.slug),
        } | _load_cells(loads.get(body.name))


def _load_cells(load: DepartmentLoad | None) -> dict[str, Cell]:
    cells: dict[str, Cell] = {
        "tasks": load.totals.tasks if load else 0,
        "led": len(load.led) if load else 0,
        "joined": len(load.joined) if load else 0,
        "unstated": len(load.unstated) if load else 0,
    }
    for standing in Standing:
        cells[standing.value] = load.totals.standings[standing] if load else 0
    return cells


def _unreported_rows(each: DistrictReport) -> Iterator[dict[str, Cell]]:
    """Promised numbers of the newest period of which nothing usable is reported, one row a number."""
    for found in make_findings(each.newest.tasks).unreported if each.newest else ():
        for figure in found.figures:
            yield _promise_cells(each.district, found.task) | {
                "target": figure.target.id,
                "metric": figure.target.metric,
                "value": figure.target.value,
                "unit": figure.target.unit or None,
                "target_quote": figure.target.quote,
                "progress": found.task.update.progress if found.task.update else None,
            }


def _unmeasured_rows(each: DistrictReport) -> Iterator[dict[str, Cell]]:
    """Tasks of the newest period that promise no number."""
    for found in make_findings(each.newest.tasks).unmeasured if each.newest else ():
        yield _promise_cells(each.district, found)


def _step_rows(each: DistrictReport) -> Iterator[dict[str, Cell]]:
    """Announcements of next steps by a day or in a number, with what the next table says of them."""
    for task in each.district.tasks:
        for result in each.steps.get(task.id, ()):
            yield _base_row(each.district, task) | {
                "period": str(result.said),
                "step": result.step.words,
                "due": result.step.due.last_day if result.step.due else None,
                "outcome": result.outcome.value if result.outcome else None,
                "told_period": str(result.judged) if result.judged else None,
                "step_quote": result.quote or None,
                "decided_by": result.by.value if result.by else None,
                "page": addresses.task_url(task.id),
            }


def _promise_cells(district: District, found: TaskFigures) -> dict[str, Cell]:
    task = found.task
    return _base_row(district, task) | {
        "period": str(found.period),
        "standing": found.standing.value,
        "departments": _joined(a.name for a in task.departments),
        "contacts": _joined(" ".join((c.office, *c.phones)).strip() for c in task.contacts),
        "page": addresses.task_url(task.id),
    }


def _correction_rows(district: District) -> Iterator[dict[str, Cell]]:
    for found in district.corrections:
        yield {
            "task": found.task,
            "district": district.id,
            "period": str(found.period),
            "date": found.date,
            "field": found.field,
            "old": found.old,
            "new": found.new,
            "reason": found.reason,
        }


def make_task_records(report: Report) -> list[dict[str, object]]:
    """data/tasks.json: per task what its file holds, and ``derived`` for task, targets, updates."""
    return [_task_record(each.district, track) for each in report.districts for track in each.tracks.values()]


def _task_record(district: District, track: Track) -> dict[str, object]:
    task = track.task
    record = dict(schema.TASK.encode(task))
    figures = {figure.target.id: figure for figure in track.newest.targets}
    if task.targets:
        record["targets"] = [
            {**data, "derived": _derive_target(figures.get(target.id))}
            for data, target in zip(record["targets"], task.targets, strict=True)
        ]
    record["updates"] = [
        {**data, "derived": _derive_update(district, update, found)}
        for data, update, found in zip(record["updates"], task.updates, track.figures, strict=False)
    ]
    row = _task_row(district, track)
    names = ("completion", "schedule", "standing", "period", "as_of", "district_name", "page")
    record["derived"] = {name: row[name] for name in names}
    return record


def _derive_target(figure: TargetFigure | None) -> dict[str, object]:
    return {
        "completion": exact(figure.completion) if figure else None,
        "schedule": exact(figure.schedule) if figure else None,
        "standing": figure.standing.value if figure and figure.standing else None,
        "met": figure.met if figure else None,
        "gap_points": exact(figure.gap_points) if figure else None,
        "reason": figure.reason.value if figure and figure.reason else None,
    }


def _derive_update(district: District, update: Update, found: TaskFigures) -> dict[str, object]:
    cells = _update_cells(district, update, found)
    names = ("completion", "schedule", "standing", "source_url", "source_published")
    derived: dict[str, object] = {name: cells[name] for name in names}
    derived["targets"] = {figure.target.id: _derive_target(figure) for figure in found.targets}
    return derived


def newest_date(report: Report) -> dt.date:
    """The edition of the site; without one the newest as_of, without any table a fixed day."""
    if report.site.config.edition:
        return report.site.config.edition
    dates = [overview.as_of for each in report.districts for overview in each.overviews]
    return max(dates, default=dt.date(2000, 1, 1))
