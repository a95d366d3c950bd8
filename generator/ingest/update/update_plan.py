"""A draft and the content as it stands → the plan of what would be written, and the files it would write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from generator.base.errors import IngestError, Problem
from generator.base.messages import Message
from generator.base.paths import corrections_file, district_file, review_file, source_file, task_file
from generator.base.places import Place
from generator.content import (
    DepartmentEntry,
    DistrictFile,
    ReadingHints,
    format_corrections,
    format_task,
    parse_district_file,
)
from generator.content.decisions import Decision, parse_decisions
from generator.content.yaml_rewrite import rewrite_corrections, rewrite_district, rewrite_task
from generator.ingest.draft import Draft
from generator.ingest.review import (
    FigureLine,
    count_repeats,
    find_figure_problems,
    make_figure_lines,
)
from generator.ingest.update.carried_tasks import last_year_tasks
from generator.ingest.update.draft_matching import Comparison, MatchedDraft, Relation, match_draft
from generator.ingest.update.draft_merge import merge_draft, rename_rows
from generator.ingest.update.earlier_tables import make_earlier_tables
from generator.ingest.update.plan_rows import RowAction, RowEntry, tell_rows
from generator.ingest.update.published_changes import list_corrections
from generator.ingest.update.row_matching import FROM, NEW
from generator.ingest.update.table_extent import check_extent
from generator.ingest.update.table_identity import (
    check_district,
    check_ended,
    check_renames,
    explain_relation,
)
from generator.ingest.update.task_links import TaskLinks, find_links, link_tasks
from generator.model import Correction, District, Period, SourceTable, Task


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdatePlan:
    """Everything that --apply would write, and why."""

    district: str
    period: Period
    relation: Relation
    entries: tuple[RowEntry, ...]
    """Rows in printed order, then missing tasks by number."""
    tasks: tuple[tuple[Task | None, Task], ...]
    """Task as it stands (None for a new one) and as it should stand, where they differ."""
    rows: tuple[Task, ...]
    """The draft's tasks under their final ids."""
    district_file: tuple[DistrictFile, DistrictFile]
    """district.yaml as it stands and as it should stand."""
    corrections: tuple[tuple[Correction, ...], tuple[Correction, ...]]
    """corrections.yaml as it stands and what is to be added."""
    source: tuple[str, bytes]
    """Path below the site folder and bytes of the kept copy."""
    problems: tuple[Problem, ...]
    """Doubt and explanations, beyond those of the draft."""
    figures: tuple[FigureLine, ...] = ()
    """Targets of known tasks whose figure is new, another, in doubt or lost."""
    repeated: int = 0
    """Known tasks whose progress text only says again what the last one said."""

    @property
    def ambiguous(self) -> tuple[RowEntry, ...]:
        """Rows that a person must decide before anything is written."""
        return tuple(entry for entry in self.entries if entry.action is RowAction.AMBIGUOUS)


def make_plan(
    draft: Draft,
    data: bytes,
    *,
    district: District,
    files: Mapping[str, bytes],
    today: dt.date,
    others: Sequence[District] = (),
    decisions: Mapping[int, str] | None = None,
    columns: Mapping[str, str] | None = None,
    force: bool = False,
) -> UpdatePlan:
    """The plan for one received table.

    ``data``: its bytes; ``files``: the whole site, path → bytes; ``today`` dates corrections. ``others``: the
    site's other districts. ``decisions``: row of the table (1-based) → task id, "from:" and the id of what
    it came of, or "new". ``columns``: to remember in district.yaml. ``force``: take a doubtful table.
    Raises: ContentError when district.yaml cannot be read, IngestError for a decision that fits nothing.
    """
    entry = parse_district_file(files[district_file(district.id)], district_file(district.id))
    draft = _with_kept_copy(draft, data, files)
    comparison = Comparison(
        draft=draft,
        district=district,
        earlier=make_earlier_tables(district, draft.period.year, reading=entry.reading, files=files),
        relation=_relation(draft, district),
    )
    rejected = _rejections(district, files)
    told = _positions(decisions or {}, comparison)
    matched = match_draft(comparison, told)
    merged = merge_draft(comparison, matched, rejected)
    links = find_links(comparison, matched, told)
    changed = link_tasks(comparison, matched, merged, links)
    taken_in = comparison.relation is Relation.SAME
    known = [] if taken_in else [merged[row].task for row in sorted(merged)]
    return UpdatePlan(
        district=district.id,
        period=draft.period,
        relation=comparison.relation,
        entries=tell_rows(comparison, matched, merged, links),
        tasks=changed,
        rows=rename_rows(comparison, matched),
        district_file=(entry, _next_district(entry, comparison, changed, columns or {})),
        corrections=(district.corrections, list_corrections(comparison, changed, today)),
        source=(source_file(district.id, draft.table.file), data),
        problems=_find_problems(comparison, matched, links, known, others, force=force),
        figures=make_figure_lines(known, district, draft.period, rejected),
        repeated=count_repeats(known, draft.period),
    )


def _find_problems(
    comparison: Comparison,
    matched: MatchedDraft,
    links: TaskLinks,
    known: Sequence[Task],
    others: Sequence[District],
    *,
    force: bool,
) -> tuple[Problem, ...]:
    """Doubt and explanations. ``known``: the tasks that were known before, as they should stand."""
    draft, district = comparison.draft, comparison.district
    pairs = [(task, draft.tasks[row]) for row, task in matched.pairs]
    return (
        *explain_relation(draft, district, comparison.relation),
        *check_renames(draft, district, pairs),
        *check_ended(draft, district, force=force),
        *check_district(draft, district, others, matched.matching, force=force),
        *check_extent(comparison, matched, frozenset(links.became), force=force),
        *find_figure_problems(known, draft.period, draft.table.file),
        *comparison.earlier.problems,
    )


def _rejections(district: District, files: Mapping[str, bytes]) -> tuple[Decision, ...]:
    """What a person rejected before. Raises: ContentError when review.yaml cannot be read."""
    path = review_file(district.id)
    return parse_decisions(files[path], path) if path in files else ()


def _with_kept_copy(draft: Draft, data: bytes, files: Mapping[str, bytes]) -> Draft:
    """The draft with the place of the kept copy: a second, different table of a period gets a number."""
    path = PurePosixPath(draft.table.file)
    number, name = 1, str(path)
    while files.get(source_file(draft.district, name), data) != data:
        number += 1
        name = str(path.with_stem(f"{path.stem}-{number}"))
    if name == draft.table.file:
        return draft
    tasks = tuple(
        replace(t, updates=tuple(replace(u, source=replace(u.source, file=name)) for u in t.updates))
        for t in draft.tasks
    )
    return replace(draft, tasks=tasks, table=replace(draft.table, file=name))


def _relation(draft: Draft, district: District) -> Relation:
    updates = [u for t in district.tasks for u in t.updates if t.year == draft.period.year]
    if not any(t.year == draft.period.year for t in district.tasks):
        return Relation.FIRST
    tells = any(task.updates for task in draft.tasks)
    taken = {s.file for s in district.sources if s.period == draft.period}
    if any(u.period == draft.period and u.source.sha256 == draft.sha256 for u in updates):
        return Relation.SAME
    if not tells and draft.table.file in taken:
        return Relation.SAME
    if tells and draft.period in {u.period for u in updates}:
        return Relation.CORRECTION
    newest = max((u.period.order for u in updates), default=draft.period.order)
    return Relation.OLDER if draft.period.order < newest else Relation.NEXT


def _positions(decisions: Mapping[int, str], comparison: Comparison) -> dict[int, str]:
    """Decisions by position of the row. Raises: IngestError."""
    draft = comparison.draft
    ids = {t.id for t in (*comparison.year_tasks, *last_year_tasks(comparison))}
    found = {}
    for row, decision in decisions.items():
        if not 1 <= row <= len(draft.tasks):
            what = Message("表里没有第{row}项（共 {count} 项）", row=row, count=len(draft.tasks))
            raise IngestError(
                Problem(place=Place(file="--match"), what=what, hint=Message("行号照计划里印的写"))
            )
        if decision != NEW and decision.removeprefix(FROM) not in ids:
            what = Message("没有任务“{task}”", task=decision)
            raise IngestError(
                Problem(
                    place=Place(file="--match"), what=what, hint=Message("写任务 id，或者 new 表示新任务")
                )
            )
        found[row - 1] = decision
    return found


Changes = Sequence[tuple[Task | None, Task]]
"""Tasks as they were (None: new) and as they shall be."""


def _with_bodies(comparison: Comparison, changed: Changes) -> Draft:
    """The draft; of a table taken in before with those new bodies only that its changed tasks name.

    A table of which only some rows were read before names bodies with its other rows.
    """
    draft = comparison.draft
    if comparison.relation is not Relation.SAME:
        return draft
    named = {part.name for _, task in changed for part in task.departments}
    return replace(draft, new_departments=tuple(d for d in draft.new_departments if d.name in named))


def _next_district(
    entry: DistrictFile, comparison: Comparison, changed: Changes, columns: Mapping[str, str]
) -> DistrictFile:
    """district.yaml with the new bodies, the received table and the decisions about columns."""
    draft = _with_bodies(comparison, changed)
    if (
        comparison.relation is Relation.SAME
        and not columns
        and draft.hints is None
        and not draft.new_departments
    ):
        return entry
    sources: tuple[SourceTable, ...] = entry.sources
    if all(s.file != draft.table.file for s in sources):
        sources = tuple(sorted([*sources, draft.table], key=lambda s: s.period.order))
    decided = dict(entry.reading.columns) | dict(columns)
    known = {name for d in entry.departments for name in (d.name, *d.aliases)}
    added = tuple(
        DepartmentEntry(name=d.name, slug=d.slug, kind=d.kind)
        for d in draft.new_departments
        if d.name not in known
    )
    return replace(
        entry,
        departments=(*entry.departments, *added),
        sources=sources,
        reading=replace(entry.reading, columns=tuple(decided.items()), layouts=_layouts(entry, draft)),
    )


def _layouts(entry: DistrictFile, draft: Draft) -> tuple[ReadingHints, ...]:
    """Hints of the district with those of the command line, which replace others for the same layout."""
    layouts = entry.reading.layouts
    if draft.hints is None:
        return layouts
    mine = replace(draft.hints, source=draft.table.file)
    others = (h for h in layouts if h.source != mine.source)
    return (*(h for h in others if h.rows or h.section_rows or h.heading != mine.heading), mine)


def plan_files(plan: UpdatePlan, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Exactly the files that --apply writes, path below the site folder → bytes; empty when nothing changes.

    Raises: IngestError while rows are ambiguous, ContentError when a file was changed in the meantime.
    """
    if plan.ambiguous:
        raise IngestError(
            Problem(
                place=Place(task=entry.row or 0),
                what=Message(
                    "“{title}”对不上，不能确定是不是 {task}",
                    title=entry.title,
                    task=entry.candidates[0][0],
                ),
                hint=Message(
                    "用 --match {row}={task} 或 --match {row}=new 说明",
                    row=entry.row,
                    task=entry.candidates[0][0],
                ),
            )
            for entry in plan.ambiguous
        )
    changes: dict[str, bytes] = {}
    for old, new in plan.tasks:
        path = task_file(new.id)
        if old is None:
            changes[path] = format_task(new).encode()
        else:
            changes[path] = rewrite_task(files[path].decode(), old, new).encode()
    path = district_file(plan.district)
    changes[path] = rewrite_district(files[path].decode(), *plan.district_file).encode()
    held, added = plan.corrections
    path = corrections_file(plan.district)
    if added and path in files:
        changes[path] = rewrite_corrections(files[path].decode(), held, (*held, *added)).encode()
    elif added:
        changes[path] = format_corrections(added).encode()
    changes[plan.source[0]] = plan.source[1]
    return {path: data for path, data in sorted(changes.items()) if files.get(path) != data}
