"""Headings that say one thing over a column that holds another: settled by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.ingest.layout.cell_features import done_share, is_percentage, is_status_word
from generator.ingest.layout.column_content import Content, SourceColumn, set_role, with_roles
from generator.ingest.layout.department_names import share_of_bodies
from generator.ingest.layout.heading_roles import ColumnRole
from generator.ingest.layout.source_pieces import squeeze
from generator.ingest.layout.stated_periods import last_month

R = ColumnRole
_FIGURE = re.compile(r"[-−]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-−]?\d+(?:\.\d+)?|[/—\-]")


def check_traps(columns: list[SourceColumn], contents: list[Content], fixed: set[int]) -> list[SourceColumn]:
    """A progress heading over status words or the year's goal, a status heading over prose, and the like.

    ``fixed``: columns that a person decided.
    """
    for column in columns:
        if column.index not in fixed and contents[column.index].texts:
            role = _true_role(column, columns, contents)
            if role is not None:
                columns = set_role(columns, column.index, role, "content")
    return columns


def settle_measures(
    columns: list[SourceColumn], contents: list[Content], fixed: set[int]
) -> list[SourceColumn]:
    """A column 单位 of units of measure is none of bodies."""
    for column in with_roles(columns, R.DEPARTMENT):
        if column.index not in fixed and contents[column.index].texts and _is_measure(contents[column.index]):
            columns = set_role(columns, column.index, R.REMARKS, "heading")
    return columns


def is_figures(content: Content) -> bool:
    """Whether a column holds nothing but bare numbers, without their unit."""
    return content.share(lambda text: _FIGURE.fullmatch(squeeze(str(text))) is not None) >= 0.8


def _true_role(
    column: SourceColumn, columns: Sequence[SourceColumn], contents: Sequence[Content]
) -> ColumnRole | None:
    """Role that the content of a column speaks for; None where it agrees with the heading."""
    content = contents[column.index]
    others = [contents[c.index] for c in with_roles(columns, R.PROGRESS) if c.index != column.index]
    if column.role is R.PROGRESS and others:
        if is_figures(content) and _prose_reports(column, columns, contents):
            return R.REMARKS
        return _beside_progress(column, content, others)
    told = any(not is_figures(other) for other in others)
    if column.role is R.STATUS:
        return _under_status(content, told=told)
    if column.role is R.COMPLETION:
        return _under_completion(content, told=told)
    if column.role is R.PROGRESS and is_figures(content) and _prose_reports(column, columns, contents):
        return R.REMARKS
    if column.role is R.DEADLINE and content.size > 40:
        return R.PLAN
    return None


def _beside_progress(column: SourceColumn, content: Content, others: Sequence[Content]) -> ColumnRole | None:
    """What a column under a progress heading is beside others of the kind."""
    words, shares = content.share(is_status_word), content.share(is_percentage)
    if is_figures(content) and any(not is_figures(other) for other in others):
        return R.REMARKS
    if shares >= 0.6 and shares > words:
        return R.COMPLETION
    if words >= 0.6:
        return R.STATUS
    return R.TASK if _is_goal(content, others, [column.heading]) else None


def _under_status(content: Content, *, told: bool) -> ColumnRole | None:
    """What a column under a status heading is. ``told``: another column tells the progress in words."""
    words, shares = content.share(is_status_word), content.share(is_percentage)
    if shares >= 0.6 and words < shares:
        return R.COMPLETION
    if words >= 0.4:
        return None
    figures = content.share(lambda text: re.search(r"\d", str(text)) is not None) >= 0.5
    if not told:
        return R.PROGRESS if content.size > 12 or figures else None
    return R.REMARKS if content.size > 12 or (figures and content.size > 4) else None


def _under_completion(content: Content, *, told: bool) -> ColumnRole | None:
    """What a column under a heading of percentages is."""
    words, shares = content.share(is_status_word), content.share(is_percentage)
    if words >= 0.6 and shares < words:
        return R.STATUS
    return R.PROGRESS if shares < 0.4 and content.size >= 6 and not told else None


def _prose_reports(
    column: SourceColumn, columns: Sequence[SourceColumn], contents: Sequence[Content]
) -> bool:
    """Whether a further column of status or percentages holds prose, which then is the progress."""
    others = [contents[c.index] for c in with_roles(columns, R.STATUS, R.COMPLETION) if c != column]
    return any(c.share(is_percentage) < 0.4 and c.share(is_status_word) < 0.4 and c.size >= 6 for c in others)


def _is_measure(content: Content) -> bool:
    """Whether a column 单位 holds units of measure (万元, 个, %), not bodies."""
    return content.size <= 4 and content.share(lambda text: share_of_bodies(str(text)) >= 0.5) < 0.3


def _is_goal(content: Content, others: Sequence[Content], headings: Sequence[str]) -> bool:
    """Whether a column under a progress heading holds what is to be reached: little is told as done in it."""
    if any(last_month(heading) for heading in headings):
        return False
    mine = done_share(list(content.texts))
    return mine < 0.3 and max(done_share(list(o.texts)) for o in others) >= mine + 0.3
