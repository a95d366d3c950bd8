"""A table that lost its grid, one cell a line: told apart by heading words, numbers and content."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from generator.base.errors import Problem, Severity
from generator.ingest.layout.cell_features import fit_score, is_furniture, is_note
from generator.ingest.layout.column_content import SourceColumn
from generator.ingest.layout.column_warnings import check_columns
from generator.ingest.layout.heading_roles import ColumnRole, heading_role, normal_heading
from generator.ingest.layout.row_numbers import is_number, number_value
from generator.ingest.layout.row_records import Placement, RowRecord, heading_level, nest
from generator.ingest.layout.source_pieces import SourcePiece, squeeze, visible

R = ColumnRole
_PROSE = (R.TASK, R.PROGRESS, R.NEXT_STEPS, R.PLAN, R.REMARKS)
_SENTENCE_END = re.compile(r"[。；;！!]\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTable:
    """Rows gathered from single lines."""

    columns: tuple[SourceColumn, ...]
    records: tuple[RowRecord, ...]
    placements: tuple[Placement, ...]
    problems: tuple[Problem, ...]
    used: int
    """Number of paragraphs in front of the heading."""


def read_lines(
    paragraphs: Sequence[SourcePiece], decided: Mapping[str, tuple[ColumnRole, str]]
) -> LineTable | None:
    """Records of a table printed one cell a line; None when no run of headings starts one or rows do not fit.

    Rows start at their number; without a number column every row has to have exactly one line a column.
    """
    run = _heading_run(paragraphs)
    if run is None:
        return None
    start, end = run
    columns = _settle(tuple(_column(i, p, decided) for i, p in enumerate(paragraphs[start:end])))
    body = paragraphs[end:]
    placements = [Placement(piece=p, field="heading", structural=True) for p in paragraphs[start:end]]
    body, repeated = _drop_repeats(body, columns)
    placements += repeated
    numbered = columns[0].role is R.NUMBER
    groups = _number_groups(body) if numbered else _even_groups(body, columns)
    if groups is None or len(groups) < 2:
        return None
    return _make(start, columns, groups, placements)


def _heading_run(paragraphs: Sequence[SourcePiece]) -> tuple[int, int] | None:
    """First run of at least three short lines that are all different headings, a task among them."""
    start = 0
    while start < len(paragraphs):
        start += _is_title(paragraphs[start].text)
        end = start
        seen: list[str] = []
        while (
            end < len(paragraphs)
            and heading_role(paragraphs[end].text)
            and visible(paragraphs[end].text) <= 16
        ):
            name = normal_heading(paragraphs[end].text)
            if name in seen:
                break
            seen.append(name)
            end += 1
        roles = {heading_role(p.text) for p in paragraphs[start:end]}
        if (
            end - start >= 3
            and R.TASK in roles | ({R.TASK} if R.GROUP in roles else set())
            and len(roles) >= 3
        ):
            return start, end
        start = max(end, start + 1)
    return None


def _is_title(text: str) -> bool:
    """Whether a line that reads like a heading of progress is the title above: it names a year and work."""
    return re.search(r"20\d\d年.*(任务|工作|实事|项目|报告)", squeeze(text)) is not None


def _column(index: int, piece: SourcePiece, decided: Mapping[str, tuple[ColumnRole, str]]) -> SourceColumn:
    for key in (str(index + 1), normal_heading(piece.text)):
        if key in decided:
            role, why = decided[key]
            return SourceColumn(index=index, heading=piece.text, role=role, why=why)
    return SourceColumn(index=index, heading=piece.text, role=heading_role(piece.text), why="heading")


def _settle(columns: tuple[SourceColumn, ...]) -> tuple[SourceColumn, ...]:
    """Columns with 责任单位 as the supporters beside 牵头单位, as the lead beside 配合单位 alone."""
    roles = {column.role for column in columns}
    meant = R.JOINT if R.LEAD in roles else R.LEAD if R.JOINT in roles else None
    return tuple(
        replace(c, role=meant) if meant and c.role is R.DEPARTMENT and c.why == "heading" else c
        for c in columns
    )


def _drop_repeats(
    body: Sequence[SourcePiece], columns: Sequence[SourceColumn]
) -> tuple[list[SourcePiece], list[Placement]]:
    """Lines without headings printed again and without page furniture."""
    names = [normal_heading(c.heading) for c in columns]
    kept: list[SourcePiece] = []
    dropped: list[Placement] = []
    index = 0
    while index < len(body):
        window = [normal_heading(p.text) for p in body[index : index + len(names)]]
        if window == names:
            dropped += [
                Placement(piece=p, field="heading", structural=True) for p in body[index : index + len(names)]
            ]
            index += len(names)
        elif is_furniture(body[index].text):
            dropped.append(Placement(piece=body[index], field="furniture", structural=True))
            index += 1
        else:
            kept.append(body[index])
            index += 1
    return kept, dropped


def _number_groups(body: Sequence[SourcePiece]) -> list[list[SourcePiece]] | None:
    """Lines of each row: a row starts at a number that follows the one before it (or starts again at 1)."""
    groups: list[list[SourcePiece]] = []
    last = 0
    for piece in body:
        value = number_value(piece.text) if is_number(piece.text) and visible(piece.text) <= 5 else None
        if value is not None and (value == last + 1 or value == 1):
            groups.append([piece])
            last = value
        elif groups:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


def _even_groups(
    body: Sequence[SourcePiece], columns: Sequence[SourceColumn]
) -> list[list[SourcePiece]] | None:
    """Rows of exactly one line a column, headings of groups between them left single."""
    width = len(columns)
    roles = [c.role for c in columns]
    groups: list[list[SourcePiece]] = []
    index = 0
    while index < len(body):
        window = list(body[index : index + width])
        if heading_level(body[index].text) in (1, 2) and visible(body[index].text) <= 40:
            groups.append([body[index]])
            index += 1
        elif len(window) == width and all(
            fit_score(r, p.text) > -1.5 for r, p in zip(roles, window, strict=True) if r
        ):
            groups.append(window)
            index += width
        elif is_note(body[index].text):
            groups.append([body[index]])
            index += 1
        else:
            return None
    return groups


def _make(
    start: int,
    columns: tuple[SourceColumn, ...],
    groups: list[list[SourcePiece]],
    placements: list[Placement],
) -> LineTable | None:
    records: list[RowRecord] = []
    problems: list[Problem] = []
    headings: tuple[SourcePiece, ...] = ()
    for index, group in enumerate(groups):
        if len(group) == 1 and not is_number(group[0].text):
            headings = _single(group[0], headings, placements)
            continue
        group, after = _split_tail(group, columns, last=index == len(groups) - 1)
        spread = spread_lines([p.text for p in group], [c.role for c in columns])
        if spread is None:
            where = group[0].where
            hint = "请把这一处的单元格分开，或换用原来的 Word、网页文件"
            problems.append(Problem(place=where, what="这一行的各列分不开", hint=hint))
            placements += [Placement(piece=p, field="unread", structural=True) for p in group]
            continue
        sure = len(group) == len(columns)
        records.append(_record(group, spread, columns, headings))
        if not sure:
            what = f"这一行有 {len(group)} 段文字、{len(columns)} 列，按内容归了列"
            problems.append(
                Problem(place=group[0].where, what=what, hint="请对照原表核对这一行", level=Severity.WARNING)
            )
        for piece in after:
            if not heading_level(piece.text) and not is_note(piece.text):
                what = f"“{piece.text[:20]}”看作分组标题，没有接在上一行后面"
                hint = "请对照原表核对这一处"
                problems.append(Problem(place=piece.where, what=what, hint=hint, level=Severity.WARNING))
            headings = _single(piece, headings, placements)
    if len(records) < 2:
        return None
    problems += check_columns(columns, records[0].where)
    return LineTable(
        columns=columns,
        records=tuple(records),
        placements=tuple(placements),
        problems=tuple(problems),
        used=start,
    )


def _single(
    piece: SourcePiece, headings: tuple[SourcePiece, ...], placements: list[Placement]
) -> tuple[SourcePiece, ...]:
    """A line of its own: a heading, or a note."""
    if is_note(piece.text) or visible(piece.text) > 40 or _SENTENCE_END.search(piece.text):
        placements.append(Placement(piece=piece, field="note", structural=True))
        return headings
    placements.append(Placement(piece=piece, field="section"))
    return nest(headings, piece, heading_level(piece.text), fresh=False)


def _split_tail(
    group: list[SourcePiece], columns: Sequence[SourceColumn], *, last: bool
) -> tuple[list[SourcePiece], list[SourcePiece]]:
    """Lines of the row, and the headings or notes that stand behind it."""
    tail: list[SourcePiece] = []
    while len(group) > 2:
        text = group[-1].text
        heading = heading_level(text) in (1, 2) and visible(text) <= 40 and not _SENTENCE_END.search(text)
        loose = (
            len(group) > len(columns)
            and visible(text) <= 24
            and not _SENTENCE_END.search(text)
            and columns[-1].role in (R.NEXT_STEPS, R.PROGRESS)
            and _SENTENCE_END.search(group[-2].text) is not None
            and not last
        )
        if not (heading or loose or (last and is_note(text))):
            break
        tail.insert(0, group.pop())
    return group, tail


def _record(
    group: Sequence[SourcePiece],
    spread: Sequence[int],
    columns: Sequence[SourceColumn],
    headings: tuple[SourcePiece, ...],
) -> RowRecord:
    fields: list[tuple[ColumnRole, SourcePiece]] = []
    extras: list[tuple[str, SourcePiece]] = []
    sections = headings
    for piece, index in zip(group, spread, strict=True):
        role = columns[index].role
        if role is R.REMARKS or role is None:
            extras.append((columns[index].heading, piece))
        elif role is R.GROUP:
            sections = (*headings[:1], piece)
        else:
            fields.append((role, piece))
    fields += [(R.GROUP, p) for p in sections if p in group]
    return RowRecord(
        where=group[0].where,
        sections=sections,
        fields=tuple(fields),
        extras=tuple(extras),
        roles=frozenset(c.role for c in columns if c.role),
    )


def spread_lines(texts: Sequence[str], roles: Sequence[ColumnRole | None]) -> tuple[int, ...] | None:
    """Column of each line, never going back; several lines may share a column.

    Every prose column that can get a line gets one. Returns: None when a line fits nowhere.
    """
    if len(texts) == len(roles) and all(
        fit_score(r, t) > -1.5 for r, t in zip(roles, texts, strict=True) if r
    ):
        return tuple(range(len(roles)))
    width = len(roles)
    never = float("-inf")
    states: list[tuple[float, tuple[int, ...]]] = [(0.0 if i == 0 else never, ()) for i in range(width)]
    for position, text in enumerate(texts):
        following: list[tuple[float, tuple[int, ...]]] = []
        for column, role in enumerate(roles):
            score = fit_score(role, text) if role else 0.0
            options = []
            for before, (total, path) in enumerate(states[: column + 1]):
                if total == float("-inf") or (position == 0 and before):
                    continue
                if position and before == column:
                    options.append((total + score + _share(role, texts, position), path))
                elif position or column >= before:
                    skipped = range(before + 1, column) if position else range(column)
                    options.append((total + score - sum(_skip_cost(roles[i]) for i in skipped), path))
            best = max(options, default=(float("-inf"), ()))
            following.append((best[0], (*best[1], column)))
        states = following
    ends = [(t - sum(_skip_cost(r) for r in roles[i + 1 :]), path) for i, (t, path) in enumerate(states)]
    total, path = max(ends)
    return path if total > -4.0 else None


def _skip_cost(role: ColumnRole | None) -> float:
    return 3.0 if role is R.TASK else 1.0 if role in _PROSE else 0.6


def _share(role: ColumnRole | None, texts: Sequence[str], position: int) -> float:
    """Cost of a further line in the same column: small in prose and in lists of bodies, large elsewhere."""
    if role in (R.DEPARTMENT, R.LEAD, R.JOINT, R.CONTACT, R.LEADER):
        return -0.1
    if role in _PROSE:
        return -0.4 if _SENTENCE_END.search(texts[position - 1]) else 0.2
    return -3.0


def is_glued_heading(text: str) -> bool:
    """Whether a line is nothing but three or more headings without any separator."""
    plain = squeeze(text)
    if not 6 <= len(plain) <= 60:
        return False
    best: list[set[ColumnRole] | None] = [set(), *([None] * len(plain))]
    for end in range(1, len(plain) + 1):
        for start in range(max(0, end - 12), end - 1):
            found = best[start]
            role = heading_role(plain[start:end])
            if (
                found is not None
                and role is not None
                and (best[end] is None or len(best[end] or ()) <= len(found))
            ):
                best[end] = found | {role}
    roles = best[-1] or set()
    return len(roles) >= 4 or (len(roles) == 3 and R.NUMBER in roles)
