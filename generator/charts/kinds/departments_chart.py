"""Department load by role and standing: one small mark a task, in one row a body."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from generator.charts.canvas import Canvas, draw_variants, line_height
from generator.charts.chart_table import ChartRow, count_table
from generator.charts.chart_types import Box, ChartRequest, Drawing, Hit
from generator.charts.kinds.standing_chart import format_counts
from generator.charts.text_width import text_width, wrap_text
from generator.charts.theme import SMALL, TEXT
from generator.figures import WEAKEST_FIRST, DepartmentLoad, Overview, TaskFigures
from generator.model import addresses
from generator.wording import Words, format_source, format_standing, join_list

_DRAWN = 24
"""Bodies that are drawn; the table has all."""
_NAME_WIDTH = 176
_PITCH = 13
_RADIUS = 4.8
_NAMED = 5
_ROLES: Mapping[str, Callable[[DepartmentLoad], Sequence[TaskFigures]]] = {
    "led": lambda load: load.led,
    "joined": lambda load: load.joined,
    "unstated": lambda load: load.unstated,
}


def plan_departments(overview: Overview, words: Words) -> ChartRequest | None:
    """Who carries how much; None when no task names a body."""
    loads = overview.departments
    if not loads:
        return None
    roles = [role for role, tasks_of in _ROLES.items() if any(map(tasks_of, loads))]
    return ChartRequest(
        key=addresses.overview_chart(overview.district.id, overview.period, "departments"),
        kind="departments",
        title=_title(loads, words),
        subtitle=_subtitle(overview, words),
        description=_description(loads, words),
        table=count_table(_columns(roles, words), [_row(load, roles) for load in loads]),
        drawings=draw_variants(lambda canvas: _draw(canvas, overview, roles, words)),
    )


def _subtitle(overview: Overview, words: Words) -> str:
    total, source = len(overview.departments), format_source(overview, words)
    if total <= _DRAWN:
        return words("charts.departments.subtitle", source=source)
    return words("charts.departments.subtitle_first", n=_DRAWN, total=total, source=source)


def _columns(roles: Sequence[str], words: Words) -> list[str]:
    keys = ("column.department", *(f"role.{role}" for role in roles), "total")
    return [*(words(f"charts.{key}") for key in keys), *(format_standing(s, words) for s in WEAKEST_FIRST)]


def _title(loads: Sequence[DepartmentLoad], words: Words) -> str:
    most = loads[0].totals.tasks
    first = [load.department.name for load in loads if load.totals.tasks == most]
    if len(first) > 2:
        return words("charts.departments.title_several", n=most, bodies=len(first))
    return words("charts.departments.title", names=join_list(first, words), n=most)


def _description(loads: Sequence[DepartmentLoad], words: Words) -> str:
    parts = [
        words("charts.departments.part", name=load.department.name, n=load.totals.tasks)
        for load in loads[:_NAMED]
    ]
    return words("charts.departments.description", parts=join_list(parts, words))


def _row(load: DepartmentLoad, roles: Sequence[str]) -> ChartRow:
    return (
        load.department.name,
        *(str(len(_ROLES[role](load))) for role in roles),
        str(load.totals.tasks),
        *(str(load.totals.standings[standing]) for standing in WEAKEST_FIRST),
    )


def _draw(canvas: Canvas, overview: Overview, roles: Sequence[str], words: Words) -> Drawing:
    loads = overview.departments[:_DRAWN]
    y = _draw_heads(canvas, roles, words) if canvas.is_wide else 0.0
    for load in loads:
        height = _draw_load(canvas, load, roles, words, y)
        canvas.hairlines.append(y + height)
        canvas.hits.append(_hit(overview, load, words, Box(0, y, canvas.width, height)))
        y += height
    present = [s for s in WEAKEST_FIRST if any(load.totals.standings[s] for load in loads)]
    return canvas.finish(canvas.legend_line([(s, format_standing(s, words), "") for s in present], y + 8))


def _panels(canvas: Canvas, roles: Sequence[str]) -> list[tuple[float, float]]:
    """Left end and width of each role's panel."""
    if not canvas.is_wide:
        return [(0.0, float(canvas.width))] * len(roles)
    width = (canvas.width - _NAME_WIDTH) / len(roles)
    return [(_NAME_WIDTH + place * width, width) for place in range(len(roles))]


def _draw_heads(canvas: Canvas, roles: Sequence[str], words: Words) -> float:
    for role, (left, _) in zip(roles, _panels(canvas, roles), strict=True):
        canvas.note(left + 8, 14, words(f"charts.role.{role}"))
    canvas.hairlines.append(22)
    return 22


def _draw_load(canvas: Canvas, load: DepartmentLoad, roles: Sequence[str], words: Words, y: float) -> float:
    name_width = _NAME_WIDTH - 10 if canvas.is_wide else canvas.width
    names = wrap_text(load.department.name, name_width, TEXT, 3)
    canvas.text(0, y + 20, names)
    height = 10 + len(names) * line_height(TEXT)
    if canvas.is_wide:
        panels = zip(roles, _panels(canvas, roles), strict=True)
        return max(height, *(_draw_role(canvas, load, role, panel, y) for role, panel in panels))
    for role in roles:
        tasks = _ROLES[role](load)
        if tasks:
            word = _count_role(role, tasks, words)
            canvas.note(0, y + height + 11, word)
            left = max(84.0, text_width(word, SMALL) + 10)
            if left > canvas.width / 2:
                left, height = 0.0, height + line_height(SMALL) + 2
            height += _draw_marks(canvas, load, tasks, (left, canvas.width - left), y + height + 7) + 6
    return height + 6


def _count_role(role: str, tasks: Sequence[TaskFigures], words: Words) -> str:
    return words("charts.role.count", role=words(f"charts.role.{role}"), n=len(tasks))


def _draw_role(
    canvas: Canvas, load: DepartmentLoad, role: str, panel: tuple[float, float], y: float
) -> float:
    tasks = _ROLES[role](load)
    left, width = panel
    colour = "ink" if tasks else "muted"
    canvas.text(left + 30, y + 20, str(len(tasks)), anchor="end", bold=bool(tasks), colour=colour)
    return _draw_marks(canvas, load, tasks, (left + 40, width - 44), y + 15) + 12


def _draw_marks(
    canvas: Canvas, load: DepartmentLoad, tasks: Sequence[TaskFigures], room: tuple[float, float], y: float
) -> float:
    """One mark a task, what wants a look first; returns the height of its lines."""
    left, width = room
    columns = max(1, int(width // _PITCH))
    ordered = sorted(tasks, key=lambda t: (WEAKEST_FIRST.index(t.standing), t.task.number))
    for place, task in enumerate(ordered):
        row, column = divmod(place, columns)
        x = left + (column + 0.5) * _PITCH
        canvas.mark(
            x, y + row * (_PITCH + 1), task.standing, _RADIUS, key=load.department.slug, task=task.task.id
        )
    return max(1, -(-len(ordered) // columns)) * (_PITCH + 1) + 4


def _hit(overview: Overview, load: DepartmentLoad, words: Words, box: Box) -> Hit:
    carried = {role: tasks for role, tasks_of in _ROLES.items() if (tasks := tasks_of(load))}
    roles = [_count_role(role, tasks, words) for role, tasks in carried.items()]
    return Hit(
        key=load.department.slug,
        tasks=tuple(figures.task.id for tasks in carried.values() for figures in tasks),
        url=addresses.department_url(overview.district.id, load.department.slug),
        label=words("charts.departments.part", name=load.department.name, n=load.totals.tasks),
        lines=(join_list(roles, words), format_counts(load.totals.standings, words)),
        status=None,
        box=box,
    )
