"""Completion of all measurable targets against the schedule: bullet bars, weakest first."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from generator.charts.canvas import Canvas
from generator.charts.chart_table import (
    ChartTable,
    MeasuredCell,
    goal_cell,
    make_columns,
    reported_cell,
    share_cell,
)
from generator.charts.chart_types import ChartRequest, Drawing
from generator.charts.kinds.bullet_rows import Bullet, draw_bullet, end_of_rows, name_schedule
from generator.figures import COMPARED, DepartmentLoad, Overview, Standing, TargetFigure, TaskFigures
from generator.model import addresses
from generator.wording import (
    Words,
    format_amounts,
    format_completion,
    format_departments,
    format_percent,
    format_quotes,
    format_source,
    format_standing,
    format_task_number,
    join_list,
    printed_number,
)

Pair = tuple[TaskFigures, TargetFigure]
GROUPS = COMPARED[::-1]
_NAMED = 8
"""Targets that a description names; more are counted."""
_COMPARED = 3
"""Fewest targets that a department's chart compares; one or two are read from their cards."""


def plan_targets(overview: Overview, words: Words) -> ChartRequest | None:
    """All measurable targets of a district's period; None when no target has a completion."""
    key = addresses.overview_chart(overview.district.id, overview.period, "targets")
    return _plan(key, overview, measured_pairs(overview.tasks), words)


def plan_department_targets(overview: Overview, load: DepartmentLoad, words: Words) -> ChartRequest | None:
    """The measurable targets of one department's tasks; None when too few have a completion to compare."""
    pairs = measured_pairs((*load.led, *load.joined, *load.unstated))
    if len(pairs) < _COMPARED:
        return None
    key = addresses.department_chart(overview.district.id, load.department.slug, overview.period)
    return _plan(key, overview, pairs, words)


def measured_pairs(tasks: Sequence[TaskFigures]) -> list[Pair]:
    """Targets with a completion, weakest first: by group, then by distance from the schedule."""
    pairs = [(t, f) for t in tasks for f in t.targets if f.completion is not None and f.standing in GROUPS]
    return sorted(pairs, key=lambda p: (GROUPS.index(_standing(p)), _completion(p), p[0].task.number))


def make_bullet(task: TaskFigures, figure: TargetFigure, words: Words) -> Bullet:
    """The bar of one target.

    Raises: ValueError when the target has no completion.
    """
    if figure.completion is None or figure.standing is None:
        raise ValueError(f"{figure.task_id}#{figure.target.id} has no completion")
    status = format_standing(figure.standing, words)
    quantities = format_amounts(figure, words)
    return Bullet(
        key=f"{figure.task_id}#{figure.target.id}",
        task_id=figure.task_id,
        name=figure.target.metric,
        sub=format_departments(task.task, words),
        standing=figure.standing,
        result=format_percent(figure.completion),
        quantities=quantities,
        url=addresses.task_url(figure.task_id),
        label=words(
            "charts.targets.mark",
            metric=figure.target.metric,
            percent=format_completion(figure),
            status=status,
            quantities=quantities,
        ),
        lines=(
            words("charts.tip.task", number=format_task_number(task.task, words), title=task.task.title),
            *format_quotes(figure, words),
        ),
        table="bars",
        values={"completion": float(figure.completion), "schedule": float(figure.schedule)},
    )


def _plan(key: str, overview: Overview, pairs: Sequence[Pair], words: Words) -> ChartRequest | None:
    if not pairs:
        return None
    bullets = [make_bullet(task, figure, words) for task, figure in pairs]
    named = {"schedule": words("charts.schedule", percent=format_percent(pairs[0][1].schedule))}
    return ChartRequest(
        key=key,
        kind="targets",
        title=_title(pairs, words),
        subtitle=_subtitle(overview, pairs, words),
        description=_description(pairs, words),
        table=ChartTable(
            columns=make_columns(_COLUMNS, words),
            rows=tuple(_row(task, figure, words) for task, figure in pairs),
        ),
        drawings=tuple(_draw(Canvas(variant=v, words=named), bullets, words) for v in ("wide", "narrow")),
    )


_COLUMNS = ("metric", "bodies", "actual", "target", "completion", "schedule", "standing", "task_number")


def _row(task: TaskFigures, figure: TargetFigure, words: Words) -> tuple[str | MeasuredCell, ...]:
    return (
        figure.target.metric,
        format_departments(task.task, words),
        reported_cell(figure, words),
        goal_cell(figure.target, words),
        share_cell(figure.completion),
        share_cell(figure.schedule),
        format_standing(_standing((task, figure)), words),
        printed_number(task.task),
    )


def _standing(pair: Pair) -> Standing:
    return pair[1].standing or Standing.NO_INFORMATION


def _completion(pair: Pair) -> Fraction:
    return pair[1].completion or Fraction(0)


def _count(pairs: Sequence[Pair], standing: Standing) -> int:
    return sum(_standing(pair) is standing for pair in pairs)


def _title(pairs: Sequence[Pair], words: Words) -> str:
    behind, total = _count(pairs, Standing.BEHIND), len(pairs)
    if behind:
        metric = min(pairs, key=lambda p: p[1].gap_points or Fraction(0))[1].target.metric
        key = "charts.targets.title_behind_one" if behind == 1 else "charts.targets.title_behind"
        return words(key, n=behind, metric=metric)
    done = _count(pairs, Standing.DONE)
    if done:
        return words("charts.targets.title_done", n=total, done=done)
    return words("charts.targets.title_none_behind", n=total)


def _subtitle(overview: Overview, pairs: Sequence[Pair], words: Words) -> str:
    schedules = {figure.schedule for _, figure in pairs}
    source = format_source(overview, words)
    if len(schedules) == 1:
        percent = format_percent(schedules.pop())
        return words("charts.targets.subtitle", percent=percent, source=source, own=words("pages.own"))
    return words("charts.targets.subtitle_several", source=source, own=words("pages.own"))


def _description(pairs: Sequence[Pair], words: Words) -> str:
    named = [
        words(
            "charts.targets.part",
            metric=figure.target.metric,
            percent=format_completion(figure),
            status=format_standing(_standing((task, figure)), words),
        )
        for task, figure in pairs[:_NAMED]
    ]
    key = "charts.targets.description" if len(pairs) <= _NAMED else "charts.targets.description_more"
    return words(key, parts=join_list(named, words))


def _draw(canvas: Canvas, bullets: Sequence[Bullet], words: Words) -> Drawing:
    named = name_schedule(canvas, bullets)
    y = 0.0 if canvas.is_wide else named
    for standing in GROUPS:
        group = [bullet for bullet in bullets if bullet.standing is standing]
        if not group:
            continue
        canvas.legend(
            0, y + 15, standing, format_standing(standing, words), words("charts.targets_n", n=len(group))
        )
        y += 26
        for bullet in group:
            y += draw_bullet(canvas, bullet, y)
        y += 4
    return canvas.finish(end_of_rows(y), plot=y)
