"""How much of what stood there a new table holds: far less is asked about before tasks leave the counts."""

from __future__ import annotations

from generator.base.errors import Problem, Severity
from generator.base.messages import Message
from generator.base.places import Place
from generator.ingest.update.draft_matching import Comparison, MatchedDraft, Relation
from generator.model import Task

_FEW = 4
"""With fewer tasks before nothing can be said about the whole."""
_MUCH = 0.4
"""From this share of tasks left out on, the table may be a part of one."""
_SHOWN = 5


def expected_tasks(comparison: Comparison) -> tuple[Task, ...]:
    """Tasks that the table should hold: those of the last table before it, in a correction its own."""
    own = comparison.relation is Relation.CORRECTION
    tables = (
        [comparison.period] if own else [p for p in comparison.periods_before if _is_whole(comparison, p)]
    )
    if not tables:
        return ()
    return tuple(t for t in comparison.year_tasks if any(u.period == tables[-1] for u in t.updates))


def _is_whole(comparison: Comparison, period: object) -> bool:
    return not any(s.partial for s in comparison.district.sources if s.period == period)


def check_extent(
    comparison: Comparison, matched: MatchedDraft, became: frozenset[str], *, force: bool
) -> list[Problem]:
    """An error where far too many tasks are missing, unless a person says that it is a part or that it is so.

    ``became``: tasks that became others in this table; they are not missing.
    """
    expected = expected_tasks(comparison)
    is_next = comparison.relation in (Relation.NEXT, Relation.CORRECTION)
    if not is_next or len(expected) < _FEW or comparison.draft.table.partial:
        return []
    found = {task.id for _, task in matched.pairs}
    missing = [t for t in expected if t.id not in found and t.id not in became]
    if len(missing) < _MUCH * len(expected):
        return []
    what = Message(
        "上一张表有 {before} 项，这张表里只找到其中 {found} 项，少了 {count} 项（{share}%）：{titles}{more}",
        before=len(expected),
        found=len(expected) - len(missing),
        count=len(missing),
        share=round(100 * len(missing) / len(expected)),
        titles=tuple(t.title for t in missing[:_SHOWN]),
        more="…" if len(missing) > _SHOWN else "",
    )
    hint = Message("只收到一部分任务就加 --partial；其余任务确实都退出了就加 --force；否则核对是不是发错了表")
    level = Severity.WARNING if force else Severity.ERROR
    return [Problem(place=Place(file=comparison.draft.table.file), what=what, hint=hint, level=level)]
