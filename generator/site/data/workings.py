"""data/workings.csv: for every target in every period its inputs with their words, the working, the result.

Percentages are exact to four decimals, rounded half up; everything before the rounding is exact.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from generator.base.csv_text import Cell
from generator.figures import Overview, Reason, Report, TargetFigure, TaskFigures
from generator.language.quantities import find_quantities, ratio, to_base
from generator.model import Actual, Basis, Target
from generator.site.data.data_tables import DataColumn, DataTable, comparator_word, format_table_csv
from generator.wording import Words, format_amount, format_goal, format_met, round_number

_COLUMNS = {
    "district": "string",
    "period": "string",
    "task": "string",
    "target": "string",
    "metric": "string",
    "kind": "string",
    "comparator": "string",
    "target_value": "number",
    "target_unit": "string",
    "target_quote": "text",
    "actual_value": "number",
    "actual_unit": "string",
    "basis": "string",
    "actual_quote": "text",
    "stated_completion": "number",
    "as_of": "date",
    "schedule": "number",
    "target_base": "number",
    "actual_base": "number",
    "base_unit": "string",
    "formula": "text",
    "completion": "number",
    "gap_points": "number",
    "met": "boolean",
    "standing": "string",
    "reason": "string",
    "decided_by": "string",
}


def make_workings(report: Report, words: Words) -> DataTable:
    """One row a target and period, oldest period first: what went in, the working, what came out."""
    return DataTable(
        name="workings",
        columns=tuple(
            DataColumn(name=name, kind=kind, title=words(f"workings.columns.{name}"))
            for name, kind in _COLUMNS.items()
        ),
        rows=tuple(
            _make_row(overview, task, figure, words)
            for district in report.districts
            for overview in district.overviews
            for task in overview.tasks
            for figure in task.targets
        ),
    )


def format_workings(report: Report, words: Words) -> bytes:
    """data/workings.csv: UTF-8 with BOM, CRLF."""
    return format_table_csv(make_workings(report, words))


def _make_row(overview: Overview, task: TaskFigures, figure: TargetFigure, words: Words) -> dict[str, Cell]:
    target, actual = figure.target, figure.actual
    base = to_base(target.value, target.unit)
    as_of = task.update.as_of if task.update else overview.as_of
    return {
        "district": overview.district.id,
        "period": str(figure.period),
        "task": figure.task_id,
        "target": target.id,
        "metric": target.metric,
        "kind": target.kind,
        "comparator": comparator_word(target.comparator),
        "target_value": target.value,
        "target_unit": target.unit or None,
        "target_quote": target.quote,
        "actual_value": actual.value if actual else None,
        "actual_unit": actual.unit or None if actual else None,
        "basis": actual.basis if actual else None,
        "actual_quote": words("workings.list_mark").join(actual.quotes) if actual else None,
        "stated_completion": actual.stated_completion if actual else None,
        "as_of": as_of,
        "schedule": _rounded(figure.schedule * 100),
        "target_base": _plain(base[0]),
        "actual_base": _rounded(_in_base(actual, target)) if actual and _compares(figure) else None,
        "base_unit": base[1] or None,
        "formula": words("workings.formula.join").join(_steps(figure, words)) or None,
        "completion": None if figure.completion is None else _rounded(figure.completion * 100),
        "gap_points": None if figure.gap_points is None else _rounded(figure.gap_points),
        "met": figure.met,
        "standing": figure.standing,
        "reason": figure.reason,
        "decided_by": (actual.by if actual else None) or target.by,
    }


def _compares(figure: TargetFigure) -> bool:
    return figure.standing is not None


def _in_base(actual: Actual, target: Target) -> Fraction:
    """The reported figure in the target's base unit, exact."""
    return ratio(actual.value, actual.unit, Decimal(1), to_base(Decimal(1), target.unit)[1])


def _steps(figure: TargetFigure, words: Words) -> Iterator[str]:
    """The working in words, step by step; nothing where nothing was worked out."""
    actual = figure.actual
    if actual is None or figure.standing is None:
        return
    if actual.basis is Basis.SUM:
        yield _sum_step(actual, words)
    if figure.completion is not None:
        yield from _completion_steps(figure, actual, words)
        return
    yield _rate_step(figure, actual, words)
    yield format_met(bool(figure.met), words)


def _sum_step(actual: Actual, words: Words) -> str:
    found = (next(iter(find_quantities(quote)), None) for quote in actual.quotes)
    parts = " + ".join(f"{_text(q.value)}{q.unit}" for q in found if q is not None)
    return words("workings.formula.sum", parts=parts, total=_text(actual.value), unit=actual.unit)


def _completion_steps(figure: TargetFigure, actual: Actual, words: Words) -> Iterator[str]:
    target = figure.target
    if target.value_max is not None:
        low = format_amount(target.value, target.unit)
        yield words("workings.formula.range", goal=format_goal(target, words), low=low)
    base, unit = to_base(target.value, target.unit)
    reported = _rounded(_in_base(actual, target))
    for value, printed, converted in (
        (actual.value, actual.unit, reported),
        (target.value, target.unit, base),
    ):
        if value != converted:
            yield words(
                "workings.formula.converted",
                value=_text(value),
                unit=printed,
                base=_text(converted),
                base_unit=unit,
            )
    assert figure.completion is not None
    assert figure.gap_points is not None
    yield words(
        "workings.formula.completion",
        actual=_text(reported),
        target=_text(base),
        unit=unit,
        percent=_text(_rounded(figure.completion * 100)),
        schedule=_text(_rounded(figure.schedule * 100)),
        gap=_text(_rounded(figure.gap_points)),
    )


def _rate_step(figure: TargetFigure, actual: Actual, words: Words) -> str:
    target, compared = figure.target, figure.target.value
    key = "plain_rate" if figure.gap_points is None else "rate"
    if figure.reason is Reason.AT_MOST:
        key, compared = "at_most", target.value_max or target.value
    return words(
        f"workings.formula.{key}",
        actual=_text(actual.value),
        target=_text(compared),
        unit=target.unit,
        gap="" if figure.gap_points is None else _text(_rounded(figure.gap_points)),
    )


def _rounded(value: Fraction) -> Decimal:
    """To four decimals."""
    return round_number(value, 4)


def _plain(value: Decimal) -> Decimal:
    """The same number without trailing zeros and without an exponent."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _text(value: Decimal) -> str:
    """As printed; from ten milliards on in groups, for an eleven-digit number reads like a mobile number."""
    plain = _plain(value)
    return f"{plain:,f}" if abs(plain) >= 10**10 else f"{plain:f}"
