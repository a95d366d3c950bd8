"""Standing of all tasks: one mark a task, grouped by standing, each a link to its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.charts.canvas import Canvas, draw_variants, legend_width
from generator.charts.chart_table import ChartRow, measured_table
from generator.charts.chart_types import Box, ChartRequest, Drawing, Hit
from generator.charts.text_width import cut_text
from generator.figures import WEAKEST_FIRST, Overview, Standing, TaskFigures
from generator.model import addresses
from generator.wording import (
    Words,
    format_completion,
    format_departments,
    format_evidence,
    format_goal,
    format_reported,
    format_source,
    format_standing,
    format_task_number,
    join_list,
    printed_number,
)

Groups = Mapping[Standing, Sequence[TaskFigures]]


def plan_standing(overview: Overview, words: Words) -> ChartRequest | None:
    """The whole year in one picture; None for a period without tasks."""
    if not overview.tasks:
        return None
    source, parts = format_source(overview, words), format_counts(overview.totals.standings, words)
    groups = {s: [t for t in overview.tasks if t.standing is s] for s in WEAKEST_FIRST}
    return ChartRequest(
        key=addresses.overview_chart(overview.district.id, overview.period, "standing"),
        kind="standing",
        title=_title(overview, words),
        subtitle=words("charts.standing.subtitle", source=source, own=words("pages.own")),
        description=words("charts.standing.description", total=overview.totals.tasks, parts=parts),
        table=measured_table(("standing", "tasks", "numbers"), _rows(overview, groups, words), words),
        drawings=draw_variants(lambda canvas: _draw(canvas, groups, words)),
    )


def _title(overview: Overview, words: Words) -> str:
    counts = overview.totals.standings
    total, behind, done = overview.totals.tasks, counts[Standing.BEHIND], counts[Standing.DONE]
    if behind:
        key = "title_behind" if done else "title_behind_none_done"
        return words(f"charts.standing.{key}", total=total, n=behind, done=done)
    if done:
        return words("charts.standing.title_done", total=total, n=done)
    standing = max(counts, key=lambda s: counts[s])
    return words(
        "charts.standing.title_most", total=total, n=counts[standing], status=format_standing(standing, words)
    )


def format_counts(counts: Mapping[Standing, int], words: Words) -> str:
    """How many tasks have each standing that occurs, the weakest first."""
    parts = [
        words("charts.standing.part", status=format_standing(s, words), n=counts[s])
        for s in WEAKEST_FIRST
        if counts[s]
    ]
    return join_list(parts, words)


def _rows(overview: Overview, groups: Groups, words: Words) -> list[ChartRow]:
    rows: list[ChartRow] = [
        (
            format_standing(s, words),
            str(len(tasks)),
            join_list([printed_number(t.task) for t in tasks], words),
        )
        for s, tasks in groups.items()
        if tasks
    ]
    return [*rows, (words("charts.total"), str(overview.totals.tasks), "")]


def _draw(canvas: Canvas, groups: Groups, words: Words) -> Drawing:
    shown = {s: tasks for s, tasks in groups.items() if tasks}
    labels = {
        s: (format_standing(s, words), words("charts.tasks", n=len(tasks))) for s, tasks in shown.items()
    }
    left = max(legend_width(*label) for label in labels.values()) + 12 if canvas.is_wide else 0
    cell, row_height = (28, 40) if canvas.is_wide else (34, 42)
    columns = max(1, int((canvas.width - left) // cell))
    y = 0.0
    for standing, tasks in shown.items():
        canvas.legend(0, y + 17, standing, *labels[standing])
        y += 0 if canvas.is_wide else 26
        for place, task in enumerate(tasks):
            row, column = divmod(place, columns)
            _draw_task(canvas, task, words, Box(left + column * cell, y + row * row_height, cell, row_height))
        y += -(-len(tasks) // columns) * row_height + 10
    return canvas.finish(y - 8)


def _draw_task(canvas: Canvas, task: TaskFigures, words: Words, cell: Box) -> None:
    """The mark of one task over its number."""
    key, middle = task.task.id, cell.x + cell.width / 2
    canvas.mark(middle, cell.y + 12, task.standing, 8, key=key, task=key)
    number = cut_text(printed_number(task.task), cell.width, 11)
    canvas.text(middle, cell.y + 34, number, anchor="middle", colour="muted", size=11)
    canvas.hits.append(_hit(task, words, cell))


def _hit(task: TaskFigures, words: Words, cell: Box) -> Hit:
    number, status = format_task_number(task.task, words), format_standing(task.standing, words)
    return Hit(
        key=task.task.id,
        tasks=(task.task.id,),
        url=addresses.task_url(task.task.id),
        label=words("charts.standing.mark", number=number, title=task.task.title, status=status),
        lines=_lines(task, words),
        status=task.standing,
        box=cell,
    )


def _lines(task: TaskFigures, words: Words) -> tuple[str, ...]:
    lines = [format_departments(task.task, words)]
    weakest = task.weakest
    if weakest is not None:
        values = {"actual": format_reported(weakest, words), "target": format_goal(weakest.target, words)}
        if weakest.completion is None:
            lines.append(words("charts.tip.rate", metric=weakest.target.metric, **values))
        else:
            percent = format_completion(weakest)
            lines.append(words("charts.tip.amount", metric=weakest.target.metric, percent=percent, **values))
    return tuple(line for line in (*lines, *format_evidence(task, words)) if line)
