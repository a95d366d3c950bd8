"""Which column of a table holds what: all roles at once, by headings, content and their order together."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from generator.ingest.layout.column_content import (
    Content,
    SourceColumn,
    is_tick,
    set_role,
    with_roles,
)
from generator.ingest.layout.column_fit import column_fit, is_figure
from generator.ingest.layout.department_names import share_of_bodies
from generator.ingest.layout.heading_likeness import heading_evidence, known_role
from generator.ingest.layout.heading_roles import OFFICE_ROLES, ColumnRole, is_category, normal_heading
from generator.ingest.layout.slot_grid import Heading, Row
from generator.ingest.layout.source_pieces import SourcePiece, squeeze, visible
from generator.ingest.layout.stated_periods import last_month
from generator.model import Period

R = ColumnRole
_HEADING = 3.0
"""Weight of what the heading says beside what stands in the cells (-4 to 3)."""
_UNSAID = -0.6
"""What a role costs over which the heading, though there is one, says nothing."""
_BEAM = 80
_BRANCH = 6
_SAID = 0.5
"""Likeness from which on a heading that no rule knows tells who leads."""
_SHIFTED = 0.3
"""Weight of what stands in the cells where rows lost cells."""
_TWICE: Mapping[ColumnRole, float] = {
    R.NUMBER: 4.0,
    R.TASK: 1.2,
    R.PROGRESS: 1.8,
    R.STATUS: 1.0,
    R.COMPLETION: 1.0,
    R.DEADLINE: 0.8,
    R.LEADER: 0.6,
    R.NEXT_STEPS: 0.8,
    R.LEAD: 1.5,
    R.JOINT: 0.3,
    R.DEPARTMENT: 0.8,
    R.CONTACT: 0.5,
    R.PLAN: 0.2,
    R.GROUP: 0.1,
}
"""Cost of a second column of a role."""
_ORDER: tuple[tuple[ColumnRole, ColumnRole, float], ...] = (
    (R.NUMBER, R.TASK, 1.0),
    (R.GROUP, R.TASK, 1.0),
    (R.GROUP, R.PROGRESS, 1.0),
    (R.TASK, R.PROGRESS, 0.8),
    (R.TASK, R.NEXT_STEPS, 0.8),
    (R.PROGRESS, R.NEXT_STEPS, 0.8),
    (R.TASK, R.PLAN, 0.2),
    (R.PLAN, R.PROGRESS, 0.8),
    (R.LEAD, R.JOINT, 0.4),
)
"""Roles of which the first usually stands to the left, and what it costs when it does not."""
_SAID_OTHERWISE = {(R.CONTACT, R.DEPARTMENT), (R.DEPARTMENT, R.REMARKS)}
"""Readings that the words of the heading allow: 责任科室 of offices, 单位 of measure."""
_BODY = re.compile(r"(?:单位|部门|主体|机构|[科处]室|方)$")
"""What every heading of bodies may end with."""
_SHARE = re.compile(r"涉及.{0,8}[区县市镇]|[本我](?:区|县|市|镇|街道)|(?:分解|下达).{0,4}[区县]")
"""Headings of what falls to this place out of a target of the level above."""
_NO_TASK = 8.0
_LOST_ROLE = -0.6
_LOST_TASK = -5.0
_NAMELESS = -0.5


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
    contents = column_contents(rows) or [_content(rows, index) for index in range(width)]
    texts = [heading.texts[i] if heading and i < len(heading.texts) else "" for i in range(width)]
    fixed = {i: found for i, text in enumerate(texts) if (found := _decision(i, text, decided))}
    ticks = _find_ticks(heading, texts, contents)
    fixed |= {i: (R.STATUS, "heading") for i in ticks if i not in fixed}
    score, columns = _assign(texts, contents, fixed, period)
    columns = [replace(c, tick=ticks.get(c.index)) for c in columns]
    slipped = None if fixed else _slip(texts, contents)
    if slipped is not None:
        other, moved = _assign(slipped, contents, fixed, period)
        if other > score + 2.0:
            columns = [
                replace(c, moved=True, why="content") if c.heading != texts[c.index] else c for c in moved
            ]
    columns = _settle_offices(columns, contents, set(fixed))
    columns = _settle_coming(columns, period, set(fixed))
    return tuple(_mark(column, contents[column.index], columns, rows) for column in columns)


def assign_roles(texts: Sequence[str], contents: Sequence[Content]) -> tuple[SourceColumn, ...]:
    """Roles of headings (or labels) over what stands below each, decided together."""
    return tuple(_settle_offices(_assign(texts, contents, {}, None)[1], list(contents), set()))


def _find_ticks(
    heading: Heading | None, texts: Sequence[str], contents: Sequence[Content]
) -> dict[int, SourcePiece]:
    """Columns that hold nothing but ticks, side by side, and the heading that each stands for."""
    marked = [
        i
        for i, content in enumerate(contents)
        if texts[i].strip() and all(map(is_tick, content.texts)) and len(content.texts) <= content.rows
    ]
    beside = [i for i in marked if i - 1 in marked or i + 1 in marked]
    rows = max((contents[i].rows for i in beside), default=0)
    ticks = sum(len(contents[i].texts) for i in beside)
    if (
        heading is None
        or not 0.6 * rows <= ticks <= 1.2 * rows
        or sum(bool(contents[i].texts) for i in beside) < 2
    ):
        return {}
    return {i: piece for i in beside if (piece := heading.pieces[i]) is not None}


def _decision(
    index: int, text: str, decided: Mapping[str, tuple[ColumnRole, str]]
) -> tuple[ColumnRole, str] | None:
    keys = (str(index + 1), normal_heading(text), normal_heading(text.split("\n")[-1]) if text else "")
    return next((decided[key] for key in keys if key and key in decided), None)


def _assign(
    texts: Sequence[str],
    contents: Sequence[Content],
    fixed: Mapping[int, tuple[ColumnRole, str]],
    period: Period | None,
) -> tuple[float, list[SourceColumn]]:
    """Score and columns with the roles that together fit best: a beam search from left to right."""
    weight = _SHIFTED if _is_shifted(texts, contents) else 1.0
    past = _other_periods(texts, period)
    options: list[Mapping[ColumnRole | None, float]] = [
        {fixed[i][0]: 9.0}
        if i in fixed
        else {R.REMARKS: 3.0}
        if i in past
        else score_roles(i, text, content, weight)
        for i, (text, content) in enumerate(zip(texts, contents, strict=True))
    ]
    said = {known_role(text) for text in texts if text.strip()}
    for i, (text, content) in enumerate(zip(texts, contents, strict=True)):
        if said and not text.strip() and content.texts and i not in fixed:
            spare = {role: score - (2.0 if role in said else 0.0) for role, score in options[i].items()}
            options[i] = spare | {None: -2.0 * len(content.texts) / content.rows}
    paths = _search(options)
    best, second = paths[0], paths[1:]
    found = []
    for i, (text, role) in enumerate(zip(texts, best[1], strict=True)):
        rival = next(
            (p for p in second if p[1][i] is not role and not {p[1][i], role} <= {*OFFICE_ROLES}), None
        )
        why = fixed[i][1] if i in fixed else "heading" if i in past else _why(text, role, contents[i])
        margin = best[0] - rival[0] if rival and i not in fixed else 9.0
        found.append(
            SourceColumn(
                index=i,
                heading=text,
                role=role,
                why=why,
                margin=round(min(margin, 9.0), 2),
                own=round(options[i].get(role, 0.0), 2),
                rival=rival[1][i] if rival else None,
                sample=squeeze(contents[i].texts[0])[:12] if contents[i].texts else "",
            )
        )
    return best[0], found


def _why(text: str, role: ColumnRole | None, content: Content) -> str:
    if role is None:
        return ""
    known = known_role(text) if text.strip() else None
    if known is role or (known, role) in _SAID_OTHERWISE:
        return "heading"
    if role is R.TASK and (known is R.PLAN or (known is R.GROUP and not is_category(text))):
        return "position"
    if role is R.REMARKS and known is None and text.strip():
        return "position"
    return "content" if content.texts else "position"


def _is_shifted(texts: Sequence[str], contents: Sequence[Content]) -> bool:
    """Whether rows lost cells, so that a column holds what is not its own: the last headed one is bare."""
    last = max((i for i, text in enumerate(texts) if text.strip()), default=0)
    return (
        bool(contents)
        and len(contents[last].texts) < 0.6 * contents[last].rows
        and all(len(content.texts) >= 0.6 * content.rows for content in contents[:last])
    )


def _other_periods(texts: Sequence[str], period: Period | None) -> frozenset[int]:
    """Of several columns of one sort that name their periods those of other periods than this one."""
    found: set[int] = set()
    for role in (R.PROGRESS, R.PLAN):
        ends = {
            i: end
            for i, text in enumerate(texts)
            if text.strip() and heading_evidence(text).get(role, 0.0) >= 0.5 and (end := last_month(text))
        }
        if period is not None and len(ends) > 1 and period.last_month in ends.values():
            found |= {i for i, end in ends.items() if end != period.last_month}
    return frozenset(found)


def score_roles(
    index: int, text: str, content: Content, weight: float = 1.0, branch: int = _BRANCH
) -> dict[ColumnRole | None, float]:
    """The likeliest roles of one column and their scores, taken by itself.

    ``weight``: how much what stands in the cells counts (0-1). ``branch``: how many roles.
    """
    if not text.strip() and not content.texts:
        return {None: 0.0}
    said = heading_evidence(text) if text.strip() else {}
    scores: dict[ColumnRole | None, float] = {}
    for role in R:
        if role is R.IGNORE:
            continue
        heard = _HEADING * said[role] if role in said else (_UNSAID if text.strip() else 0.0)
        scores[role] = (
            heard + weight * column_fit(role, content) - _misplaced(role, index, bool(text.strip()))
        )
    scores[R.REMARKS] = max(scores[R.REMARKS], 0.5 if text.strip() else -0.3)
    if R.TASK in said and said[R.TASK] >= 0.7:
        scores[R.TASK] += 2.2 * content.share(is_figure)
    if re.search(r"[%％]", text) and R.COMPLETION in said:
        scores[R.COMPLETION] += 1.2 * content.share(is_figure)
    best = sorted(scores, key=lambda role: (-scores[role], str(role)))[:branch]
    return {role: scores[role] for role in best}


def _misplaced(role: ColumnRole, index: int, headed: bool) -> float:
    """What the place of a column speaks against a role."""
    if role is R.NUMBER:
        return 0.0 if index == 0 else 0.6 if index == 1 else 2.5
    if role in (R.COMPLETION, R.STATUS, R.PROGRESS, R.NEXT_STEPS):
        return 1.5 if index == 0 else 0.0
    if not headed and role in (R.PLAN, R.LEADER, R.REMARKS):
        return 1.5
    return 0.0


def _search(
    options: Sequence[Mapping[ColumnRole | None, float]],
) -> list[tuple[float, tuple[ColumnRole | None, ...]]]:
    """The best whole assignments, best first."""
    beam: list[tuple[float, tuple[ColumnRole | None, ...]]] = [(0.0, ())]
    for choice in options:
        beam = [
            (score + own - _clash(path, role), (*path, role))
            for score, path in beam
            for role, own in choice.items()
        ]
        beam.sort(key=lambda entry: (-entry[0], tuple(map(str, entry[1]))))
        beam = beam[:_BEAM]
    beam = [(score + _whole(path), path) for score, path in beam]
    beam.sort(key=lambda entry: (-entry[0], tuple(map(str, entry[1]))))
    return beam


def _clash(path: Sequence[ColumnRole | None], role: ColumnRole | None) -> float:
    """What a further column of this role costs behind those already given."""
    if role is None:
        return 0.0
    cost = _TWICE.get(role, 0.0) if role in path else 0.0
    cost += sum(price for left, right, price in _ORDER if left is role and right in path)
    if role is R.DEPARTMENT and (R.LEAD in path or R.JOINT in path):
        cost += 0.2
    return cost


def _whole(path: Sequence[ColumnRole | None]) -> float:
    score = 0.0 if R.TASK in path else -_NO_TASK
    if R.NEXT_STEPS in path and R.PROGRESS not in path:
        score -= 1.0
    return score + (1.2 if R.PROGRESS in path else 0.0) + (0.3 if set(OFFICE_ROLES) & set(path) else 0.0)


def _settle_coming(columns: list[SourceColumn], period: Period | None, fixed: set[int]) -> list[SourceColumn]:
    """The only plan of a period after this one, beside the progress, is the next steps: 四季度工作计划."""
    plans = [c for c in with_roles(columns, R.PLAN, R.NEXT_STEPS) if R.PLAN in (c.role, c.rival)]
    sure = [c for c in with_roles(columns, R.NEXT_STEPS) if c not in plans]
    if period is None or sure or not with_roles(columns, R.PROGRESS):
        return columns
    coming = [c.index for c in plans if (last_month(c.heading) or 0) > period.last_month]
    if len(coming) != 1 or coming[0] in fixed:
        return columns
    settled = set_role(columns, coming[0], R.NEXT_STEPS, "heading")
    return [replace(c, margin=9.0, rival=None) if c.index == coming[0] else c for c in settled]


def _mark(
    column: SourceColumn, content: Content, columns: Sequence[SourceColumn], rows: Sequence[Row]
) -> SourceColumn:
    """The column with what holds for all of its cells."""
    if column.role in OFFICE_ROLES:
        said = re.search(r"加[黑粗]|[黑粗]体", column.heading) is not None
        mixed = any(_is_mixed(row[column.index].piece) for row in rows)
        persons = re.search(r"(?:责任|负责|联系|经办)人", column.heading) is not None
        slash = re.search(r"(?:牵头|主办|主责).*[/／|].*(?:配合|协办|协同|参与)", column.heading) is not None
        column = replace(column, bold_leads=said or mixed, persons=persons, lead_before_slash=slash)
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


def column_contents(rows: Sequence[Row]) -> list[Content]:
    """What stands in each column of these rows."""
    return [_content(rows, index) for index in range(len(rows[0]) if rows else 0)]


def _content(rows: Sequence[Row], index: int) -> Content:
    slots = [row[index] for row in rows]
    texts = tuple(slot.piece.text for slot in slots if slot.own and slot.piece.text.strip())
    return Content(texts=texts, rows=len(rows), merged=any(slot.handed_down for slot in slots))


def _slip(texts: Sequence[str], contents: Sequence[Content]) -> list[str] | None:
    """Headings put over the columns that they fit, in their order, as when one was lost or slipped in.

    None where every column fits its heading, or rows lost cells (they are put right one by one).
    """
    roles = [known_role(text) if text.strip() else None for text in texts]
    named = [(role, text) for role, text in zip(roles, texts, strict=True) if role is not None]
    scores = [_mean(role, contents[i]) for i, role in enumerate(roles) if role]
    last = max((i for i, content in enumerate(contents) if content.texts), default=0)
    shifted = len(contents[last].texts) < 0.6 * contents[last].rows
    if len(named) < 4 or min(scores) > -0.7 or shifted:
        return None
    path = _best_order([role for role, _ in named], contents)[1]
    found = [named[place][1] if place is not None else "" for place in path]
    return found if found != list(texts) else None


def _mean(role: ColumnRole, content: Content) -> float:
    return min(column_fit(role, content), 2.0) if content.texts else (-2.0 if role is R.TASK else 0.0)


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


def _says_who(column: SourceColumn) -> bool:
    """Whether an unknown heading leans to leads or supporters by more than its 单位 or 部门."""
    said = heading_evidence(_BODY.sub("", normal_heading(column.heading.split("\n")[-1])))
    own = said.get(column.role or R.LEAD, 0.0)
    return own >= _SAID and own >= 2 * said.get(R.DEPARTMENT, 0.0)


def _settle_offices(
    columns: list[SourceColumn], contents: list[Content], fixed: set[int]
) -> list[SourceColumn]:
    """责任单位 holds the supporters beside 牵头单位, and the leaders beside 配合单位 alone.

    The only column of bodies leads or supports when its heading says so, not by its cells. Without any other
    column of bodies, 主要责任单位 marks no lead, and 责任科室 without telephone numbers is who is
    responsible. A group of bodies is the lead unit as group.
    """
    alone = with_roles(columns, *OFFICE_ROLES)
    guessed = [c for c in alone if c.why == "content" and c.role and c.index not in fixed]
    if len(alone) == 1 and any(not _says_who(c) for c in guessed):
        columns = set_role(columns, alone[0].index, R.DEPARTMENT, "content")
    for column in with_roles(columns, R.GROUP):
        content = contents[column.index]
        bodies = content.share(lambda t: share_of_bodies(str(t)) >= 0.8)
        if (
            column.index not in fixed
            and bodies >= 0.8
            and content.size >= 3
            and not with_roles(columns, R.LEAD)
        ):
            columns = set_role(columns, column.index, R.LEAD, "content")
    main = [c for c in with_roles(columns, R.LEAD) if "主要责任" in c.heading and c.index not in fixed]
    if len(main) == 1 and with_roles(columns, *OFFICE_ROLES) == main:
        columns = set_role(columns, main[0].index, R.DEPARTMENT, main[0].why)
    return settle_parts(columns, fixed)


def settle_parts(columns: list[SourceColumn], fixed: Collection[int] = ()) -> list[SourceColumn]:
    """责任单位 supports beside 牵头单位 and leads beside 配合单位 alone.

    Of two columns of tasks the one that names this place's share is the task: 涉及我区指标 beside 全市目标.
    """
    plain = [c for c in with_roles(columns, R.DEPARTMENT) if c.index not in fixed and c.why != "option"]
    if with_roles(columns, R.LEAD):
        for column in plain:
            columns = set_role(columns, column.index, R.JOINT, column.why)
    elif with_roles(columns, R.JOINT) and len(plain) == 1:
        columns = set_role(columns, plain[0].index, R.LEAD, plain[0].why)
    tasks = with_roles(columns, R.TASK)
    shares = [c for c in tasks if _SHARE.search(c.heading)]
    whole = [c for c in tasks if c not in shares and c.index not in fixed and c.why != "option"]
    if len(shares) == len(whole) == 1:
        return set_role(columns, whole[0].index, R.REMARKS, "position")
    return columns
