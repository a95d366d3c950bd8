"""Which column of a table holds what: by heading, by the clerk's own word, by content."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.ingest.layout.cell_features import (
    done_share,
    fit_score,
    future_share,
    is_deadline,
    is_percentage,
    is_status_word,
)
from generator.ingest.layout.column_content import Content, SourceColumn, set_role, with_roles
from generator.ingest.layout.contacts import has_phone
from generator.ingest.layout.department_names import share_of_bodies
from generator.ingest.layout.heading_roles import ColumnRole, heading_role, normal_heading
from generator.ingest.layout.misleading_headings import check_traps, is_figures, settle_measures
from generator.ingest.layout.row_numbers import is_number
from generator.ingest.layout.slot_grid import Heading, Row
from generator.ingest.layout.source_pieces import SourcePiece, visible
from generator.ingest.layout.stated_periods import last_month
from generator.model import Period

R = ColumnRole
_NAMELESS = -0.5
"""Cost of a column with text that gets no heading."""
_LOST_ROLE = -0.6
_LOST_TASK = -5.0


def make_columns(
    heading: Heading | None,
    rows: Sequence[Row],
    *,
    decided: Mapping[str, tuple[ColumnRole, str]],
    period: Period | None = None,
) -> tuple[SourceColumn, ...]:
    """Columns of a table in order.

    ``rows``: those below the heading. ``decided``: printed heading or 1-based column number → role and who
    says so.
    """
    width = len(rows[0]) if rows else len(heading.texts) if heading else 0
    contents = [_content(rows, index) for index in range(width)]
    columns = []
    for index in range(width):
        text = heading.texts[index] if heading and index < len(heading.texts) else ""
        columns.append(_name_column(index, text, decided))
    fixed = {c.index for c in columns if c.why in ("option", "district.yaml")}
    columns = settle_measures(columns, contents, fixed)
    if not fixed:
        columns = _realign(columns, contents)
    columns = _settle(columns, contents, fixed)
    columns = _settle_coming(columns, period, fixed)
    for role in (R.PROGRESS, R.PLAN):
        columns = _settle_periods(columns, role, period, fixed)
    return tuple(_mark(column, contents[column.index], columns, rows) for column in columns)


def _settle_periods(
    columns: list[SourceColumn], role: ColumnRole, period: Period | None, fixed: set[int]
) -> list[SourceColumn]:
    """Of several columns of one role that name their periods the one of this period; the rest are remarks."""
    several = with_roles(columns, role)
    ends = {c.index: last_month(c.heading) for c in several}
    if period is None or len(several) < 2 or period.last_month not in ends.values():
        return columns
    for column in several:
        if ends[column.index] != period.last_month and column.index not in fixed:
            columns = set_role(columns, column.index, R.REMARKS, "heading")
    return columns


def _settle_coming(columns: list[SourceColumn], period: Period | None, fixed: set[int]) -> list[SourceColumn]:
    """The only plan of a period after this one, beside the progress, is the next steps: 四季度工作计划."""
    if period is None or with_roles(columns, R.NEXT_STEPS) or not with_roles(columns, R.PROGRESS):
        return columns
    ends = {c.index: last_month(c.heading) for c in with_roles(columns, R.PLAN)}
    coming = [index for index, end in ends.items() if end is not None and end > period.last_month]
    if len(coming) != 1 or coming[0] in fixed:
        return columns
    return set_role(columns, coming[0], R.NEXT_STEPS, "heading")


def _mark(
    column: SourceColumn, content: Content, columns: Sequence[SourceColumn], rows: Sequence[Row]
) -> SourceColumn:
    """The column with what holds for all of its cells."""
    if column.role in (R.DEPARTMENT, R.LEAD, R.JOINT):
        said = re.search(r"加[黑粗]|[黑粗]体", column.heading) is not None
        mixed = any(_is_mixed(row[column.index].piece) for row in rows)
        persons = re.search(r"(?:责任|负责|联系|经办)人", column.heading) is not None
        column = replace(column, bold_leads=said or mixed, persons=persons)
    tasks = [c.index for c in columns if c.role is R.TASK]
    if column.role is R.LEAD and tasks and column.index < min(tasks):
        gaps = content.merged or len(content.texts) < len(rows)
        column = replace(column, groups=gaps)
    if column.role is R.GROUP and tasks and len(content.texts) >= 2:
        own = not content.merged and len(content.texts) >= 0.8 * len(rows)
        column = replace(column, names=own and len(set(content.texts)) == len(content.texts))
    return column


def _is_mixed(piece: SourcePiece) -> bool:
    """Whether a cell has both bold and other visible characters."""
    marked = sum(visible(piece.text[s.start : s.end]) for s in piece.bold)
    return 0 < marked < visible(piece.text.replace("、", ""))


def _content(rows: Sequence[Row], index: int) -> Content:
    slots = [row[index] for row in rows]
    texts = tuple(slot.piece.text for slot in slots if slot.own and slot.piece.text.strip())
    return Content(texts=texts, rows=len(rows), merged=any(slot.handed_down for slot in slots))


def _realign(columns: list[SourceColumn], contents: list[Content]) -> list[SourceColumn]:
    """Headings put over the columns that they fit, in their order, when one was lost or slipped in.

    Only where some column hardly fits its heading, another reading fits much better, and most rows are full
    (rows that lost a cell are put right one by one).
    """
    named = [(c.role, c.heading) for c in columns if c.role is not None]
    marks = [(role, content) for role, content in ((c.role, contents[c.index]) for c in columns) if role]
    scores = [_mean(role, content) for role, content in marks]
    last = max((c.index for c in columns if contents[c.index].texts), default=0)
    shifted = len(contents[last].texts) < 0.6 * contents[last].rows
    if len(named) < 4 or not scores or min(scores) > -0.7 or shifted:
        return columns
    straight = sum(scores) + sum(_NAMELESS for c in columns if c.role is None and contents[c.index].texts)
    best, path = _best_order([role for role, _ in named], contents)
    if best < straight + 2.0:
        return columns
    moved = []
    for column, place in zip(columns, path, strict=True):
        role, heading = named[place] if place is not None else (None, "")
        same = role is column.role and heading == column.heading
        moved.append(
            column
            if same
            else SourceColumn(index=column.index, heading=heading, role=role, why="content", moved=True)
        )
    return moved


def _mean(role: ColumnRole, content: Content) -> float:
    """How well the cells of a column fit a role on average."""
    sample = content.texts[:20]
    if not sample:
        return -2.0 if role is R.TASK else 0.0
    return sum(fit_score(role, text) for text in sample) / len(sample)


def _best_order(
    roles: Sequence[ColumnRole], contents: Sequence[Content]
) -> tuple[float, tuple[int | None, ...]]:
    """Best score of putting the roles over the columns in order, and the role's place for each column."""
    table: list[tuple[float, tuple[int | None, ...]]] = [(0.0, ())]
    for role in roles:
        table.append((table[-1][0] + (_LOST_TASK if role is R.TASK else _LOST_ROLE), ()))
    for content in contents:
        bare = _NAMELESS if content.texts else 0.0
        line = [(table[0][0] + bare, (*table[0][1], None))]
        for place, role in enumerate(roles, 1):
            lost = _LOST_TASK if role is R.TASK else _LOST_ROLE
            line.append(
                max(
                    (table[place][0] + bare, (*table[place][1], None)),
                    (line[place - 1][0] + lost, line[place - 1][1]),
                    (table[place - 1][0] + _mean(role, content), (*table[place - 1][1], place - 1)),
                    key=lambda option: option[0],
                )
            )
        table = line
    return table[-1]


def _name_column(index: int, text: str, decided: Mapping[str, tuple[ColumnRole, str]]) -> SourceColumn:
    keys = (str(index + 1), normal_heading(text), normal_heading(text.split("\n")[-1]) if text else "")
    for key in keys:
        if key and key in decided:
            return SourceColumn(index=index, heading=text, role=decided[key][0], why=decided[key][1])
    lines = text.split("\n")
    role: ColumnRole | None
    whole = heading_role("".join(lines))
    lowest = heading_role(lines[-1])
    role = whole or lowest
    if len(lines) > 1 and lowest is None and whole is None:
        role = heading_role(lines[0])
        role = R.PLAN if role is R.TASK and "季" in lines[-1] else role
    return SourceColumn(index=index, heading=text, role=role, why="heading" if role else "")


def _settle(columns: list[SourceColumn], contents: list[Content], fixed: set[int]) -> list[SourceColumn]:
    """Headings that say one thing and hold another, twice the same role, columns without a heading."""
    for step in (check_traps, _guess_unnamed, _settle_tasks, _settle_departments, _settle_groups):
        columns = step(columns, contents, fixed)
    return columns


def _guess_unnamed(
    columns: list[SourceColumn], contents: list[Content], fixed: set[int]
) -> list[SourceColumn]:
    """Columns whose heading says nothing: by what stands in them."""
    for column in columns:
        content = contents[column.index]
        if column.role is None and content.texts and column.index not in fixed:
            role = _guess(content, column, columns)
            headed = column.heading.strip() and any(c.role in (R.TASK, R.GROUP) for c in columns)
            if role is not None and (not headed or role in (R.DEPARTMENT, R.CONTACT)):
                columns = set_role(columns, column.index, role, "content")
    return _guess_prose(columns, contents, fixed)


def _guess(content: Content, column: SourceColumn, columns: Sequence[SourceColumn]) -> ColumnRole | None:
    roles = {c.role for c in columns}
    if content.share(is_number) >= 0.6 and R.NUMBER not in roles and column.index <= 2:
        return R.NUMBER
    if content.share(has_phone) >= 0.6 and R.CONTACT not in roles:
        return R.CONTACT
    if content.share(is_percentage) >= 0.6 and R.COMPLETION not in roles and column.index > 0:
        return R.COMPLETION
    if content.share(is_status_word) >= 0.6 and R.STATUS not in roles:
        return R.STATUS
    if content.share(lambda t: share_of_bodies(str(t)) >= 0.6) >= 0.6 and R.DEPARTMENT not in roles:
        return R.DEPARTMENT
    if content.share(is_deadline) >= 0.7 and content.size <= 14 and R.DEADLINE not in roles:
        return R.DEADLINE
    return None


def _guess_prose(columns: list[SourceColumn], contents: list[Content], fixed: set[int]) -> list[SourceColumn]:
    """Columns of prose without a heading: the promise first, then what was done, then what comes."""
    for column in columns:
        content = contents[column.index]
        if column.role is not None or not content.texts or column.index in fixed or is_figures(content):
            continue
        texts = list(content.texts)
        has = {c.role for c in columns}
        if column.heading.strip() and R.TASK in has:
            if R.PROGRESS not in has and done_share(texts) >= 0.6 and content.size >= 6:
                columns = set_role(columns, column.index, R.PROGRESS, "content")
            continue
        before_task = R.TASK not in has or column.index < min(c.index for c in columns if c.role is R.TASK)
        repeated = (
            content.merged or len(content.texts) < 0.7 * content.rows or len(set(texts)) < 0.7 * len(texts)
        )
        if before_task and content.size <= 16 and repeated:
            columns = set_role(columns, column.index, R.GROUP, "content")
        elif R.TASK not in has:
            columns = set_role(columns, column.index, R.TASK, "content")
        elif R.PROGRESS not in has and done_share(texts) >= 0.5:
            columns = set_role(columns, column.index, R.PROGRESS, "content")
        elif R.NEXT_STEPS not in has and R.PROGRESS in has and _tells_less(columns, contents, texts):
            columns = set_role(columns, column.index, R.NEXT_STEPS, "content")
    return columns


def _tells_less(columns: Sequence[SourceColumn], contents: Sequence[Content], texts: list[str]) -> bool:
    """Whether prose speaks of what is to come, or tells less of things done than the progress does."""
    told = max(done_share(list(contents[c.index].texts)) for c in columns if c.role is R.PROGRESS)
    return future_share(texts) >= 0.5 or done_share(texts) <= told - 0.3


def _settle_tasks(
    columns: list[SourceColumn], contents: list[Content], fixed: set[int]
) -> list[SourceColumn]:
    """One reading of the task: a merged or repeating column before it is its group; a name of each row's own
    (任务名称 before 年度目标) stays part of it."""
    if not with_roles(columns, R.TASK):
        groups = [c for c in with_roles(columns, R.GROUP) if c.index not in fixed]
        plans = [c for c in with_roles(columns, R.PLAN) if c.index not in fixed]
        candidates = groups or plans
        if candidates:
            widest = max(candidates, key=lambda c: (contents[c.index].size, c.index))
            return set_role(columns, widest.index, R.TASK, "position")
        return columns
    while len(with_roles(columns, R.TASK)) > 1:
        first, second = with_roles(columns, R.TASK)[:2]
        one, two = contents[first.index], contents[second.index]
        if first.index in fixed and second.index in fixed:
            break
        grouping = (
            one.merged
            or len(one.texts) < 0.75 * max(len(two.texts), 1)
            or len(set(one.texts)) < 0.75 * len(one.texts)
        )
        short = one.size <= 24 and two.size > one.size and len(set(one.texts)) < len(one.texts)
        if first.index not in fixed and (grouping or short):
            columns = set_role(columns, first.index, R.GROUP, "content")
        elif second.index not in fixed and two.texts and len(two.texts) < 0.5 * len(one.texts):
            columns = set_role(columns, second.index, R.REMARKS, "content")
        else:
            break
    return columns


def _settle_departments(
    columns: list[SourceColumn], contents: list[Content], fixed: set[int]
) -> list[SourceColumn]:
    """责任单位 holds the supporters beside 牵头单位, and the leaders beside 配合单位 alone.

    Without any other column of bodies, 主要责任单位 marks no lead, and 责任科室 without telephone numbers is
    who is responsible.
    """
    offices = [c for c in with_roles(columns, R.CONTACT) if c.index not in fixed]
    if not with_roles(columns, R.DEPARTMENT, R.LEAD, R.JOINT) and len(offices) == 1:
        content = contents[offices[0].index]
        if content.share(has_phone) == 0 and content.share(lambda t: share_of_bodies(str(t)) >= 0.6) >= 0.6:
            columns = set_role(columns, offices[0].index, R.DEPARTMENT, "heading")
    main = [c for c in with_roles(columns, R.LEAD) if "主要责任" in c.heading and c.index not in fixed]
    if len(main) == 1 and with_roles(columns, R.LEAD, R.DEPARTMENT, R.JOINT) == main:
        columns = set_role(columns, main[0].index, R.DEPARTMENT, main[0].why)
    plain = [c for c in with_roles(columns, R.DEPARTMENT) if c.index not in fixed]
    if with_roles(columns, R.LEAD):
        for column in plain:
            columns = set_role(columns, column.index, R.JOINT, column.why)
    elif with_roles(columns, R.JOINT) and len(plain) == 1:
        columns = set_role(columns, plain[0].index, R.LEAD, plain[0].why)
    return columns


def _settle_groups(
    columns: list[SourceColumn], contents: list[Content], fixed: set[int]
) -> list[SourceColumn]:
    """A group of bodies is the lead unit as group; unknown headings over text are kept with the remarks."""
    for column in columns:
        content = contents[column.index]
        if column.index in fixed or not content.texts:
            continue
        bodies = content.share(lambda t: share_of_bodies(str(t)) >= 0.8)
        if column.role is R.GROUP and bodies >= 0.8 and content.size >= 3 and not with_roles(columns, R.LEAD):
            columns = set_role(columns, column.index, R.LEAD, "content")
            columns = _settle_departments(columns, contents, fixed)
        elif column.role is None and column.heading.strip():
            columns = set_role(columns, column.index, R.REMARKS, "position")
    return columns
