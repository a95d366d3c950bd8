"""The best path through lines that are cells of known columns, a heading of what follows, or a note.

Dynamic programming: how well a line fits a column, what columns it skips, where a new row begins, whether
printed numbers run on. Columns that vanished (merged, empty) are skipped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from generator.ingest.layout.cell_features import fit_score, is_furniture, is_note
from generator.ingest.layout.column_fit import is_figure
from generator.ingest.layout.department_names import share_of_bodies
from generator.ingest.layout.heading_roles import OFFICE_ROLES, ColumnRole
from generator.ingest.layout.row_numbers import is_number
from generator.ingest.layout.row_records import heading_level
from generator.ingest.layout.source_pieces import squeeze, visible

R = ColumnRole
_PROSE = (R.TASK, R.PROGRESS, R.NEXT_STEPS, R.PLAN, R.REMARKS)
_SENTENCE_END = re.compile(r"[。；;！!]\s*$")
_SAID = 60.0
"""Score of a line that a person called a heading."""
_NEVER = float("-inf")


def find_path(
    texts: Sequence[str],
    roles: Sequence[ColumnRole | None],
    *,
    counted: frozenset[int] = frozenset(),
    often: Mapping[str, int] | None = None,
    alone: frozenset[int] = frozenset(),
) -> tuple[float, list[tuple[int | None, bool]]]:
    """The best path through the lines: score, and for each its column and whether a row begins with it.

    A line that is a heading or a note has column None. ``counted``: lines that are running row numbers.
    ``often``: how many times a text comes in all. ``alone``: lines that are headings, as a person says.
    """
    width = len(roles)
    tasks = [i for i, role in enumerate(roles) if role is R.TASK]
    skips = [0.6 if c in tasks[1:] else _skip_cost(role, bool(counted)) for c, role in enumerate(roles)]
    before = [sum(skips[:c]) for c in range(width + 1)]
    numbered = R.NUMBER in roles
    state = [_NEVER] * width + [0.0]
    steps: list[list[tuple[int, bool]]] = []
    for position, text in enumerate(texts):
        running = numbered and position in counted
        fits = [_fit(role, text, counted=running, goal=c in tasks[1:]) for c, role in enumerate(roles)]
        shares = [_share(role, texts, position) if position else _NEVER for role in roles]
        single = _SAID if position in alone else _alone(text, often or {}, numbered=numbered)
        state, came = _step(state, before, fits, shares, single)
        steps.append(came)
    ended = _end_row(state, before)
    place = max(range(width + 1), key=lambda p: (ended[p], -p))
    total = ended[place]
    path: list[tuple[int | None, bool]] = []
    for came in reversed(steps):
        origin, fresh = came[place]
        path.append((place if place < width else None, fresh))
        place = origin
    return total, path[::-1]


def _end_row(state: Sequence[float], before: Sequence[float]) -> list[float]:
    """Scores after the row has ended: the columns behind the last one are skipped."""
    width = len(before) - 1
    return [s - (before[width] - before[p + 1]) if p < width else s for p, s in enumerate(state)]


def _step(
    state: Sequence[float],
    before: Sequence[float],
    fits: Sequence[float],
    shares: Sequence[float],
    alone: float,
) -> tuple[list[float], list[tuple[int, bool]]]:
    """Scores after one more line, and where each came from: column (or none) and whether a row began.

    ``state``: one score a column, and that of a line without any at the end; ``before``: cost of all columns
    in front of each; ``fits``: of the line to each column; ``shares``: of going on in the same column.
    """
    ended = _end_row(state, before)
    source = max(range(len(state)), key=lambda p: (ended[p], -p))
    line: list[float] = []
    came: list[tuple[int, bool]] = []
    for column, fit in enumerate(fits):
        options = [(ended[source] - before[column] + fit, source, True)]
        options += [(state[p] - (before[column] - before[p + 1]) + fit, p, False) for p in range(column)]
        options.append((state[column] + fit + shares[column], column, False))
        score, origin, fresh = max(options, key=lambda option: (option[0], not option[2]))
        line.append(score)
        came.append((origin, fresh))
    return [*line, ended[source] + alone], [*came, (source, False)]


def _fit(role: ColumnRole | None, text: str, *, counted: bool, goal: bool) -> float:
    if role is R.NUMBER:
        return 3.0 if counted else -6.0
    if counted and role is not R.REMARKS:
        return -2.0
    if role is R.REMARKS or role is None:
        return 1.0 if is_figure(text) else -0.4
    if goal and is_figure(text):
        return 0.8
    if role is R.GROUP and heading_level(text) in (1, 2):
        return 1.0
    score = fit_score(role, text)
    if role in _PROSE and is_figure(text):
        score -= 0.5
    if role in (R.GROUP, R.TASK) and is_note(text):
        score -= 1.0
    return score


def _alone(text: str, often: Mapping[str, int], *, numbered: bool) -> float:
    """How well a line stands alone, as a heading or a note."""
    if is_note(text) or is_furniture(text):
        return 1.5
    size = visible(text)
    if size > 40 or _SENTENCE_END.search(text) or share_of_bodies(text) >= 0.8:
        return -3.5
    if is_number(text):
        return -3.5 if numbered or not heading_level(text) else 0.5
    if heading_level(text) in (1, 2):
        return 2.0
    return (-0.2 if often.get(squeeze(text), 0) > 1 else -1.6) - (1.0 if re.search(r"\d", text) else 0.0)


def _skip_cost(role: ColumnRole | None, counted: bool) -> float:
    if role is R.NUMBER:
        return 2.0 if counted else 0.0
    if role is R.TASK:
        return 2.5
    if role in (R.PROGRESS, R.NEXT_STEPS):
        return 1.2
    return 0.2 if role in (R.GROUP, R.REMARKS, None) else 0.8


def _share(role: ColumnRole | None, texts: Sequence[str], position: int) -> float:
    """Cost of a further line in the same column: small in prose and in lists of bodies, large elsewhere."""
    if role in (*OFFICE_ROLES, R.CONTACT, R.LEADER):
        return -0.9 if role is R.LEAD else -0.3
    above = texts[position - 1]
    if role is R.GROUP:
        return 0.5 if is_number(above) else -0.8
    if role in _PROSE:
        return -1.2 if _SENTENCE_END.search(above) else -0.6
    return -3.0
