"""The table of a chart: as printed on the page, and as CSV with each quantity's number and unit beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from generator.base.csv_text import Cell, format_csv
from generator.figures import TargetFigure
from generator.model import Target
from generator.wording import Words, format_goal, format_percent, format_reported, round_number

_MEASURED = frozenset(("actual", "target", "completion", "schedule"))
"""Columns of quantities."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredCell:
    """A quantity."""

    text: str
    """As printed: 25.9亿元; 1～2个; empty where there is none."""
    number: Decimal | None
    """In the printed unit; None for a range and where there is none."""
    unit: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableColumn:
    """A column of a chart's table."""

    name: str
    number_name: str | None = None
    """What CSV calls the numbers of the column; None for a column of words and counts."""
    unit_name: str | None = None
    """What CSV calls their units."""


ChartRow = tuple[str | MeasuredCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartTable:
    """Columns and rows, in the chart's order."""

    columns: tuple[TableColumn, ...]
    rows: tuple[ChartRow, ...]

    @property
    def printed(self) -> tuple[tuple[str, ...], ...]:
        """The rows as the page prints them."""
        return tuple(tuple(cell if isinstance(cell, str) else cell.text for cell in row) for row in self.rows)

    def format_csv(self) -> bytes:
        """The table as CSV: behind each printed quantity its number and its unit."""
        names = [
            name
            for column in self.columns
            for name in (column.name, column.number_name, column.unit_name)
            if name is not None
        ]
        return format_csv(names, ([part for cell in row for part in _spread(cell)] for row in self.rows))


def _spread(cell: str | MeasuredCell) -> Iterator[Cell]:
    if isinstance(cell, str):
        yield cell
    else:
        yield from (cell.text, cell.number, cell.unit)


def count_table(names: Iterable[str], rows: Iterable[ChartRow]) -> ChartTable:
    """A table of words and counts alone, by the names of its columns."""
    return ChartTable(columns=tuple(TableColumn(name=name) for name in names), rows=tuple(rows))


def measured_table(keys: Sequence[str], rows: Iterable[ChartRow], words: Words) -> ChartTable:
    """A table that may have quantities, by the keys of its columns' words."""
    columns = tuple(_make_column(key, words(f"charts.column.{key}"), words) for key in keys)
    return ChartTable(columns=columns, rows=tuple(rows))


def _make_column(key: str, name: str, words: Words) -> TableColumn:
    if key not in _MEASURED:
        return TableColumn(name=name)
    return TableColumn(
        name=name,
        number_name=words("charts.column.number_of", column=name),
        unit_name=words("charts.column.unit_of", column=name),
    )


def reported_cell(figure: TargetFigure, words: Words) -> MeasuredCell:
    """The number reported in a period: 下降4.18%, -4.18, %."""
    actual = figure.actual
    return MeasuredCell(
        text=format_reported(figure, words),
        number=actual.value if actual else None,
        unit=actual.unit or None if actual else None,
    )


def goal_cell(target: Target, words: Words) -> MeasuredCell:
    """The number promised: 75亿元以上, 75, 亿元; a range has no single number."""
    number = target.value if target.value_max is None else None
    return MeasuredCell(text=format_goal(target, words), number=number, unit=target.unit or None)


def share_cell(ratio: Fraction | None) -> MeasuredCell:
    """A share, the number rounded as it is printed: 34.5%, 34.5, %."""
    if ratio is None:
        return MeasuredCell(text="", number=None, unit=None)
    return MeasuredCell(text=format_percent(ratio), number=round_number(ratio * 100, 1), unit="%")
