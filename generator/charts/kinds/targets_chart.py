"""Completion of all measurable targets against the schedule: bullet bars, weakest first."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from generator.charts.canvas import Canvas, draw_variants
from generator.charts.chart_table import ChartRow, goal_cell, measured_table, reported_cell, share_cell
from generator.charts.chart_types import ChartRequest, Drawing
from generator.charts.kinds.bullet_rows import (
    Bullet,
    bar_values,
    draw_bullet,
    end_of_rows,
    name_schedule,
    tip_lines,
)
from generator.figures import COMPARED, DepartmentLoad, Overview, Standing, TargetFigure, TaskFigures
from generator.model import addresses
from generator.wording import (
    Words,
    format_amounts,
    format_completion,
    format_departments,
    format_percent,
    format_source,
    format_standing,
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


def _make_bullet(pair: Pair, words: Words) -> Bullet:
    """The bar of one target."""
    task, figure = pair
    quantities = format_amounts(figure, words)
    return Bullet(
        figure=figure,
        name=figure.target.metric,
        sub=format_departments(task.task, words),
        result=format_percent(_completion(pair)),
        quantities=quantities,
        label=words("charts.targets.mark", quantities=quantities, **_found(pair, words)),
        lines=tip_lines(task, figure, words),
        table="bars",
        values=bar_values(figure),
    )


def _found(pair: Pair, words: Words) -> dict[str, str]:
    """Name, completion and standing of a target, in words."""
    _, figure = pair
    status = format_standing(_standing(pair), words)
    return {"metric": figure.target.metric, "percent": format_completion(figure), "status": status}


def _plan(key: str, overview: Overview, pairs: Sequence[Pair], words: Words) -> ChartRequest | None:
    if not pairs:
        return None
    bullets = [_make_bullet(pair, words) for pair in pairs]
    named = {"schedule": words("charts.schedule", percent=format_percent(pairs[0][1].schedule))}
    return ChartRequest(
        key=key,
        kind="targets",
        title=_title(pairs, words),
        subtitle=_subtitle(overview, pairs, words),
        description=_description(pairs, words),
        table=measured_table(_COLUMNS, [_row(task, figure, words) for task, figure in pairs], words),
        drawings=draw_variants(lambda canvas: _draw(canvas, bullets, words), named),
    )


_COLUMNS = ("metric", "bodies", "actual", "target", "completion", "schedule", "standing", "task_number")


def _row(task: TaskFigures, figure: TargetFigure, words: Words) -> ChartRow:
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
    named = [format_part(pair, words) for pair in pairs[:_NAMED]]
    key = "charts.targets.description" if len(pairs) <= _NAMED else "charts.targets.description_more"
    return words(key, parts=join_list(named, words))


def format_part(pair: Pair, words: Words) -> str:
    """One target in a sentence about many: name, completion, standing."""
    return words("charts.targets.part", **_found(pair, words))


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
