"""A table that lost its grid, one cell a line or cells parted by blanks: rows by the best path through it.

Every line is a cell of some column, a heading of what follows, or a note; `line_path` takes the best path
through them. Here the heading is found, its columns are named, and the path becomes rows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product

from generator.base.errors import Problem, Severity
from generator.base.messages import Message
from generator.base.places import Place
from generator.content import ReadingHints
from generator.ingest.layout.cell_features import is_furniture, is_note
from generator.ingest.layout.column_content import SourceColumn
from generator.ingest.layout.column_roles import settle_parts
from generator.ingest.layout.column_warnings import check_columns
from generator.ingest.layout.heading_likeness import heading_evidence, known_role
from generator.ingest.layout.heading_roles import OFFICE_ROLES, ColumnRole, heading_role, normal_heading
from generator.ingest.layout.line_path import find_path
from generator.ingest.layout.reading_hints import is_section_row
from generator.ingest.layout.row_numbers import is_number, number_value
from generator.ingest.layout.row_records import Placement, RowRecord, heading_level, nest
from generator.ingest.layout.source_pieces import SourcePiece, squeeze, visible

R = ColumnRole
_SENTENCE_END = re.compile(r"[。；;！!]\s*$")
_BAR = re.compile(r"[\s|｜]*[|｜][\s|｜]*$")
_BLANKS = re.compile(r"[ \t　]+")
_MOST_LINES = 12_000
_TRIED = 240
"""Lines on which the readings of the headings are compared."""
_HEADED = 600
"""The headings stand within the first lines."""
_LIKELY = 0.6
"""Likeness that counts as much as a known heading."""
_UNSURE = 0.55
"""Below this evidence a heading is tried under its second likeliest role too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTable:
    """Rows gathered from single lines."""

    columns: tuple[SourceColumn, ...]
    records: tuple[RowRecord, ...]
    placements: tuple[Placement, ...]
    problems: tuple[Problem, ...]
    used: int
    """Number of paragraphs in front of the heading."""
    score: float = 0.0
    """Mean fit of a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """Lines of one row with their columns; a heading or note has none."""

    cells: tuple[tuple[int, SourcePiece], ...] = ()
    alone: SourcePiece | None = None


def read_lines(
    paragraphs: Sequence[SourcePiece], decided: Mapping[str, tuple[ColumnRole, str]], hints: ReadingHints
) -> LineTable | None:
    """Records of a table printed one cell a line (or cells parted by blanks).

    None without headings, when the hints do not name the columns either.
    """
    bars = [b for p in paragraphs if (b := _bar(p)) is not None]
    lines = [line for p in paragraphs if (line := _without_bar(p)).text]
    run = _heading_run(lines) or ((0, 0, []) if hints.columns and lines else None)
    if run is None or len(lines) > _MOST_LINES:
        return None
    start, end, heads = run
    body = lines[end:]
    if end - start <= 1:
        body = _split_lines(body)
    body, repeated = _drop_repeats(body, [normal_heading(h.text) for h in heads])
    placements = [Placement(piece=p, field="separator", structural=True) for p in bars]
    placements += [Placement(piece=p, field="heading", structural=True) for p in heads] + repeated
    choices = [_named(heads, hints)] if hints.columns else _columns(heads, decided)
    alone = frozenset(i for i, piece in enumerate(body) if is_section_row(hints, piece.where))
    best = max(choices, key=lambda columns: _read(body[:_TRIED], columns, alone)[0])
    score, columns, rows = _read(body, best, alone)
    used = next(
        (i for i, p in enumerate(paragraphs) for h in heads[:1] if p.start <= h.start and _holds(p, h)), start
    )
    return _make(used, columns, rows, placements, score)


def _holds(paragraph: SourcePiece, piece: SourcePiece) -> bool:
    return (paragraph.block, paragraph.cell) == (piece.block, piece.cell)


def _bar(piece: SourcePiece) -> SourcePiece | None:
    """The bars that close a cell of a broken pipe table."""
    match = _BAR.search(piece.text)
    return piece.cut(match.start()) if match else None


def _without_bar(piece: SourcePiece) -> SourcePiece:
    match = _BAR.search(piece.text)
    return piece.cut(0, match.start()) if match else piece.cut(0)


def _split_lines(lines: Sequence[SourcePiece]) -> list[SourcePiece]:
    """Lines cut at their blanks: each part may be a cell."""
    found = []
    for line in lines:
        edges = [0, *(m.end() for m in _BLANKS.finditer(line.text)), len(line.text)]
        found += [part for a, b in pairwise(edges) if (part := line.cut(a, b)).text]
    return found


def _heading_run(lines: Sequence[SourcePiece]) -> tuple[int, int, list[SourcePiece]] | None:
    """First and behind last line of the headings, and the headings: three or more that follow each other.

    One of them may be unknown; a task is among them. Of several runs the one that reads most like headings.
    """
    best: tuple[float, int, int, list[SourcePiece]] | None = None
    for start in range(min(len(lines), _HEADED)):
        parts = _split_lines(lines[start : start + 1])
        if len(parts) >= 3 and (score := _run_score(parts)) > (best[0] if best else 0.0):
            best = (score, start, start + 1, parts)
        end = start
        if max(heading_evidence(lines[start].text).values(), default=0.0) < 0.35:
            continue
        while end < len(lines) and end < start + 14 and visible(lines[end].text) <= 18:
            end += 1
            run = list(lines[start:end])
            if len(run) >= 3 and (score := _run_score(run)) > (best[0] + 0.01 if best else 0.0):
                best = (score, start, end, run)
    return best[1:] if best else None


def _run_score(run: Sequence[SourcePiece]) -> float:
    """How much a run of lines reads like the headings of one table; 0 where it cannot be."""
    names = [normal_heading(piece.text) for piece in run]
    if len(set(names)) < len(names) or any(map(_is_no_heading, run)):
        return 0.0
    said = [heading_evidence(piece.text) if visible(piece.text) <= 18 else {} for piece in run]
    tops = [max(e.values(), default=0.0) for e in said]
    roles = {max(e, key=lambda r: (e[r], str(r))) for e in said if e and max(e.values()) >= 0.35}
    known = sum(known_role(p.text) is not None or t >= _LIKELY for p, t in zip(run, tops, strict=True))
    unknown = sum(top < 0.35 for top in tops)
    edges = [known_role(run[i].text) is not None or tops[i] >= 0.6 for i in (0, -1)]
    if (
        not all(edges)
        or not roles & {R.TASK, R.GROUP}
        or len(roles) < 3
        or known < 2
        or unknown > 1
        or min(tops[0], tops[-1]) < 0.35
    ):
        return 0.0
    return sum(max(top - 0.45, 0.0) for top in tops) + 0.5 - 0.2 * unknown


def _is_no_heading(piece: SourcePiece) -> bool:
    """Whether a line cannot be a heading: a number, a title with its year, a label with what it says."""
    return (
        is_number(piece.text)
        or _is_title(piece.text)
        or re.search(r"[：:]\s*[^\s）)]", piece.text) is not None
        or re.match(
            r"\s*(?:\d+[.、．]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)])", piece.text
        )
        is not None
    )


def _is_title(text: str) -> bool:
    """Whether a line that reads like a heading of progress is the title above: it names a year and work."""
    return re.search(r"20\d\d年.*(任务|工作|实事|项目|报告)", squeeze(text)) is not None


def _columns(
    heads: Sequence[SourcePiece], decided: Mapping[str, tuple[ColumnRole, str]]
) -> list[tuple[SourceColumn, ...]]:
    """The readings of the headings that are worth a try, the likeliest first."""
    choices: list[list[SourceColumn]] = []
    for index, piece in enumerate(heads):
        text = piece.text
        said = next((decided[k] for k in (str(index + 1), normal_heading(text)) if k in decided), None)
        evidence = heading_evidence(text)
        ranked = sorted(evidence, key=lambda r: (-evidence[r], str(r))) or [R.REMARKS]
        likely = [r for r in ranked if evidence.get(r, 0.0) >= 0.5][:3]
        roles = [said[0]] if said else likely if evidence.get(ranked[0], 0.0) >= _UNSURE else ranked[:2]
        why = said[1] if said else "heading" if known_role(text) is not None else "content"
        if known_role(text) is R.GROUP and not said and heading_role(text) is R.GROUP:
            roles = [R.GROUP, R.TASK]
        choices.append([SourceColumn(index=index, heading=text, role=r, why=why) for r in roles])
    found = [tuple(settle_parts([*columns])) for columns in product(*choices)][:16]
    return [c for c in found if any(column.role is R.TASK for column in c)] or found[:1]


def _named(heads: Sequence[SourcePiece], hints: ReadingHints) -> tuple[SourceColumn, ...]:
    """Columns as a person named them, in order."""
    texts = [piece.text for piece in heads] if len(heads) == len(hints.columns) else [""] * len(hints.columns)
    return tuple(
        SourceColumn(index=i, heading=text, role=ColumnRole(role), why="option")
        for i, (text, role) in enumerate(zip(texts, hints.columns, strict=True))
    )


def _drop_repeats(
    body: Sequence[SourcePiece], names: Sequence[str]
) -> tuple[list[SourcePiece], list[Placement]]:
    """Lines without headings printed again and without page furniture."""
    kept: list[SourcePiece] = []
    dropped: list[Placement] = []
    index = 0
    while index < len(body):
        window = [normal_heading(p.text) for p in body[index : index + len(names)]]
        size = len(names) if window == list(names) else 0
        if size or is_furniture(body[index].text):
            field = "heading" if size else "furniture"
            dropped += [
                Placement(piece=p, field=field, structural=True) for p in body[index : index + (size or 1)]
            ]
            index += size or 1
        else:
            kept.append(body[index])
            index += 1
    return kept, dropped


def _read(
    body: Sequence[SourcePiece], columns: tuple[SourceColumn, ...], alone: frozenset[int]
) -> tuple[float, tuple[SourceColumn, ...], list[_Row]]:
    """Mean score of the best path, the columns, and its rows."""
    texts = [piece.text for piece in body]
    counted = _chain(texts)
    often = Counter(map(squeeze, texts))
    total, path = find_path(texts, [c.role for c in columns], counted=counted, often=often, alone=alone)
    rows: list[_Row] = []
    for piece, (column, fresh) in zip(body, path, strict=True):
        if column is None:
            rows.append(_Row(alone=piece))
        elif fresh or not rows or rows[-1].alone is not None:
            rows.append(_Row(cells=((column, piece),)))
        else:
            rows[-1] = _Row(cells=(*rows[-1].cells, (column, piece)))
    said = [heading_evidence(c.heading) for c in columns if c.why not in ("option", "district.yaml")]
    doubt = sum(
        max(e.values(), default=0.0) - e.get(c.role, 0.0)
        for e, c in zip(said, columns, strict=False)
        if c.role
    )
    return total / max(len(texts), 1) - 0.1 * doubt, columns, rows


def _chain(texts: Sequence[str]) -> frozenset[int]:
    """Indices of the lines that are the running numbers of rows: each the next one, or 1 again."""
    found, last = set(), 0
    for index, text in enumerate(texts):
        value = number_value(text) if is_number(text) and visible(text) <= 5 else None
        if value is not None and (value == last + 1 or value == 1):
            found.add(index)
            last = value
    return frozenset(found)


def _make(
    start: int,
    columns: tuple[SourceColumn, ...],
    rows: Sequence[_Row],
    placements: list[Placement],
    score: float,
) -> LineTable | None:
    records: list[RowRecord] = []
    problems: list[Problem] = []
    headings: tuple[SourcePiece, ...] = ()
    groups: tuple[SourcePiece, ...] = ()
    fresh = False
    last = max((i for i, row in enumerate(rows) if row.cells), default=-1)
    for index, row in enumerate(rows):
        if row.alone is not None:
            headings = _single(row.alone, headings, placements, problems, fresh=fresh, below=index < last)
            fresh, groups = True, ()
            continue
        groups = tuple(piece for c, piece in row.cells if columns[c].role is R.GROUP) or groups
        path = (*headings[:1], *groups)[:2] if groups else headings
        record = _record(row, columns, path, records[-1] if records and not fresh else None, problems)
        record = _with_task(record)
        if records and not record.pieces(R.TASK):
            above = records[-1]
            records[-1] = replace(
                above, fields=(*above.fields, *record.fields), extras=(*above.extras, *record.extras)
            )
            continue
        records.append(record)
        fresh = False
    if len(records) < 2:
        return None
    return LineTable(
        columns=columns,
        records=tuple(records),
        placements=tuple(placements),
        problems=(*problems, *check_columns(columns, records[0].where)),
        used=start,
        score=score,
    )


def _with_task(record: RowRecord) -> RowRecord:
    """A row without a task whose name (项目名称) was taken for a group: the name is the task."""
    names = [piece for role, piece in record.fields if role is R.GROUP]
    if record.pieces(R.TASK) or not names:
        return record
    fields = tuple((R.TASK if p == names[-1] else role, p) for role, p in record.fields)
    return replace(record, fields=fields, sections=tuple(s for s in record.sections if s != names[-1]))


def _single(
    piece: SourcePiece,
    headings: tuple[SourcePiece, ...],
    placements: list[Placement],
    problems: list[Problem],
    *,
    fresh: bool,
    below: bool,
) -> tuple[SourcePiece, ...]:
    """A line of its own: a heading of what comes below, or a note."""
    text = piece.text
    if is_note(text) or is_furniture(text) or not below or visible(text) > 40 or _SENTENCE_END.search(text):
        placements.append(Placement(piece=piece, field="note", structural=True))
        if not (is_note(text) or is_furniture(text)) and visible(text) > 12:
            what = Message("“{text}…”看作说明，没有读进任何任务", text=text[:16])
            problems.append(_warning(piece.where, what, Message("请对照原表核对这一处")))
        return headings
    placements.append(Placement(piece=piece, field="section"))
    if not heading_level(text):
        what = Message("“{text}”看作分组标题，没有接在上一行后面", text=text[:20])
        problems.append(_warning(piece.where, what, Message("请对照原表核对这一处")))
    return nest(headings, piece, heading_level(text), fresh=fresh)


def _record(
    row: _Row,
    columns: Sequence[SourceColumn],
    headings: tuple[SourcePiece, ...],
    above: RowRecord | None,
    problems: list[Problem],
) -> RowRecord:
    fields: list[tuple[ColumnRole, SourcePiece]] = []
    extras: list[tuple[str, SourcePiece]] = []
    for index, piece in row.cells:
        role = columns[index].role
        if role is R.REMARKS or role is None:
            extras.append((columns[index].heading, piece))
        else:
            fields.append((role, piece))
    where = row.cells[0][1].where
    roles = frozenset(c.role for c in columns if c.role)
    filled = len({index for index, _ in row.cells})
    if filled < len(columns) or len(row.cells) > filled:
        what = Message(
            "这一行有 {count} 段文字、{columns} 列，按内容归了列", count=len(row.cells), columns=len(columns)
        )
        problems.append(_warning(where, what, Message("请对照原表核对这一行")))
    lost = roles & set(OFFICE_ROLES) and not any(role in OFFICE_ROLES for role, _ in fields)
    if lost and above is not None:
        taken = [(role, piece) for role, piece in above.fields if role in OFFICE_ROLES]
        fields += taken
        if taken:
            what = Message("这一行没有单位，沿用了上一行的“{text}”", text=taken[0][1].text[:16])
            problems.append(_warning(where, what, Message("请对照原表核对这一行")))
    return RowRecord(
        where=where,
        sections=headings,
        fields=tuple(fields),
        extras=tuple(extras),
        roles=roles,
    )


def _warning(where: Place, what: Message, hint: Message) -> Problem:
    return Problem(place=where, what=what, hint=hint, level=Severity.WARNING)


def is_glued_heading(text: str) -> bool:
    """Whether a line is nothing but three or more headings without any separator."""
    plain = squeeze(text)
    if not 6 <= len(plain) <= 60 or _BLANKS.search(text.strip()) or re.search(r"[。；;，]", plain):
        return False
    best: list[set[ColumnRole] | None] = [set(), *([None] * len(plain))]
    for end in range(1, len(plain) + 1):
        for start in range(max(0, end - 12), end - 1):
            found = best[start]
            role = heading_role(plain[start:end])
            if found is None or role is None:
                continue
            if best[end] is None or len(best[end] or ()) <= len(found):
                best[end] = found | {role}
    roles = best[-1] or set()
    return len(roles) >= 4 or (len(roles) == 3 and R.NUMBER in roles)
