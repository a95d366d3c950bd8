"""Whose table it is and where it stands in time, told before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from generator.base.errors import Problem, Severity
from generator.base.messages import Message
from generator.base.places import Place
from generator.ingest.draft import Draft
from generator.ingest.update.draft_matching import Relation
from generator.ingest.update.row_matching import Known, Matching, match_rows
from generator.model import District, Task

_FEW = 5
"""With fewer known tasks nothing can be said about the whole."""
_FOREIGN = 0.2
"""Below this share of known rows the table hardly belongs to the district."""
_OWN = 0.5
"""From this share of known rows the table belongs to the other district."""
_RENAMED = 3
"""A body that disappears from so many tasks and gives them all to one new body was probably renamed."""


def explain_relation(draft: Draft, district: District, relation: Relation) -> list[Problem]:
    """How the table stands to those taken in before, where that needs a word."""
    place = Place(file=draft.table.file)
    if relation is Relation.OLDER:
        newest = max((u.period for t in district.tasks for u in t.updates), key=lambda p: p.order)
        what = Message("已经有更晚的 {newest}，这张是较早一期的表", newest=newest)
        hint = Message("只补 {period} 这一期的进展；任务现在的名称、单位、目标不动", period=draft.period)
        return [Problem(place=place, what=what, hint=hint, level=Severity.WARNING)]
    if relation is Relation.CORRECTION:
        what = Message("{period} 已经有一张表，这是同一期的第二张，当作更正", period=draft.period)
        hint = Message("改动会写进 corrections.yaml 并公开；手改过的字保留；原来那张表也保留")
        return [Problem(place=place, what=what, hint=hint, level=Severity.WARNING)]
    return []


def check_district(
    draft: Draft, district: District, others: Sequence[District], matching: Matching, *, force: bool
) -> list[Problem]:
    """Whether the table looks like another district's; an error unless ``force``."""
    level = Severity.WARNING if force else Severity.ERROR
    hint = Message("请核对 --district；确实没错就加 --force")
    title = draft.table.title or ""
    named = [d for d in others if d.name in title and d.name not in district.name]
    if named and district.name not in title:
        what = Message(
            "表名“{title}”写的是{other}，不是{name}", title=title, other=named[0].name, name=district.name
        )
        return [Problem(place=Place(file=draft.table.file), what=what, hint=hint, level=level)]
    known = [t for t in district.tasks if t.year == draft.period.year]
    if len(known) < _FEW or len(draft.tasks) < _FEW:
        return []
    found = len(draft.tasks) - len(matching.new)
    if found >= len(draft.tasks) * _FOREIGN:
        return []
    for other in others:
        if _share(draft, other) >= _OWN:
            what = Message(
                "这张表与{name}的任务几乎都对不上，与{other}的对得上", name=district.name, other=other.name
            )
            return [Problem(place=Place(file=draft.table.file), what=what, hint=hint, level=level)]
    what = Message(
        "{count} 行里只有 {found} 行与{name}已有的任务对得上",
        count=len(draft.tasks),
        found=found,
        name=district.name,
    )
    return [Problem(place=Place(file=draft.table.file), what=what, hint=hint, level=level)]


def _share(draft: Draft, district: District) -> float:
    known = [Known(task=t, texts=(t.commitment,)) for t in district.tasks if t.year == draft.period.year]
    if not known:
        return 0.0
    return len(match_rows(draft.tasks, known, {}).matches) / len(draft.tasks)


def check_ended(draft: Draft, district: District, *, force: bool) -> list[Problem]:
    """Bodies of the table that were split or abolished before its period; errors unless ``force``."""
    ended = {
        name: department
        for department in district.departments
        if department.is_ended(draft.period)
        for name in (department.name, *department.aliases)
    }
    return [
        Problem(
            place=Place(file=draft.table.file),
            what=Message("“{old}”自 {since} 起已经不在了，表上还写着它", old=body.name, since=str(end.since)),
            hint=Message("表没有错，就把 district.yaml 里它的 since 改成更晚的一期；照收就加 --force"),
            level=Severity.WARNING if force else Severity.ERROR,
        )
        for body in draft.new_departments
        if body.name in ended and (end := ended[body.name].ended)
    ]


def check_renames(draft: Draft, district: District, pairs: Sequence[tuple[Task, Task]]) -> list[Problem]:
    """Bodies that gave all their tasks to one new body: probably a new name."""
    new = {d.name for d in draft.new_departments}
    if not new or not pairs:
        return []
    still = {a.name for _, row in pairs for a in row.departments}
    moved: dict[str, Counter[str]] = {}
    held: Counter[str] = Counter()
    for task, row in pairs:
        before, after = {a.name for a in task.departments}, {a.name for a in row.departments}
        for gone in before - after - still:
            held[gone] += 1
            moved.setdefault(gone, Counter()).update(after & new)
    found = []
    for gone, targets in sorted(moved.items()):
        name, count = targets.most_common(1)[0] if targets else ("", 0)
        if held[gone] >= _RENAMED and count == held[gone]:
            what = Message(
                "“{old}”的 {count} 项任务都改由新出现的“{new}”负责，像是更名", old=gone, count=count, new=name
            )
            hint = Message(
                "若是更名，先运行 taizhang rename {old} {new} --district {id} --apply",
                old=gone,
                new=name,
                id=district.id,
            )
            found.append(
                Problem(place=Place(file=draft.table.file), what=what, hint=hint, level=Severity.WARNING)
            )
    return found
